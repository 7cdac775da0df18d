//! Whether the notebook that a browser hands back is the one that was written.
//!
//! Browsers lose storage without a word: a damaged database comes back short, or empty and as good as
//! new. So each write notes what the notebook holds after it, twice: beside the notes, in the same
//! transaction, and in the extension's settings, which lie in other files. Where the two disagree,
//! something is gone.

use serde::{Deserialize, Serialize};

/// What a notebook holds. Says nothing about anybody in it, so it may lie where content scripts read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Holdings {
    /// The journal's last number: grows with each change and never goes back.
    pub(super) generation: u32,
    /// How many clients.
    pub(super) count: u32,
    /// The sum of the [`fingerprint`]s of all records, which no order of theirs changes.
    #[serde(with = "hexadecimal")]
    pub(super) checksum: u64,
}

/// What is to be thought of a notebook, of what its own database and the settings say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is what was written last, or what was written just before a page ended.
    Whole,
    /// One of the two witnesses is missing, as both are for a new user: more has to be looked at.
    Unsure,
    /// Something of it is gone.
    Damaged,
}

impl Holdings {
    /// Takes a record in, or out of it.
    pub(super) fn turn(&mut self, before: Option<&str>, after: Option<&str>) {
        if let Some(before) = before {
            self.count = self.count.wrapping_sub(1);
            self.checksum = self.checksum.wrapping_sub(fingerprint(before));
        }
        if let Some(after) = after {
            self.count = self.count.wrapping_add(1);
            self.checksum = self.checksum.wrapping_add(fingerprint(after));
        }
    }

    /// What these records come to.
    pub(super) fn of<'a>(generation: u32, records: impl IntoIterator<Item = &'a str>) -> Self {
        let mut holdings = Self {
            generation,
            ..Self::default()
        };
        for record in records {
            holdings.turn(None, Some(record));
        }
        holdings
    }
}

/// Compares what the settings say with what the database says. The settings have to be read first:
/// a page writes them after the database, so whatever is read later can only be newer.
pub(super) fn verdict(kept: Option<Holdings>, found: Option<Holdings>) -> Verdict {
    match (kept, found) {
        (Some(kept), Some(found)) if kept == found || found.generation > kept.generation => Verdict::Whole,
        (Some(_), Some(_)) => Verdict::Damaged,
        _ => Verdict::Unsure,
    }
}

/// What there is to go by where a witness is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs {
    pub(super) kept: Option<Holdings>,
    pub(super) found: Option<Holdings>,
    /// How many records the database really has.
    pub(super) records: u32,
    /// The last number in the database's journal; 0 where it is empty.
    pub(super) journal: u32,
    /// The last number that the second copy has; 0 where there is none.
    pub(super) copy: u32,
}

impl Signs {
    /// Whether something is missing, or this is a notebook of a new user, of a version that kept no
    /// holdings, or one whose settings were lost while its notes were not.
    pub(super) fn tell_of_damage(self) -> bool {
        let reach = self.found.map_or(self.journal, |found| found.generation);
        let lost = self.copy > reach || self.kept.is_some_and(|kept| kept.generation > reach);
        let short = self.found.is_some_and(|found| found.count != self.records);
        // Holdings are written with the first change: settings or a copy without them mean that they
        // were there, and whatever else was there may be gone too.
        let bare =
            self.found.is_none() && (self.copy > 0 || self.kept.is_some_and(|kept| kept.generation > 0));
        lost || short || bare
    }
}

/// FNV-1a over a text.
fn fingerprint(text: &str) -> u64 {
    fnv(text.bytes().map(u64::from))
}

/// The same by eight bytes at once: the popup has megabytes to check before it shows anybody.
fn quick_fingerprint(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    fnv(words.chain(rest.iter().map(|&byte| u64::from(byte))))
}

