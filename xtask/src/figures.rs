//! `cargo xtask figures`: how often Candor is right on the development drafts, beside what is used today.
//!
//! Writes the table of `docs/figures.md`, and into `tests/kept.json` each figure that a later version must not
//! fall below. A figure that rose is kept at its new height; one that fell is only given up when asked to.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use candor::checks::{self, Context, Judge};
use candor::score::{Counts, Label, Score, Share, Truth, Verdict};
use candor::{Draft, Place};
use serde_json::Value;

use crate::process::{cargo, read};
use crate::{peers, root};

/// Drafts that nothing is trained on.
const DRAFTS: &str = "tests/corpus/drafts-dev.jsonl";
/// More of them, by another writer: Candor alone is measured on these.
const SECOND: &str = "tests/corpus/drafts-second.jsonl";
/// Mail of all kinds without a fault: what is found in it is a false alarm.
const ORDINARY: &str = "tests/corpus/ordinary.jsonl";
const TABLE: &str = "docs/figures.md";
const KEPT: &str = "tests/kept.json";

/// What a first attempt at finding bad news looks like: a sentence with one of twenty words.
const FLOOR: &str = include_str!("../data/floor.txt");

/// Ways to run Candor: the name in the table, the name in the kept figures, and what asks for it.
const READERS: &[(&str, &str, &[&str])] = &[
    ("quick reader", "quick", &["--fast"]),
    ("both readers", "both", &[]),
];

/// Figures, by reader and name.
type Kept = BTreeMap<String, BTreeMap<String, f64>>;

/// A labelled draft, as far as a checker that knows no client can use it.
struct Case {
    draft: Draft,
    labels: Vec<Label>,
    call: Option<bool>,
}

/// One column of the table.
struct Column {
    name: String,
    score: Score,
    /// Findings other than jargon in 100 sentences of ordinary mail, for each file of it that was measured.
    ordinary: Vec<f64>,
}

pub(crate) fn figures(arguments: &[String]) -> Result<()> {
    let (mut ordinary, mut give_up) = (vec![ORDINARY], false);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--ordinary" => ordinary.push(arguments.next().context("--ordinary needs a file")?),
            "--give-up" => give_up = true,
            other => bail!("`{other}` is no option of figures: see cargo xtask help"),
        }
    }
    let cases = cases(DRAFTS)?;
    let mut columns = vec![floor(&cases, &ordinary)?];
    let mut reached = Kept::new();
    for &(name, key, options) in READERS {
        let score = candor_score(DRAFTS, options)?;
        reached.insert(key.to_owned(), score.figures());
        columns.push(Column {
            name: name.to_owned(),
            score,
            ordinary: measured(&ordinary, |file| candor_ordinary(file, options))?,
        });
        let quiet = candor_score(ORDINARY, options)?.figures();
        reached.insert(format!("{key}, ordinary mail"), quiet);
    }
    columns.extend(peers(&cases)?);
    let mut page = format!(
        "# How often Candor is right\n\n\
         Written by `cargo xtask figures` over the {} drafts of `{DRAFTS}`, which nothing is trained on.\n\n\
         Each cell is precision / recall / **F1**, and how many findings there were; a rule that has never \
         spoken has no precision. A finding is right when a person labelled the same sentence with the same \
         rule (for a rule of the whole draft: the same draft).\n\n",
        cases.len()
    );
    page.push_str(&table(&columns, &ordinary));
    page.push_str(NOTES);
    let mut second = Vec::new();
    for &(name, key, options) in READERS {
        let score = candor_score(SECOND, options)?;
        reached.insert(format!("{key}, second set"), score.figures());
        second.push(Column {
            name: name.to_owned(),
            score,
            ordinary: Vec::new(),
        });
    }
    let _ = writeln!(
        page,
        "\n## On a second set\n\n{} drafts of `{SECOND}`, by another writer. Nothing is trained on them; from which \
         probability on the careful reader speaks was chosen on both sets.\n\n{}",
        self::cases(SECOND)?.len(),
        table(&second, &[]).trim_end()
    );
    fs::write(root().join(TABLE), page)?;
    println!("{TABLE} is written");
    keep(&reached, give_up)
}

fn cases(file: &str) -> Result<Vec<Case>> {
    let text = fs::read_to_string(root().join(file)).with_context(|| file.to_owned())?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let mut line: Value = serde_json::from_str(line)?;
            let field = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            Ok(Case {
                draft: Draft::new(field("subject"), field("body")),
                call: line["call"].as_bool(),
                labels: match line["gold"].take() {
                    Value::Null => Vec::new(),
                    labels => serde_json::from_value(labels)?,
                },
            })
        })
        .collect::<Result<_>>()
        .with_context(|| file.to_owned())
}

/// The figures that the program itself counts, with clients and times of sending.
fn candor_score(file: &str, options: &[&str]) -> Result<Score> {
    let printed = candor(&[&["score", "--json", file], options].concat())?;
    serde_json::from_str(&printed).context("candor score --json")
}

