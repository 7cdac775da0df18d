//! What holds for every draft there can be.

use candor::draft::own_ranges;
use candor::{Client, Draft, Place, Settings, check};
use proptest::prelude::*;

/// Bits of mail that the checks care about, between any other text.
fn mail() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("We missed the 14 May deadline. ".to_owned()),
        Just("The launch moves two weeks, to 28 May.\n".to_owned()),
        Just("a small hiccup ".to_owned()),
        Just("We decided to move the shop. ".to_owned()),
        Just("a headless CMS, ".to_owned()),
        Just("On 3 May 2026, Cathy wrote:\n> Is it late?\n".to_owned()),
        Just("-- \nJo\n".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("👩‍👩‍👧 e\u{301}\u{200b}\u{a0}".to_owned()),
        any::<String>(),
        "[ -~\n]{0,40}",
    ];
    prop::collection::vec(bit, 0..12).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn findings_point_at_own_words(
        subject in any::<String>(),
        body in mail(),
        holes in prop::collection::vec((0usize..400, 0usize..400), 0..4),
    ) {
        let context: Vec<_> = holes
            .into_iter()
            .filter(|&(start, end)| start < end && body.is_char_boundary(start) && body.is_char_boundary(end))
            .map(|(start, end)| start..end)
            .collect();
        let draft = Draft { context: context.clone(), ..Draft::new(subject, body.clone()) };
        let own = own_ranges(&body, &context);
        let report = check(&draft, Some(&Client::default()), &Settings::default());
        for finding in &report.findings {
            match &finding.place {
                Place::Subject(span) => prop_assert!(draft.subject.get(span.clone()).is_some_and(|words| !words.is_empty())),
                Place::Body(span) => {
                    prop_assert!(body.get(span.clone()).is_some_and(|words| !words.trim().is_empty()));
                    prop_assert!(own.iter().any(|range| range.start <= span.start && span.end <= range.end));
                }
                Place::Draft => {}
            }
            prop_assert!(!finding.headline.is_empty() && !finding.advice.is_empty());
        }
        prop_assert_eq!(report.call.advised, !report.call.reasons.is_empty());
    }

    #[test]
    fn quoted_mail_is_never_judged(body in mail()) {
        let quoted = format!("> {}", body.lines().collect::<Vec<_>>().join("\n> "));
        let report = check(&Draft::new("", quoted), None, &Settings::default());
        prop_assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}
