//! One word in two scripts: Slack and スラック. An English word is written in kana by how it sounds, so that both are brought
//! to their consonants, each with the vowels after it, and held against each other: the consonants have to be the same, the
//! vowels such as English spelling may stand for.

use std::collections::BTreeSet;

use super::romaji;

/// Stands behind a vowel that English spells as a short one.
const SHORT: char = '\'';

/// Of fewer consonants too many words are made.
const FEWEST_CONSONANTS: usize = 3;

/// What kana make of the consonants of English; they know neither L nor V.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Consonant {
    K,
    G,
    /// A Latin g before e, i or y: as in login or as in image.
    SoftG,
    S,
    /// A Latin s that may be voiced.
    SoftS,
    Z,
    /// ジ and what it makes.
    J,
    T,
    D,
    N,
    H,
    F,
    M,
    P,
    B,
    R,
    W,
}

/// How a word sounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sound {
    /// Vowels before the first consonant.
    lead: String,
    beats: Vec<(Consonant, String)>,
}

impl Sound {
    /// Of a folded word in katakana; `None` for what is none, or too short to tell.
    pub fn of_kana(word: &str) -> Option<Self> {
        let mut sound = Self::default();
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                'ッ' | 'ー' => first.len_utf8(),
                // ウィ, its small vowel written large as in all words here.
                'ウ' if rest['ウ'.len_utf8()..].starts_with(['イ', 'エ', 'オ']) => {
                    sound.beat(Consonant::W);
                    first.len_utf8()
                }
                'ン' => {
                    // チャンネル: a channel has one.
                    if !rest['ン'.len_utf8()..].starts_with(['ナ', 'ニ', 'ヌ', 'ネ', 'ノ']) {
                        sound.beat(Consonant::N);
                    }
                    first.len_utf8()
                }
                _ => {
                    let (mora, consonants, vowel) = romaji::mora(rest)?;
                    if let Some(consonant) = Consonant::of(consonants, vowel) {
                        sound.beat(consonant);
                    }
                    sound.vowel(vowel);
                    mora.len()
                }
            };
            rest = &rest[length..];
        }
        sound.told()
    }

    /// Of a folded word in Latin letters, as English spells; `None` for what is none, or too short to tell.
    pub fn of_latin(word: &str) -> Option<Self> {
        if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let mut sound = Self::default();
        let mut rest = word;
        let mut before = ' ';
        while let Some(letter) = rest.chars().next() {
            let length = sound.spell(letter, before, rest);
            before = letter;
            rest = &rest[length..];
        }
        sound.told()
    }

    /// Whether this word, in kana, may be another in Latin letters.
    pub fn may_spell(&self, latin: &Self) -> bool {
        let next = |n: usize| self.beats.get(n).map(|(consonant, _)| *consonant);
        let mut beats = self.beats.iter().zip(&latin.beats).zip(1..);
        self.beats.len() == latin.beats.len()
            && vowels_fit(&self.lead, &latin.lead, None, next(0))
            && beats.all(|(((kana, after_kana), (latin, after_latin)), n)| {
                kana.may_stand_for(*latin) && vowels_fit(after_kana, after_latin, Some(*kana), next(n))
            })
    }

    /// The characters with which katakana begin that may spell this word in Latin letters.
    pub fn heads_in_kana(&self) -> BTreeSet<char> {
        let first = self.beats.first().map(|(latin, _)| *latin).filter(|_| self.lead.is_empty());
        let fits = |consonants: &str, vowel: char| match (Consonant::of(consonants, vowel), first) {
            (Some(kana), Some(latin)) => kana.may_stand_for(latin),
            (kana, latin) => kana.is_none() && latin.is_none(),
        };
        let heads = romaji::morae().filter(|(_, consonants, vowel)| fits(consonants, *vowel));
        heads.filter_map(|(mora, ..)| mora.chars().next()).collect()
    }

    /// The letters with which words begin that this one in kana may spell.
    pub fn heads_in_latin(&self) -> &'static str {
        match self.beats.first() {
            Some((consonant, _)) if self.lead.is_empty() => consonant.letters(),
            _ => "aehiouwy",
        }
    }

    fn beat(&mut self, consonant: Consonant) {
        self.beats.push((consonant, String::new()));
    }

    fn vowel(&mut self, vowel: char) {
        self.beats.last_mut().map_or(&mut self.lead, |(_, vowels)| vowels).push(vowel);
    }

    fn told(self) -> Option<Self> {
        (self.beats.len() >= FEWEST_CONSONANTS).then_some(self)
    }

    /// Takes what `rest`, which begins with `letter`, spells next; returns how many letters that are.
    fn spell(&mut self, letter: char, before: char, rest: &str) -> usize {
        use Consonant::{B, D, F, G, H, J, K, M, N, P, R, S, SoftG, SoftS, T, W, Z};
        let next = rest[1..].chars().next();
        let goes_on = next.is_some_and(is_vowel);
        let softens = next.is_some_and(|next| "eiy".contains(next));
        // A vowel before two of a kind is short.
        if is_vowel(before) && (next == Some(letter) || rest.starts_with("ck")) {
            self.vowel(SHORT);
        }
        let mut take = |consonants: &[Consonant], letters: usize| {
            consonants.iter().for_each(|consonant| self.beat(*consonant));
            letters
        };
        match letter {
            _ if is_vowel(letter) => {
                self.vowel(letter);
                1
            }
            // Written twice, said once; of `access` both are said.
            _ if letter == before && !(letter == 'c' && softens) => 1,
            't' if rest.starts_with("tion") => take(&[S], 1),
            't' if rest.starts_with("tch") => take(&[T], 3),
            't' if next == Some('h') => take(&[S], 2),
            't' => take(&[T], 1),
            'c' if next == Some('h') => take(&[if before == 's' { K } else { T }], 2),
            'c' if next == Some('k') => take(&[K], 2),
            'c' if softens => take(&[S], 1),
            'c' | 'k' | 'q' => match (before, next) {
                (' ', Some('n')) => 1,
                _ => take(&[K], 1),
            },
            's' if next == Some('h') => take(&[S], 2),
            's' if next == Some('s') => take(&[S], 1),
            's' => take(&[SoftS], 1),
            'z' => take(&[Z], 1),
            'j' => take(&[J], 1),
            'd' if rest.starts_with("dg") => take(&[J], 2),
            'd' => take(&[D], 1),
            'g' if rest == "gn" || rest.starts_with("gh") => 1,
            'g' if softens => take(&[SoftG], 1),
            'g' => take(&[G], 1),
            'p' if next == Some('h') => take(&[F], 2),
            'p' => take(&[P], 1),
            'f' => take(&[F], 1),
            'b' | 'v' => take(&[B], 1),
            'm' if matches!(next, Some('p' | 'b')) => take(&[N], 1),
            'm' => take(&[M], 1),
            'n' => take(&[N], 1),
            'l' => take(&[R], 1),
            'r' if goes_on && rest != "re" || !is_vowel(before) => take(&[R], 1),
            'h' if goes_on => take(&[H], 1),
            'w' if goes_on || next == Some('h') => take(&[W], 1),
            // Behind a vowel these only change it.
            'r' | 'w' => {
                self.vowel(letter);
                1
            }
            'x' if before == ' ' => take(&[Z], 1),
            'x' => take(&[K, S], 1),
            _ => 1,
        }
    }
}

