//! The mail after the call: a short one that confirms what was said, made of the draft's own sentences.

use std::ops::Range;

use super::{Part, TalkingPoint};
use crate::Draft;
use crate::checks::Context;
use crate::draft::own_ranges;
use crate::report::CallAdvice;

/// Words for the place of the draft's message; greeting and closing stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// The bytes of the body that it takes the place of.
    pub span: Range<usize>,
    /// The new words.
    pub text: String,
}

/// Turns a draft for which a call was advised into a follow-up. `None` where its message is not in one piece,
/// since quotes stand between, and where it is no mail to the client.
pub fn follow_up(draft: &Draft, context: &Context, advice: &CallAdvice) -> Option<FollowUp> {
    if super::review_is_asked(context) {
        return None;
    }
    let mut message = context.message().map(|(_, sentence)| &sentence.span);
    let first = message.next()?;
    let span = first.start..message.last().unwrap_or(first).end;
    let own = own_ranges(&draft.body, &draft.context);
    if !own
        .iter()
        .any(|own| own.start <= span.start && span.end <= own.end)
    {
        return None;
    }

    let said = |part: Part| {
        let points = advice.talking_points.iter();
        points.filter(move |point| point.part == part && !point.is_gap)
    };
    let parts = [Part::News, Part::Meaning, Part::OurPart, Part::Plan, Part::Give];
    let mut lines: Vec<String> = parts.into_iter().flat_map(said).map(item).collect();
    // What is left open is for the writer to fill in: nobody sends brackets unseen.
    let gaps = advice
        .talking_points
        .iter()
        .filter(|point| point.is_gap && point.part == Part::Plan);
    lines.extend(gaps.map(|gap| format!("- [{}]", gap.words)));
    Some(FollowUp {
        span,
        text: format!(
            "Thank you for talking with me just now. To confirm what we said:\n\n{}\n\n\
             Did I get anything wrong, or leave something out?",
            lines.join("\n")
        ),
    })
}

fn item(point: &TalkingPoint) -> String {
    format!("- {}", point.words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, check};

    #[track_caller]
    fn followed(body: &str) -> Option<String> {
        let draft = Draft::new("Hello", body);
        let advice = check(&draft, None, &Settings::default()).call;
        let FollowUp { span, text } = follow_up(&draft, &Context::new(&draft, None), &advice)?;
        Some(format!("{}{text}{}", &body[..span.start], &body[span.end..]))
    }

    #[test]
    fn it_confirms_what_the_draft_says_and_keeps_greeting_and_closing() {
        let mail = followed(
            "Hi Cathy,\n\nHope you had a good weekend. The launch moves two weeks, to 28 May. I will send the new plan on Monday.\n\nBest,\nMel",
        );
        assert_eq!(
            mail.as_deref(),
            Some(
                "Hi Cathy,\n\nThank you for talking with me just now. To confirm what we said:\n\n\
                 - The launch moves two weeks, to 28 May.\n- I will send the new plan on Monday.\n\n\
                 Did I get anything wrong, or leave something out?\n\nBest,\nMel"
            )
        );
    }

    #[test]
    fn what_the_draft_leaves_open_is_left_open() {
        let mail = followed("We missed the 14 May date.").unwrap();
        assert!(mail.contains("- [who does what, and by when?]"), "{mail}");
    }

    #[test]
    fn no_quote_is_written_over_and_no_colleague_is_thanked() {
        assert_eq!(
            followed("The launch moves two weeks.\n\n> Is all well?\n\nWe missed the 14 May date."),
            None
        );
        assert_eq!(
            followed("Can you look this over before I send it to Cathy?"),
            None
        );
        assert_eq!(followed(""), None);
    }
}
