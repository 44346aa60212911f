//! Inviting CRE and administrators: a link that gives a role to whoever owns the mailbox.

use super::link::{LinkPurpose, MailLink, store_link, use_link, use_up};
use super::password::{self, WeakPassword};
use super::sign_in::SignedIn;
use super::{
    Actor, Role, audit, find_person, letters, normalise_email, open_session, person_or_new, revoke_sessions,
};
use crate::app_state::App;
use crate::mail;
use crate::storage::{Conn, Result, Tx, all, first, run};
use app::i18n::Locale;
use serde_json::json;

/// Whom to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Of the mail.
    pub locale: Locale,
}

/// An invitation that nobody has accepted yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenInvitation {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub role: String,
    pub created_at: i64,
    pub expires_at: i64,
}

/// Why somebody cannot be invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationProblem {
    /// They work at the desk already.
    AlreadyThere,
    /// They are disabled: enable them instead.
    Disabled,
}

/// Invites; earlier invitations of that address stop working. Queues the mail: after the commit, ring
/// `app.work.notify_one()`.
pub async fn invite(
    app: &App,
    tx: &mut Tx,
    actor: &Actor<'_>,
    new: &NewInvitation,
    now: i64,
) -> Result<std::result::Result<(), InvitationProblem>> {
    let known = first!(
        tx,
        (String, Option<i64>),
        "SELECT role, disabled_at FROM person WHERE email = $1",
        new.email.as_str()
    )?;
    match known {
        Some((_, Some(_))) => return Ok(Err(InvitationProblem::Disabled)),
        Some((role, None)) if role != Role::Customer.as_str() => {
            return Ok(Err(InvitationProblem::AlreadyThere));
        }
        _ => {}
    }
    let from = match actor {
        Actor::Person(person) => person.display_name().to_owned(),
        Actor::Program(_) => app.settings.current().portal_name.get(new.locale).to_owned(),
    };
    let url = invitation_link(app, tx, actor, new, now).await?;
    let portal = app.settings.current().portal_name.get(new.locale).to_owned();
    let draft = letters::invitation(&new.email, new.locale, new.role, &from, &portal, &url);
    mail::queue(app, tx, now, draft).await?;
    Ok(Ok(()))
}

/// Makes the link of an invitation without sending it, for anybody: how the command line lets the first administrator
/// in, and one who lost their password.
pub async fn invitation_link(
    app: &App,
    tx: &mut Tx,
    actor: &Actor<'_>,
    new: &NewInvitation,
    now: i64,
) -> Result<String> {
    use_up(tx, LinkPurpose::Invitation, &new.email, now).await?;
    let token = app.chance.token();
    let link = MailLink {
        email: normalise_email(&new.email),
        role: Some(new.role),
        name: new.name.clone(),
        next: String::new(),
    };
    store_link(tx, LinkPurpose::Invitation, &token, &link, now).await?;
    let detail = json!({ "name": new.email, "role": new.role.as_str() });
    audit(tx, now, actor, "person.invite", "person", None, &detail).await?;
    Ok(format!("{}/desk/invitation/{token}", app.config.public_url))
}

/// The invitations that were not accepted, the newest first; expired ones among them.
pub async fn open_invitations(conn: &mut Conn) -> Result<Vec<OpenInvitation>> {
    all!(
        conn,
        OpenInvitation,
        "SELECT id, email, name, COALESCE(role, 'cre') AS role, created_at, expires_at FROM mail_link
         WHERE purpose = 'invitation' AND used_at IS NULL ORDER BY id DESC"
    )
}

/// One of them.
pub async fn find_invitation(conn: &mut Conn, id: i64) -> Result<Option<OpenInvitation>> {
    first!(
        conn,
        OpenInvitation,
        "SELECT id, email, name, COALESCE(role, 'cre') AS role, created_at, expires_at FROM mail_link
         WHERE purpose = 'invitation' AND used_at IS NULL AND id = $1",
        id
    )
}

/// Takes an invitation back; `false` when it is not open.
pub async fn withdraw_invitation(tx: &mut Tx, actor: &Actor<'_>, id: i64, now: i64) -> Result<bool> {
    let Some(invitation) = find_invitation(tx, id).await? else { return Ok(false) };
    use_up(tx, LinkPurpose::Invitation, &invitation.email, now).await?;
    let detail = json!({ "name": invitation.email });
    audit(tx, now, actor, "person.withdraw", "person", None, &detail).await?;
    Ok(true)
}

/// Why an invitation was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptProblem {
    /// The link does not work (any more).
    Link,
    Weak(WeakPassword),
}

/// Accepts an invitation: the person gets the role, the name and the password, and is signed in. Sessions they had
/// with less to lose end.
pub async fn accept_invitation(
    app: &App,
    token: &str,
    name: &str,
    password: &str,
    locale: Locale,
    user_agent: &str,
    now: i64,
) -> anyhow::Result<std::result::Result<SignedIn, AcceptProblem>> {
    let hash = password::hash(&app.chance, password).await?;
    let mut tx = app.db.begin().await?;
    let Some(link) = use_link(&mut tx, LinkPurpose::Invitation, token, now).await? else {
        return Ok(Err(AcceptProblem::Link));
    };
    if let Err(weak) = password::judge(password, &link.email, name) {
        return Ok(Err(AcceptProblem::Weak(weak)));
    }
    let person = person_or_new(&mut tx, &link.email, name, locale, now).await?;
    let role = link.role.unwrap_or(Role::Cre);
    let touched = run!(
        tx,
        "UPDATE person SET name = $2, role = $3, password_hash = $4, locale = $5, organization_id = NULL
         WHERE id = $1 AND disabled_at IS NULL",
        person.id,
        name,
        role.as_str(),
        hash,
        locale.tag()
    )?;
    let Some(person) = find_person(&mut tx, person.id).await?.filter(|_| touched > 0) else {
        return Ok(Err(AcceptProblem::Link));
    };
    revoke_sessions(&mut tx, person.id, None, now).await?;
    let detail = json!({ "name": person.display_name(), "role": role.as_str() });
    audit(&mut tx, now, &Actor::Person(&person), "person.accept", "person", Some(person.id), &detail).await?;
    let token = open_session(&mut tx, &app.chance, now, &person, user_agent).await?;
    tx.commit().await?;
    Ok(Ok(SignedIn { person, token, next: String::new() }))
}

/// Whether somebody can sign in as an administrator: a portal without one tells how to make one.
pub async fn has_administrator(conn: &mut Conn) -> Result<bool> {
    let row = first!(
        conn,
        (i64,),
        "SELECT id FROM person WHERE role = 'administrator' AND disabled_at IS NULL AND password_hash IS NOT NULL LIMIT 1"
    )?;
    Ok(row.is_some())
}
