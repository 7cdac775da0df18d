//! The words that patterns are made of, and the number of each.

use super::TokenId;

/// Words to tokens. One text and two lists of numbers, so that it is quick to fill and small to walk through.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// All words, one after the other, in the order of their tokens.
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
    /// Part of a word's hash and its index plus one, at the place that the hash names or the next free one;
    /// 0 is a free place. Their number is a power of two, and half of them stay free.
    slots: Vec<(u32, u32)>,
}

/// Tokens below are taken: see [`TokenId::UNKNOWN`] and [`TokenId::NUMBER`].
const FIRST: u32 = 2;

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            slots: vec![(0, 0); 1 << 10],
        }
    }
}

impl Vocabulary {
    /// The token of a word as it stands here: UTF-8, lower-case, with straight apostrophes.
    pub(super) fn get(&self, word: &[u8]) -> Option<TokenId> {
        self.find(word, hash(word)).ok()
    }

    /// The token of a word, which may be new.
    pub(super) fn add(&mut self, word: &str) -> TokenId {
        let hash = hash(word.as_bytes());
        let free = match self.find(word.as_bytes(), hash) {
            Ok(token) => return token,
            Err(free) => free,
        };
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        let count = self.ends.len();
        self.slots[free] = (hash, count as u32);
        if count * 2 > self.slots.len() {
            self.grow();
        }
        TokenId(count as u32 - 1 + FIRST)
    }

    /// The token of a word, or the place where it would belong.
    fn find(&self, word: &[u8], hash: u32) -> Result<TokenId, usize> {
        let last = self.slots.len() - 1;
        let mut place = hash as usize & last;
        loop {
            match self.slots[place] {
                (_, 0) => return Err(place),
                (same, count) if same == hash && self.word(count - 1) == word => {
                    return Ok(TokenId(count - 1 + FIRST));
                }
                _ => place = (place + 1) & last,
            }
        }
    }

    fn word(&self, index: u32) -> &[u8] {
        let index = index as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text.as_bytes()[start as usize..self.ends[index] as usize]
    }

    fn grow(&mut self) {
        let last = self.slots.len() * 2 - 1;
        let mut slots = vec![(0, 0); last + 1];
        for &(hash, count) in self.slots.iter().filter(|&&(_, count)| count > 0) {
            let mut place = hash as usize & last;
            while slots[place].1 > 0 {
                place = (place + 1) & last;
            }
            slots[place] = (hash, count);
        }
        self.slots = slots;
    }
}

/// Spreads short words well enough; nobody gains from choosing words that collide.
fn hash(word: &[u8]) -> u32 {
    let mut hash = 0_u64;
    for bytes in word.chunks(8) {
        let mut number = [0; 8];
        number[..bytes.len()].copy_from_slice(bytes);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_keeps_its_own_token() {
        let words: Vec<String> = (0..5000).map(|at| format!("word{}", at * 7919)).collect();
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
}
