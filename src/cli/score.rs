//! `candor score`: how often the checks are right on labelled drafts.

use candor::score::{Score, Share, Truth, Verdict};

use super::input::Case;
use super::judge::Judge;
use super::{Options, input};

/// Scores all drafts; `false` when some input was no labelled draft.
pub(super) fn run(options: &Options) -> Result<bool, String> {
    let mut judge = Judge::new(&options.settings)?;
    let mut score = Score::default();
    let mut drafts = 0;
    let mut all_read = true;
    for case in input::cases(&options.files, &options.clients)? {
        let outcome = case
            .map_err(|wrong| wrong.error)
            .and_then(|case| add(&mut score, &case, &mut judge));
        match outcome {
            Ok(()) => drafts += 1,
            Err(error) => {
                all_read = false;
                anstream::eprintln!("candor: {error}");
            }
        }
    }
    if options.json {
        let json = serde_json::to_string(&score).map_err(|error| error.to_string())?;
        anstream::println!("{json}");
    } else {
        anstream::println!("{drafts} drafts\n");
        print(&score);
    }
    Ok(all_read)
}

fn add(score: &mut Score, case: &Case, judge: &mut Judge) -> Result<(), String> {
    let labels = case
        .gold
        .as_ref()
        .ok_or_else(|| format!("{}: no `gold` labels to score against", case.id))?;
    for label in labels {
        if !label.quote.is_empty() && !case.draft.body.contains(&label.quote) {
            anstream::eprintln!(
                "candor: {}: the label {} quotes words that are not in the body: {}",
                case.id,
                label.rule,
                label.quote
            );
        }
    }
    let report = judge.report(case);
    let truth = Truth {
        labels,
        call: case.call,
    };
    score.add(&case.draft, truth, &Verdict::from(&report));
    Ok(())
}

fn print(score: &Score) {
    anstream::println!(
        "{:<24} {:>9} {:>9} {:>9}   {:>6} {:>8}",
        "rule",
        "precision",
        "recall",
        "F1",
        "labels",
        "findings"
    );
    for (rule, counts) in &score.rules {
        anstream::println!(
            "{rule:<24} {:>9} {:>9} {:>9}   {:>6} {:>8}",
            shown(counts.precision()),
            shown(counts.recall()),
            shown(counts.f1()),
            counts.labels,
            counts.findings,
        );
    }
    let total = score.total();
    let rows = [
        ("call advice right", score.call),
        ("hidden bad news: call", score.hidden),
        ("clean drafts kept silent", score.silent),
        (
            "findings that are right",
            Share::of(total.findings_met, total.findings),
        ),
    ];
    anstream::println!();
    for (name, share) in rows {
        anstream::println!(
            "{name:<25} {} of {} ({})",
            share.part,
            share.whole,
            shown(share.value())
        );
    }
    anstream::println!(
        "{:<25} {} (without jargon, per 100 sentences)",
        "findings in clean drafts",
        per_hundred(score.alarms)
    );
}

/// Out of a hundred.
fn per_hundred(share: Share) -> String {
    share
        .value()
        .map_or_else(|| "-".to_owned(), |share| format!("{:.2}", share * 100.0))
}

fn shown(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}"))
}
