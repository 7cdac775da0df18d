//! All patterns as one automaton over words.
//!
//! Alternatives that go on alike share their states, so its size follows the length of the word data and
//! not the number of phrases that the data spells out (about 200,000). A walk begins at each word of a text
//! and ends after a few words. What all patterns with the same first word say about it and about the second
//! word lies in one sorted list, so one more phrase makes no word of a text more costly to look up.

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

/// A way from one state to another.
type Way = (TokenId, StateId);

/// Patterns on their way into an automaton.
#[derive(Debug, Default)]
pub(super) struct Builder {
    states: StateId,
    words: Vec<(StateId, Way)>,
    /// Ways that any word leads.
    any: Vec<(StateId, StateId)>,
    /// What is reached without a word.
    skips: Vec<(StateId, StateId)>,
    accepts: Vec<(StateId, Accept)>,
    /// Where each pattern begins.
    first: Vec<StateId>,
}

impl Builder {
    /// Adds a pattern. It has to begin with a word or a number: one that could begin anywhere would have
    /// to be tried everywhere.
    pub(super) fn add(&mut self, items: &[Item], accept: Accept, token: &mut dyn FnMut(&str) -> TokenId) {
        let first = self.state();
        let last = self.state();
        self.lay(first, items, last, token);
        self.accepts.push((last, accept));
        self.first.push(first);
    }

    /// The automaton of all patterns added.
    ///
    /// # Panics
    ///
    /// When a pattern could begin anywhere: word data ships with the program, and a test reads all of it.
    pub(super) fn build(mut self) -> Automaton {
        // By state and, in it, by word; of one word, in the order of the patterns.
        self.words.sort_by_key(|&(from, (token, _))| (from, token));
        self.any.sort_by_key(|&(from, _)| from);
        self.skips.sort_by_key(|&(from, _)| from);
        self.accepts.sort_by_key(|&(from, _)| from);
        let mut automaton = Automaton::default();
        let (mut words, mut any) = (self.words.into_iter().peekable(), self.any.into_iter().peekable());
        let (mut skips, mut accepts) = (
            self.skips.into_iter().peekable(),
            self.accepts.into_iter().peekable(),
        );
        for state in 0..self.states {
            automaton.push(
                std::iter::from_fn(|| words.next_if(|&(from, _)| from == state)).map(|(_, way)| way),
                std::iter::from_fn(|| any.next_if(|&(from, _)| from == state)).map(|(_, to)| to),
                std::iter::from_fn(|| skips.next_if(|&(from, _)| from == state)).map(|(_, to)| to),
                std::iter::from_fn(|| accepts.next_if(|&(from, _)| from == state)).map(|(_, accept)| accept),
            );
        }
        let mut begins: Vec<Way> = Vec::new();
        let mut reached = Vec::new();
        for first in self.first {
            reached.clear();
            reached.push(first);
            automaton.reach_on(&mut reached);
            for &state in &reached {
                let anywhere = !automaton.any(state).is_empty() || !automaton.accepts(state).is_empty();
                assert!(!anywhere, "a pattern could begin anywhere");
                begins.extend(automaton.words(state));
            }
        }
        begins.sort_by_key(|&(token, _)| token);
        for same in begins.chunk_by(|(one, _), (other, _)| one == other) {
            automaton.start(same);
        }
        automaton
    }

    fn state(&mut self) -> StateId {
        self.states += 1;
        self.states - 1
    }

    /// Lays these items as a way from one state to another.
    fn lay(&mut self, from: StateId, items: &[Item], to: StateId, token: &mut dyn FnMut(&str) -> TokenId) {
        let Some((last, before)) = items.split_last() else {
            self.skips.push((from, to));
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
            Item::Word(word) => self.words.push((from, (token(word), to))),
            Item::Number => self.words.push((from, (TokenId::NUMBER, to))),
            Item::Any => self.any.push((from, to)),
            Item::Gap => {
                let mut gap = from;
                for _ in 0..LONGEST_GAP {
                    let next = self.state();
                    self.skips.push((gap, to));
                    self.any.push((gap, next));
                    gap = next;
                }
                self.skips.push((gap, to));
            }
            Item::OneOf(sequences) => {
                for sequence in sequences {
                    self.lay(from, sequence, to, token);
                }
            }
        }
    }
}

/// Where the lists of a state begin; they end where those of the next state begin.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    words: u32,
    any: u32,
    skips: u32,
    accepts: u32,
}

/// The patterns, compiled. Lists of all states lie one after the other, so that a walk touches little memory.
#[derive(Debug)]
pub(super) struct Automaton {
    /// One more than there are states.
    bounds: Vec<Bounds>,
    words: Vec<Way>,
    any: Vec<StateId>,
    skips: Vec<StateId>,
    accepts: Vec<Accept>,
    /// For each token, the state of all patterns that begin with it, or [`NO_START`].
    starts: Vec<StateId>,
    pairs: Pairs,
}

/// No pattern begins with this token.
const NO_START: StateId = StateId::MAX;

impl Default for Automaton {
    fn default() -> Self {
        Self {
            bounds: vec![Bounds::default()],
            words: Vec::new(),
            any: Vec::new(),
            skips: Vec::new(),
            accepts: Vec::new(),
            starts: Vec::new(),
            pairs: Pairs::default(),
        }
    }
}

/// Which two words may begin a phrase: most pairs of a text do not, and need no search.
#[derive(Debug)]
struct Pairs(Vec<u64>);

impl Pairs {
    /// Places for bits, a power of two. Some ten times as many as there are pairs, so that few share one.
    const PLACES: usize = 1 << 18;

