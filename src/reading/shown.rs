//! What of a draft the writer has before them.

use std::collections::BTreeSet;

use crate::checks::Context;
use crate::{Finding, Place};

/// Findings in the body that the writer was shown last: each check with the words of its sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown(BTreeSet<(&'static str, String)>);

impl Shown {
    /// These findings of a draft.
    pub fn new(context: &Context, findings: &[Finding]) -> Self {
        let known = |finding: &Finding| Some((finding.rule, sentence(context, finding)?.to_owned()));
        Self(findings.iter().filter_map(known).collect())
    }

    /// Whether this check was shown at these words, wherever they stand by now.
    pub fn holds(&self, context: &Context, finding: &Finding) -> bool {
        sentence(context, finding).is_some_and(|words| self.0.contains(&(finding.rule, words.to_owned())))
    }
}

fn sentence<'c>(context: &'c Context, finding: &Finding) -> Option<&'c str> {
    let Place::Body(span) = &finding.place else {
        return None;
    };
    let sentence = context.body.sentence_at(span.start)?;
    Some(&context.body.source[context.body.sentences[sentence].span.clone()])
}
