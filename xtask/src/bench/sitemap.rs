//! Which articles a portal has: what its own sitemap lists.

use anyhow::{Result, bail};

use crate::http;

/// The paths of every published article of a language, `/en/articles/…`.
pub fn articles(port: u16, locale: &str) -> Result<Vec<String>> {
    let map = http::text(port, "/sitemap.xml")?;
    let mut maps = vec![map];
    if maps[0].contains("<sitemapindex") {
        let index = maps.remove(0);
        for address in addresses(&index) {
            maps.push(http::text(port, path(address))?);
        }
    }
    let prefix = format!("/{locale}/articles/");
    let paths = maps.iter().flat_map(|map| addresses(map)).map(path).filter(|path| path.starts_with(&prefix));
    let paths: Vec<String> = paths.map(str::to_owned).collect();
    if paths.is_empty() {
        bail!("the sitemap lists no article below {prefix}");
    }
    Ok(paths)
}

fn addresses(map: &str) -> impl Iterator<Item = &str> {
    map.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0))
}

/// The path of an absolute address.
fn path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').map_or("/", |slash| &rest[slash..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_from_their_elements() {
        let map = "<urlset><url><loc>https://help.example.com/en/articles/a</loc></url></urlset>";
        let paths: Vec<_> = addresses(map).map(path).collect();
        assert_eq!(paths, ["/en/articles/a"]);
    }
}
