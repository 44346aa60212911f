//! How many of many questions a portal has something for: its customers', or strangers', for whom it has nothing.

use std::path::Path;

use super::explain::{Knowledge, query};
use super::files::{self, CollectionError};
use super::language_of;
use crate::search::query::Ranking;

/// What the evaluation found, in questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct QuestionsReport {
    pub questions: usize,
    /// Their pages are headed with results; those of the others say that nothing was found, and show the nearest if any
    /// article is near.
    pub found: usize,
    pub nearest: usize,
    /// What was found for each of the first: the question, and the title of the first hit.
    pub examples: Vec<(String, String)>,
}

impl Knowledge {
    /// Asks every question of a file of queries as anybody may, in its language, with synonyms and what solved requests
    /// taught; gives so many examples of what was found.
    ///
    /// # Errors
    /// When the file cannot be read, or the throw-away index fails.
    pub fn ask(self, questions: &Path, examples: usize) -> Result<QuestionsReport, CollectionError> {
        let questions = files::queries(questions)?;
        let (snapshot, meanings) = self.snapshot()?;
        let mut report = QuestionsReport { questions: questions.len(), ..QuestionsReport::default() };
        for question in questions {
            let asked = query(&question.text, language_of(&question.text), 1);
            let results = snapshot.search(&asked, &Ranking::PRODUCTION, &meanings)?;
            let Some(first) = results.hits.first() else { continue };
            if results.nearest {
                report.nearest += 1;
                continue;
            }
            report.found += 1;
            if report.examples.len() < examples {
                let title = first.title.iter().map(|part| part.text.as_str()).collect();
                report.examples.push((question.text, title));
            }
        }
        Ok(report)
    }
}
