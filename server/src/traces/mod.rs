//! What in a text tells who wrote it, whatever it is about: addresses of the net and of the post, keys, long numbers.

mod numbers;
mod postal;
mod web;

/// Stands where something was cut out, so that whoever goes on with the text can mend what is around it.
pub const CUT: char = '\u{fffc}';

/// The text with [`CUT`] in place of mail, web and postal addresses, keys, and numbers long enough for a telephone, an
/// account or an order. Spaces and lines stay as they are.
pub fn mark_traces(text: &str) -> String {
    numbers::cut(&postal::cut(&web::cut(&text.replace(CUT, " "))))
}

/// The text without what [`mark_traces`] marks, in single spaces.
pub fn without_traces(text: &str) -> String {
    mark_traces(text).replace(CUT, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Kanji and katakana: what Japanese names are mostly made of, and what they end at hiragana by.
pub(crate) fn is_name_letter(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | 'ァ'..='ヺ' | 'ー' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

#[cfg(test)]
mod tests {
    use super::without_traces;

    #[test]
    fn addresses_and_long_numbers_go_and_codes_stay() {
        for (typed, kept) in [
            ("invoice for aoi@example.com", "invoice for"),
            ("請求書をaoi@example.comへ", "請求書をへ"),
            ("注文 １２３４−５６７８ が届かない", "注文 が届かない"),
            ("ERR_5021 after v2.4.6", "ERR_5021 after v2.4.6"),
        ] {
            assert_eq!(without_traces(typed), kept);
        }
    }
}
