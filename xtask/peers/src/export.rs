//! The texts of a Kotae index, as it stores them: so that every peer is given the very same ones.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

/// Writes a corpus for each language, in the order of the index.
pub fn export(index: &Path, folder: &Path) -> Result<()> {
    let index = tantivy::Index::open_in_dir(index).context("this is no index")?;
    let schema = index.schema();
    let field = |name: &str| schema.get_field(name).with_context(|| format!("the index has no field {name}"));
    let (locale, title, body) = (field("locale")?, field("title")?, field("body")?);
    let mut corpora = Vec::new();
    for language in ["en", "ja"] {
        corpora.push((language, BufWriter::new(File::create(folder.join(format!("{language}.jsonl")))?)));
    }
    let mut number = 0;
    for segment in index.reader()?.searcher().segment_readers() {
        let store = segment.get_store_reader(1)?;
        for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
            let document = document?;
            let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
            let Some((_, corpus)) = corpora.iter_mut().find(|(language, _)| *language == text(locale)) else {
                continue;
            };
            let line =
                serde_json::json!({ "_id": number.to_string(), "title": text(title), "text": text(body) });
            writeln!(corpus, "{line}")?;
            number += 1;
        }
    }
    for (_, mut corpus) in corpora {
        corpus.flush()?;
    }
    Ok(())
}
