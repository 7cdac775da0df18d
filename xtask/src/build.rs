//! The extension: Rust to wasm, and the files of `extension/` beside it, once for each browser.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{cargo, command, read, run};
use crate::setup::{self, WASM_TARGET};
use crate::{root, target};

/// Files of `extension/` that shape the build and are no part of what is shipped.
const NOT_SHIPPED: &[&str] = &["manifest.json", "firefox.json", "loopback.json", "mailbox"];

/// Whether the extension also reads pages of this machine: the demo mailbox, a webmail under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loopback {
    Read,
    /// As the stores get it.
    Leave,
}

/// `cargo xtask build`.
pub(crate) fn build() -> Result<()> {
    build_to(&target().join("extension"), Loopback::Read)
}

/// Builds into `folder/chrome` and `folder/firefox`, replacing what was there.
pub(crate) fn build_to(folder: &Path, loopback: Loopback) -> Result<()> {
    setup::wasm_target()?;
    setup::npm_packages()?;
    let modules = wasm_modules()?;
    let model = model()?;
    for (name, differences) in [("chrome", None), ("firefox", Some("firefox.json"))] {
        let folder = folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot replace {}", folder.display()))?;
        }
        copy(&root().join("extension"), &folder)?;
        copy(&modules, &folder.join("wasm"))?;
        if let Some(model) = &model {
            fs::create_dir_all(folder.join("model"))?;
            fs::copy(model, folder.join("model/reader.safetensors"))?;
        }
        let manifest = serde_json::to_string_pretty(&manifest(differences, loopback)?)?;
        fs::write(folder.join("manifest.json"), manifest + "\n")?;
    }
    println!("The extension is in {}", folder.display());
    Ok(())
}

/// The careful reader's model; nothing where this checkout has none yet.
fn model() -> Result<Option<PathBuf>> {
    let path = root().join("train/model/reader.safetensors");
    let length = fs::metadata(&path)
        .with_context(|| path.display().to_string())?
        .len();
    if length == 0 {
        println!("{} is empty: built without the careful reader", path.display());
    }
    Ok((length > 0).then_some(path))
}

/// Leaves in a folder five scripts, each with its own wasm: `lookup.js` for the popup, `candor.js` for the
/// pages beside webmail, `promises.js` for these two once a mail is sent or something is to be written,
/// `notebook.js` for the notebook's page and Worker, `reader.js` for the careful reader's Worker.
fn wasm_modules() -> Result<PathBuf> {
    const CRATE: &[&str] = &[
        "--package",
        "candor",
        "--lib",
        "--no-default-features",
        "--features",
    ];
    let folder = target().join("wasm-module");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (feature, name) in [
        ("lookup", "lookup"),
        ("pages", "candor"),
        ("notebook", "notebook"),
        ("promises", "promises"),
    ] {
        // Each leaves its module under the crate's name, where the next one puts its own.
        let compiled = compile(&[CRATE, &[feature]].concat())?;
        bind(&compiled.join("candor.wasm"), &folder, name)?;
        let module = folder.join(format!("{name}_bg.wasm"));
        // The popup has an index to build before it answers the first key, in code that no browser has
        // optimised yet.
        wasm_opt(&module, if name == "lookup" { "-O3" } else { "-Oz" })?;
    }
    // Speed matters here and size does not, beside the model. A folder of its own, since other flags would
    // have cargo compile everything anew each time.
    let what = [CRATE, &["reader", "--config", "profile.wasm.opt-level=3"]].concat();
    let reader = compile_to(&target().join("reader"), &what, &["-Ctarget-feature=+simd128"])?;
    bind(&reader.join("candor.wasm"), &folder, "reader")?;
    wasm_opt(&folder.join("reader_bg.wasm"), "-O3")?;
    Ok(folder)
}

/// Writes a module and its script into a folder.
fn bind(compiled: &Path, folder: &Path, name: &str) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .omit_default_module_path(false)
        .typescript(false)
        .generate(folder)
}

/// Compiles to wasm as it is shipped, and gives back the folder in which cargo leaves what it made.
pub(crate) fn compile(what: &[&str]) -> Result<PathBuf> {
    // What is called a thousand times for a draft asks to be inlined; most of the pages is called once, and by
    // the compiler's own measure would be 50 KB larger and no faster.
    compile_to(&target(), what, &["-Cllvm-args=-inline-threshold=60"])
}

