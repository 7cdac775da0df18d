//! One list of findings out of two readers.
//!
//! Where the careful reader has read a sentence, its word counts: what it finds likely is a finding, and
//! what rules found stands unless it finds that quite unlikely. Where it has not, rules stand alone, and
//! what it thinks of the whole draft takes nothing back. What it alone found is left out where nothing else is
//! found and it is not all but sure. A sentence gets one finding of a check at most, so
//! nothing is said twice.

use std::collections::HashSet;
use std::ops::Range;

use super::{Check, Context, Judge, PointsAt, bad_hour, bad_news, by_name, in_reading_order, jargon, of};
use crate::draft::Sentence;
use crate::report::CallAdvice;
use crate::{Finding, Place, Reading};

/// What rules found is taken back below this share of the probability at which the careful reader would
/// have spoken by itself: two readers that nearly agree are right more often than either alone.
const STANDS: f32 = 0.8;

/// The same of bad news in a mail to a client whom the writer keeps notes of. The careful reader leaves alone what reads
/// like a word among colleagues, and a terse line to a client can; here it is known whom it is for.
const STANDS_FOR_CLIENT: f32 = 0.1;

/// How much doubt a finding that stands alone may leave, of what it may leave beside others.
const DOUBT: f32 = 0.25;

/// What a check finds, given the findings of the checks before it.
pub(super) fn judge(context: &Context, check: &Check, so_far: &[Finding]) -> Vec<Finding> {
    match (check.judge, context.reading) {
        (Judge::Words { find, .. }, None) => find(context),
        (Judge::Words { find, say, points_at }, Some(reading)) => {
            let stands = |finding: &Finding| stands(context, reading, finding);
            let mut findings: Vec<Finding> = find(context).into_iter().filter(stands).collect();
            let read = match points_at {
                PointsAt::Clause => clauses(context, reading, check.name, &findings),
                PointsAt::Words => words(context, reading, check.name, &findings),
                PointsAt::Terms => terms(context, reading, check.name, &findings),
            };
            findings.extend(read.into_iter().map(|span| say(context, span)));
            in_reading_order(&mut findings);
            findings
        }
        (Judge::Whole { find, say, sure }, reading) => {
            let found = find(context, so_far);
            let p = reading.and_then(|reading| reading.draft.get(check.name));
            let (Some(say), Some(reading), Some(&p)) = (say, reading, p) else {
                return found.into_iter().collect();
            };
            let speaks = reading.threshold(check.name);
            // Of news that was written since, the careful reader knows nothing.
            let knows = || of(so_far, &bad_news::CHECK).all(|news| context.is_read(news));
            let finding = match found {
                Some(finding) => (sure || p >= STANDS * speaks || !knows()).then_some(finding),
                None => (p >= speaks).then(|| say(context, so_far)).flatten(),
            };
            finding.into_iter().collect()
        }
    }
}

/// Takes back what the careful reader alone found, in a mail in which nothing else is found, unless it is all but
/// sure: a mail with one fault often has another, and one remark about a mail that is well is often wrong. What was
/// shown stays, so that nothing goes because something else was mended.
pub(super) fn take_back_lone_doubts(context: &Context, call: &CallAdvice, findings: &mut Vec<Finding>) {
    let mut checks = findings
        .iter()
        .map(|finding| finding.rule)
        // What the clock says tells nothing of the words.
        .filter(|&rule| rule != bad_hour::CHECK.name);
    let (Some(reading), Some(rule), false) = (context.reading, checks.next(), call.advised) else {
        return;
    };
    if checks.any(|other| other != rule) {
        return;
    }
    let Some(Judge::Words { find, .. }) = by_name(rule).map(|check| check.judge) else {
        return;
    };
    let sure = 1.0 - DOUBT * (1.0 - reading.threshold(rule));
    let by_rules = find(context);
    findings.retain(|finding| {
        finding.rule != rule
            || by_rules.iter().any(|other| other.place == finding.place)
            || reading.shown.holds(context, finding)
            || probability(context, reading, finding).is_none_or(|p| p >= sure)
    });
}

/// Whether the careful reader lets a finding of rules stand.
fn stands(context: &Context, reading: &Reading, finding: &Finding) -> bool {
    let share = match context.client {
        Some(_) if finding.rule == bad_news::CHECK.name => STANDS_FOR_CLIENT,
        _ => STANDS,
    };
    let p = probability(context, reading, finding);
    p.is_none_or(|p| p >= share * reading.threshold(finding.rule))
}

