//! Whether a draft has been worked over for so long that it is easier said.

use crate::draft::Effort;

/// A short mail is soon written anew, and nothing is meant by it: as many characters count as its length at least.
const LEAST_LENGTH: u32 = 200;
/// How often its own length was typed, and how often deleted.
const TYPED: u32 = 3;
const DELETED: u32 = 2;
/// Seconds of writing: a quarter of an hour.
const LONG: u32 = 15 * 60;

/// Whether a text of this many characters was reworked for long.
pub(super) fn is_reworked(effort: Effort, length: usize) -> bool {
    let length = u32::try_from(length).unwrap_or(u32::MAX).max(LEAST_LENGTH);
    let rewritten =
        effort.typed >= length.saturating_mul(TYPED) && effort.deleted >= length.saturating_mul(DELETED);
    rewritten || effort.seconds > LONG
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_and_deleted_several_times_or_for_long_is_reworked() {
        for (typed, deleted, seconds, length, reworked) in [
            (0, 0, 0, 0, false),
            (600, 100, 120, 500, false),
            (1500, 1000, 120, 500, true),
            (1500, 999, 120, 500, false),
            // A few words, typed three times.
            (90, 60, 30, 30, false),
            (700, 650, 300, 50, true),
            (500, 0, 15 * 60, 500, false),
            (500, 0, 15 * 60 + 1, 500, true),
            // A long text pasted, and thrown away again.
            (5000, 5000, 20, 0, true),
            (u32::MAX, 0, 0, usize::MAX, false),
        ] {
            let effort = Effort {
                typed,
                deleted,
                seconds,
            };
            assert_eq!(is_reworked(effort, length), reworked, "{effort:?} for {length}");
        }
    }
}
