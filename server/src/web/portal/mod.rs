//! The customers' side.

mod root;

use super::routes::{Access, Table};

pub fn table(table: &mut Table) {
    table.get("/", Access::Public, root::choose_locale).post(
        "/locale",
        Access::Public,
        root::remember_locale,
    );
}
