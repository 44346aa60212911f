//! The built files: style, islands, icons. Embedded in a release build, read from a folder while developing.
//!
//! `manifest.json` maps a plain name (`kotae.css`) to the file with its content's hash in the name, which is then
//! served as immutable. Beside a file may lie `.br` and `.gz`.

use super::headers::{accepts_coding, content_security_policy};
use app::model::shell::Side;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Cheap to clone. All files are in memory.
#[derive(Clone, Debug, Default)]
pub struct Assets(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    manifest: BTreeMap<String, String>,
    files: BTreeMap<String, Bytes>,
    /// The inline scripts that wake the islands; constant, so that their hashes can stand in the policy.
    portal: String,
    desk: String,
    policy: Option<HeaderValue>,
}

impl Assets {
    /// Reads a site folder; without one the files that were built in (none in a plain debug build).
    pub fn open(site: Option<&Path>) -> anyhow::Result<Self> {
        let mut files = BTreeMap::new();
        match site {
            Some(folder) => read_folder(folder, folder, &mut files).map_err(|error| {
                anyhow::anyhow!("cannot read the site folder {}: {error}", folder.display())
            })?,
            None => embedded(&mut files),
        }
        let manifest: BTreeMap<String, String> = match files.get("manifest.json") {
            Some(bytes) => serde_json::from_slice(bytes)?,
            None => BTreeMap::new(),
        };
        let mut inner = Inner { manifest, files, ..Inner::default() };
        inner.portal = bootstrap(&inner.manifest, "portal");
        inner.desk = bootstrap(&inner.manifest, "desk");
        let hashes = [&inner.portal, &inner.desk].map(|script| STANDARD.encode(Sha256::digest(script)));
        inner.policy = Some(HeaderValue::try_from(content_security_policy(&hashes))?);
        Ok(Self(Arc::new(inner)))
    }

    /// The address of a built file by its plain name.
    pub fn url(&self, name: &str) -> String {
        self.0.manifest.get(name).map_or_else(|| format!("/{name}"), |path| format!("/{path}"))
    }

    /// The script that wakes the islands of a side's pages; empty when they were not built.
    pub fn bootstrap(&self, side: Side) -> &str {
        match side {
            Side::Portal => &self.0.portal,
            Side::Desk => &self.0.desk,
        }
    }

    /// The content security policy, which admits those scripts by their hashes.
    pub fn policy(&self) -> &HeaderValue {
        static CLOSED: HeaderValue = HeaderValue::from_static("default-src 'none'");
        self.0.policy.as_ref().unwrap_or(&CLOSED)
    }

    /// Answers with a file, in the best encoding that the browser takes; `None` if there is no such file.
    pub fn serve(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let plain = self.0.files.get(path)?;
        let encoded = [("br", ".br"), ("gzip", ".gz")].into_iter().find_map(|(coding, suffix)| {
            let body = self.0.files.get(&format!("{path}{suffix}"))?;
            accepts_coding(headers, coding).then_some((coding, body))
        });
        let hashed = self.0.manifest.values().any(|value| value == path) || path.starts_with("assets/");
        let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        let base = [
            (header::CONTENT_TYPE, media_type(path)),
            (header::CACHE_CONTROL, cache),
            (header::VARY, "accept-encoding"),
        ];
        Some(match encoded {
            Some((coding, body)) => {
                (StatusCode::OK, base, [(header::CONTENT_ENCODING, coding)], body.clone()).into_response()
            }
            None => (StatusCode::OK, base, plain.clone()).into_response(),
        })
    }
}

/// Loads a side's module, script and code at once, where a page has islands, and wakes them; pages work without.
fn bootstrap(manifest: &BTreeMap<String, String>, side: &str) -> String {
    let file = |extension: &str| manifest.get(&format!("{side}.{extension}"));
    let (Some(js), Some(wasm)) = (file("js"), file("wasm")) else { return String::new() };
    format!(
        "const all=document.querySelectorAll('leptos-island');\
         if(all.length){{const code=fetch('/{wasm}'),m=await import('/{js}');\
         await m.default({{module_or_path:code}});m.hydrate();for(const e of all)m[e.dataset.component](e)}}\
         document.documentElement.dataset.islands='awake'"
    )
}

fn read_folder(root: &Path, folder: &Path, files: &mut BTreeMap<String, Bytes>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            let name = relative.to_string_lossy().replace('\\', "/");
            let name = name.strip_prefix("public/").unwrap_or(&name).to_owned();
            files.insert(name, Bytes::from(std::fs::read(&path)?));
        }
    }
    Ok(())
}

#[cfg(feature = "embed")]
fn embedded(files: &mut BTreeMap<String, Bytes>) {
    static SITE: include_dir::Dir<'static> = include_dir::include_dir!("$KOTAE_SITE");
    fn walk(folder: &'static include_dir::Dir<'static>, files: &mut BTreeMap<String, Bytes>) {
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            let name = name.strip_prefix("public/").unwrap_or(&name).to_owned();
            files.insert(name, Bytes::from_static(file.contents()));
        }
        folder.dirs().for_each(|inner| walk(inner, files));
    }
    walk(&SITE, files);
}

#[cfg(not(feature = "embed"))]
fn embedded(_files: &mut BTreeMap<String, Bytes>) {}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_loads_its_own_islands_and_the_policy_admits_both_scripts() {
        let site = tempfile::tempdir().expect("a folder");
        let manifest = r#"{"portal.js": "assets/portal.1.js", "portal.wasm": "assets/portal.2.wasm",
            "desk.js": "assets/desk.3.js", "desk.wasm": "assets/desk.4.wasm"}"#;
        std::fs::write(site.path().join("manifest.json"), manifest).expect("a manifest");
        let assets = Assets::open(Some(site.path())).expect("assets");
        let policy = assets.policy().to_str().expect("a policy");
        for (side, own, other) in [(Side::Portal, "portal", "desk"), (Side::Desk, "desk", "portal")] {
            let script = assets.bootstrap(side);
            assert!(script.contains(&format!("import('/assets/{own}.")), "{script}");
            assert!(script.contains(&format!("fetch('/assets/{own}.")), "{script}");
            assert!(!script.contains(other), "{script}");
            assert!(
                policy.contains(&format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)))),
                "{policy}"
            );
        }
    }

    #[test]
    fn without_built_islands_no_script_is_sent() {
        assert_eq!(Assets::open(None).expect("assets").bootstrap(Side::Portal), "");
    }
}
