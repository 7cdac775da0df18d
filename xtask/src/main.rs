//! What is done to Candor's code: `cargo xtask <verb>`.

mod bench;
mod build;
mod figures;
mod labelled_dates;
mod package;
mod peers;
mod process;
mod run;
mod setup;
mod test;
mod thresholds;
mod train;
mod train_inputs;
mod train_promises;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
Usage: cargo xtask <verb>

  run [--browser chromium|firefox] [--headless]
              opens the demo mailbox in a real browser with Candor in it; with --headless, or
              without a display, prints what the panel says and the path of a screenshot
  test [rust|browser [FILE...]]
              all tests, or one half of them, or some files of tests/browser
  build       unpacked extensions in target/extension/chrome and target/extension/firefox
  package     archives for the stores and their reviewers in target/package
  bench       speed and size beside what is used today: target/bench/report.json
  figures [--ordinary FILE] [--give-up]
              how often Candor is right, beside what is used today: docs/figures.md and tests/kept.json;
              also on ordinary mail of FILE; --give-up lowers kept figures that fell
  train [--epochs N] [--share X] [--seed N] ...
              the careful reader's model anew, from train/data: train/model/reader.safetensors
  train-promises
              the weights by which dates are taken for those of promises: src/promise/learned/weights.bin
  thresholds [--model FILE] [--ordinary FILE] DRAFTS...
              from which probability on its checks speak, chosen on drafts it was not trained on

Each sets up what it needs: the wasm target, npm packages, browsers.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((verb, rest)) = arguments.split_first() else {
        bail!("no verb\n\n{HELP}");
    };
    match verb.as_str() {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "build" => build::build(),
        "package" => package::package(),
        "bench" => bench::bench(),
        "figures" => figures::figures(rest),
        "thresholds" => thresholds::thresholds(rest),
        "train" => train::train(rest),
        "train-promises" => train_promises::train(),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("`{other}` is no verb\n\n{HELP}"),
    }
}

/// The folder of the checkout.
fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask lies in the checkout").to_owned()
}

/// Where cargo builds to, for what is put beside it.
fn target() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR")
        .map(|folder| std::path::absolute(folder).expect("cargo takes no empty name"));
    named.unwrap_or_else(|| root().join("target"))
}
