//! Days of the calendar: "31 May", "03/04", "the 15th", "Christmas Eve".

use super::Parser;
use crate::promise::names::{self, MONTHS};
use crate::promise::token::{Joint, Token};
use crate::promise::when::{Lead, Part, When};
use crate::promise::words;

impl Parser<'_, '_> {
    /// A date with its month: "22nd of October 2026", "Oct. 22", `2026-10-22`, `22/10`.
    pub(super) fn date(&mut self) -> Option<When> {
        if let Some(numbers) = self.attempt(Self::numbers) {
            return Some(numbers);
        }
        self.eat("the");
        let day_first = self.attempt(|parser| {
            let day = parser.day_number(false)?;
            parser.eat("of");
            let month = parser.month()?;
            Some((month, day))
        });
        let (month, day) = if let Some(found) = day_first {
            found
        } else {
            let month = self.month()?;
            self.eat("the");
            (month, self.day_number(false)?)
        };
        let year = self.attempt(|parser| {
            parser.step_over_comma();
            parser.eat("in");
            parser.year()
        });
        Some(When::Date {
            year,
            month,
            day,
            weekday: None,
        })
    }

    pub(super) fn month(&mut self) -> Option<i64> {
        let (word, raw) = (self.next(), self.raw(0));
        let month = (1..).zip(MONTHS).find(|(_, names)| names.contains(&word))?.0;
        // "May" and "march" are verbs as well.
        let is_name =
            raw.starts_with(char::is_uppercase) || !matches!(word, "may" | "march" | "mar" | "sept" | "dec");
        if !is_name {
            return None;
        }
        self.at += 1;
        Some(month)
    }

    /// A year of four digits, or of two after an apostrophe.
    pub(super) fn year(&mut self) -> Option<i64> {
        let token = self.tokens.get(self.at)?;
        let word = if self.at == self.start {
            token.word.as_str()
        } else {
            self.next()
        };
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let year = match word.len() {
            4 if is_number => word.parse().ok().filter(|year| (1900..2200).contains(year))?,
            2 if is_number && token.gap.ends_with(['\'', '’']) => 2000 + word.parse::<i64>().ok()?,
            _ if word.is_empty()
                && token.word.len() == 2
                && token.gap.trim_start().starts_with(['\'', '’']) =>
            {
                2000 + token.word.parse::<i64>().ok()?
            }
            _ => return None,
        };
        self.at += 1;
        Some(year)
    }

    /// A day of the month: `22`, `22nd`, "twenty-second"; with `ordinal`, not a plain number of one digit.
    pub(super) fn day_number(&mut self, ordinal: bool) -> Option<i64> {
        let word = self.next();
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let day = if (1..=2).contains(&digits) {
            let suffix = &word[digits..];
            let fits =
                matches!(suffix, "st" | "nd" | "rd" | "th") || suffix.is_empty() && (!ordinal || digits == 2);
            let is_time = matches!(
                self.word(1),
                "am" | "pm" | "a.m" | "p.m" | "o'clock" | "h" | "hours" | "hrs"
            ) || self.tokens.get(self.at + 1).is_some_and(|next| next.follows(":"));
            if !fits || suffix.is_empty() && is_time {
                return None;
            }
            self.at += 1;
            word[..digits].parse().ok()?
        } else {
            let tens = match word {
                "twenty" => Some(20),
                "thirty" => Some(30),
                _ => None,
            };
            if let Some(tens) = tens {
                let ones = names::ordinal(self.word(1)).filter(|&ones| ones < 10)?;
                self.at += 2;
                tens + ones
            } else {
                let day = names::ordinal(word)?;
                self.at += 1;
                day
            }
        };
        Some(day)
    }

    /// Dates in figures alone.
    fn numbers(&mut self) -> Option<When> {
        let token = self.tokens.get(self.at)?;
        if self.at != self.start && token.joint() != Joint::Close {
            return None;
        }
        let number = |text: &str| -> Option<i64> {
            (text.len() <= 4 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse().ok())
                .flatten()
        };
        // The words of a text hold `22.10.2026` as one.
        let mut parts: Vec<&str> = token.word.split('.').collect();
        let mut mark = ".";
        if parts.len() == 1 {
            mark = self.tokens.get(self.at + 1).map_or("", |next| next.gap);
            if mark != "/" && mark != "-" {
                return None;
            }
            let more = self.tokens[self.at + 1..]
                .iter()
                .take_while(|next| next.follows(mark))
                .take(2);
            parts.extend(more.map(|next| next.word.as_str()));
        }
        let count = if mark == "." { 1 } else { parts.len() };
        let numbers: Vec<i64> = parts.iter().map(|&part| number(part)).collect::<Option<_>>()?;
        let when = match *numbers.as_slice() {
            [year, month, day] if parts[0].len() == 4 => When::Date {
                year: Some(year),
                month,
                day,
                weekday: None,
            },
            [first, second, year] if parts[0].len() <= 2 && parts[1].len() <= 2 && parts[2].len() != 3 => {
                let year = if parts[2].len() <= 2 { 2000 + year } else { year };
                match mark {
                    // Full stops are put between day and month, never the other way round.
                    "." => When::Date {
                        year: Some(year),
                        month: second,
                        day: first,
                        weekday: None,
                    },
                    _ => When::Numbers {
                        first,
                        second,
                        year: Some(year),
                    },
                }
            }
            [first, second] if mark == "/" && parts[0].len() <= 2 && parts[1].len() <= 2 => {
                // Round the clock, no day in July; and a half or a third.
                if token.word == "24" && second == 7 || !self.is_led() {
                    return None;
                }
                When::Numbers {
                    first,
                    second,
                    year: None,
                }
            }
            _ => return None,
        };
        self.at += count;
        Some(when)
    }

