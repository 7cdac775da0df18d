//! When somebody likes to be called, as far as a free text tells: `mornings`, `9–5`, `Mon–Thu after 10`.
//!
//! Whoever noted it wrote for themselves, so what is not understood is passed over. A text of which nothing
//! is understood has no hours: it is shown, and not judged by.

mod token;

use std::ops::Range;

use self::token::{Days, EVERY_DAY, Hour, Token, WORKING_DAYS, tokens};
use crate::draft::LocalTime;

/// Minutes of a day, from 0 to 1440.
type Span = Range<u16>;

/// Where no hours are named, those in which most people work and answer.
const WORKING_HOURS: Span = 9 * 60..18 * 60;
/// Hours at which nobody is woken up.
const WAKING_HOURS: Span = 8 * 60..21 * 60;
const WHOLE_DAY: Span = 0..24 * 60;
/// For how long "after 5" goes on where it begins late in the day, in minutes.
const AFTERWARDS: u16 = 3 * 60;
/// "At 10" is not the one minute.
const ABOUT: u16 = 60;

/// The hours of a week in which a call is welcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallHours {
    wanted: Vec<Hours>,
    unwanted: Vec<Hours>,
}

/// The same hours on some days of the week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Hours {
    days: Days,
    spans: Vec<Span>,
}

impl CallHours {
    /// From Monday to Friday, 9 to 18: for clients of whom nothing is noted.
    pub fn working() -> Self {
        Self {
            wanted: vec![Hours {
                days: WORKING_DAYS,
                spans: vec![WORKING_HOURS],
            }],
            unwanted: Vec::new(),
        }
    }

    /// The hours that a text tells; `None` where it tells none that are understood.
    ///
    /// ```
    /// use candor::call::CallHours;
    ///
    /// let hours = CallHours::read("Mon–Thu after 10, not Wednesdays").expect("hours");
    /// assert!(hours.suit("2026-11-24T10:30".parse()?));
    /// assert!(!hours.suit("2026-11-25T10:30".parse()?));
    /// assert_eq!(CallHours::read("ask her assistant"), None);
    /// # Ok::<(), candor::draft::NotALocalTime>(())
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::default();
        for token in tokens(text) {
            reader.take(token);
        }
        reader.finish()
    }

    /// Whether a call is welcome at this time of the client's clock.
    pub fn suit(&self, at: LocalTime) -> bool {
        let minutes = at.minutes_since_1970();
        self.suit_minutes(minutes)
    }

    /// The same by the minutes that a clock on the wall has counted since 1970.
    pub(super) fn suit_minutes(&self, minutes: i64) -> bool {
        // Day 0, 1 January 1970, was a Thursday; Monday is bit 0.
        let day = 1 << (minutes.div_euclid(24 * 60) + 3).rem_euclid(7);
        let minute = minutes.rem_euclid(24 * 60) as u16;
        let hold = |hours: &[Hours]| {
            hours
                .iter()
                .any(|hours| hours.days & day != 0 && hours.spans.iter().any(|span| span.contains(&minute)))
        };
        hold(&self.wanted) && !hold(&self.unwanted)
    }
}

/// Puts tokens together into hours, one after the other.
#[derive(Debug, Default)]
struct Reader {
    wanted: Vec<Hours>,
    unwanted: Vec<Hours>,
    /// What is being read, and whether it is what they do not want.
    hours: Hours,
    negated: bool,
    /// An hour that may be the start of a span.
    hour: Option<Hour>,
    bound: Option<Bound>,
    span: Joint,
    /// Whether a comma or an "and" came since the last day or hour.
    apart: bool,
    /// What came last.
    last: Last,
    /// Whether the days stand behind the hours: "mornings on Tuesdays".
    days_behind: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    After,
    Before,
}

/// What is known of a span that is not whole yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Joint {
    #[default]
    Open,
    /// "Between" waits for its "and".
    Between,
    /// A dash came last, or a word that means one.
    To,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Day(Days),
    Hours,
    Bounded,
}

impl Reader {
    fn take(&mut self, token: Token) {
        match token {
            Token::Days(days) => self.take_days(days),
            Token::Hour(hour) => self.take_hour(hour),
            Token::Part(span) => self.take_part(span),
            Token::AnyTime => self.take_span(if self.negated { WHOLE_DAY } else { WAKING_HOURS }),
            Token::To => self.span = Joint::To,
            Token::Until if self.hour.is_some() || matches!(self.last, Last::Day(_)) && !self.apart => {
                self.span = Joint::To;
            }
            Token::Until | Token::Before => self.bound = Some(Bound::Before),
            Token::After => self.bound = Some(Bound::After),
            Token::Onwards => {
                if let Some(hour) = self.hour.take() {
                    self.bound = Some(Bound::After);
                    self.take_hour(hour);
                }
            }
            Token::Between => self.span = Joint::Between,
            Token::And if self.span == Joint::Between && self.hour.is_some() => self.span = Joint::To,
            Token::And | Token::Comma => {
                self.settle();
                self.apart = true;
            }
            Token::Not => {
                self.close();
                self.negated = true;
            }
        }
    }

