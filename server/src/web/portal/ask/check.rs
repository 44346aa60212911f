//! What was typed, and what is to be mended in it.

use crate::identity::{is_email, normalise_email};
use crate::web::portal::attachments;
use crate::web::{Ctx, Form};
use app::model::ask::AskForm;
use app::model::form::FieldErrors;
use app::model::words::RequestKind;

/// Characters of a subject.
pub(super) const SUBJECT: usize = 200;
/// Characters of a description.
pub(super) const BODY: usize = 20_000;
/// Characters of a name.
const NAME: usize = 100;

/// The form as it was sent.
pub(super) fn read(ctx: &Ctx, form: &Form) -> AskForm {
    AskForm {
        kind: form.text("kind"),
        subject: form.line("subject"),
        body: form.text("body"),
        email: form.line("email"),
        name: form.line("name"),
        area: form.text("area"),
        kept: attachments::unread(ctx, form),
        session: form.text("session"),
        submit_key: form.text("submit_key"),
        opened: form.text("opened"),
    }
}

/// Everything that is to be mended, in the order of the form's fields.
pub(super) fn problems(ctx: &Ctx, ask: &AskForm) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let mut refuse = |wrong: bool, field: &str, ja: &str, en: &str| {
        if wrong {
            errors.add(field, ctx.locale.t(ja, en));
        }
    };
    refuse(
        RequestKind::from_code(&ask.kind).is_none(),
        "kind",
        "どのようなご用件かを選んでください。",
        "Choose what it is about.",
    );
    refuse(ask.subject.is_empty(), "subject", "件名を入力してください。", "Enter a subject.");
    refuse(
        ask.subject.chars().count() > SUBJECT,
        "subject",
        "件名は200文字以内にしてください。",
        "Keep the subject to 200 characters.",
    );
    refuse(ask.body.is_empty(), "body", "くわしい内容を入力してください。", "Enter a description.");
    refuse(
        ask.body.chars().count() > BODY,
        "body",
        "くわしい内容は2万文字以内にしてください。長い記録はファイルで添付できます。",
        "Keep the description to 20,000 characters. Long logs can be attached as a file.",
    );
    if ctx.visitor.person().is_none() {
        let email = normalise_email(&ask.email);
        refuse(email.is_empty(), "email", "メールアドレスを入力してください。", "Enter your e-mail address.");
        refuse(
            !email.is_empty() && !is_email(&email),
            "email",
            "メールアドレスを「name@example.com」の形で入力してください。",
            "Enter an e-mail address like name@example.com.",
        );
        refuse(
            ask.name.chars().count() > NAME,
            "name",
            "お名前は100文字以内にしてください。",
            "Keep the name to 100 characters.",
        );
    }
    errors
}
