//! What has been read before, so that it is neither read again nor changes without cause.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::input::{SentenceTokens, Window};
use super::marks::Mark;
use super::model::Output;

/// How many sentences before and after one make up its surroundings.
const NEIGHBOURS: usize = 2;
/// How many sentences are remembered before those not in the draft are forgotten.
const MANY: usize = 2000;

/// A sentence with its marks between its neighbours with theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SentenceKey(u64);

/// A window with all it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct WindowKey(u64);

/// The subject and the earlier mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeadKey(u64);

/// What was read of one sentence.
#[derive(Debug)]
pub(super) struct Known {
    /// For each rule of sentences its probability, and the first token of the word that speaks most for it,
    /// counted in the sentence.
    pub(super) rules: Vec<(f32, usize)>,
    /// For each token of the sentence and each rule of tokens.
    pub(super) tokens: Vec<Vec<f32>>,
    head: HeadKey,
    /// What the window it was read in said of the draft.
    whole: Vec<f32>,
}

/// Everything read since the reader was started, or since there was too much of it.
#[derive(Debug, Default)]
pub(super) struct Memory {
    sentences: HashMap<SentenceKey, Known>,
    windows: HashMap<WindowKey, Vec<f32>>,
}

impl Known {
    pub(super) fn new(
        window: &Window,
        sentence: &SentenceTokens,
        probabilities: &[f32],
        output: &Output,
        head: HeadKey,
    ) -> Self {
        let tokens = sentence.tokens.clone();
        let words: Vec<_> = window
            .words
            .iter()
            .filter(|word| tokens.start <= word.tokens.start && word.tokens.end <= tokens.end)
            .collect();
        let weightiest = |rule: usize| {
            let weight = |tokens: &[Vec<f32>]| tokens.iter().map(|token| token[rule]).sum::<f32>();
            let weighed = words
                .iter()
                .map(|word| (weight(&output.shares[word.tokens.clone()]), word));
            let word = weighed.max_by(|(a, _), (b, _)| a.total_cmp(b));
            word.map_or(0, |(_, word)| word.tokens.start - tokens.start)
        };
        Self {
            rules: probabilities
                .iter()
                .enumerate()
                .map(|(rule, &p)| (p, weightiest(rule)))
                .collect(),
            tokens: output.tokens[tokens.clone()].to_vec(),
            head,
            whole: output.draft.clone(),
        }
    }
}

impl Memory {
    /// Whether a sentence was read, under this subject.
    pub(super) fn knows(&self, key: SentenceKey, head: HeadKey) -> bool {
        self.sentences.get(&key).is_some_and(|known| known.head == head)
    }

    pub(super) fn sentence(&self, key: SentenceKey) -> Option<&Known> {
        self.sentences.get(&key)
    }

    /// Keeps what was read; a sentence that was known keeps its own values.
    pub(super) fn keep(&mut self, key: SentenceKey, new: Known) {
        match self.sentences.get_mut(&key) {
            Some(known) => (known.head, known.whole) = (new.head, new.whole),
            None => _ = self.sentences.insert(key, new),
        }
    }

    /// Keeps what a window said of its draft.
    pub(super) fn keep_whole(&mut self, key: WindowKey, whole: Vec<f32>) {
        self.windows.insert(key, whole);
    }

    /// What a window says of its draft; where it was not run, what those said in which its sentences were read.
    pub(super) fn whole(&self, key: WindowKey, sentences: impl Iterator<Item = SentenceKey>) -> Vec<f32> {
        if let Some(whole) = self.windows.get(&key) {
            return whole.clone();
        }
        let mut most = Vec::new();
        for known in sentences.filter_map(|key| self.sentences.get(&key)) {
            most.resize(known.whole.len(), 0.0);
            for (most, p) in most.iter_mut().zip(&known.whole) {
                *most = p.max(*most);
            }
        }
        most
    }

    /// Makes room when much is remembered.
    pub(super) fn forget_all_but<'k>(&mut self, draft: impl Iterator<Item = &'k SentenceKey>) {
        if self.sentences.len() > MANY {
            let draft: Vec<&SentenceKey> = draft.collect();
            self.sentences.retain(|key, _| draft.contains(&key));
            self.windows.clear();
        }
    }
}

/// The keys of the sentences that are taken from these windows, by their index in the body.
pub(super) fn keys(windows: &[Window]) -> HashMap<usize, SentenceKey> {
    let mut own: Vec<(usize, u64)> = windows
        .iter()
        .flat_map(|window| {
            let taken = window.sentences.iter().filter(|sentence| sentence.taken);
            taken.map(|sentence| (sentence.index, hash(&part(window, sentence))))
        })
        .collect();
    own.sort_unstable();
    let key = |at: usize| {
        let near = |place: Option<usize>| place.and_then(|place| own.get(place)).map(|(_, hash)| *hash);
        let before = (1..=NEIGHBOURS).map(|steps| near(at.checked_sub(steps)));
        let after = (0..=NEIGHBOURS).map(|steps| near(at.checked_add(steps)));
        SentenceKey(hash(&before.chain(after).collect::<Vec<_>>()))
    };
    own.iter()
        .enumerate()
        .map(|(at, &(index, _))| (index, key(at)))
        .collect()
}

/// The key of a window.
pub(super) fn key_of(window: &Window) -> WindowKey {
    WindowKey(hash(&(&window.tokens, &window.types, &window.marks)))
}

/// The key of what stands before the sentences of a window.
pub(super) fn head_of(window: &Window) -> HeadKey {
    let end = window
        .sentences
        .first()
        .map_or(0, |sentence| sentence.tokens.start);
    let marks: Vec<_> = window
        .marks
        .iter()
        .take_while(|(token, _)| *token < end)
        .collect();
    HeadKey(hash(&(&window.tokens[..end], marks)))
}

/// A sentence's tokens and marks, wherever it stands.
fn part<'w>(window: &'w Window, sentence: &SentenceTokens) -> (&'w [u32], Vec<(usize, Mark)>) {
    let tokens = sentence.tokens.clone();
    let marks = window.marks.iter().filter(|(token, _)| tokens.contains(token));
    let marks = marks.map(|&(token, mark)| (token - tokens.start, mark)).collect();
    (&window.tokens[tokens], marks)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
