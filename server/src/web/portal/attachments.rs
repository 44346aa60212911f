//! Files that customers send with a form: kept from try to try until the form is taken.

use crate::intake::uploads::{self, Attachment, Limits, Owner};
use crate::web::{Brought, Ctx, Form, Result};
use app::model::ask::{KeptFile, UploadField};

/// What came with a form.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// Waiting uploads: those of earlier tries that were not taken out, then the new ones.
    pub kept: Vec<Attachment>,
    /// Why some were not taken, for the reader; empty when all were.
    pub refused: Vec<String>,
}

impl Attached {
    pub fn ids(&self) -> Vec<i64> {
        self.kept.iter().map(|file| file.id).collect()
    }

    pub fn shown(&self) -> Vec<KeptFile> {
        self.kept.iter().map(kept_file).collect()
    }
}

fn kept_file(file: &Attachment) -> KeptFile {
    KeptFile { key: file.key.clone(), name: file.name.clone(), size: file.shown().size }
}

/// The files of earlier tries as the form names them, for when they cannot be looked up.
pub(super) fn unread(ctx: &Ctx, form: &Form) -> Vec<KeptFile> {
    let name = ctx.locale.t("添付済みのファイル", "Attached file");
    wanted(form).into_iter().map(|key| KeptFile { key, name: name.to_owned(), size: String::new() }).collect()
}

fn wanted(form: &Form) -> Vec<String> {
    let removed = form.all("remove");
    form.all("kept").into_iter().filter(|key| !removed.contains(key)).collect()
}

/// Whether the form brings files that were not there before.
pub(super) fn has_new(form: &Form) -> bool {
    !form.files("attachments").is_empty()
}

/// Takes what came with a form. New files are checked and stored as uploads that wait, so that whatever else is wrong
/// with the form does not lose them.
pub(super) async fn take(ctx: &Ctx, form: &Form, uploader: &str) -> Result<Attached> {
    let limits = Limits::for_customers(&ctx.settings);
    let mut attached = Attached::default();
    let keys = wanted(form);
    if !keys.is_empty() {
        let mut conn = ctx.app.db.read().await?;
        attached.kept = uploads::pending(&mut conn, uploader, &keys).await?;
        attached.kept.truncate(limits.count);
    }
    let sent = form.files("attachments");
    if sent.is_empty() {
        return Ok(attached);
    }
    let room = limits.count - attached.kept.len();
    let Brought { checked, refused } = Brought::look_over(limits, room, sent).await?;
    attached.refused = refused.iter().map(|refusal| refusal.message(ctx.locale)).collect();
    if !checked.is_empty() {
        let owner = Owner::Pending { uploader: uploader.to_owned() };
        let mut tx = ctx.app.db.begin().await?;
        for file in &checked {
            attached.kept.push(uploads::store(&mut tx, &ctx.app.chance, ctx.now, &owner, file).await?);
        }
        tx.commit().await?;
    }
    Ok(attached)
}

/// The file control of a customers' form.
pub(super) fn upload_field(ctx: &Ctx) -> UploadField {
    let limits = Limits::for_customers(&ctx.settings);
    UploadField {
        hint: limits.hint(ctx.locale),
        accept: uploads::accept(&limits.types),
        none: limits.count == 0 || limits.types.is_empty(),
    }
}