/// How likely the careful reader finds a finding in the body, where it has read that.
fn probability(context: &Context, reading: &Reading, finding: &Finding) -> Option<f32> {
    let Place::Body(span) = &finding.place else {
        return None;
    };
    let sentence = context.body.sentence_at(span.start)?;
    let read = reading.sentence(&context.body.sentences[sentence].span)?;
    let of_sentence = read.rules.get(finding.rule).map(|judgement| judgement.p);
    let of_words = reading
        .words
        .iter()
        .filter(|word| word.rule == finding.rule && meet(&word.span, span))
        .map(|word| word.p);
    of_sentence.into_iter().chain(of_words).reduce(f32::max)
}

/// The clauses of sentences that the careful reader finds likely and that have no finding yet.
fn clauses(context: &Context, reading: &Reading, rule: &str, found: &[Finding]) -> Vec<Range<usize>> {
    let told: HashSet<usize> = found
        .iter()
        .filter_map(|finding| sentence_of(context, finding))
        .collect();
    let threshold = reading.threshold(rule);
    context
        .message()
        .filter(|(at, _)| !told.contains(at))
        .filter_map(|(_, sentence)| {
            let judgement = reading.sentence(&sentence.span)?.rules.get(rule)?;
            (judgement.p >= threshold).then(|| {
                let word = judgement.word.as_ref();
                clause_around(
                    context,
                    sentence,
                    word.map_or(sentence.span.start, |word| word.start),
                )
            })
        })
        .collect()
}

/// The clause of a sentence in which a byte of the body stands.
fn clause_around(context: &Context, sentence: &Sentence, at: usize) -> Range<usize> {
    let words = context.body.words_of(sentence);
    let after = words.partition_point(|word| word.span.start <= at);
    let word = sentence.words.start + after.saturating_sub(1);
    context.clause(sentence, &(word..word + 1))
}

/// Words that the careful reader finds by themselves, away from what rules found.
fn words(context: &Context, reading: &Reading, rule: &str, found: &[Finding]) -> Vec<Range<usize>> {
    let taken: HashSet<usize> = found
        .iter()
        .filter_map(|finding| sentence_of(context, finding))
        .collect();
    let speaks = |span: &Range<usize>| {
        let sentence = context.body.sentence_at(span.start)?;
        context.body.sentences[sentence].speaks().then_some(sentence)
    };
    let mut told = taken;
    reading
        .words
        .iter()
        .filter(|word| word.rule == rule && word.p >= reading.threshold(rule))
        .filter(|word| speaks(&word.span).is_some_and(|sentence| told.insert(sentence)))
        .map(|word| word.span.clone())
        .collect()
}

/// Terms that the careful reader finds beside those of the lexicon, each where it first stands.
fn terms(context: &Context, reading: &Reading, rule: &str, found: &[Finding]) -> Vec<Range<usize>> {
    let lower = |span: &Range<usize>| context.body.source[span.clone()].to_lowercase();
    let spans: Vec<&Range<usize>> = found
        .iter()
        .filter_map(|finding| match &finding.place {
            Place::Body(span) => Some(span),
            Place::Subject(_) | Place::Draft => None,
        })
        .collect();
    let mut seen: HashSet<String> = spans.iter().map(|span| lower(span)).collect();
    let speaks = |span: &Range<usize>| {
        let sentence = context.body.sentence_at(span.start);
        sentence.is_some_and(|at| context.body.sentences[at].speaks())
    };
    let apart = |span: &Range<usize>| {
        let after = spans.partition_point(|other| other.start < span.end);
        after.checked_sub(1).is_none_or(|last| !meet(spans[last], span))
    };
    reading
        .words
        .iter()
        .filter(|word| word.rule == rule && word.p >= reading.threshold(rule))
        .map(|word| &word.span)
        .filter(|&span| speaks(span) && apart(span) && !jargon::is_understood(context, span))
        .filter(|&span| seen.insert(lower(span)))
        .cloned()
        .collect()
}

