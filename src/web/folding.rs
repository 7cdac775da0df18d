//! Whether the panel stands open or is folded to its pill.

/// The user's lasting choice, the room there is, and what the user asked for where there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folding {
    /// As last chosen beside a mail; kept for the next one.
    kept: bool,
    /// Whether an open panel has room beside the mail. Elsewhere it would cover what is being written.
    beside: bool,
    /// Opened or folded by hand where there is no room.
    by_hand: Option<bool>,
}

impl Folding {
    pub(super) fn new(kept: bool) -> Self {
        Self {
            kept,
            beside: true,
            by_hand: None,
        }
    }

    pub(super) fn is_folded(self) -> bool {
        self.by_hand.unwrap_or(self.kept || !self.beside)
    }

    /// The user folds or opens the panel. Gives back the choice where it is one to keep.
    pub(super) fn turn(&mut self, folded: bool) -> Option<bool> {
        if self.beside {
            self.kept = folded;
            Some(folded)
        } else {
            self.by_hand = Some(folded);
            None
        }
    }

    /// The mail has room beside it, or has not; an open panel that lost its room folds.
    pub(super) fn room(&mut self, beside: bool) {
        if self.beside != beside {
            self.beside = beside;
            self.by_hand = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_room_the_panel_folds_until_it_is_opened_by_hand() {
        let mut folding = Folding::new(false);
        assert!(!folding.is_folded());
        folding.room(false);
        assert!(folding.is_folded());
        assert_eq!(folding.turn(false), None, "no choice for the next mail");
        assert!(!folding.is_folded());
        folding.room(true);
        assert!(!folding.is_folded());
        assert_eq!(folding.turn(true), Some(true));
        folding.room(false);
        folding.room(true);
        assert!(folding.is_folded(), "the lasting choice stands");
    }
}
