//! A browser by the name its owner knows it by, from its `User-Agent`.

use app::i18n::Locale;

/// "Chrome on Windows", 「Windows の Chrome」.
pub fn browser_name(user_agent: &str, locale: Locale) -> String {
    let has = |mark: &str| user_agent.contains(mark);
    // Most of them pretend to be those further down: the order decides.
    let browser = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find =
        |table: &[(&str, &'static str)]| table.iter().find(|(mark, _)| has(mark)).map(|(_, name)| *name);
    match (find(&browser), find(&system)) {
        (Some(browser), Some(system)) => {
            locale.t(format!("{browser}（{system}）"), format!("{browser} on {system}"))
        }
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => locale.t("不明なブラウザー", "Unknown browser").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_as_its_owner_knows_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser_name(edge, Locale::En), "Edge on Windows");
        assert_eq!(browser_name(phone, Locale::Ja), "Safari（iPhone）");
        assert_eq!(browser_name("", Locale::Ja), "不明なブラウザー");
    }
}
