//! What a press brings along, whichever button it was: the reply that is being written with its files, and what was
//! chosen beside the thread. All buttons of the page send one form, so nothing of it has to be done twice.

use super::suggestions;
use crate::desk::{self, Properties, Request};
use crate::identity::Person;
use crate::intake::uploads::{self, Attachment, Limits, Owner, Refusal};
use crate::storage::{Conn, Tx};
use crate::web::{Brought, Ctx, Error, Form, Result};
use app::model::desk_request::{Chosen, KeptFile};
use app::model::form::FieldErrors;
use app::model::words::{Priority, RequestStatus};

/// Characters of one message.
pub(super) const LONGEST: usize = 50_000;

/// Keeps the reply that is being written as a draft: it is in the form again afterwards. An empty text changes nothing,
/// for it may come from a page that is older than the draft.
pub(super) async fn keep_words(ctx: &Ctx, tx: &mut Tx, request: &Request, form: &Form) -> Result<()> {
    let body: String = form.text("body").chars().take(LONGEST).collect();
    if !body.is_empty() {
        let note = form.raw("mode") == "note";
        desk::save_draft(tx, request.id, ctx.staff()?.id, note, &body, ctx.now).await?;
    }
    Ok(())
}

/// The files that come with a press; before its transaction begins.
pub(super) async fn look_over(ctx: &Ctx, form: &Form) -> Result<Brought> {
    let limits = Limits::for_staff(&ctx.settings);
    let room = limits.count;
    Brought::look_over(limits, room, form.files("attachments")).await
}

/// Keeps the reply with its files, notes what the page suggested, and gives what is wrong with the files.
pub(super) async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    request: &Request,
    form: &Form,
    brought: Brought,
) -> Result<FieldErrors> {
    keep_words(ctx, tx, request, form).await?;
    suggestions::note(ctx, tx, request, form).await?;
    let mut errors = FieldErrors::default();
    keep_files(ctx, tx, request, form, brought, &mut errors).await?;
    Ok(errors)
}

/// Stores what was attached so that it survives whatever the form comes to; gives it with what was kept before. What
/// the form showed and was unticked is dropped.
pub(super) async fn keep_files(
    ctx: &Ctx,
    tx: &mut Tx,
    request: &Request,
    form: &Form,
    brought: Brought,
    errors: &mut FieldErrors,
) -> Result<Vec<Attachment>> {
    let uploader = uploader(request, ctx.staff()?);
    let kept = form.all("kept");
    let dropped: Vec<String> = form.all("shown_file").into_iter().filter(|key| !kept.contains(key)).collect();
    uploads::discard(tx, &uploader, &dropped).await?;
    let mut files = uploads::pending(tx, &uploader, &kept).await?;
    let limit = Limits::for_staff(&ctx.settings).count;
    let Brought { mut checked, mut refused } = brought;
    let room = limit.saturating_sub(files.len());
    let too_many = Refusal::TooMany { limit };
    if checked.len() > room && !refused.contains(&too_many) {
        refused.push(too_many);
    }
    checked.truncate(room);
    let owner = Owner::Pending { uploader };
    for file in &checked {
        files.push(uploads::store(tx, &ctx.app.chance, ctx.now, &owner, file).await?);
    }
    for refusal in refused {
        errors.add("attachments", refusal.message(ctx.locale));
    }
    Ok(files)
}

/// Drops what found no place in the reply that was sent: the second copies of a form that was sent twice.
pub(super) async fn drop_copies(
    tx: &mut Tx,
    request: &Request,
    me: &Person,
    files: &[Attachment],
) -> Result<()> {
    let keys: Vec<String> = files.iter().map(|file| file.key.clone()).collect();
    Ok(uploads::discard(tx, &uploader(request, me), &keys).await?)
}

/// The files that wait for this person's reply to be sent.
pub(super) async fn kept_files(conn: &mut Conn, request: &Request, me: &Person) -> Result<Vec<KeptFile>> {
    let files = uploads::waiting(conn, &uploader(request, me)).await?;
    let kept = files.into_iter().map(|file| {
        let shown = file.shown();
        KeptFile { key: file.key, name: shown.name, size: shown.size }
    });
    Ok(kept.collect())
}

/// What the files of an unsent reply are kept under: no visitor's key has a space in its hash.
fn uploader(request: &Request, me: &Person) -> String {
    format!("reply {} {}", request.id, me.id)
}

/// Whether a field says something else than it did when the page was drawn: only that is written, so that what a
/// colleague changed in between stays.
fn touched(form: &Form, field: &str) -> bool {
    form.has(field) && form.raw(field) != form.raw(&format!("was_{field}"))
}

/// What was chosen beside the thread, whether or not its own button was pressed.
pub(super) fn chosen(form: &Form) -> Result<Properties> {
    let status = match touched(form, "status") {
        true => Some(RequestStatus::from_code(form.raw("status")).ok_or(Error::BadRequest)?),
        false => None,
    };
    let priority = match touched(form, "priority") {
        true => Some(Priority::from_code(form.raw("priority")).ok_or(Error::BadRequest)?),
        false => None,
    };
    Ok(Properties {
        status,
        priority,
        assignee: touched(form, "assignee").then(|| form.number("assignee")),
        group: touched(form, "group").then(|| form.number("group")),
        add_tags: form.raw("tag").split([',', '、', '，']).map(str::to_owned).collect(),
        remove_tag: None,
    })
}

/// The same as it was chosen, for a page that comes back.
pub(super) fn chosen_again(form: &Form) -> Chosen {
    let again = |field: &str| touched(form, field).then(|| form.raw(field).to_owned());
    Chosen {
        status: again("status"),
        priority: again("priority"),
        assignee: again("assignee"),
        group: again("group"),
        tag: form.raw("tag").to_owned(),
    }
}
