//! File names that are safe to store, to show and to save under.

use unicode_normalization::UnicodeNormalization;

/// Characters of a name, at most; the extension is kept.
const LONGEST: usize = 120;

/// The last part of a path, without control and direction characters, without what file systems refuse, in NFC.
/// Never empty.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .nfc()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let clean = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 10 => (stem, Some(extension)),
        _ => (clean, None),
    };
    let room = LONGEST - extension.map_or(0, |extension| extension.chars().count() + 1);
    let stem: String = stem.trim().chars().take(room).collect();
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    match extension {
        Some(extension) => format!("{stem}.{extension}"),
        None => stem,
    }
}

/// Zero-width characters and those that turn the direction of text, so that `gnp.exe` does not read as `exe.png`.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_keeps_its_words_and_loses_its_path() {
        assert_eq!(safe_name("C:\\photos\\画面 1.PNG"), "画面 1.PNG");
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("か\u{3099}.png"), "が.png");
    }

    #[test]
    fn what_would_mislead_or_break_is_taken_out() {
        assert_eq!(safe_name("photo\u{202E}gnp.exe"), "photognp.exe");
        assert_eq!(safe_name("a\r\nb<c>.txt"), "ab_c_.txt");
        assert_eq!(safe_name(".htaccess"), "htaccess");
        assert_eq!(safe_name("..."), "file");
        assert_eq!(safe_name(".png"), "png");
    }

    #[test]
    fn a_long_name_is_cut_before_its_extension() {
        let name = safe_name(&format!("{}.pdf", "長".repeat(300)));
        assert_eq!(name.chars().count(), 120);
        assert!(name.ends_with("長.pdf"));
    }
}
