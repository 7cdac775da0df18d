//! An invoice would be the last word of a project that is finished.

use super::words::{has_any, own_words};
use super::{Kind, Moment, Situation, Suggestion, moments};

const FINISHED: &str = r#"{"name":"Cathy Andre","projects":[{"name":"the new shop","state":"done"}]}"#;

pub(super) const KIND: Kind = Kind {
    name: "wrap-up-talk",
    summary: "A closing talk where an invoice would be the last word of a project.",
    why: "What worked, what did not, and what is next: a project that ends with a talk leads to another one.",
    source: "T",
    in_trouble: false,
    made: moments(&[
        Moment::body("Please find our invoice for October attached.").client(FINISHED),
        Moment::body("The project is finished, so here is the final invoice."),
    ]),
    not_made: moments(&[
        Moment::body("Please find our invoice for October attached."),
        Moment::body("Here is the final invoice. Shall we talk next week about what worked and what is next?"),
        Moment::body("Everything is live now, and we are proud of it.").client(FINISHED),
        Moment::body("Please find our invoice attached.").client(
            r#"{"name":"Cathy","projects":[{"name":"the shop","state":"done"},{"name":"the blog","state":"begun"}]}"#,
        ),
    ]),
    find,
};

fn find(situation: &Situation) -> Option<Suggestion> {
    const ENDS: &[&str] = &[
        "final invoice",
        "last invoice",
        "closing invoice",
        "project is finished",
        "project is done",
        "project is complete",
        "final bill",
        "final payment",
    ];
    const TALKS: &[&str] = &[
        "talk",
        "call",
        "meet",
        "chat",
        "lunch",
        "coffee",
        "visit",
        "look back",
        "review",
    ];
    let own = own_words(situation.draft);
    let bills = has_any(&own, &["invoice", "bill"]);
    let projects = &situation.client.projects;
    let is_over = !projects.is_empty() && projects.iter().all(|project| !project.is_active());
    if !bills || !(is_over || has_any(&own, ENDS)) || has_any(&own, TALKS) {
        return None;
    }
    let project = projects
        .first()
        .filter(|_| is_over)
        .map_or("", |project| project.name.trim());
    let of = if project.is_empty() {
        String::new()
    } else {
        format!(" about {project}")
    };
    Some(Suggestion {
        name: KIND.name,
        text: "This invoice would be your last word on a finished project. End with a talk, and ask for a referral \
               or a few words to quote."
            .to_owned(),
        words: format!(
            "Could we talk for half an hour{of}: what worked, what did not, and what is next? [day and time]"
        ),
        note: None,
    })
}
