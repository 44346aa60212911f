//! The islands: `app` compiled for the browser, with the JavaScript that loads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;
use wasm_bindgen_cli_support::Bindgen;

use super::fingerprint::{Fingerprint, Step};
use super::manifest::Manifest;
use crate::paths::Workspace;
use crate::toolchain::{WASM, WasmToolchain};
use crate::{process, say};

/// The name of the islands' files: `kotae.js`, `kotae.wasm`.
const NAME: &str = "kotae";

/// Compiles the islands if they changed, and returns the folder that they are in.
pub fn build(workspace: &Workspace, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let results = workspace.work("islands");
    let mut inputs = Fingerprint::new("islands 1");
    inputs.text(&toolchain.version()?);
    inputs.folder(&workspace.root.join("app"))?;
    for file in ["Cargo.toml", "Cargo.lock"] {
        inputs.file(&workspace.root.join(file))?;
    }
    let step = Step::new(workspace, "islands", inputs);
    if step.is_done() && results.join(format!("{NAME}.js")).is_file() {
        return Ok(results);
    }
    say::step("Compiling the islands to WebAssembly", "app/ changed since they were last built");
    step.begin()?;
    let wasm = compile(workspace, toolchain)?;
    bind(&wasm, &results)?;
    step.done()?;
    Ok(results)
}

fn compile(workspace: &Workspace, toolchain: &WasmToolchain) -> Result<PathBuf> {
    process::run(
        toolchain
            .cargo()
            .current_dir(&workspace.root)
            .args(["build", "--package", "app", "--lib", "--profile", "wasm", "--target", WASM])
            .args(["--no-default-features", "--features", "hydrate"]),
    )?;
    Ok(toolchain.target().join(WASM).join("wasm/app.wasm"))
}

/// Writes the module for browsers and its JavaScript. This library and the app's `wasm-bindgen` must be of one
/// version; Cargo.lock names both.
fn bind(wasm: &Path, results: &Path) -> Result<()> {
    super::empty(results)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(results)
        .context("wasm-bindgen could not make the islands' JavaScript")
}

/// Puts the built islands among the site's assets, so that each names the next by its hashed name.
pub fn publish(results: &Path, manifest: &mut Manifest) -> Result<()> {
    let module = format!("{NAME}_bg.wasm");
    let wasm = manifest.add(&format!("{NAME}.wasm"), &fs::read(results.join(&module))?)?;
    let mut script = fs::read_to_string(results.join(format!("{NAME}.js")))?;
    if !script.contains(&module) {
        bail!("the islands' JavaScript does not name {module}: wasm-bindgen writes it differently now");
    }
    script = script.replace(&module, &wasm);
    if let Some(folder) = publish_snippets(&results.join("snippets"), manifest)? {
        script = script.replace("./snippets/", &format!("./{folder}/"));
    }
    manifest.add(&format!("{NAME}.js"), script.as_bytes())?;
    Ok(())
}

/// JavaScript that crates bring along. The files may import one another by relative paths, so their folder is kept
/// whole and named by the hash of all of it.
fn publish_snippets(folder: &Path, manifest: &Manifest) -> Result<Option<String>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut fingerprint = Fingerprint::new("snippets 1");
    fingerprint.folder(folder)?;
    let name = format!("snippets.{}", &fingerprint.finish()[..12]);
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder)?.to_string_lossy();
            manifest.write_asset(&format!("{name}/{path}"), &fs::read(entry.path())?)?;
        }
    }
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_module_and_snippets_name_each_other_by_their_hashed_names() {
        let folder = tempfile::tempdir().unwrap();
        let results = folder.path().join("results");
        let site = folder.path().join("site");
        fs::create_dir_all(results.join("snippets/crate-1")).unwrap();
        fs::write(results.join("snippets/crate-1/inline0.js"), "export const one = 1;").unwrap();
        fs::write(results.join("kotae_bg.wasm"), b"\0asm").unwrap();
        let script = "import { one } from './snippets/crate-1/inline0.js';\nnew URL('kotae_bg.wasm', import.meta.url);";
        fs::write(results.join("kotae.js"), script).unwrap();

        let mut manifest = Manifest::new(&site);
        publish(&results, &mut manifest).unwrap();
        manifest.write().unwrap();

        let list: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(site.join("manifest.json")).unwrap()).unwrap();
        let script = fs::read_to_string(site.join(list["kotae.js"].as_str().unwrap())).unwrap();
        let wasm = list["kotae.wasm"].as_str().unwrap().strip_prefix("assets/").unwrap();
        assert!(script.contains(&format!("new URL('{wasm}', import.meta.url)")), "{script}");
        let snippet = script.split('\'').nth(1).unwrap().strip_prefix("./").unwrap();
        assert_eq!(fs::read_to_string(site.join("assets").join(snippet)).unwrap(), "export const one = 1;");
    }
}
