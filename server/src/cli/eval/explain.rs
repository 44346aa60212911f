//! `kotae eval --explain QUERY`: why each hit ranks where it does, in numbers that add up to its score.

use super::{Common, json, portal, stopwatch};
use crate::search::eval::{Corpus, language_of};
use crate::search::{self, Explained, Ranking};
use anyhow::bail;
use serde::Serialize;
use std::fmt::{self, Write};
use std::path::Path;

/// One hit, for machines: `score` is `words_score` × `title_factor` + `typed_title` + `confirmed` + `remembered`.
#[derive(Serialize)]
struct Hit<'a> {
    rank: usize,
    id: &'a str,
    title: String,
    score: f32,
    kept_first: bool,
    words: Vec<Word<'a>>,
    language_factor: f32,
    words_score: f32,
    title_factor: f32,
    typed_title: f32,
    confirmed: f32,
    recalled: f32,
    remembered: f32,
}

/// One word of the query: its weight is `importance` × `rarity`.
#[derive(Serialize)]
struct Word<'a> {
    word: &'a str,
    importance: f32,
    rarity: f32,
    strength: f32,
    contribution: f32,
    findings: Vec<Finding<'a>>,
}

/// How it was found in one part of an article.
#[derive(Serialize)]
struct Finding<'a> {
    part: &'static str,
    term: &'a str,
    frequency: u32,
    strength: f32,
}

pub(super) async fn run(
    common: &Common,
    corpus: Option<&Path>,
    query: &str,
    as_json: bool,
) -> anyhow::Result<String> {
    if query.trim().is_empty() {
        bail!("--explain wants a question: there is nothing to explain about an empty one");
    }
    let ranking = &Ranking::PRODUCTION;
    let explained = match corpus {
        Some(corpus) => Corpus::read(corpus)?.index(stopwatch)?.explain(query, ranking)?,
        None => portal::knowledge(common).await?.explain(query, language_of(query), ranking)?,
    };
    if explained.is_empty() {
        eprintln!("kotae: no hit holds anything of this question");
    }
    let hits: Vec<Hit> =
        (1..).zip(&explained).map(|(rank, (id, explained))| hit(rank, id, explained)).collect();
    if as_json {
        return json(&hits);
    }
    let mut text = String::new();
    for hit in &hits {
        write(&mut text, hit)?;
    }
    Ok(text)
}

fn hit<'a>(rank: usize, id: &'a str, explained: &'a Explained) -> Hit<'a> {
    let words = explained.reasons.iter().map(|reason| Word {
        word: &reason.surface,
        importance: reason.importance,
        rarity: reason.rarity,
        strength: reason.strength,
        contribution: reason.contribution,
        findings: reason
            .findings
            .iter()
            .map(|finding| Finding {
                part: finding.part.name(),
                term: finding.term.trim_start_matches(search::analysis::GRAM_MARK),
                frequency: finding.frequency,
                strength: finding.strength,
            })
            .collect(),
    });
    Hit {
        rank,
        id,
        title: explained.hit.title.iter().map(|segment| segment.text.as_str()).collect(),
        score: explained.hit.score,
        kept_first: explained.kept_first,
        words: words.collect(),
        language_factor: explained.language_factor,
        words_score: explained.of_words(),
        title_factor: explained.title_factor,
        typed_title: explained.typed_title,
        confirmed: explained.confirmed,
        recalled: explained.recalled,
        remembered: explained.remembered,
    }
}

/// A line for everything that the score is made of; what adds nothing is left out.
fn write(text: &mut String, hit: &Hit<'_>) -> fmt::Result {
    writeln!(text, "{:2}. {:8.3}  {}  {}", hit.rank, hit.score, hit.id, hit.title)?;
    if hit.kept_first {
        writeln!(
            text,
            "              kept first: others have more by the words of the first hits, which confirm it and nothing else"
        )?;
    }
    for word in &hit.words {
        writeln!(
            text,
            "    {:+9.3}   {}: weight {:.3} (importance {:.2} × rarity {:.3}), strength {:.3} counts {:.3}",
            word.contribution,
            word.word,
            word.importance * word.rarity,
            word.importance,
            word.rarity,
            word.strength,
            word.contribution / (word.importance * word.rarity)
        )?;
        for Finding { part, term, frequency, strength } in &word.findings {
            writeln!(text, "                  {part} ×{frequency} as {term}: strength {strength:.3}")?;
        }
    }
    if hit.language_factor < 1.0 {
        writeln!(text, "    ×{:8.3}   written in the other language", hit.language_factor)?;
    }
    writeln!(text, "    ={:8.3}   the words", hit.words_score)?;
    writeln!(text, "    ×{:8.3}   how well the title fits", hit.title_factor)?;
    for (added, what) in [
        (hit.typed_title, "the title is just what was typed".to_owned()),
        (hit.confirmed, "the words of the first hits".to_owned()),
        (hit.remembered, format!("solved requests speak for it ({:.2})", hit.recalled)),
    ] {
        if added > 0.0 {
            writeln!(text, "    {added:+9.3}   {what}")?;
        }
    }
    writeln!(text, "    ={:8.3}   in all", hit.score)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows the lines of one hit as a reader with a pencil does; gives what its first line says, and what they make.
    fn reckoned(lines: &str) -> (f32, f32) {
        let number = |text: &str| {
            text.trim_start_matches(['×', '=']).split_whitespace().next().and_then(|n| n.parse::<f32>().ok())
        };
        let mut lines = lines.lines();
        let first = lines.next().unwrap_or_default().split_whitespace().nth(1).and_then(|n| n.parse().ok());
        let mut made = 0.0;
        for line in lines {
            let line = line.trim_start();
            match (line.chars().next(), number(line)) {
                (Some('+'), Some(added)) => made += added,
                (Some('×'), Some(factor)) => made *= factor,
                (Some('='), Some(said)) => assert!((made - said).abs() < 0.02 * said, "{line}: {made}"),
                _ => {}
            }
        }
        (first.unwrap_or_default(), made)
    }

    #[tokio::test]
    async fn the_printed_parts_add_up_to_the_printed_score() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let corpus = folder.path().join("corpus.jsonl");
        let article = |id, title, text| {
            format!("{{\"_id\": \"{id}\", \"title\": \"{title}\", \"text\": \"{text}\"}}\n")
        };
        std::fs::write(
            &corpus,
            [
                article("a", "Reset the password of a colleague", "Open the settings and press reset."),
                article("b", "Lost card", "A colleague lost a card. Block the card in the settings."),
                article("c", "Settings", "Colleagues, cards, passwords and the reset of each."),
                article("d", "Opening hours", "Nine to five; press the bell."),
            ]
            .concat(),
        )?;
        for query in ["reset the password of my colleague in the settings", "lost card", "pasword"] {
            let printed = run(&Common::default(), Some(&corpus), query, false).await?;
            let hits: Vec<String> = printed.split("\n ").fold(Vec::new(), |mut hits, part| {
                match hits.last_mut() {
                    Some(hit) if part.starts_with("   ") => *hit += &format!("\n {part}"),
                    _ => hits.push(part.to_owned()),
                }
                hits
            });
            assert!(!hits.is_empty(), "{query}");
            let mut scores = Vec::new();
            for hit in &hits {
                let (said, made) = reckoned(hit);
                assert!(said > 0.0 && (said - made).abs() < 0.02 * said, "{said} is {made} in:\n{hit}");
                scores.push(said);
            }
            let overtaken = scores.iter().any(|score| *score > scores[0]);
            assert_eq!(printed.contains("kept first"), overtaken, "{printed}");
        }
        Ok(())
    }
}
