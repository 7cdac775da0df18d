//! Terms that this client would not know.
//!
//! A term of the lexicon counts once, where it first stands, unless the client knows it: it is among
//! their known terms, their trade's vocabulary, what they wrote themselves, or it is explained where it
//! stands. Terms the lexicon lacks are left to the careful reader.

use std::collections::HashSet;
use std::ops::Range;

use super::phrase::finding;
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::lexicon::{Cue, CueMatch, Lexicon, Term};
use crate::{Client, Finding};

pub(super) const CHECK: Check = Check {
    name: "jargon",
    section: Section::Jargon,
    summary: "Terms this client would not know.",
    why: "Trust grows where people understand each other; nobody likes to ask what a word means.",
    source: "P",
    hint: true,
    fires: examples(&[
        Example::body("The shop moves to a headless CMS.").marks("headless CMS"),
        Example::body("Your ROAS was good in May, and the ROAS of June is better.").marks("ROAS"),
        Example::body("Let's circle back on Tuesday.").marks("circle back"),
        Example::body("DNS propagation takes a day.").marks("DNS propagation"),
    ]),
    passes: examples(&[
        Example::body("It is on staging, a private copy of your site."),
        Example::body("The ROAS (what each pound of advertising brings in) was good."),
        Example::body("We use a headless CMS, which means that the texts live apart from the pages."),
        Example::body("Your ROAS was good.").history("What was our ROAS in May?"),
        Example::body("Your ROAS was good.").known(&["roas"]),
        Example::body("The story is under embargo until Monday.").known(&["embargo"]),
        Example::body("The share who click is what my report calls CTR."),
        Example::body("Here is the key, so that Sam can get in."),
        Example::body("The website, the invoice and the PDF are on their way by email."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Terms,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    let lexicon = Lexicon::get();
    let mut seen = HashSet::new();
    context
        .message()
        .flat_map(|(_, sentence)| context.cues(sentence))
        .filter_map(|found| match found.cue {
            Cue::Term(index) => Some((found, lexicon.term(index))),
            _ => None,
        })
        .filter(|(_, term)| seen.insert(term.name()))
        .filter(|(found, term)| {
            !is_known(context, &found.span, Some(term))
                && !is_explained(context, &found.span)
                && !is_name(context, found, term)
                && !is_deed(context, found, term)
        })
        .map(|(found, _)| say(context, found.span.clone()))
        .collect()
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    let client = context.client.map_or("a client", Client::first_name);
    let advice = match term_at(context, &span) {
        Some(term) => format!("Plainly: {}.", term.plain),
        None => "Say it in everyday words, or explain it where it first stands.".to_owned(),
    };
    finding(
        context,
        CHECK.name,
        span,
        &format!("may be unknown to {client}."),
        advice,
    )
}

/// The term of the lexicon that stands exactly here.
fn term_at(context: &Context, span: &Range<usize>) -> Option<&'static Term> {
    let sentence = &context.body.sentences[context.body.sentence_at(span.start)?];
    context.cues(sentence).iter().find_map(|found| match found.cue {
        Cue::Term(index) if found.span == *span => Some(Lexicon::get().term(index)),
        _ => None,
    })
}

/// Whether the client knows these words, or they are explained where they stand.
pub(super) fn is_understood(context: &Context, span: &Range<usize>) -> bool {
    is_known(context, span, term_at(context, span)) || is_explained(context, span)
}

/// Whether the client uses the term, is known to understand it, or works in its trade.
fn is_known(context: &Context, span: &Range<usize>, term: Option<&Term>) -> bool {
    let words = context.body.source[span.clone()].to_lowercase();
    let by_client = context.client.is_some_and(|client| {
        let mut told = client
            .known_terms
            .iter()
            .chain(&client.expertise)
            .map(|known| known.to_lowercase());
        told.any(|known| {
            let by_term = term.is_some_and(|term| {
                known == term.name().to_lowercase()
                    || known.contains(&term.trade.replace('-', " "))
                    || is_kin(&known, term.trade)
            });
            known == words || by_term
        })
    });
    by_client
        || is_built_of_known(context, span, &words, term)
        || context
            .earlier_lowered()
            .iter()
            .any(|text| holds_words(text, &words))
}

/// Whether a term is made of one that the client knows, and holds none besides that the client does not: "TMS screens"
/// is no riddle to who knows a TMS, nor is "under embargo" to who knows an embargo. What a list has as a term of its own
/// may mean more than its parts, unless those beside the known one mean nothing.
fn is_built_of_known(context: &Context, span: &Range<usize>, words: &str, term: Option<&Term>) -> bool {
    const SMALL: &[&str] = &[
        "a", "an", "at", "for", "in", "of", "on", "out", "the", "to", "under", "with",
    ];
    let known: Vec<String> = context
        .client
        .iter()
        .flat_map(|client| &client.known_terms)
        .map(|known| known.trim().to_lowercase())
        .filter(|known| !known.is_empty())
        .collect();
    let Some(part) = known.iter().find(|known| holds_words(words, known)) else {
        return false;
    };
    if term.is_some() {
        let rest = words.replacen(part.as_str(), "", 1);
        return rest.split_whitespace().all(|word| SMALL.contains(&word));
    }
    let Some(at) = context.body.sentence_at(span.start) else {
        return false;
    };
    let cues = context.cues(&context.body.sentences[at]).iter();
    cues.filter(|found| span.start <= found.span.start && found.span.end <= span.end)
        .filter_map(|found| term_at(context, &found.span))
        .all(|term| known.contains(&term.name().to_lowercase()))
}

/// Whether a field of knowledge is part of a trade, or another name for it.
fn is_kin(known: &str, trade: &str) -> bool {
    const KIN: &[(&str, &[&str])] = &[
        ("accounting", &["bookkeeping", "audit", "tax"]),
        (
            "construction",
            &[
                "building",
                "contracting",
                "joinery",
                "carpentry",
                "architecture",
                "surveying",
            ],
        ),
        ("design", &["typography", "typesetting", "printing"]),
        ("hr", &["human resources", "recruitment"]),
        ("law", &["patents", "legal"]),
        (
            "logistics",
            &[
                "freight",
                "shipping",
                "importing",
                "exporting",
                "haulage",
                "trucking",
            ],
        ),
        ("manufacturing", &["engineering", "machining"]),
        (
            "media",
            &["film", "printing", "publishing", "translation", "typesetting"],
        ),
        ("medical", &["medicine", "nursing", "dentistry"]),
        ("research", &["statistics"]),
        ("software", &["programming"]),
    ];
    KIN.iter()
        .any(|(name, fields)| *name == trade && fields.iter().any(|field| known.contains(field)))
}

/// Whether `words` stand in `text` with no letter on either side.
fn holds_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Whether the words around the term say what it means.
fn is_explained(context: &Context, span: &Range<usize>) -> bool {
    const OPENERS: &[&str] = &[
        ", a ",
        ", an ",
        ", the ",
        ", our ",
        ", your ",
        ", that is",
        ", that's",
        ", that’s",
        ", i.e.",
        ", or ",
        ", which is",
        ", which means",
        ", meaning",
        ", in other words",
        ", so ",
        " (",
        " – ",
        " — ",
        " - ",
        ": ",
        " means ",
        " is a ",
        " is the ",
        " is an ",
        " is when ",
        " are the ",
        " = ",
        ", where ",
        ", who ",
        ", what ",
    ];
    // Further on in the sentence only words that cannot but explain count.
    const GLOSSES: &[&str] = &[
        ", that is ",
        " i.e. ",
        "which means",
        "which is to say",
        ", meaning ",
        "in other words",
        "in plain english",
        "in short, ",
    ];
    const NAMERS: &[&str] = &[
        "called ",
        "known as ",
        "so-called ",
        "we call ",
        "we call a ",
        "we call the ",
        "called a ",
        "called the ",
        "(",
        "(the ",
        "(a ",
        "calls ",
        "call it ",
        "call it the ",
        "call that ",
        "call this ",
        "that figure is ",
        "in english ",
    ];
    let source = context.body.source;
    let sentence = context
        .body
        .sentence_at(span.start)
        .map(|at| &context.body.sentences[at]);
    let Some(sentence) = sentence else { return false };
    let before = source[sentence.span.start..span.start].to_lowercase();
    let after = source[span.end..sentence.span.end].to_lowercase();
    let after = after.trim_start_matches(['"', '”', '’', '\'']);
    let before = before.trim_end_matches(['"', '“', '‘', '\'']);
    let glossed = GLOSSES.iter().any(|gloss| after.contains(gloss));
    let opened = OPENERS.iter().any(|opener| {
        // Three words are the least that can explain anything.
        after
            .strip_prefix(opener)
            .is_some_and(|rest| rest.split_whitespace().count() >= 3)
    });
    let named = NAMERS.iter().any(|namer| before.ends_with(namer));
    glossed || opened || named
}

/// Whether a term of common words is written like a name in the middle of a sentence.
fn is_name(context: &Context, found: &CueMatch, term: &Term) -> bool {
    let words = &context.body.source[found.span.clone()];
    let capital = words.starts_with(char::is_uppercase) && words.chars().any(char::is_lowercase);
    let starts = context
        .body
        .sentences
        .iter()
        .any(|sentence| sentence.words.start == found.words.start);
    let listed_lower = term.name().starts_with(char::is_lowercase);
    capital && !starts && listed_lower
}

/// Whether a term like "get-in" stands without its hyphen and its article: "so that Sam can get in".
fn is_deed(context: &Context, found: &CueMatch, term: &Term) -> bool {
    const PARTICLES: &[&str] = &["-in", "-out", "-up", "-off", "-down", "-on", "-over"];
    const ARTICLES: &[&str] = &[
        "a", "an", "the", "your", "our", "their", "this", "that", "each", "any", "no",
    ];
    let listed = PARTICLES.iter().any(|particle| term.name().ends_with(particle));
    let joined = context.body.source[found.span.clone()].contains(['-', '‑']);
    let before = found.words.start.checked_sub(1).map(|at| context.body.word(at));
    let named = before.is_some_and(|word| ARTICLES.contains(&word.to_lowercase().as_str()));
    listed && !joined && !named
}
