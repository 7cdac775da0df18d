//! `cargo xtask test`: everything that can be wrong. The runners of tests come last, so that their own
//! summaries stand at the end.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{cargo, command, run};
use crate::{build, root, setup, target};

/// What the real webmails of `tests/webmail/` and the mail server behind them need on Debian.
const WEBMAILS: &[&str] = &[
    "dovecot-imapd",
    // Roundcube.
    "roundcube-core",
    "roundcube-sqlite3",
    "php-cli",
    "php-sqlite3",
    "php-intl",
    "php-mbstring",
    "php-xml",
    // SOGo.
    "sogo",
    "memcached",
    "postgresql",
];

pub(crate) fn test(arguments: &[String]) -> Result<()> {
    let mut sections = Sections::default();
    match arguments.split_first() {
        None => {
            sound(&mut sections)?;
            let tests = prepare_browsers(&mut sections)?;
            rust(&mut sections);
            browsers(&mut sections, tests, &[]);
        }
        Some((part, [])) if part == "rust" => {
            sound(&mut sections)?;
            rust(&mut sections);
        }
        Some((part, files)) if part == "browser" => {
            let tests = prepare_browsers(&mut sections)?;
            browsers(&mut sections, tests, files);
        }
        Some((part, _)) => bail!("`{part}` is no part of the tests: see cargo xtask help"),
    }
    sections.finish()
}

/// What was done under which heading, and whether it held: one fault must not hide the next.
#[derive(Default)]
struct Sections {
    failed: Vec<&'static str>,
}

impl Sections {
    /// Gives back whether it held.
    fn section(&mut self, heading: &'static str, work: impl FnOnce() -> Result<()>) -> bool {
        println!("\n== {heading}");
        let result = work();
        if let Err(error) = &result {
            eprintln!("{heading}: {error:#}");
            self.failed.push(heading);
        }
        result.is_ok()
    }

    fn finish(self) -> Result<()> {
        ensure!(self.failed.is_empty(), "these failed: {}", self.failed.join(", "));
        Ok(())
    }
}

/// What the compiler and its companions say.
fn sound(sections: &mut Sections) -> Result<()> {
    setup::rust_components()?;
    setup::wasm_target()?;
    sections.section("Format", || run(cargo().args(["fmt", "--all", "--check"])));
    sections.section("Clippy", || {
        run(cargo()
            .args(["clippy", "--quiet", "--workspace", "--all-targets"])
            .args(["--", "--deny", "warnings"]))
    });
    sections.section("Clippy, for the pages", || {
        run(cargo()
            .args(["clippy", "--quiet", "--package", "candor", "--lib"])
            .args(["--target", setup::WASM_TARGET])
            .args(["--", "--deny", "warnings"]))
    });
    sections.section("Documentation", || {
        run(cargo()
            .args([
                "doc",
                "--quiet",
                "--workspace",
                "--no-deps",
                "--document-private-items",
            ])
            .env("RUSTDOCFLAGS", "--deny warnings"))
    });
    Ok(())
}

fn rust(sections: &mut Sections) {
    sections.section("Rust tests", || run(cargo().args(["test", "--workspace"])));
}

/// The program that runs browser tests, or nothing where there is no extension to test.
fn prepare_browsers(sections: &mut Sections) -> Result<Option<Command>> {
    let mut tests = command("node");
    setup::name_browsers(&mut tests)?;
    sections.section("Webmails", || setup::debian_packages(WEBMAILS));
    let folder = target().join("extension");
    tests.env("CANDOR_EXTENSION", &folder);
    if !sections.section("The extension", build::build) {
        return Ok(None);
    }
    sections.section("What the stores would say", || {
        ["chrome", "firefox"].iter().try_for_each(|name| {
            run(command("node")
                .arg(root().join("xtask/lint.mjs"))
                .arg(folder.join(name)))
        })
    });
    Ok(Some(tests))
}

/// Tests in both real browsers: all, or the named files of `tests/browser`.
fn browsers(sections: &mut Sections, tests: Option<Command>, files: &[String]) {
    sections.section("Browser tests", || {
        let mut tests = tests.context("not run: there is no extension")?;
        let all = ["tests/browser/*.test.mjs".to_owned()];
        let files = if files.is_empty() { &all[..] } else { files };
        // One file after the other: two cores cannot run four browsers without making them wait.
        run(tests
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .args(expand(files)?))
    });
}

/// Node 20 does not expand patterns by itself.
fn expand(files: &[String]) -> Result<Vec<String>> {
    let folder = root().join("tests/browser");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let path = format!("tests/browser/{name}");
        let named = |file: &String| {
            file.ends_with("*.test.mjs")
                || path.ends_with(file.as_str())
                || name.starts_with(&format!("{file}."))
        };
        if name.ends_with(".test.mjs") && files.iter().any(named) {
            all.push(path);
        }
    }
    if all.is_empty() {
        bail!("no such file in tests/browser: {}", files.join(", "));
    }
    all.sort();
    Ok(all)
}
