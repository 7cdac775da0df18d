//! Which parts of a mail body the writer wrote: everything but quotes, forwarded mail and the signature.
//!
//! Judged by line, in the forms mail programs write into plain text: `>` prefixes, attribution lines
//! ("On … wrote:"), forwarded headers and the `-- ` line. What a page's markup shows to be quoted comes
//! in from outside as `context`. Text after a `>` quote is the writer's own again (inline and bottom
//! replies); after a divider or an attribution without `>` lines, everything that follows is quoted.

use std::ops::Range;

use super::mail_marks::{
    attribution_lines, is_divider, is_header_block, is_prefixed, is_sent_from, is_signature, lines,
    starts_quote,
};

/// Byte ranges of `body` that are the writer's own, in order, apart, none of them blank.
///
/// `context` holds ranges already known to be somebody else's words or the signature; they may
/// overlap and reach past the end.
///
/// ```
/// use candor::draft::own_ranges;
///
/// let body = "Yes, Tuesday.\n> Is Tuesday fine?\nSee you there.\n-- \nJo, Foundation Ltd";
/// let own: Vec<&str> = own_ranges(body, &[]).into_iter().map(|range| &body[range]).collect();
/// assert_eq!(own, ["Yes, Tuesday.\n", "See you there.\n"]);
/// ```
pub fn own_ranges(body: &str, context: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut own: Vec<Range<usize>> = Vec::new();
    for range in own_lines(body, context) {
        for piece in without(range, context) {
            match own.last_mut() {
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ => own.push(piece),
            }
        }
    }
    own.retain(|range| {
        body.get(range.clone())
            .is_some_and(|text| !text.trim().is_empty())
    });
    own
}

/// Ranges of whole lines that no mark of plain text shows to be quoted. Lines that the page knows to be
/// somebody else's are no marks of anything.
fn own_lines(body: &str, context: &[Range<usize>]) -> Vec<Range<usize>> {
    let lines = lines(body);
    let is_blank = |line: &Range<usize>| body.get(line.clone()).is_none_or(|text| text.trim().is_empty());
    let known = |line: &Range<usize>| without(line.clone(), context).iter().all(is_blank);
    let mut own = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = &body[line.clone()];
        if !is_blank(line) && known(line) {
            at += 1;
        } else if is_signature(text) {
            // It runs to the end or to the mail quoted below it.
            at += 1;
            while lines
                .get(at)
                .is_some_and(|line| !starts_quote(&body[line.clone()]) && (is_blank(line) || !known(line)))
            {
                at += 1;
            }
        } else if is_divider(text) || is_header_block(body, &lines[at..]) {
            break;
        } else if let count @ 1.. = attribution_lines(body, &lines[at..]) {
            at += count;
            // Below `>` lines, and below what the page knows to be the quote, the writer goes on.
            let next = lines[at..].iter().find(|line| !is_blank(line));
            if !next.is_some_and(|next| is_prefixed(&body[next.clone()]) || known(next)) {
                break;
            }
        } else {
            if !is_prefixed(text) && !is_sent_from(text) {
                own.push(line.clone());
            }
            at += 1;
        }
    }
    own
}

/// What is left of `range` when every range of `holes` is cut out.
fn without(range: Range<usize>, holes: &[Range<usize>]) -> Vec<Range<usize>> {
    holes.iter().fold(vec![range], |pieces, hole| {
        pieces
            .into_iter()
            .flat_map(|piece| {
                let before = piece.start..piece.end.min(hole.start);
                let after = piece.start.max(hole.end)..piece.end;
                if hole.start >= piece.end || hole.end <= piece.start {
                    [piece, 0..0]
                } else {
                    [before, after]
                }
            })
            .filter(|piece| piece.start < piece.end)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, own: &[&str]) {
        let found: Vec<&str> = own_ranges(body, &[])
            .into_iter()
            .map(|range| body[range].trim())
            .collect();
        assert_eq!(found, own, "{body}");
    }

    #[test]
    fn plain_mail_is_all_own() {
        check(
            "Hi,\n\nAll is well.\nOn Monday I wrote: nothing.",
            &["Hi,\n\nAll is well.\nOn Monday I wrote: nothing."],
        );
        check("", &[]);
        check(" \n\n", &[]);
    }

    #[test]
    fn replies_above_below_and_between_are_own() {
        check(
            "Above.\n\nOn 3 May 2026, at 10:01, Cathy wrote:\n> Is it late?\n\nBelow.",
            &["Above.", "Below."],
        );
        check("> One?\nYes.\n> Two?\nNo.", &["Yes.", "No."]);
    }

    #[test]
    fn an_attribution_may_be_wrapped() {
        check(
            "Fine.\nOn Wed, Apr 4, 2026 at 10:01 AM, Cathy Andre\n<cathy@example.org> wrote:\n> Is it?",
            &["Fine."],
        );
    }

    #[test]
    fn everything_below_a_divider_is_quoted() {
        check(
            "Fine.\n-----Original Message-----\nIs it late?\nCathy",
            &["Fine."],
        );
        check(
            "Fine.\n\nFrom: Cathy\nSent: Monday\nTo: Jo\nSubject: Date\n\nIs it late?",
            &["Fine."],
        );
        check("Fine.\nOn 3 May 2026 Cathy wrote:\nIs it late?", &["Fine."]);
    }

    #[test]
    fn a_signature_ends_at_the_quote_below_it() {
        check(
            "Fine.\n-- \nJo\nLtd\n> Is it?\nYes it is.",
            &["Fine.", "Yes it is."],
        );
    }

    #[test]
    fn phones_sign_with_a_line() {
        check(
            "Fine.\n\nSent from my iPhone\n\nAlso fine.",
            &["Fine.", "Also fine."],
        );
    }

    #[test]
    fn below_a_quote_that_the_page_knows_the_writer_goes_on() {
        let known = "On 3 May 2026 at 10:01, Cathy <c@a.example> wrote:\n\nIs it late?\n-- \nCathy\n";
        for quoted in [known, "Is it late?\n"] {
            let body = format!("Above.\n{known}Below.");
            let start = body.find(quoted).unwrap();
            let context = start..start + quoted.len();
            let context = if quoted == known {
                context
            } else {
                context.start..body.len() - 6
            };
            let own: Vec<&str> = own_ranges(&body, &[context])
                .into_iter()
                .map(|range| &body[range])
                .collect();
            assert_eq!(own, ["Above.\n", "Below."]);
        }
    }

    #[test]
    fn what_the_page_knows_is_cut_out() {
        let body = "Own. QUOTE own again.";
        let own: Vec<&str> = own_ranges(body, &[5..10, 8..11, 90..95])
            .into_iter()
            .map(|range| &body[range])
            .collect();
        assert_eq!(own, ["Own. ", "own again."]);
    }
}
