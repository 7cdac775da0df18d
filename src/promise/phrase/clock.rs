//! Times of a day: "5 pm", "half past two", "noon".

use super::{END_OF_DAY, Parser};
use crate::promise::names;
use crate::promise::when::When;
use crate::promise::words;

impl Parser<'_, '_> {
    /// What may be said after a day without changing it.
    pub(super) fn time_of_day(&mut self) {
        self.eat_any(&names::FIRST_THING);
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

    /// A time of day. A number alone is one only where words lead to it and no noun follows.
    pub(super) fn time(&mut self) -> Option<When> {
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
        if led && let Some(&(_, minute)) = names::LOOSE_TIMES.iter().find(|(words, _)| self.eat(words)) {
            return Some(When::Clock(minute, true));
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
        if self.at > 0 && matches!(self.tokens[self.at - 1].word.as_str(), "scale" | "ratio") {
            return None;
        }
        self.at += 1;
        // `17:30` is two words, `5:30pm` as well.
        let colon = self.tokens.get(self.at).filter(|next| next.follows(":"));
        let with_minutes =
            colon.and_then(|next| names::clock_word(&next.word).map(|(minutes, _, half)| (minutes, half)));
        if let Some((minutes, half)) = with_minutes {
            self.at += 1;
            return self.certain(hour, minutes, half);
        }
        // `15h` and `18h30`, as those write who count to 24.
        let of_day = token.word.starts_with(|c: char| c.is_ascii_digit()) && token.word.contains('h');
        if half.is_some() || of_day {
            return self.certain(hour, minutes, half);
        }
        if matches!(
            self.next(),
            "am" | "pm" | "a.m" | "p.m" | "o'clock" | "oclock" | "h" | "hrs" | "hours" | "noon"
        ) {
            return self.certain(hour, minutes, None);
        }
        let dotted = token.word.contains('.');
        // "One by one", "at one in four", "at two of the sites", "up by four per cent".
        let counts = token.word == "one" && !matches!(self.next(), "" | "on" | "today" | "tomorrow")
            || matches!(self.next(), "per" | "percent");
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
