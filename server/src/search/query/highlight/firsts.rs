//! Some characters, to tell at a glance that most others are none of them.

const BITS: u32 = 256;

/// A bit for each character, which others of the same remainder share.
#[derive(Default)]
pub struct Firsts([u64; (BITS / 64) as usize]);

impl Firsts {
    pub fn insert(&mut self, c: char) {
        let (word, bit) = place(c);
        self.0[word] |= bit;
    }

    /// `false` only for characters that were never inserted.
    pub fn may_have(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.0[word] & bit != 0
    }
}

fn place(c: char) -> (usize, u64) {
    let remainder = u32::from(c) % BITS;
    ((remainder / 64) as usize, 1 << (remainder % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_is_there_and_most_others_are_not() {
        let mut firsts = Firsts::default();
        "請求書パ".chars().for_each(|c| firsts.insert(c));
        assert!("請求書パ".chars().all(|c| firsts.may_have(c)));
        let others = ('一'..='龠').filter(|c| firsts.may_have(*c)).count();
        assert!(others * 20 < ('一'..='龠').count(), "{others}");
    }
}
