//! The wasm target from Debian's packages, for machines that reach those but not rustup's servers.
//!
//! `rustc-web` is a compiler whose sources, standard library included, come as `rust-web-src`. The library is compiled
//! for wasm into a folder of cargo's target directory and put into a sysroot there. Cargo resumes an interrupted
//! compilation by itself, and the sysroot appears under its name by one rename, complete or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{WASM, holds_core, rustc};
use crate::paths::Workspace;
use crate::stopwatch::Stopwatch;
use crate::{apt, process, say};

const RUSTC: &str = "/usr/bin/rustc";
const SOURCES: &str = "/usr/lib/rustlib/src/rust/library/sysroot";

/// Debian's compiler with a wasm standard library beside it.
pub struct Packaged {
    /// `rustc -vV` of the packaged compiler.
    pub version: String,
    /// Its own target directory: two compilers in one would rebuild each other's work.
    pub target: PathBuf,
    sysroot: PathBuf,
    linker: PathBuf,
}

impl Packaged {
    /// A cargo that compiles with this compiler. Build scripts and macros use its own host library.
    pub fn cargo(&self) -> Command {
        let mut cargo = process::cargo();
        cargo
            .env("RUSTC", RUSTC)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                format!("--sysroot={}", self.sysroot.display()),
            );
        cargo
    }
}

/// The packaged toolchain, if an earlier run has finished it.
pub fn ready(workspace: &Workspace) -> Option<Packaged> {
    let version = version().ok()?;
    let packaged = describe(workspace, version).ok()?;
    holds_core(&library(&packaged.sysroot)).then_some(packaged)
}

/// Installs the packages and builds the library, as far as that has not happened yet.
pub fn prepare(workspace: &Workspace) -> Result<Packaged> {
    if let Some(packaged) = ready(workspace) {
        return Ok(packaged);
    }
    if version().is_err() || !Path::new(SOURCES).is_dir() {
        apt::install(
            &["rustc-web", "rust-web-src"],
            "a compiler with the sources of its standard library, which rustup could not give for wasm",
        )?;
    }
    let version = version().with_context(|| format!("{RUSTC} is not there after installing rustc-web"))?;
    let packaged = describe(workspace, version)?;
    build_library(workspace, &packaged)?;
    Ok(packaged)
}

fn version() -> Result<String> {
    process::output(Command::new(RUSTC).arg("-vV"))
}

fn describe(workspace: &Workspace, version: String) -> Result<Packaged> {
    let release = version
        .lines()
        .find_map(|line| line.strip_prefix("release: "))
        .with_context(|| format!("{RUSTC} does not tell its release"))?
        .to_owned();
    let home = workspace.work("packaged-wasm");
    Ok(Packaged {
        sysroot: home.join(format!("sysroot-{release}")),
        target: home.join("target"),
        linker: linker()?,
        version,
    })
}

/// A linker for wasm: the ordinary toolchain brings LLVM's, whatever targets it lacks.
fn linker() -> Result<PathBuf> {
    let sysroot = PathBuf::from(process::output(rustc().args(["--print", "sysroot"]))?.trim());
    let version = process::output(rustc().arg("-vV"))?;
    let bundled = sysroot.join("lib/rustlib").join(host(&version)?).join("bin/rust-lld");
    if bundled.is_file() {
        return Ok(bundled);
    }
    match process::find("rust-lld").or_else(|| process::find("wasm-ld")) {
        Some(found) => Ok(found),
        None => {
            bail!("no linker for wasm: neither {} nor `wasm-ld` (Debian's package lld)", bundled.display())
        }
    }
}

fn host(version: &str) -> Result<&str> {
    version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not tell its host")
}

fn library(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(WASM).join("lib")
}

fn build_library(workspace: &Workspace, packaged: &Packaged) -> Result<()> {
    say::step(
        &format!("Compiling Rust's standard library for {WASM}"),
        "the packages hold only its sources; once",
    );
    let watch = Stopwatch::start();
    let name = packaged.sysroot.file_name().context("a sysroot has a name")?.to_string_lossy();
    let build = workspace.work("packaged-wasm").join(format!("{name}.build"));
    process::run(
        process::cargo()
            .args(["build", "--release", "--locked", "--target", WASM])
            .current_dir(SOURCES)
            .env("CARGO_TARGET_DIR", &build)
            .env("RUSTC", RUSTC)
            // What the compiler's own build does: unstable features, and crates that only it may name.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked")
            .env("__CARGO_DEFAULT_LIB_METADATA", "1"),
    )?;

    let staged = workspace.work("packaged-wasm").join(format!("{name}.staged"));
    if staged.exists() {
        fs::remove_dir_all(&staged).with_context(|| format!("{} cannot be removed", staged.display()))?;
    }
    let libraries = library(&staged);
    fs::create_dir_all(&libraries)?;
    for file in fs::read_dir(build.join(WASM).join("release/deps"))? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "rlib") {
            let name = file.file_name().context("a library has a name")?;
            fs::copy(&file, libraries.join(name))?;
        }
    }
    if packaged.sysroot.exists() {
        fs::remove_dir_all(&packaged.sysroot)?;
    }
    fs::rename(&staged, &packaged.sysroot)?;
    fs::remove_dir_all(&build)?;
    say::note(&format!("the wasm target is ready, after {}", watch.words()));
    Ok(())
}
