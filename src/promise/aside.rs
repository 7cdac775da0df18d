//! Asides between a subject and its verb: "Samira, my paralegal, will", "the photographs (all of them) will".

use super::phrase::Phrase;
use super::token::{Joint, Token};

/// How many words an aside has at most.
const LONGEST: usize = 12;

/// Verbs that go on with the subject before an aside.
const GOES_ON: &[&str] = &[
    "will", "shall", "go", "come", "comes", "reach", "reaches", "leave", "leaves", "is", "are", "should",
    "gets", "get", "goes", "would", "has", "have",
];

/// Leaves out the last aside that holds no date, so that its verb stands next to the subject. Says whether there
/// was one.
pub(super) fn leave_out(tokens: &mut Vec<Token>, phrases: &[Phrase]) -> bool {
    let found = (2..tokens.len()).rev().find_map(|end| {
        let start = aside_before(tokens, end)?;
        let undated = phrases
            .iter()
            .all(|phrase| phrase.tokens.end < start || end <= phrase.tokens.start);
        undated.then_some(start..end)
    });
    if let Some(aside) = found.clone() {
        tokens[aside.end].gap = " ";
        tokens.drain(aside);
    }
    found.is_some()
}

/// Where the aside begins that ends before this word.
fn aside_before(tokens: &[Token], end: usize) -> Option<usize> {
    if tokens[end].joint() != Joint::Loose {
        return None;
    }
    let start = (1..end)
        .rev()
        .take(LONGEST)
        .take_while(|&at| tokens[at].joint() != Joint::Apart)
        .find(|&at| tokens[at].joint() == Joint::Loose)?;
    let before = tokens[start - 1].word.as_str();
    let after_will = matches!(before, "will" | "shall") || before.ends_with("'ll");
    let goes_on = GOES_ON.contains(&tokens[end].word.as_str());
    let asked = tokens[end].word == "to" && tokens[start - 1].raw.starts_with(char::is_uppercase);
    let joins = matches!(
        tokens[start].word.as_str(),
        "and" | "or" | "but" | "so" | "then" | "will" | "shall"
    );
    let is_subject = !matches!(before, "please" | "yes" | "no" | "however");
    (!joins && is_subject && (after_will || goes_on || asked)).then_some(start)
}
