//! Pictures in articles: put into the text at once, hung on the article when it is saved.

use crate::identity::Person;
use crate::intake::uploads::{Checked, Limits, Owner, share_with_article, store};
use crate::storage::{self, Tx};
use crate::web::{Brought, Ctx, Result, SentFile};

/// The pictures of a form; before a transaction begins.
pub async fn look_over_images(ctx: &Ctx, sent: Vec<SentFile>) -> Result<Brought> {
    let room = sent.len();
    Brought::look_over(Limits::for_staff(&ctx.settings), room, sent).await
}

/// Stores a picture for an article (or, before its first save, for whoever uploads it), and gives its address and the
/// Markdown that shows it.
pub async fn store_image(
    ctx: &Ctx,
    tx: &mut Tx,
    article_id: Option<i64>,
    person: &Person,
    file: &Checked,
) -> Result<(String, String)> {
    let owner = match article_id {
        Some(id) => Owner::Article(id),
        None => Owner::Pending { uploader: uploader(person) },
    };
    let stored = store(tx, &ctx.app.chance, ctx.now, &owner, file).await?;
    let stem = stored.name.rsplit_once('.').map_or(stored.name.as_str(), |(stem, _)| stem);
    let label = stem.replace(['[', ']', '\\'], " ");
    let sign = if stored.is_image() { "!" } else { "" };
    let href = stored.href();
    Ok((href.clone(), format!("{sign}[{label}]({href})")))
}

/// What a waiting picture of a CRE is kept under: no visitor's key has a space in its hash.
pub(super) fn uploader(person: &Person) -> String {
    format!("staff {}", person.id)
}

/// The text with files of its own where it has those of other articles: copied from there, it would lose its pictures
/// when that article is unpublished or deleted.
pub(super) async fn with_own_files(
    ctx: &Ctx,
    tx: &mut Tx,
    body: &str,
    article_id: i64,
) -> storage::Result<String> {
    let mut own_body = body.to_owned();
    for key in typed_images(body) {
        if let Some(own) = share_with_article(tx, &ctx.app.chance, ctx.now, &key, article_id).await? {
            own_body = own_body.replace(&format!("/files/{key}"), &format!("/files/{own}"));
        }
    }
    Ok(own_body)
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
