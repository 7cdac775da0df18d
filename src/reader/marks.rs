//! What the quick reader already knows of a text, as marks that stand on its words.
//!
//! A mark is a name. The model has a learned vector for each name it was trained with and skips the
//! others, so cues and checks may be added before the next training.

use std::ops::Range;
use std::sync::LazyLock;

use crate::checks::{self, Judge};
use crate::draft::{Role, Text};
use crate::lexicon::{Cue, Lexicon};
use crate::promise::by_rules::ByRules;
use crate::{Finding, Place};

/// A mark, as its index in [`names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub u16);

const TERM: &str = "term";
const UNKNOWN_TERM: &str = "unknown-term";
const PARAGRAPH: &str = "paragraph";
const DATE: &str = "date";
const PROMISE: &str = "promise";
const ROLES: &[(Role, &str)] = &[
    (Role::Greeting, "role:greeting"),
    (Role::Item, "role:item"),
    (Role::Closing, "role:closing"),
];

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let cues = Lexicon::cue_kinds().map(cue_name);
    let findings = checks::ALL
        .iter()
        .filter(|check| matches!(check.judge, Judge::Words { .. }) && check.name != checks::JARGON)
        .map(|check| finding_name(check.name));
    let roles = ROLES.iter().map(|&(_, name)| name);
    let others = [TERM, UNKNOWN_TERM, PARAGRAPH, DATE, PROMISE]
        .into_iter()
        .chain(roles)
        .map(str::to_owned);
    cues.chain(findings).chain(others).collect()
});

/// The names of all marks: `cue:harm-time`, `finding:bad-news`, `term`, `unknown-term`, `paragraph`, `date`,
/// `promise`, `role:item` and so on.
pub fn names() -> &'static [String] {
    &NAMES
}

/// The marks on a subject or body and the bytes each stands on, for what the checks of words found.
///
/// A cue, a finding, a date and a promise stand on their words, a role on its whole sentence, `paragraph` on the
/// first word of each paragraph.
pub(super) fn marks_of(text: &Text, findings: &[Finding], is_body: bool) -> Vec<(Range<usize>, Mark)> {
    let cues = text.cues.iter().map(|found| match found.cue {
        Cue::Term(_) => (found.span.clone(), named(TERM)),
        cue => (found.span.clone(), named(&cue_name(cue))),
    });
    let findings = findings.iter().filter_map(|finding| {
        let span = match &finding.place {
            Place::Subject(span) if !is_body => span,
            Place::Body(span) if is_body => span,
            _ => return None,
        };
        if finding.rule == checks::JARGON {
            return Some((span.clone(), named(UNKNOWN_TERM)));
        }
        Some((span.clone(), named(&finding_name(finding.rule))))
    });
    let mut marks: Vec<(Range<usize>, Option<Mark>)> = cues.chain(findings).collect();
    if is_body {
        let mut paragraph = None;
        for sentence in &text.sentences {
            let role = ROLES.iter().find(|(role, _)| *role == sentence.role);
            marks.extend(role.map(|(_, name)| (sentence.span.clone(), named(name))));
            if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
                let first = text.words[sentence.words.start].span.clone();
                marks.push((first, named(PARAGRAPH)));
            }
        }
        let ByRules { dates, promises } = ByRules::of(text);
        marks.extend(dates.into_iter().map(|span| (span, named(DATE))));
        marks.extend(promises.into_iter().map(|span| (span, named(PROMISE))));
    }
    marks
        .into_iter()
        .filter_map(|(span, mark)| Some((span, mark?)))
        .collect()
}

fn named(name: &str) -> Option<Mark> {
    let at = NAMES.iter().position(|other| other == name)?;
    u16::try_from(at).ok().map(Mark)
}

fn finding_name(rule: &str) -> String {
    format!("finding:{rule}")
}

/// `Cue::Harm(Harm::Time)` is `cue:harm-time`: a cue is named once, in the lexicon.
fn cue_name(cue: Cue) -> String {
    let mut name = String::from("cue:");
    for c in format!("{cue:?}").chars() {
        match c {
            '(' => {}
            ')' => break,
            c if c.is_ascii_uppercase() => {
                if !name.ends_with(':') {
                    name.push('-');
                }
                name.push(c.to_ascii_lowercase());
            }
            c => name.push(c),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Harm;

    #[test]
    fn marks_are_named_once_and_in_kebab_case() {
        assert_eq!(cue_name(Cue::Harm(Harm::Time)), "cue:harm-time");
        assert_eq!(cue_name(Cue::ReviewRequest), "cue:review-request");
        let mut names: Vec<&String> = names().iter().collect();
        assert!(names.iter().all(|name| {
            name.chars()
                .all(|c| c.is_ascii_lowercase() || matches!(c, '-' | ':'))
        }));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), super::names().len());
    }
}
