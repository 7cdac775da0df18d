//! Times the quick reader on drafts from outside.
//!
//! Prints how long the lexicon took to be ready, then one line for each line of input, a body as a JSON
//! string: milliseconds of a whole check, and of reading its words with the lexicon as it ships and with a
//! hundred phrases more.

use std::io::BufRead;
use std::process::ExitCode;
use std::time::Instant;

use candor::draft::Text;
use candor::lexicon::{Cue, Lexicon};
use serde_json::json;

const MORE_PHRASES: usize = 100;

fn main() -> ExitCode {
    let (_, ready) = timed(Lexicon::get);
    println!("{}", json!({ "ready": ready }));
    let mut lexicons = None;
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let body: Result<String, _> = line.map_err(|_| ()).and_then(|line| {
            serde_json::from_str(&line).map_err(|error| eprintln!("no JSON string: {error}"))
        });
        let Ok(body) = body else {
            return ExitCode::FAILURE;
        };
        let (plain, more) = lexicons.get_or_insert_with(|| {
            // Both of them copies that nothing else has brought into the processor's cache.
            let none: &[&str] = &[];
            (
                Lexicon::with(Cue::Hedge, none),
                Lexicon::with(Cue::Hedge, &phrases(&body)),
            )
        });
        let (_, check) = timed(|| candor_bench::findings(&body));
        let time_of = |lexicon: &Lexicon| timed(|| read(&body, lexicon)).1;
        // By turns the first, since the first reads a text that is new to the processor.
        let (plain, more) = if at % 2 == 0 {
            let plain = time_of(plain);
            (plain, time_of(more))
        } else {
            let more = time_of(more);
            (time_of(plain), more)
        };
        println!("{}", json!({ "check": check, "plain": plain, "more": more }));
    }
    ExitCode::SUCCESS
}

/// Phrases that begin with words of the text, so that each is tried, and go on with one that is not there.
fn phrases(body: &str) -> Vec<String> {
    let words: Vec<&str> = body
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let step = (words.len() / MORE_PHRASES).max(1);
    words
        .iter()
        .step_by(step)
        .take(MORE_PHRASES)
        .enumerate()
        .map(|(at, word)| format!("{word} nowhere{at}"))
        .collect()
}

fn read<'s>(body: &'s str, lexicon: &Lexicon) -> Text<'s> {
    Text::new(body, std::slice::from_ref(&(0..body.len())), lexicon)
}

/// What the work gives, and its milliseconds.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64() * 1000.0)
}
