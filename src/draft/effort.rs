//! What went into a draft that does not show in it.

/// How much was written to come to a draft, as far as anybody counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Characters typed in all, those deleted since among them.
    pub typed: u32,
    /// Characters deleted again.
    pub deleted: u32,
    /// Seconds in which the writer was at it.
    pub seconds: u32,
}
