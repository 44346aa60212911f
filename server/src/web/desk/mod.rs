//! `/desk`: where CRE work.

use super::routes::Table;

pub fn table(_table: &mut Table) {}
