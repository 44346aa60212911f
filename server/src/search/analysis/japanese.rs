//! Words and characters of Japanese: dictionary segmentation, bigrams beside it, and the folding of the ways to
//! write one word.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::spelling::usual;
use super::{GRAM_MARK, Kind, Token};

static SEGMENTER: std::sync::LazyLock<WordSegmenterBorrowed<'static>> =
    std::sync::LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// Kana, kanji and the marks that live inside Japanese words.
pub fn is_cjk(c: char) -> bool {
    is_kanji(c) || is_hiragana(c) || is_katakana(c)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' | '々' | '〆')
}

pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | 'ゝ' | 'ゞ')
}

pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | 'ヽ' | 'ヾ')
}

/// Cuts one run of Japanese into words, bigrams and single kanji. `offset` is where it begins in the whole text.
pub fn tokenize(run: &str, offset: usize, position: &mut u32, tokens: &mut Vec<Token>) {
    let mut start = 0;
    for end in SEGMENTER.segment_str(run).filter(|&end| end > 0) {
        let word = &run[start..end];
        let span = offset + start..offset + end;
        start = end;
        // A single kana is a particle or a splinter of the segmentation: it says nothing.
        if word.chars().nth(1).is_none() && !word.chars().all(is_kanji) {
            continue;
        }
        tokens.push(Token {
            term: word_term(word),
            surface: fold_katakana(word),
            kind: Kind::Word,
            position: *position,
            span,
        });
        *position += 1;
    }
    characters(run, offset, *position, tokens);
}

/// Bigrams of neighbouring kanji and katakana, and each kanji by itself. Hiragana are left out: two of them are
/// nearly always grammar.
fn characters(run: &str, offset: usize, position: u32, tokens: &mut Vec<Token>) {
    let position = position.saturating_sub(1);
    let mut before: Option<(usize, char)> = None;
    for (at, c) in run.char_indices() {
        if !is_kanji(c) && !is_katakana(c) {
            before = None;
            continue;
        }
        let c_folded = fold_kana(c);
        let end = offset + at + c.len_utf8();
        if is_kanji(c) {
            tokens.push(gram(&[c_folded], Kind::Unigram, position, offset + at..end));
        }
        if let Some((from, first)) = before {
            // 「ーる」 of a word's end and its long form must meet, so a closing long mark makes no bigram.
            let closes_word = c == 'ー' && !run[at + c.len_utf8()..].chars().next().is_some_and(is_katakana);
            if !closes_word {
                tokens.push(gram(&[first, c_folded], Kind::Bigram, position, offset + from..end));
            }
        }
        before = Some((at, c_folded));
    }
}

fn gram(chars: &[char], kind: Kind, position: u32, span: std::ops::Range<usize>) -> Token {
    let surface: String = chars.iter().collect();
    Token { term: format!("{GRAM_MARK}{surface}"), surface, kind, position, span }
}

/// The form under which a word is indexed. A word of kanji and okurigana is its kanji (申し込み, 申込み and 申込
/// meet; so do the forms of a verb), one of kana its folded katakana (ごみ and ゴミ meet).
pub fn word_term(word: &str) -> String {
    let word = usual(word);
    if word.chars().any(is_kanji) && word.chars().any(is_hiragana) {
        return word.chars().filter(|c| !is_hiragana(*c)).map(fold_kana).collect();
    }
    to_katakana(word)
}

/// Unites the spellings of a katakana word: the long mark at its end, small and large vowels, ヴ and バ.
fn fold_katakana(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        if c == 'ヴ' {
            out.push(match chars.next_if(|c| matches!(c, 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ')) {
                Some('ァ') => 'バ',
                Some('ィ') => 'ビ',
                Some('ェ') => 'ベ',
                Some('ォ') => 'ボ',
                _ => 'ブ',
            });
        } else {
            out.push(fold_kana(c));
        }
    }
    // キー and カー stay: without the mark nothing would be left to recognise.
    if out.ends_with('ー') && out.chars().all(is_katakana) && out.chars().nth(2).is_some() {
        out.pop();
    }
    out
}

/// Unites large and small vowels and the two spellings of じ and ず, one character at a time.
fn fold_kana(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ヂ' => 'ジ',
        'ヅ' => 'ズ',
        'ヴ' => 'ブ',
        _ => c,
    }
}

/// One character as terms have it: kana as large katakana. For comparing an original text with a term.
pub fn fold_japanese(c: char) -> char {
    fold_kana(hiragana_to_katakana(c))
}

fn hiragana_to_katakana(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        _ => c,
    }
}

/// Hiragana as katakana: what is typed before the conversion is pressed (ぱすわーど).
pub fn to_katakana(text: &str) -> String {
    let katakana: String = text.chars().map(hiragana_to_katakana).collect();
    fold_katakana(&katakana)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unconverted_kana_become_the_katakana_word() {
        assert_eq!(to_katakana("ぱすわーど"), "パスワード");
        assert_eq!(to_katakana("さーばー"), "サーバ");
    }

    #[test]
    fn long_marks_at_the_end_of_a_word_make_no_bigram() {
        let grams = |text: &str| {
            super::super::analyse(text)
                .into_iter()
                .filter(|token| token.kind == Kind::Bigram)
                .map(|token| token.term)
                .collect::<Vec<_>>()
        };
        assert_eq!(grams("サーバー"), grams("サーバ"));
    }
}
