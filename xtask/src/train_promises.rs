//! `cargo xtask train-promises`: the weights by which a date is taken for that of a promise, from labelled sentences.
//!
//! Logistic regression with a penalty on large weights, all sentences at once, Adam: the same on every machine up
//! to rounding. What it prints was judged by weights that had not seen those sentences.

use std::fs;
use std::path::Path;

use anyhow::Result;
use candor::promise::learned::dates::dates;
use candor::promise::learned::{STEP, WEIGHTS};

use crate::labelled_dates::{self, LabelledDates, jsonl};
use crate::root;

/// Sentences that rules or weights may learn from; `tests/corpus/promises-natural-*` are not among them.
const SENTENCES: [&str; 9] = [
    "tests/corpus/promises-development.jsonl",
    "tests/corpus/promises-second.jsonl",
    "tests/fixtures/promises/sentences.jsonl",
    "tests/fixtures/promises/drafts.jsonl",
    "tests/fixtures/promises/held-out.jsonl",
    "tests/fixtures/promises/trades.jsonl",
    "tests/fixtures/promises/fresh.jsonl",
    "train/promises",
    "train/promises-more",
];
const OUT: &str = "src/promise/learned/weights.bin";

/// In how many parts the sentences are, each judged by what the others teach.
const PARTS: usize = 4;
const STEPS: u16 = 400;
/// What the half square of a weight costs, where a sentence judged wrongly costs its logarithm.
const PENALTY: f32 = 10.0;

struct Example {
    features: Vec<u16>,
    promised: bool,
}

/// Trains, says how right it is on what it has not seen, and writes the weights.
pub(crate) fn train() -> Result<()> {
    let mut examples = Vec::new();
    for name in SENTENCES {
        for file in jsonl(&root().join(name))? {
            read(&file, &mut examples)?;
        }
    }
    let promised = examples.iter().filter(|example| example.promised).count();
    println!("{} dates, {promised} of a promise", examples.len());
    let mut judged = Vec::new();
    for part in 0..PARTS {
        let (mut others, mut held) = (Vec::new(), Vec::new());
        for (at, example) in examples.iter().enumerate() {
            if at % PARTS == part {
                &mut held
            } else {
                &mut others
            }
            .push(example);
        }
        let weights = fitted(&others);
        judged.extend(
            held.iter()
                .map(|example| (likelihood(&weights, example), example.promised)),
        );
    }
    for least in [0.25, 0.4, 0.5, 0.6, 0.7, 0.8] {
        let said = judged.iter().filter(|(likely, _)| *likely > least).count();
        let right = judged
            .iter()
            .filter(|(likely, is)| *likely > least && *is)
            .count();
        println!(
            "from {least}: precision {:.3}, recall {:.3}",
            share(right, said),
            share(right, promised)
        );
    }
    let all: Vec<&Example> = examples.iter().collect();
    let bytes: Vec<u8> = fitted(&all)
        .iter()
        .map(|weight| (weight / STEP).round().clamp(-127.0, 127.0) as i8)
        .map(i8::cast_unsigned)
        .collect();
    fs::write(root().join(OUT), bytes)?;
    println!("{OUT} is written");
    Ok(())
}

fn read(path: &Path, examples: &mut Vec<Example>) -> Result<()> {
    for LabelledDates { sentence, promised } in labelled_dates::read(path)? {
        examples.extend(dates(&sentence).into_iter().map(|date| {
            let date_words: Vec<&str> = date.words.split_whitespace().collect();
            let date_words = date_words.join(" ");
            let is = |words: &String| words.contains(&date_words) || date_words.contains(words);
            Example {
                promised: promised.iter().any(is),
                features: date.features,
            }
        }));
    }
    Ok(())
}

fn fitted(examples: &[&Example]) -> Vec<f32> {
    let mut weights = vec![0.0_f32; WEIGHTS];
    let (mut mean, mut square) = (vec![0.0_f32; WEIGHTS], vec![0.0_f32; WEIGHTS]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f32> = weights.iter().map(|weight| PENALTY * weight).collect();
        for example in examples {
            let off = likelihood(&weights, example) - if example.promised { 1.0 } else { 0.0 };
            for &feature in &example.features {
                gradient[usize::from(feature)] += off;
            }
        }
        let rate = 0.05 * (1.0 - f32::from(step - 1) / f32::from(STEPS));
        let (first, second) = (
            1.0 - 0.9_f32.powi(i32::from(step)),
            1.0 - 0.999_f32.powi(i32::from(step)),
        );
        for at in 0..WEIGHTS {
            mean[at] = 0.9 * mean[at] + 0.1 * gradient[at];
            square[at] = 0.999 * square[at] + 0.001 * gradient[at] * gradient[at];
            weights[at] -= rate * (mean[at] / first) / ((square[at] / second).sqrt() + 1e-6);
        }
    }
    weights
}

fn likelihood(weights: &[f32], example: &Example) -> f32 {
    let sum: f32 = example.features.iter().map(|&at| weights[usize::from(at)]).sum();
    1.0 / (1.0 + (-sum).exp())
}

fn share(count: usize, of: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(count) / number(of.max(1))
}
