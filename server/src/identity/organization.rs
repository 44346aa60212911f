//! Customer companies, and the mail domains that their people write from.

use super::{Actor, audit};
use crate::storage::{Conn, Result, StorageError, Tx, all, first, ids, run, value};
use serde_json::json;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Mail services that are open to everybody: registering one would put strangers into one organization.
const OPEN_TO_ALL: [&str; 16] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "outlook.jp",
    "hotmail.com",
    "hotmail.co.jp",
    "live.com",
    "live.jp",
    "icloud.com",
    "me.com",
    "yahoo.com",
    "yahoo.co.jp",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "softbank.ne.jp",
    "proton.me",
];

/// A customer company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: i64,
    pub name: String,
    /// In alphabetical order.
    pub domains: Vec<String>,
    pub created_at: i64,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedOrganization {
    pub id: i64,
    pub name: String,
    pub domains: Vec<String>,
    pub people: i64,
    pub requests: i64,
}

/// Why an organization cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganizationProblem {
    NameMissing,
    NameTaken,
    /// The text that is not a domain.
    NotADomain(String),
    /// A mail service that is open to everybody.
    OpenToAll(String),
    /// The domain, and the organization that has it.
    DomainTaken(String, String),
}

/// What can be edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationDraft {
    pub name: String,
    pub domains: Vec<String>,
}

impl OrganizationDraft {
    /// Reads the form's texts: domains one a line, or with commas between; a leading @ is taken off.
    pub fn new(name: &str, domains: &str) -> Self {
        let folded: String = domains.nfkc().collect::<String>().to_lowercase();
        let mut domains: Vec<String> = folded
            .split(['\n', ',', '、', ';'])
            .map(|domain| domain.trim().trim_start_matches('@').trim_end_matches('.').to_owned())
            .filter(|domain| !domain.is_empty())
            .collect();
        domains.sort();
        domains.dedup();
        Self { name: name.trim().to_owned(), domains }
    }
}

/// The organization that has an address's mail domain.
pub async fn organization_of(conn: &mut Conn, email: &str) -> Result<Option<i64>> {
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    let row = first!(
        conn,
        (i64,),
        "SELECT organization_id FROM organization_domain WHERE domain = $1",
        domain.to_lowercase()
    )?;
    Ok(row.map(|row| row.0))
}

pub async fn find_organization(conn: &mut Conn, id: i64) -> Result<Option<Organization>> {
    let row = first!(conn, (String, i64), "SELECT name, created_at FROM organization WHERE id = $1", id)?;
    let Some((name, created_at)) = row else { return Ok(None) };
    let sql = "SELECT domain FROM organization_domain WHERE organization_id = $1 ORDER BY domain";
    let domains = all!(conn, (String,), sql, id)?.into_iter().map(|row| row.0).collect();
    Ok(Some(Organization { id, name, domains, created_at }))
}

/// Every organization's id and name, by name: for selects.
pub async fn organization_names(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    all!(conn, (i64, String), "SELECT id, name FROM organization ORDER BY name, id")
}

/// Those whose name or domain contains `search` (all, when it is empty), by name; `page` counts from 1. Gives the
/// page's lines and how many there are altogether.
pub async fn list_organizations(
    conn: &mut Conn,
    search: &str,
    page: i64,
    per_page: i64,
) -> Result<(Vec<ListedOrganization>, i64)> {
    let pattern = contains(search);
    let total = value!(
        conn,
        i64,
        "SELECT COUNT(*) FROM organization o WHERE LOWER(o.name) LIKE $1 ESCAPE '\\' OR EXISTS (
           SELECT 1 FROM organization_domain d WHERE d.organization_id = o.id AND d.domain LIKE $1 ESCAPE '\\')",
        pattern.as_str()
    )?;
    let rows = all!(
        conn,
        (i64, String, i64, i64),
        "SELECT o.id, o.name,
           (SELECT COUNT(*) FROM person p WHERE p.organization_id = o.id),
           (SELECT COUNT(*) FROM request r WHERE r.organization_id = o.id)
         FROM organization o WHERE LOWER(o.name) LIKE $1 ESCAPE '\\' OR EXISTS (
           SELECT 1 FROM organization_domain d WHERE d.organization_id = o.id AND d.domain LIKE $1 ESCAPE '\\')
         ORDER BY o.name, o.id LIMIT $2 OFFSET $3",
        pattern,
        per_page,
        (page - 1).saturating_mul(per_page)
    )?;
    let list = ids(rows.iter().map(|row| row.0));
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT organization_id, domain FROM organization_domain WHERE organization_id IN ({list}) ORDER BY domain"
    ));
    let mut domains: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for (id, domain) in all!(conn, (i64, String), sql)? {
        domains.entry(id).or_default().push(domain);
    }
    let listed = rows.into_iter().map(|(id, name, people, requests)| ListedOrganization {
        domains: domains.remove(&id).unwrap_or_default(),
        id,
        name,
        people,
        requests,
    });
    Ok((listed.collect(), total))
}

