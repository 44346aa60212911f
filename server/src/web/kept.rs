//! What a form held, kept until its request is answered: whatever goes wrong on the way, the page that tells of it gives
//! the words back.

use super::Form;
use std::sync::{Arc, Mutex, PoisonError};

/// A place that the form's reader fills and the error page empties; one per request. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<Option<Form>>>);

impl Kept {
    /// Remembers the fields of a form; of its files no more than their names.
    pub fn put(&self, form: &Form) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(form.without_bytes());
    }

    pub fn take(&self) -> Option<Form> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
