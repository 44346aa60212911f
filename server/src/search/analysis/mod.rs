//! Text analysis: from what people write to the terms that the index holds and the query looks up.
//!
//! One analysis serves both languages, because real text mixes them: runs of kana and kanji are cut into words by
//! the ICU dictionary and into character bigrams beside them, everything else is cut at its own borders, kept whole
//! as well as split where it looks like a product name or an error code, and stemmed as English where it is Latin.
//! Nothing here knows of an index; the same text always gives the same tokens.

mod british;
mod english;
mod everyday;
mod families;
mod fold;
mod japanese;
mod latin;
mod spelling;
mod stop;

pub use everyday::is_everyday;
pub use fold::{comparable, fold_char, normalise};
pub use japanese::{Gram, fold_japanese, is_cjk, is_hiragana, is_kanji, is_katakana, to_katakana};
pub use stop::is_stop_word;

/// Marks a token that is characters of Japanese rather than a word, so that 「証」 the word and 「証」 the character
/// stay apart in one dictionary.
pub const GRAM_MARK: char = '\u{1}';

/// What a token is of the text it was cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word that stands by itself.
    Word,
    /// A compound in one piece: `err5021` of `ERR_5021`, `github` of `GitHub`.
    Whole,
    /// A piece of such a compound: `err` and `5021`.
    Part,
    /// Two neighbouring kanji or katakana.
    Bigram,
    /// One kanji. Indexed in short fields only, for searches of a single character.
    Unigram,
}

/// One term, with the word that it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The form that is indexed and looked up.
    pub term: String,
    /// The folded word before stemming: what typos are checked against and completions are made of.
    pub surface: String,
    pub kind: Kind,
    /// Counts words from the start of the text; the pieces of a compound count one each.
    pub position: u32,
    /// Bytes of the normalised text that the token covers.
    pub span: std::ops::Range<usize>,
}

/// Is told what a text consists of, from its beginning to its end.
pub trait Listener {
    /// A stretch whose words do not depend on what stands around it, and the byte at which it begins: [`cut`] tells
    /// them.
    fn stretch(&mut self, stretch: &str, at: usize);

    /// One or two characters of the Japanese stretches just told.
    fn gram(&mut self, gram: Gram);
}

/// Tells what a text consists of. `text` must be normalised (see [`normalise`]).
pub fn listen(text: &str, listener: &mut impl Listener) {
    for run in Runs::of(text) {
        match run.script {
            Script::Cjk => {
                for stretch in japanese::stretches(&text[run.span.clone()]) {
                    listener
                        .stretch(&text[run.span.clone()][stretch.clone()], run.span.start + stretch.start);
                }
                japanese::grams(&text[run.span.clone()], run.span.start, |gram| listener.gram(gram));
            }
            Script::Other => listener.stretch(&text[run.span.clone()], run.span.start),
        }
    }
}

/// Cuts a stretch (see [`Listener`]) into words. `position` is that of the next word in the whole text.
pub fn cut(stretch: &str, at: usize, position: &mut u32, tokens: &mut Vec<Token>) {
    if stretch.starts_with(is_cjk) {
        japanese::cut(stretch, at, position, tokens);
    } else {
        latin::cut(stretch, at, position, tokens);
    }
}

/// Cuts a text into tokens. `text` must be normalised (see [`normalise`]).
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Tokens { position: 0, tokens: Vec::with_capacity(text.len() / 4) };
    listen(text, &mut tokens);
    tokens.tokens
}

struct Tokens {
    position: u32,
    tokens: Vec<Token>,
}

impl Listener for Tokens {
    fn stretch(&mut self, stretch: &str, at: usize) {
        cut(stretch, at, &mut self.position, &mut self.tokens);
    }

    fn gram(&mut self, gram: Gram) {
        self.tokens.push(gram.into_token(self.position.saturating_sub(1)));
    }
}

/// Normalises and cuts a text in one go.
pub fn analyse(text: &str) -> Vec<Token> {
    tokenize(&normalise(text))
}

/// The term under which a word of the vocabulary (a token's surface) is indexed.
pub fn term_of(surface: &str) -> String {
    if surface.chars().next().is_some_and(is_cjk) {
        japanese::word_term(surface)
    } else {
        latin::stem(surface)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Cjk,
    Other,
}

struct Run {
    script: Script,
    span: std::ops::Range<usize>,
}

/// The parts of a text that are words of one kind of script. A joiner belongs to a run only between two characters of
/// it, so that `v2.4.6-p1` is one run and the full stop after it is not.
struct Runs<'a> {
    text: &'a str,
    /// Where the next run is looked for.
    at: usize,
}

impl<'a> Runs<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let mut letters = self.text[self.at..].char_indices().filter_map(|(at, c)| Some((at, script_of(c)?)));
        let (first, script) = letters.next()?;
        let start = self.at + first;
        let mut end = start;
        let mut chars = self.text[start..].char_indices().map(|(at, c)| (start + at, c)).peekable();
        while let Some((at, c)) = chars.next() {
            let goes_on = match script_of(c) {
                Some(other) => other == script,
                None if script == Script::Cjk => false,
                // A mark that belongs to the letter before it is the run's; a joiner is if a letter follows.
                None if latin::is_suffix(c, &self.text[start..end]) => true,
                None => latin::is_joiner(c) && chars.peek().is_some_and(|(_, next)| latin::is_letter(*next)),
            };
            if !goes_on {
                break;
            }
            end = at + c.len_utf8();
        }
        self.at = end;
        Some(Run { script, span: start..end })
    }
}

