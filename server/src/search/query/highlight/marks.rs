//! Where in a text the words of a query stand.

use std::ops::Range;

use super::excerpt;

/// What a term is of the query.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// The concept that it satisfies, by number.
    pub concept: usize,
    pub weight: f32,
}

/// What was found.
#[derive(Clone, Copy)]
pub struct Finding {
    /// Which term: a second finding of the same term is worth less to an excerpt.
    pub term: u64,
    pub wanted: Wanted,
}

/// Where it was found.
pub struct Mark {
    pub span: Range<usize>,
    /// How many columns come before it.
    pub column: usize,
    pub found: Finding,
}

/// The marks of one text, as a walk through it finds them.
pub struct Marks<'a> {
    pub text: &'a str,
    pub found: Vec<Mark>,
    /// Up to which byte columns are counted, and how many there are.
    counted: (usize, usize),
    /// The column at which each concept stood last; nothing where all of the text is to be marked.
    last: Vec<Option<usize>>,
    /// Where the walk ends.
    pub end: usize,
}

impl<'a> Marks<'a> {
    /// Those of a whole text.
    pub fn of(text: &'a str) -> Self {
        Self { text, found: Vec::new(), counted: (0, 0), last: Vec::new(), end: text.len() }
    }

    /// Those that an excerpt is chosen by: up to the first place where so many concepts stand near each other.
    pub fn until_all_are_near(text: &'a str, concepts: usize) -> Self {
        Self { last: vec![None; concepts], ..Self::of(text) }
    }

    /// Marks a stretch behind all earlier ones.
    pub fn add(&mut self, span: Range<usize>, found: Finding) {
        let (byte, columns) = self.counted;
        let column = columns + excerpt::width(&self.text[byte..span.start]);
        self.counted = (span.start, column);
        if let Some(last) = self.last.get_mut(found.wanted.concept) {
            *last = Some(column);
            let near = |last: &Option<usize>| last.is_some_and(|last| column - last <= excerpt::REACH);
            if self.last.iter().all(near) {
                self.last.clear();
                // What stands a little behind is shown as well.
                self.end = self.end.min(span.end + excerpt::MOST_BYTES);
            }
        }
        self.found.push(Mark { span, column, found });
    }
}
