//! `/desk`: where CRE work.

mod articles;
mod audit;
mod audit_words;
pub mod categories;
mod deflection;
mod erasure;
mod groups;
mod inbox;
mod invitation;
mod judgements;
mod moments;
mod organizations;
mod outbox;
mod password;
mod people;
mod person;
mod request;
mod rules;
mod search;
mod settings;
mod sign_in;
#[cfg(test)]
mod tests;

pub(super) use password::weak_password;
pub(super) use request::{FOUND, found};

pub use articles::{look_over_images, store_image};

use super::locale::READ_IN;
use super::routes::{Access, Table};
use super::{Ctx, Form, account, cookies};
use app::i18n::Locale;

pub fn table(table: &mut Table) {
    table.get("/desk/deflection", Access::Cre, deflection::show);
    inbox::table(table);
    request::table(table);
    rules::table(table);
    search::table(table);
    judgements::table(table);
    table.get("/desk/settings", Access::Administrator, settings::show).post(
        "/desk/settings",
        Access::Administrator,
        settings::store,
    );
    sign_in_table(table);
    account_table(table);
    people_table(table);
    organization_table(table);
    outbox_table(table);
    articles::table(table);
    categories::table(table);
}

/// How members get in: open to everybody, as they are not in yet.
fn sign_in_table(table: &mut Table) {
    use Access::Public;
    table
        .get("/desk/sign-in", Public, sign_in::show)
        .post("/desk/sign-in", Public, sign_in::enter)
        .get("/desk/password", Public, password::show)
        .post("/desk/password", Public, password::send)
        .get("/desk/password/sent", Public, password::sent)
        .get("/desk/password/{token}", Public, password::open)
        .post("/desk/password/{token}", Public, password::choose)
        .get("/desk/invitation/{token}", Public, invitation::show)
        .post("/desk/invitation/{token}", Public, invitation::accept);
}

fn account_table(table: &mut Table) {
    use Access::Cre;
    table
        .get("/desk/account", Cre, account::show)
        .post("/desk/account", Cre, account::store)
        .post("/desk/account/password", Cre, account::store_password)
        .post("/desk/account/sessions/end-others", Cre, account::end_others)
        .post("/desk/account/sessions/{id}/end", Cre, account::end_session);
}

fn people_table(table: &mut Table) {
    use Access::Administrator;
    table
        .get("/desk/people", Administrator, people::show)
        .get("/desk/people/invite", Administrator, people::invite_form)
        .post("/desk/people/invite", Administrator, people::send_invitation)
        .post("/desk/people/invitations/{id}/resend", Administrator, people::resend)
        .post("/desk/people/invitations/{id}/withdraw", Administrator, people::withdraw)
        .get("/desk/people/{id}", Administrator, person::show)
        .post("/desk/people/{id}", Administrator, person::store)
        .post("/desk/people/{id}/disable", Administrator, person::disable)
        .post("/desk/people/{id}/enable", Administrator, person::enable)
        .get("/desk/people/{id}/erase", Administrator, erasure::show)
        .post("/desk/people/{id}/erase", Administrator, erasure::erase)
        .post("/desk/people/{id}/password", Administrator, person::send_password_link)
        .post("/desk/people/{id}/sessions/end-others", Administrator, person::end_sessions)
        .post("/desk/people/{id}/sessions/{session}/end", Administrator, person::end_session)
        .get("/desk/groups", Administrator, groups::show)
        .post("/desk/groups", Administrator, groups::create)
        .get("/desk/groups/new", Administrator, groups::new)
        .get("/desk/groups/{id}", Administrator, groups::edit)
        .post("/desk/groups/{id}", Administrator, groups::store)
        .post("/desk/groups/{id}/delete", Administrator, groups::delete)
        .get("/desk/audit", Administrator, audit::show);
}

fn organization_table(table: &mut Table) {
    use Access::{Administrator, Cre};
    table
        .get("/desk/organizations", Cre, organizations::list)
        .post("/desk/organizations", Administrator, organizations::create)
        .get("/desk/organizations/new", Administrator, organizations::new)
        .get("/desk/organizations/{id}", Cre, organizations::show)
        .get("/desk/organizations/{id}/edit", Administrator, organizations::edit)
        .post("/desk/organizations/{id}/edit", Administrator, organizations::store);
}

fn outbox_table(table: &mut Table) {
    use Access::Cre;
    table
        .get("/desk/outbox", Cre, outbox::list)
        .get("/desk/outbox/{id}", Cre, outbox::show)
        .post("/desk/outbox/{id}/retry", Cre, outbox::retry_mail)
        .post("/desk/outbox/jobs/{id}/retry", Cre, outbox::retry_job);
}

/// The same request, read in the language whose button was pressed over a form that is being filled; it is remembered.
/// `None` where another button was.
pub(super) fn read_in(ctx: &Ctx, form: &Form) -> Option<Ctx> {
    let locale = Locale::from_tag(form.raw(READ_IN))?;
    ctx.cookies.set(cookies::LOCALE, locale.tag(), Some(cookies::YEAR));
    Some(Ctx { locale, ..ctx.clone() })
}