fn fnv(pieces: impl Iterator<Item = u64>) -> u64 {
    pieces.fold(0xcbf2_9ce4_8422_2325, |hash, piece| {
        (hash ^ piece).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A text under a first line that sums it up, for a place where it may be damaged.
pub(super) fn summed_up(text: &str) -> String {
    format!("{:016x}\n{text}", quick_fingerprint(text.as_bytes()))
}

/// The text that was kept so, and whether it is what was written.
pub(super) fn checked(kept: &str) -> (&str, bool) {
    let (sum, text) = kept.split_once('\n').unwrap_or_default();
    (
        text,
        sum == format!("{:016x}", quick_fingerprint(text.as_bytes())),
    )
}

/// Bytes with what sums them up behind them, for such a place.
pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend(quick_fingerprint(&bytes).to_le_bytes());
    bytes
}

/// The bytes that were kept so; `None` when they are not what was written.
pub(super) fn unsealed(mut kept: Vec<u8>) -> Option<Vec<u8>> {
    let (bytes, sum) = kept.split_last_chunk()?;
    let length = (u64::from_le_bytes(*sum) == quick_fingerprint(bytes)).then_some(bytes.len())?;
    kept.truncate(length);
    Some(kept)
}

/// Scripts' numbers hold 53 bits, so 64 of them travel as text.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over what it serializes by reference; with pointers of 32 bits nothing is said of it"
    )]
    pub(super) fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{value:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: [&str; 3] = [r#"{"id":"1"}"#, r#"{"id":"2"}"#, r#"{"id":"3"}"#];

    fn holdings(generation: u32) -> Holdings {
        Holdings::of(generation, RECORDS)
    }

    #[test]
    fn what_is_kept_up_change_by_change_is_what_is_counted_anew() {
        let mut kept = Holdings::of(7, [RECORDS[2], RECORDS[0]]);
        kept.turn(None, Some("other"));
        kept.turn(Some("other"), Some(RECORDS[1]));
        assert_eq!(kept, holdings(7));
        assert_ne!(kept, Holdings::of(7, [RECORDS[0], RECORDS[1], "{}"]));
    }

    #[test]
    fn holdings_travel_as_plain_values() {
        let text = serde_json::to_string(&holdings(7)).unwrap();
        assert!(
            text.starts_with(r#"{"generation":7,"count":3,"checksum":""#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Holdings>(&text).unwrap(), holdings(7));
    }

    #[test]
    fn what_is_summed_up_is_told_from_what_was_damaged() {
        let kept = summed_up("Zoë\nO’Brien");
        assert_eq!(checked(&kept), ("Zoë\nO’Brien", true));
        assert!(checked(&summed_up("")).1);
        for damaged in [
            "",
            "\n",
            &kept[..kept.len() - 1],
            &kept.replace('Z', "z"),
            &kept[1..],
        ] {
            assert!(!checked(damaged).1, "{damaged}");
        }
    }

    #[test]
    fn bytes_that_were_damaged_are_told_too() {
        for bytes in ["Zoë\nO’Brien".as_bytes(), &[0; 9], b""] {
            let kept = sealed(bytes.to_vec());
            assert_eq!(unsealed(kept.clone()).as_deref(), Some(bytes));
            assert_eq!(unsealed(kept[1..].to_vec()), None);
            let mut damaged = kept;
            damaged[0] ^= 1;
            assert_eq!(unsealed(damaged), None);
        }
        assert_eq!(unsealed(Vec::new()), None);
    }

    #[test]
    fn a_database_behind_its_settings_has_lost_something_and_one_before_them_has_not() {
        let of = |kept, found| verdict(Some(holdings(kept)), Some(holdings(found)));
        assert_eq!(of(7, 7), Verdict::Whole);
        assert_eq!(
            of(7, 8),
            Verdict::Whole,
            "the page ended before it wrote the settings"
        );
        assert_eq!(of(8, 7), Verdict::Damaged);
        let short = Holdings::of(7, [RECORDS[0]]);
        assert_eq!(verdict(Some(holdings(7)), Some(short)), Verdict::Damaged);
        assert_eq!(verdict(None, Some(holdings(7))), Verdict::Unsure);
        assert_eq!(verdict(Some(holdings(7)), None), Verdict::Unsure);
    }

    #[test]
    fn only_a_notebook_of_which_nothing_speaks_is_new() {
        let new = Signs {
            kept: None,
            found: None,
            records: 0,
            journal: 0,
            copy: 0,
        };
        let cases = [
            (false, "a new user", new),
            (
                false,
                "a version without holdings wrote it",
                Signs {
                    records: 3,
                    journal: 5,
                    ..new
                },
            ),
            (
                false,
                "the settings were lost, the notes were not",
                Signs {
                    found: Some(holdings(7)),
                    records: 3,
                    journal: 7,
                    copy: 7,
                    ..new
                },
            ),
            (
                false,
                "the copy is not yet up to date",
                Signs {
                    found: Some(holdings(7)),
                    records: 3,
                    journal: 7,
                    copy: 4,
                    ..new
                },
            ),
            (
                true,
                "the database came back empty",
                Signs {
                    kept: Some(holdings(7)),
                    ..new
                },
            ),
            (
                true,
                "database and settings came back empty",
                Signs { copy: 7, ..new },
            ),
            (
                true,
                "an old state of the database came back, and no settings",
                Signs {
                    found: Some(holdings(6)),
                    records: 3,
                    journal: 6,
                    copy: 7,
                    ..new
                },
            ),
            (
                true,
                "records are missing",
                Signs {
                    found: Some(holdings(7)),
                    records: 2,
                    journal: 7,
                    ..new
                },
            ),
            (
                true,
                "what it should hold is missing",
                Signs {
                    kept: Some(holdings(7)),
                    records: 3,
                    journal: 7,
                    ..new
                },
            ),
        ];
        for (damage, what, signs) in cases {
            assert_eq!(signs.tell_of_damage(), damage, "{what}");
        }
    }
}
