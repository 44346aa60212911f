//! The compilers: what a machine needs before anything can be built, and the way to the wasm target.

mod packaged;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::paths::Workspace;
use crate::{apt, process, say};

/// The target that islands are compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Forces one way to the wasm target: `rustup` or `packaged`.
const CHOICE: &str = "XTASK_WASM_TOOLCHAIN";

/// A compiler that can build for wasm.
pub enum WasmToolchain {
    /// The ordinary toolchain has the target.
    Ordinary { target: PathBuf },
    /// Debian's packaged compiler with a standard library that was built here.
    Packaged(packaged::Packaged),
}

impl WasmToolchain {
    /// A cargo that compiles for wasm with this toolchain.
    pub fn cargo(&self) -> Command {
        match self {
            Self::Ordinary { target } => {
                let mut cargo = process::cargo();
                cargo.env("CARGO_TARGET_DIR", target);
                cargo
            }
            Self::Packaged(packaged) => packaged.cargo(),
        }
    }

    /// Where that cargo puts its results.
    pub fn target(&self) -> &PathBuf {
        match self {
            Self::Ordinary { target } => target,
            Self::Packaged(packaged) => &packaged.target,
        }
    }

    /// The exact compiler, for fingerprints.
    pub fn version(&self) -> Result<String> {
        match self {
            Self::Ordinary { .. } => process::output(rustc().arg("-vV")),
            Self::Packaged(packaged) => Ok(packaged.version.clone()),
        }
    }
}

/// Checks for what xtask cannot do without, and installs it where it may.
pub fn check_tools() -> Result<()> {
    if ["cc", "gcc", "clang"].iter().all(|name| process::find(name).is_none()) {
        apt::install(&["gcc", "libc6-dev"], "SQLite is compiled from C")?;
    }
    Ok(())
}

/// Finds a way to compile for wasm; prepares one when there is none yet.
pub fn ensure_wasm(workspace: &Workspace) -> Result<WasmToolchain> {
    let choice = std::env::var(CHOICE).unwrap_or_default();
    match choice.as_str() {
        "packaged" => return packaged::prepare(workspace).map(WasmToolchain::Packaged),
        "" | "rustup" => {}
        other => bail!("{CHOICE}={other}: it can be `rustup` or `packaged`"),
    }
    let ordinary = || WasmToolchain::Ordinary { target: workspace.target.clone() };
    if has_wasm()? {
        return Ok(ordinary());
    }
    // Once the packaged way was needed here, rustup is not asked again on every run.
    if choice.is_empty()
        && let Some(ready) = packaged::ready(workspace)
    {
        return Ok(WasmToolchain::Packaged(ready));
    }
    let why = match add_by_rustup() {
        Ok(()) if has_wasm()? => return Ok(ordinary()),
        Ok(()) => "rustup added it to another toolchain than the one in use".into(),
        Err(error) => error.to_string(),
    };
    if choice == "rustup" {
        bail!("the wasm target could not be added: {why}");
    }
    say::note(&format!("rustup could not: {why}"));
    packaged::prepare(workspace).map(WasmToolchain::Packaged).context(
        "neither rustup nor Debian's packages gave a compiler for wasm; with rustup and its servers in reach, \
         `rustup target add wasm32-unknown-unknown` is all that is needed",
    )
}

fn add_by_rustup() -> Result<()> {
    if process::find("rustup").is_none() {
        bail!("rustup is not installed");
    }
    say::step(&format!("Adding the target {WASM} with rustup"), "islands run in the browser as WebAssembly");
    // A machine that cannot reach rustup's servers has another way: one attempt says enough.
    process::run(Command::new("rustup").args(["target", "add", WASM]).env("RUSTUP_MAX_RETRIES", "1"))
}

fn has_wasm() -> Result<bool> {
    let folder = process::output(rustc().args(["--print", "target-libdir", "--target", WASM]))?;
    Ok(holds_core(&PathBuf::from(folder.trim())))
}

/// Whether a target's library folder is more than an empty shell.
fn holds_core(folder: &PathBuf) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libcore-")))
    })
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
