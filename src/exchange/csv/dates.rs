//! Dates as programs write them into tables: `1980-04-21`, `--04-21`, `4/21/1980`, `21.04.1980`.

use crate::client::PartialDate;

/// Whether the day or the month comes first where slashes stand between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Order {
    is_day_first: bool,
    /// Whether some date of the table could be read in both ways and none told which it is.
    pub is_guessed: bool,
}

impl Order {
    /// The order that all of a table's dates go with; as in America where every one goes with both.
    pub(super) fn of<'t>(dates: impl Iterator<Item = &'t str>) -> Self {
        let (mut is_any, mut is_told) = (false, false);
        for (first, second, _) in dates.filter_map(|date| numbers(date, '/')) {
            if first > 12 {
                return Self {
                    is_day_first: true,
                    is_guessed: false,
                };
            }
            is_any |= first > 0;
            is_told |= second > 12;
        }
        Self {
            is_day_first: false,
            is_guessed: is_any && !is_told,
        }
    }

    /// Reads a date; `None` when it is none.
    pub(super) fn read(self, text: &str) -> Option<PartialDate> {
        let text = text.trim();
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        let (day, month, year) = if let Some(date) = numbers(text, '.') {
            date
        } else {
            let (first, second, year) = numbers(text, '/')?;
            if self.is_day_first {
                (first, second, year)
            } else {
                (second, first, year)
            }
        };
        let year = match year {
            // Whom one writes to today was hardly born before 1930.
            0..=29 => 2000 + year,
            30..=99 => 1900 + year,
            _ => year,
        };
        format!("{year:04}-{month:02}-{day:02}").parse().ok()
    }
}

/// Whether it stands for no date, as Outlook writes it.
pub(super) fn is_none(text: &str) -> bool {
    text.trim().is_empty()
        || numbers(text, '/')
            .or(numbers(text, '.'))
            .is_some_and(|(first, second, _)| first == 0 && second == 0)
}

fn numbers(text: &str, between: char) -> Option<(u16, u16, u16)> {
    // A time of day may follow.
    let mut numbers = text
        .split_whitespace()
        .next()?
        .splitn(3, between)
        .map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_date_tells_the_order_of_all() {
        let read = |dates: &[&str], date: &str| {
            let order = Order::of(dates.iter().copied());
            (order.read(date).map(|date| date.to_string()), order.is_guessed)
        };
        assert_eq!(read(&["4/3/1980"], "4/3/1980"), (Some("1980-04-03".into()), true));
        assert_eq!(
            read(&["4/3/1980", "4/21/1980"], "4/3/1980"),
            (Some("1980-04-03".into()), false)
        );
        assert_eq!(
            read(&["4/3/1980", "21/4/1980"], "4/3/1980"),
            (Some("1980-03-04".into()), false)
        );
        assert_eq!(read(&["0/0/00"], "21.4.80"), (Some("1980-04-21".into()), false));
        assert_eq!(read(&[], "--04-21"), (Some("--04-21".into()), false));
        assert_eq!(read(&[], "soon").0, None);
        assert_eq!(read(&[], "13/13/1980").0, None);
    }

    #[test]
    fn outlook_writes_zeros_for_no_date() {
        assert!(is_none("0/0/00") && is_none(" ") && !is_none("4/21/1980"));
    }
}
