//! Words and characters of Japanese: dictionary segmentation, bigrams beside it, and the folding of the ways to
//! write one word.

use std::ops::Range;

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

pub fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' | '々' | '〆')
}

pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | 'ゝ' | 'ゞ')
}

pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | 'ヽ' | 'ヾ')
}

/// The stretches of a run of Japanese whose words depend on nothing around them: between katakana and anything else a
/// word always ends.
pub fn stretches(run: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = run.get(start..).filter(|rest| !rest.is_empty())?;
        let katakana = rest.starts_with(is_katakana);
        let length = rest.find(|c| is_katakana(c) != katakana).unwrap_or(rest.len());
        start += length;
        Some(start - length..start)
    })
}

/// Cuts one such stretch into words. `offset` is where it begins in the whole text.
pub fn cut(stretch: &str, offset: usize, position: &mut u32, tokens: &mut Vec<Token>) {
    let mut start = 0;
    for end in SEGMENTER.segment_str(stretch).filter(|&end| end > 0) {
        let word = &stretch[start..end];
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
}

/// One kanji, or two neighbouring kanji or katakana, folded.
pub struct Gram {
    first: char,
    second: Option<char>,
    /// Bytes of the whole text that it covers.
    span: Range<usize>,
}

impl Gram {
    pub fn kind(&self) -> Kind {
        if self.second.is_some() { Kind::Bigram } else { Kind::Unigram }
    }

    /// Adds the term to a text.
    pub fn write(&self, text: &mut String) {
        text.push(GRAM_MARK);
        text.push(self.first);
        text.extend(self.second);
    }

    pub fn into_token(self, position: u32) -> Token {
        let mut term = String::with_capacity(7);
        self.write(&mut term);
        let surface = term[GRAM_MARK.len_utf8()..].to_owned();
        Token { term, surface, kind: self.kind(), position, span: self.span }
    }
}

/// Tells of the bigrams of neighbouring kanji and katakana of a run, and of each kanji by itself. Hiragana are left
/// out: two of them are nearly always grammar.
pub fn grams(run: &str, offset: usize, mut tell: impl FnMut(Gram)) {
    let mut before: Option<(usize, char)> = None;
    for (at, c) in run.char_indices() {
        if !is_kanji(c) && !is_katakana(c) {
            before = None;
            continue;
        }
        let c_folded = fold_kana(c);
        let end = offset + at + c.len_utf8();
        if is_kanji(c) {
            tell(Gram { first: c_folded, second: None, span: offset + at..end });
        }
        if let Some((from, first)) = before {
            // 「ーる」 of a word's end and its long form must meet, so a closing long mark makes no bigram.
            let closes_word = c == 'ー' && !run[at + c.len_utf8()..].starts_with(is_katakana);
            if !closes_word {
                tell(Gram { first, second: Some(c_folded), span: offset + from..end });
            }
        }
        before = Some((at, c_folded));
    }
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unconverted_kana_become_the_katakana_word() {
        assert_eq!(to_katakana("ぱすわーど"), "パスワード");
        assert_eq!(to_katakana("さーばー"), "サーバ");
    }

    /// Whether words end between stretches, and the words of each are those that the dictionary cuts out of the whole run.
    fn stretches_hide_nothing(run: &str) -> bool {
        let ends_by_stretch = stretches(run).flat_map(|stretch| {
            let ends = SEGMENTER.segment_str(&run[stretch.clone()]);
            ends.filter(|end| *end > 0).map(move |end| stretch.start + end).collect::<Vec<_>>()
        });
        ends_by_stretch.eq(SEGMENTER.segment_str(run).filter(|end| *end > 0))
    }

    #[test]
    fn a_word_always_ends_between_katakana_and_anything_else() {
        for c in ('\0'..='\u{2ffff}').filter(|c| is_cjk(*c)) {
            let run = format!("{c}ア{c}ー{c}ヽ{c}{c}ヶ");
            assert!(stretches_hide_nothing(&run), "{run}");
        }
    }

    proptest! {
        #[test]
        fn a_run_is_cut_into_the_same_words_by_stretches(run in "[ぁ-ゖァ-ヺーゝゞヽヾ々〆一-龯契-鶴𠀀-𪛖]{1,24}") {
            prop_assert!(stretches_hide_nothing(&run));
        }

        #[test]
        fn a_sentence_is_cut_into_the_same_words_by_stretches(
            run in "(データ|サーバー|ー|ログイン|設定|申し込み|を|する|できます|国民年金|の|ください|ゴミ|パスワード|お客さま|々){1,12}"
        ) {
            prop_assert!(stretches_hide_nothing(&run));
        }
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
