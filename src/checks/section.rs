//! The parts of the guide that checks belong to.

/// What a check looks after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Bad news in an email, and how it is told.
    BadNews,
    /// Decisions and refusals with their reasons.
    Reasons,
    /// Words that the client knows.
    Jargon,
    /// Tone and ownership.
    Tone,
    /// Promises that can be kept.
    Commitments,
}

impl Section {
    /// All of them, in the order of the guide.
    pub const ALL: [Self; 5] = [
        Self::BadNews,
        Self::Reasons,
        Self::Jargon,
        Self::Tone,
        Self::Commitments,
    ];

    /// Its heading in lists of checks and findings.
    pub fn title(self) -> &'static str {
        match self {
            Self::BadNews => "Bad news",
            Self::Reasons => "Reasons",
            Self::Jargon => "Jargon",
            Self::Tone => "Tone",
            Self::Commitments => "Commitments",
        }
    }
}
