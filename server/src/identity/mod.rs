//! People: who they are, what they may do, how they prove it.

mod audit;
mod cleanup;
mod person;
mod session;

pub use audit::{Actor, audit};
pub use cleanup::clean_up;
pub use person::{Person, Role, find_person, normalise_email, person_by_email};
pub use session::{SESSION_LIFETIME, Session, open_session, revoke_session, session_by_token, touch};
