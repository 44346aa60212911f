//! `/desk`: where CRE work.

mod settings;

use super::routes::{Access, Table};

pub fn table(table: &mut Table) {
    table.get("/desk/settings", Access::Administrator, settings::show).post(
        "/desk/settings",
        Access::Administrator,
        settings::store,
    );
}
