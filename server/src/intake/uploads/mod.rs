//! Files that people send: checked, stripped of what they tell about the sender, stored once, and read only by those
//! who may read what they hang on.
//!
//! ```text
//! let checked = uploads::check(&Limits::for_customers(&settings), "screen.png", bytes)?; // no transaction needed
//! let file = uploads::store(&mut tx, &app.chance, now, &Owner::Article(id), &checked).await?;
//! format!("![]({})", file.href());
//! ```

mod check;
mod kinds;
mod metadata;
mod names;
mod read;
mod store;
#[cfg(test)]
mod tests;

pub use check::{Checked, Limits, Refusal, check};
pub use kinds::{ALL_EXTENSIONS, CUSTOMER_DEFAULT, accept};
pub use read::{Content, Reader, open};
pub use store::{
    Attachment, Owner, PENDING_LIFETIME, claim_for_article, discard, of_messages, pending,
    share_with_article, shown, store, sweep, waiting,
};
