//! The careful reader: a small transformer that finds what no list of words can.
//!
//! A draft becomes [windows](input::Window) of tokens with marks of what the quick reader knows; the
//! [model] gives each sentence, word and draft a probability for each check. What was read once is
//! remembered, so that typing in one place changes nothing in another.

mod attention;
pub mod input;
mod kernel;
pub mod marks;
mod maths;
mod memory;
pub mod model;
mod tensors;
pub mod tokens;

use std::collections::BTreeMap;

pub use model::Model;
pub use tensors::NotAModel;

use crate::checks::Context;
use crate::reading::{Judgement, Reading, SentenceReading, WordReading};
use crate::{Client, Draft};
use input::Window;
use memory::{Known, Memory};

/// From which probability on a word of its own is found.
const WORD: f32 = 0.3;
/// From which probability on the word that speaks most for a fault is pointed out.
const POINT: f32 = 0.2;

/// A model and what it has read so far.
///
/// ```no_run
/// use candor::reader::{Model, Reader};
/// use candor::{Draft, Settings, checks::check_with};
///
/// let file = std::fs::read("train/model/reader.safetensors")?;
/// let mut reader = Reader::new(Model::read(&file)?);
/// let draft = Draft::new("Hello", "The landlord went with somebody else.");
/// let reading = reader.read(&draft, None);
/// let report = check_with(&draft, None, &Settings::default(), Some(&reading));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reader {
    model: Model,
    memory: Memory,
}

impl Reader {
    /// A reader that has read nothing yet.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            memory: Memory::default(),
        }
    }

    /// Reads a draft, or what of it is new.
    ///
    /// A sentence that stands between the same neighbours as before, two on either side, keeps the
    /// values it had. Only windows that hold another sentence, or stand under another subject, are run.
    pub fn read(&mut self, draft: &Draft, client: Option<&Client>) -> Reading {
        let windows = input::windows(&Context::new(draft, client), &self.model.vocabulary);
        let keys = memory::keys(&windows);
        let mut reading = Reading {
            thresholds: self.model.config.thresholds.clone(),
            ..Reading::default()
        };
        let mut whole = vec![0.0; self.model.config.draft_rules.len()];
        for window in &windows {
            let key = memory::key_of(window);
            let head = memory::head_of(window);
            let taken = || window.sentences.iter().filter(|sentence| sentence.taken);
            let is_known = |index: usize| self.memory.knows(keys[&index], head);
            if !taken().all(|sentence| is_known(sentence.index)) {
                let output = self.model.run(window);
                for (sentence, rules) in window.sentences.iter().zip(&output.sentences) {
                    if sentence.taken {
                        let known = Known::new(window, sentence, rules, &output, head);
                        self.memory.keep(keys[&sentence.index], known);
                    }
                }
                self.memory.keep_whole(key, output.draft);
            }
            for sentence in taken() {
                if let Some(known) = self.memory.sentence(keys[&sentence.index]) {
                    self.tell(window, sentence, known, &mut reading);
                }
            }
            let known = taken().map(|sentence| keys[&sentence.index]);
            for (most, p) in whole.iter_mut().zip(self.memory.whole(key, known)) {
                *most = p.max(*most);
            }
        }
        reading.sentences.sort_by_key(|sentence| sentence.span.start);
        reading.words.sort_by_key(|word| word.span.start);
        reading.draft = self.model.config.draft_rules.iter().cloned().zip(whole).collect();
        self.memory.forget_all_but(keys.values());
        reading
    }

    /// Forgets what it has read, before another mail: the same sentences may mean something else there.
    pub fn forget(&mut self) {
        self.memory = Memory::default();
    }

    /// Adds what is known of a sentence to a reading.
    fn tell(&self, window: &Window, sentence: &input::SentenceTokens, known: &Known, reading: &mut Reading) {
        let config = &self.model.config;
        let first = sentence.tokens.start;
        let words = || {
            let inside = |word: &&input::WordTokens| {
                sentence.tokens.start <= word.tokens.start && word.tokens.end <= sentence.tokens.end
            };
            window.words.iter().filter(inside)
        };
        let judged = config.sentence_rules.iter().zip(&known.rules);
        let rules: BTreeMap<String, Judgement> = judged
            .map(|(rule, &(p, token))| {
                let word = words().find(|word| word.tokens.contains(&(first + token)));
                let word = word.filter(|_| p > POINT).map(|word| word.span.clone());
                (rule.clone(), Judgement { p, word })
            })
            .collect();
        reading.sentences.push(SentenceReading {
            span: sentence.span.clone(),
            rules,
        });
        for (at, rule) in config.token_rules.iter().enumerate() {
            // Words that follow one another are one term: "conversion rate".
            let mut open: Option<WordReading> = None;
            for word in words() {
                let tokens = &known.tokens[word.tokens.start - first..word.tokens.end - first];
                let p = tokens.iter().map(|token| token[at]).fold(0.0, f32::max);
                if p < WORD {
                    reading.words.extend(open.take());
                } else if let Some(open) = &mut open {
                    open.span.end = word.span.end;
                    open.p = open.p.max(p);
                } else {
                    let (span, rule) = (word.span.clone(), rule.clone());
                    open = Some(WordReading { span, rule, p });
                }
            }
            reading.words.extend(open);
        }
    }
}
