//! Finding clients by what one remembers of them.
