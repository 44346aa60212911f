//! Journeys through a real portal in a real browser, and pictures of its pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::counts::Counts;
use crate::paths::Workspace;
use crate::portal::{Build, Portal};
use crate::{chromium, compile, process, say, site, toolchain};

/// A portal with the demo, and everything that Playwright needs to walk through it.
pub struct Stage<'a> {
    workspace: &'a Workspace,
    tests: PathBuf,
    browser: PathBuf,
    build: Build,
    portal: Portal,
}

impl<'a> Stage<'a> {
    /// Installs what is missing, builds what changed and starts the portal.
    pub fn set(workspace: &'a Workspace) -> Result<Self> {
        toolchain::check_tools()?;
        let browser = chromium::ensure()?;
        let tests = workspace.root.join("end2end");
        install(&tests)?;
        let build = Build { site: site::build(workspace)?, program: compile::server(workspace, false)? };
        say::step("Starting a portal of our own", "a fresh demo, gone when the browser is done");
        let portal = Portal::demo(workspace, &build)?;
        Ok(Self { workspace, tests, browser, build, portal })
    }

    /// Playwright on these of the projects that end2end/playwright.config.ts names.
    pub fn playwright(&self, projects: &[&str]) -> Command {
        let mut playwright = Command::new(self.tests.join("node_modules/.bin/playwright"));
        playwright.arg("test").args(projects.iter().map(|name| format!("--project={name}")));
        playwright
            .env("KOTAE_TEST_URL", self.portal.url())
            .env("KOTAE_TEST_DATA", self.portal.data())
            .env("KOTAE_TEST_PROGRAM", &self.build.program)
            .env(chromium::CHOICE, &self.browser)
            .current_dir(&self.tests)
            .stdin(Stdio::null());
        playwright
    }
}

/// Runs the journeys on both window sizes; `filter` goes to Playwright.
pub fn run(workspace: &Workspace, filter: &[String]) -> Result<Counts> {
    let stage = Stage::set(workspace)?;
    let results = workspace.work("e2e");
    fs::create_dir_all(&results)?;
    let report = results.join("report.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut playwright = stage.playwright(&["desktop", "phone"]);
    playwright.arg("--reporter=list,json").args(filter).env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    say::note(&process::words(&playwright));
    let status = playwright.status().context("Playwright could not be started")?;
    let counts = match fs::read_to_string(&report) {
        Ok(report) => Counts::from_playwright(&report)?,
        Err(_) => bail!("Playwright ended with {status} and wrote no report"),
    };
    if status.success() {
        return Ok(counts);
    }
    say::note(&format!("the server's log: {}", stage.workspace.work("logs").join("portal.log").display()));
    Ok(if counts.failed == 0 { counts + Counts::one_failed() } else { counts })
}

/// Installs Playwright as package-lock.json names it, unless that has happened.
fn install(tests: &Path) -> Result<()> {
    let lock =
        fs::read(tests.join("package-lock.json")).context("end2end/package-lock.json cannot be read")?;
    let installed = tests.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if process::find("npm").is_none() {
        bail!(
            "missing: npm (package npm, or Node.js from nodejs.org); the journeys are written for Playwright"
        );
    }
    say::step("Installing Playwright with npm", "package-lock.json changed, or nothing was installed yet");
    // The browser is the system's own: none is to be downloaded.
    process::run(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(tests),
    )?;
    fs::write(installed, lock).context("end2end/node_modules cannot be written")
}
