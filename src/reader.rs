//! The careful reader: a small transformer that finds what no list of words can.
//!
//! A draft becomes [windows](input::Window) of tokens with marks of what the quick reader knows; the
//! model gives each sentence, word and draft a probability for each check.

pub mod input;
pub mod marks;
pub mod tokens;