    /// Whether the same number stands before the words that lead to this one.
    pub(super) fn is_repeated(&self, word: &str) -> bool {
        self.at
            .checked_sub(3)
            .is_some_and(|before| self.tokens[before].word == word)
    }

    /// Whether words that lead to a date were read before this place, or a weekday.
    fn is_led(&self) -> bool {
        self.at > 0 && {
            let before = self.tokens[self.at - 1].word.as_str();
            matches!(
                before,
                "by" | "on"
                    | "before"
                    | "than"
                    | "for"
                    | "until"
                    | "of"
                    | "from"
                    | "since"
                    | "after"
                    | "commencing"
                    | "beginning"
            ) || names::weekday(
                before,
                self.tokens[self.at - 1].raw.starts_with(char::is_uppercase),
            )
            .is_some()
                || before == "c"
        }
    }

    /// "the 3rd", "the first of next month".
    pub(super) fn ordinal(&mut self, lead: Lead) -> Option<When> {
        // "Masters delivered – 30th."
        let ends_list_line = || {
            let follows_dash = self.tokens.get(self.at).is_some_and(Token::follows_colon_or_dash);
            let next = self.tokens.get(self.at + 1);
            self.at > 0 && follows_dash && next.is_none_or(|next| next.joint() != Joint::Close)
        };
        let is_expected = lead != Lead::Bare || ends_list_line();
        let article = self.eat("the");
        if is_expected && article && self.eat_any(&["last of the month", "last day of the month"]) {
            return Some(When::Month(0, Part::End));
        }
        let suffixed = self.next().starts_with(|c: char| c.is_ascii_digit()) && self.next().len() > 2;
        if !is_expected || !(article || suffixed) {
            return None;
        }
        let day = self.day_number(true)?;
        let months = if self.eat_any(&["inst", "instant"]) {
            None
        } else if self.eat_any(&["of next month", "next month"]) {
            Some(1)
        } else if self.eat_any(&["of this month", "this month"]) {
            Some(0)
        } else {
            self.eat("of the month");
            None
        };
        // "On the first floor" is no day.
        (self.phrase_may_end() || months.is_some()).then_some(When::DayOfMonth {
            day,
            months,
            weekday: None,
        })
    }

    /// Whether what comes next is no noun that a number before it could count.
    pub(super) fn phrase_may_end(&self) -> bool {
        let next = self.next();
        next.is_empty()
            || words::FUNCTION_WORDS.contains(&next)
            || words::ZONES.contains(&next)
            || words::PARTS_OF_DAY.contains(&next)
            || names::weekday(next, self.raw(0).starts_with(char::is_uppercase)).is_some()
    }

    /// "In the new year", "before the bank holiday": a time, though none that can be counted.
    pub(super) fn untold(&mut self, lead: Lead) -> Option<When> {
        // "By the time you're back."
        if lead == Lead::By && self.eat("the time") {
            let whose = self.eat_any(&[
                "you're", "you", "you've", "your", "we", "i", "i'm", "we're", "the", "they", "it",
            ]);
            return whose.then_some(When::Untold);
        }
        self.eat_any(&["the next", "the coming", "the", "this", "next"]);
        let is_expected = matches!(lead, Lead::By | Lead::Before | Lead::On);
        let ends = matches!(lead, Lead::By | Lead::Before) && self.eat_any(names::SEASONS);
        (ends || is_expected && self.eat_any(names::UNTOLD)).then_some(When::Untold)
    }

    /// "After the weekend" is its Monday; which day "straight after Easter" is nobody can tell.
    pub(super) fn after_a_break(&mut self) -> Option<When> {
        self.eat_any(&["straight", "right", "just", "directly"]);
        self.eat("after").then_some(())?;
        if self.eat_any(&["lunch", "dinner", "breakfast"]) {
            let day = self.attempt(|parser| parser.day(Lead::On));
            return Some(day.unwrap_or(When::Clock(15 * 60, true)));
        }
        if self.eat("the weekend") {
            return Some(When::Week(1, Part::Start));
        }
        self.eat("the");
        let named = self.eat_any(names::UNTOLD) || self.eat_any(&["easter", "christmas", "thanksgiving"]);
        named.then_some(When::Untold)
    }

    pub(super) fn feast(&mut self, lead: Lead) -> Option<When> {
        // Nobody knows which day is "in the new year".
        let vague = !matches!(lead, Lead::By | Lead::Before);
        self.eat_any(&["the", "this", "next"]);
        let &(words, feast) = names::FEASTS.iter().find(|(words, _)| self.eat(words))?;
        if vague && words == "new year" {
            return None;
        }
        let year = self.year();
        Some(When::Feast(feast, year))
    }
}