    fn add(&mut self, first: TokenId, second: TokenId) {
        let place = Self::place(first, second);
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Wrong only in that it may say yes to a pair that was not added.
    fn may_hold(&self, first: TokenId, second: TokenId) -> bool {
        let place = Self::place(first, second);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    fn place(first: TokenId, second: TokenId) -> usize {
        let mixed = (first.0.rotate_left(16) ^ second.0).wrapping_mul(0x9e37_79b9);
        mixed as usize >> (32 - Self::PLACES.ilog2())
    }
}

impl Default for Pairs {
    fn default() -> Self {
        Self(vec![0; Self::PLACES / 64])
    }
}

impl Automaton {
    /// Memory for walks through one text after another.
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk {
            automaton: self,
            at: Vec::new(),
            after: Vec::new(),
            reached: Vec::new(),
        }
    }

    /// The ways by a word, sorted by it.
    fn words(&self, state: StateId) -> &[Way] {
        let state = state as usize;
        &self.words[self.bounds[state].words as usize..self.bounds[state + 1].words as usize]
    }

    /// Where any word leads.
    fn any(&self, state: StateId) -> &[StateId] {
        let state = state as usize;
        &self.any[self.bounds[state].any as usize..self.bounds[state + 1].any as usize]
    }

    /// What is reached without a word.
    fn skips(&self, state: StateId) -> &[StateId] {
        let state = state as usize;
        &self.skips[self.bounds[state].skips as usize..self.bounds[state + 1].skips as usize]
    }

    /// What is complete here.
    fn accepts(&self, state: StateId) -> &[Accept] {
        let state = state as usize;
        &self.accepts[self.bounds[state].accepts as usize..self.bounds[state + 1].accepts as usize]
    }

    /// Adds the next state.
    fn push(
        &mut self,
        words: impl IntoIterator<Item = Way>,
        any: impl IntoIterator<Item = StateId>,
        skips: impl IntoIterator<Item = StateId>,
        accepts: impl IntoIterator<Item = Accept>,
    ) {
        self.words.extend(words);
        self.any.extend(any);
        self.skips.extend(skips);
        self.accepts.extend(accepts);
        self.bounds.push(Bounds {
            words: self.words.len() as u32,
            any: self.any.len() as u32,
            skips: self.skips.len() as u32,
            accepts: self.accepts.len() as u32,
        });
    }

    /// Adds all that is reached without a word from the states that are there already.
    fn reach_on(&self, reached: &mut Vec<StateId>) {
        let mut at = 0;
        while let Some(&state) = reached.get(at) {
            for &skip in self.skips(state) {
                if !reached.contains(&skip) {
                    reached.push(skip);
                }
            }
            at += 1;
        }
    }

    /// Adds the state of all patterns that begin with one token, from the ways they take by it.
    fn start(&mut self, ways: &[Way]) {
        let token = ways[0].0;
        let mut reached: Vec<StateId> = Vec::new();
        for &(_, target) in ways {
            if !reached.contains(&target) {
                reached.push(target);
            }
        }
        self.reach_on(&mut reached);
        let (mut words, mut any, mut accepts) = (Vec::new(), Vec::new(), Vec::new());
        for &state in &reached {
            words.extend(self.words(state));
            any.extend(self.any(state));
            accepts.extend(self.accepts(state));
        }
        words.sort_by_key(|&(second, _)| second);
        for &(second, _) in &words {
            self.pairs.add(token, second);
        }
        let index = token.0 as usize;
        if self.starts.len() <= index {
            self.starts.resize(index + 1, NO_START);
        }
        self.starts[index] = self.bounds.len() as StateId - 1;
        self.push(words, any, [], accepts);
    }
}

/// Where a word leads by ways that are sorted by it.
fn along(ways: &[Way], token: TokenId) -> impl Iterator<Item = StateId> {
    let first = ways.partition_point(|&(other, _)| other < token);
    let same = ways[first..]
        .iter()
        .take_while(move |&&(other, _)| other == token);
    same.map(|&(_, target)| target)
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
        let first = words.first().map_or(TokenId::UNKNOWN, |word| word.token);
        let automaton = self.automaton;
        let start = automaton.starts.get(first.0 as usize);
        if let Some(&start) = start.filter(|&&start| start != NO_START) {
            let accepts = automaton.accepts(start).iter();
            self.reached.extend(accepts.map(|&accept| (accept, 1)));
            if let Some(second) = words.get(1) {
                if automaton.pairs.may_hold(first, second.token) {
                    self.at.extend(along(automaton.words(start), second.token));
                }
                self.at.extend(automaton.any(start));
            }
        }
        let mut length = 2;
        while !self.at.is_empty() {
            self.automaton.reach_on(&mut self.at);
            let next = words.get(length).map(|word| word.token);
            self.settle(length, next);
            length += 1;
        }
        if self.reached.len() > 1 {
            self.reached.sort_by_key(|&(_, length)| Reverse(length));
        }
        &self.reached
    }

    /// Notes the phrases that are complete, and goes on by the next word where there is one.
    fn settle(&mut self, length: usize, next: Option<TokenId>) {
        self.after.clear();
        for &state in &self.at {
            let accepts = self.automaton.accepts(state).iter();
            self.reached.extend(accepts.map(|&accept| (accept, length)));
            if let Some(token) = next {
                self.after.extend(along(self.automaton.words(state), token));
                self.after.extend(self.automaton.any(state));
            }
        }
        std::mem::swap(&mut self.at, &mut self.after);
    }
}
