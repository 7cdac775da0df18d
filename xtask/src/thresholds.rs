//! `cargo xtask thresholds`: from which probability on each check of the careful reader is to speak.
//!
//! Chosen on labelled drafts that the model was not trained on, with both readers in the loop, one check
//! after the other in their order: the probability at which its F1, which counts double, and the share of clean
//! drafts that stay silent are best together, less what it says of ordinary mail, for a checker that cries wolf is
//! switched off. Of call advice it is what is right, and what of hidden bad news is advised to be told. A value is weighed with its neighbours on the scale, so that a lucky one does not win. Written into
//! the model file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use candor::checks::{ALL, check_with};
use candor::reader::{Model, Reader};
use candor::reading::SentenceReading;
use candor::score::{Label, Score, Share, Truth, Verdict};
use candor::{Client, Draft, Reading, Report, Settings};
use serde_json::{Value, json};

use crate::root;
use crate::train_inputs::draft;

/// Where the careful reader's model lies.
const MODEL: &str = "train/model/reader.safetensors";
/// The name of call advice among the thresholds.
const CALL: &str = "call";
/// What is tried: closer together where a small step keeps much silent.
const TRIED: &[f32] = &[
    0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993,
    0.996, 0.998,
];
/// What one finding of a check in a hundred sentences of ordinary mail costs it, in F1.
const COST: f64 = 0.05;
/// Costs nothing there: terms among people of one trade are none.
const JARGON: &str = "jargon";

/// Where all begin: so high that one check's false alarms are not hidden by another's.
const FIRST: f32 = 0.9;
/// How often all are chosen, since checks of the whole draft depend on those of sentences.
const ROUNDS: usize = 2;

struct Case {
    draft: Draft,
    client: Option<Client>,
    labels: Vec<Label>,
    call: Option<bool>,
    reading: Reading,
}

impl Case {
    fn report(&self) -> Report {
        check_with(
            &self.draft,
            self.client.as_ref(),
            &Settings::default(),
            Some(&self.reading),
        )
    }
}

/// Chooses on the drafts of these files and writes the model file anew.
pub(crate) fn thresholds(arguments: &[String]) -> Result<()> {
    let (model, arguments) = match arguments {
        [flag, model, rest @ ..] if flag == "--model" => (Path::new(model).to_owned(), rest),
        rest => (root().join(MODEL), rest),
    };
    let (ordinary, files) = match arguments {
        [flag, ordinary, files @ ..] if flag == "--ordinary" => (std::slice::from_ref(ordinary), files),
        files => (&[][..], files),
    };
    if files.is_empty() {
        bail!("thresholds needs files of labelled drafts that the model was not trained on");
    }
    let file = fs::read(&model).with_context(|| model.display().to_string())?;
    let mut ordinary = self::cases(&file, ordinary)?;
    let mut cases = cases(&file, files)?;
    let rules = ALL.iter().map(|check| check.name).chain([CALL]);
    let rules: Vec<&str> = rules.filter(|rule| is_read(&cases, rule)).collect();
    for rule in &rules {
        for case in cases.iter_mut().chain(&mut ordinary) {
            case.reading.thresholds.insert((*rule).to_owned(), FIRST);
        }
    }
    for _ in 0..ROUNDS {
        for rule in &rules {
            choose(&mut cases, &mut ordinary, rule);
        }
    }
    let chosen = &cases.first().context("the files hold drafts")?.reading.thresholds;
    fs::write(&model, with_thresholds(&file, &json!(chosen))?)?;
    println!("{} is written", model.display());
    Ok(())
}

fn cases(model: &[u8], files: &[String]) -> Result<Vec<Case>> {
    let mut reader = Reader::new(Model::read(model)?);
    let mut cases = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).with_context(|| file.clone())?;
        for (at, line) in text.lines().enumerate() {
            let place = || format!("{file}:{}", at + 1);
            let line: Value = serde_json::from_str(line).with_context(place)?;
            let (draft, client) = draft(&line).with_context(place)?;
            // Else a sentence that stands in a twin too would keep what was read there.
            reader.forget();
            let reading = reader.read(&draft, client.as_ref());
            cases.push(Case {
                labels: match &line["gold"] {
                    Value::Null => Vec::new(),
                    labels => serde_json::from_value(labels.clone()).with_context(place)?,
                },
                call: line["call"].as_bool(),
                draft,
                client,
                reading,
            });
        }
    }
    Ok(cases)
}

