//! Labelled drafts as the careful reader's model sees them, for its training.
//!
//! JSON Lines. The first names the marks, `{"marks":["cue:harm-time",…]}`; then
//! one for each draft:
//!
//! ```json
//! {"id":"H-001","windows":[{"tokens":[101,…],"types":[0,…],"marks":[[token,mark],…],
//!  "sentences":[[index,first token,end token,start byte,end byte,taken 0/1],…],
//!  "words":[[first token,end token,start byte,end byte],…]}]}
//! ```

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use candor::checks;
use candor::reader::input::{Window, windows};
use candor::reader::marks;
use candor::reader::tokens::Vocabulary;
use candor::{Client, Draft};
use serde_json::{Value, json};

/// Writes the inputs for the drafts of all files, with the tokens of a vocabulary.
pub(crate) fn write(vocabulary: &Path, files: &[PathBuf], out: &mut impl Write) -> Result<()> {
    let text = fs::read_to_string(vocabulary).with_context(|| vocabulary.display().to_string())?;
    let vocabulary = Vocabulary::parse(&text)?;
    writeln!(out, "{}", json!({"marks": marks::names()}))?;
    for file in files {
        let name = file.display();
        let text = fs::read_to_string(file).with_context(|| name.to_string())?;
        for (at, line) in text.lines().enumerate() {
            let line: Value = serde_json::from_str(line).with_context(|| format!("{name}:{}", at + 1))?;
            let (draft, client) = draft(&line).with_context(|| format!("{name}:{}", at + 1))?;
            let windows = windows(&checks::Context::new(&draft, client.as_ref()), &vocabulary);
            let windows: Vec<Value> = windows.iter().map(shown).collect();
            writeln!(out, "{}", json!({"id": line["id"], "windows": windows}))?;
        }
    }
    Ok(out.flush()?)
}

/// The draft of a line and whom it goes to.
pub(crate) fn draft(line: &Value) -> Result<(Draft, Option<Client>)> {
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let body = line["body"].as_str().context("a draft has a `body`")?;
    let draft = Draft {
        history: text("history"),
        ..Draft::new(text("subject"), body)
    };
    let client = match &line["client"] {
        Value::Null => None,
        client => Some(serde_json::from_value(client.clone())?),
    };
    Ok((draft, client))
}

fn shown(window: &Window) -> Value {
    let sentences: Vec<[usize; 6]> = window
        .sentences
        .iter()
        .map(|sentence| {
            let (tokens, span) = (&sentence.tokens, &sentence.span);
            let taken = usize::from(sentence.taken);
            [
                sentence.index,
                tokens.start,
                tokens.end,
                span.start,
                span.end,
                taken,
            ]
        })
        .collect();
    let words: Vec<[usize; 4]> = window
        .words
        .iter()
        .map(|word| [word.tokens.start, word.tokens.end, word.span.start, word.span.end])
        .collect();
    let marks: Vec<(usize, u16)> = window
        .marks
        .iter()
        .map(|&(token, mark)| (token, mark.0))
        .collect();
    json!({
        "tokens": window.tokens,
        "types": window.types,
        "marks": marks,
        "sentences": sentences,
        "words": words,
    })
}
