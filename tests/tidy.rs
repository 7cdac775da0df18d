//! What keeps the house in order: names, tables and pages that must agree.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::Path;

use candor::checks::{self, Judge};
use candor::lexicon::Lexicon;
use candor::{Client, Draft, Settings};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_check_is_a_file_of_its_name() {
    for check in checks::ALL {
        let text = read(&format!("src/checks/{}.rs", check.name.replace('-', "_")));
        assert!(
            text.starts_with("//!") && text.contains(&format!("name: \"{}\"", check.name)),
            "{}",
            check.name
        );
    }
}

#[test]
fn check_names_name_the_fault() {
    let names: BTreeSet<&str> = checks::ALL.iter().map(|check| check.name).collect();
    assert_eq!(names.len(), checks::ALL.len(), "a name is given twice");
    for name in names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        assert!(
            !["avoid-", "use-", "prefer-", "no-"]
                .iter()
                .any(|start| name.starts_with(start)),
            "{name}"
        );
    }
}

#[test]
fn checks_of_the_whole_draft_run_after_those_of_words() {
    let first_whole = checks::ALL
        .iter()
        .position(|check| matches!(check.judge, Judge::Whole { .. }))
        .unwrap();
    assert!(
        checks::ALL[first_whole..]
            .iter()
            .all(|check| matches!(check.judge, Judge::Whole { .. }))
    );
}

#[test]
fn the_readme_lists_every_check_in_order() {
    let readme = read("README.md");
    let table = readme
        .split_once("| check | finds |")
        .unwrap()
        .1
        .split("\n\n")
        .next()
        .unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0))
        .collect();
    let names: Vec<&str> = checks::ALL.iter().map(|check| check.name).collect();
    assert_eq!(rows, names);
    for check in checks::ALL {
        assert!(
            readme.contains(&format!("| `{}` | {} |", check.name, check.summary)),
            "{}",
            check.name
        );
    }
}

#[test]
fn the_readme_lists_every_suggestion_in_order() {
    let readme = read("README.md");
    let rows = candor::suggestions::ALL
        .iter()
        .map(|kind| readme.find(&format!("\n| `{}` |", kind.name)));
    assert!(rows.clone().all(|row| row.is_some()) && rows.is_sorted());
}

#[test]
fn the_manifest_has_no_version_of_its_own() {
    let manifest: serde_json::Value = serde_json::from_str(&read("extension/manifest.json")).unwrap();
    assert!(
        manifest.get("version").is_none(),
        "the build writes Cargo.toml's version into it"
    );
}

#[test]
fn terms_are_sorted_unique_and_explained() {
    let mut seen = BTreeSet::new();
    let mut before = ("", String::new());
    for term in Lexicon::get().terms() {
        let name = term.name();
        let (trade, key) = (term.trade, name.to_lowercase());
        assert!(
            before.0 != trade || before.1 < key,
            "{trade}: `{name}` is not in alphabetical order"
        );
        assert!(seen.insert(name.clone()), "`{name}` is listed twice");
        assert!(
            name.chars().count() >= 3 || term.is_acronym(),
            "{trade}: `{name}` is too short"
        );
        assert!(
            !term.plain.is_empty() && !term.plain.ends_with('.'),
            "{trade}: `{name}` has no plain twin"
        );
        before = (trade, key);
    }
}

/// A checker whose own words it would flag has not listened to itself.
#[test]
fn our_own_messages_pass_our_own_checks() {
    let client = Client {
        name: "Cathy Andre".to_owned(),
        ..Client::default()
    };
    for check in checks::ALL {
        for example in check.fires {
            let draft = Draft {
                at: (!example.at.is_empty()).then(|| example.at.parse().unwrap()),
                ..Draft::new(example.subject, example.body)
            };
            for finding in candor::check(&draft, Some(&client), &Settings::default()).findings {
                // The headline quotes the faulty words, so only the advice is ours.
                let report = candor::check(
                    &Draft::new("", finding.advice.as_str()),
                    None,
                    &Settings::default(),
                );
                assert!(
                    report.findings.is_empty(),
                    "{}: {:?}",
                    finding.advice,
                    report.findings
                );
            }
        }
    }
}
