//! Pictures in articles: put into the text at once, hung on the article when it is saved.

use crate::identity::Person;
use crate::intake::uploads::{Limits, Owner, check, store};
use crate::storage::Tx;
use crate::web::{Ctx, Result, SentFile};

/// Stores a picture for an article (or, before its first save, for whoever uploads it), and gives the Markdown that
/// shows it; or the sentence that says why not.
pub async fn store_image(
    ctx: &Ctx,
    tx: &mut Tx,
    article_id: Option<i64>,
    person: &Person,
    file: &SentFile,
) -> Result<std::result::Result<(String, String), String>> {
    let limits = Limits::for_staff(&ctx.settings);
    let checked = match check(&limits, &file.name, file.bytes.clone()) {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Err(refusal.message(ctx.locale))),
    };
    let owner = match article_id {
        Some(id) => Owner::Article(id),
        None => Owner::Pending { uploader: uploader(person) },
    };
    let stored = store(tx, &ctx.app.chance, ctx.now, &owner, &checked).await?;
    let stem = stored.name.rsplit_once('.').map_or(stored.name.as_str(), |(stem, _)| stem);
    let label = stem.replace(['[', ']', '\\'], " ");
    let sign = if stored.is_image() { "!" } else { "" };
    let href = stored.href();
    Ok(Ok((href.clone(), format!("{sign}[{label}]({href})"))))
}

/// What a waiting picture of a CRE is kept under: no visitor's key has a space in its hash.
pub(super) fn uploader(person: &Person) -> String {
    format!("staff {}", person.id)
}

/// The keys of the stored files that a text shows or links to.
pub(super) fn typed_images(body: &str) -> Vec<String> {
    body.split("/files/")
        .skip(1)
        .map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
        })
        .filter(|key: &String| !key.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::typed_images;

    #[test]
    fn the_keys_of_stored_files_are_found_in_a_text() {
        let body = "![a](/files/abc-1_D/a.png) and [b](/files/k2/b.pdf), not /files/ alone";
        assert_eq!(typed_images(body), ["abc-1_D", "k2"]);
    }
}
