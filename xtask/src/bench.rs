//! `cargo xtask bench`: how fast the quick reader is beside the checkers people use today, how fast the popup is
//! in real browsers, and what Candor weighs. Writes `target/bench/report.json`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{cargo, command, run};
use crate::{build, peers, root, setup, target};

pub(crate) fn bench() -> Result<()> {
    let folder = target().join("bench");
    fs::create_dir_all(&folder)?;
    let peers = peers::installed()?;
    build::build()?;
    let module = module_for_node(&folder.join("module"))?;
    run(cargo().args(["build", "--release", "--package", "candor-bench"]))?;
    let report = folder.join("report.json");
    let mut measure = command("node");
    setup::name_browsers(&mut measure)?;
    run(measure
        .env("CANDOR_EXTENSION", target().join("extension"))
        .arg(root().join("benches/bench.mjs"))
        .arg(target().join("release/candor-bench"))
        .arg(module)
        .arg(target().join("extension/chrome/wasm/candor_bg.wasm"))
        .arg(peers)
        .arg(&report))?;
    print(&report)
}

/// The quick reader as the extension has it, but loaded by Node.
fn module_for_node(folder: &Path) -> Result<PathBuf> {
    setup::wasm_target()?;
    let compiled = build::compile(&["--package", "candor-bench", "--lib"])?;
    Bindgen::new()
        .input_path(compiled.join("candor_bench.wasm"))
        .nodejs_module(true)?
        .typescript(false)
        .generate(folder)?;
    build::optimise(&folder.join("candor_bench_bg.wasm"))?;
    // Node asks the nearest package what kind of module a file is.
    fs::write(folder.join("package.json"), "{\"type\": \"module\"}\n")?;
    Ok(folder.join("candor_bench.js"))
}

fn print(report: &Path) -> Result<()> {
    let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(report)?)?;
    for row in rows {
        let text = |key: &str| row[key].as_str().context("a report has names and units");
        let number = |key: &str| row[key].as_f64().context("a report has values");
        println!(
            "{:<44} {:>9.2} {:<3} {:>9.2} {} ({:.3})",
            text("name")?,
            number("value")?,
            text("unit")?,
            number("peer_value")?,
            text("peer")?,
            number("ratio")?,
        );
    }
    println!("{}", report.display());
    Ok(())
}
