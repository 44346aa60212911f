//! What was worked out for words and documents, as long as there is room for it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;

/// Values by key. They are kept in two generations: when the newer one is full it becomes the older one, and what the older
/// one held is forgotten, but for what was asked for in the meantime.
pub struct Remembered<K, T>(RwLock<Generations<K, T>>);

struct Generations<K, T> {
    newer: HashMap<K, Arc<T>, RandomState>,
    older: HashMap<K, Arc<T>, RandomState>,
    /// Bytes that the newer generation takes, and that it may take.
    taken: usize,
    room: usize,
}

impl<K: Hash + Eq, T> Remembered<K, T> {
    /// With room for so many bytes.
    pub fn new(room: usize) -> Self {
        let generations =
            Generations { newer: HashMap::default(), older: HashMap::default(), taken: 0, room: room / 2 };
        Self(RwLock::new(generations))
    }

    /// What is known by a key, or else what `find` finds out, which takes so many `bytes` beside itself.
    pub fn get<Q>(
        &self,
        key: &Q,
        find: impl FnOnce() -> tantivy::Result<T>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> tantivy::Result<Arc<T>>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let generations = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = generations.newer.get(key) {
            return Ok(Arc::clone(known));
        }
        let known = generations.older.get(key).map(Arc::clone);
        drop(generations);
        let known = known.map_or_else(|| find().map(Arc::new), Ok)?;
        let taken = size_of::<(K, Arc<T>, T)>() + size_of_val(key) + bytes(&known);
        self.0.write().unwrap_or_else(PoisonError::into_inner).put(key.to_owned(), &known, taken);
        Ok(known)
    }
}

impl<K: Hash + Eq, T> Generations<K, T> {
    fn put(&mut self, key: K, value: &Arc<T>, bytes: usize) {
        if self.taken + bytes > self.room {
            self.older = std::mem::take(&mut self.newer);
            self.taken = 0;
        }
        if bytes <= self.room && self.newer.insert(key, Arc::clone(value)).is_none() {
            self.taken += bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_is_asked_for_again_stays_and_the_rest_is_forgotten() {
        let of_a_word = size_of::<(String, Arc<usize>, usize)>() + 1 + 4;
        let remembered = Remembered::new(4 * of_a_word);
        let found = Cell::new(0);
        let get = |word: &str| {
            let find = || {
                found.set(found.get() + 1);
                Ok(word.len())
            };
            *remembered.get(word, find, |_| 4).unwrap()
        };
        assert_eq!((get("a"), get("a"), found.get()), (1, 1, 1));
        assert_eq!((get("b"), get("c"), found.get()), (1, 1, 3), "there is room for two in a generation");
        assert_eq!((get("a"), found.get()), (1, 3), "it was in the older one, and is in the newer one now");
        assert_eq!((get("d"), get("a"), found.get()), (1, 1, 4));
        assert_eq!((get("b"), found.get()), (1, 5), "nobody asked for it");
        let long = "a".repeat(2 * of_a_word);
        assert_eq!(
            (get(&long), get(&long), found.get()),
            (long.len(), long.len(), 7),
            "there is no room for it"
        );
    }
}
