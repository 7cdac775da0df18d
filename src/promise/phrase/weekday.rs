//! Days of a week by name: "Friday week", "the Tuesday after next", "Thursday the 22nd", "sat 9am".

use super::Parser;
use crate::promise::calendar::WeekdayNumber;
use crate::promise::names;
use crate::promise::when::{When, Which};
use crate::promise::words;

impl Parser<'_, '_> {
    pub(super) fn weekday_name(&mut self) -> Option<WeekdayNumber> {
        // "sat 9am": with an hour behind it a day needs no capital.
        let has_hour = self.word(1).starts_with(|c: char| c.is_ascii_digit())
            && matches!(names::clock_word(self.word(1)), Some((.., Some(_))))
            || words::PARTS_OF_DAY.contains(&self.word(1));
        let is_name = has_hour || self.raw(0).starts_with(char::is_uppercase);
        let day = names::weekday(self.next(), is_name)?;
        self.at += 1;
        Some(day)
    }

    pub(super) fn weekday(&mut self) -> Option<When> {
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
        let following = self.attempt(|parser| {
            parser.eat("the");
            (parser.eat("following") && parser.weekday_name().is_some()).then_some(When::Untold)
        });
        if following.is_some() {
            return following;
        }
        // "On the Wednesday", as those say who tell of one week.
        let led = self.before() == "on" || self.before() == "by" || self.before() == "before";
        let told = self.attempt(|parser| parser.eat("the").then_some(())).is_some();
        let day = self.weekday_name()?;
        // "The Monday after" the day that was told.
        if told && matches!(self.next(), "after" | "before") && self.word(1).is_empty() {
            self.at += 1;
            return Some(When::Untold);
        }
        let is_named_by_more = matches!(self.next(), "after" | "before" | "following" | "of");
        // "The Friday slot" is no day, "we launch it the Friday" is one.
        if told && (is_named_by_more || !led && !self.phrase_may_end()) {
            return None;
        }
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
}
