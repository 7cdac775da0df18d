//! The grammar of date phrases, British and American: "by COB Friday", "in a fortnight", "a week on Tuesday".
//!
//! A phrase begins with the words that lead to it ("no later than") and ends with those that only stress it
//! ("at the latest"). Where a phrase names a day that no calendar has ("31 June"), there is no phrase at all,
//! and no part of it is read as another.

use std::ops::Range;

use super::calendar::WeekdayNumber;
use super::names::{self, MONTHS};
use super::token::{Joint, Token};
use super::when::{Feast, Lead, Part, When, Which};
use super::words;

/// One date phrase of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its tokens, from the words that lead to it.
    pub(super) tokens: Range<usize>,
    pub(super) lead: Lead,
    pub(super) when: When,
    /// "Monday's": the day is told of something else.
    pub(super) possessive: bool,
}

/// All date phrases of a sentence, in order.
pub(super) fn phrases(tokens: &[Token]) -> Vec<Phrase> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut parser = Parser {
            tokens,
            start: at,
            at,
        };
        match parser.phrase() {
            Some((lead, when)) => {
                if when.exists() {
                    all.push(Phrase {
                        tokens: at..parser.at,
                        lead,
                        when,
                        possessive: tokens[parser.at - 1].possessive,
                    });
                }
                at = parser.at.max(at + 1);
            }
            None => at += 1,
        }
    }
    all
}

struct Parser<'t, 's> {
    tokens: &'t [Token<'s>],
    start: usize,
    at: usize,
}

