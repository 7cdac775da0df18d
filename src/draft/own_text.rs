//! Which parts of a mail body the writer wrote: everything but quotes, forwarded mail and the signature.
//!
//! Judged by line, in the forms mail programs write into plain text: `>` prefixes, attribution lines
//! ("On … wrote:"), forwarded headers and the `-- ` line. What a page's markup shows to be quoted comes
//! in from outside as `context`. Text after a `>` quote is the writer's own again (inline and bottom
//! replies); after a divider or an attribution without `>` lines, everything that follows is quoted.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The first line of an attribution that ends in a colon there or on the next line.
static ATTRIBUTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        ^[\ \t]*(?:On|Am|Le|El|Il|Op|Em|Den|W\ dniu)\ [^\n]{6,200}?
        (?:wrote|schrieb[^\n]{0,80}|a\ [^\n]{1,3}crit|escribi[^\n]{1,3}|ha\ scritto|schreef[^\n]{0,80}|escreveu|skrev[^\n]{0,80}|napisa[^\n]{1,6})
        (?:\ ?:|\u{a0}:)[\ \t\r\n]*$",
    )
    .expect("the pattern is valid")
});

/// A line after which all is forwarded or quoted mail.
static DIVIDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[\ \t]*(?:
        -{2,}\ ?(?:Original\ Message|Forwarded\ message|Original\ Appointment|Urspr[^\n]{1,4}ngliche\ Nachricht|Message\ d'origine|Mensaje\ original|Weitergeleitete\ Nachricht)\ ?-{2,}
        |Begin\ forwarded\ message:
        |_{20,}
        )[\ \t\r\n]*$",
    )
    .expect("the pattern is valid")
});

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
    for range in own_lines(body) {
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

/// Ranges of whole lines that no mark of plain text shows to be quoted.
fn own_lines(body: &str) -> Vec<Range<usize>> {
    let lines = lines(body);
    let mut own = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = &body[line.clone()];
        if is_signature(text) {
            // The signature runs to the end or to the mail quoted below it.
            while lines
                .get(at)
                .is_some_and(|line| !starts_quote(&body[line.clone()]))
            {
                at += 1;
            }
            continue;
        }
        if is_divider(text) || is_header_block(body, &lines[at..]) {
            break;
        }
        let attribution = attribution_lines(body, &lines[at..]);
        if attribution > 0 {
            at += attribution;
            let next = lines[at..]
                .iter()
                .map(|line| &body[line.clone()])
                .find(|text| !text.trim().is_empty());
            if next.is_some_and(is_prefixed) {
                continue;
            }
            break;
        }
        if !is_prefixed(text) {
            own.push(line.clone());
        }
        at += 1;
    }
    own
}

/// The line that mail programs put above a signature.
pub(super) fn is_signature(line: &str) -> bool {
    line.trim_end_matches(['\r', '\n']) == "-- " || line.trim() == "--"
}

/// A line after which all is forwarded or quoted mail.
pub(super) fn is_divider(line: &str) -> bool {
    DIVIDER.is_match(line)
}

/// Byte ranges of the lines, each with its line break.
pub(super) fn lines(body: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    body.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        })
        .collect()
}

fn is_prefixed(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('>')
}

/// A line that a quote may begin with.
pub(super) fn starts_quote(line: &str) -> bool {
    is_prefixed(line) || is_divider(line) || ATTRIBUTION.is_match(line)
}

/// How many of the first lines are an attribution: 0, 1, or 2 where a mail program wrapped it.
pub(super) fn attribution_lines(body: &str, lines: &[Range<usize>]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    if ATTRIBUTION.is_match(&body[first.clone()]) {
        return 1;
    }
    let Some(second) = lines.get(1) else { return 0 };
    let wrapped = body[first.start..second.end].replace(['\r', '\n'], " ");
    usize::from(body[second.clone()].trim_end().ends_with(':') && ATTRIBUTION.is_match(&wrapped)) * 2
}

/// `From:` with `Sent:` or `Date:`, and `To:` or `Subject:` on the lines below it, as Outlook writes it.
pub(super) fn is_header_block(body: &str, lines: &[Range<usize>]) -> bool {
    let starts = |line: &Range<usize>, names: &[&str]| {
        let text = body[line.clone()].trim_start_matches(['*', ' ']);
        names.iter().any(|name| text.starts_with(name))
    };
    lines
        .first()
        .is_some_and(|line| starts(line, &["From:", "Von:", "De :", "De:"]))
        && lines
            .iter()
            .skip(1)
            .take(5)
            .any(|line| starts(line, &["Sent:", "Date:", "Gesendet:", "Envoy", "Enviado"]))
        && lines
            .iter()
            .skip(1)
            .take(6)
            .any(|line| starts(line, &["To:", "Subject:", "An:", "Betreff:", "Objet", "Asunto"]))
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
    fn what_the_page_knows_is_cut_out() {
        let body = "Own. QUOTE own again.";
        let own: Vec<&str> = own_ranges(body, &[5..10, 8..11, 90..95])
            .into_iter()
            .map(|range| &body[range])
            .collect();
        assert_eq!(own, ["Own. ", "own again."]);
    }
}