fn is_vowel(letter: char) -> bool {
    "aiueoy".contains(letter)
}

impl Consonant {
    /// Of a mora, by the consonants of its row in the table of kana, and its vowel.
    fn of(consonants: &str, vowel: char) -> Option<Self> {
        Some(match consonants.bytes().next()? {
            b'k' => Self::K,
            b'g' => Self::G,
            b's' => Self::S,
            b'z' if consonants == "z" && vowel != 'i' => Self::Z,
            b'z' | b'j' => Self::J,
            b't' | b'c' => Self::T,
            b'd' => Self::D,
            b'n' => Self::N,
            b'h' if vowel == 'u' && consonants == "h" => Self::F,
            b'h' => Self::H,
            b'f' => Self::F,
            b'm' => Self::M,
            b'p' => Self::P,
            b'b' | b'v' => Self::B,
            b'r' => Self::R,
            b'w' => Self::W,
            _ => return None,
        })
    }

    /// The letters that may begin a word with it.
    fn letters(self) -> &'static str {
        match self {
            Self::K => "ckq",
            Self::G | Self::SoftG => "g",
            Self::S | Self::SoftS => "cpst",
            Self::Z => "sxz",
            Self::J => "gjsz",
            Self::T => "ct",
            Self::D => "d",
            Self::N => "gkn",
            Self::H => "h",
            Self::F => "fp",
            Self::M => "m",
            Self::P => "p",
            Self::B => "bv",
            Self::R => "lrw",
            Self::W => "w",
        }
    }

    /// Whether one in kana may stand for one in Latin letters.
    fn may_stand_for(self, latin: Self) -> bool {
        match latin {
            Self::SoftG => matches!(self, Self::G | Self::J),
            Self::SoftS => matches!(self, Self::S | Self::Z | Self::J),
            Self::Z => matches!(self, Self::Z | Self::J),
            latin => self == latin,
        }
    }

    /// Whether kana give it this vowel where English has none.
    fn is_lent(self, vowel: char) -> bool {
        match vowel {
            'u' => !matches!(self, Self::D | Self::J),
            'o' => matches!(self, Self::T | Self::D),
            'i' => matches!(self, Self::T | Self::K | Self::J | Self::S),
            _ => false,
        }
    }
}

