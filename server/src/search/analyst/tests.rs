//! Documents say what the analysis of each text says, whatever was read before.

use app::i18n::Locale;
use proptest::prelude::*;
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::schema::document::Value;

use super::Analyst;
use crate::search::analysis::{Kind, analyse};
use crate::search::document::{Audience, IndexedArticle};
use crate::search::schema::{Fields, Part};
use crate::search::telling::TellingWords;

fn article(title: &str, body: &str) -> IndexedArticle {
    IndexedArticle {
        article_id: 1,
        translation_id: 1,
        locale: Locale::Ja,
        serves: vec![Locale::Ja],
        slug: String::new(),
        title: title.to_owned(),
        headings: vec![title.to_owned()],
        summary: String::new(),
        body: body.to_owned(),
        tags: Vec::new(),
        phrases: vec!["locked out".to_owned()],
        learned: Vec::new(),
        category_path: Vec::new(),
        audience: Audience::Public,
        updated_at: 0,
    }
}

/// A few words of either language, as they stand side by side, and now and then any character.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "(reset|Passwords|GitHub|sign-in|ERR_5021|v2.4.6-p1|don’t|C\\+\\+|a/b@c.d| |, |\\. |\n)",
        "(パスワード|ー|サーバ|申し込み|を|国民年金|設定|証|ください|、|。|ＡＢＣ|ﾌﾟﾘﾝﾀ)",
        "[a-zA-Z0-9_./:@+#'-]{1,8}",
        "\\PC{1,3}",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_kept_of_earlier_articles_changes_nothing(texts in prop::collection::vec((text(), text()), 1..6)) {
        let fields = Fields::new();
        let mut experienced = Analyst::default();
        for (title, body) in texts {
            let article = article(&title, &body);
            let document = experienced.document(&fields, &article);
            prop_assert_eq!(document, Analyst::default().document(&fields, &article));
        }
    }

    #[test]
    fn fields_hold_the_terms_of_their_texts(title in text(), body in text()) {
        let fields = Fields::new();
        let document = Analyst::default().document(&fields, &article(&title, &body));
        let field = |part| text_in(&document, fields.text(Locale::Ja).part(part));
        let (title, body) = (analyse(&title), analyse(&body));
        let terms = body.iter().filter(|token| token.kind != Kind::Unigram).map(|token| token.term.as_str());
        prop_assert!(terms.eq(field(Part::Body).lines()));
        prop_assert!(title.iter().map(|token| token.term.as_str()).eq(field(Part::Headings).lines()));
        let placed = title.iter().map(|token| format!("{} {}", token.position, token.term));
        prop_assert!(placed.eq(field(Part::Title).lines()));
    }
}

/// The text of a field, or nothing.
fn text_in(document: &TantivyDocument, field: Field) -> &str {
    document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
}

#[test]
fn words_of_the_title_tell_more_and_stop_words_nothing() {
    let fields = Fields::new();
    let read = article("How to reset the password", "The password is reset by mail. A password is long.");
    let document = Analyst::default().document(&fields, &read);
    let words: Vec<(&str, u32)> = TellingWords::read(text_in(&document, fields.telling)).collect();
    assert_eq!(words, [("password", 6), ("reset", 5), ("long", 1), ("mail", 1)]);
}

#[test]
fn what_customers_wrote_is_shown_to_nobody() {
    let fields = Fields::new();
    let document = Analyst::default().document(&fields, &article("Reset it", "By mail, by mail."));
    let words: Vec<&str> = text_in(&document, fields.text(Locale::Ja).vocabulary).lines().collect();
    assert_eq!(words, ["reset", "it", "by", "mail"]);
}