impl<'t> Parser<'t, '_> {
    /// The word `ahead` of the next one, if it belongs together with what was read; else nothing.
    fn word(&self, ahead: usize) -> &'t str {
        let at = self.at + ahead;
        let joined = |at: usize| at == self.start || self.tokens[at].joint() == Joint::Close;
        if at < self.tokens.len() && (self.at..=at).all(joined) {
            &self.tokens[at].word
        } else {
            ""
        }
    }

    fn next(&self) -> &'t str {
        self.word(0)
    }

    /// The word that follows, were a comma or a bracket nothing.
    fn next_loose(&self) -> &'t str {
        match self.tokens.get(self.at) {
            Some(token) if self.at == self.start || token.joint() != Joint::Apart => &token.word,
            _ => "",
        }
    }

    fn raw(&self, ahead: usize) -> &'t str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.raw)
    }

    fn is_possessive(&self, ahead: usize) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|token| token.possessive)
    }

    /// Reads these words, or none of them.
    fn eat(&mut self, words: &str) -> bool {
        let count = words.split(' ').count();
        let found = words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.word(ahead) == word);
        if found {
            self.at += count;
        }
        found
    }

    /// Reads the first of these that stands here.
    fn eat_any(&mut self, choices: &[&str]) -> bool {
        choices.iter().any(|words| self.eat(words))
    }

    /// Reads with `read`, or nothing where it finds nothing.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (start, at) = (self.start, self.at);
        let found = read(self);
        if found.is_none() {
            (self.start, self.at) = (start, at);
        }
        found
    }

    fn phrase(&mut self) -> Option<(Lead, When)> {
        let lead = self.lead();
        let between = self.before() == "between";
        let first = self.core(lead)?;
        // Of "Monday or Tuesday" the later is due.
        let later = self.attempt(|parser| {
            (parser.eat("or") || between && parser.eat("and")).then_some(())?;
            parser.eat_any(&["on", "by"]);
            parser.core(lead)
        });
        self.attempt(|parser| {
            parser.step_over_comma();
            parser.eat_any(&words::STRESS).then_some(())
        });
        Some((lead, later.unwrap_or(first)))
    }

    /// The word of the phrase that was read last, if one was.
    fn before(&self) -> &'t str {
        match self.at.checked_sub(1) {
            Some(before) if self.start <= before => &self.tokens[before].word,
            _ => "",
        }
    }

    fn lead(&mut self) -> Lead {
        for &(words, lead) in names::LEADS {
            if self.eat(words) {
                self.eat_any(&[
                    "about",
                    "around",
                    "roughly",
                    "approximately",
                    "latest",
                    "no later than",
                ]);
                return lead;
            }
        }
        Lead::Bare
    }

    fn core(&mut self, lead: Lead) -> Option<When> {
        self.attempt(|parser| parser.counted(lead))
            .or_else(|| {
                self.attempt(|parser| {
                    parser.time()?;
                    parser.eat_any(&["on", "of", "by"]);
                    parser.day(lead)
                })
            })
            .or_else(|| self.attempt(|parser| parser.day(lead)))
            .or_else(|| self.attempt(Self::time))
    }

    /// A day, and the time of day that may follow it.
    fn day(&mut self, lead: Lead) -> Option<When> {
        let adverb = self
            .eat_any(&["first thing", "sometime", "some time", "later", "late", "early"])
            .then(|| self.before());
        self.eat("on");
        let day = self
            .attempt(Self::near_day)
            .or_else(|| self.attempt(Self::date))
            .or_else(|| self.attempt(|parser| parser.period(lead, adverb)))
            .or_else(|| self.attempt(Self::weekday))
            .or_else(|| self.attempt(|parser| parser.ordinal(lead)))
            .or_else(|| self.attempt(|parser| parser.feast(lead)))?;
        self.time_of_day();
        Some(day)
    }

    /// What may be said after a day without changing it.
    fn time_of_day(&mut self) {
        self.eat("first thing");
        let part_of_day = self.attempt(|parser| {
            parser.eat_any(&["in the", "early in the", "late in the"]);
            parser.eat_any(&["mid", "early", "late"]);
            parser.eat_any(&words::PARTS_OF_DAY).then_some(())
        });
        if part_of_day.is_none() {
            self.eat_any(&["early", "late"]);
        }
        self.attempt(|parser| {
            parser.step_over_comma();
            parser.eat_any(&[
                "by",
                "at",
                "before",
                "no later than",
                "around",
                "about",
                "from",
                "between",
            ]);
            parser.time()?;
            parser.attempt(|parser| {
                parser.eat_any(&["and", "to", "or"]).then_some(())?;
                parser.time()
            });
            Some(())
        });
    }

    /// Lets the comma or bracket before the next word count for nothing.
    fn step_over_comma(&mut self) {
        if !self.next_loose().is_empty() {
            self.start = self.at;
        }
    }

    fn near_day(&mut self) -> Option<When> {
        // "By the end of tomorrow" is by tomorrow.
        let ends = self.attempt(|parser| {
            parser
                .eat_any(&["the end of", "end of", "the close of", "close of"])
                .then_some(())?;
            parser.near_day()
        });
        if ends.is_some() {
            return ends;
        }
        for &(words, when) in names::NEAR_DAYS {
            if self.eat(words) {
                let mut days = when;
                if self.eat_any(&["week", "in a week"]) {
                    days += 7;
                }
                return Some(When::Days(days));
            }
        }
        let morning = self.eat_any(&["in the morning", "overnight"])
            || self.before() == "in" && self.eat("the morning");
        morning.then_some(When::Morning)
    }

    /// "in two days", "within the hour", "a week on Tuesday", "two days before Easter".
    fn counted(&mut self, lead: Lead) -> Option<When> {
        let leads_to_count = matches!(self.before(), "in" | "within" | "inside" | "over" | "during");
        for (words, days) in [("the day before", -1), ("the day after", 1)] {
            if self.eat(words) {
                return Some(When::Shifted(Box::new(self.day(lead)?), days));
            }
        }
        let opened = self.eat_any(&["the next", "the coming", "at most", "no more than", "less than"]);
        if leads_to_count && !opened && self.eat_any(&["the", "this"]) {
            // "within the hour"
            return self.eat("hour").then_some(When::Minutes(60));
        }
        // "In the next week" is within one.
        let single = opened && leads_to_count && matches!(self.next(), "day" | "week" | "month" | "hour");
        let count = self.count().or(single.then_some(1))?;
        let half_before = self.eat("and a half");
        let working = self.eat_any(&["working", "business", "work", "banking"]);
        self.eat_any(&["full", "short"]);
        let unit = self.unit()?;
        let half_more = self.eat("and a half") || half_before;
        let of_time = self.eat("time");
        let shift = match (unit, working) {
            (Unit::Day, false) => Shift::Days(count),
            (Unit::Day, true) => Shift::Working(count),
            (Unit::Week, _) => Shift::Days(7 * count + if half_more { 4 } else { 0 }),
            (Unit::Fortnight, _) => Shift::Days(14 * count),
            (Unit::Month, _) => Shift::Months(count),
            (Unit::Year, _) => Shift::Months(12 * count),
            (Unit::Hour, _) => Shift::Minutes(60 * count + if half_more { 30 } else { 0 }),
            (Unit::Minute, _) => Shift::Minutes(count),
        };
        let shifted = self.attempt(|parser| {
            // "a week on Tuesday", "two weeks from today", "two days before Easter", "a week tomorrow"
            let (sign, joined) = if parser.eat_any(&["before", "ahead of"]) {
                (-1, true)
            } else {
                (1, parser.eat_any(&["on", "from", "after"]))
            };
            if joined && parser.eat("now") {
                return Some(shift.counted_from_now());
            }
            let Shift::Days(days) = shift else { return None };
            let base = parser.day(lead)?;
            if !joined && !matches!(base, When::Days(_) | When::Weekday(..)) {
                return None;
            }
            Some(When::Shifted(Box::new(base), sign * days))
        });
        if shifted.is_some() {
            return shifted;
        }
        let from_here = leads_to_count || of_time || opened && lead != Lead::Bare;
        // "Within a week of your answer" begins when nobody knows.
        let anchored = matches!(
            self.next(),
            "of" | "after" | "before" | "from" | "ago" | "earlier" | "later" | "following"
        );
        (from_here && !anchored).then(|| shift.counted_from_now())
    }

    /// How many; of "two or three" and "2-3" the larger, "a day or two" is two days.
    fn count(&mut self) -> Option<i64> {
        self.eat_any(&["a couple of", "a couple", "couple of", "the couple of"])
            .then_some(2)
            .or_else(|| {
                if self.eat("half an") {
                    // Half of one is still to be done today.
                    return Some(0);
                }
                let first = self.number()?;
                let more = self.attempt(|parser| {
                    let joined = parser.eat_any(&["or", "to"])
                        || parser
                            .tokens
                            .get(parser.at)
                            .is_some_and(|token| matches!(token.gap, "-" | "–"));
                    if !joined {
                        return None;
                    }
                    if parser.at == parser.start || parser.tokens[parser.at].gap == "–" {
                        parser.start = parser.at;
                    }
                    parser.number()
                });
                if more.is_none() && self.word(1) == "or" && self.word(2) == "two" && first == 1 {
                    // The unit stands between: "a day or two".
                    return Some(2);
                }
                Some(more.unwrap_or(first))
            })
    }

    fn number(&mut self) -> Option<i64> {
        let word = self.next();
        let number = names::number(word).or_else(|| {
            let digits =
                !word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| word.parse().ok()).flatten()
        })?;
        self.at += 1;
        let ones = (number >= 20 && number % 10 == 0 && !word.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| names::number(self.next()).filter(|&ones| (1..10).contains(&ones)))
            .flatten();
        if ones.is_some() {
            self.at += 1;
        }
        Some(number + ones.unwrap_or(0))
    }

    fn unit(&mut self) -> Option<Unit> {
        let unit = match self.next() {
            "day" | "days" => Unit::Day,
            "week" | "weeks" | "wk" | "wks" => Unit::Week,
            "fortnight" | "fortnights" => Unit::Fortnight,
            "month" | "months" => Unit::Month,
            "year" | "years" => Unit::Year,
            "hour" | "hours" | "hr" | "hrs" | "h" => Unit::Hour,
            "minute" | "minutes" | "min" | "mins" => Unit::Minute,
            _ => return None,
        };
        self.at += 1;
        // The rest of "a day or two" was counted before.
        self.eat("or two");
        Some(unit)
    }

    /// A week, weekend, month, quarter or year, or a part of one.
    fn period(&mut self, lead: Lead, adverb: Option<&str>) -> Option<When> {
        let mut part = match adverb {
            Some("early") => Part::Early,
            Some("late" | "later") => Part::End,
            _ => Part::Whole,
        };
        if adverb.is_some() {
            self.eat("in");
        }
        for &(words, named) in names::PARTS {
            if self.eat(words) {
                part = named;
                self.eat_any(&["of", "in", "to"]);
                break;
            }
        }
        let of_month = self.attempt(|parser| {
            // "the first week of May"
            parser.eat("the");
            let week = match parser.next() {
                "first" => Part::Weeks(1),
                "second" => Part::Weeks(2),
                "third" => Part::Weeks(3),
                "last" | "final" => Part::End,
                _ => return None,
            };
            parser.at += 1;
            (parser.eat("week of") || parser.eat("week in")).then_some(week)
        });
        let is_part = part != Part::Whole || of_month.is_some();
        part = of_month.unwrap_or(part);
        if let Some(feast) = self.whole_week_of() {
            return Some(feast);
        }
        for (words, when) in names::ABBREVIATED_ENDS {
            if self.eat(words) {
                return Some(when.clone());
            }
        }
        let ahead = self.which_period(is_part, lead);
        if let Some(ahead) = ahead {
            let mut ahead = ahead;
            let unit = self.next();
            let possessive_end = self.is_possessive(0) && self.word(1) == "end";
            self.at += 1;
            if possessive_end {
                self.at += 1;
                part = Part::End;
            } else if self.eat("end") {
                part = Part::End;
            }
            if self.eat("after next") {
                ahead = 2;
            }
            let found = match unit {
                "week" => When::Week(ahead, part),
                "weekend" => When::Weekend(ahead),
                "month" => When::Month(ahead, part),
                "quarter" => When::Quarter(ahead, part),
                "year" => When::Year(ahead, part),
                _ => return None,
            };
            // "next week on Tuesday", "next week Tuesday"
            let on_day = self.attempt(|parser| {
                let When::Week(weeks, Part::Whole) = found else {
                    return None;
                };
                parser.step_over_comma();
                parser.eat("on");
                let day = parser.weekday_name()?;
                Some(When::Weekday(day, Which::OfWeek(weeks)))
            });
            return Some(on_day.unwrap_or(found));
        }
        if let Some(quarter) = names::quarter(self.next()) {
            self.at += 1;
            self.eat("of");
            let year = self.year();
            return Some(When::NamedQuarter(quarter, year, part));
        }
        let pointed_at = self.eat_any(&["next", "this coming", "this", "the coming"]);
        if let Some(month) = self.month() {
            let is_expected = is_part || pointed_at || matches!(lead, Lead::By | Lead::Before | Lead::On);
            self.eat_any(&["of", "in"]);
            let year = self.year();
            let at_end = self.eat("end");
            let part = if at_end { Part::End } else { part };
            return (is_expected || at_end || year.is_some()).then_some(When::NamedMonth(month, year, part));
        }
        let is_expected = is_part || matches!(self.before(), "by" | "before" | "in");
        let year = is_expected.then(|| self.year()).flatten()?;
        Some(When::NamedYear(year, part))
    }

    /// "the week of 12 October", "w/c Monday".
    fn whole_week_of(&mut self) -> Option<When> {
        self.attempt(|parser| {
            let slashed = parser.next() == "w"
                && parser
                    .tokens
                    .get(parser.at + 1)
                    .is_some_and(|next| next.follows("/") && matches!(next.word.as_str(), "c" | "b"));
            if slashed {
                parser.at += 2;
            } else {
                parser.eat("the");
                parser
                    .eat_any(&[
                        "week of",
                        "week commencing",
                        "week beginning",
                        "week starting",
                        "week from",
                    ])
                    .then_some(())?;
            }
            parser.eat("the");
            let day = parser
                .attempt(Self::date)
                .or_else(|| parser.attempt(Self::weekday))
                .or_else(|| parser.ordinal(Lead::On))?;
            Some(When::WeekOf(Box::new(day)))
        })
    }

    /// How many periods on from the present one, with the period's name next.
    fn which_period(&mut self, is_part: bool, lead: Lead) -> Option<i64> {
        let is_period = |word: &str| matches!(word, "week" | "weekend" | "month" | "quarter" | "year");
        for (words, ahead) in [
            ("this coming", 1),
            ("the coming", 1),
            ("coming", 1),
            ("next", 1),
            ("this", 0),
            ("the", 0),
        ] {
            let count = words.split(' ').count();
            if self.eat(words) {
                let period = self.next();
                let named = is_period(period);
                let after_next = self.word(1) == "after" && self.word(2) == "next";
                // "The week" is this one only as a part of it: "the end of the week", "during the week".
                let fits = words != "the"
                    || is_part
                    || after_next
                    || period == "weekend"
                    || self.is_possessive(0)
                    || self.word(1) == "end"
                    || lead == Lead::On && period == "week";
                // "This coming weekend" is that of this week.
                let ahead = if period == "weekend" && words.ends_with("coming") {
                    0
                } else {
                    ahead
                };
                if named && fits {
                    return Some(ahead);
                }
                self.at -= count;
            }
        }
        // "end of week", "by month end", "at weekend"
        let bare_end = self.word(1) == "end" || self.is_possessive(0) && self.word(1) == "end";
        (is_period(self.next()) && (is_part || bare_end)).then_some(0)
    }

    fn weekday_name(&mut self) -> Option<WeekdayNumber> {
        let day = names::weekday(self.next(), self.raw(0))?;
        self.at += 1;
        Some(day)
    }

    fn weekday(&mut self) -> Option<When> {
        let this = self.attempt(|parser| {
            let which = match () {
                () if parser.eat_any(&["this coming", "the coming", "coming"]) => Which::Coming,
                () if parser.eat("this") => Which::Coming,
                () if parser.eat("next") => Which::Next,
                () => return None,
            };
            let day = parser.weekday_name()?;
            Some(When::Weekday(day, which))
        });
        if this.is_some() {
            return this;
        }
        let after_next = self.attempt(|parser| {
            parser.eat("the");
            let day = parser.weekday_name()?;
            parser
                .eat("after next")
                .then_some(When::Weekday(day, Which::AfterNext))
        });
        if after_next.is_some() {
            return after_next;
        }
        let day = self.weekday_name()?;
        // "Thursday the 22nd", "Thursday (22 October)"
        let dated = self.attempt(|parser| {
            parser.step_over_comma();
            parser.eat("the");
            match parser.attempt(Self::date) {
                Some(When::Date {
                    year,
                    month,
                    day: of_month,
                    ..
                }) => {
                    return Some(When::Date {
                        year,
                        month,
                        day: of_month,
                        weekday: Some(day),
                    });
                }
                Some(numbers @ When::Numbers { .. }) => return Some(numbers),
                _ => {}
            }
            let plain = parser.next().bytes().all(|byte| byte.is_ascii_digit());
            if !parser.next().starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            let of_month = parser.day_number(true)?;
            // "On Thursday 20 boxes arrive."
            (!plain || parser.phrase_may_end()).then_some(When::DayOfMonth {
                day: of_month,
                months: None,
                weekday: Some(day),
            })
        });
        if dated.is_some() {
            return dated;
        }
        if self.eat("next week") || self.eat("of next week") || self.eat("in next week") {
            return Some(When::Weekday(day, Which::OfWeek(1)));
        }
        if self.eat_any(&["this week", "of this week"]) {
            return Some(When::Weekday(day, Which::OfWeek(0)));
        }
        if self.eat_any(&["of the week after next", "the week after next", "week after next"]) {
            return Some(When::Weekday(day, Which::OfWeek(2)));
        }
        if self.eat("next") {
            return Some(When::Weekday(day, Which::Next));
        }
        let coming = When::Weekday(day, Which::Coming);
        let later = if self.eat("week") {
            7
        } else if self.eat("fortnight") {
            14
        } else {
            return Some(coming);
        };
        Some(When::Shifted(Box::new(coming), later))
    }

    /// A date with its month: "22nd of October 2026", "Oct. 22", `2026-10-22`, `22/10`.
    fn date(&mut self) -> Option<When> {
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

    fn month(&mut self) -> Option<i64> {
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
    fn year(&mut self) -> Option<i64> {
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
    fn day_number(&mut self, ordinal: bool) -> Option<i64> {
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
    fn is_repeated(&self, word: &str) -> bool {
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
            ) || names::weekday(before, self.tokens[self.at - 1].raw).is_some()
                || before == "c"
        }
    }

    /// "the 3rd", "the first of next month".
    fn ordinal(&mut self, lead: Lead) -> Option<When> {
        let is_expected = matches!(lead, Lead::By | Lead::Before | Lead::On | Lead::For | Lead::Other);
        let article = self.eat("the");
        let suffixed = self.next().starts_with(|c: char| c.is_ascii_digit()) && self.next().len() > 2;
        if !is_expected || !(article || suffixed) {
            return None;
        }
        let day = self.day_number(true)?;
        let months = if self.eat_any(&["of next month", "next month"]) {
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
    fn phrase_may_end(&self) -> bool {
        let next = self.next();
        next.is_empty()
            || words::FUNCTION_WORDS.contains(&next)
            || words::ZONES.contains(&next)
            || words::PARTS_OF_DAY.contains(&next)
            || names::weekday(next, self.raw(0)).is_some()
    }

    fn feast(&mut self, lead: Lead) -> Option<When> {
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

    /// A time of day. A number alone is one only where words lead to it and no noun follows.
    fn time(&mut self) -> Option<When> {
        let when = self.clock()?;
        self.eat_any(&[
            "in the morning",
            "in the afternoon",
            "in the evening",
            "at night",
            "sharp",
            "or so",
        ]);
        self.eat_any(&words::ZONES);
        Some(when)
    }

    fn clock(&mut self) -> Option<When> {
        let led = matches!(
            self.before(),
            "by" | "at" | "before" | "around" | "about" | "than" | "from" | "between" | "and" | "to"
        );
        for &(words, minute) in names::TIMES {
            if self.eat(words) {
                return Some(When::Clock(minute, true));
            }
        }
        if self.before() == "by" && self.eat_any(&["the afternoon", "the evening", "evening"]) {
            return Some(When::Clock(END_OF_DAY, true));
        }
        if led && self.eat_any(&["close", "the close"]) {
            return Some(When::Clock(END_OF_DAY, true));
        }
        let quartered = self.attempt(|parser| {
            let minutes = match () {
                () if parser.eat_any(&["half past", "half"]) => 30,
                () if parser.eat_any(&["quarter past", "a quarter past"]) => 15,
                () if parser.eat_any(&["quarter to", "a quarter to"]) => -15,
                () if parser.eat_any(&["ten past", "10 past"]) => 10,
                () if parser.eat_any(&["ten to", "10 to"]) => -10,
                () if parser.eat_any(&["twenty past", "20 past"]) => 20,
                () if parser.eat_any(&["twenty to", "20 to"]) => -20,
                () => return None,
            };
            let hour = parser.number().filter(|hour| (1..=12).contains(hour))?;
            Some((hour, minutes))
        });
        if let Some((hour, minutes)) = quartered {
            return self.hour(hour, minutes);
        }
        let token = self.tokens.get(self.at)?;
        if self.next().is_empty() {
            return None;
        }
        let (hour, minutes, half) = names::clock_word(&token.word)?;
        self.at += 1;
        // `17:30` is two words, `5:30pm` as well.
        let colon = self.tokens.get(self.at).filter(|next| next.follows(":"));
        let with_minutes =
            colon.and_then(|next| names::clock_word(&next.word).map(|(minutes, _, half)| (minutes, half)));
        if let Some((minutes, half)) = with_minutes {
            self.at += 1;
            return self.certain(hour, minutes, half);
        }
        if half.is_some() {
            return self.certain(hour, minutes, half);
        }
        if matches!(
            self.next(),
            "am" | "pm" | "a.m" | "p.m" | "o'clock" | "oclock" | "h" | "hrs" | "hours" | "noon"
        ) {
            return self.certain(hour, minutes, None);
        }
        let dotted = token.word.contains('.');
        // "One by one", "at one in four", "at two of the sites".
        let counts = token.word == "one" && !matches!(self.next(), "" | "on" | "today" | "tomorrow");
        let ends = self.phrase_may_end() && self.next() != "of" && !counts && !self.is_repeated(&token.word);
        (led && ends && (dotted || hour <= 12))
            .then(|| self.hour(hour, minutes))
            .flatten()
    }

    /// An hour of which the half of the day may be said next.
    fn certain(&mut self, hour: i64, minutes: i64, half: Option<bool>) -> Option<When> {
        let afternoon = half.or_else(|| {
            if self.eat_any(&["am", "a.m"]) {
                Some(false)
            } else if self.eat_any(&["pm", "p.m"]) {
                Some(true)
            } else {
                None
            }
        });
        match afternoon {
            Some(afternoon) if (1..=12).contains(&hour) && (0..60).contains(&minutes) => Some(When::Clock(
                (hour % 12 + if afternoon { 12 } else { 0 }) * 60 + minutes,
                true,
            )),
            Some(_) => None,
            None => {
                let full = self.eat_any(&["h", "hrs", "hours"]);
                self.eat_any(&["o'clock", "oclock", "noon"]);
                if !(0..24).contains(&hour) || !(0..60).contains(&minutes) {
                    return None;
                }
                if full || hour > 12 || hour == 0 {
                    Some(When::Clock(hour * 60 + minutes, true))
                } else {
                    self.hour(hour, minutes)
                }
            }
        }
    }

    /// An hour of twelve: by daylight, when people work.
    fn hour(&mut self, hour: i64, minutes: i64) -> Option<When> {
        self.eat("o'clock");
        if !(0..24).contains(&hour) || minutes >= 60 {
            return None;
        }
        let by_day = if (1..7).contains(&hour) { hour + 12 } else { hour };
        Some(When::Clock(by_day * 60 + minutes, by_day >= 12))
    }
}

/// The last minute of a day.
pub(super) const END_OF_DAY: i64 = 24 * 60;

#[derive(Debug, Clone, Copy)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
}

#[derive(Debug, Clone, Copy)]
enum Shift {
    Days(i64),
    Working(i64),
    Months(i64),
    Minutes(i64),
}

impl Shift {
    fn counted_from_now(self) -> When {
        match self {
            Self::Days(count) => When::Days(count),
            Self::Working(count) => When::WorkingDays(count),
            Self::Months(count) => When::Months(count),
            Self::Minutes(count) => When::Minutes(count),
        }
    }
}

/// What a feast is called, and when it is.
pub(super) type NamedFeast = (&'static str, Feast);
