//! Signing in: by a link for customers, by a password for CRE and administrators.

use super::link::{LinkPurpose, LinkState, MailLink, look_at_link, store_link, use_link, use_up};
use super::password::{self, WeakPassword};
use super::{Actor, Person, Role, audit, letters, open_session, person_by_email, revoke_sessions};
use crate::app_state::App;
use crate::jobs::{self, Job, JobError};
use crate::mail;
use crate::storage::{Result, Tx, first, run};
use app::i18n::Locale;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Somebody who asks for a link. Whether the address is known is found out by the job, after the answer, so that the
/// answer and the time it takes are the same for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkWish {
    pub purpose: LinkPurpose,
    /// Normalised.
    pub email: String,
    pub locale: Locale,
    /// Where to go on; see [`safe_next`].
    pub next: String,
    /// Makes the token with the server's key, so that a job that runs twice sends one link.
    pub seed: String,
}

/// Takes a wish for a link down. After the commit, ring `app.work.notify_one()`.
pub async fn wish_for_link(tx: &mut Tx, now: i64, wish: LinkWish) -> Result<()> {
    jobs::enqueue(tx, &Job::SendLink(wish), now).await
}

/// The job: sends the link, if the address is somebody's who may have it.
pub async fn send_link(app: &App, wish: &LinkWish) -> std::result::Result<(), JobError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(person) = person_by_email(&mut tx, &wish.email).await? else { return Ok(()) };
    let portal = app.settings.current().portal_name.get(wish.locale).to_owned();
    let draft = match (wish.purpose, person.role.is_staff()) {
        // Staff have a password, and more to lose than a customer: a mailbox alone does not open the desk.
        (LinkPurpose::SignIn, true) => {
            let url = format!("{}/desk/sign-in", app.config.public_url);
            letters::use_password(wish, &portal, &url)
        }
        (LinkPurpose::SignIn, false) | (LinkPurpose::Password, true) => {
            let token = app.secret.sign("mail-link", &wish.seed);
            let link = MailLink {
                email: wish.email.clone(),
                role: None,
                name: String::new(),
                next: wish.next.clone(),
            };
            if !store_link(&mut tx, wish.purpose, &token, &link, now).await? {
                return Ok(());
            }
            let base = &app.config.public_url;
            if wish.purpose == LinkPurpose::SignIn {
                letters::sign_in(wish, &portal, &format!("{base}/{}/sign-in/{token}", wish.locale.tag()))
            } else {
                letters::new_password(wish, &portal, &format!("{base}/desk/password/{token}"))
            }
        }
        (LinkPurpose::Password, false) | (LinkPurpose::Invitation, _) => return Ok(()),
    };
    mail::queue(app, &mut tx, now, draft).await?;
    tx.commit().await?;
    app.work.notify_one();
    Ok(())
}

/// Who has signed in: the token for the cookie, and where to go on (empty: wherever people usually go).
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub person: Person,
    pub token: String,
    pub next: String,
}

/// Uses a customer's sign-in link; `None` when it does not work (any more).
pub async fn sign_in_by_link(app: &App, token: &str, user_agent: &str, now: i64) -> Result<Option<SignedIn>> {
    let mut tx = app.db.begin().await?;
    let Some(link) = use_link(&mut tx, LinkPurpose::SignIn, token, now).await? else { return Ok(None) };
    let Some(person) = person_by_email(&mut tx, &link.email).await? else { return Ok(None) };
    if person.role.is_staff() {
        return Ok(None);
    }
    let token = open_session(&mut tx, &app.chance, now, &person, user_agent).await?;
    tx.commit().await?;
    Ok(Some(SignedIn { person, token, next: link.next }))
}

/// Checks a password of CRE or an administrator; `None` when anything does not fit, after the same time.
pub async fn sign_in_by_password(
    app: &App,
    email: &str,
    password: &str,
    user_agent: &str,
    now: i64,
) -> anyhow::Result<Option<SignedIn>> {
    let row = first!(
        app.db.read().await?,
        (Option<String>,),
        "SELECT password_hash FROM person WHERE email = $1 AND disabled_at IS NULL AND role <> 'customer'",
        email
    )?;
    if !password::verify(row.and_then(|row| row.0), password).await? {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    let Some(person) = person_by_email(&mut tx, email).await?.filter(|person| person.role.is_staff()) else {
        return Ok(None);
    };
    let token = open_session(&mut tx, &app.chance, now, &person, user_agent).await?;
    tx.commit().await?;
    Ok(Some(SignedIn { person, token, next: String::new() }))
}

/// Why a password was not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// The link does not work (any more).
    Link,
    /// The present password is another.
    Present,
    Weak(WeakPassword),
}