fn sentence_of(context: &Context, finding: &Finding) -> Option<usize> {
    match &finding.place {
        Place::Body(span) => context.body.sentence_at(span.start),
        Place::Subject(_) | Place::Draft => None,
    }
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::check_with;
    use crate::reading::{Judgement, SentenceReading, Shown, WordReading};
    use crate::{Client, Draft, Report, Settings};

    /// A reading of the body in which the sentence that holds these words has this probability of the fault.
    fn reading(body: &str, words: &str, rule: &str, p: f32) -> Reading {
        let draft = Draft::new("", body);
        let at = body.find(words).unwrap();
        let context = Context::new(&draft, None);
        let sentences = context.body.sentences.iter().map(|sentence| {
            let here = sentence.span.contains(&at);
            let judgement = Judgement {
                p: if here { p } else { 0.0 },
                word: here.then(|| at..at + words.len()),
            };
            SentenceReading {
                span: sentence.span.clone(),
                rules: [(rule.to_owned(), judgement)].into(),
            }
        });
        Reading {
            sentences: sentences.collect(),
            ..Reading::default()
        }
    }

    fn found<'b>(body: &'b str, reading: &Reading, rule: &str) -> Vec<&'b str> {
        let draft = Draft::new("", body);
        let report = check_with(&draft, None, &Settings::default(), Some(reading));
        let findings = report.findings.into_iter().filter(|finding| finding.rule == rule);
        findings
            .map(|finding| match finding.place {
                Place::Body(span) => &body[span],
                Place::Subject(_) | Place::Draft => "",
            })
            .collect()
    }

    #[test]
    fn what_the_careful_reader_finds_likely_is_a_finding_at_its_clause() {
        let body = "Thanks for lunch. Your posters look great, but five tables come along, where seven were ordered.";
        let read = reading(body, "tables", "bad-news", 0.9);
        assert_eq!(found(body, &read, "bad-news"), ["five tables come along"]);
        assert!(found(body, &Reading::default(), "bad-news").is_empty());
    }

    #[test]
    fn what_stands_alone_must_be_all_but_sure_or_shown_before() {
        let sentence = "The tables come along.";
        let alone = format!("Thanks for lunch. {sentence}");
        let doubtful = reading(&alone, "tables", "missing-rationale", 0.7);
        assert!(found(&alone, &doubtful, "missing-rationale").is_empty());
        assert_eq!(
            found(
                &alone,
                &reading(&alone, "tables", "missing-rationale", 0.95),
                "missing-rationale"
            )
            .len(),
            1
        );

        let beside = format!("{alone} You should have told us sooner.");
        let beside_another = reading(&beside, "tables", "missing-rationale", 0.7);
        assert_eq!(found(&beside, &beside_another, "missing-rationale").len(), 1);

        let draft = Draft::new("", &beside);
        let report = check_with(&draft, None, &Settings::default(), Some(&beside_another));
        let shown = Shown::new(&Context::new(&draft, None), &report.findings);
        assert_eq!(
            found(&alone, &Reading { shown, ..doubtful }, "missing-rationale").len(),
            1
        );
    }

    #[test]
    fn rules_may_stand_alone_in_doubt() {
        let body = "We missed the 14 May deadline.";
        assert_eq!(
            found(body, &reading(body, "missed", "bad-news", 0.5), "bad-news").len(),
            1
        );
    }

    #[test]
    fn a_sentence_that_both_find_is_told_once_in_the_words_of_the_rules() {
        let body = "We missed the 14 May deadline, and the photos are late.";
        let read = reading(body, "photos", "bad-news", 0.9);
        assert_eq!(found(body, &read, "bad-news").len(), 1);
    }

    #[test]
    fn what_the_careful_reader_finds_quite_unlikely_is_taken_back() {
        let body = "We missed the 14 May deadline.";
        assert!(found(body, &reading(body, "missed", "bad-news", 0.05), "bad-news").is_empty());
        assert_eq!(
            found(body, &reading(body, "missed", "bad-news", 0.4), "bad-news").len(),
            1
        );
    }

    #[test]
    fn a_sentence_not_read_yet_is_left_to_the_rules() {
        let body = "We missed the 14 May deadline.";
        let read = reading("Hello there, Cathy.", "Hello", "bad-news", 0.0);
        assert_eq!(found(body, &read, "bad-news").len(), 1);
    }

    #[test]
    fn a_term_beyond_the_lexicon_is_found_once_and_not_where_it_is_explained() {
        let body = "The frobnitz is ready. We checked the frobnitz. The quux, a small box by the door, is ready too.";
        let mut words: Vec<WordReading> = ["frobnitz", "quux"]
            .into_iter()
            .flat_map(|term| body.match_indices(term))
            .map(|(at, term)| WordReading {
                span: at..at + term.len(),
                rule: "jargon".to_owned(),
                p: 0.9,
            })
            .collect();
        words.sort_by_key(|word| word.span.start);
        let read = Reading {
            words,
            ..Reading::default()
        };
        assert_eq!(found(body, &read, "jargon"), ["frobnitz"]);
    }

    #[test]
    fn a_longer_term_made_of_a_known_one_is_known() {
        let found = |words: &str, known: &[&str]| {
            let body = format!("The {words} is ready.");
            let read = Reading {
                words: vec![WordReading {
                    span: 4..4 + words.len(),
                    rule: "jargon".to_owned(),
                    p: 0.9,
                }],
                ..Reading::default()
            };
            let client = Client {
                known_terms: known.iter().map(|&known| known.to_owned()).collect(),
                ..Client::default()
            };
            let draft = Draft::new("", body);
            let report = check_with(&draft, Some(&client), &Settings::default(), Some(&read));
            report.findings.len()
        };
        assert_eq!(found("frobnitz feed", &[]), 1);
        assert_eq!(found("frobnitz feed", &["Frobnitz"]), 0);
        assert_eq!(found("frobnitzer", &["frobnitz"]), 1);
        assert_eq!(
            found("frobnitz ROAS", &["frobnitz"]),
            1,
            "ROAS is a term by itself"
        );
        assert_eq!(found("frobnitz ROAS", &["frobnitz", "ROAS"]), 0);
    }

    #[test]
    fn what_is_promised_by_a_day_is_a_plan_where_the_careful_reader_is_sure_of_it() {
        let body =
            "The landlord went with somebody else. Jo hears from the agent, on Tuesday you hear from Jo.";
        let day = body.find("Tuesday").unwrap();
        let has_no_plan = |promised: f32| {
            let read = Reading {
                draft: [("bad-news-without-plan".to_owned(), 0.9)].into(),
                words: vec![WordReading {
                    span: day..day + "Tuesday".len(),
                    rule: "promise".to_owned(),
                    p: promised,
                }],
                ..reading(body, "landlord", "bad-news", 0.9)
            };
            let draft = Draft::new("Hello", body);
            let report = check_with(&draft, None, &Settings::default(), Some(&read));
            report
                .findings
                .iter()
                .any(|finding| finding.rule == "bad-news-without-plan")
        };
        assert!(has_no_plan(0.5) && !has_no_plan(0.99));
    }

    #[test]
    fn a_call_is_advised_when_the_careful_reader_would() {
        let body = "The landlord went with somebody else.";
        let draft = Draft::new("Hello", body);
        let call = |p: f32| {
            let read = Reading {
                draft: [("call".to_owned(), p)].into(),
                ..reading(body, "landlord", "bad-news", 0.9)
            };
            check_with(&draft, None, &Settings::default(), Some(&read)).call
        };
        assert!(call(0.9).advised && !call(0.9).reasons.is_empty());
        assert!(!call(0.1).advised);
    }

    #[test]
    fn news_written_since_the_careful_reader_read_stands_whatever_it_thought_of_the_draft() {
        let calm = "Thanks for lunch. Your posters look great.";
        let news = "The launch moves two weeks, to 28 May.";
        let report = |body: &str, read: &Reading| {
            let draft = Draft::new("Lunch", body);
            check_with(&draft, None, &Settings::default(), Some(read))
        };
        let is_buried = |report: &Report| report.findings.iter().any(|one| one.rule == "buried-bad-news");
        let whole = |body: &str| Reading {
            draft: [("call".to_owned(), 0.01), ("buried-bad-news".to_owned(), 0.01)].into(),
            ..reading(body, "launch", "bad-news", 0.9)
        };

        let body = format!("{calm} {news}");
        let read = report(&body, &whole(&body));
        assert!(!read.call.advised && !is_buried(&read));

        let before = Reading {
            sentences: whole(&body).sentences[..2].to_vec(),
            ..whole(&body)
        };
        let written_on = report(&body, &before);
        assert!(written_on.call.advised && is_buried(&written_on));
    }
}
