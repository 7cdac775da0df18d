//! All patterns as one automaton over words.
//!
//! Alternatives that go on alike share their states, so its size follows the length of the word data and
//! not the number of phrases that the data spells out (about 200,000). A walk begins at each word of a text
//! and ends after a few words. What all patterns with the same first word say about it and about the second
//! word lies in one sorted list, so one more phrase makes no word of a text more costly to look up.

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
    pub(super) fn build(self) -> Automaton {
        let states = self.states as usize;
        let (mut words, any) = (Lists::new(states, &self.words), Lists::new(states, &self.any));
        let (skips, accepts) = (Lists::new(states, &self.skips), Lists::new(states, &self.accepts));
        for state in 0..states {
            let range = words.bounds[state] as usize..words.bounds[state + 1] as usize;
            sort(&mut words.all[range]);
        }
        let bounds = (0..=states).map(|state| Bounds {
            words: words.bounds[state],
            any: any.bounds[state],
            skips: skips.bounds[state],
            accepts: accepts.bounds[state],
        });
        let mut automaton = Automaton {
            bounds: bounds.collect(),
            words: words.all,
            any: any.all,
            skips: skips.all,
            accepts: accepts.all,
            starts: Vec::new(),
            begins: Vec::new(),
            pairs: Pairs::default(),
        };
        let begins = automaton.begins(&self.first);
        let tokens = begins
            .iter()
            .map(|&(token, _)| token + 1)
            .max()
            .unwrap_or_default();
        let begins = Lists::new(tokens as usize, &begins);
        for token in 0..tokens {
            automaton.start(TokenId(token), begins.of(token));
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

/// A list for each index, one after the other.
struct Lists<T> {
    /// Where each begins; one more than there are lists.
    bounds: Vec<u32>,
    all: Vec<T>,
}

impl<T: Copy> Lists<T> {
    /// Puts items to their indices; those of one index keep their order.
    fn new(count: usize, items: &[(u32, T)]) -> Self {
        let mut bounds = vec![0; count + 1];
        for &(index, _) in items {
            bounds[index as usize + 1] += 1;
        }
        for at in 1..bounds.len() {
            bounds[at] += bounds[at - 1];
        }
        let mut next = bounds.clone();
        let mut order = vec![0; items.len()];
        for (item, &(index, _)) in items.iter().enumerate() {
            let place = &mut next[index as usize];
            order[*place as usize] = item;
            *place += 1;
        }
        let all = order.into_iter().map(|item| items[item].1).collect();
        Self { bounds, all }
    }

    fn of(&self, index: u32) -> &[T] {
        let index = index as usize;
        &self.all[self.bounds[index] as usize..self.bounds[index + 1] as usize]
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
    /// For each token, how much has to be known of the word after it.
    begins: Vec<Begins>,
    pairs: Pairs,
}

/// No pattern begins with this token.
const NO_START: StateId = StateId::MAX;

/// What a token begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// No phrase.
    Nothing,
    /// Phrases of which the second word is listed, too: see [`Pairs`].
    Pairs,
    /// Phrases of one word, or of which any word is the second.
    More,
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
    #[inline]
    fn may_hold(&self, first: TokenId, second: TokenId) -> bool {
        let place = Self::place(first, second);
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    #[inline]
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
    #[inline]
    fn words(&self, state: StateId) -> &[Way] {
        let state = state as usize;
        &self.words[self.bounds[state].words as usize..self.bounds[state + 1].words as usize]
    }

    /// Where any word leads.
    #[inline]
    fn any(&self, state: StateId) -> &[StateId] {
        let state = state as usize;
        &self.any[self.bounds[state].any as usize..self.bounds[state + 1].any as usize]
    }

    /// What is reached without a word.
    #[inline]
    fn skips(&self, state: StateId) -> &[StateId] {
        let state = state as usize;
        &self.skips[self.bounds[state].skips as usize..self.bounds[state + 1].skips as usize]
    }

    /// What is complete here.
    #[inline]
    fn accepts(&self, state: StateId) -> &[Accept] {
        let state = state as usize;
        &self.accepts[self.bounds[state].accepts as usize..self.bounds[state + 1].accepts as usize]
    }

    /// Adds all that is reached without a word from the states that are there already.
    #[inline]
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

    /// Where the patterns lead whose first states these are, by the token they begin with.
    fn begins(&self, first: &[StateId]) -> Vec<(u32, StateId)> {
        let mut begins = Vec::new();
        let mut reached = Vec::new();
        for &first in first {
            reached.clear();
            reached.push(first);
            self.reach_on(&mut reached);
            for &state in &reached {
                let anywhere = !self.any(state).is_empty() || !self.accepts(state).is_empty();
                assert!(!anywhere, "a pattern could begin anywhere");
                begins.extend(self.words(state).iter().map(|&(token, target)| (token.0, target)));
            }
        }
        begins
    }

    /// Adds the state of all patterns that begin with one token, from where it leads.
    fn start(&mut self, token: TokenId, targets: &[StateId]) {
        if targets.is_empty() {
            self.starts.push(NO_START);
            self.begins.push(Begins::Nothing);
            return;
        }
        let mut reached: Vec<StateId> = Vec::new();
        for &target in targets {
            if !reached.contains(&target) {
                reached.push(target);
            }
        }
        self.reach_on(&mut reached);
        let (first, any, accepts) = (self.words.len(), self.any.len(), self.accepts.len());
        for &state in &reached {
            let range = |from: u32, to: u32| from as usize..to as usize;
            let (from, to) = (self.bounds[state as usize], self.bounds[state as usize + 1]);
            self.words.extend_from_within(range(from.words, to.words));
            self.any.extend_from_within(range(from.any, to.any));
            self.accepts.extend_from_within(range(from.accepts, to.accepts));
        }
        sort(&mut self.words[first..]);
        for &(second, _) in &self.words[first..] {
            self.pairs.add(token, second);
        }
        self.starts.push(self.bounds.len() as StateId - 1);
        let more = self.any.len() > any || self.accepts.len() > accepts;
        self.begins.push(if more { Begins::More } else { Begins::Pairs });
        self.bounds.push(Bounds {
            words: self.words.len() as u32,
            any: self.any.len() as u32,
            skips: self.skips.len() as u32,
            accepts: self.accepts.len() as u32,
        });
    }
}

/// Where a word leads by ways that are sorted by it.
#[inline]
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
    #[inline]
    pub(super) fn longest_first(&mut self, words: &[Word]) -> impl Iterator<Item = (Accept, usize)> {
        self.reached.clear();
        if let [first, rest @ ..] = words {
            let automaton = self.automaton;
            let pair = rest
                .first()
                .filter(|second| automaton.pairs.may_hold(first.token, second.token));
            let may_begin = match automaton.begins.get(first.token.0 as usize) {
                None | Some(Begins::Nothing) => false,
                Some(Begins::Pairs) => pair.is_some(),
                Some(Begins::More) => true,
            };
            if may_begin {
                let start = automaton.starts[first.token.0 as usize];
                self.at.clear();
                if let Some(second) = pair {
                    self.at.extend(along(automaton.words(start), second.token));
                }
                if !rest.is_empty() {
                    self.at.extend(automaton.any(start));
                }
                let accepts = automaton.accepts(start).iter();
                self.reached.extend(accepts.map(|&accept| (accept, 1)));
                self.follow(words);
            }
        }
        self.reached.iter().rev().copied()
    }

    /// Walks on from where the first two words lead.
    fn follow(&mut self, words: &[Word]) {
        let mut length = 2;
        while !self.at.is_empty() {
            self.automaton.reach_on(&mut self.at);
            self.settle(length, words.get(length).map(|word| word.token));
            length += 1;
        }
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

/// Sorts what follows a state. Out of line, because sorting takes kilobytes wherever it is written out.
#[inline(never)]
fn sort(words: &mut [(TokenId, StateId)]) {
    words.sort_unstable();
}
