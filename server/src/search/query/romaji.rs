//! Words in kana that were typed in Latin letters, as before an input method is switched on: `purojekuto`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Consonants with the kana that they make of a, i, u, e and o; `-` where they make none.
const ROWS: [(&str, [&str; 5]); 38] = [
    ("", ["ア", "イ", "ウ", "エ", "オ"]),
    ("k", ["カ", "キ", "ク", "ケ", "コ"]),
    ("s", ["サ", "シ", "ス", "セ", "ソ"]),
    ("t", ["タ", "チ", "ツ", "テ", "ト"]),
    ("n", ["ナ", "ニ", "ヌ", "ネ", "ノ"]),
    ("h", ["ハ", "ヒ", "フ", "ヘ", "ホ"]),
    ("m", ["マ", "ミ", "ム", "メ", "モ"]),
    ("y", ["ヤ", "-", "ユ", "イェ", "ヨ"]),
    ("r", ["ラ", "リ", "ル", "レ", "ロ"]),
    ("w", ["ワ", "ウィ", "-", "ウェ", "ヲ"]),
    ("g", ["ガ", "ギ", "グ", "ゲ", "ゴ"]),
    ("z", ["ザ", "ジ", "ズ", "ゼ", "ゾ"]),
    ("d", ["ダ", "ヂ", "ヅ", "デ", "ド"]),
    ("b", ["バ", "ビ", "ブ", "ベ", "ボ"]),
    ("p", ["パ", "ピ", "プ", "ペ", "ポ"]),
    ("v", ["ヴァ", "ヴィ", "ヴ", "ヴェ", "ヴォ"]),
    ("f", ["ファ", "フィ", "フ", "フェ", "フォ"]),
    ("j", ["ジャ", "ジ", "ジュ", "ジェ", "ジョ"]),
    ("sh", ["シャ", "シ", "シュ", "シェ", "ショ"]),
    ("ch", ["チャ", "チ", "チュ", "チェ", "チョ"]),
    ("ts", ["ツァ", "ツィ", "ツ", "ツェ", "ツォ"]),
    ("th", ["-", "ティ", "-", "-", "-"]),
    ("dh", ["-", "ディ", "デュ", "-", "-"]),
    ("tw", ["-", "-", "トゥ", "-", "-"]),
    ("dw", ["-", "-", "ドゥ", "-", "-"]),
    ("ky", ["キャ", "-", "キュ", "-", "キョ"]),
    ("sy", ["シャ", "-", "シュ", "シェ", "ショ"]),
    ("ty", ["チャ", "-", "チュ", "チェ", "チョ"]),
    ("cy", ["チャ", "-", "チュ", "チェ", "チョ"]),
    ("ny", ["ニャ", "-", "ニュ", "-", "ニョ"]),
    ("hy", ["ヒャ", "-", "ヒュ", "-", "ヒョ"]),
    ("my", ["ミャ", "-", "ミュ", "-", "ミョ"]),
    ("ry", ["リャ", "-", "リュ", "-", "リョ"]),
    ("gy", ["ギャ", "-", "ギュ", "-", "ギョ"]),
    ("zy", ["ジャ", "-", "ジュ", "ジェ", "ジョ"]),
    ("jy", ["ジャ", "-", "ジュ", "ジェ", "ジョ"]),
    ("by", ["ビャ", "-", "ビュ", "-", "ビョ"]),
    ("py", ["ピャ", "-", "ピュ", "-", "ピョ"]),
];
const VOWELS: &str = "aiueo";

/// The katakana that a folded Latin word spells, in either romanisation; `None` where it spells none.
pub fn katakana(word: &str) -> Option<String> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let is_vowel = |letter: char| VOWELS.contains(letter);
    let mut kana = String::new();
    let mut rest = word;
    loop {
        let mut letters = rest.chars();
        let (first, second, third) = (letters.next(), letters.next(), letters.next());
        let Some(first) = first else { return Some(kana) };
        if first == 'n' && second.is_none_or(|letter| !is_vowel(letter) && letter != 'y') {
            kana.push('ン');
            let both = second == Some('n') && third.is_none_or(|letter| !is_vowel(letter));
            rest = &rest[if both { 2 } else { 1 }..];
        } else if !is_vowel(first) && (second == Some(first) || rest.starts_with("tch")) {
            kana.push('ッ');
            rest = &rest[1..];
        } else {
            let at = rest.find(is_vowel)?;
            let (_, row) = ROWS.iter().find(|(consonants, _)| *consonants == &rest[..at])?;
            let made = row[VOWELS.find(&rest[at..=at])?];
            if made == "-" {
                return None;
            }
            kana.push_str(made);
            rest = &rest[at + 1..];
        }
    }
}

/// Every mora with the consonants and the vowel that spell it.
pub fn morae() -> impl Iterator<Item = (&'static str, &'static str, char)> {
    let row = |(consonants, row): &'static (&'static str, [&'static str; 5])| {
        row.iter().zip(VOWELS.chars()).map(|(mora, vowel)| (*mora, *consonants, vowel))
    };
    ROWS.iter().flat_map(row).filter(|(mora, ..)| *mora != "-")
}

/// The first mora of a run of katakana, with the consonants and the vowel that spell it; `None` where it is none.
pub fn mora(kana: &str) -> Option<(&str, &'static str, char)> {
    static SPELT: LazyLock<HashMap<&str, (&str, char)>> = LazyLock::new(|| {
        let mut spelt = HashMap::new();
        for (mora, consonants, vowel) in morae() {
            spelt.entry(mora).or_insert((consonants, vowel));
        }
        spelt
    });
    let begins = |count: usize| kana.char_indices().nth(count).map_or(kana, |(end, _)| &kana[..end]);
    let found = |mora| SPELT.get(mora).map(|(consonants, vowel)| (mora, *consonants, *vowel));
    found(begins(2)).or_else(|| found(begins(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spelt_in_either_romanisation() {
        for (word, kana) in [
            ("purojekuto", "プロジェクト"),
            ("kurikku", "クリック"),
            ("tsuushin", "ツウシン"),
            ("tusin", "ツシン"),
            ("matchi", "マッチ"),
            ("konnichi", "コンニチ"),
            ("hennkou", "ヘンコウ"),
            ("kyanseru", "キャンセル"),
            ("fairu", "ファイル"),
            ("menyu", "メニュ"),
        ] {
            assert_eq!(katakana(word).as_deref(), Some(kana), "{word}");
        }
    }

    #[test]
    fn morae_are_taken_one_by_one() {
        assert_eq!(mora("シャツ"), Some(("シャ", "sh", 'a')));
        assert_eq!(mora("シ"), Some(("シ", "s", 'i')));
        assert_eq!(mora("ティー"), Some(("ティ", "th", 'i')));
        assert_eq!((mora("ッ"), mora("請求"), mora("")), (None, None, None));
    }

    #[test]
    fn other_words_spell_nothing() {
        for word in ["password", "ssl", "xml", "click", "err5021", "Tokyo", "q"] {
            assert_eq!(katakana(word), None, "{word}");
        }
    }
}
