//! How good a ranking is, against judgements. Unjudged documents count nothing.

use std::collections::HashMap;

/// Grades of the documents judged for one query; above 0 is relevant.
pub type Judgements = HashMap<String, u32>;

/// The usual measures, each the mean over the queries that have a relevant document.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Measures {
    pub queries: usize,
    pub ndcg_at_10: f64,
    pub hit_at_1: f64,
    pub hit_at_3: f64,
    pub hit_at_5: f64,
    pub mrr: f64,
    pub map: f64,
    pub precision_at_5: f64,
    pub recall_at_10: f64,
}

impl Measures {
    /// Adds one query's ranking (best first).
    pub fn add(&mut self, ranking: &[String], judged: &Judgements) {
        let relevant = judged.values().filter(|grade| **grade > 0).count();
        if relevant == 0 {
            return;
        }
        let grades: Vec<u32> = ranking.iter().map(|id| judged.get(id).copied().unwrap_or_default()).collect();
        let found_within = |k: usize| grades.iter().take(k).filter(|grade| **grade > 0).count();
        let hit = |k: usize| f64::from(u8::from(found_within(k) > 0));
        self.queries += 1;
        self.ndcg_at_10 += ndcg(&grades, judged, 10);
        self.hit_at_1 += hit(1);
        self.hit_at_3 += hit(3);
        self.hit_at_5 += hit(5);
        self.mrr += grades.iter().position(|grade| *grade > 0).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        self.map += average_precision(&grades, relevant);
        self.precision_at_5 += found_within(5) as f64 / 5.0;
        self.recall_at_10 += found_within(10) as f64 / relevant as f64;
    }

    /// The means.
    pub fn mean(&self) -> Self {
        let n = self.queries.max(1) as f64;
        Self {
            queries: self.queries,
            ndcg_at_10: self.ndcg_at_10 / n,
            hit_at_1: self.hit_at_1 / n,
            hit_at_3: self.hit_at_3 / n,
            hit_at_5: self.hit_at_5 / n,
            mrr: self.mrr / n,
            map: self.map / n,
            precision_at_5: self.precision_at_5 / n,
            recall_at_10: self.recall_at_10 / n,
        }
    }
}

/// Linear gain, discounted by the logarithm of the rank, against the best possible order.
fn ndcg(grades: &[u32], judged: &Judgements, k: usize) -> f64 {
    let gain = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
        grades.take(k).enumerate().map(|(at, grade)| f64::from(grade) / (at as f64 + 2.0).log2()).sum()
    };
    let mut best: Vec<u32> = judged.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = gain(&mut best.into_iter());
    if ideal > 0.0 { gain(&mut grades.iter().copied()) / ideal } else { 0.0 }
}

fn average_precision(grades: &[u32], relevant: usize) -> f64 {
    let mut found = 0;
    let mut sum = 0.0;
    for (at, _) in grades.iter().enumerate().filter(|(_, grade)| **grade > 0) {
        found += 1;
        sum += f64::from(found) / (at + 1) as f64;
    }
    sum / relevant as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(ranking: &[&str], judged: &[(&str, u32)]) -> Measures {
        let mut measures = Measures::default();
        let ranking: Vec<String> = ranking.iter().map(|id| (*id).to_owned()).collect();
        let judged = judged.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect();
        measures.add(&ranking, &judged);
        measures
    }

    #[test]
    fn a_perfect_ranking_scores_one() {
        let measures = measure(&["a", "b", "x"], &[("a", 2), ("b", 1)]);
        assert!((measures.ndcg_at_10 - 1.0).abs() < 1e-9 && (measures.map - 1.0).abs() < 1e-9);
        assert!((measures.precision_at_5 - 0.4).abs() < 1e-9);
    }

    #[test]
    fn worked_example() {
        // Relevant at ranks 2 and 4 of three relevant documents.
        let measures = measure(&["x", "a", "y", "b"], &[("a", 1), ("b", 1), ("c", 1), ("z", 0)]);
        assert!((measures.mrr - 0.5).abs() < 1e-9);
        assert!((measures.map - (0.5 + 0.5) / 3.0).abs() < 1e-9);
        assert!((measures.recall_at_10 - 2.0 / 3.0).abs() < 1e-9);
        let dcg = 1.0 / 3f64.log2() + 1.0 / 5f64.log2();
        let ideal = 1.0 + 1.0 / 3f64.log2() + 0.5;
        assert!((measures.ndcg_at_10 - dcg / ideal).abs() < 1e-9);
    }

    #[test]
    fn queries_without_a_relevant_document_are_left_out() {
        assert_eq!(measure(&["a"], &[("a", 0)]).queries, 0);
    }
}
