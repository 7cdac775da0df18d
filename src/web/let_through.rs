//! For which mails the panel asks no more before they are sent.

use std::collections::{HashMap, HashSet};

use crate::report::CallAdvice;

/// The mails whose Send is held no more.
#[derive(Debug, Default)]
pub(super) struct LetThrough {
    /// What was known when the user sent all the same. Other reasons are asked about anew.
    sent: HashMap<u32, Vec<String>>,
    never: HashSet<u32>,
}

impl LetThrough {
    /// The user sends this mail all the same.
    pub(super) fn add(&mut self, mail: u32, advice: &CallAdvice) {
        self.sent.insert(mail, advice.reasons.clone());
    }

    /// The user wants no more to be asked about this mail.
    pub(super) fn add_for_good(&mut self, mail: u32) {
        self.never.insert(mail);
    }

    /// Whether a press of Send in this mail goes to the page.
    pub(super) fn has(&self, mail: u32, advice: &CallAdvice) -> bool {
        let is_known = |known: &Vec<String>| advice.reasons.iter().all(|reason| known.contains(reason));
        self.never.contains(&mail) || self.sent.get(&mail).is_some_and(is_known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(reasons: &[&str]) -> CallAdvice {
        CallAdvice {
            advised: true,
            reasons: reasons.iter().map(|&reason| reason.to_owned()).collect(),
            ..CallAdvice::default()
        }
    }

    #[test]
    fn what_the_user_sent_all_the_same_is_asked_about_again_for_other_reasons_only() {
        let mut through = LetThrough::default();
        assert!(!through.has(1, &advice(&["late"])));
        through.add(1, &advice(&["late", "dear"]));
        assert!(through.has(1, &advice(&["late"])));
        assert!(!through.has(1, &advice(&["late", "broken"])));
        assert!(!through.has(2, &advice(&["late"])));
    }

    #[test]
    fn a_mail_that_is_never_held_is_not_held_for_other_reasons() {
        let mut through = LetThrough::default();
        through.add_for_good(1);
        assert!(through.has(1, &advice(&["broken"])));
    }
}
