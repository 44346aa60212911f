//! Letters by their names in kana: who dictates, or types on without leaving the input method, writes API as エーピーアイ.

use std::ops::RangeInclusive;

use crate::search::analysis::fold_japanese;

const NAMES: [(char, &[&str]); 26] = [
    ('a', &["エー", "エイ"]),
    ('b', &["ビー"]),
    ('c', &["シー"]),
    ('d', &["ディー", "デー"]),
    ('e', &["イー"]),
    ('f', &["エフ"]),
    ('g', &["ジー"]),
    ('h', &["エイチ", "エッチ"]),
    ('i', &["アイ"]),
    ('j', &["ジェー", "ジェイ"]),
    ('k', &["ケー", "ケイ"]),
    ('l', &["エル"]),
    ('m', &["エム"]),
    ('n', &["エヌ"]),
    ('o', &["オー"]),
    ('p', &["ピー"]),
    ('q', &["キュー"]),
    ('r', &["アール"]),
    ('s', &["エス"]),
    ('t', &["ティー", "テー"]),
    ('u', &["ユー"]),
    ('v', &["ブイ"]),
    ('w', &["ダブリュー", "ダブル"]),
    ('x', &["エックス"]),
    ('y', &["ワイ"]),
    ('z', &["ゼット", "ズィー"]),
];
/// A letter by itself is any word's, and more of them abbreviate nothing.
const LENGTHS: RangeInclusive<usize> = 2..=5;

/// The abbreviation that a folded word in katakana spells by the names of its letters.
pub fn spelt(word: &str) -> Option<String> {
    // Folding leaves the long mark at the end of a word off.
    [word.to_owned(), format!("{word}ー")].iter().find_map(|word| read(word, &mut String::new()))
}

/// Reads on behind the letters that were read before; goes back where that leads nowhere (エイチ, エイ).
fn read(rest: &str, before: &mut String) -> Option<String> {
    if rest.is_empty() {
        return LENGTHS.contains(&before.len()).then(|| before.clone());
    }
    if before.len() == *LENGTHS.end() {
        return None;
    }
    NAMES.iter().flat_map(|(letter, names)| names.iter().map(move |name| (*letter, name))).find_map(
        |(letter, name)| {
            let rest = without(rest, name)?;
            before.push(letter);
            let read = read(rest, before);
            before.pop();
            read
        },
    )
}

/// What follows a name at the beginning of a folded word.
fn without<'a>(word: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = word.chars();
    name.chars().map(fold_japanese).all(|c| rest.next() == Some(c)).then_some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis::to_katakana;

    #[test]
    fn abbreviations_are_read_by_the_names_of_their_letters() {
        for (word, letters) in [
            ("エーピーアイ", "api"),
            ("ユーアールエル", "url"),
            ("ピーディーエフ", "pdf"),
            ("アイディー", "id"),
            ("シーエスブイ", "csv"),
            ("えいちてぃーえむえる", "html"),
            ("エスエスオー", "sso"),
        ] {
            assert_eq!(spelt(&to_katakana(word)).as_deref(), Some(letters), "{word}");
        }
        for word in ["エー", "ケーキ", "エルム", "ピーマン", "エーエーエーエーエーエー", ""]
        {
            assert_eq!(spelt(&to_katakana(word)), None, "{word}");
        }
    }
}
