//! Customer companies at the desk.

use super::form::FieldErrors;
use super::people::PersonLine;
use super::words::RequestStatus;
use crate::i18n::Locale;

/// The list.
#[derive(Clone, Debug, Default)]
pub struct OrganizationsPage {
    pub search: String,
    pub organizations: Vec<OrganizationLine>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
    /// The list's address with its search.
    pub base: String,
    /// Only administrators change them.
    pub can_edit: bool,
}

#[derive(Clone, Debug, Default)]
pub struct OrganizationLine {
    pub href: String,
    pub name: String,
    pub domains: String,
    pub people: i64,
    pub requests: i64,
}

/// One organization with its people.
#[derive(Clone, Debug, Default)]
pub struct OrganizationPage {
    pub id: i64,
    pub name: String,
    pub domains: Vec<String>,
    pub people: Vec<PersonLine>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
    pub requests: i64,
    pub open: i64,
    /// Those that are not solved first, then by their last change; not more than one looks through.
    pub newest: Vec<RequestLine>,
    /// Where all of them are listed.
    pub all_href: String,
    pub can_edit: bool,
}

/// One request of an organization.
#[derive(Clone, Debug, Default)]
pub struct RequestLine {
    pub number: i64,
    pub subject: String,
    /// The language of the subject.
    pub language: Locale,
    pub status: RequestStatus,
    pub customer: String,
    /// The last change.
    pub when: String,
}

/// Creating or changing one.
#[derive(Clone, Debug, Default)]
pub struct OrganizationForm {
    pub csrf: String,
    /// `None` for a new one.
    pub id: Option<i64>,
    pub name: String,
    /// One a line.
    pub domains: String,
    pub errors: FieldErrors,
}
