//! People: who they are, what they may do, how they prove it.

mod account;
mod audit;
mod audit_log;
mod browser;
mod cleanup;
mod erase;
mod group;
mod invitation;
mod letters;
mod link;
mod members;
mod organization;
mod password;
mod person;
mod session;
mod sign_in;
#[cfg(test)]
mod tests;

pub use account::{AccountChange, change_account};
pub use audit::{Actor, audit};
pub use audit_log::{AuditFilter, AuditLine, audit_choices, audit_lines, audit_names};
pub use browser::browser_name;
pub use cleanup::clean_up;
pub use erase::{clear_details, erase_person};
pub use group::{Group, GroupProblem, ListedGroup, delete_group, find_group, list_groups, save_group};
pub use invitation::{
    AcceptProblem, InvitationProblem, NewInvitation, OpenInvitation, accept_invitation, find_invitation,
    has_administrator, invitation_link, invite, open_invitations, withdraw_invitation,
};
pub use link::{LinkPurpose, LinkState, MailLink, look_at_link};
pub use members::{
    Crowd, ListedPerson, Member, MemberChange, MemberProblem, change_member, find_member, groups_of,
    list_people, set_disabled,
};
pub use organization::{
    ListedOrganization, Organization, OrganizationDraft, OrganizationProblem, find_organization,
    list_organizations, organization_names, organization_of, save_organization,
};
pub use password::{PASSWORD_MIN, WeakPassword, hash as hash_password};
pub use person::{Person, Role, find_person, is_email, normalise_email, person_by_email, person_or_new};
pub use session::{
    ListedSession, SESSION_LIFETIME, Session, open_session, revoke_session, revoke_sessions,
    session_by_token, sessions_of, touch,
};
pub use sign_in::{
    LinkWish, PasswordProblem, SignedIn, change_password, reset_password, safe_next, send_link,
    sign_in_by_link, sign_in_by_password, wish_for_link,
};
