//! What a form shows again after a mistake: its errors, and the choices it offers.

use serde::{Deserialize, Serialize};

/// One mistake in a form. `field` is the control's `name`; the message is in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

/// All mistakes of a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every message about a field, one after another: for a field of several lines, each with a mistake of its own.
    pub fn all_of(&self, field: &str) -> Option<String> {
        let own = self.0.iter().filter(|error| error.field == field);
        let messages: Vec<&str> = own.map(|error| error.message.as_str()).collect();
        (!messages.is_empty()).then(|| messages.join(" "))
    }

    /// The first message about a field, for the words beside it.
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// One choice of a select, of radios or of checkboxes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// One sentence under the label; radios and checkboxes only.
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_of_a_field_is_the_one_beside_it() {
        let mut errors = FieldErrors::default();
        errors.add("email", "first");
        errors.add("subject", "other");
        errors.add("email", "second");
        assert_eq!(errors.of("email").as_deref(), Some("first"));
        assert_eq!(errors.all_of("email").as_deref(), Some("first second"));
        assert_eq!((errors.of("body"), errors.all_of("body")), (None, None));
        assert!(!errors.is_empty());
    }
}
