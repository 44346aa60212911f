//! Words of a title or a summary without the remains of the page that they come from.

/// The names that titles hold; all others are told by number.
const NAMED: [(&str, char); 25] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("middot", '·'),
    ("bull", '•'),
    ("times", '×'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
];
/// A reference has no more bytes than this before its `;`.
const LONGEST: usize = 10;

/// Words with `&amp;`, `&#8211;` and `&#x200B;` as the characters they stand for, and without those that have no width.
pub fn decoded(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("&nbsp").filter(|after| !goes_on(after)) {
            words.push(' ');
            rest = after;
            continue;
        }
        let name = rest.find(';').filter(|end| *end <= LONGEST).map(|end| &rest[1..end]);
        match name.and_then(|name| Some((name, referred(name)?))) {
            Some((name, character)) => {
                words.push(character);
                rest = &rest[name.len() + 2..];
            }
            None => {
                words.push('&');
                rest = &rest[1..];
            }
        }
    }
    words.push_str(rest);
    words.retain(|c| !is_nothing(c) && (c == ' ' || !c.is_control()));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Translators lose the `;` of `&nbsp;`, which browsers do not mind.
fn goes_on(after: &str) -> bool {
    after.starts_with(|c: char| c == ';' || c == '=' || c.is_ascii_alphanumeric())
}

/// Zero-width spaces and joints between words, a byte order mark, soft hyphens. The joiner of emoji stays.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{180e}' | '\u{ad}')
}

/// What stands between `&` and `;`.
fn referred(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(number.ok()?).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn references_become_characters_and_what_has_no_width_goes() {
        assert_eq!(decoded("管理者&#x200B;向け\u{200b} の設定\u{feff}"), "管理者向け の設定");
        assert_eq!(decoded("Q&amp;A &ndash; A &lt;b&gt; &#169;&#x2014;"), "Q&A – A <b> ©—");
        assert_eq!(decoded("a&nbsp;b"), "a b");
        assert_eq!(decoded("リリース：&nbsp、2021年"), "リリース： 、2021年");
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in ["R&D; more", "fish & chips", "a &unknown; b", "&#0; &#x110000; &", "👩\u{200d}💻"] {
            assert_eq!(decoded(text), text);
        }
    }
}
