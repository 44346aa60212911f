//! People and groups as administrators see them.

use super::account::SessionLine;
use super::form::{Choice, FieldErrors};
use super::time::Moment;

/// Which of the three lists of people is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeopleTab {
    #[default]
    Staff,
    Customers,
    Groups,
}

/// A list of members or of customers.
#[derive(Clone, Debug, Default)]
pub struct PeoplePage {
    pub csrf: String,
    pub tab: PeopleTab,
    pub search: String,
    pub people: Vec<PersonLine>,
    pub total: i64,
    pub page: i64,
    pub pages: i64,
    /// The list's address with its search.
    pub base: String,
    /// Sent and not accepted; only beside the members.
    pub invitations: Vec<InvitationLine>,
}

/// One person in a list.
#[derive(Clone, Debug, Default)]
pub struct PersonLine {
    pub href: String,
    pub name: String,
    pub email: String,
    pub role: String,
    pub staff: bool,
    /// Groups of a member, the organization of a customer.
    pub belongs: String,
    pub seen: Option<Moment>,
    pub disabled: bool,
    /// The one who is looking.
    pub you: bool,
}

/// An invitation that was not accepted yet.
#[derive(Clone, Debug, Default)]
pub struct InvitationLine {
    pub id: i64,
    pub email: String,
    pub role: String,
    pub sent: Moment,
    pub expired: bool,
}

/// Inviting somebody.
#[derive(Clone, Debug, Default)]
pub struct InviteForm {
    pub csrf: String,
    pub email: String,
    pub name: String,
    pub role: String,
    pub roles: Vec<Choice>,
    /// Of the mail: `ja` or `en`.
    pub language: String,
    pub errors: FieldErrors,
}

/// One person.
#[derive(Clone, Debug, Default)]
pub struct PersonPage {
    pub csrf: String,
    pub id: i64,
    pub title: String,
    pub email: String,
    pub name: String,
    pub role: String,
    pub roles: Vec<Choice>,
    pub staff: bool,
    pub organization: String,
    pub organizations: Vec<Choice>,
    pub groups: Vec<String>,
    pub all_groups: Vec<Choice>,
    pub has_password: bool,
    pub disabled: bool,
    pub you: bool,
    pub since: Moment,
    pub language: &'static str,
    /// Unsolved requests: assigned to a member, sent by a customer.
    pub requests: i64,
    pub sessions: Vec<SessionLine>,
    pub errors: FieldErrors,
}

/// The groups.
#[derive(Clone, Debug, Default)]
pub struct GroupsPage {
    pub groups: Vec<GroupLine>,
}

#[derive(Clone, Debug, Default)]
pub struct GroupLine {
    pub href: String,
    pub name: String,
    pub members: String,
    pub open: i64,
}

/// Creating or changing a group.
#[derive(Clone, Debug, Default)]
pub struct GroupForm {
    pub csrf: String,
    /// `None` for a new one.
    pub id: Option<i64>,
    pub name: String,
    pub members: Vec<String>,
    pub people: Vec<Choice>,
    pub errors: FieldErrors,
}
