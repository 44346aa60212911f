//! How similar two texts must be to be about the same, by what was decided about earlier ones.

use super::track::Track;

/// Of so many texts that are shown as similar, and of those just above the line, at least this share shall be about the
/// same: one that is not costs a glance, one that is saves an answer.
const PRECISION: f32 = 0.7;
/// Before that can be told: half of what one text says has to be in the other.
const UNTIL_TOLD: f32 = 0.5;

/// The similarities of texts of which it is known whether they are about the same.
#[derive(Clone, Debug)]
pub struct Alike(Track);

impl Default for Alike {
    fn default() -> Self {
        Self(Track::new(PRECISION))
    }
}

impl Alike {
    /// Notes how similar a text was to one of its nearest ones, and whether they were about the same.
    pub fn note(&mut self, similarity: f32, same: bool) {
        self.0.note(similarity, same);
    }

    /// Draws the line anew after texts were noted.
    pub fn settle(&mut self) {
        self.0.settle();
    }

    /// From this similarity on texts are likely about the same.
    pub fn least(&self) -> f32 {
        self.0.enough().unwrap_or(UNTIL_TOLD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_where_similar_texts_begin_to_be_about_the_same() {
        let mut alike = Alike::default();
        assert!((alike.least() - UNTIL_TOLD).abs() < 1e-6);
        for n in 0..100 {
            let similarity = n as f32 / 100.0;
            alike.note(similarity, n >= 30 || n % 4 == 0);
        }
        alike.settle();
        assert!((0.2..0.35).contains(&alike.least()), "{}", alike.least());
    }
}
