//! How often Candor is right does not fall: figures on the development drafts against the kept ones.
//!
//! `cargo xtask figures` writes the kept figures and the table that shows them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::process::Command;

use candor::score::Score;

const KEPT: &str = include_str!("kept.json");
const DEVELOPMENT: &str = "tests/corpus/drafts-dev.jsonl";
const ORDINARY: &str = "tests/corpus/ordinary.jsonl";
const SECOND: &str = "tests/corpus/drafts-second.jsonl";

#[track_caller]
fn check(reader: &str, file: &str, options: &[&str]) {
    let kept: BTreeMap<String, BTreeMap<String, f64>> = serde_json::from_str(KEPT).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["score", "--json", file])
        .args(options)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let score: Score = serde_json::from_slice(&output.stdout).unwrap();
    let figures = score.figures();
    let fallen: Vec<String> = kept[reader]
        .iter()
        .filter_map(|(name, &kept)| {
            let reached = figures.get(name).copied().unwrap_or(0.0);
            // Kept figures are rounded down, which a figure of two decimals can miss by a hair.
            (reached + 1e-9 < kept).then(|| format!("{name} is {reached:.3} and was {kept}"))
        })
        .collect();
    assert!(
        fallen.is_empty(),
        "{reader}: these figures fell:\n{}",
        fallen.join("\n")
    );
}

#[test]
fn the_quick_reader_is_right_as_often_as_it_was() {
    check("quick", DEVELOPMENT, &["--fast"]);
    check("quick, second set", SECOND, &["--fast"]);
    check("quick, ordinary mail", ORDINARY, &["--fast"]);
}

#[test]
fn both_readers_are_right_as_often_as_they_were() {
    check("both", DEVELOPMENT, &[]);
    check("both, second set", SECOND, &[]);
    check("both, ordinary mail", ORDINARY, &[]);
}
