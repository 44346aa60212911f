//! Folding: the many ways to write one character become one.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Compatibility-normalises a text (NFKC: full and half width, ligatures, joined accents) and unites the many
/// dashes, quotation marks and spaces. Case is kept, because the hump of `GitHub` says where to split it.
pub fn normalise(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let unite = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{3000}' | '\u{a0}' | '\u{200b}' => ' ',
        '\u{301c}' => '~',
        _ => c,
    };
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.chars().map(unite).collect(),
        _ => text.nfkc().map(unite).collect(),
    }
}

/// Lower case without the accents of Latin letters; a half-width katakana becomes its full-width form. For one
/// character at a time, as highlighting walks an original text; `None` for what folds away.
pub fn fold_char(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    match c {
        '\u{300}'..='\u{36f}' => None,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            std::iter::once(c).nfd().next().and_then(|base| base.to_lowercase().next())
        }
        '\u{2018}' | '\u{2019}' => Some('\''),
        '\u{2010}'..='\u{2015}' => Some('-'),
        '\u{ff00}'..='\u{ffef}' => std::iter::once(c).nfkc().next().and_then(|c| c.to_lowercase().next()),
        _ => c.to_lowercase().next(),
    }
}

/// Folds a normalised word: lower case, accents off.
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .filter_map(|c| if c == 'ß' { Some('ß') } else { fold_char(c) })
        .collect::<String>()
        .replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_ligatures_dashes_and_accents_fold() {
        assert_eq!(normalise("Ｋｏｔａｅ　ﬁle – ㈱ ﾊﾞｽ"), "Kotae file - (株) バス");
        assert_eq!(fold_word("Straße"), "strasse");
        assert_eq!(fold_word("Ångström"), "angstrom");
    }

    #[test]
    fn voiced_kana_keep_their_marks() {
        assert_eq!(fold_word("がぎぐ"), "がぎぐ");
    }
}