/// A LIKE pattern (with `ESCAPE '\'`) for texts that contain this one, in lower case.
pub(super) fn contains(search: &str) -> String {
    let folded: String = search.nfkc().collect::<String>().to_lowercase();
    format!("%{}%", folded.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Creates an organization (`id` `None`) or changes one; customers who write from its domains and belong to none join
/// it. Gives the id; `Ok(Err(..))` says everything that is wrong with the draft, and `None` is for an id that is not
/// there.
pub async fn save_organization(
    tx: &mut Tx,
    actor: &Actor<'_>,
    now: i64,
    id: Option<i64>,
    draft: &OrganizationDraft,
) -> Result<std::result::Result<Option<i64>, Vec<OrganizationProblem>>> {
    let problems = problems(tx, id, draft).await?;
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let before = match id {
        None => None,
        Some(id) => match find_organization(tx, id).await? {
            Some(before) => Some(before),
            None => return Ok(Ok(None)),
        },
    };
    let id = match &before {
        None => {
            let sql = "INSERT INTO organization (name, created_at) VALUES ($1, $2) RETURNING id";
            match value!(tx, i64, sql, draft.name.as_str(), now) {
                // Somebody else was faster since the check above.
                Err(StorageError::Duplicate(_)) => return Ok(Err(vec![OrganizationProblem::NameTaken])),
                id => id?,
            }
        }
        Some(before) => {
            let sql = "UPDATE organization SET name = $2 WHERE id = $1";
            match run!(tx, sql, before.id, draft.name.as_str()) {
                Err(StorageError::Duplicate(_)) => return Ok(Err(vec![OrganizationProblem::NameTaken])),
                touched => touched?,
            };
            before.id
        }
    };
    run!(tx, "DELETE FROM organization_domain WHERE organization_id = $1", id)?;
    for domain in &draft.domains {
        let sql = "INSERT INTO organization_domain (domain, organization_id) VALUES ($1, $2)";
        match run!(tx, sql, domain.as_str(), id) {
            Err(StorageError::Duplicate(_)) => {
                return Ok(Err(vec![OrganizationProblem::DomainTaken(domain.clone(), String::new())]));
            }
            touched => touched?,
        };
        run!(
            tx,
            "UPDATE person SET organization_id = $1
             WHERE role = 'customer' AND organization_id IS NULL AND email LIKE $2 ESCAPE '\\'",
            id,
            format!("%@{}", domain.replace('_', "\\_"))
        )?;
    }
    let fields = |name: &str, domains: &[String]| json!({ "name": name, "domains": domains.join(" ") });
    let after = fields(&draft.name, &draft.domains);
    let (action, detail) = match &before {
        None => ("organization.create", json!({ "name": draft.name, "after": after })),
        Some(before) => (
            "organization.change",
            json!({ "name": before.name, "before": fields(&before.name, &before.domains), "after": after }),
        ),
    };
    audit(tx, now, actor, action, "organization", Some(id), &detail).await?;
    Ok(Ok(Some(id)))
}

async fn problems(
    tx: &mut Tx,
    id: Option<i64>,
    draft: &OrganizationDraft,
) -> Result<Vec<OrganizationProblem>> {
    use OrganizationProblem as P;
    let mut problems = Vec::new();
    let sql = "SELECT id FROM organization WHERE name = $1";
    if draft.name.is_empty() {
        problems.push(P::NameMissing);
    } else if first!(tx, (i64,), sql, draft.name.as_str())?.is_some_and(|(other,)| Some(other) != id) {
        problems.push(P::NameTaken);
    }
    for domain in &draft.domains {
        if !is_domain(domain) {
            problems.push(P::NotADomain(domain.clone()));
            continue;
        }
        if OPEN_TO_ALL.contains(&domain.as_str()) {
            problems.push(P::OpenToAll(domain.clone()));
            continue;
        }
        let sql =
            "SELECT o.id, o.name FROM organization_domain d JOIN organization o ON o.id = d.organization_id
             WHERE d.domain = $1";
        if let Some((other, name)) = first!(tx, (i64, String), sql, domain.as_str())?
            && Some(other) != id
        {
            problems.push(P::DomainTaken(domain.clone(), name));
        }
    }
    Ok(problems)
}

fn is_domain(text: &str) -> bool {
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}
