//! `/desk`: where CRE work.

mod invitation;
mod password;
mod settings;
mod sign_in;

use super::routes::{Access, Table};

pub fn table(table: &mut Table) {
    table.get("/desk/settings", Access::Administrator, settings::show).post(
        "/desk/settings",
        Access::Administrator,
        settings::store,
    );
    sign_in_table(table);
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