/// Sets a new password by its link: ends every session of that person and opens a new one.
pub async fn reset_password(
    app: &App,
    token: &str,
    new: &str,
    user_agent: &str,
    now: i64,
) -> anyhow::Result<std::result::Result<SignedIn, PasswordProblem>> {
    // Hashing is dear: only for those who hold a link.
    let state = look_at_link(&mut app.db.read().await?, LinkPurpose::Password, token, now).await?;
    if !matches!(state, LinkState::Open(_)) {
        return Ok(Err(PasswordProblem::Link));
    }
    let hash = password::hash(&app.chance, new).await?;
    let mut tx = app.db.begin().await?;
    let Some(link) = use_link(&mut tx, LinkPurpose::Password, token, now).await? else {
        return Ok(Err(PasswordProblem::Link));
    };
    let person = person_by_email(&mut tx, &link.email).await?.filter(|person| person.role.is_staff());
    let Some(person) = person else { return Ok(Err(PasswordProblem::Link)) };
    if let Err(weak) = password::judge(new, &person.email, &person.name) {
        return Ok(Err(PasswordProblem::Weak(weak)));
    }
    store_password(&mut tx, &person, &hash, now).await?;
    revoke_sessions(&mut tx, person.id, None, now).await?;
    let token = open_session(&mut tx, &app.chance, now, &person, user_agent).await?;
    tx.commit().await?;
    Ok(Ok(SignedIn { person, token, next: String::new() }))
}

/// Changes one's own password; every other session ends.
pub async fn change_password(
    app: &App,
    person: &Person,
    session_id: i64,
    present: &str,
    new: &str,
    now: i64,
) -> anyhow::Result<std::result::Result<(), PasswordProblem>> {
    let sql = "SELECT password_hash FROM person WHERE id = $1 AND disabled_at IS NULL";
    let row = first!(app.db.read().await?, (Option<String>,), sql, person.id)?;
    if !password::verify(row.and_then(|row| row.0), present).await? {
        return Ok(Err(PasswordProblem::Present));
    }
    if let Err(weak) = password::judge(new, &person.email, &person.name) {
        return Ok(Err(PasswordProblem::Weak(weak)));
    }
    let hash = password::hash(&app.chance, new).await?;
    let mut tx = app.db.begin().await?;
    store_password(&mut tx, person, &hash, now).await?;
    revoke_sessions(&mut tx, person.id, Some(session_id), now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

async fn store_password(tx: &mut Tx, person: &Person, hash: &str, now: i64) -> Result<()> {
    run!(tx, "UPDATE person SET password_hash = $2 WHERE id = $1", person.id, hash)?;
    use_up(tx, LinkPurpose::Password, &person.email, now).await?;
    let detail = json!({ "name": person.display_name() });
    audit(tx, now, &Actor::Person(person), "person.password", "person", Some(person.id), &detail).await
}

/// A path of this portal to go on with after signing in, or empty: never another site, never a control character, and
/// for customers never the desk.
pub fn safe_next(next: &str, role: Option<Role>) -> String {
    let desk = next == "/desk" || next.starts_with("/desk/") || next.starts_with("/desk?");
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 2000
        && !next.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace());
    let allowed = match role {
        Some(role) if role.is_staff() => true,
        Some(_) => !desk,
        None => true,
    };
    if ours && allowed { next.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_on_never_leaves_the_portal() {
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "/a\nb", ""]
        {
            assert_eq!(safe_next(next, None), "", "{next:?}");
        }
        assert_eq!(safe_next("/ja/requests?page=2", Some(Role::Customer)), "/ja/requests?page=2");
        assert_eq!(safe_next("/desk/outbox", Some(Role::Customer)), "");
        assert_eq!(safe_next("/desk/outbox", Some(Role::Cre)), "/desk/outbox");
    }
}
