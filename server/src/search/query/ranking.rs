//! The numbers that ranking turns on, in one place. docs/search.md has the table of what each step gave.

use crate::search::schema::Part;

/// What is ranked for: there is one ranking for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Answering,
    Suggesting,
}

impl Purpose {
    pub const ALL: [Self; 2] = [Self::Answering, Self::Suggesting];
}

/// From so many tokens on, what is typed is a paragraph: nobody looks for a title with it.
const PARAGRAPH: usize = 24;

/// A first hit with this confidence is nearly certain to be the answer, and may leave so much more unsaid; one that says it by
/// the way has to say so much more.
const CERTAIN: f32 = 0.7;
const CERTAINLY: f32 = 0.4;
const BY_THE_WAY: f32 = 1.3;

/// The weights of one way to rank.
#[derive(Clone, Debug)]
pub struct Ranking {
    pub(super) purpose: Purpose,
    /// How much a word counts in each part of an article.
    parts: [f32; Part::ALL.len()],
    /// How strongly the length of each part is held against it (BM25's b), 0 to 1.
    lengths: [f32; Part::ALL.len()],
    /// How soon repeating a word stops to help (BM25's k1).
    pub saturation: f32,
    /// Words that carry a sentence but not its subject.
    pub stop_word: f32,
    /// Pairs of kanji or katakana beside the words.
    pub bigram: f32,
    /// Pieces of a compound that the index knows as a whole.
    pub piece: f32,
    /// A word that begins with what was typed, when the typed word itself is not in the index, and when it is: whoever
    /// sends a word that is one does not mean another.
    pub completion: f32,
    pub completion_of_word: f32,
    /// A word one slip away, and two.
    pub typo: [f32; 2],
    /// Two words written as one, or one written as two.
    pub respelling: f32,
    /// Another word for the same thing, as CRE keep it.
    pub synonym: f32,
    /// Bonus for a title that is asked for: as a whole, and in the order of the words.
    pub title_fit: f32,
    pub title_order: f32,
    /// What the words of the first hits add to the others of a sentence, as a share of the first one's score.
    pub feedback: f32,
    /// What an article gains that solved requests speak for with one voice, as a multiple of the first hit's score.
    pub recall: f32,
    /// Hits hold at least this share, by weight, of those words that stand anywhere in the index.
    pub least_share: f32,
    /// Hits say this share of all that was asked for, or are only the nearest there is; a paragraph asks for more than any
    /// article says.
    least_asked: [f32; 2],
}

impl Ranking {
    /// What the portal ranks with: one setting for both languages and every collection.
    pub const PRODUCTION: Self = Self {
        purpose: Purpose::Answering,
        //      title headings summary phrases learned (each outcome four times) tags body
        parts: [2.5, 1.2, 1.5, 2.0, 0.5, 1.5, 1.1],
        lengths: [0.7, 0.6, 0.5, 0.5, 0.5, 0.2, 0.8],
        saturation: 3.0,
        stop_word: 0.2,
        bigram: 1.6,
        piece: 0.3,
        completion: 0.6,
        completion_of_word: 0.0,
        typo: [0.8, 0.6],
        respelling: 0.9,
        synonym: 0.9,
        title_fit: 3.5,
        title_order: 0.2,
        feedback: 0.5,
        recall: 2.5,
        least_share: 0.1,
        least_asked: [0.5, 0.3],
    };

    /// What suggestions while typing rank with: titles above all.
    pub const SUGGESTING: Self = Self {
        purpose: Purpose::Suggesting,
        parts: [4.0, 0.6, 0.5, 2.0, 0.5, 1.5, 0.0],
        completion: 0.9,
        completion_of_word: 0.6,
        feedback: 0.0,
        least_asked: [0.3; 2],
        ..Self::PRODUCTION
    };

    /// What they rank with where titles settle nothing: as the page does, but that the last word may go on.
    const TYPING: Self = Self { completion: 0.9, completion_of_word: 0.6, ..Self::PRODUCTION };

    /// How so many tokens rank while they are typed, the last of them `growing` or a word that is known; the second way
    /// where the first settles nothing.
    pub fn suggesting(tokens: usize, growing: bool) -> &'static [Self] {
        static WAYS: [Ranking; 2] = [Ranking::SUGGESTING, Ranking::TYPING];
        if growing && tokens < PARAGRAPH { &WAYS } else { &WAYS[1..] }
    }

    /// Where the first hit, which answers with this `confidence`, does not say this share of so many tokens, the hits are
    /// only the nearest there is.
    pub fn least_said(&self, tokens: usize, confidence: f32) -> f32 {
        let least = self.least_asked(tokens);
        match confidence {
            // Neither its title nor a solved request says anything of it.
            ..=0.0 => least * BY_THE_WAY,
            CERTAIN.. if tokens >= PARAGRAPH => 0.0,
            CERTAIN.. => least * CERTAINLY,
            _ => least,
        }
    }

    /// Hits say this share of so many tokens, or are only the nearest there is.
    pub fn least_asked(&self, tokens: usize) -> f32 {
        self.least_asked[usize::from(tokens >= PARAGRAPH)]
    }

    pub fn part(&self, part: Part) -> f32 {
        self.parts[part as usize]
    }

    pub fn length(&self, part: Part) -> f32 {
        self.lengths[part as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_surely_answers_may_leave_more_unsaid_than_who_met_the_words_by_the_way() {
        let least = |tokens: usize, confidence: f32| Ranking::PRODUCTION.least_said(tokens, confidence);
        for tokens in [2, PARAGRAPH] {
            assert!(least(tokens, 0.0) > least(tokens, 0.4) && least(tokens, 0.4) > least(tokens, 0.9));
            assert!(least(tokens, 0.0) < 1.0, "all of it is always enough");
        }
        assert!(least(2, 1.0) > 0.0, "one word of two may be any word");
        assert!(least(PARAGRAPH, 1.0) <= 0.0, "a paragraph may hold a whole title");
    }
}