/// One figure for each file.
fn measured(files: &[&str], figure: impl Fn(&str) -> Result<f64>) -> Result<Vec<f64>> {
    files.iter().map(|file| figure(file)).collect()
}

/// Findings other than jargon per 100 sentences.
fn candor_ordinary(file: &str, options: &[&str]) -> Result<f64> {
    let printed = candor(&[&["check", "--json", file], options].concat())?;
    let mut findings = 0;
    for line in printed.lines() {
        let report: Value = serde_json::from_str(line)?;
        let all = report["findings"].as_array().context("a report has findings")?;
        findings += all.iter().filter(|finding| finding["rule"] != "jargon").count();
    }
    per_hundred(findings, sentences(&cases(file)?))
}

fn candor(arguments: &[&str]) -> Result<String> {
    read(
        cargo()
            .args(["run", "--quiet", "--release", "--package", "candor", "--"])
            .args(arguments),
    )
}

fn sentences(cases: &[Case]) -> usize {
    cases
        .iter()
        .map(|case| Context::new(&case.draft, None).message().count())
        .sum()
}

fn per_hundred(findings: usize, sentences: usize) -> Result<f64> {
    let share = Share::of(findings, sentences).value();
    Ok(share.context("no sentence in the ordinary mail")? * 100.0)
}

/// Bad news, and so a call, in each sentence with a word of the list.
fn floor(cases: &[Case], ordinary: &[&str]) -> Result<Column> {
    let mut score = Score::default();
    for case in cases {
        let places = floor_places(&case.draft);
        let findings: Vec<_> = places.iter().map(|place| ("bad-news", place)).collect();
        let call = !findings.is_empty();
        score.add(&case.draft, case.truth(), &Verdict { findings, call });
    }
    let ordinary = measured(ordinary, |file| {
        let cases = self::cases(file)?;
        let findings = cases.iter().map(|case| floor_places(&case.draft).len()).sum();
        per_hundred(findings, sentences(&cases))
    })?;
    Ok(Column {
        name: "floor".to_owned(),
        score,
        ordinary,
    })
}

fn floor_places(draft: &Draft) -> Vec<Place> {
    let context = Context::new(draft, None);
    let is_listed = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| FLOOR.lines().any(|listed| listed.eq_ignore_ascii_case(word)))
    };
    context
        .message()
        .filter(|(_, sentence)| is_listed(&draft.body[sentence.span.clone()]))
        .map(|(_, sentence)| Place::Body(sentence.span.clone()))
        .collect()
}

/// A column for each peer. Peers know none of our rules, so each kind of their flags counts as findings of
/// the rule of sentences that it agrees with most on these very drafts: the best case there is for them.
fn peers(cases: &[Case]) -> Result<Vec<Column>> {
    let drafts = root().join(DRAFTS);
    let mut columns = Vec::new();
    for (name, flags) in peers::flags(&drafts)? {
        ensure!(flags.len() == cases.len(), "{name} left out drafts");
        let mut kinds: BTreeMap<&str, &str> = flags
            .iter()
            .flatten()
            .map(|flag| (flag.kind.as_str(), ""))
            .collect();
        for (kind, rule) in &mut kinds {
            *rule = best_rule(cases, &flags, kind);
        }
        let score = score_flags(cases, &flags, |kind| vec![kinds[kind]]);
        columns.push(Column {
            name,
            score,
            ordinary: Vec::new(),
        });
    }
    Ok(columns)
}

/// The rule of sentences that flags of one kind agree with most; empty when they agree with none.
fn best_rule(cases: &[Case], flags: &[Vec<peers::Flag>], kind: &str) -> &'static str {
    let rules: Vec<&'static str> = checks::ALL
        .iter()
        .filter(|check| matches!(check.judge, Judge::Words { .. }))
        .map(|check| check.name)
        .collect();
    let score = score_flags(cases, flags, |other| {
        if other == kind { rules.clone() } else { Vec::new() }
    });
    let f1 = |rule: &str| {
        score
            .rules
            .get(rule)
            .and_then(|counts| counts.f1())
            .unwrap_or(0.0)
    };
    let best = rules.iter().max_by(|a, b| f1(a).total_cmp(&f1(b)));
    best.filter(|rule| f1(rule) > 0.0).copied().unwrap_or_default()
}

/// Counts flags, each sentence once for a rule.
fn score_flags<'r>(
    cases: &[Case],
    flags: &[Vec<peers::Flag>],
    rules_of: impl Fn(&str) -> Vec<&'r str>,
) -> Score {
    let mut score = Score::default();
    for (case, flags) in cases.iter().zip(flags) {
        let context = Context::new(&case.draft, None);
        let mut findings: BTreeMap<(&str, usize), Place> = BTreeMap::new();
        for flag in flags {
            let sentence = sentence_of(&context, &flag.span);
            let Some((at, span)) = sentence else { continue };
            for rule in rules_of(&flag.kind) {
                findings.entry((rule, at)).or_insert(Place::Body(span.clone()));
            }
        }
        let verdict = Verdict {
            findings: findings.iter().map(|(&(rule, _), place)| (rule, place)).collect(),
            call: false,
        };
        score.add(&case.draft, case.truth(), &verdict);
    }
    score
}

