//! The words of somebody's quoted mail, without the marks that mail programs put around them.

use super::mail_marks::{attribution_lines, is_divider, is_header_block, is_signature, lines, starts_quote};

/// What the newest mail in a quoted part says: no `>`, attribution, headers or signature above it, and
/// nothing of the older mail quoted inside it. Empty where the part shows no mark of being a quote.
pub(crate) fn newest_quoted(part: &str) -> String {
    let lines = lines(part);
    let mut words = String::new();
    let mut quoted = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = &part[line.clone()];
        if is_signature(text) && !quoted {
            at += 1;
            let opens_quote =
                |at: usize| starts_quote(&part[lines[at].clone()]) || is_header_block(part, &lines[at..]);
            while at < lines.len() && !opens_quote(at) {
                at += 1;
            }
            continue;
        }
        let attribution = attribution_lines(part, &lines[at..]);
        let opens = attribution > 0 || is_divider(text) || is_header_block(part, &lines[at..]);
        if opens && !words.is_empty() {
            break;
        }
        quoted |= opens || text.trim_start().starts_with('>');
        at += attribution.max(1);
        let said = text.trim_start_matches(['>', ' ', '\t']).trim_end();
        let is_frame = opens || is_header(text);
        if !is_frame && !said.is_empty() {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(said);
        }
    }
    if quoted { words } else { String::new() }
}

/// A line of a block of headers.
fn is_header(line: &str) -> bool {
    const NAMES: &[&str] = &[
        "From:",
        "Sent:",
        "Date:",
        "To:",
        "Cc:",
        "Subject:",
        "Von:",
        "Gesendet:",
        "An:",
        "Betreff:",
        "De :",
        "De:",
    ];
    let text = line.trim_start_matches(['*', ' ', '>']);
    NAMES.iter().any(|name| text.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(part: &str, words: &str) {
        assert_eq!(newest_quoted(part), words, "{part}");
    }

    #[test]
    fn marks_of_quoting_are_no_words() {
        check("> Is Tuesday\n> fine?\n", "Is Tuesday\nfine?");
        check(
            "On Tue, 3 May 2026 at 10:00, Jo <jo@a.example> wrote:\n> Fine?\n>> Old.\n",
            "Fine?\nOld.",
        );
        check(
            "-- \nJo, Foundation\n\nFrom: Jo\nSent: Tuesday\nTo: Bo\nSubject: Hi\n\nFine?\n\nFrom: Bo\nSent: Monday\nTo: Jo\n\nOld.",
            "Fine?",
        );
    }

    #[test]
    fn a_signature_is_no_quote() {
        check("-- \nJo, Foundation", "");
        check("Jo, Foundation", "");
    }
}
