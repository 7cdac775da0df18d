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
        let states = self.states as usize;
        self.words.sort_by_key(|&(from, (token, _))| (from, token));
        let mut automaton = Automaton {
            words: Lists::new(states, self.words),
            any: Lists::new(states, self.any),
            skips: Lists::new(states, self.skips),
            accepts: Lists::new(states, self.accepts),
            starts: Starts::default(),
        };
        let mut begins: Vec<Way> = Vec::new();
        let mut reached = Vec::new();
        for &first in &self.first {
            automaton.reach(first, &mut reached);
            for &state in &reached {
                let anywhere = !automaton.any[state].is_empty() || !automaton.accepts[state].is_empty();
                assert!(!anywhere, "a pattern could begin anywhere");
                begins.extend(&automaton.words[state]);
            }
        }
        automaton.starts = automaton.starts_of(begins);
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

/// A list for each index, all in one piece of memory.
#[derive(Debug)]
struct Lists<T> {
    /// Where each list ends and the next begins; one more than there are lists.
    bounds: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            bounds: vec![0],
            all: Vec::new(),
        }
    }
}

impl<T: Copy> Lists<T> {
    /// Sorts items to their lists; within a list they keep their order.
    fn new(count: usize, mut items: Vec<(StateId, T)>) -> Self {
        items.sort_by_key(|&(index, _)| index);
        let mut bounds = vec![0; count + 1];
        for &(index, _) in &items {
            bounds[index as usize + 1] += 1;
        }
        for at in 1..bounds.len() {
            bounds[at] += bounds[at - 1];
        }
        let all = items.into_iter().map(|(_, item)| item).collect();
        Self { bounds, all }
    }

    fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.all.extend(list);
        self.bounds.push(self.all.len() as u32);
    }
}

impl<T> std::ops::Index<StateId> for Lists<T> {
    type Output = [T];

    /// The list of an index; empty where there is none.
    fn index(&self, index: StateId) -> &[T] {
        let index = index as usize;
        match self.bounds.get(index..index + 2) {
            Some(&[start, end]) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// The patterns, compiled.
#[derive(Debug)]
pub(super) struct Automaton {
    words: Lists<Way>,
    any: Lists<StateId>,
    skips: Lists<StateId>,
    accepts: Lists<Accept>,
    starts: Starts,
}

/// For each token, what all patterns that begin with it say.
#[derive(Debug, Default)]
struct Starts {
    /// Phrases of that one word.
    accepts: Lists<Accept>,
    /// Where the second word leads, sorted by it.
    words: Lists<Way>,
    /// Where any second word leads.
    any: Lists<StateId>,
    pairs: Pairs,
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

    /// Puts a state, and all that is reached from it without a word, into `reached`.
    fn reach(&self, from: StateId, reached: &mut Vec<StateId>) {
        reached.clear();
        reached.push(from);
        self.reach_on(reached);
    }

    fn reach_on(&self, reached: &mut Vec<StateId>) {
        let mut at = 0;
        while let Some(&state) = reached.get(at) {
            for skip in &self.skips[state] {
                if !reached.contains(skip) {
                    reached.push(*skip);
                }
            }
            at += 1;
        }
    }

    /// Gathers the patterns by their first word.
    fn starts_of(&self, mut begins: Vec<Way>) -> Starts {
        begins.sort_by_key(|&(token, _)| token);
        let mut starts = Starts::default();
        let mut reached = Vec::new();
        for same in begins.chunk_by(|(one, _), (other, _)| one == other) {
            while starts.words.bounds.len() <= same[0].0.0 as usize {
                starts.accepts.push([]);
                starts.words.push([]);
                starts.any.push([]);
            }
            reached.clear();
            for &(_, target) in same {
                if !reached.contains(&target) {
                    reached.push(target);
                }
            }
            self.reach_on(&mut reached);
            let lists = || reached.iter().copied();
            let mut words: Vec<Way> = lists().flat_map(|state| &self.words[state]).copied().collect();
            words.sort_by_key(|&(token, _)| token);
            for &(second, _) in &words {
                starts.pairs.add(same[0].0, second);
            }
            starts.words.push(words);
            starts
                .accepts
                .push(lists().flat_map(|state| &self.accepts[state]).copied());
            starts
                .any
                .push(lists().flat_map(|state| &self.any[state]).copied());
        }
        starts
    }
}

/// The ways of a sorted list that a word leads.
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
        let Some(first) = words.first() else {
            return &self.reached;
        };
        let starts = &self.automaton.starts;
        let token = first.token.0;
        self.reached
            .extend(starts.accepts[token].iter().map(|&accept| (accept, 1)));
        self.at.clear();
        if let Some(second) = words.get(1) {
            if starts.pairs.may_hold(first.token, second.token) {
                self.at.extend(along(&starts.words[token], second.token));
            }
            self.at.extend(&starts.any[token]);
        }
        let mut length = 2;
        while !self.at.is_empty() {
            self.automaton.reach_on(&mut self.at);
            for &state in &self.at {
                let complete = &self.automaton.accepts[state];
                self.reached
                    .extend(complete.iter().map(|&accept| (accept, length)));
            }
            let Some(word) = words.get(length) else { break };
            self.advance(word.token);
            length += 1;
        }
        if self.reached.len() > 1 {
            self.reached.sort_by_key(|&(_, length)| Reverse(length));
        }
        &self.reached
    }

    fn advance(&mut self, token: TokenId) {
        self.after.clear();
        for &state in &self.at {
            self.after.extend(along(&self.automaton.words[state], token));
            self.after.extend(&self.automaton.any[state]);
        }
        std::mem::swap(&mut self.at, &mut self.after);
    }
}
