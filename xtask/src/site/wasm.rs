//! The islands: `app` compiled for the browser once for each side, with the JavaScript that loads it.

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

/// The sides, each with a module of its own: `portal.js`, `portal.wasm`. The app has a feature of the same name.
const SIDES: [&str; 2] = ["portal", "desk"];

/// Compiles the islands if they changed, and returns the folder that they are in.
pub fn build(workspace: &Workspace, toolchain: &WasmToolchain) -> Result<PathBuf> {
    let results = workspace.work("islands");
    let mut inputs = Fingerprint::new("islands 2");
    inputs.text(&toolchain.version()?);
    inputs.folder(&workspace.root.join("app"))?;
    for file in ["Cargo.toml", "Cargo.lock"] {
        inputs.file(&workspace.root.join(file))?;
    }
    let step = Step::new(workspace, "islands", inputs);
    if step.is_done() && SIDES.iter().all(|side| results.join(side).is_dir()) {
        return Ok(results);
    }
    say::step("Compiling the islands to WebAssembly", "app/ changed since they were last built");
    step.begin()?;
    for side in SIDES {
        let wasm = compile(workspace, toolchain, side)?;
        bind(&wasm, side, &results.join(side))?;
    }
    step.done()?;
    Ok(results)
}

fn compile(workspace: &Workspace, toolchain: &WasmToolchain, side: &str) -> Result<PathBuf> {
    process::run(
        toolchain
            .cargo()
            .current_dir(&workspace.root)
            .args(["build", "--package", "app", "--lib", "--profile", "wasm", "--target", WASM])
            .args(["--no-default-features", "--features", side]),
    )?;
    Ok(toolchain.target().join(WASM).join("wasm/app.wasm"))
}

/// Writes the module for browsers and its JavaScript. This library and the app's `wasm-bindgen` must be of one
/// version; Cargo.lock names both.
fn bind(wasm: &Path, side: &str, results: &Path) -> Result<()> {
    super::empty(results)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name(side)
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
    SIDES.iter().try_for_each(|side| publish_side(side, &results.join(side), manifest))
}

fn publish_side(side: &str, results: &Path, manifest: &mut Manifest) -> Result<()> {
    let module = format!("{side}_bg.wasm");
    let wasm = manifest.add(&format!("{side}.wasm"), &fs::read(results.join(&module))?)?;
    let mut script = fs::read_to_string(results.join(format!("{side}.js")))?;
    if !script.contains(&module) {
        bail!("the islands' JavaScript does not name {module}: wasm-bindgen writes it differently now");
    }
    script = script.replace(&module, &wasm);
    if let Some(folder) = publish_snippets(&results.join("snippets"), manifest)? {
        script = script.replace("./snippets/", &format!("./{folder}/"));
    }
    manifest.add(&format!("{side}.js"), script.as_bytes())?;
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
        fs::write(results.join("desk_bg.wasm"), b"\0asm").unwrap();
        let script =
            "import { one } from './snippets/crate-1/inline0.js';\nnew URL('desk_bg.wasm', import.meta.url);";
        fs::write(results.join("desk.js"), script).unwrap();

        let mut manifest = Manifest::new(&site);
        publish_side("desk", &results, &mut manifest).unwrap();
        manifest.write().unwrap();

        let list: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(site.join("manifest.json")).unwrap()).unwrap();
        let script = fs::read_to_string(site.join(list["desk.js"].as_str().unwrap())).unwrap();
        let wasm = list["desk.wasm"].as_str().unwrap().strip_prefix("assets/").unwrap();
        assert!(script.contains(&format!("new URL('{wasm}', import.meta.url)")), "{script}");
        let snippet = script.split('\'').nth(1).unwrap().strip_prefix("./").unwrap();
        assert_eq!(fs::read_to_string(site.join("assets").join(snippet)).unwrap(), "export const one = 1;");
    }
}
