//! Numbers for findings that stay the same from one revision of a draft to the next.
//!
//! A finding is known by its check, its field and its words, and by how many alike stand before it;
//! where it stands may shift with every key typed above it.

use std::collections::HashMap;

use crate::report::{Finding, Place};

/// Gives each finding its number.
#[derive(Debug, Default)]
pub(super) struct FindingIds {
    given: HashMap<Key, u32>,
    last: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    rule: &'static str,
    in_subject: bool,
    headline: String,
    alike_before: usize,
}

impl FindingIds {
    /// The numbers of these findings, in their order: the one a finding had in the last call, else a
    /// new one. Numbers start at 1 and are never given twice.
    pub(super) fn number(&mut self, findings: &[Finding]) -> Vec<u32> {
        let mut alike = HashMap::new();
        let mut given = HashMap::with_capacity(findings.len());
        let mut numbers = Vec::with_capacity(findings.len());
        for finding in findings {
            let mut key = Key {
                rule: finding.rule,
                in_subject: matches!(finding.place, Place::Subject(_)),
                headline: finding.headline.clone(),
                alike_before: 0,
            };
            let before = alike.entry(key.clone()).or_insert(0);
            key.alike_before = *before;
            *before += 1;
            let number = self.given.get(&key).copied().unwrap_or_else(|| {
                self.last += 1;
                self.last
            });
            numbers.push(number);
            given.insert(key, number);
        }
        self.given = given;
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(headline: &str, start: usize) -> Finding {
        let place = Place::Body(start..start + 3);
        Finding {
            rule: "bad-news",
            place,
            headline: headline.into(),
            advice: String::new(),
        }
    }

    #[test]
    fn a_finding_keeps_its_number_while_it_moves() {
        let mut ids = FindingIds::default();
        assert_eq!(ids.number(&[finding("a", 0), finding("b", 9)]), [1, 2]);
        assert_eq!(
            ids.number(&[finding("new", 0), finding("a", 5), finding("b", 14)]),
            [3, 1, 2]
        );
    }

    #[test]
    fn the_same_words_twice_are_two_findings() {
        let mut ids = FindingIds::default();
        assert_eq!(ids.number(&[finding("a", 0), finding("a", 9)]), [1, 2]);
        assert_eq!(ids.number(&[finding("a", 1)]), [1]);
    }

    #[test]
    fn a_number_is_never_given_twice() {
        let mut ids = FindingIds::default();
        ids.number(&[finding("a", 0)]);
        ids.number(&[]);
        assert_eq!(ids.number(&[finding("a", 0)]), [2]);
    }
}
