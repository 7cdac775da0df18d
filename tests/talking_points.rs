//! What to say on the call, for thirty drafts of the corpus: kept as they were read and found good.
//!
//! `SNAPSHOTS=overwrite cargo test --test talking_points` writes them anew, for the difference to be read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const KEPT: &str = "tests/corpus/talking-points.txt";
const DRAFTS: [&str; 2] = [
    "tests/corpus/drafts-dev.jsonl",
    "tests/corpus/drafts-second.jsonl",
];

/// The talking points of each draft of these files for which a call is advised, by the draft's id.
fn points() -> HashMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "--json", "--fast"])
        .args(DRAFTS)
        .output()
        .unwrap();
    let judged = String::from_utf8(output.stdout).unwrap();
    let reports = judged
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    reports
        .map(|report| {
            let points = report["call"]["talking_points"].as_array().unwrap().iter();
            let points = points.map(|point| point.as_str().unwrap().to_owned()).collect();
            (report["id"].as_str().unwrap().to_owned(), points)
        })
        .collect()
}

#[test]
fn thirty_drafts_keep_what_to_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    let kept = std::fs::read_to_string(&path).unwrap();
    let points = points();
    let ids: Vec<&str> = kept.lines().filter_map(|line| line.strip_prefix("# ")).collect();
    assert_eq!(ids.len(), 30);
    let mut now = String::new();
    for id in ids {
        writeln!(now, "# {id}").unwrap();
        for point in &points[id] {
            writeln!(now, "{point}").unwrap();
        }
        now.push('\n');
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|what| what == "overwrite") {
        std::fs::write(&path, &now).unwrap();
    } else {
        let first = kept.lines().zip(now.lines()).find(|(kept, now)| kept != now);
        assert_eq!(kept, now, "the first difference: {first:?}");
    }
}