/// The script of a letter or digit; none of what stands between words.
fn script_of(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Some(Script::Other),
        '\0'..='\u{7f}' => None,
        _ if is_cjk(c) => Some(Script::Cjk),
        _ => c.is_alphanumeric().then_some(Script::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str, kinds: &[Kind]) -> Vec<String> {
        analyse(text).into_iter().filter(|t| kinds.contains(&t.kind)).map(|t| t.term).collect()
    }

    fn words(text: &str) -> Vec<String> {
        terms(text, &[Kind::Word, Kind::Whole, Kind::Part])
    }

    #[test]
    fn english_words_are_folded_and_stemmed() {
        assert_eq!(words("How do I reset my Passwords?"), ["how", "do", "i", "reset", "my", "password"]);
        assert_eq!(words("Café’s  ＡＢＣ"), ["cafe", "abc"]);
        assert_eq!(words("don't can’t what's"), ["dont", "cant", "what"]);
    }

    #[test]
    fn error_codes_are_kept_whole_as_well_as_split() {
        assert_eq!(words("ERR_5021"), ["err5021", "err", "5021"]);
        assert_eq!(words("err-5021"), ["err5021", "err", "5021"]);
        assert_eq!(words("ERR5021"), ["err5021", "err", "5021"]);
        assert_eq!(words("v2.4.6-p1"), ["2.4.6p1", "2.4.6", "p1"]);
        assert_eq!(words("2.4.6-p1."), ["2.4.6p1", "2.4.6", "p1"]);
        assert_eq!(words("PHP8.1 and PHP 8.1"), ["php8.1", "php", "8.1", "and", "php", "8.1"]);
    }

    #[test]
    fn product_names_are_kept_whole_as_well_as_split() {
        assert_eq!(words("GitHub"), ["github", "git", "hub"]);
        assert_eq!(words("sign-in"), ["signin", "sign", "in"]);
        assert_eq!(words("iPhone"), ["iphon"]);
        assert_eq!(words("C++ and C#"), ["c++", "and", "c#"]);
        assert_eq!(
            words("www.example.com/help/delete_account"),
            ["wwwexamplecom", "www", "exampl", "com", "help", "deleteaccount", "delet", "account"]
        );
    }

    #[test]
    fn japanese_is_cut_into_words_by_the_dictionary() {
        assert_eq!(words("国民年金の免除申請をしたい"), ["国民", "年金", "免除", "申請", "シタ"]);
    }

    #[test]
    fn japanese_bigrams_cover_kanji_and_katakana_only() {
        assert_eq!(terms("転入届の届出", &[Kind::Bigram]), ["\u{1}転入", "\u{1}入届", "\u{1}届出"]);
        assert_eq!(terms("サーバを", &[Kind::Bigram]), ["\u{1}サー", "\u{1}ーバ"]);
    }

    #[test]
    fn katakana_variants_meet() {
        for (a, b) in [
            ("サーバー", "サーバ"),
            ("ﾌﾟﾘﾝﾀ", "プリンター"),
            ("ウィンドウ", "ウインドウ"),
            ("ヴァイオリン", "バイオリン"),
            ("ユーザ", "ユーザー"),
            ("ごみ", "ゴミ"),
        ] {
            assert_eq!(words(a), words(b), "{a} and {b}");
        }
        assert_eq!(words("キー"), ["キー"]);
    }

    #[test]
    fn okurigana_variants_meet() {
        for (a, b) in [("申し込み", "申込み"), ("引っ越し", "引越し"), ("取り消し", "取消し")]
        {
            assert_eq!(words(a).concat(), words(b).concat(), "{a} and {b}");
        }
    }

    #[test]
    fn full_and_half_width_meet() {
        assert_eq!(words("ＥＲＲ＿５０２１"), words("ERR_5021"));
        assert_eq!(words("１４日"), words("14日"));
    }

    #[test]
    fn mixed_text_is_cut_at_the_border_of_scripts() {
        assert_eq!(words("SSHキーを追加"), ["ssh", "キー", "追加"]);
    }

    #[test]
    fn positions_count_words_and_spans_cover_them() {
        let text = normalise("Reset the GitHub password");
        let tokens = tokenize(&text);
        let last = tokens.last().expect("a token");
        assert_eq!((last.position, &text[last.span.clone()]), (4, "password"));
    }

    #[test]
    fn nothing_makes_it_fail() {
        for text in [
            "",
            " ",
            "\u{0}",
            "🙂🙂",
            "ﾞ",
            "ーー",
            "----",
            "'",
            "a-",
            "-a",
            "\u{300}",
            "๛ไทย",
            "ß",
            "ﬁ",
            "C++++",
        ] {
            analyse(text);
        }
    }
}
