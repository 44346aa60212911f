//! Folding: the many ways to write one character become one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::japanese::is_cjk;

/// Compatibility-normalises a text (NFKC: full and half width, ligatures, joined accents) and unites the many
/// dashes, quotation marks and spaces. Case is kept, because the hump of `GitHub` says where to split it.
pub fn normalise(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, end)) = next_difficult(rest) {
        out.extend(rest[..at].chars().filter_map(simple));
        out.extend(rest[at..end].nfkc().map(unite));
        rest = &rest[end..];
    }
    out.extend(rest.chars().filter_map(simple));
    Cow::Owned(out)
}

/// The first stretch of a text that the tables of Unicode are needed for. Characters change those before them at the
/// most, and simple ones none, so it reaches from the last simple one to the next.
fn next_difficult(text: &str) -> Option<(usize, usize)> {
    let mut before = 0;
    let is_difficult = |&(at, c): &(usize, char)| {
        let is_simple = simple(c).is_some();
        if is_simple {
            before = at;
        }
        !is_simple
    };
    let (first, _) = text.char_indices().find(is_difficult)?;
    let length = text[first..].find(|c| simple(c).is_some()).unwrap_or(text.len() - first);
    Some((before, first + length))
}

/// What a character becomes that never joins the one before it and is not decomposed but to one character: most
/// of what is written.
fn simple(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}' => Some(c),
        // Kana without the voicing marks that join, common kanji, 、 and 。 with the brackets.
        '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fe}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{3001}'..='\u{3015}' => Some(c),
        // Full-width ASCII lies at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{2010}' | '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{201f}' | '\u{3000}' | '\u{a0}' => {
            Some(unite(c))
        }
        _ => None,
    }
}

fn unite(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{3000}' | '\u{a0}' | '\u{200b}' => ' ',
        '\u{301c}' => '~',
        _ => c,
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

/// A text folded so that a phrase can be looked for in it: letters and digits in lower case, one space for
/// everything between.
pub fn comparable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in normalise(text).chars().filter_map(fold_char) {
        if is_cjk(c) || c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn widths_ligatures_dashes_and_accents_fold() {
        assert_eq!(normalise("Ｋｏｔａｅ　ﬁle – ㈱ ﾊﾞｽ"), "Kotae file - (株) バス");
        assert_eq!(fold_word("Straße"), "strasse");
        assert_eq!(fold_word("Ångström"), "angstrom");
    }

    /// What [`normalise`] is to do, by the tables of Unicode alone.
    fn by_the_tables(text: &str) -> String {
        text.nfkc().map(unite).collect()
    }

    #[test]
    fn every_character_is_normalised_as_the_tables_say_wherever_it_stands() {
        for c in '\0'..='\u{2ffff}' {
            let text = format!("e{c}か{c}\u{3099}Ａ{c}\u{301}");
            assert_eq!(normalise(&text), by_the_tables(&text), "{:x}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_normalised_as_the_tables_say(
            text in "([ -~]{0,3}|[ぁ-ヾ、。々]{0,3}|[Ａ-ｚ！-～　–’]{0,2}|[ｦ-ﾟ゙゚\u{300}-\u{345}각㈱ﬁ가-갛ᄀ-ᇂ]{0,3}|\\PC{0,2}){0,12}"
        ) {
            prop_assert_eq!(normalise(&text), by_the_tables(&text));
        }
    }

    #[test]
    fn voiced_kana_keep_their_marks() {
        assert_eq!(fold_word("がぎぐ"), "がぎぐ");
    }
}
