//! How good a ranking is, against judgements; the same measures as `kotae eval` prints.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Means over the queries that have a relevant document. Documents that nobody judged count nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Quality {
    pub ndcg_at_10: f64,
    pub hit_at_1: f64,
    pub map: f64,
}

impl Quality {
    /// Reads rankings (a line `["query", ["best", "next", …]]` each) and judgements (a header, then query, document and
    /// grade, separated by tabs).
    pub fn read(rankings: &Path, judgements: &Path) -> Result<Self> {
        let mut judged: HashMap<String, HashMap<String, u32>> = HashMap::new();
        let lines =
            fs::read_to_string(judgements).with_context(|| format!("{} is missing", judgements.display()))?;
        for line in lines.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            let mut columns = line.split('\t');
            let (query, document, grade) = (columns.next(), columns.next(), columns.next());
            let (Some(query), Some(document), Some(grade)) = (query, document, grade) else { continue };
            judged.entry(query.into()).or_default().insert(document.into(), grade.trim().parse()?);
        }
        let (mut sum, mut queries) = (Self::default(), 0.0);
        for line in fs::read_to_string(rankings)?.lines() {
            let (query, ranking): (String, Vec<String>) = serde_json::from_str(line)?;
            let Some(of) = judged.get(&query).and_then(|grades| Self::of(&ranking, grades)) else { continue };
            sum.ndcg_at_10 += of.ndcg_at_10;
            sum.hit_at_1 += of.hit_at_1;
            sum.map += of.map;
            queries += 1.0;
        }
        Ok(Self {
            ndcg_at_10: sum.ndcg_at_10 / queries,
            hit_at_1: sum.hit_at_1 / queries,
            map: sum.map / queries,
        })
    }

    /// Of one query; nothing where nothing is relevant.
    fn of(ranking: &[String], judged: &HashMap<String, u32>) -> Option<Self> {
        let relevant = judged.values().filter(|grade| **grade > 0).count();
        if relevant == 0 {
            return None;
        }
        let grades: Vec<u32> = ranking.iter().map(|id| judged.get(id).copied().unwrap_or_default()).collect();
        let mut best: Vec<u32> = judged.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let (mut found, mut precisions) = (0.0, 0.0);
        for (at, _) in grades.iter().enumerate().filter(|(_, grade)| **grade > 0) {
            found += 1.0;
            precisions += found / (at + 1) as f64;
        }
        Some(Self {
            ndcg_at_10: gain(&grades) / gain(&best),
            hit_at_1: f64::from(u8::from(grades.first().is_some_and(|grade| *grade > 0))),
            map: precisions / relevant as f64,
        })
    }

    /// The least of the three, each against another's.
    pub fn least_against(&self, other: &Self) -> f64 {
        let pairs =
            [(self.ndcg_at_10, other.ndcg_at_10), (self.hit_at_1, other.hit_at_1), (self.map, other.map)];
        pairs.into_iter().map(|(ours, theirs)| ours / theirs).fold(f64::INFINITY, f64::min)
    }

    /// The larger of each measure.
    pub fn best_of(&self, other: &Self) -> Self {
        Self {
            ndcg_at_10: self.ndcg_at_10.max(other.ndcg_at_10),
            hit_at_1: self.hit_at_1.max(other.hit_at_1),
            map: self.map.max(other.map),
        }
    }
}

/// Linear gain of the first ten, discounted by the logarithm of the rank.
fn gain(grades: &[u32]) -> f64 {
    grades.iter().take(10).zip(2_u32..).map(|(grade, rank)| f64::from(*grade) / f64::from(rank).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_example() {
        // Relevant at ranks 2 and 4 of three relevant documents.
        let ranking = ["x", "a", "y", "b"].map(String::from);
        let judged = [("a", 1), ("b", 1), ("c", 1), ("z", 0)].map(|(id, grade)| (id.to_owned(), grade));
        let quality = Quality::of(&ranking, &judged.into_iter().collect()).unwrap();
        let dcg = 1.0 / 3f64.log2() + 1.0 / 5f64.log2();
        assert!((quality.ndcg_at_10 - dcg / (1.0 + 1.0 / 3f64.log2() + 0.5)).abs() < 1e-9);
        assert!((quality.map - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(quality.hit_at_1, 0.0);
        assert_eq!(Quality::of(&ranking, &HashMap::from([("a".to_owned(), 0)])), None);
    }

    #[test]
    fn the_weakest_measure_decides() {
        let ours = Quality { ndcg_at_10: 0.6, hit_at_1: 0.5, map: 0.4 };
        let theirs = Quality { ndcg_at_10: 0.5, hit_at_1: 0.5, map: 0.5 };
        assert!((ours.least_against(&theirs) - 0.8).abs() < 1e-9);
        assert_eq!(ours.best_of(&theirs), Quality { ndcg_at_10: 0.6, hit_at_1: 0.5, map: 0.5 });
    }
}
