//! What the user may do with one finding, worked out while the draft is judged.

use crate::checks::Context;
use crate::lexicon::Term;
use crate::report::{Finding, Place};
use crate::rewording;
use crate::web::dismissals::Dismissal;

/// The choices that a finding offers.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// The words that it is about; empty for the draft as a whole.
    pub words: String,
    /// Plain words to write in their place.
    pub plain: Option<String>,
    /// The client who may know the term after all.
    pub knower: Option<Knower>,
    /// To hear no more of this one finding; not offered for the draft as a whole.
    pub here: Option<Dismissal>,
}

/// A client of the notebook, and the term that they may know.
#[derive(Debug, Clone)]
pub(super) struct Knower {
    /// The notebook's key.
    pub id: String,
    /// What to call them.
    pub name: String,
    /// The term as it is listed among those they know.
    pub term: String,
}

impl Choices {
    /// What there is to choose about a finding in this draft, for its client.
    pub(super) fn of(context: &Context, finding: &Finding) -> Self {
        let here = Dismissal::here(context, finding);
        let Place::Body(span) = &finding.place else {
            return Self {
                here,
                ..Self::default()
            };
        };
        let words = context.body.source[span.clone()].to_owned();
        let is_jargon = finding.rule == "jargon";
        let knower = context.client.filter(|client| is_jargon && !client.id.is_empty());
        let knower = knower.map(|client| Knower {
            id: client.id.clone(),
            name: client.first_name().to_owned(),
            term: rewording::term_at(context, span).map_or_else(|| words.clone(), Term::name),
        });
        Self {
            plain: is_jargon.then(|| rewording::plain_words(context, span)).flatten(),
            words,
            knower,
            here,
        }
    }
}