/// Whether the model judges this rule at all.
fn is_read(cases: &[Case], rule: &str) -> bool {
    cases.iter().any(|case| {
        let reading = &case.reading;
        let judged = |one: &SentenceReading| one.rules.contains_key(rule);
        reading.draft.contains_key(rule) || reading.sentences.iter().any(judged)
    })
}

/// Sets the best threshold of one rule in all readings.
fn choose(cases: &mut [Case], ordinary: &mut [Case], rule: &str) {
    let cost = if rule == JARGON { 0.0 } else { COST };
    let worths: Vec<f64> = TRIED
        .iter()
        .map(|&threshold| worth(cases, rule, threshold) - cost * rate(ordinary, rule, threshold))
        .collect();
    let around = |here: usize| {
        let near = &worths[here.saturating_sub(1)..worths.len().min(here + 2)];
        let count = u32::try_from(near.len()).unwrap_or(1);
        f64::midpoint(near.iter().sum::<f64>() / f64::from(count), worths[here])
    };
    let best = (0..worths.len()).max_by(|&a, &b| around(a).total_cmp(&around(b)));
    let threshold = best.map_or(FIRST, |best| TRIED[best]);
    let worth = worth(cases, rule, threshold);
    let rate = rate(ordinary, rule, threshold);
    println!("{rule:<24} {threshold:.3}   {worth:.3}   {rate:.2} in ordinary mail");
}

/// Findings of a check per hundred sentences of ordinary mail; advice to call costs nothing by itself.
fn rate(ordinary: &mut [Case], rule: &str, threshold: f32) -> f64 {
    let (mut findings, mut sentences) = (0, 0);
    for case in ordinary {
        case.reading.thresholds.insert(rule.to_owned(), threshold);
        sentences += case.reading.sentences.len();
        let report = case.report();
        findings += report
            .findings
            .iter()
            .filter(|finding| finding.rule == rule)
            .count();
    }
    let share = Share::of(findings, sentences).value();
    share.unwrap_or_default() * 100.0
}

/// What a check, or call advice, is worth at this threshold, which is left in the readings.
fn worth(cases: &mut [Case], rule: &str, threshold: f32) -> f64 {
    let mut score = Score::default();
    for case in cases {
        case.reading.thresholds.insert(rule.to_owned(), threshold);
        let report = case.report();
        let truth = Truth {
            labels: &case.labels,
            call: case.call,
        };
        score.add(&case.draft, truth, &Verdict::from(&report));
    }
    let share = |share: Share| share.value().unwrap_or_default();
    let right = if rule == CALL {
        share(score.call) + share(score.hidden)
    } else {
        let f1 = score.rules.get(rule).and_then(|counts| counts.f1());
        2.0 * f1.unwrap_or_default()
    };
    right + share(score.silent)
}

/// The same model file with these thresholds in its header.
fn with_thresholds(file: &[u8], thresholds: &Value) -> Result<Vec<u8>> {
    let (length, rest) = file
        .split_first_chunk::<8>()
        .context("the model file has a header")?;
    let length = usize::try_from(u64::from_le_bytes(*length))?;
    let (header, data) = rest
        .split_at_checked(length)
        .context("the model file has a whole header")?;
    let mut header: Value = serde_json::from_slice(header)?;
    let config = header["__metadata__"]["config"]
        .as_str()
        .context("the model file has a `config`")?;
    let mut config: Value = serde_json::from_str(config)?;
    ensure!(config.is_object(), "the `config` of the model file is an object");
    config["thresholds"] = thresholds.clone();
    header["__metadata__"]["config"] = Value::from(config.to_string());
    let mut header = header.to_string().into_bytes();
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut file = u64::try_from(header.len())?.to_le_bytes().to_vec();
    file.extend(header);
    file.extend(data);
    Ok(file)
}
