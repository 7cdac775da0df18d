//! The lines of a vCard file as they were before they were folded.

use std::iter::Peekable;

use crate::exchange::LONGEST_LINE;
use crate::exchange::encoding::Text;

/// One property, or what stands in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it begins in the file, counted from 1.
    pub number: usize,
    /// Its text; only the beginning where it is longer than is taken.
    pub text: String,
    /// How many bytes it has, folds apart.
    pub length: usize,
}

impl Line {
    pub(super) fn is_too_long(&self) -> bool {
        self.length > LONGEST_LINE
    }

    fn push(&mut self, piece: &str, length: usize) {
        self.length += length;
        if !self.is_too_long() {
            self.text.push_str(piece);
            return;
        }
        self.text
            .push_str(beginning(piece, KEPT_OF_TOO_LONG.saturating_sub(self.text.len())));
        let kept = beginning(&self.text, KEPT_OF_TOO_LONG).len();
        self.text.truncate(kept);
    }
}

/// As much of a text as has this many bytes, or less where that would cut a character.
fn beginning(text: &str, bytes: usize) -> &str {
    let ends = (0..=bytes.min(text.len())).rev();
    let end = ends.into_iter().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// Enough to tell the property by.
const KEPT_OF_TOO_LONG: usize = 200;

/// A physical line.
struct Piece {
    number: usize,
    /// Its text; only the beginning where it is longer than is taken.
    text: String,
    /// How many bytes it has.
    length: usize,
}

impl Piece {
    fn push(&mut self, text: &str) {
        self.length += text.len();
        let room = (LONGEST_LINE + 1).saturating_sub(self.text.len());
        self.text.push_str(beginning(text, room));
    }
}

/// The physical lines of a text that comes in pieces.
struct Pieces<'t, 'f> {
    text: &'t mut Text<'f>,
    piece: String,
    /// As far as the piece was read.
    at: usize,
    /// How many lines were read.
    lines: usize,
}

impl Iterator for Pieces<'_, '_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut line = Piece {
            number: self.lines + 1,
            text: String::new(),
            length: 0,
        };
        loop {
            let rest = &self.piece[self.at..];
            if let Some(end) = rest.find('\n') {
                line.push(&rest[..end]);
                self.at += end + 1;
                break;
            }
            line.push(rest);
            self.at = 0;
            self.piece = self.text.piece().unwrap_or_default();
            if self.piece.is_empty() {
                if line.length == 0 {
                    return None;
                }
                break;
            }
        }
        self.lines += 1;
        if line.text.ends_with('\r') {
            line.text.pop();
            line.length -= 1;
        }
        Some(line)
    }
}

/// Puts folded lines together again: those that go on after a space or a tab, and the ways of vCard 2.1 to
/// go on after `=` and within a picture.
pub(super) fn lines<'t, 'f>(text: &'t mut Text<'f>) -> impl Iterator<Item = Line> + use<'t, 'f> {
    let pieces = Pieces {
        text,
        piece: String::new(),
        at: 0,
        lines: 0,
    };
    Lines {
        pieces: pieces.peekable(),
    }
}

struct Lines<I: Iterator> {
    pieces: Peekable<I>,
}

impl<I: Iterator<Item = Piece>> Iterator for Lines<I> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let first = self.pieces.next()?;
        let mut line = Line {
            number: first.number,
            text: String::new(),
            length: 0,
        };
        let coding = Coding::of(&first.text);
        line.push(&first.text, first.length);
        let mut goes_on_after = first.text.ends_with('=');
        loop {
            if coding == Coding::QuotedPrintable && goes_on_after {
                let Some(next) = self.pieces.next() else {
                    return Some(line);
                };
                if line.text.ends_with('=') {
                    line.text.pop();
                }
                line.push(&next.text, next.length);
                goes_on_after = next.text.ends_with('=');
                continue;
            }
            let goes_on = |next: &Piece| match next.text.as_bytes().first() {
                Some(b' ' | b'\t') => true,
                _ => coding == Coding::Base64 && is_base64(&next.text),
            };
            let Some(next) = self.pieces.next_if(goes_on) else {
                return Some(line);
            };
            let folded = next.text.strip_prefix([' ', '\t']);
            let fold = usize::from(folded.is_some());
            line.push(folded.unwrap_or(&next.text), next.length - fold);
            goes_on_after = next.text.ends_with('=');
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Plain,
    QuotedPrintable,
    Base64,
}

impl Coding {
    fn of(line: &str) -> Self {
        let head = line.split(':').next().unwrap_or_default();
        let mut words = head.split([';', '=']).skip(1).map(str::trim);
        let is = |word: &str, coding: &str| word.eq_ignore_ascii_case(coding);
        words
            .find_map(|word| match word {
                _ if is(word, "QUOTED-PRINTABLE") => Some(Self::QuotedPrintable),
                _ if is(word, "BASE64") || is(word, "B") => Some(Self::Base64),
                _ => None,
            })
            .unwrap_or(Self::Plain)
    }
}

fn is_base64(line: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    !line.is_empty() && line.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Line> {
        let mut file = std::io::Cursor::new(text);
        let mut progress = |_, _| {};
        let (mut text, _) = Text::open(&mut file, &mut progress).expect("it is text");
        lines(&mut text).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let lines = read(text);
        let seen: Vec<(usize, &str)> = lines.iter().map(|line| (line.number, &*line.text)).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn folded_lines_are_one() {
        check("NOTE:a\r\n b\r\n\tc\r\nN:x\n", &[(1, "NOTE:abc"), (4, "N:x")]);
        check("NOTE:a\r\n  b", &[(1, "NOTE:a b")]);
    }

    #[test]
    fn the_ways_of_older_cards_to_go_on() {
        check(
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=0A=\r\nb=\r\nc\r\nN:x",
            &[(1, "NOTE;ENCODING=QUOTED-PRINTABLE:a=0Abc"), (4, "N:x")],
        );
        check(
            "PHOTO;BASE64:AAAA\r\nBBBB==\r\n\r\nEND:VCARD",
            &[(1, "PHOTO;BASE64:AAAABBBB=="), (3, ""), (4, "END:VCARD")],
        );
        check("NOTE:a=\r\nb", &[(1, "NOTE:a="), (2, "b")]);
        check(
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=",
            &[(1, "NOTE;ENCODING=QUOTED-PRINTABLE:a=")],
        );
    }

    #[test]
    fn of_a_line_that_is_too_long_the_beginning_is_kept() {
        let text = format!("NOTE:{}\r\n é\r\nN:x", "é".repeat(LONGEST_LINE / 2));
        let lines = read(&text);
        assert!(lines[0].is_too_long() && lines[0].text.starts_with("NOTE:é"));
        assert!(lines[0].text.len() <= KEPT_OF_TOO_LONG);
        assert_eq!((lines[1].number, &*lines[1].text), (3, "N:x"));
    }
}
