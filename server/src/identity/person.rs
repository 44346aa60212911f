//! A person and their role.

use super::organization::organization_of;
use crate::storage::{Conn, Result, Tx, first, one};
use app::i18n::Locale;
use serde::{Deserialize, Serialize};

/// What a person may do; each includes the one before where the desk is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Customer,
    Cre,
    Administrator,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Cre => "cre",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Customer, Self::Cre, Self::Administrator].into_iter().find(|role| role.as_str() == text)
    }

    pub fn is_staff(self) -> bool {
        self >= Self::Cre
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Customer => locale.t("お客様", "Customer"),
            Self::Cre => locale.t("CRE", "CRE"),
            Self::Administrator => locale.t("管理者", "Administrator"),
        }
    }
}

/// Somebody the portal knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub organization_id: Option<i64>,
    pub locale: Locale,
    pub has_password: bool,
    /// Single-letter shortcuts at the desk are on.
    pub single_keys: bool,
}

impl Person {
    /// The name, or the address where none was given.
    pub fn display_name(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct PersonRow {
    id: i64,
    email: String,
    name: String,
    role: String,
    organization_id: Option<i64>,
    locale: String,
    has_password: bool,
    single_keys: bool,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            // The column's CHECK admits no other word; should one appear, it opens nothing.
            role: Role::parse(&row.role).unwrap_or(Role::Customer),
            organization_id: row.organization_id,
            locale: Locale::from_tag(&row.locale).unwrap_or_default(),
            has_password: row.has_password,
            single_keys: row.single_keys,
        }
    }
}

/// Trims, folds full-width characters (NFKC) and case: how addresses are stored and compared.
pub fn normalise_email(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.trim().nfkc().collect::<String>().to_lowercase()
}

/// A person who is not disabled.
pub async fn find_person(conn: &mut Conn, id: i64) -> Result<Option<Person>> {
    let row = first!(
        conn,
        PersonRow,
        "SELECT id, email, name, role, organization_id, locale, password_hash IS NOT NULL AS has_password, single_keys
         FROM person WHERE id = $1 AND disabled_at IS NULL",
        id
    )?;
    Ok(row.map(Person::from))
}

/// A person who is not disabled, by normalised address.
pub async fn person_by_email(conn: &mut Conn, email: &str) -> Result<Option<Person>> {
    let row = first!(
        conn,
        PersonRow,
        "SELECT id, email, name, role, organization_id, locale, password_hash IS NOT NULL AS has_password, single_keys
         FROM person WHERE email = $1 AND disabled_at IS NULL",
        email
    )?;
    Ok(row.map(Person::from))
}

/// The person of an address; a customer of the organization that has the mail domain, if nobody had it before. An
/// empty name is filled in, a given one stays: whoever types an address has not proved that it is theirs.
///
/// Somebody disabled is given too: what is sent under their address is kept, they only cannot sign in.
pub async fn person_or_new(tx: &mut Tx, email: &str, name: &str, locale: Locale, now: i64) -> Result<Person> {
    let email = normalise_email(email);
    let organization = organization_of(tx, &email).await?;
    let row = one!(
        tx,
        PersonRow,
        "INSERT INTO person (email, name, role, organization_id, locale, created_at)
         VALUES ($1, $2, 'customer', $3, $4, $5)
         ON CONFLICT (email) DO UPDATE SET
           name = CASE WHEN person.name = '' THEN excluded.name ELSE person.name END,
           organization_id = CASE WHEN person.role = 'customer' THEN COALESCE(person.organization_id, excluded.organization_id)
             ELSE person.organization_id END
         RETURNING id, email, name, role, organization_id, locale, password_hash IS NOT NULL AS has_password, single_keys",
        email,
        name.trim(),
        organization,
        locale.tag(),
        now
    )?;
    Ok(row.into())
}

/// Whether a text can be a mail address: one @, something on both sides, a dot or a plain host behind it, no spaces.
pub fn is_email(text: &str) -> bool {
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && is_domain(domain)
                && !text
                    .contains(|c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c))
        })
        && text.parse::<lettre::Address>().is_ok()
}

/// A name with a dot inside, as every name has that mail is sent to from elsewhere: who writes `aoi@example` has left
/// something out, and would wait for an answer that cannot come. Only the machine itself has no dot.
fn is_domain(text: &str) -> bool {
    text == "localhost" || text.contains('.') && !text.starts_with('.') && !text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn an_address_is_one_that_mail_can_be_sent_to() {
        for good in ["hotaru@hoshizora.example", "root@localhost", "a.b+c@mail.example.co.jp"] {
            assert!(is_email(good), "{good}");
        }
        for bad in
            ["hotaru@hoshizora", "hotaru", "@hoshizora.example", "a@.example", "a@example.", "a b@c.example"]
        {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
