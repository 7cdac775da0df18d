//! Phrases as a tree of words.
//!
//! At each word of a text one walk from the root follows every phrase that could begin there. Walks end
//! after a few words, so reading a text takes time in proportion to its length, however many phrases
//! there are.

use crate::draft::Word;

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
    /// Whether the phrase as it stands in the text is the one meant.
    pub(super) fn fits(self, shown: &str) -> bool {
        let capitals = !self.capitals || shown.trim_end_matches('s').chars().all(|c| !c.is_lowercase());
        let unbroken = !self.unbroken || !shown.contains([',', ';', ':', '(', ')', '"', '?', '!', '“', '”']);
        capitals && unbroken
    }
}

/// A step from one node to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Token(TokenId),
    Any,
    Gap,
}

#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// For each token the node it leads to from the root, 0 for none: most words stop here.
    starts: Vec<u32>,
}

#[derive(Debug, Default)]
struct Node {
    /// Sorted by token.
    next: Vec<(TokenId, u32)>,
    any: Option<u32>,
    gap: Option<u32>,
    accepts: Vec<Accept>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], starts: Vec::new() }
    }
}

impl Trie {
    pub(super) fn insert(&mut self, steps: &[Edge], accept: Accept) {
        let mut at = 0;
        for step in steps {
            at = self.step(at, *step);
        }
        let accepts = &mut self.nodes[at].accepts;
        if !accepts.contains(&accept) {
            accepts.push(accept);
        }
    }

    /// Every phrase that begins with the first of `words`, with its length in words.
    pub(super) fn walk(&self, words: &[Word], reached: &mut Vec<(Accept, usize)>) {
        let Some(first) = words.first() else { return };
        if let Some(&node) = self.starts.get(first.token.0 as usize).filter(|&&node| node != 0) {
            self.follow(node, words, 1, reached);
        }
    }

    fn follow(&self, node: u32, words: &[Word], at: usize, reached: &mut Vec<(Accept, usize)>) {
        let node = &self.nodes[node as usize];
        reached.extend(node.accepts.iter().map(|&accept| (accept, at)));
        if let Some(gap) = node.gap {
            for skipped in 0..=LONGEST_GAP.min(words.len() - at) {
                self.follow(gap, words, at + skipped, reached);
            }
        }
        let Some(word) = words.get(at) else { return };
        if let Ok(found) = node.next.binary_search_by_key(&word.token, |&(token, _)| token) {
            self.follow(node.next[found].1, words, at + 1, reached);
        }
        if let Some(any) = node.any {
            self.follow(any, words, at + 1, reached);
        }
    }

    /// The node one step on, made if it is not there yet.
    fn step(&mut self, at: usize, edge: Edge) -> usize {
        let new = u32::try_from(self.nodes.len()).expect("fewer nodes than u32");
        let node = &mut self.nodes[at];
        let next = match edge {
            Edge::Any => *node.any.get_or_insert(new),
            Edge::Gap => *node.gap.get_or_insert(new),
            Edge::Token(token) => match node.next.binary_search_by_key(&token, |&(token, _)| token) {
                Ok(found) => node.next[found].1,
                Err(place) => {
                    node.next.insert(place, (token, new));
                    if at == 0 {
                        let index = token.0 as usize;
                        self.starts.resize(self.starts.len().max(index + 1), 0);
                        self.starts[index] = new;
                    }
                    new
                }
            },
        };
        if next == new {
            self.nodes.push(Node::default());
        }
        next as usize
    }
}
