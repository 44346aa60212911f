//! Asking: the form, the last offer before it is sent, and what comes after.

use super::form::{Choice, FieldErrors};
use crate::i18n::Locale;
use serde::{Deserialize, Serialize};

/// Everything a form carries from page to page: what was typed, and the marks that nobody sees.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AskForm {
    /// A [`crate::model::words::RequestKind`]'s code.
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub email: String,
    pub name: String,
    /// A category's id; empty for none.
    pub area: String,
    /// Uploads that wait for this form.
    pub kept: Vec<KeptFile>,
    /// The visit's key; empty when it could not be noted.
    pub session: String,
    /// The same key makes one request, however often it is sent.
    pub submit_key: String,
    /// When the form was opened, signed.
    pub opened: String,
}

impl AskForm {
    /// As hidden fields, in the order of the form.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let texts = [
            ("kind", &self.kind),
            ("subject", &self.subject),
            ("body", &self.body),
            ("email", &self.email),
            ("name", &self.name),
            ("area", &self.area),
        ];
        let texts = texts.into_iter().map(|(name, value)| (name, value.clone()));
        texts.chain(self.marks()).chain(self.kept.iter().map(|file| ("kept", file.key.clone()))).collect()
    }

    /// What nobody types.
    pub fn marks(&self) -> [(&'static str, String); 3] {
        [
            ("session", self.session.clone()),
            ("submit_key", self.submit_key.clone()),
            ("opened", self.opened.clone()),
        ]
    }
}

/// An upload that came with an earlier try of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    pub key: String,
    pub name: String,
    /// Written for the reader.
    pub size: String,
}

/// What may be attached, for the file control.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct UploadField {
    /// "Up to 5 files, 10 MB each".
    pub hint: String,
    /// `.png,.pdf`
    pub accept: String,
    /// Nothing may be attached: the control is left out.
    pub none: bool,
}

/// The form.
#[derive(Clone, Debug, Default)]
pub struct AskPage {
    pub csrf: String,
    pub form: AskForm,
    /// The address of whoever is signed in: not asked for again.
    pub replies_to: Option<String>,
    pub areas: Vec<Choice>,
    pub upload: UploadField,
    pub errors: FieldErrors,
    /// "Mon–Fri 9:00–18:00"; empty when no hours are set.
    pub hours: String,
    /// "By about 15:00 today".
    pub expected: String,
}

/// An article that may answer what was typed, readable in place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    pub article_id: i64,
    pub title: String,
    /// The article's own language.
    pub locale: Locale,
    /// Rendered, safe.
    pub html: String,
    /// Opens the article in a page of its own, and notes that it was opened.
    pub href: String,
}

/// "Before you send".
#[derive(Clone, Debug, Default)]
pub struct BeforePage {
    pub csrf: String,
    pub form: AskForm,
    pub replies_to: String,
    /// The name of the chosen product area.
    pub area: Option<String>,
    /// The likeliest first; empty when the page only asks for a second look.
    pub answers: Vec<Answer>,
}

/// "This solved it".
#[derive(Clone, Debug, Default)]
pub struct SolvedPage {
    pub csrf: String,
    pub form: AskForm,
    pub title: String,
    pub href: String,
}

/// The receipt.
#[derive(Clone, Debug, Default)]
pub struct SentPage {
    pub number: i64,
    pub subject: String,
    pub expected: String,
    pub email: String,
    /// The private link's path, and as an absolute address.
    pub link: String,
    pub url: String,
}
