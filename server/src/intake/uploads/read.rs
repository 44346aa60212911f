//! Who may read a file. The answer is in the query: what hangs on a message is for its customer, for whoever holds the
//! private link, and for staff; what hangs on an internal note is for staff alone.

use crate::storage::{Conn, Result, first};

/// Who asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader<'a> {
    /// CRE and administrators read everything.
    pub staff: bool,
    pub person_id: Option<i64>,
    /// Hash of the visitor's key: sees their own waiting uploads.
    pub uploader: Option<&'a str>,
    /// The request whose private link was shown.
    pub linked_request: Option<i64>,
}

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Content {
    pub name: String,
    pub media_type: String,
    /// Of the bytes; lower-case hex.
    pub sha256: String,
    /// Everybody may read it.
    pub public: bool,
}

impl Content {
    /// A picture that a browser may show in place.
    pub fn is_safe_image(&self) -> bool {
        super::kinds::is_safe_image(&self.media_type)
    }

    pub async fn bytes(&self, conn: &mut Conn) -> Result<Option<Vec<u8>>> {
        let row = first!(conn, (Vec<u8>,), "SELECT bytes FROM blob WHERE sha256 = $1", self.sha256.as_str())?;
        Ok(row.map(|(bytes,)| bytes))
    }
}

/// The file of a key, unless there is none or it is not for this reader.
pub async fn open(conn: &mut Conn, key: &str, reader: &Reader<'_>) -> Result<Option<Content>> {
    // No row has id 0 and no upload an empty uploader: absent readers match nothing.
    first!(
        conn,
        Content,
        "SELECT name, media_type, sha256, public FROM (
             SELECT a.name, a.media_type, a.sha256, a.message_id, a.article_id, a.uploader,
                    (a.portal OR EXISTS (
                        SELECT 1 FROM article JOIN translation ON translation.article_id = article.id
                        WHERE article.id = a.article_id AND article.audience = 'public'
                          AND translation.live_revision_id IS NOT NULL)) AS public
             FROM attachment a WHERE a.key = $1) AS file
         WHERE public OR $2
            OR (uploader = $3 AND message_id IS NULL AND article_id IS NULL)
            OR EXISTS (
                SELECT 1 FROM message JOIN request ON request.id = message.request_id
                WHERE message.id = file.message_id AND message.kind = 'reply'
                  AND (request.customer_id = $4 OR request.id = $5))",
        key,
        reader.staff,
        reader.uploader.unwrap_or_default(),
        reader.person_id.unwrap_or_default(),
        reader.linked_request.unwrap_or_default()
    )
}
