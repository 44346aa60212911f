//! What a customer adds to a thread: words, files, or that it is solved.

use super::thread;
use crate::desk::{self, By, CustomerReply, Replied, Request};
use crate::limits::Limit;
use crate::web::portal::attachments;
use crate::web::portal::once::stored_key;
use crate::web::{Ctx, Error, Form, Result, cookies};
use app::model::form::FieldErrors;
use app::model::request::{LinkBox, ReplyForm};
use app::model::words::RequestStatus;
use axum::http::{StatusCode, header};

/// Characters of a reply.
const BODY: usize = 20_000;

/// A thread that this visitor may read, and the way they came to it.
#[derive(Clone, Debug)]
pub struct Thread {
    pub request: Request,
    /// The page's own address.
    pub path: String,
    /// Behind the address of a file: the private link's token, where there is no session.
    pub file_query: String,
    pub link: Option<LinkBox>,
}

/// Takes a reply in, or shows the thread again with what was typed: mistakes and all, or in another language.
pub async fn answer(mut ctx: Ctx, form: Form, thread: Thread) -> Result {
    ctx.ensure_visitor();
    let mut reply = ReplyForm {
        body: form.text("body"),
        submit_key: form.text("submit_key"),
        kept: attachments::unread(&ctx, &form),
        ..ReplyForm::default()
    };
    // The switch to this language was pressed in the middle of a reply.
    if form.raw("step") == "edit" {
        ctx.cookies.set(cookies::LOCALE, ctx.locale.tag(), Some(cookies::YEAR));
        let attached = attachments::take(&ctx, &form, &ctx.visitor_hash().ok_or(Error::BadRequest)?).await?;
        reply.kept = attached.shown();
        for message in attached.refused {
            reply.errors.add("attachments", message);
        }
        return thread::page(&ctx, StatusCode::OK, thread, reply).await;
    }
    let error = match take(&ctx, &form, &thread, &mut reply).await {
        Ok(true) => return Ok(ctx.redirect(&thread.path)),
        Ok(false) => return thread::page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, thread, reply).await,
        Err(error @ (Error::Unavailable(_) | Error::TooMany(_))) => error,
        Err(error) => return Err(error),
    };
    reply.errors.add("", error.message(ctx.locale));
    match thread::page(&ctx, error.status(), thread, reply).await {
        Ok(mut page) => {
            if let Error::TooMany(seconds) = error {
                page.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            Ok(page)
        }
        // Not even the thread can be read: the words go back by themselves.
        Err(Error::Unavailable(_)) => Err(Error::Unavailable(Some(Box::new(form)))),
        Err(error) => Err(error),
    }
}

/// `false` when something is to be mended; it stands in `reply.errors`.
async fn take(ctx: &Ctx, form: &Form, thread: &Thread, reply: &mut ReplyForm) -> Result<bool> {
    let visitor = ctx.visitor_hash().ok_or(Error::BadRequest)?;
    ctx.app.limits.check(Limit::Submit, ctx.client)?;
    let attached = attachments::take(ctx, form, &visitor).await?;
    reply.kept = attached.shown();
    let solved = form.has("solved");
    reply.errors = problems(ctx, reply, solved, &attached.refused);
    if !reply.errors.is_empty() {
        return Ok(false);
    }
    let says_something = !reply.body.is_empty() || !attached.kept.is_empty();
    let (id, customer) = (thread.request.id, thread.request.customer_id);
    let mut tx = ctx.app.db.begin().await?;
    if says_something {
        let submit_key = stored_key(&visitor, &reply.submit_key);
        let words = CustomerReply {
            request_id: id,
            body: &reply.body,
            attachment_ids: &attached.ids(),
            submit_key: Some(&submit_key),
            now: ctx.now,
            mail: true,
        };
        if desk::customer_reply(&ctx.app, &mut tx, words).await? == Replied::Gone {
            return Err(Error::NotFound);
        }
    }
    if solved {
        desk::set_status(&mut tx, id, RequestStatus::Solved, By::Customer(Some(customer)), ctx.now).await?;
    }
    tx.commit().await?;
    ctx.app.work.notify_one();
    if solved {
        ctx.flash(
            "解決済みにしました。お知らせいただき、ありがとうございます。",
            "Marked as solved. Thank you for telling us.",
        );
    } else {
        ctx.flash("返信を送りました。", "Your reply has been sent.");
    }
    Ok(true)
}

fn problems(ctx: &Ctx, reply: &ReplyForm, solved: bool, refused: &[String]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if reply.body.is_empty() && reply.kept.is_empty() && refused.is_empty() && !solved {
        errors.add("body", ctx.locale.t("返信を入力してください。", "Enter your reply."));
    }
    if reply.body.chars().count() > BODY {
        errors.add(
            "body",
            ctx.locale.t(
                "返信は2万文字以内にしてください。長い記録はファイルで添付できます。",
                "Keep the reply to 20,000 characters. Long logs can be attached as a file.",
            ),
        );
    }
    for message in refused {
        errors.add("attachments", message.clone());
    }
    errors
}