fn sentence_of(context: &Context, flag: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let all = context.body.sentences.iter().enumerate();
    all.map(|(at, sentence)| (at, sentence.span.clone()))
        .find(|(_, span)| span.start < flag.end && flag.start < span.end)
}

impl Case {
    fn truth(&self) -> Truth<'_> {
        Truth {
            labels: &self.labels,
            call: self.call,
        }
    }
}

/// A row for each rule and each share, a column for each checker.
fn table(columns: &[Column], ordinary: &[&str]) -> String {
    let mut page = String::new();
    let rules = checks::ALL.iter().map(|check| {
        let labels = columns[0].counts(check.name).labels;
        let cells = columns.iter().map(|column| rule_cell(column.counts(check.name)));
        (format!("`{}`", check.name), labels.to_string(), cells.collect())
    });
    let mut rows: Vec<(String, String, Vec<String>)> = rules.collect();
    for (name, share) in SHARES {
        let whole = share(&columns[0].score).whole;
        let cells = columns.iter().map(|column| share_cell(share(&column.score)));
        rows.push(((*name).to_owned(), whole.to_string(), cells.collect()));
    }
    let right = columns.iter().map(|column| {
        let total = column.score.total();
        share_cell(Share::of(total.findings_met, total.findings))
    });
    rows.push((
        "findings that are right".to_owned(),
        String::new(),
        right.collect(),
    ));
    for (at, file) in ordinary.iter().enumerate() {
        let cells = columns.iter().map(|column| {
            let rate = column.ordinary.get(at);
            rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.2}"))
        });
        let name = Path::new(file).file_stem().unwrap_or_default().display();
        let name = format!("findings but jargon in 100 sentences of `{name}`");
        rows.push((name, String::new(), cells.collect()));
    }
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let _ = writeln!(page, "| | labels | {} |", names.join(" | "));
    let _ = writeln!(page, "|---|---|{}", "---|".repeat(names.len()));
    for (name, labels, cells) in rows {
        let _ = writeln!(page, "| {name} | {labels} | {} |", cells.join(" | "));
    }
    page
}

const NOTES: &str = "
- **floor**: bad news, and a call, wherever one of the twenty words of `xtask/data/floor.txt` stands.
- **Peers** know none of these rules. Each kind of their flags counts here as findings of the rule of sentences
  that it agrees with most on these very drafts, chosen afterwards: the best case there is for them. Flags of
  kinds that agree with no rule still break the silence of clean drafts, and count among the findings.
- **hidden bad news**: drafts that a person would make a call of, with bad news that is buried or softened.
- **clean drafts kept silent**: drafts without a fault, with no finding and no advice to call.
- **`ordinary`**: `tests/corpus/ordinary.jsonl`, 160 mails of twelve people without a fault. Other mail, which need not be
  part of this project, is measured with `--ordinary FILE`.
";

/// Figures that are not about one rule.
type ShareOf = fn(&Score) -> Share;
const SHARES: &[(&str, ShareOf)] = &[
    ("call advice right", |score| score.call),
    ("hidden bad news: call", |score| score.hidden),
    ("clean drafts kept silent", |score| score.silent),
];

impl Column {
    fn counts(&self, rule: &str) -> Counts {
        self.score.rules.get(rule).copied().unwrap_or_default()
    }
}

fn rule_cell(counts: Counts) -> String {
    if counts.findings == 0 {
        return "–".to_owned();
    }
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    format!(
        "{} / {} / **{}** ({})",
        shown(counts.precision()),
        shown(counts.recall()),
        shown(counts.f1()),
        counts.findings
    )
}

fn share_cell(share: Share) -> String {
    share.value().map_or_else(
        || "–".to_owned(),
        |value| format!("{value:.2} ({} of {})", share.part, share.whole),
    )
}

/// Raises the kept figures to those reached, and says which fell.
fn keep(reached: &Kept, give_up: bool) -> Result<()> {
    let path = root().join(KEPT);
    let mut kept: Kept = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).context(KEPT)?,
        Err(_) => Kept::new(),
    };
    let mut fallen = Vec::new();
    for (reader, figures) in reached {
        for (name, &value) in figures {
            // Two places: a hair's breadth is no fall.
            let value = (value * 100.0).floor() / 100.0;
            let figure = kept
                .entry(reader.clone())
                .or_default()
                .entry(name.clone())
                .or_insert(value);
            if value < *figure {
                fallen.push(format!("{reader}: {name} fell from {figure} to {value}"));
            }
            if value > *figure || give_up {
                *figure = value;
            }
        }
    }
    fs::write(&path, serde_json::to_string_pretty(&kept)? + "\n")?;
    println!("{KEPT} is written");
    for fall in &fallen {
        println!("{fall}");
    }
    ensure!(
        fallen.is_empty() || give_up,
        "figures fell and are kept at their old height; --give-up lowers them"
    );
    Ok(())
}
