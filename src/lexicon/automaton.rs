//! All patterns as one automaton over words.
//!
//! Alternatives that go on alike share their states, so its size follows the length of the word data and
//! not the number of phrases that the data spells out (about 200,000). A walk begins at each word of a text
//! and ends after a few words; which patterns it has to follow is known from its first word.

use std::cmp::Reverse;

use crate::draft::Word;

use super::pattern::Item;
use super::{Cue, TokenId};

/// How many words a gap (`...`) may stand for.
const LONGEST_GAP: usize = 3;

/// What is known when a phrase is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Accept {
    pub(super) cue: Cue,
    /// Counts only where it is written in capitals, as an acronym is.
    pub(super) capitals: bool,
    /// Counts only where nothing but spaces and hyphens stands between its words.
    pub(super) unbroken: bool,
}

impl Accept {
    /// A phrase that counts wherever it stands.
    pub(super) fn phrase(cue: Cue) -> Self {
        Self {
            cue,
            capitals: false,
            unbroken: false,
        }
    }

    /// Whether the phrase as it stands in the text is the one meant.
    pub(super) fn fits(self, shown: &str) -> bool {
        let capitals = !self.capitals || shown.trim_end_matches('s').chars().all(|c| !c.is_lowercase());
        let unbroken = !self.unbroken || !shown.contains([',', ';', ':', '(', ')', '"', '?', '!', '“', '”']);
        capitals && unbroken
    }
}

type StateId = u32;

#[derive(Debug, Default)]
struct State {
    /// Where each word leads; sorted by word, several targets for one word stand side by side.
    next: Vec<(TokenId, StateId)>,
    /// Where any word leads.
    any: Option<StateId>,
    /// What is reached without a word.
    skips: Vec<StateId>,
    accepts: Option<Accept>,
}

/// The patterns, compiled.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    states: Vec<State>,
    /// For each token, the states reached by it from the beginning of a pattern.
    starts: Vec<Vec<StateId>>,
}

impl Automaton {
    /// Adds a pattern. It has to begin with a word or a number: one that could begin anywhere would have
    /// to be tried everywhere.
    pub(super) fn add(&mut self, items: &[Item], accept: Accept, token: &mut dyn FnMut(&str) -> TokenId) {
        let first = self.state();
        let last = self.state();
        self.lay(first, items, last, token);
        self.states[last as usize].accepts = Some(accept);
        for state in self.closure(first) {
            let state = &self.states[state as usize];
            assert!(
                state.any.is_none() && state.accepts.is_none(),
                "{items:?} could begin anywhere"
            );
            for &(token, target) in &state.next {
                let index = token.0 as usize;
                if self.starts.len() <= index {
                    self.starts.resize_with(index + 1, Vec::new);
                }
                self.starts[index].push(target);
            }
        }
    }

    /// Memory for walks through one text after another.
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk {
            automaton: self,
            at: Vec::new(),
            after: Vec::new(),
            reached: Vec::new(),
        }
    }

    fn state(&mut self) -> StateId {
        self.states.push(State::default());
        StateId::try_from(self.states.len() - 1).expect("fewer states than u32")
    }

    /// Lays these items as a way from one state to another.
    fn lay(&mut self, from: StateId, items: &[Item], to: StateId, token: &mut dyn FnMut(&str) -> TokenId) {
        let Some((last, before)) = items.split_last() else {
            self.states[from as usize].skips.push(to);
            return;
        };
        let mut at = from;
        for item in before {
            let after = self.state();
            self.lay_item(at, item, after, token);
            at = after;
        }
        self.lay_item(at, last, to, token);
    }

    fn lay_item(&mut self, from: StateId, item: &Item, to: StateId, token: &mut dyn FnMut(&str) -> TokenId) {
        match item {
            Item::Word(word) => self.step(from, token(word), to),
            Item::Number => self.step(from, TokenId::NUMBER, to),
            Item::Any => self.states[from as usize].any = Some(to),
            Item::Gap => {
                let mut gap = from;
                for _ in 0..LONGEST_GAP {
                    let next = self.state();
                    self.states[gap as usize].skips.push(to);
                    self.states[gap as usize].any = Some(next);
                    gap = next;
                }
                self.states[gap as usize].skips.push(to);
            }
            Item::OneOf(sequences) => {
                for sequence in sequences {
                    // A state has one way for any word, so an alternative that begins so needs its own.
                    let own = matches!(sequence.first(), Some(Item::Any | Item::Gap));
                    let begin = if own { self.state() } else { from };
                    if own {
                        self.states[from as usize].skips.push(begin);
                    }
                    self.lay(begin, sequence, to, token);
                }
            }
        }
    }

    fn step(&mut self, from: StateId, token: TokenId, to: StateId) {
        let next = &mut self.states[from as usize].next;
        let place = next.partition_point(|&(other, _)| other <= token);
        next.insert(place, (token, to));
    }

    fn closure(&self, from: StateId) -> Vec<StateId> {
        let mut all = vec![from];
        let mut at = 0;
        while let Some(&state) = all.get(at) {
            all.extend(&self.states[state as usize].skips);
            at += 1;
        }
        all
    }
}

/// One walk after another, with the memory they share.
pub(super) struct Walk<'a> {
    automaton: &'a Automaton,
    at: Vec<StateId>,
    after: Vec<StateId>,
    reached: Vec<(Accept, usize)>,
}

impl Walk<'_> {
    /// Every phrase that begins with the first of `words` and its length in words, longest first.
    pub(super) fn longest_first(&mut self, words: &[Word]) -> &[(Accept, usize)] {
        self.reached.clear();
        self.at.clear();
        if let Some(starts) = words
            .first()
            .and_then(|word| self.automaton.starts.get(word.token.0 as usize))
        {
            self.at.extend(starts);
        }
        let mut length = 1;
        while !self.at.is_empty() {
            self.settle(length);
            let Some(word) = words.get(length) else { break };
            self.advance(word.token);
            length += 1;
        }
        self.reached.sort_by_key(|&(_, length)| Reverse(length));
        &self.reached
    }

    /// Follows what needs no word, and notes the phrases that are complete.
    fn settle(&mut self, length: usize) {
        let mut index = 0;
        while let Some(&id) = self.at.get(index) {
            let state = &self.automaton.states[id as usize];
            self.reached.extend(state.accepts.map(|accept| (accept, length)));
            for &skip in &state.skips {
                if !self.at.contains(&skip) {
                    self.at.push(skip);
                }
            }
            index += 1;
        }
    }

    fn advance(&mut self, token: TokenId) {
        self.after.clear();
        for &id in &self.at {
            let state = &self.automaton.states[id as usize];
            let first = state.next.partition_point(|&(other, _)| other < token);
            let same = state.next[first..]
                .iter()
                .take_while(|&&(other, _)| other == token);
            self.after
                .extend(same.map(|&(_, target)| target).chain(state.any));
        }
        std::mem::swap(&mut self.at, &mut self.after);
    }
}
