//! How far what was typed is from a word: slips of the keyboard, and for kana those of the ear.

use unicode_normalization::UnicodeNormalization;

use crate::search::analysis;

/// What a slip costs that hardly changes how a word in kana sounds: a voicing mark, a small kana for a large one, a
/// long mark or a stop too many or too few.
const LIGHT: f32 = 0.5;
/// The automaton that walks the dictionary follows no more.
pub const MOST_LETTERS: u8 = 2;

/// Letters of a word that is short: so many others are a letter away from it.
const SHORT: usize = 4;

/// What stands before a word and turns its meaning round, or makes another word of it.
const PREFIXES: [&str; 6] = ["un", "re", "in", "de", "non", "dis"];

/// How far a word may be from the one that was meant: nothing in short words and in codes, one slip from four letters,
/// two from eight; in kana one light slip from three, one slip from four, and a light one more from eight.
pub fn allowed(surface: &str) -> f32 {
    let length = surface.chars().count();
    if surface.chars().all(|c| c.is_ascii_alphabetic()) {
        match length {
            4..=7 => 1.0,
            8.. => 2.0,
            _ => 0.0,
        }
    } else if surface.chars().all(is_katakana) {
        match length {
            3 => LIGHT,
            4..=7 => 1.0,
            8.. => 1.0 + LIGHT,
            _ => 0.0,
        }
    } else {
        0.0
    }
}

/// So many letters may differ in a word that is as near as [`allowed`]: more than slips where some are light.
pub fn letters(surface: &str) -> u8 {
    let slips = allowed(surface);
    let each = if surface.starts_with(is_katakana) { LIGHT } else { 1.0 };
    (slips / each).min(f32::from(MOST_LETTERS)) as u8
}

/// The words that may be behind the beginning of this one: `delete` of `undelete`.
pub fn turned_round(word: &str) -> impl Iterator<Item = &str> {
    let rest = PREFIXES.iter().filter_map(move |prefix| word.strip_prefix(prefix));
    rest.filter(|rest| rest.chars().nth(3).is_some())
}

/// Whether a word may be what was meant by another that is near it: it says something, it is not the same word with its
/// meaning turned round, and what is short begins with the same letter (`font` is no slip of `wont`, カード none of
/// コード) and has no kana of another sound (スラック, スタック).
pub fn may_be_meant(word: &str, typed: &str) -> bool {
    let turned =
        |long: &str, short: &str| PREFIXES.iter().any(|prefix| long.strip_prefix(prefix) == Some(short));
    let first = |word: &str| word.chars().next().map(plain);
    let says_something = word.chars().nth(2).is_some() && !analysis::is_stop_word(word);
    let is_short = word.starts_with(is_katakana) || is_short(word) || is_short(typed);
    let begins_alike = !is_short || first(word) == first(typed);
    says_something
        && begins_alike
        && !turned(word, typed)
        && !turned(typed, word)
        && !sounds_otherwise(word, typed)
}

fn is_short(word: &str) -> bool {
    word.chars().nth(SHORT).is_none()
}

/// Whether a short word in kana is another but for one kana.
fn sounds_otherwise(word: &str, typed: &str) -> bool {
    let differs = |(a, b): &(char, char)| changed(*a, *b) >= 1.0;
    word.starts_with(is_katakana)
        && is_short(typed)
        && word.chars().count() == typed.chars().count()
        && word.chars().zip(typed.chars()).filter(differs).count() == 1
}

