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
    /// Of a word in UTF-8 with straight apostrophes, in lower case but for letters of ASCII.
    ///
    /// Eight bytes at a time, and never copied: most words are no longer than that.
    #[inline]
    pub(super) fn of(word: &[u8]) -> Self {
        let (eights, rest) = word.as_chunks();
        let mut hash = 0;
        for &eight in eights {
            hash = mix(hash, u64::from_le_bytes(eight));
        }
        if !rest.is_empty() {
            let number = |number, &byte| number << 8 | u64::from(byte);
            hash = mix(hash, rest.iter().rev().fold(0, number));
        }
        Self(hash)
    }

    #[inline]
    fn tag(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// Adds eight bytes of a word to its hash.
#[inline]
fn mix(hash: u64, bytes: u64) -> u64 {
    let hash = (hash.rotate_left(25) ^ lower(bytes)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 32
}

/// Eight bytes with their letters of ASCII in lower case.
#[inline]
fn lower(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    // Sums in seven bits of each byte reach its eighth from `A` on, and from the letter after `Z` on.
    let low = bytes & !TOP;
    let from_a = low + (0x80 - u64::from(b'A')) * EACH;
    let after_z = low + (0x7f - u64::from(b'Z')) * EACH;
    let capitals = (from_a ^ after_z) & TOP & !bytes;
    bytes | capitals >> 2
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
    fn the_case_of_ascii_letters_makes_no_difference() {
        for bytes in (0..=u8::MAX).map(|byte| [byte, b'A', b'z', byte, 0xC3, b'@', b'[', byte, b'Q', byte]) {
            for length in 0..=bytes.len() {
                let word = &bytes[..length];
                assert_eq!(Hash::of(word), Hash::of(&word.to_ascii_lowercase()));
            }
        }
        assert_ne!(Hash::of(b"@"), Hash::of(b"`"));
        assert_ne!(Hash::of(b"["), Hash::of(b"{"));
        assert_ne!(Hash::of("É".as_bytes()), Hash::of("é".as_bytes()));
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
