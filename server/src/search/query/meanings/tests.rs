//! How queries and synonyms meet.

use super::*;

fn meanings(pairs: &[(Locale, &str, &str)]) -> Meanings {
    let mut meanings = Meanings::default();
    for (locale, word, meaning) in pairs {
        meanings.add(*locale, word, meaning);
    }
    meanings
}

/// What else the stretches of a query mean, and which they are.
fn meant(meanings: &Meanings, locale: Locale, query: &str) -> Vec<(String, String)> {
    let parsed = Parsed::new(query);
    let stretches = meanings.stretches(locale, &parsed.tokens, parsed.last_word_open);
    let read = |stretch: &Stretch| {
        let all: Vec<String> = stretch.meanings.iter().map(|terms| terms.join(" ")).collect();
        let mark = if stretch.growing { "…" } else { "" };
        (format!("{}{mark}", &parsed.text[stretch.span.clone()]), all.join(", "))
    };
    stretches.iter().map(read).collect()
}

fn pair(stretch: &str, meanings: &str) -> (String, String) {
    (stretch.to_owned(), meanings.to_owned())
}

#[test]
fn words_are_met_in_every_form_and_several_in_a_row() {
    use Locale::{En, Ja};
    let kept = meanings(&[
        (En, "two-factor login", "2FA"),
        (En, "bill", "invoice"),
        (En, "sign in", "login"),
        (En, "sign", "signature"),
        (En, "repo", "GitHub"),
    ]);
    assert_eq!(meant(&kept, En, "My bills "), [pair("bills", "invoic")]);
    for query in ["Two-factor logins?", "two factor login ", "2 steps, twofactor login!"] {
        assert_eq!(meant(&kept, En, query).last().map(|pair| pair.1.as_str()), Some("2fa"), "{query}");
    }
    assert_eq!(meant(&kept, En, "the sign-in page "), [pair("sign-in", "login")], "the longest is meant");
    assert_eq!(meant(&kept, En, "signin "), [pair("signin", "login")]);
    assert_eq!(meant(&kept, En, "repo "), [pair("repo", "github")]);
    assert_eq!(meant(&kept, En, "invoice "), [], "one way only");
    assert_eq!(meant(&kept, Ja, "bill "), [], "another language");
    assert_eq!(meant(&kept, En, "designs "), [], "not within a word");
}

#[test]
fn japanese_is_met_however_it_is_segmented() {
    use Locale::Ja;
    let kept = meanings(&[
        (Ja, "国保", "国民健康保険"),
        (Ja, "合言葉", "パスワード"),
        (Ja, "二要素認証", "2段階認証"),
        (Ja, "引っ越し", "転居"),
        (Ja, "せいきゅうしょ", "請求書"),
        (Ja, "メール", "電子郵便"),
        (Ja, "京都", "府"),
    ]);
    assert_eq!(meant(&kept, Ja, "国保の手続き"), [pair("国保", "国民 健康 保険")]);
    assert_eq!(meant(&kept, Ja, "合言葉を忘れた"), [pair("合言葉", "パスワード")]);
    assert_eq!(meant(&kept, Ja, "二要素認証アプリ")[0].1, "2 段階 認証");
    for query in ["引越し", "引越の日", "引っ越しました"] {
        assert_eq!(meant(&kept, Ja, query).first().map(|pair| pair.1.as_str()), Some("転居"), "{query}");
    }
    for query in ["せいきゅうしょのなまえ", "せいきゅうしょ"] {
        assert_eq!(meant(&kept, Ja, query), [pair("せいきゅうしょ", "請求 書")], "{query}");
    }
    assert_eq!(meant(&kept, Ja, "メールマガジン"), [], "a longer word of katakana");
    assert_eq!(meant(&kept, Ja, "東京都"), [], "two characters of other words");
}

#[test]
fn a_word_that_is_being_typed_is_met_before_it_is_whole() {
    use Locale::{En, Ja};
    let kept =
        meanings(&[(En, "two-factor login", "2FA"), (En, "bill", "invoice"), (Ja, "合言葉", "パスワード")]);
    assert_eq!(meant(&kept, En, "two-fac"), [pair("two-fac…", "2fa")]);
    assert_eq!(meant(&kept, En, "my bi"), [pair("bi…", "invoic")]);
    assert_eq!(meant(&kept, En, "bi "), [], "it is not growing any more");
    assert_eq!(meant(&kept, En, "b"), [], "one letter may be anything");
    assert_eq!(meant(&kept, Ja, "合言"), [pair("合言…", "パスワード")]);
}

#[test]
fn there_is_no_chain_and_nothing_means_itself() {
    use Locale::En;
    let kept = meanings(&[(En, "bill", "invoice"), (En, "invoice", "receipt")]);
    assert_eq!(meant(&kept, En, "bill "), [pair("bill", "invoic")]);
    assert_eq!(
        meanings(&[(En, "Invoices", "invoice"), (En, "…", "invoice"), (En, "a", "!?")]),
        Meanings::default()
    );
    assert!(kept.knows(En, "Bills", "invoices") && !kept.knows(En, "invoice", "bill"));
}
