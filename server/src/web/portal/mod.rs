//! The customers' side.

mod files;
mod root;

use super::routes::{Access, Table};

pub fn table(table: &mut Table) {
    table.get("/", Access::Public, root::choose_locale).post(
        "/locale",
        Access::Public,
        root::remember_locale,
    );
    table.get("/files/{key}/{name}", Access::Public, files::show);
}