fn compile_to(target: &Path, what: &[&str], flags: &[&str]) -> Result<PathBuf> {
    let mut all_flags = same_paths_everywhere()?;
    all_flags.extend(flags.iter().map(|&flag| flag.to_owned()));
    run(cargo()
        .arg("build")
        .args(what)
        .args(["--target", WASM_TARGET, "--profile", "wasm"])
        .arg("--config")
        .arg(format!("target.{WASM_TARGET}.rustflags={all_flags:?}"))
        .arg("--target-dir")
        .arg(target))?;
    Ok(target.join(WASM_TARGET).join("wasm"))
}

/// Makes a module smaller, in its place.
pub(crate) fn optimise(wasm: &Path) -> Result<()> {
    wasm_opt(wasm, "-Oz")
}

fn wasm_opt(wasm: &Path, aim: &str) -> Result<()> {
    // What rustc's wasm target turns on by itself, and what the careful reader asks for; wasm-opt refuses
    // what it is not told of.
    let features = [
        "--enable-bulk-memory",
        "--enable-bulk-memory-opt",
        "--enable-call-indirect-overlong",
        "--enable-multivalue",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-reference-types",
        "--enable-sign-ext",
        "--enable-simd",
    ];
    run(command("node")
        .arg(root().join("node_modules/binaryen/bin/wasm-opt"))
        .arg(aim)
        .args(features)
        .arg(wasm)
        .arg("--output")
        .arg(wasm))?;
    println!("{}: {} KB", wasm.display(), fs::metadata(wasm)?.len() / 1000);
    Ok(())
}

/// Panics name the source file; where it lies on this machine makes no difference to the module.
fn same_paths_everywhere() -> Result<Vec<String>> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let cargo_home = cargo_home.context("no home directory")?;
    Ok(vec![
        format!("--remap-path-prefix={}=cargo", cargo_home.display()),
        format!("--remap-path-prefix={}=candor", root().display()),
    ])
}

/// The source manifest with this crate's version, and what a browser or a build needs differently.
fn manifest(differences: Option<&str>, loopback: Loopback) -> Result<Value> {
    let mut manifest = json("manifest.json")?;
    if let Some(differences) = differences {
        merge(&mut manifest, json(differences)?);
    }
    if loopback == Loopback::Read {
        merge(&mut manifest, json("loopback.json")?);
    }
    manifest["version"] = Value::from(version()?);
    Ok(manifest)
}

/// The version of the crate, which is the extension's too.
pub(crate) fn version() -> Result<String> {
    let metadata = read(cargo().args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists packages")?;
    let candor = packages
        .iter()
        .find(|package| package["name"] == "candor")
        .context("a package named candor")?;
    Ok(candor["version"]
        .as_str()
        .context("candor has a version")?
        .to_owned())
}

fn json(name: &str) -> Result<Value> {
    let path = root().join("extension").join(name);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

/// Puts one manifest over another: objects key by key, lists appended (entries of the same place merged
/// where both are objects), `null` removes, anything else replaces.
fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    base.remove(&key);
                } else {
                    merge(base.entry(key).or_insert(Value::Null), value);
                }
            }
        }
        (Value::Array(base), Value::Array(over)) => {
            for (at, value) in over.into_iter().enumerate() {
                match base.get_mut(at) {
                    Some(own) if own.is_object() && value.is_object() => merge(own, value),
                    _ => base.push(value),
                }
            }
        }
        (base, over) => *base = over,
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    ensure!(from.is_dir(), "{} is missing", from.display());
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if NOT_SHIPPED.iter().any(|other| OsStr::new(other) == name) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn manifests_are_merged_key_by_key() {
        let mut base = json!({"a": {"b": 1, "c": 2}, "list": [1], "scripts": [{"matches": ["x"], "js": ["y"]}], "gone": 1});
        merge(
            &mut base,
            json!({"a": {"c": 3}, "list": [2], "scripts": [{"matches": ["z"]}], "gone": null}),
        );
        assert_eq!(
            base,
            json!({"a": {"b": 1, "c": 3}, "list": [1, 2], "scripts": [{"matches": ["x", "z"], "js": ["y"]}]})
        );
    }
}
