//! Reports for people: the words with carets under them, colours where the terminal has them.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use candor::checks;
use candor::{Finding, Place, Report};

use super::input::Case;

pub(super) fn print(case: &Case, report: &Report) {
    let name = case
        .id
        .as_str()
        .map_or_else(|| case.id.to_string(), str::to_owned);
    let title = if case.draft.subject.is_empty() {
        name
    } else {
        format!("{name}: {}", case.draft.subject)
    };
    anstream::println!(
        "{}",
        Renderer::styled().render(&[Group::with_title(
            Level::INFO.with_name("draft").primary_title(&title)
        )])
    );
    let renderer = Renderer::styled();
    if report.call.advised {
        let mut group = Group::with_title(
            Level::ERROR
                .with_name("call instead")
                .primary_title(&report.call.reasons[0]),
        );
        for reason in &report.call.reasons[1..] {
            group = group.element(Level::NOTE.message(reason.as_str()));
        }
        for point in &report.call.talking_points {
            group = group.element(Level::HELP.with_name("say").message(point.to_string()));
        }
        anstream::println!("{}\n", renderer.render(&[group]));
    }
    for finding in &report.findings {
        anstream::println!("{}\n", renderer.render(&[group(case, finding)]));
    }
    if !report.call.advised && report.findings.is_empty() {
        anstream::println!("Nothing to mention.\n");
    }
}

fn group<'a>(case: &'a Case, finding: &'a Finding) -> Group<'a> {
    let is_hint = checks::by_name(finding.rule).is_some_and(|check| check.hint);
    let level = if is_hint { Level::NOTE } else { Level::WARNING };
    let group = Group::with_title(level.primary_title(finding.headline.as_str()).id(finding.rule));
    let snippet = |source: &'a str, place: &'static str, span: &std::ops::Range<usize>| {
        Snippet::source(source)
            .path(place)
            .annotation(AnnotationKind::Primary.span(span.clone()))
    };
    let group = match &finding.place {
        Place::Subject(span) => group.element(snippet(&case.draft.subject, "subject", span)),
        Place::Body(span) => group.element(snippet(&case.draft.body, "body", span)),
        Place::Draft => group,
    };
    group.element(Level::HELP.message(finding.advice.as_str()))
}
