//! Weeks that are told by a day in them or by their number: "w/c 12 October", "calendar week 34", "KW 34".

use super::Parser;
use crate::promise::when::{Lead, Part, When};

impl Parser<'_, '_> {
    /// "the week of 12 October", "w/c Monday".
    pub(super) fn whole_week_of(&mut self) -> Option<When> {
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

    /// "until end of calendar week 34"; a "week 34" that is no week of the calendar is counted from when nobody knows.
    pub(super) fn numbered_week(&mut self, lead: Lead, part: Part) -> Option<When> {
        self.attempt(|parser| {
            let of_calendar = parser.eat_any(&["calendar week", "cal week", "cw", "kw", "iso week"]);
            // "Week 44: training" in a list.
            let heads_line = parser.at == 0 && parser.tokens.get(2).is_some_and(|next| next.follows(": "));
            let is_expected = lead != Lead::Bare || part != Part::Whole || heads_line;
            (of_calendar || is_expected && parser.eat_any(&["week", "wk"])).then_some(())?;
            parser.eat_any(&["number", "no"]);
            let number = parser.number().filter(|week| (1..=53).contains(week))?;
            Some(if of_calendar {
                When::NumberedWeek(number, part)
            } else {
                When::Untold
            })
        })
    }
}
