//! A set of documents as one bit each.

/// A set of document numbers below a fixed length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Docs(Vec<u64>);

impl Docs {
    pub fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    pub fn insert(&mut self, doc: u32) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    pub fn remove(&mut self, doc: u32) {
        self.0[doc as usize / 64] &= !(1 << (doc % 64));
    }

    pub fn contains(&self, doc: u32) -> bool {
        self.0[doc as usize / 64] & (1 << (doc % 64)) != 0
    }

    pub fn intersect(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_not_taken_out() {
        let mut docs = Docs::none(130);
        for doc in [0, 63, 64, 129] {
            docs.insert(doc);
        }
        docs.remove(63);
        assert_eq!((docs.count(), docs.contains(63), docs.contains(129)), (3, false, true));
        let mut other = Docs::none(130);
        other.insert(129);
        docs.intersect(&other);
        assert_eq!(docs, other);
    }
}