/// The slips between two words: a letter missing, added, changed, or two swapped, each once (optimal string
/// alignment); those that are light in kana count half.
pub fn distance(a: &str, b: &str) -> f32 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Rows of the table: two letters of `a` back, one back, and the present one.
    let mut before: Vec<f32> = Vec::new();
    let mut last: Vec<f32> = sums(b.iter().map(|c| lone(*c)));
    for i in 1..=a.len() {
        let mut row = vec![last[0] + lone(a[i - 1])];
        for j in 1..=b.len() {
            let (x, y) = (a[i - 1], b[j - 1]);
            let mut least = (last[j - 1] + changed(x, y)).min(last[j] + lone(x)).min(row[j - 1] + lone(y));
            if i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y {
                least = least.min(before[j - 2] + 1.0);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// The running sums, from nothing on.
fn sums(costs: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(costs.map(|cost| {
            sum += cost;
            sum
        }))
        .collect()
}

/// What a letter costs that stands in one of the words only.
fn lone(c: char) -> f32 {
    if matches!(c, 'ー' | 'ッ') { LIGHT } else { 1.0 }
}

/// What one letter in place of another costs.
fn changed(a: char, b: char) -> f32 {
    let vowel = |c: char| matches!(c, 'ア' | 'イ' | 'ウ' | 'エ' | 'オ');
    match (a, b) {
        _ if a == b => 0.0,
        // ボウリング and ボーリング.
        ('ー', other) | (other, 'ー') if vowel(other) => LIGHT,
        _ if is_katakana(a) && is_katakana(b) && plain(a) == plain(b) => LIGHT,
        _ => 1.0,
    }
}

/// A kana without its voicing mark, and large.
fn plain(c: char) -> char {
    match std::iter::once(c).nfd().next().unwrap_or(c) {
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ヮ' => 'ワ',
        c => c,
    }
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_allowed_by_length_and_never_in_codes() {
        let table = [
            ("ssl", 0.0),
            ("mail", 1.0),
            ("pasword", 1.0),
            ("passwrod", 2.0),
            ("err5021", 0.0),
            ("バク", 0.0),
            ("ベット", 0.5),
            ("パスワド", 1.0),
            ("シュミレーション", 1.5),
            ("年金", 0.0),
        ];
        for (word, slips) in table {
            assert_eq!(allowed(word), slips, "{word}");
        }
    }

    #[test]
    fn slips_are_counted_and_swapped_letters_are_one() {
        let table = [
            ("password", "password", 0.0),
            ("pasword", "password", 1.0),
            ("passwrod", "password", 1.0),
            ("pasword", "passwort", 2.0),
            ("", "abc", 3.0),
            ("シュミレーション", "シミュレーション", 1.0),
        ];
        for (a, b, slips) in table {
            assert_eq!(distance(a, b), slips, "{a} and {b}");
            assert_eq!(distance(b, a), slips, "{b} and {a}");
        }
    }

    #[test]
    fn what_sounds_nearly_the_same_is_half_a_slip() {
        for (a, b) in [
            ("ベット", "ベッド"),
            ("ハッチ", "バッチ"),
            ("パスワド", "パスワード"),
            ("ボウリング", "ボーリング"),
            ("キャンセル", "キヤンセル"),
            ("クリク", "クリック"),
        ] {
            assert_eq!(distance(a, b), LIGHT, "{a} and {b}");
        }
        assert_eq!(distance("カード", "コード"), 1.0);
    }

    #[test]
    fn opposites_and_words_that_say_nothing_are_not_meant() {
        for (word, typed) in
            [("delete", "undelete"), ("install", "uninstall"), ("from", "frob"), ("ab", "abc")]
        {
            assert!(!may_be_meant(word, typed), "{word} for {typed}");
        }
        for (word, typed) in [
            ("コード", "カード"),
            ("ピクセル", "エクセル"),
            ("スタック", "スラック"),
            ("mark", "dark"),
            ("case", "ease"),
        ] {
            assert!(!may_be_meant(word, typed), "{word} for {typed}");
        }
        for (word, typed) in [
            ("password", "paswword"),
            ("バッチ", "ハッチ"),
            ("undo", "umdo"),
            ("スタック", "スダック"),
            ("スタック", "スタク"),
            ("メール", "メイル"),
            ("サポート", "サーポト"),
        ] {
            assert!(may_be_meant(word, typed), "{word} for {typed}");
        }
    }

    #[test]
    fn light_slips_change_more_letters_than_others() {
        let words = ["ssl", "mail", "passwrod", "ベット", "パスワド", "シュミレーション"];
        assert_eq!(words.map(letters), [0, 1, 2, 1, 2, 2]);
    }
}