/// Whether these vowels in kana may stand for those in Latin letters, between these consonants.
fn vowels_fit(kana: &str, latin: &str, after: Option<Consonant>, before: Option<Consonant>) -> bool {
    // Small vowels are written large in words that are folded: of ティ and ファ the first is none.
    let is_small = ["ua", "ui", "ue", "uo", "ei", "ie", "ou"].iter().any(|vowels| kana.starts_with(vowels));
    said_vowels_fit(kana, latin, after, before)
        || is_small && after.is_some() && said_vowels_fit(&kana[1..], latin, after, before)
}

fn said_vowels_fit(kana: &str, latin: &str, after: Option<Consonant>, before: Option<Consonant>) -> bool {
    use Consonant::{G, M, N, R, W};
    let Some(first) = kana.chars().next() else { return latin.is_empty() || latin == "e" };
    let alone = kana.chars().nth(1).is_none();
    if alone && matches!(latin, "" | "e") && after.is_some_and(|after| after.is_lent(first)) {
        return true;
    }
    let short = latin.contains(SHORT);
    let with = |letters: &[&str]| letters.iter().any(|letters| latin.contains(letters));
    let Some(spelt) = latin.chars().next() else { return false };
    if latin.contains('r') {
        return match (spelt, first) {
            (_, 'a') => !with(&["air", "ear", "eer"]),
            ('a', 'e') => with(&["e", "i"]),
            ('a', 'o') => after == Some(W),
            ('e', 'i') => with(&["ea", "ee"]),
            ('o', 'o') | ('e', 'e') | ('u', 'u') => true,
            _ => false,
        };
    }
    match (spelt, first) {
        ('a', 'a') | ('o', 'o') | ('u', 'a' | 'u') | ('e', 'e' | 'i') | ('i' | 'y', 'i') => true,
        ('a', 'e') => !short,
        ('a', 'o') => before == Some(R) || after == Some(W) || with(&["au", "aw"]),
        ('e', 'u') => with(&["ew", "eu"]),
        ('i' | 'y', 'a') => !short && kana.starts_with("ai"),
        ('i', 'u') if after == Some(G) => kana == "ui",
        ('i', 'o' | 'u') => with(&["io"]),
        ('o', 'a') => matches!(before, Some(M | N | R)) && !short || with(&["ou", "ow"]),
        ('o', 'u') => with(&["oo", "ou"]),
        ('u', 'i') => with(&["ui"]),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