    fn take_days(&mut self, days: Days) {
        self.settle();
        if let (true, Last::Day(first)) = (self.span == Joint::To, self.last) {
            self.hours.days |= through(first, days);
        } else {
            let goes_on = matches!(self.last, Last::Day(_) | Last::Nothing);
            let qualifies = self.hours.days == 0 && !self.apart;
            if !goes_on && !qualifies {
                self.close();
            }
            self.days_behind = !self.hours.spans.is_empty();
            self.hours.days |= days;
        }
        self.came(Last::Day(days));
    }

    fn take_hour(&mut self, hour: Hour) {
        match (self.bound.take(), self.hour.take()) {
            (Some(bound), _) => {
                let span = match (bound, self.negated) {
                    (Bound::After, false) => {
                        let from = hour.as_start();
                        from..WORKING_HOURS.end.max(from + AFTERWARDS).min(WHOLE_DAY.end)
                    }
                    (Bound::Before, false) => {
                        let to = hour.as_end();
                        WAKING_HOURS.start.min(to.saturating_sub(ABOUT))..to
                    }
                    (Bound::After, true) => hour.as_end()..WHOLE_DAY.end,
                    (Bound::Before, true) => 0..hour.as_start(),
                };
                self.take_span(span);
                self.last = Last::Bounded;
            }
            (None, Some(first)) if self.span == Joint::To => self.take_span(Hour::span(first, hour)),
            (None, earlier) => {
                self.hour = earlier;
                self.settle();
                self.hour = Some(hour);
            }
        }
    }

    fn take_part(&mut self, part: Span) {
        match self.bound.take() {
            // After lunch, before the afternoon.
            Some(Bound::After) => self.take_span(part.end..WORKING_HOURS.end.max(part.end + AFTERWARDS)),
            Some(Bound::Before) => self.take_span(WAKING_HOURS.start..part.start),
            None => self.take_span(part),
        }
    }

    fn take_span(&mut self, span: Span) {
        self.settle();
        let unwanted_no_more = self.negated && self.apart && self.last != Last::Bounded;
        if self.days_behind || unwanted_no_more {
            self.close();
        }
        self.hours.spans.push(span);
        self.came(Last::Hours);
    }

    /// An hour that no other followed is a time by itself.
    fn settle(&mut self) {
        if let Some(hour) = self.hour.take() {
            let from = hour.as_start();
            self.take_span(from..from + ABOUT);
        }
    }

    fn came(&mut self, last: Last) {
        self.last = last;
        self.apart = false;
        self.span = Joint::Open;
    }

    /// Ends what is being read, and begins anew with what they want.
    fn close(&mut self) {
        self.settle();
        let mut hours = std::mem::take(&mut self.hours);
        let negated = std::mem::take(&mut self.negated);
        self.bound = None;
        self.days_behind = false;
        self.came(Last::Nothing);
        if hours == Hours::default() {
            return;
        }
        if hours.spans.is_empty() {
            hours.spans.push(if negated { WHOLE_DAY } else { WORKING_HOURS });
        }
        if hours.days == 0 {
            hours.days = if negated { EVERY_DAY } else { WORKING_DAYS };
        }
        if negated {
            self.unwanted.push(hours);
        } else {
            self.wanted.push(hours);
        }
    }

    fn finish(mut self) -> Option<CallHours> {
        self.close();
        if self.wanted.is_empty() && self.unwanted.is_empty() {
            return None;
        }
        if self.wanted.is_empty() {
            self.wanted = CallHours::working().wanted;
        }
        Some(CallHours {
            wanted: self.wanted,
            unwanted: self.unwanted,
        })
    }
}

