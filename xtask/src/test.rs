//! `cargo xtask test`: everything that can be wrong, the quickest answers first.

use anyhow::{Result, bail};

use crate::process::{cargo, command, run};
use crate::setup::Browser;
use crate::{build, root, setup, target};

/// What a real Roundcube and the mail server behind it need on Debian.
const ROUNDCUBE: &[&str] = &[
    "roundcube-core",
    "roundcube-sqlite3",
    "dovecot-imapd",
    "php-cli",
    "php-sqlite3",
    "php-intl",
    "php-mbstring",
    "php-xml",
];

pub(crate) fn test(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        None => {
            rust()?;
            browser(&[])
        }
        Some((part, [])) if part == "rust" => rust(),
        Some((part, files)) if part == "browser" => browser(files),
        Some((part, _)) => bail!("`{part}` is no part of the tests: see cargo xtask help"),
    }
}

fn heading(text: &str) {
    println!("\n== {text}");
}

fn rust() -> Result<()> {
    setup::rust_components()?;
    setup::wasm_target()?;
    heading("Format");
    run(cargo().args(["fmt", "--all", "--check"]))?;
    heading("Clippy");
    run(cargo().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    heading("Clippy, for the pages");
    run(cargo()
        .args([
            "clippy",
            "--quiet",
            "--package",
            "candor",
            "--lib",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--", "--deny", "warnings"]))?;
    heading("Documentation");
    run(cargo()
        .args([
            "doc",
            "--quiet",
            "--workspace",
            "--no-deps",
            "--document-private-items",
        ])
        .env("RUSTDOCFLAGS", "--deny warnings"))?;
    heading("Rust tests");
    run(cargo().args(["test", "--workspace"]))
}

/// Tests in both real browsers: all, or the named files of `tests/browser`.
fn browser(files: &[String]) -> Result<()> {
    let mut tests = command("node");
    for browser in Browser::ALL {
        let program = setup::browser(browser)?;
        tests.env(format!("CANDOR_{}", browser.name().to_uppercase()), program);
    }
    setup::debian_packages(ROUNDCUBE)?;
    heading("The extension");
    build::build()?;
    heading("What the stores would say");
    for name in ["chrome", "firefox"] {
        run(command("node")
            .arg(root().join("xtask/lint.mjs"))
            .arg(target().join("extension").join(name)))?;
    }
    heading("Browser tests");
    let all = ["tests/browser/*.test.mjs".to_owned()];
    let files = if files.is_empty() { &all[..] } else { files };
    // One file after the other: two cores cannot run four browsers without making them wait.
    tests
        .args(["--test", "--test-concurrency=1"])
        .args(expand(files)?);
    run(tests.env("CANDOR_EXTENSION", target().join("extension")))
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
