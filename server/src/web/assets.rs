//! The built files: style, islands, icons. Embedded in a release build, read from a folder while developing.
//!
//! `manifest.json` maps a plain name (`kotae.css`) to the file with its content's hash in the name, which is then
//! served as immutable. Beside a file may lie `.br` and `.gz`.

use super::headers::{accepts_coding, content_security_policy};
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
    /// The inline script that wakes the islands; constant, so that its hash can stand in the policy.
    bootstrap: String,
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
        if let (Some(js), Some(wasm)) = (inner.manifest.get("kotae.js"), inner.manifest.get("kotae.wasm")) {
            inner.bootstrap = bootstrap(js, wasm);
        }
        let hash = STANDARD.encode(Sha256::digest(inner.bootstrap.as_bytes()));
        inner.policy = Some(HeaderValue::try_from(content_security_policy(&hash))?);
        Ok(Self(Arc::new(inner)))
    }

    /// The address of a built file by its plain name.
    pub fn url(&self, name: &str) -> String {
        self.0.manifest.get(name).map_or_else(|| format!("/{name}"), |path| format!("/{path}"))
    }

    /// The script that wakes the islands; empty when they were not built.
    pub fn bootstrap(&self) -> &str {
        &self.0.bootstrap
    }

    /// The content security policy, which admits that script by its hash.
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

/// Wakes every island once the module has loaded; pages work without.
fn bootstrap(js: &str, wasm: &str) -> String {
    format!(
        "import('/{js}').then(async m=>{{await m.default({{module_or_path:'/{wasm}'}});m.hydrate();\
         for(const e of document.querySelectorAll('leptos-island'))m[e.dataset.component]?.(e);\
         document.documentElement.dataset.islands='awake'}})"
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
