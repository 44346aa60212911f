//! What an import tells at its end, to people and to machines.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file was not imported.
    Skipped,
    /// It was imported, but something in it could not be kept or understood.
    Note,
}

/// Something that a person should know about one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub severity: Severity,
    /// Path in the source.
    pub file: String,
    /// Counted from 1, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// One sentence, without the file's name.
    pub reason: String,
}

impl Problem {
    pub fn skipped(file: &str, reason: impl Into<String>) -> Self {
        Self { severity: Severity::Skipped, file: file.to_owned(), line: None, reason: reason.into() }
    }

    pub fn note(file: &str, reason: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::skipped(file, reason) }
    }

    pub fn at(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

/// The counts of one import. Files are translations: one article in two languages counts two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub source: String,
    pub dry_run: bool,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub skipped: usize,
    /// Articles that the files belong to.
    pub articles: usize,
    pub categories_created: usize,
    pub attachments_created: usize,
    pub redirects_kept: usize,
    /// Files that were used otherwise: tables of contents, snippets.
    pub used: Vec<String>,
    pub problems: Vec<Problem>,
    pub milliseconds: u64,
}

impl Report {
    /// Files that are articles now.
    pub fn imported(&self) -> usize {
        self.created + self.updated + self.unchanged
    }

    pub fn add(&mut self, problem: Problem) {
        if problem.severity == Severity::Skipped {
            self.skipped += 1;
        }
        self.problems.push(problem);
    }

    fn of(&self, severity: Severity) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |problem| problem.severity == severity)
    }
}

/// How many files stand under one kind of note before the rest is only counted.
const EXAMPLES: usize = 3;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dry_run {
            writeln!(f, "Dry run: nothing was written.")?;
        }
        writeln!(f, "{:>8} created", self.created)?;
        writeln!(f, "{:>8} updated", self.updated)?;
        writeln!(f, "{:>8} unchanged", self.unchanged)?;
        writeln!(f, "{:>8} skipped", self.skipped)?;
        writeln!(
            f,
            "{} articles; new: {} categories, {} attachments, {} redirects",
            self.articles, self.categories_created, self.attachments_created, self.redirects_kept
        )?;
        if !self.used.is_empty() {
            writeln!(f, "Read for names and snippets: {}", self.used.join(", "))?;
        }
        if self.skipped > 0 {
            writeln!(f, "\nSkipped:")?;
            for problem in self.of(Severity::Skipped) {
                writeln!(f, "  {problem}")?;
            }
        }
        let mut kinds: BTreeMap<String, Vec<&Problem>> = BTreeMap::new();
        for problem in self.of(Severity::Note) {
            kinds.entry(kind(&problem.reason)).or_default().push(problem);
        }
        if !kinds.is_empty() {
            writeln!(f, "\nImported, but look at:")?;
        }
        for (kind, problems) in kinds {
            if let [only] = problems.as_slice() {
                writeln!(f, "  {only}")?;
                continue;
            }
            writeln!(f, "  {} × {kind}", problems.len())?;
            for problem in problems.iter().take(EXAMPLES) {
                writeln!(f, "      {problem}")?;
            }
            if problems.len() > EXAMPLES {
                writeln!(f, "      … (all with --json)")?;
            }
        }
        Ok(())
    }
}

/// Reasons that differ only in what they name are one kind: everything up to the first quote or colon.
fn kind(reason: &str) -> String {
    let end = reason.find([':', '"', '(']).unwrap_or(reason.len());
    reason[..end].trim_end().to_owned()
}
