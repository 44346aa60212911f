//! Which language somebody is answered in, when the address does not say.

use app::i18n::Locale;

/// The best of the offered locales for an `Accept-Language` header (RFC 9110, 12.5.4), if it names any of them.
pub fn accepted(header: &str, offered: &[Locale]) -> Option<Locale> {
    let mut best: Option<(f32, Locale)> = None;
    for part in header.split(',') {
        let mut pieces = part.split(';');
        let range = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = pieces
            .find_map(|piece| piece.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()))
            .unwrap_or(1.0);
        let primary = range.split('-').next().unwrap_or_default();
        let Some(locale) = Locale::from_tag(primary).filter(|locale| offered.contains(locale)) else {
            continue;
        };
        // Of equal qualities the first named wins.
        if quality > 0.0 && best.is_none_or(|(best, _)| quality > best) {
            best = Some((quality, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_offered_language_wins() {
        let both = &Locale::ALL;
        assert_eq!(accepted("en-GB,en;q=0.9,ja;q=0.8", both), Some(Locale::En));
        assert_eq!(accepted("fr, en;q=0.5, ja;q=0.7", both), Some(Locale::Ja));
        assert_eq!(accepted("ja;q=0, en;q=0.1", both), Some(Locale::En));
        assert_eq!(accepted("fr-CA, *;q=0.1", both), None);
        assert_eq!(accepted("en", &[Locale::Ja]), None);
        assert_eq!(accepted(";;;,q=,\u{0}", both), None);
    }
}
