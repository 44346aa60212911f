//! The rows of files: the bytes once by their hash, one row for each place they hang.

use super::Checked;
use crate::chance::Chance;
use crate::clock::DAY;
use crate::storage::{Conn, Result, Tx, all, first, ids, one, run};
use std::collections::HashMap;

/// How long an upload waits for its form.
pub const PENDING_LIFETIME: i64 = 2 * DAY;

/// What a file hangs on: whoever may read that may read the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Article(i64),
    Message(i64),
    /// The portal's logo: public.
    Portal,
    /// It waits for the form that its uploader (hash of the visitor's key) is filling in.
    Pending {
        uploader: String,
    },
}

/// A stored file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attachment {
    pub id: i64,
    /// Unguessable; stands in the address.
    pub key: String,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Pixels as shown, of images.
    pub width: Option<i64>,
    pub height: Option<i64>,
}

impl Attachment {
    /// Where it is served.
    pub fn href(&self) -> String {
        href(&self.key, &self.name)
    }

    pub fn is_image(&self) -> bool {
        super::kinds::is_safe_image(&self.media_type)
    }

    /// As the parts of a page show it.
    pub fn shown(&self) -> app::parts::Attachment {
        shown(&self.key, &self.name, self.size, "")
    }
}

fn href(key: &str, name: &str) -> String {
    let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    format!("/files/{key}/{name}")
}

/// A file as the parts of a page show it. `query` is appended to the address: the private link's token.
pub fn shown(key: &str, name: &str, size: i64, query: &str) -> app::parts::Attachment {
    app::parts::Attachment {
        name: name.to_owned(),
        size: human_size(size),
        href: format!("{}{query}", href(key, name)),
    }
}

/// "1.2 MB", "340 KB": one decimal below ten.
fn human_size(bytes: i64) -> String {
    let kilo = bytes as f64 / 1024.0;
    let (number, unit) = if kilo < 1000.0 { (kilo, "KB") } else { (kilo / 1024.0, "MB") };
    if number < 9.95 { format!("{:.1} {unit}", number.max(0.1)) } else { format!("{number:.0} {unit}") }
}

