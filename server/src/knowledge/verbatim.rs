//! Customers' own words that stand in a text as they were written: what is asked about before it is published.

use super::Result;
use crate::desk::fold;
use crate::storage::{Conn, all, first};
use app::i18n::Locale;

/// From this length (in characters, folded) a phrase is looked for inside of a line, too: so many words in a row are no
/// coincidence.
const LONG: usize = 15;

/// The request that an article was made from, by its number, and the phrases that were kept of it.
pub async fn origin_words(conn: &mut Conn, article_id: i64) -> Result<Option<(i64, Vec<String>)>> {
    let origin = first!(
        conn,
        (i64, i64),
        "SELECT request.id, request.number FROM article_origin JOIN request ON request.id = article_origin.request_id
         WHERE article_origin.article_id = $1",
        article_id
    )?;
    let Some((request_id, number)) = origin else { return Ok(None) };
    let phrases = all!(
        conn,
        (String,),
        "SELECT phrase FROM search_phrase WHERE article_id = $1 AND request_id = $2 ORDER BY id",
        article_id,
        request_id
    )?;
    Ok(Some((number, phrases.into_iter().map(|(phrase,)| phrase).collect())))
}

/// The lines of `texts` (title, summary, body) that are a customer's words: one of the phrases that requests have left
/// with the article, or the subject of the request that it was made from. What readers see already is not asked about
/// again.
pub async fn customers_lines(
    conn: &mut Conn,
    article_id: i64,
    locale: Locale,
    texts: &[&str],
) -> Result<Vec<String>> {
    let words = all!(
        conn,
        (String,),
        "SELECT phrase FROM search_phrase WHERE article_id = $1 AND locale = $2 AND request_id IS NOT NULL
         UNION
         SELECT request.subject FROM article_origin JOIN request ON request.id = article_origin.request_id
         WHERE article_origin.article_id = $1 AND request.locale = $2",
        article_id,
        locale.tag()
    )?;
    let words: Vec<String> =
        words.iter().map(|(phrase,)| bare(phrase)).filter(|words| !words.is_empty()).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let live = all!(
        conn,
        (String, String, String),
        "SELECT revision.title, revision.summary, revision.body FROM translation
         JOIN revision ON revision.id = translation.live_revision_id
         WHERE translation.article_id = $1 AND translation.locale = $2",
        article_id,
        locale.tag()
    )?;
    let seen: Vec<String> = live
        .iter()
        .flat_map(|(title, summary, body)| [title, summary, body])
        .flat_map(|text| text.lines().map(bare))
        .collect();
    let mut found: Vec<String> = Vec::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        let shown = line.trim();
        if is_customers(shown, &words)
            && !seen.contains(&bare(shown))
            && !found.iter().any(|line| line == shown)
        {
            found.push(shown.to_owned());
        }
    }
    Ok(found)
}

fn is_customers(line: &str, words: &[String]) -> bool {
    let whole = bare(line);
    let sentences: Vec<String> = line.split_inclusive(['。', '！', '？', '!', '?']).map(bare).collect();
    words.iter().any(|phrase| {
        whole == *phrase
            || sentences.contains(phrase)
            || (phrase.chars().count() >= LONG && whole.contains(phrase.as_str()))
    })
}

/// Letters and digits alone, folded: list marks, quotation marks and punctuation make no words of one's own.
fn bare(text: &str) -> String {
    let item = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let text = if item.starts_with(". ") || item.starts_with(") ") { item } else { text };
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{bare, is_customers};

    #[test]
    fn a_customers_sentence_is_known_in_whatever_it_is_dressed() {
        let words = ["The import stops", "請求書の宛名を会社名に変えられずに困っています"].map(bare);
        for line in [
            "The import stops",
            "## the import **stops**.",
            "1. The import stops!",
            "> - The import stops",
            "ご相談：「請求書の宛名を会社名に変えられずに困っています」とのこと",
            "請求書の宛名を会社名に変えられずに困っています。手順は次のとおりです。",
        ] {
            assert!(is_customers(line, &words), "{line}");
        }
        for line in ["", "---", "When the import stops", "請求書の宛名を変える", "1. Open the import"]
        {
            assert!(!is_customers(line, &words), "{line}");
        }
    }
}
