//! Whose somebody or something is: ours, the client's, or that of others.

use super::Clauses;
use crate::promise::token::Joint;
use crate::promise::words::{COMPANIES, CREW, DENIAL, EVENTS, FACTS, FUNCTION_WORDS, NUMBERS, OTHERS, OURS};

/// Nouns of those who act for us that are things as well.
const VEHICLES: &[&str] = &[
    "van",
    "vans",
    "courier",
    "studio",
    "workshop",
    "warehouse",
    "office",
];

impl Clauses<'_, '_> {
    /// Whether these words name people of ours: "our electrician", "one of us", "someone from our claims team".
    pub(super) fn is_of_ours_from(&self, start: usize, end: usize) -> bool {
        let subject = || self.tokens[start..end].iter().map(|token| token.word.as_str());
        self.is(start, &["our", "my"]) && subject().any(is_of_ours)
            || self.is(start, &["our", "my", "the"])
                // "The scaffolders' strike" is none of their deeds.
                && self.is(self.head(start, end), &CREW)
                && !(self.is(start, &["the"]) && subject().any(|word| word == "from"))
            || self.reads(start, "one of us")
            || self.reads(start, "one of our")
            || end - start <= 8
                && self.is(start, &["someone", "somebody"])
                && !self.is(start + 1, &["else"])
                && !subject().any(|word| OTHERS.contains(&word))
            || self.comes_from_us(start, end)
            || self.reads(start, "a member of")
            || self.reads(start, "myself and")
            || self.is(start, &["this", "the"])
                && end - start == 2
                // "The office will reopen" tells of a house, "this office shall register" of those in it.
                && !(self.is(start, &["the"]) && self.is(start + 1, &["office", "practice", "studio", "department"]))
                && self.is(
                    start + 1,
                    &[
                        "office",
                        "firm",
                        "practice",
                        "company",
                        "studio",
                        "consultant",
                        "contractor",
                        "department",
                        "undersigned",
                    ],
                )
            || self.is(start, &["a", "an", "another", "two", "both"])
                && end - start <= 3
                && is_of_ours(self.word(end - 1))
                && !subject().any(|word| OTHERS.contains(&word))
    }

    /// Whether one of those for whom the writer speaks was named: "our accountant has it and she'll send it".
    pub(super) fn names_ours_before(&self, at: usize) -> bool {
        // "Driver is at the depot now, he'll drop it off."
        let bare = self.tokens.len() > 1 && is_of_ours(self.word(0)) && self.is(1, &["is", "will", "has"]);
        bare || (0..at).any(|at| {
            self.reads(at, "of ours")
                || self.is(at, &["our", "my"])
                    && (at + 1..at + 4).any(|at| self.is(at, &OURS) || self.is(at, &CREW))
        })
    }

    /// Whether a subject is told to be of ours: "the plumber from our team", "a locksmith of ours".
    fn comes_from_us(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| {
            let here = self.reads(at, "of ours") || self.reads(at, "of us") || self.reads(at, "from us");
            let placed = self.is(at, &["from", "in", "at", "on"])
                && self.is(at + 1, &["our", "my"])
                && (at + 2..end).any(|at| {
                    CREW.contains(&self.word(at))
                        || is_of_ours(self.word(at))
                        || self.is(
                            at,
                            &[
                                "side", "end", "firm", "yard", "shop", "branch", "bureau", "garage",
                                "clinic", "surgery", "kitchen", "claims", "sales", "accounts",
                            ],
                        )
                });
            (here || placed)
                && !self.is(start, &DENIAL)
                && !self.is(start, &["nobody", "none"])
                && !(start..at).any(|at| self.is(at, &["your", "their", "letter", "letters"]))
        })
    }

    /// Whether a subject is somebody else or theirs: "the court", "your sister's car", but not "the court order".
    pub(super) fn is_others(&self, start: usize, end: usize) -> bool {
        if self.is(start, &["his", "her", "their"]) {
            return true;
        }
        let head = self.head(start, end);
        (start..end).any(|at| {
            let told_of = at > head
                && !self.is(at - 1, &["of", "from", "by", "your", "the", "a"])
                && !self.tokens[at].possessive;
            if told_of {
                return false;
            }
            let is_head =
                at + 1 == end || self.is(at + 1, &FUNCTION_WORDS) || self.joint(at + 1) != Joint::Close;
            let firm = self.is(at, &COMPANIES) && self.word(at) != "ups";
            (self.is(at, &OTHERS) || firm)
                && (is_head || self.tokens[at].possessive || self.is(at, &["he", "she", "who"]))
        })
    }

    /// Whether the thing named here is one that we owe: no event, nobody else's, nothing that the client owes.
    pub(super) fn is_ours_to_finish(&self, start: usize, end: usize) -> bool {
        let foreign = (start..end).any(|at| {
            self.is(at, &EVENTS)
                || self.is(at, &OTHERS)
                || self.is(at, &["payment", "rent", "fee", "they", "hearing"])
                || self.is(at, &["you"]) && !self.is(start, &["everything", "all", "every", "each"])
        });
        let head = self.head(start, end);
        !foreign && !self.is(head, &FACTS) && !self.is_clients_own(start, head)
    }

    /// "Your IT guy", "your accountant": who acts there acts for the client. "Your driver" may be ours.
    fn is_clients_own(&self, start: usize, head: usize) -> bool {
        const OURS_TO_SEND: &[&str] = &[
            "driver",
            "engineer",
            "technician",
            "courier",
            "installer",
            "fitter",
            "consultant",
            "photographer",
            "designer",
            "trainer",
            "tutor",
            "stylist",
            "cleaner",
            "translator",
            "van",
            "rep",
            "crew",
            "interpreter",
            "guide",
            "instructor",
            "decorator",
        ];
        self.is(start, &["your", "their"])
            && (self.is(
                head,
                &["guy", "guys", "people", "staff", "boss", "bank", "side", "lot"],
            ) || (is_of_ours(self.word(head)) || self.is(head, &CREW)) && !self.is(head, OURS_TO_SEND))
    }

    /// Whether a subject is a thing that we deliver or work on, as far as its words tell.
    pub(super) fn is_ours_to_move(&self, start: usize, end: usize) -> bool {
        const KNOWN: &[&str] = &[
            "the",
            "your",
            "our",
            "my",
            "both",
            "all",
            "this",
            "these",
            "everything",
            "each",
            "every",
            "a",
            "an",
        ];
        let head = self.head(start, end);
        let known = self.is(start, KNOWN) || self.is(start, &NUMBERS);
        known && self.is_ours_to_finish(start, end) && self.is_no_actor(start, head)
    }

    /// Whether a noun is a thing, as far as its words tell: no people, no firm, nobody with a name.
    fn is_no_actor(&self, start: usize, head: usize) -> bool {
        let raw = self.tokens[head].raw;
        let named = self.is(start, &["the"]) && raw.starts_with(char::is_uppercase);
        !named
            && !self.is(head, &COMPANIES)
            && (self.is(head, VEHICLES) || !is_of_ours(self.word(head)) && !self.is(head, &CREW))
    }
}

/// Whether this is one of those for whom the writer speaks, or several of them.
pub(super) fn is_of_ours(word: &str) -> bool {
    OURS.contains(&word) || word.strip_suffix('s').is_some_and(|one| OURS.contains(&one))
}
