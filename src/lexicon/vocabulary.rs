//! The words that patterns are made of, and the number of each.

use super::TokenId;

/// Words to tokens. Words are known by their hash alone, so that looking one up touches memory once: a test sees
/// to it that no two words of the data share one, and of the words of mails that are not in the data, one in some
/// thousand million is taken for one that is.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Half of a word's hash and its token, at the place that the other half names or the next free one. Their
    /// number is a power of two, and half of them stay free.
    slots: Vec<(u32, TokenId)>,
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
    /// The token of a word with this hash; [`TokenId::UNKNOWN`] where there is none.
    #[inline]
    pub(super) fn get(&self, hash: Hash) -> TokenId {
        self.slots[self.place(hash)].1
    }

    /// The token of a word as it stands here, which may be new.
    pub(super) fn add(&mut self, word: &str) -> TokenId {
        let hash = Hash::of(word.as_bytes());
        let place = self.place(hash);
        if self.slots[place].1 != FREE {
            return self.slots[place].1;
        }
        let token = TokenId(self.words + FIRST);
        self.slots[place] = (hash.tag(), token);
        self.words += 1;
        assert!(
            self.words as usize * 2 <= self.slots.len(),
            "more words than there is room for"
        );
        token
    }

    /// Where a word stands, or would stand.
    #[inline]
    fn place(&self, hash: Hash) -> usize {
        let last = self.slots.len() - 1;
        let mut place = hash.0 as usize & last;
        loop {
            let (tag, token) = self.slots[place];
            if token == FREE || tag == hash.tag() {
                return place;
            }
            place = (place + 1) & last;
        }
    }
}

/// What a word is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Hash(u64);

impl Hash {
    /// Of a word in UTF-8, lower-case, with straight apostrophes.
    #[inline]
    pub(super) fn of(word: &[u8]) -> Self {
        let mut hash = 0_u64;
        for bytes in word.chunks(8) {
            let mut number = [0; 8];
            number[..bytes.len()].copy_from_slice(bytes);
            hash = (hash.rotate_left(25) ^ u64::from_le_bytes(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 32;
        }
        Self(hash)
    }

    #[inline]
    fn tag(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::lexicon::data;

    #[test]
    fn each_word_keeps_its_own_token() {
        let words: Vec<String> = (0..15_000).map(|at| format!("word{}", at * 7919)).collect();
        let mut vocabulary = Vocabulary::default();
        let tokens: Vec<TokenId> = words.iter().map(|word| vocabulary.add(word)).collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(tokens[at], TokenId(at as u32 + FIRST));
            assert_eq!(vocabulary.get(Hash::of(word.as_bytes())), tokens[at]);
            assert_eq!(vocabulary.add(word), tokens[at]);
        }
        assert_eq!(vocabulary.get(Hash::of(b"word")), TokenId::UNKNOWN);
        assert_eq!(vocabulary.get(Hash::of(b"")), TokenId::UNKNOWN);
    }

    #[test]
    fn no_two_words_of_the_data_share_a_token() {
        let mut vocabulary = Vocabulary::default();
        let mut seen: HashMap<TokenId, &str> = HashMap::new();
        let all: String = data::files().map(|(_, text)| text.to_lowercase()).collect();
        // Every word of the explanations too: many more than are in the patterns.
        for word in all.split(|c: char| !c.is_alphanumeric() && c != '\'') {
            let other = seen.entry(vocabulary.add(word)).or_insert(word);
            assert_eq!(*other, word);
        }
    }
}
