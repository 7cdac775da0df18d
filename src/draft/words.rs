//! Where the words of a text stand.
//!
//! Words are those of Unicode's default rules (UAX #29), except that a combining mark does not make the space
//! before it part of a word; but cut much faster where a stretch without white space is all ASCII, as nearly all
//! of a mail is.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Calls `found` with the range of each word and number of a text, in order.
#[inline]
pub(super) fn each_word(text: &str, mut found: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let start = at;
        let mut ascii = true;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
            ascii &= bytes[at].is_ascii();
            at += 1;
        }
        // No word goes on across white space, so each stretch can be cut alone.
        if ascii {
            ascii_words(&bytes[start..at], |word| {
                found(start + word.start..start + word.end);
            });
        } else {
            for (from, word) in text[start..at].unicode_word_indices() {
                found(start + from..start + from + word.len());
            }
        }
    }
}

#[inline]
fn ascii_words(bytes: &[u8], mut found: impl FnMut(Range<usize>)) {
    let mut at = 0;
    while at < bytes.len() {
        if !is_part(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < bytes.len() && (is_part(bytes[at]) || joins(bytes, at)) {
            at += 1;
        }
        if bytes[start..at].iter().any(u8::is_ascii_alphanumeric) {
            found(start..at);
        }
    }
}

#[inline]
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether the mark at this place stands inside a word or a number: `don't`, `p.m`, `1,900.50`.
#[inline]
fn joins(bytes: &[u8], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).map(|before| bytes[before]), bytes.get(at + 1))
    else {
        return false;
    };
    let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match bytes[at] {
        b'\'' | b'.' => letters || digits,
        b':' => letters,
        b',' | b';' => digits,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        each_word(text, |word| all.push(word));
        all
    }

    fn by_unicode(text: &str) -> Vec<Range<usize>> {
        text.unicode_word_indices()
            .map(|(at, word)| {
                let space = word.len() - word.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']).len();
                at + space..at + word.len()
            })
            .collect()
    }

    #[test]
    fn words_of_mails_are_those_of_unicode() {
        let text =
            "Don't pay £1,900.50 at 3 p.m. (e.g. on 12:30;_a_ __ x:y 1:2 a1,b2 'quoted' we’ll naïve) 3,a a.1";
        assert_eq!(words(text), by_unicode(text));
    }

    proptest! {
        #[test]
        fn words_are_those_of_unicode(text in prop_oneof![any::<String>(), "[ -~\n\t’é👩\u{200d}\u{301}\u{feff}]{0,60}", "[a1_.,:;' ]{0,30}"]) {
            prop_assert_eq!(words(&text), by_unicode(&text));
        }
    }
}
