//! The files of a judged collection, right and wrong.

use std::path::PathBuf;
use std::time::Instant;

use super::{CollectionError, Corpus, Doubts, Judged};
use crate::search::Ranking;

const CORPUS: &str = "{\"_id\": \"a\", \"title\": \"Reset the password\", \"text\": \"Open the settings.\"}\n\
                      {\"_id\": \"b\", \"title\": \"Lost card\", \"text\": \"Call us.\"}\n";
const QUERIES: &str = "{\"_id\": \"1\", \"text\": \"password\"}\n{\"_id\": \"2\", \"text\": \"card lost\"}\n";

struct Files(tempfile::TempDir);

impl Files {
    fn of(corpus: &str, queries: &str, qrels: &str) -> std::io::Result<Self> {
        let folder = tempfile::tempdir()?;
        for (name, content) in [("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", qrels)] {
            std::fs::write(folder.path().join(name), content)?;
        }
        Ok(Self(folder))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn corpus(&self) -> Result<Corpus, CollectionError> {
        Corpus::read(&self.path("corpus.jsonl"))
    }

    fn read(&self) -> Result<(Corpus, Judged), CollectionError> {
        let corpus = self.corpus()?;
        let judged = Judged::read(&corpus, &self.path("queries.jsonl"), &self.path("qrels.tsv"))?;
        Ok((corpus, judged))
    }
}

fn refused(corpus: &str, queries: &str, qrels: &str) -> anyhow::Result<String> {
    let read = Files::of(corpus, queries, qrels)?.read();
    Ok(read.err().map(|error| format!("{:#}", anyhow::Error::from(error))).unwrap_or_default())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a stopwatch that stands still has to begin somewhere")]
fn a_first_line_is_a_header_only_if_its_third_column_is_no_number() -> anyhow::Result<()> {
    let start = Instant::now();
    for qrels in ["query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n", "1\ta\t1\n2\tb\t1\n"] {
        let (corpus, judged) = Files::of(CORPUS, QUERIES, qrels)?.read()?;
        let report = corpus.index(|| start)?.evaluate(&judged, &Ranking::PRODUCTION, || start)?;
        assert_eq!((report.documents, report.measures.queries), (2, 2), "{qrels}");
        assert!((report.measures.hit_at_1 - 1.0).abs() < 1e-9);
    }
    Ok(())
}

#[test]
fn byte_order_marks_are_skipped() -> anyhow::Result<()> {
    let marked = |text: &str| format!("\u{feff}{text}");
    let (_, judged) = Files::of(&marked(CORPUS), &marked(QUERIES), &marked("1\ta\t1\n"))?.read()?;
    assert_eq!(judged.doubts, Doubts { judgements: 1, ..Doubts::default() });
    Ok(())
}

#[test]
fn a_file_that_holds_nothing_is_refused_by_name() -> anyhow::Result<()> {
    assert!(refused("", QUERIES, "1\ta\t1\n")?.contains("corpus.jsonl holds nothing"));
    assert!(refused(CORPUS, " \n", "1\ta\t1\n")?.contains("queries.jsonl holds nothing"));
    assert!(refused(CORPUS, QUERIES, "query\tdocument\tgrade\n")?.contains("qrels.tsv holds nothing"));
    Ok(())
}

#[test]
fn an_id_that_stands_twice_is_refused() -> anyhow::Result<()> {
    let twice = refused(&format!("{CORPUS}{CORPUS}"), QUERIES, "1\ta\t1\n")?;
    assert!(twice.contains("corpus.jsonl gives the id \"a\" twice"), "{twice}");
    let twice = refused(CORPUS, &format!("{QUERIES}{QUERIES}"), "1\ta\t1\n")?;
    assert!(twice.contains("queries.jsonl gives the id \"1\" twice"), "{twice}");
    Ok(())
}

#[test]
fn judgements_of_another_collection_are_refused() -> anyhow::Result<()> {
    let other_queries = refused(CORPUS, QUERIES, "8\ta\t1\n9\tb\t1\n")?;
    assert!(other_queries.contains("no judgement of 2 names a query of"), "{other_queries}");
    assert!(other_queries.contains("\"8\""), "{other_queries}");
    let other_documents = refused(CORPUS, QUERIES, "1\tx\t1\n")?;
    assert!(other_documents.contains("names a document of the corpus"), "{other_documents}");
    assert!(refused(CORPUS, QUERIES, "1\tx\t1\n9\ta\t1\n")?.contains("nothing could be found"));
    assert!(refused(CORPUS, QUERIES, "1\ta\t0\n")?.contains("nothing could be found"));
    Ok(())
}

#[test]
fn judgements_that_measure_nothing_are_counted() -> anyhow::Result<()> {
    let (_, judged) = Files::of(CORPUS, QUERIES, "1\ta\t1\n9\tb\t1\n2\tx\t1\n2\ty\t1\n")?.read()?;
    assert_eq!(judged.doubts, Doubts { judgements: 4, without_query: 1, without_document: 2 });
    Ok(())
}

#[test]
fn a_wrong_line_is_named_and_a_message_of_the_system_is_said_once() -> anyhow::Result<()> {
    assert!(refused(CORPUS, QUERIES, "1\ta\t1\n2\tb\n")?.contains("qrels.tsv, line 2: wants query id"));
    assert!(refused(CORPUS, QUERIES, "1\ta\t1\n2\tb\tgood\n")?.contains("line 2: the grade \"good\""));
    let second = refused("{\"_id\": \"a\", \"text\": \"b\"}\n{}\n", QUERIES, "")?;
    assert!(second.contains("corpus.jsonl, line 2: missing field") && !second.contains("line 1"), "{second}");
    let missing = Corpus::read(&PathBuf::from("/no/such/file")).err().map(anyhow::Error::from);
    let words = missing.map(|error| format!("{error:#}")).unwrap_or_default();
    assert_eq!(words.matches("os error 2").count(), 1, "{words}");
    Ok(())
}

#[test]
fn hits_are_explained_over_a_corpus_alone() -> anyhow::Result<()> {
    let files = Files::of(CORPUS, "", "")?;
    #[expect(clippy::disallowed_methods, reason = "a stopwatch that stands still has to begin somewhere")]
    let start = Instant::now();
    let explained = files.corpus()?.index(|| start)?.explain("lost card", &Ranking::PRODUCTION)?;
    assert_eq!(explained.first().map(|(id, _)| id.as_str()), Some("b"));
    Ok(())
}
