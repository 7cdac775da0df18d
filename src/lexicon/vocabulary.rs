//! The words that patterns are made of, and the number of each.

use super::TokenId;

/// Words to tokens. Words are known by 64 bits of hash alone, so that looking one up touches memory once; two
/// words of the lexicon that shared them would be noticed by a test, and a word of a mail that shares
/// them with one of the lexicon's ten thousand would be the first ever.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// A word's hash and its token, at the place that the hash names or the next free one. Their number is a
    /// power of two, and half of them stay free.
    slots: Vec<(u64, TokenId)>,
    words: u32,
}

/// What stands in a place that is free; no word has this token.
const FREE: TokenId = TokenId::UNKNOWN;

/// Tokens below are taken: see [`TokenId::UNKNOWN`] and [`TokenId::NUMBER`].
const FIRST: u32 = 2;

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            slots: vec![(0, FREE); 1 << 15],
            words: 0,
        }
    }
}

impl Vocabulary {
    /// The token of a word as it stands here: UTF-8, lower-case, with straight apostrophes.
    pub(super) fn get(&self, word: &[u8]) -> Option<TokenId> {
        let (_, token) = self.slots[self.place(hash(word))];
        (token != FREE).then_some(token)
    }

    /// The token of a word, which may be new.
    pub(super) fn add(&mut self, word: &str) -> TokenId {
        let hash = hash(word.as_bytes());
        let place = self.place(hash);
        let (_, token) = self.slots[place];
        if token != FREE {
            return token;
        }
        let token = TokenId(self.words + FIRST);
        self.slots[place] = (hash, token);
        self.words += 1;
        if self.words as usize * 2 > self.slots.len() {
            self.grow();
        }
        token
    }

    /// Where a word stands, or would stand.
    fn place(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut place = (hash >> 32) as usize & last;
        loop {
            let (other, token) = self.slots[place];
            if token == FREE || other == hash {
                return place;
            }
            place = (place + 1) & last;
        }
    }

    fn grow(&mut self) {
        let room = vec![(0, FREE); self.slots.len() * 2];
        for (hash, token) in std::mem::replace(&mut self.slots, room) {
            if token != FREE {
                let place = self.place(hash);
                self.slots[place] = (hash, token);
            }
        }
    }
}

/// Different for all words of up to eight bytes; nobody gains from choosing longer ones that collide.
fn hash(word: &[u8]) -> u64 {
    let mut hash = 0_u64;
    for bytes in word.chunks(8) {
        let mut number = [0; 8];
        number[..bytes.len()].copy_from_slice(bytes);
        hash = (hash.rotate_left(25) ^ u64::from_le_bytes(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::lexicon::data;

    #[test]
    fn each_word_keeps_its_own_token() {
        let words: Vec<String> = (0..50_000).map(|at| format!("word{}", at * 7919)).collect();
        let mut vocabulary = Vocabulary::default();
        let tokens: Vec<TokenId> = words.iter().map(|word| vocabulary.add(word)).collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(tokens[at], TokenId(at as u32 + FIRST));
            assert_eq!(vocabulary.get(word.as_bytes()), Some(tokens[at]));
            assert_eq!(vocabulary.add(word), tokens[at]);
        }
        assert_eq!(vocabulary.get(b"word"), None);
        assert_eq!(vocabulary.get(b""), None);
    }

    #[test]
    fn no_two_words_of_the_data_share_a_hash() {
        let mut seen: HashMap<u64, String> = HashMap::new();
        for (_, text) in data::files() {
            let lower = text.to_lowercase();
            for word in lower.split(|c: char| !c.is_alphanumeric() && c != '\'') {
                let other = seen
                    .entry(hash(word.as_bytes()))
                    .or_insert_with(|| word.to_owned());
                assert_eq!(other, word);
            }
        }
    }
}
