//! What may become hits, put into order only as far as somebody looks.

use std::cmp::Ordering;

use super::snapshot::DocNumber;
use super::title::TitleFit;

/// All that was found, the best in order only as far as they were asked for: of thousands of hits a page shows ten.
pub struct Candidates {
    list: Vec<Candidate>,
    /// So many stand where they belong; all others belong behind them.
    settled: usize,
}

/// A document that may become a hit.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Which of the runs found it.
    pub run: usize,
    pub doc: DocNumber,
    pub score: f32,
    /// How much it holds of what was asked for; by weight, 0 to 1.
    pub share_of_asked: f32,
    /// How much of the words that were asked for it says, characters beside them left aside; by weight, 0 to 1.
    pub share_of_words: f32,
    pub title: TitleFit,
    /// The parts of the score that a title gave that was typed whole, and the words of the first hits.
    pub typed_title: f32,
    pub confirmed: f32,
    /// How strongly solved requests speak for it, 0 to 1, and the part of the score that this gave.
    pub recalled: f32,
    pub remembered: f32,
}

impl Candidates {
    pub fn of(list: Vec<Candidate>) -> Self {
        Self { list, settled: 0 }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// In no order.
    pub fn iter(&self) -> impl Iterator<Item = &Candidate> {
        self.list.iter()
    }

    /// Changes the scores of all but the first so many, which are to stand where they belong and stay there.
    pub fn rescore(&mut self, from: usize, change: impl FnMut(&mut Candidate)) {
        self.first(from);
        self.list[from..].iter_mut().for_each(change);
        self.settled = from;
    }

    /// Changes the scores of the best so many, which stay before all others.
    pub fn rescore_best<E>(
        &mut self,
        count: usize,
        change: impl FnOnce(&mut [Candidate]) -> Result<(), E>,
    ) -> Result<(), E> {
        let best = self.first(count);
        change(best)?;
        order(best);
        Ok(())
    }

    /// Drops those that are not to be kept.
    pub fn retain(&mut self, mut keep: impl FnMut(&Candidate) -> bool) {
        let (mut place, mut settled) = (0, 0);
        self.list.retain(|candidate| {
            let kept = keep(candidate);
            settled += usize::from(kept && place < self.settled);
            place += 1;
            kept
        });
        self.settled = settled;
    }

    /// Drops all but the best so many.
    pub fn truncate(&mut self, count: usize) {
        self.first(count);
        self.list.truncate(count);
    }

    /// The best so many, or all there are, best first.
    pub fn first(&mut self, count: usize) -> &mut [Candidate] {
        let count = count.min(self.list.len());
        if let Some(more) = count.checked_sub(self.settled).filter(|more| *more > 0) {
            let others = &mut self.list[self.settled..];
            if more < others.len() {
                gather(others, more);
            }
            order(&mut others[..more]);
            self.settled = count;
        }
        &mut self.list[..count]
    }
}

/// Where a candidate belongs among others.
type Place = (f32, DocNumber);

fn place(candidate: &Candidate) -> Place {
    (candidate.score, candidate.doc)
}

/// The older document wins a tie, so that the order of equals never wavers.
fn best_first(a: &Place, b: &Place) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

fn order(candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|a, b| best_first(&place(a), &place(b)));
}

/// Brings the best so many, fewer than there are, to the front in no order. Only their places are compared and moved
/// about: all that a candidate carries is seven times as much.
fn gather(candidates: &mut [Candidate], count: usize) {
    let mut places: Vec<Place> = candidates.iter().map(place).collect();
    let (_, &mut first_behind, _) = places.select_nth_unstable_by(count, best_first);
    let mut front = 0;
    for at in 0..candidates.len() {
        if best_first(&place(&candidates[at]), &first_behind).is_lt() {
            candidates.swap(front, at);
            front += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(scores: &[f32]) -> Candidates {
        let candidate = |(doc, score): (u32, &f32)| Candidate {
            run: 0,
            doc,
            score: *score,
            share_of_asked: 0.0,
            share_of_words: 0.0,
            title: TitleFit::default(),
            typed_title: 0.0,
            confirmed: 0.0,
            recalled: 0.0,
            remembered: 0.0,
        };
        Candidates::of((0..).zip(scores).map(candidate).collect())
    }

    fn docs(candidates: &[Candidate]) -> Vec<u32> {
        candidates.iter().map(|candidate| candidate.doc).collect()
    }

    #[test]
    fn as_many_are_in_order_as_were_asked_for() {
        let mut some = candidates(&[1.0, 5.0, 3.0, 5.0, 4.0]);
        assert_eq!(docs(some.first(2)), [1, 3]);
        assert_eq!(docs(some.first(4)), [1, 3, 4, 2]);
        assert_eq!(docs(some.first(9)), [1, 3, 4, 2, 0]);
        assert_eq!(docs(some.first(1)), [1]);
    }

    #[test]
    fn the_best_stay_before_the_others_and_the_dropped_leave_no_gap() {
        let mut some = candidates(&[1.0, 5.0, 3.0, 6.0, 4.0]);
        some.rescore_best(2, |best| {
            best.iter_mut().for_each(|candidate| candidate.score = 1.0 / candidate.score);
            Ok::<_, ()>(())
        })
        .unwrap();
        some.retain(|candidate| candidate.doc != 1);
        assert_eq!(docs(some.first(3)), [3, 4, 2]);
        some.rescore(1, |candidate| candidate.score = -candidate.score);
        assert_eq!((docs(some.first(9)), some.len()), (vec![3, 0, 2, 4], 4));
        some.truncate(2);
        assert_eq!((docs(some.first(9)), some.len()), (vec![3, 0], 2));
    }
}
