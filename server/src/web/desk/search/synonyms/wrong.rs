//! What is wrong with the words of a synonym, in words and at its field.

use crate::search::synonyms::WordingError;
use app::i18n::Locale;
use app::model::form::FieldErrors;
use app::model::synonyms::{SynonymForm, Way};

pub(super) fn wrong(locale: Locale, form: &SynonymForm, error: &WordingError) -> FieldErrors {
    let message = match error {
        WordingError::NoWords => locale.t("言葉を入力してください。", "Enter a word.").to_owned(),
        WordingError::NoMeanings => {
            locale.t("一緒に探す言葉を入力してください。", "Enter what else is to be found.").to_owned()
        }
        WordingError::OneWord => locale
            .t("言葉を2つ以上、1行に1つずつ入力してください。", "Enter at least two words, one a line.")
            .to_owned(),
        WordingError::TooMany => {
            locale.t("言葉は20個までにしてください。", "Enter no more than 20 words.").to_owned()
        }
        WordingError::TooLong(word) => locale.t(
            format!("「{word}」は長すぎます。60文字以内にしてください。"),
            format!("“{word}” is too long. Use 60 characters at most."),
        ),
        WordingError::SaysNothing(word) => locale.t(
            format!("「{word}」は検索の手がかりになりません。別の言葉にしてください。"),
            format!("Search finds nothing by “{word}”. Use another word."),
        ),
        WordingError::Same(a, b) => locale.t(
            format!("「{a}」と「{b}」は、検索ではもともと同じ言葉です。片方を消してください。"),
            format!("Search takes “{a}” and “{b}” for one word already. Remove one of them."),
        ),
    };
    let mut errors = FieldErrors::default();
    errors.add(field(form, error), message);
    errors
}

/// The field that the mistake is in.
fn field(form: &SynonymForm, error: &WordingError) -> &'static str {
    let in_meanings = |word: &str| {
        let said = |text: &str| text.lines().any(|line| line.split_whitespace().eq(word.split(' ')));
        form.way == Way::One && said(&form.meanings) && !said(&form.words)
    };
    match error {
        WordingError::NoMeanings => "meanings",
        WordingError::TooLong(word) | WordingError::SaysNothing(word) if in_meanings(word) => "meanings",
        _ => "words",
    }
}
