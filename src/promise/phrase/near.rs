//! Days counted from the day of sending or named by the week: "tomorrow", "in a fortnight", "Friday week".

use super::{Parser, Shift, Unit};
use crate::promise::names;
use crate::promise::when::{Lead, Part, When, Which};

/// Days that are counted from one that only the mail's reader knows.
const BESIDE_ANOTHER_DAY: [&str; 6] = [
    "the night before",
    "the evening before",
    "the week before",
    "the following week",
    "the following day",
    "the following month",
];

impl Parser<'_, '_> {
    pub(super) fn near_day(&mut self) -> Option<When> {
        // "By the end of tomorrow" is by tomorrow.
        let ends = self.attempt(|parser| {
            parser
                .eat_any(&["the end of", "end of", "the close of", "close of"])
                .then_some(())?;
            parser
                .attempt(Self::near_day)
                .or_else(|| parser.attempt(Self::weekday))
        });
        if ends.is_some() {
            self.within_day = true;
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
            || self.before() == "in" && self.eat("the morning")
            || self.before() == "by" && self.eat_any(&["the morning", "morning"]);
        morning.then_some(When::Morning)
    }

    /// "I'll ring first thing", but not "the first thing is to ring".
    pub(super) fn first_thing(&mut self) -> Option<When> {
        let after_article = self
            .at
            .checked_sub(1)
            .is_some_and(|before| self.tokens[before].word == "the");
        let read = self.eat_any(&names::FIRST_THING) && self.next().is_empty();
        (read && !after_article).then_some(When::Morning)
    }

    /// "in two days", "within the hour", "a week on Tuesday", "two days before Easter".
    pub(super) fn counted(&mut self, lead: Lead) -> Option<When> {
        let leads_to_count = self.tokens[self.start..self.at].iter().any(|token| {
            matches!(
                token.word.as_str(),
                "in" | "within" | "inside" | "over" | "during" | "under" | "give"
            )
        });
        if let Some(out) = self.attempt(|parser| parser.period_that_is_out(lead)) {
            return Some(out);
        }
        for (words, days) in [("the day before", -1), ("the day after", 1)] {
            if self.eat(words) {
                let day = self.attempt(|parser| parser.day(lead));
                return Some(day.map_or(When::Untold, |day| When::Shifted(Box::new(day), days)));
            }
        }
        if self.eat_any(&BESIDE_ANOTHER_DAY) {
            return Some(When::Untold);
        }
        if leads_to_count && let Some(hours) = self.attempt(Self::hours_in_one_word) {
            return Some(When::Minutes(60 * hours));
        }
        let opened = self.eat_any(&["the next", "the coming", "at most", "no more than", "less than"]);
        if leads_to_count && !opened && self.eat("the") {
            // "within the hour", "inside the week"
            let bounded = self.tokens[self.start..self.at]
                .iter()
                .any(|token| matches!(token.word.as_str(), "within" | "inside"));
            return match self.unit()? {
                Unit::Hour => Some(When::Minutes(60)),
                Unit::Day if bounded => Some(When::Days(1)),
                Unit::Week if bounded => Some(When::Days(7)),
                Unit::Fortnight if bounded => Some(When::Days(14)),
                Unit::Month if bounded => Some(When::Months(1)),
                _ => None,
            };
        }
        // "In the next week" is within one.
        let single = opened
            && leads_to_count
            && matches!(self.next(), "day" | "week" | "fortnight" | "month" | "hour");
        let count = self.count().or(single.then_some(1))?;
        let half_before = self.eat("and a half");
        let working = self.eat_any(&["working", "business", "work", "banking"]);
        self.eat_any(&["full", "short", "calendar", "clear"]);
        let unit = self.unit()?;
        let half_more = self.eat("and a half") || half_before;
        let of_time = self.eat("time")
            || self.eat_any(&[
                "of this letter",
                "of this email",
                "of this mail",
                "of this message",
                "of today",
                "from the date of this letter",
                "of the date of this letter",
                "from today",
                "from now",
                "from today's date",
            ]);
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
            let (sign, joined) = if parser.eat_any(&["before", "ahead of", "prior to", "in advance of"]) {
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
        match self.next() {
            "ago" | "earlier" => None,
            // "Within a week of your answer", "a week before you arrive" and "one day later" begin when nobody knows.
            "of" | "from" | "following" => leads_to_count.then_some(When::Untold),
            "after" | "before" | "prior" => Some(When::Untold),
            "later" => {
                self.at += 1;
                Some(When::Untold)
            }
            _ => from_here.then(|| shift.counted_from_now()),
        }
    }

    /// "Before the month is out."
    fn period_that_is_out(&mut self, lead: Lead) -> Option<When> {
        let before = lead == Lead::Before && self.eat_any(&["the", "this"]);
        let when = match self.next() {
            "week" => When::Week(0, Part::End),
            "month" => When::Month(0, Part::End),
            "year" => When::Year(0, Part::End),
            "day" => When::Days(0),
            _ => return None,
        };
        self.at += 1;
        (before && self.eat_any(&["is out", "is over", "is done", "ends", "closes"])).then_some(when)
    }

    /// How many; of "two or three" and "2-3" the larger, "a day or two" is two days.
    pub(super) fn count(&mut self) -> Option<i64> {
        self.eat_any(&["a couple of", "a couple", "couple of", "the couple of"])
            .then_some(2)
            .or_else(|| {
                let part_of_one = [
                    "half an",
                    "a quarter of an",
                    "quarter of an",
                    "three quarters of an",
                ];
                if self.eat_any(&part_of_one) || self.word(1) == "hour" && self.eat("half") {
                    // Half of one is still to be done today.
                    return Some(0);
                }
                let first = self.number()?;
                self.step_over_figures();
                let more = self.attempt(|parser| {
                    let joined = parser.eat_any(&["or", "to"])
                        || parser
                            .tokens
                            .get(parser.at)
                            .is_some_and(|token| matches!(token.gap, "-" | "–"));
                    if !joined {
                        return None;
                    }
                    let second = parser.tokens.get(parser.at)?;
                    if parser.at == parser.start || second.gap == "–" {
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

    /// The figures that lawyers put behind a number: "ten (10) days".
    fn step_over_figures(&mut self) {
        let is_bracketed = self.tokens.get(self.at).is_some_and(|token| {
            token.gap.trim() == "(" && token.word.bytes().all(|byte| byte.is_ascii_digit())
        });
        let closes = self
            .tokens
            .get(self.at + 1)
            .is_some_and(|token| token.gap.trim() == ")");
        if is_bracketed && closes {
            self.at += 1;
            self.start = self.at;
        }
    }

    /// "24h", "48hrs".
    fn hours_in_one_word(&mut self) -> Option<i64> {
        let word = self.next();
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let hours = matches!(&word[digits.len()..], "h" | "hr" | "hrs" | "hours");
        let count = digits.parse().ok().filter(|_| hours && digits.len() <= 3)?;
        self.at += 1;
        Some(count)
    }

    pub(super) fn number(&mut self) -> Option<i64> {
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
    pub(super) fn period(&mut self, lead: Lead, adverb: Option<&str>) -> Option<When> {
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
        if let Some(week) = self.whole_week_of().or_else(|| self.numbered_week(lead, part)) {
            return Some(week);
        }
        for (words, when) in names::ABBREVIATED_ENDS {
            if self.eat(words) {
                return Some(when.clone());
            }
        }
        if let Some(day) = self.attempt(Self::day_at_edge_of_month) {
            return Some(day);
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

    /// "The first working day of the month."
    fn day_at_edge_of_month(&mut self) -> Option<When> {
        self.eat("the");
        let first = self.eat("first");
        (first || self.eat("last")).then_some(())?;
        self.eat_any(&["working", "business"]);
        self.eat_any(&["day of", "day in"]).then_some(())?;
        let ahead = i64::from(self.eat_any(&["next month", "the coming month"]));
        (ahead > 0 || self.eat_any(&["the month", "each month", "this month"])).then_some(())?;
        Some(match (first, ahead) {
            (true, 0) => When::DayOfMonth {
                day: 1,
                months: None,
                weekday: None,
            },
            (true, _) => When::Month(ahead, Part::Start),
            (false, _) => When::Month(ahead, Part::End),
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
            ("this working", 0),
            ("the working", 0),
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
}
