//! The style sheet: `style/main.css` with everything that it imports, as one minified file.
//!
//! The order of the layers is the order of the imports: the bundler moves an `@layer a, b;` line behind them.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::error::Error;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};

use super::fingerprint::{Fingerprint, Step};
use super::manifest::Manifest;
use crate::paths::Workspace;
use crate::say;

const NAME: &str = "kotae.css";

/// Bundles the style sheet if it changed, and returns the folder that it is in.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let source = workspace.root.join("style");
    let results = workspace.work("style");
    let mut inputs = Fingerprint::new("style 1");
    inputs.folder(&source)?;
    let step = Step::new(workspace, "style", inputs);
    let result = results.join(NAME);
    if step.is_done() && result.is_file() {
        return Ok(results);
    }
    say::step("Bundling the style sheet", "style/ changed since it was last built");
    step.begin()?;
    let css = bundle(&source.join("main.css"))?;
    fs::create_dir_all(&results)?;
    fs::write(&result, css)?;
    step.done()?;
    Ok(results)
}

/// Puts the built style sheet among the site's assets.
pub fn publish(results: &Path, manifest: &mut Manifest) -> Result<()> {
    manifest.add(NAME, &fs::read(results.join(NAME))?).map(drop)
}

/// One minified text of a style sheet and its imports. No syntax is lowered: the browsers that Kotae is written for
/// know layers, nesting and `light-dark()`.
fn bundle(entry: &Path) -> Result<String> {
    if !entry.is_file() {
        return Err(anyhow!("{} is missing: it is where the style sheet begins", entry.display()));
    }
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| explain(&error))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| explain(&error))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| explain(&error))?;
    Ok(printed.code)
}

/// Says where an error is as editors do: lightningcss counts lines from 0. Its errors borrow the sources, so they
/// become text.
fn explain<T: Display>(error: &Error<T>) -> anyhow::Error {
    match &error.loc {
        Some(place) => anyhow!("{}:{}:{}: {}", place.filename, place.line + 1, place.column, error.kind),
        None => anyhow!("the style sheet: {}", error.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_become_layers_of_one_minified_sheet_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let main = "@import \"base.css\" layer(base);\n@import \"pages.css\" layer(pages);\n";
        fs::write(folder.path().join("main.css"), main).unwrap();
        fs::write(folder.path().join("base.css"), "body {\n  margin: 0px;\n}\n").unwrap();
        fs::write(folder.path().join("pages.css"), "main { & h1 { color: #ff0000; } }\n").unwrap();
        let css = bundle(&folder.path().join("main.css")).unwrap();
        assert_eq!(css, "@layer base{body{margin:0}}@layer pages{main{& h1{color:red}}}");
    }

    #[test]
    fn an_error_names_the_file_and_the_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.css"), "@layer base;\n@import \"absent.css\";\n").unwrap();
        let error = format!("{:#}", bundle(&folder.path().join("main.css")).unwrap_err());
        assert!(error.contains("main.css:2"), "{error}");
    }
}