/// All days from one to another, over the end of the week where need be.
fn through(first: Days, last: Days) -> Days {
    let (from, to) = (first.trailing_zeros(), last.trailing_zeros());
    let count = (to + 7 - from) % 7;
    (0..=count).fold(0, |days, day| days | 1 << ((from + day) % 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which hours of which days suit, `Mon 9-18, Tue …`; days alike stand together.
    fn shown(text: &str) -> String {
        let Some(hours) = CallHours::read(text) else {
            return "-".to_owned();
        };
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let mut shown: Vec<(String, String)> = Vec::new();
        // 5 January 1970 was a Monday.
        for (day, name) in (4..).zip(names) {
            let midnight = day * 24 * 60;
            let suits = |minute: i64| (0..24 * 60).contains(&minute) && hours.suit_minutes(midnight + minute);
            let written = |minute: i64| match minute % 60 {
                0 => format!("{}", minute / 60),
                rest => format!("{}:{rest:02}", minute / 60),
            };
            let starts = (0..24 * 60).filter(|&at| suits(at) && !suits(at - 1));
            let spans: Vec<String> = starts
                .map(|start| {
                    let end = (start..=24 * 60).find(|&at| !suits(at)).unwrap();
                    format!("{}-{}", written(start), written(end))
                })
                .collect();
            let spans = spans.join("+");
            match shown.last_mut() {
                _ if spans.is_empty() => {}
                Some((days, before)) if *before == spans => days.push_str(name),
                _ => shown.push((name.to_owned(), spans)),
            }
        }
        let shown: Vec<String> = shown
            .iter()
            .map(|(days, spans)| format!("{days} {spans}"))
            .collect();
        shown.join(", ")
    }

    #[test]
    fn hours_are_read_as_people_note_them() {
        const WEEK: &str = "MonTueWedThuFri";
        let mut wrong = Vec::new();
        for (text, hours) in [
            ("mornings", format!("{WEEK} 8-12")),
            ("Mornings are best", format!("{WEEK} 8-12")),
            ("9–5", format!("{WEEK} 9-17")),
            ("9 to 5", format!("{WEEK} 9-17")),
            ("10am - 4pm", format!("{WEEK} 10-16")),
            ("2-4 pm", format!("{WEEK} 14-16")),
            ("10-4 pm", format!("{WEEK} 10-16")),
            ("14:00–16:30", format!("{WEEK} 14-16:30")),
            ("0900-1700", format!("{WEEK} 9-17")),
            ("9h30 - 11h", format!("{WEEK} 9:30-11")),
            ("Mon–Thu after 10", "MonTueWedThu 10-18".to_owned()),
            ("Monday to Wednesday, before noon", "MonTueWed 8-12".to_owned()),
            ("Tue and Thu afternoons", "TueThu 12-18".to_owned()),
            ("Tuesdays & Thursdays 9-11", "TueThu 9-11".to_owned()),
            ("mornings Mon–Wed", "MonTueWed 8-12".to_owned()),
            ("mornings on Tuesdays and Thursdays", "TueThu 8-12".to_owned()),
            (
                "Mon-Thu after 10, Fri mornings",
                "MonTueWedThu 10-18, Fri 8-12".to_owned(),
            ),
            ("weekdays 9-12, 14-17", format!("{WEEK} 9-12+14-17")),
            ("after 4", format!("{WEEK} 16-19")),
            ("from 9:30", format!("{WEEK} 9:30-18")),
            ("10 onwards", format!("{WEEK} 10-18")),
            ("until 3 pm", format!("{WEEK} 8-15")),
            ("between 2 and 4", format!("{WEEK} 14-16")),
            ("not before 10", format!("{WEEK} 10-18")),
            ("no earlier than 10 am", format!("{WEEK} 10-18")),
            ("mornings, not before 9:30", format!("{WEEK} 9:30-12")),
            ("never before 9 or after 5", format!("{WEEK} 9-17")),
            ("mornings except Fridays", "MonTueWedThu 8-12".to_owned()),
            ("not Mondays or Fridays", "TueWedThu 9-18".to_owned()),
            (
                "any time but not Friday afternoons",
                "MonTueWedThu 8-21, Fri 8-12+18-21".to_owned(),
            ),
            ("avoid lunchtime", format!("{WEEK} 9-12+14-18")),
            ("after lunch", format!("{WEEK} 14-18")),
            ("late afternoon", format!("{WEEK} 15-18")),
            ("early mornings", format!("{WEEK} 8-10")),
            ("evenings", format!("{WEEK} 17-21")),
            ("weekends", "SatSun 9-18".to_owned()),
            ("Sat-Mon 10-12", "MonSatSun 10-12".to_owned()),
            ("any time", format!("{WEEK} 8-21")),
            ("every day 8-20", "MonTueWedThuFriSatSun 8-20".to_owned()),
            ("office hours", format!("{WEEK} 9-17")),
            ("business days, 10 to noon", format!("{WEEK} 10-12")),
            ("Tuesday pm", "Tue 12-18".to_owned()),
            ("at 10", format!("{WEEK} 10-11")),
            ("around 3", format!("{WEEK} 15-16")),
            ("Fridays", "Fri 9-18".to_owned()),
            ("", "-".to_owned()),
            ("ask her assistant", "-".to_owned()),
            ("ext. 4523", "-".to_owned()),
            ("25:70", "-".to_owned()),
        ] {
            let read = shown(text);
            if read != hours {
                wrong.push(format!("{text}: {read}, not {hours}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn any_text_is_read_without_harm() {
        for text in [
            "–––",
            "9–",
            "–5",
            "to to to",
            "not not",
            "12345678901234567890",
            "9:",
            "mon–",
            "pm am pm",
            "24–24",
            "after",
            "é ⏰ 9–5 朝",
        ] {
            let _ = CallHours::read(text);
        }
    }
}
