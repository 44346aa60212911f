//! What is marked, and what an excerpt shows.

use super::excerpt::EXCERPT_COLUMNS;
use super::*;
use crate::search::query::concept::Variant;

fn highlighter(words: &[&str]) -> Highlighter {
    let concepts: Vec<Concept> = words
        .iter()
        .flat_map(|word| analysis::analyse(word))
        .filter(|token| !matches!(token.kind, analysis::Kind::Unigram))
        .map(|token| Concept {
            surface: token.surface,
            nature: match token.kind {
                analysis::Kind::Bigram => Nature::Characters,
                _ => Nature::Word,
            },
            importance: 1.0,
            variants: vec![Variant::of(token.term, 1.0)],
            position: token.position,
            span: token.span,
            correction: None,
        })
        .collect();
    let weights = vec![1.0; concepts.len()];
    Highlighter::new(&concepts, &weights)
}

fn hits(words: &[&str], text: &str) -> Vec<String> {
    let segments = highlighter(words).whole(text);
    assert_eq!(segments.iter().map(|s| s.text.as_str()).collect::<String>(), text.replace('\n', " "));
    segments.into_iter().filter(|s| s.hit).map(|s| s.text).collect()
}

#[test]
fn inflected_words_are_marked_as_they_are_written() {
    assert_eq!(
        hits(&["reset", "password"], "Resetting all Passwords (password)"),
        ["Resetting", "Passwords", "password"]
    );
    assert_eq!(
        hits(&["gray", "organise", "colour"], "Grey and gray, the colors of organizing a customer"),
        ["Grey", "gray", "colors", "organizing"]
    );
}

#[test]
fn codes_are_marked_whole() {
    assert_eq!(hits(&["ERR_5021"], "It says err-5021."), ["err-5021"]);
}

#[test]
fn japanese_words_are_marked_in_every_spelling() {
    assert_eq!(hits(&["申込み"], "お申し込みの方法、申込書"), ["申し込", "申込"]);
    assert_eq!(
        hits(&["問い合わせ"], "お問い合わせと問合せ、問い合わさない"),
        ["問い合わせ", "問合", "問い合わ"]
    );
    // Nothing is the ending of a word in kana alone.
    assert_eq!(hits(&["ごみ"], "ごみごと捨てる"), ["ごみ"]);
    assert_eq!(hits(&["サーバー"], "ｻｰﾊﾞとサーバとサーバー"), ["サーバ", "サーバー"]);
}

#[test]
fn a_part_of_a_run_of_kanji_is_marked_in_the_run_alone() {
    assert_eq!(hits(&["領収書"], "請求書や領収書を書く"), ["領収書"]);
    assert_eq!(hits(&["書"], "請求書を書く"), ["書", "書"], "what was typed alone is");
    assert_eq!(hits(&["画像が出ない"], "出ない画像"), ["出", "画像"]);
}

#[test]
fn markup_in_a_text_stays_text() {
    let segments = highlighter(&["script"]).whole("<script>alert(1)</script>");
    assert!(segments.iter().any(|s| s.text.contains("<")));
}

#[test]
fn an_excerpt_is_short_and_holds_the_words() {
    let text =
        format!("{} The invoice is sent by mail. {}", "Nothing here. ".repeat(80), "Or here. ".repeat(80));
    let excerpt = highlighter(&["invoice"]).excerpt(&[&text]);
    let shown: String = excerpt.iter().map(|s| s.text.as_str()).collect();
    assert!(shown.starts_with("… The invoice"), "{shown}");
    assert!(shown.chars().count() < EXCERPT_COLUMNS + 10);
    assert!(excerpt.iter().any(|s| s.hit && s.text == "invoice"));
}

#[test]
fn an_excerpt_ends_with_a_whole_word() {
    for lead in 0..12 {
        let text = format!("invoice {} {}", "x".repeat(lead), "wonderful ".repeat(60));
        let excerpt = highlighter(&["invoice"]).excerpt(&[&text]);
        let shown: String = excerpt.iter().map(|s| s.text.as_str()).collect();
        assert!(shown.ends_with("wonderful …"), "{shown}");
    }
    let endless = "x".repeat(1_000);
    assert!(highlighter(&["invoice"]).excerpt(&[&endless]).len() > 1, "a word that fills the line is cut");
}

#[test]
fn excerpts_never_cut_a_character() {
    let text = "請求書の再発行は、管理画面からできます。".repeat(40);
    for words in [&["再発行"][..], &["nothing"], &["請求書", "画面"]] {
        highlighter(words).excerpt(&[&text]);
    }
    highlighter(&["a"]).excerpt(&[""]);
}

#[test]
fn an_excerpt_is_the_first_place_where_everything_stands_together() {
    let far = "Nothing here. ".repeat(40);
    let text =
        format!("Invoices. {far} Send an invoice by mail, a mail a month. {far} The invoice and the mail.");
    let excerpt = highlighter(&["invoice", "mail"]).excerpt(&[&text]);
    let shown: Vec<&str> = excerpt.iter().filter(|s| s.hit).map(|s| s.text.as_str()).collect();
    assert_eq!(shown, ["invoice", "mail", "mail"], "what stands behind is marked as well");
    assert_eq!((excerpt[0].text.as_str(), excerpt[1].text.as_str()), ("… ", "Send an "));
    let text = format!("Invoices. {far} An invoice. {far} By mail.");
    let excerpt = highlighter(&["invoice", "mail", "weight"]).excerpt(&[&text]);
    assert!(excerpt.iter().any(|s| s.hit), "one of them is nowhere");
}

#[test]
fn kana_are_found_however_they_are_written() {
    assert_eq!(hits(&["ゴミ"], "ごみ、ゴミ。ごま"), ["ごみ", "ゴミ"]);
    assert_eq!(hits(&["naïve"], "a naive, naïve, native café"), ["naive", "naïve"]);
    assert_eq!(hits(&["ive"], "naïve"), Vec::<String>::new(), "the middle of a word");
}

#[test]
fn the_text_is_quoted_that_says_the_weightiest() {
    let concept = |word: &str| Concept {
        surface: word.to_owned(),
        nature: Nature::Word,
        importance: 1.0,
        variants: vec![Variant::of(analysis::term_of(word), 1.0)],
        position: 0,
        span: 0..1,
        correction: None,
    };
    let quoted = |weights: &[f32]| {
        let excerpt = Highlighter::new(&[concept("mail"), concept("smtp")], weights)
            .excerpt(&["How mail is sent.", "The server speaks SMTP."]);
        excerpt.iter().map(|segment| segment.text.as_str()).collect::<String>()
    };
    assert_eq!(quoted(&[1.0, 2.0]), "The server speaks SMTP.");
    assert_eq!(quoted(&[2.0, 1.0]), "How mail is sent.");
    let silent = Highlighter::new(&[concept("fax")], &[1.0]).excerpt(&["", "How mail is sent."]);
    assert_eq!(silent[0].text, "How mail is sent.");
}
