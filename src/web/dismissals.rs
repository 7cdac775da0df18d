//! What the user wants to hear no more of in one mail.

use std::collections::BTreeSet;

use crate::checks::Context;
use crate::draft::Text;
use crate::report::{Finding, Place};

/// Findings and checks that stay silent while one mail is written.
#[derive(Debug, Default)]
pub(super) struct Dismissals(BTreeSet<Dismissal>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dismissal {
    /// One finding, for as long as its sentence says the same, wherever that sentence moves.
    Here {
        rule: &'static str,
        /// The words that the finding is about.
        words: String,
        /// All words of its sentence.
        sentence: String,
    },
    /// All that a check finds in this mail.
    InMail {
        /// The check's name.
        rule: &'static str,
    },
}

impl Dismissal {
    /// This finding where it stands; `None` for one about the draft as a whole, which stands nowhere.
    pub(super) fn here(context: &Context, finding: &Finding) -> Option<Self> {
        let (text, span) = match &finding.place {
            Place::Subject(span) => (&context.subject, span),
            Place::Body(span) => (&context.body, span),
            Place::Draft => return None,
        };
        Some(Self::Here {
            rule: finding.rule,
            words: text.source[span.clone()].to_lowercase(),
            sentence: sentence_around(text, span.start),
        })
    }
}

impl Dismissals {
    pub(super) fn add(&mut self, dismissal: Dismissal) {
        self.0.insert(dismissal);
    }

    pub(super) fn take_back(&mut self, dismissal: &Dismissal) {
        self.0.remove(dismissal);
    }

    /// Whether the user wants to hear no more of this finding.
    pub(super) fn silence(&self, context: &Context, finding: &Finding) -> bool {
        let in_mail = Dismissal::InMail { rule: finding.rule };
        !self.0.is_empty()
            && (self.0.contains(&in_mail)
                || Dismissal::here(context, finding).is_some_and(|here| self.0.contains(&here)))
    }
}

/// The words of the sentence at an offset, however they are spaced and set apart.
fn sentence_around(text: &Text, offset: usize) -> String {
    let Some(at) = text.sentence_at(offset) else {
        return String::new();
    };
    let words = text.words_of(&text.sentences[at]).iter();
    let words: Vec<&str> = words.map(|word| &text.source[word.span.clone()]).collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Settings, check};

    /// The words of findings of this check that are not silenced.
    fn spoken<'b>(dismissals: &Dismissals, rule: &str, body: &'b str) -> Vec<&'b str> {
        let draft = Draft::new("", body);
        let context = Context::new(&draft, None);
        let findings = check(&draft, None, &Settings::default()).findings;
        let spoken = findings
            .iter()
            .filter(|finding| finding.rule == rule && !dismissals.silence(&context, finding));
        spoken
            .filter_map(|finding| match &finding.place {
                Place::Body(span) => Some(&body[span.clone()]),
                _ => None,
            })
            .collect()
    }

    fn dismissed(rule: &str, body: &str) -> Dismissal {
        let draft = Draft::new("", body);
        let findings = check(&draft, None, &Settings::default()).findings;
        let finding = findings.iter().find(|finding| finding.rule == rule).unwrap();
        Dismissal::here(&Context::new(&draft, None), finding).unwrap()
    }

    const BODY: &str = "Hi Cathy,\n\nWe use a headless CMS and a staging site.";

    #[test]
    fn a_finding_stays_silent_while_its_sentence_says_the_same() {
        let mut dismissals = Dismissals::default();
        let here = dismissed("jargon", BODY);
        assert_eq!(
            spoken(&dismissals, "jargon", BODY),
            ["headless CMS", "staging site"]
        );
        dismissals.add(here.clone());
        let other_words = "Hi Cathy,\n\nAll is well. We  use a “headless CMS” and a staging site.";
        for body in [BODY, other_words] {
            assert_eq!(spoken(&dismissals, "jargon", body), ["staging site"], "{body}");
        }
        let changed = BODY.replace("We use", "They use");
        assert_eq!(
            spoken(&dismissals, "jargon", &changed),
            ["headless CMS", "staging site"]
        );
        dismissals.take_back(&here);
        assert_eq!(
            spoken(&dismissals, "jargon", BODY),
            ["headless CMS", "staging site"]
        );
    }

    #[test]
    fn a_check_stays_silent_in_its_mail_and_the_others_speak() {
        let mut dismissals = Dismissals::default();
        dismissals.add(Dismissal::InMail { rule: "jargon" });
        let body = "We use a headless CMS. We missed the 14 May date.";
        assert!(spoken(&dismissals, "jargon", body).is_empty());
        assert_eq!(spoken(&dismissals, "bad-news", body).len(), 1);
    }
}
