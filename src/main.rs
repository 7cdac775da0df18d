//! The command line program: `candor check` judges drafts, `candor score` measures the judging.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(&std::env::args().skip(1).collect::<Vec<_>>())
}
