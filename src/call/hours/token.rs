//! The words and numbers by which people name days and hours.

use std::ops::Range;

/// Days of the week, one bit each; Monday is bit 0.
pub(super) type Days = u8;

pub(super) const WORKING_DAYS: Days = 0b001_1111;
pub(super) const EVERY_DAY: Days = 0b111_1111;
const WEEKEND: Days = 0b110_0000;

const MORNING: Range<u16> = 8 * 60..12 * 60;
const NOON: Range<u16> = 12 * 60..14 * 60;
const AFTERNOON: Range<u16> = 12 * 60..18 * 60;
const EVENING: Range<u16> = 17 * 60..21 * 60;
const OFFICE: Range<u16> = 9 * 60..17 * 60;

const HALF_DAY: u16 = 12 * 60;
const DAY: u16 = 24 * 60;

/// Something that a text on hours is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Days(Days),
    Hour(Hour),
    /// A part of the day: `mornings`.
    Part(Range<u16>),
    AnyTime,
    /// A dash, or `to`.
    To,
    /// A dash behind an hour or a day, and else `before`.
    Until,
    After,
    Before,
    Onwards,
    Between,
    And,
    Comma,
    Not,
}

/// An hour as it is written: `4` may be either half of the day's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hour {
    minute: u16,
    /// Whether it is clear which half is meant.
    sure: bool,
}

impl Hour {
    /// Where something begins at it: nobody likes calls at 4 in the morning.
    pub(super) fn as_start(self) -> u16 {
        self.or_later(6)
    }

    /// Where something ends at it.
    pub(super) fn as_end(self) -> u16 {
        self.or_later(7)
    }

    fn or_later(self, last_of_afternoon: u16) -> u16 {
        let is_afternoon = !self.sure && self.minute < (last_of_afternoon + 1) * 60;
        self.minute + if is_afternoon { HALF_DAY } else { 0 }
    }

    /// From one to another: 9 to 5, 2 to 4 pm.
    pub(super) fn span(first: Self, last: Self) -> Range<u16> {
        let from = match (first.sure, last.sure) {
            (false, true) if first.minute + HALF_DAY < last.minute => first.minute + HALF_DAY,
            (true, _) | (false, true) => first.minute,
            (false, false) => first.as_start(),
        };
        let mut to = last.minute;
        if !last.sure && to <= from {
            to += HALF_DAY;
        }
        from..to.min(DAY)
    }
}

/// The tokens of a text; words that mean nothing here are passed over.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = text.to_lowercase().replace(['.', '\'', '’'], "");
    let mut tokens = Vec::new();
    // `early` and `late` before a part of the day, `business` before `hours` or `days`.
    let mut before = "";
    for piece in pieces(&text) {
        let token = match piece {
            Piece::Mark('-' | '–' | '—') => Some(Token::To),
            Piece::Mark('&' | '+') => Some(Token::And),
            Piece::Mark(_) => Some(Token::Comma),
            Piece::Hour(hour) => Some(Token::Hour(hour)),
            Piece::Word(word @ ("am" | "pm")) if mark_last(&mut tokens, word) => None,
            Piece::Word(word) => {
                let meant = meaning(word, before);
                before = word;
                meant
            }
        };
        tokens.extend(token);
    }
    tokens
}

enum Piece<'t> {
    Word(&'t str),
    Hour(Hour),
    Mark(char),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let number = |char: char| char.is_ascii_digit() || matches!(char, ':' | 'h');
            let length = rest.find(|char| !number(char)).unwrap_or(rest.len());
            pieces.extend(hour(&rest[..length]).map(Piece::Hour));
            length
        } else if first.is_alphabetic() {
            let length = rest
                .find(|char: char| !char.is_alphabetic())
                .unwrap_or(rest.len());
            pieces.push(Piece::Word(&rest[..length]));
            length
        } else {
            if matches!(
                first,
                '-' | '–' | '—' | ',' | ';' | '/' | '&' | '+' | '\n' | '(' | ')'
            ) {
                pieces.push(Piece::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    pieces
}

/// `9`, `9:30`, `930`, `0930`, `9h30`, `14h`; `None` for any other number.
fn hour(written: &str) -> Option<Hour> {
    let parted = written.split_once([':', 'h']);
    let (hour, minute) = parted.unwrap_or_else(|| {
        let two = written.len().saturating_sub(2);
        written.split_at(if written.len() > 2 { two } else { written.len() })
    });
    let minute: u16 = if minute.is_empty() {
        0
    } else {
        minute.parse().ok()?
    };
    let number: u16 = hour.parse().ok()?;
    if number > 24 || minute > 59 || (number == 24 && minute > 0) {
        return None;
    }
    let sure = number == 0 || number > 12 || hour.starts_with('0') || written.contains('h');
    Some(Hour {
        minute: number * 60 + minute,
        sure,
    })
}

/// Takes `am` or `pm` as that of the hour right before it; false where there is none.
fn mark_last(tokens: &mut [Token], half: &str) -> bool {
    let Some(Token::Hour(hour)) = tokens.last_mut() else {
        return false;
    };
    if !hour.sure {
        let of_half = hour.minute % HALF_DAY;
        hour.minute = of_half + if half == "pm" { HALF_DAY } else { 0 };
        hour.sure = true;
    }
    true
}

fn meaning(word: &str, before: &str) -> Option<Token> {
    let part = |span: Range<u16>| {
        let middle = u16::midpoint(span.start, span.end);
        Some(Token::Part(match before {
            "early" => span.start..middle,
            "late" => middle..span.end,
            _ => span,
        }))
    };
    let at_work = matches!(before, "office" | "business" | "working" | "work" | "school");
    match word {
        "morning" | "mornings" | "am" => part(MORNING),
        "afternoon" | "afternoons" | "pm" => part(AFTERNOON),
        "evening" | "evenings" | "nights" => part(EVENING),
        "lunch" | "lunchtime" | "lunchtimes" => part(NOON),
        "hours" | "time" if at_work => Some(Token::Part(OFFICE)),
        "days" | "day" | "week" if at_work => Some(Token::Days(WORKING_DAYS)),
        "weekday" | "weekdays" | "workday" | "workdays" => Some(Token::Days(WORKING_DAYS)),
        "weekend" | "weekends" => Some(Token::Days(WEEKEND)),
        "day" if matches!(before, "every" | "any") => Some(Token::Days(EVERY_DAY)),
        "daily" | "everyday" => Some(Token::Days(EVERY_DAY)),
        "time" if before == "any" => Some(Token::AnyTime),
        "anytime" | "whenever" | "always" => Some(Token::AnyTime),
        "noon" | "midday" => Some(Token::Hour(Hour {
            minute: HALF_DAY,
            sure: true,
        })),
        "to" | "through" | "thru" => Some(Token::To),
        "until" | "till" | "til" => Some(Token::Until),
        "after" | "from" | "past" | "since" | "later" => Some(Token::After),
        "before" | "by" | "earlier" => Some(Token::Before),
        "onwards" | "onward" => Some(Token::Onwards),
        "between" => Some(Token::Between),
        "and" | "or" => Some(Token::And),
        "not" | "never" | "no" | "except" | "avoid" | "excluding" | "outside" | "dont" => Some(Token::Not),
        _ => weekday(word).map(Token::Days),
    }
}

/// `mon`, `tues`, `wednesdays`.
fn weekday(word: &str) -> Option<Days> {
    const NAMES: [&str; 7] = [
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
    ];
    // `sun` and `sat` are words of their own, yet not on hours.
    let at = NAMES
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(word))?;
    Some(1 << at)
}
