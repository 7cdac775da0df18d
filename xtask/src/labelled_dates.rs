//! Sentences with labels that say by which dates something is promised in them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// One of them.
pub(crate) struct LabelledDates {
    pub(crate) sentence: String,
    /// The dates, in the sentence's own words or in a clause of it.
    pub(crate) promised: Vec<String>,
}

/// Those of a file of JSON Lines.
///
/// A line has a `sentence` or `text`, and what is promised in it in one of three ways: the words of its dates
/// (`promised`), the one date of a promise (`promise`, `when`), or the promises (`promises`).
pub(crate) fn read(path: &Path) -> Result<Vec<LabelledDates>> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| name.to_string())?;
    let labelled = text.lines().enumerate().map(|(at, line)| {
        let place = || format!("{name}:{}", at + 1);
        let line: Value = serde_json::from_str(line).with_context(place)?;
        let sentence = line["sentence"]
            .as_str()
            .or(line["text"].as_str())
            .with_context(place)?;
        let mut promised: Vec<&str> = Vec::new();
        if line["promise"].as_bool() == Some(true) {
            promised.extend(line["when"].as_str());
        }
        let all = |key: &str| line[key].as_array().into_iter().flatten();
        promised.extend(all("promised").filter_map(Value::as_str));
        promised.extend(all("promises").filter_map(|promise| promise["text"].as_str()));
        Ok(LabelledDates {
            sentence: sentence.to_owned(),
            promised: promised.into_iter().map(str::to_owned).collect(),
        })
    });
    labelled.collect()
}

/// This file, or all files of JSON Lines in this folder, in order of their names.
pub(crate) fn jsonl(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(file);
        }
    }
    files.sort();
    ensure!(!files.is_empty(), "{} holds no JSON Lines", path.display());
    Ok(files)
}
