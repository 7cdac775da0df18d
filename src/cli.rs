//! The command line program: arguments in, exit status out.

mod check;
mod input;
mod json;
mod judge;
mod readable;
mod score;

use std::process::ExitCode;

use candor::{Client, Settings};

const HELP: &str = "\
Candor checks client emails: hidden bad news, decisions without a reason, words the client
would not know, and when to call instead.

Usage:
  candor check [--json] [--fast] [--clients FILE] [FILE...]
  candor score [--json] [--fast] FILE...

check reads .eml, plain text or JSON Lines of drafts; `-` or no file is standard input.
score reads JSON Lines of drafts with `gold` labels and prints how often Candor is right.

Options:
  --json          one line of JSON for each draft, in order; of a score, its counts
  --fast          the quick reader alone
  --clients FILE  clients to judge for, matched by address: a JSON array or JSON Lines
  -h, --help      this text
  -V, --version   the version";

/// What the arguments ask for.
struct Options {
    json: bool,
    clients: Vec<Client>,
    files: Vec<String>,
    settings: Settings,
}

/// Runs the program. Status 0: done; 1: some input could not be read, the rest was; 2: nothing was done.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("--help", &[][..]),
    };
    let outcome = match command {
        "check" => options(rest).and_then(|options| check::run(&options)),
        "score" => options(rest).and_then(|options| score::run(&options)),
        "-h" | "--help" | "help" => Ok(print(HELP)),
        "-V" | "--version" => Ok(print(concat!("candor ", env!("CARGO_PKG_VERSION")))),
        other => Err(format!("`{other}` is no command: see candor --help")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            anstream::eprintln!("candor: {message}");
            ExitCode::from(2)
        }
    }
}

fn print(text: &str) -> bool {
    anstream::println!("{text}");
    true
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options {
        json: false,
        clients: Vec::new(),
        files: Vec::new(),
        settings: Settings::default(),
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => options.json = true,
            "--fast" => options.settings.careful = false,
            "--clients" => {
                let file = arguments.next().ok_or("--clients needs a file")?;
                options.clients = input::clients(file)?;
            }
            file if file == "-" || !file.starts_with('-') => options.files.push(file.to_owned()),
            other => return Err(format!("`{other}` is no option: see candor --help")),
        }
    }
    Ok(options)
}
