//! Import of Markdown: a folder, a zip archive or files in memory become articles, categories, attachments and
//! redirects.
//!
//! ```text
//! source ──▶ plan ──▶ convert (one file at a time) ──▶ apply
//! ```
//! `source` opens and guards the files; `plan` reads every front matter and decides what becomes what, without
//! touching a database; `convert` turns one file's dialect into plain Markdown with its links rewritten; `apply`
//! writes article by article. Bodies are read when they are needed, never all at once.

mod apply;
mod categories;
mod convert;
mod date;
mod dialect;
mod front_matter;
mod links;
mod marks;
mod paths;
mod plan;
mod redirects;
mod references;
mod report;
mod resolve;
mod slugs;
mod source;
mod store;
mod toc;
mod zip_source;

#[cfg(test)]
mod tests;

pub use apply::{ImportError, ImportOptions, Progress, import};
pub use plan::{ImportPlan, Known, PlanOptions, plan};
pub use report::{Problem, Report};
pub use source::{Source, SourceError};
