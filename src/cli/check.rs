//! `candor check`: what the checks say about each draft.

use super::judge::Judge;
use super::{Options, input, json, readable};

/// Judges all drafts; `false` when some input was no draft.
pub(super) fn run(options: &Options) -> Result<bool, String> {
    let mut judge = Judge::new(&options.settings)?;
    let mut all_read = true;
    for case in input::cases(&options.files, &options.clients)? {
        match case {
            Ok(case) => {
                let report = judge.report(&case);
                if options.json {
                    json::print(&case, &report);
                } else {
                    readable::print(&case, &report);
                }
            }
            Err(wrong) => {
                all_read = false;
                if options.json {
                    json::print_error(&wrong);
                } else {
                    anstream::eprintln!("candor: {}", wrong.error);
                }
            }
        }
    }
    Ok(all_read)
}