/// Stores a checked file. The same bytes are kept once, however often they are sent.
pub async fn store(
    tx: &mut Tx,
    chance: &Chance,
    now: i64,
    owner: &Owner,
    file: &Checked,
) -> Result<Attachment> {
    // Touching the row that is there already keeps `sweep` away from it until this transaction ends.
    run!(
        tx,
        "INSERT INTO blob (sha256, bytes) VALUES ($1, $2)
         ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256",
        file.sha256.as_str(),
        &file.bytes[..]
    )?;
    let (article, message, portal, uploader) = match owner {
        Owner::Article(id) => (Some(*id), None, false, None),
        Owner::Message(id) => (None, Some(*id), false, None),
        Owner::Portal => (None, None, true, None),
        Owner::Pending { uploader } => (None, None, false, Some(uploader.as_str())),
    };
    one!(
        tx,
        Attachment,
        "INSERT INTO attachment
             (key, sha256, name, media_type, size, width, height, article_id, message_id, portal, uploader, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         RETURNING id, key, name, media_type, size, width, height",
        chance.token(),
        file.sha256.as_str(),
        file.name.as_str(),
        file.media_type,
        file.bytes.len() as i64,
        file.width,
        file.height,
        article,
        message,
        portal,
        uploader,
        now
    )
}

/// The uploads among these keys that still wait and are this visitor's, in the order they came.
pub async fn pending(conn: &mut Conn, uploader: &str, keys: &[String]) -> Result<Vec<Attachment>> {
    let mut found = Vec::new();
    for key in keys {
        found.extend(first!(
            conn,
            Attachment,
            "SELECT id, key, name, media_type, size, width, height FROM attachment
             WHERE key = $1 AND uploader = $2 AND message_id IS NULL AND article_id IS NULL",
            key.as_str(),
            uploader
        )?);
    }
    Ok(found)
}

/// Everything of an uploader's that still waits, in the order it came.
pub async fn waiting(conn: &mut Conn, uploader: &str) -> Result<Vec<Attachment>> {
    all!(
        conn,
        Attachment,
        "SELECT id, key, name, media_type, size, width, height FROM attachment
         WHERE uploader = $1 AND message_id IS NULL AND article_id IS NULL ORDER BY id",
        uploader
    )
}

/// Drops waiting uploads that their uploader wants no more. Others' keys and used ones are passed over.
pub async fn discard(tx: &mut Tx, uploader: &str, keys: &[String]) -> Result<()> {
    for key in keys {
        run!(
            tx,
            "DELETE FROM attachment
             WHERE key = $1 AND uploader = $2 AND message_id IS NULL AND article_id IS NULL",
            key.as_str(),
            uploader
        )?;
    }
    Ok(())
}

/// Hangs waiting uploads of this visitor on an article; gives how many. Others' keys and used ones are passed over.
pub async fn claim_for_article(tx: &mut Tx, uploader: &str, keys: &[String], article_id: i64) -> Result<u64> {
    let mut claimed = 0;
    for key in keys {
        claimed += run!(
            tx,
            "UPDATE attachment SET article_id = $1, uploader = NULL
             WHERE key = $2 AND uploader = $3 AND message_id IS NULL AND article_id IS NULL",
            article_id,
            key.as_str(),
            uploader
        )?;
    }
    Ok(claimed)
}

/// The key under which an article has a file that hangs on another one: of the same bytes, and hung on it now unless it
/// has them already. `None` where the key is of no other article's file.
pub async fn share_with_article(
    tx: &mut Tx,
    chance: &Chance,
    now: i64,
    key: &str,
    article_id: i64,
) -> Result<Option<String>> {
    let sql = "SELECT sha256 FROM attachment WHERE key = $1 AND article_id <> $2";
    let Some((sha256,)) = first!(tx, (String,), sql, key, article_id)? else { return Ok(None) };
    let sql = "SELECT key FROM attachment WHERE article_id = $1 AND sha256 = $2 ORDER BY id LIMIT 1";
    if let Some((own,)) = first!(tx, (String,), sql, article_id, sha256.as_str())? {
        return Ok(Some(own));
    }
    let row = first!(
        tx,
        (String,),
        "INSERT INTO attachment (key, sha256, name, media_type, size, width, height, article_id, created_at)
         SELECT $1, sha256, name, media_type, size, width, height, $2, $3 FROM attachment WHERE key = $4
         RETURNING key",
        chance.token(),
        article_id,
        now,
        key
    )?;
    Ok(row.map(|(own,)| own))
}

/// The files of each of these messages; messages without any are absent.
pub async fn of_messages(
    conn: &mut Conn,
    message_ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Vec<Attachment>>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        message_id: i64,
        #[sqlx(flatten)]
        file: Attachment,
    }
    let sql = format!(
        "SELECT message_id, id, key, name, media_type, size, width, height FROM attachment
         WHERE message_id IN ({}) ORDER BY id",
        ids(message_ids)
    );
    let mut files: HashMap<i64, Vec<Attachment>> = HashMap::new();
    for row in all!(conn, Row, sqlx::AssertSqlSafe(sql.as_str()))? {
        files.entry(row.message_id).or_default().push(row.file);
    }
    Ok(files)
}

/// Drops uploads whose form never came, and bytes that nothing names any more.
pub async fn sweep(tx: &mut Tx, now: i64) -> Result<()> {
    run!(
        tx,
        "DELETE FROM attachment WHERE uploader IS NOT NULL AND message_id IS NULL AND article_id IS NULL
         AND created_at < $1",
        now - PENDING_LIFETIME
    )?;
    run!(
        tx,
        "DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = blob.sha256)"
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::human_size;

    #[test]
    fn sizes_are_written_for_people() {
        assert_eq!(human_size(12), "0.1 KB");
        assert_eq!(human_size(1536), "1.5 KB");
        assert_eq!(human_size(348_160), "340 KB");
        assert_eq!(human_size(1_258_291), "1.2 MB");
        assert_eq!(human_size(52_428_800), "50 MB");
    }
}
