//! `/desk/articles`: the list, the editor, revisions and search phrases.

mod edit;
mod frame;
mod images;
mod list;
mod phrases;
mod revisions;
mod save;
mod shelve;
#[cfg(test)]
mod tests;

pub use images::{look_over_images, store_image};

use crate::web::routes::{Access::Cre, Table};

pub fn table(table: &mut Table) {
    table
        .get("/desk/articles", Cre, list::show)
        .get("/desk/articles/new", Cre, edit::new)
        .post("/desk/articles/new", Cre, save::create)
        .get("/desk/articles/{id}/{language}/edit", Cre, edit::show)
        .post("/desk/articles/{id}/{language}/edit", Cre, save::store)
        .post("/desk/articles/{id}/delete", Cre, save::delete)
        .get("/desk/articles/{id}/{language}/revisions", Cre, revisions::show)
        .post("/desk/articles/{id}/{language}/restore", Cre, revisions::restore)
        .get("/desk/articles/{id}/{language}/phrases", Cre, phrases::show)
        .post("/desk/articles/{id}/{language}/phrases", Cre, phrases::add)
        .post("/desk/articles/{id}/{language}/phrases/remove", Cre, phrases::remove);
}
