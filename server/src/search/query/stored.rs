//! What the index stores of an article: unpacked once, and kept while there is room.

use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Field, OwnedValue};

use crate::search::schema::Fields;

/// An article as the index stores it.
#[derive(Debug, Default, PartialEq)]
pub struct Stored {
    pub article_id: i64,
    pub translation_id: i64,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub body: String,
    /// What it is about in its own words; see [`crate::search::telling`].
    pub telling: String,
    /// Category ids from the root.
    pub category_path: Vec<i64>,
    pub updated_at: i64,
}

impl Stored {
    pub fn of(values: Values, fields: &Fields) -> Self {
        let mut stored = Self::default();
        for (field, value) in values.0 {
            match value {
                OwnedValue::Str(text) => stored.take_text(field, text, fields),
                OwnedValue::I64(number) => stored.take_number(field, number, fields),
                _ => {}
            }
        }
        stored
    }

    fn take_text(&mut self, field: Field, text: String, fields: &Fields) {
        let places = [
            (fields.slug, &mut self.slug),
            (fields.title, &mut self.title),
            (fields.summary, &mut self.summary),
            (fields.body, &mut self.body),
            (fields.telling, &mut self.telling),
        ];
        if let Some((_, place)) = places.into_iter().find(|(of, _)| *of == field) {
            *place = text;
        }
    }

    fn take_number(&mut self, field: Field, number: i64, fields: &Fields) {
        if field == fields.categories {
            self.category_path.push(number);
        } else if field == fields.article_id {
            self.article_id = number;
        } else if field == fields.translation_id {
            self.translation_id = number;
        } else if field == fields.updated_at {
            self.updated_at = number;
        }
    }

    /// How much memory it takes beside itself.
    pub fn bytes(&self) -> usize {
        let texts = [&self.slug, &self.title, &self.summary, &self.body, &self.telling];
        let texts: usize = texts.iter().map(|text| text.capacity()).sum();
        texts + self.category_path.capacity() * size_of::<i64>()
    }
}

/// Stored values as they are unpacked: Tantivy's own document would pack them anew.
pub struct Values(Vec<(Field, OwnedValue)>);

impl DocumentDeserialize for Values {
    fn deserialize<'de, D>(mut from: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut values = Vec::with_capacity(from.size_hint());
        while let Some(value) = from.next_field()? {
            values.push(value);
        }
        Ok(Self(values))
    }
}
