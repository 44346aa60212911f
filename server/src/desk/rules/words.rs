//! Whether a text contains a word or phrase, as people mean it in either language.
//!
//! Both sides are folded (NFKC, lower case). A phrase with Japanese in it matches anywhere, white space aside: there
//! are no word boundaries to keep to. Any other phrase matches whole words in a row, whatever stands between them
//! ("sign in" finds "sign-in"), each in any of its inflections ("cancel" finds "cancelling", "invoice" "invoices").

use crate::desk::fold::{fold, is_unspaced};

/// A text, prepared to be asked many times.
#[derive(Clone, Debug, Default)]
pub(super) struct Haystack {
    unspaced: String,
    stems: Vec<String>,
}

impl Haystack {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        Self { unspaced: without_spaces(&folded), stems: stems(&folded) }
    }

    pub(super) fn contains(&self, phrase: &str) -> bool {
        let folded = fold(phrase);
        if folded.chars().any(is_unspaced) {
            return self.unspaced.contains(&without_spaces(&folded));
        }
        let wanted = stems(&folded);
        !wanted.is_empty() && self.stems.windows(wanted.len()).any(|window| window == wanted)
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The stems of the words outside Japanese text; a change of script ends a word.
fn stems(folded: &str) -> Vec<String> {
    folded
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’') || is_unspaced(c))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect()
}

/// A stem that the inflections of one English word share: plural, possessive, -ed, -ing, a doubled or silent last
/// letter. Not a word of any dictionary; only ever compared with another stem.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    if !word.is_ascii() || word.len() < 3 || word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let singular = match word {
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end)) => {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    };
    let has_vowel = |text: &str| text.bytes().any(|b| b"aeiouy".contains(&b));
    let stripped = ["ing", "ied", "ed"].into_iter().find_map(|end| {
        let rest = singular.strip_suffix(end).filter(|rest| rest.len() > 2 && has_vowel(rest))?;
        Some(if end == "ied" { format!("{rest}y") } else { undoubled(rest).to_owned() })
    });
    let base = stripped.unwrap_or(singular);
    let base = base.strip_suffix('e').filter(|rest| rest.len() > 2).unwrap_or(&base);
    // "cancelled" and "cancel", "installing" and "install"; but "rolling" is no "role".
    let long = base.len() > 5;
    base.strip_suffix('l').filter(|rest| long && rest.ends_with('l')).unwrap_or(base).to_owned()
}

/// Without the second of two last consonants, which -ed and -ing bring ("stopp-ed"); l, s and z are words' own.
fn undoubled(rest: &str) -> &str {
    match rest.as_bytes() {
        [.., a, b] if a == b && rest.len() > 3 && !b"aeioulsz".contains(b) => &rest[..rest.len() - 1],
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_as_people_mean_them() {
        for (phrase, text, expected) in [
            // Japanese: anywhere, across widths and line ends
            ("請求書", "先月の請求書について", true),
            ("請求書", "先月の請 求\n書について", true),
            ("インボイス", "ｲﾝﾎﾞｲｽを送ってください", true),
            ("解約", "解決しました", false),
            ("PDFの出力", "ｐｄｆの出力ができない", true),
            // English: whole words, any inflection, any case
            ("invoice", "Two INVOICES are missing", true),
            ("invoice", "We were invoiced twice", true),
            ("cancel", "We are cancelling next month", true),
            ("cancel", "Please cancel it.", true),
            ("cancellation", "Please cancel it", false),
            ("mail", "My email is gone", false),
            ("role", "the rolling stock", false),
            ("reply", "Nobody replied; two replies are due", true),
            ("sign in", "I cannot sign-in", true),
            ("sign in", "I sign contracts in ink", false),
            ("log in", "Logging in fails", true),
            ("413", "It answers 413 at once", true),
            ("413", "order 4130", false),
            ("customer's", "Two customers wrote", true),
            ("VAT", "vat number", true),
            ("VAT", "private", false),
            // English inside Japanese text
            ("nginx", "nginxの設定を教えてください", true),
            ("HTTPS", "ＨＴＴＰＳにしたい", true),
            // Nothing to look for
            ("", "anything", false),
            ("!?", "anything!?", false),
        ] {
            assert_eq!(Haystack::new(text).contains(phrase), expected, "{phrase:?} in {text:?}");
        }
    }

    #[test]
    fn inflections_share_a_stem_and_other_words_do_not() {
        for words in [
            &["invoice", "invoices", "invoiced", "invoicing"][..],
            &["cancel", "cancels", "cancelled", "canceled", "cancelling"],
            &["query", "queries", "queried"],
            &["attach", "attaches", "attached", "attaching"],
            &["import", "imports", "imported", "importing"],
            &["stop", "stops", "stopped", "stopping"],
            &["install", "installs", "installed", "installing"],
            &["add", "adds", "added", "adding"],
            &["process", "processes", "processed", "processing"],
        ] {
            for word in words {
                assert_eq!(stem(word), stem(words[0]), "{word}");
            }
        }
        assert_ne!(stem("address"), stem("add"));
        assert_ne!(stem("status"), stem("state"));
        assert_eq!(stem("address"), stem("addresses"));
    }
}
