//! The words and phrases that checks reason over, and the one pass that finds them.
//!
//! Word data lives in `lexicon/data`, apart from code: a text file of patterns for each kind of
//! [`Cue`], and a table of terms with their plain twins for each trade. All of it is put into one
//! automaton over words (not bytes), so that a phrase is found across line breaks, hyphens and typographic
//! apostrophes, and so that a draft is read in one pass: a word costs only the patterns that begin with it.

mod automaton;
mod data;
mod pattern;
mod terms;
mod vocabulary;

use std::ops::Range;
use std::sync::LazyLock;

pub use terms::Term;

use crate::draft::Word;
use automaton::{Accept, Automaton, Builder};
use vocabulary::{Hash, Vocabulary};

/// What a phrase tells about the sentence it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// Bad news of one kind.
    Harm(Harm),
    /// Words of harm that as often only name trouble: no finding by themselves, but the careful reader sees them.
    Mention,
    /// Words that turn what follows them into its opposite: "no", "never", "without".
    Denial,
    /// The trouble is over: "is fixed", "back to normal".
    Cured,
    /// It has not happened: "if", "in case", "to avoid".
    Hypothetical,
    /// It happened to somebody else: "sorry to hear".
    Sympathy,
    /// Told as a win: "ahead of schedule", "less than quoted".
    Win,
    /// The client wanted it: "as you asked".
    Asked,
    /// Words that make something look small: "slight", "a bit of".
    Shrinker,
    /// Whole phrases that wrap bad news: "not quite where we hoped".
    Wrapping,
    /// Something the shrinking words may shrink: "delay", "issue".
    Trouble,
    /// A decision, recommendation or demand that costs the client something to accept.
    Decision,
    /// Words that suggest more often than they decide: seen by the careful reader alone.
    Suggestion,
    /// A reason for what stands near it: cause, evidence, comparison.
    Reason,
    /// A purpose or a consequence, a reason only within its sentence: "so that", "which lets you".
    Purpose,
    /// What happens next: "we will restore", "by 3 pm".
    Plan,
    /// The writer asks a colleague to read the mail first.
    ReviewRequest,
    /// An angry thread: "unacceptable", "fed up".
    Anger,
    /// The client made responsible: "you should have".
    Blame,
    /// Swearing, contempt, sarcasm.
    Contempt,
    /// The contract as an argument.
    ContractThreat,
    /// The client sent elsewhere.
    RunAround,
    /// Pressure to buy.
    HardSell,
    /// A qualifier: "perhaps", "sort of".
    Hedge,
    /// A promise nobody can be sure of.
    Overcommitment,
    /// A promise with no date: "soon", "in due course".
    VagueCommitment,
    /// A no that stands alone.
    FlatRefusal,
    /// Our mistake told as nobody's, a tool's or a colleague's.
    Disowned,
    /// An invoice or a request for payment.
    Bill,
    /// Money given back.
    Credit,
    /// We are sorry.
    Apology,
    /// A day or an hour.
    When,
    /// A term of a trade, as an index for [`Lexicon::term`].
    Term(u16),
}

/// What the client loses by a piece of bad news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Harm {
    /// A date missed or moved later.
    Time,
    /// Cost, fee or price up, an estimate exceeded.
    Money,
    /// Something broken, down, wrong or failing.
    Fault,
    /// Something lost, deleted, leaked or gone.
    Loss,
    /// Our mistake.
    Mistake,
    /// Refused, cancelled, stopped, rejected, or promised and not possible.
    Refusal,
    /// A person they rely on leaves.
    Person,
    /// Less than was promised.
    Shortfall,
    /// Bad news of a kind that its words do not tell: "unfortunately".
    Regret,
    /// We decline an inquiry or a bid: nothing was promised.
    Decline,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueMatch {
    /// What it tells.
    pub cue: Cue,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// Its words, as indices into the text's words.
    pub words: Range<usize>,
}

/// How the lexicon knows a word; all words it has no pattern for share one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(u32);

impl TokenId {
    const UNKNOWN: Self = Self(0);
    /// Any word that begins with a digit and is no term: `12`, `1,900`, `14th`.
    const NUMBER: Self = Self(1);

    /// Whether it is a number: `12`, `1,900`, `14th`.
    pub fn is_number(self) -> bool {
        self == Self::NUMBER
    }
}

/// Patterns by cue: one file each, so that a list can grow without touching code.
const CUES: &[(Cue, &str)] = &[
    (Cue::Harm(Harm::Time), "harm-time.txt"),
    (Cue::Harm(Harm::Money), "harm-money.txt"),
    (Cue::Harm(Harm::Fault), "harm-fault.txt"),
    (Cue::Harm(Harm::Loss), "harm-loss.txt"),
    (Cue::Harm(Harm::Mistake), "harm-mistake.txt"),
    (Cue::Harm(Harm::Regret), "harm-regret.txt"),
    (Cue::Harm(Harm::Refusal), "harm-refusal.txt"),
    (Cue::Harm(Harm::Person), "harm-person.txt"),
    (Cue::Harm(Harm::Shortfall), "harm-shortfall.txt"),
    (Cue::Harm(Harm::Decline), "harm-decline.txt"),
    (Cue::Mention, "mention.txt"),
    (Cue::Denial, "denial.txt"),
    (Cue::Cured, "cured.txt"),
    (Cue::Hypothetical, "hypothetical.txt"),
    (Cue::Sympathy, "sympathy.txt"),
    (Cue::Win, "win.txt"),
    (Cue::Asked, "asked.txt"),
    (Cue::Shrinker, "shrinker.txt"),
    (Cue::Wrapping, "wrapping.txt"),
    (Cue::Trouble, "trouble.txt"),
    (Cue::Decision, "decision.txt"),
    (Cue::Suggestion, "suggestion.txt"),
    (Cue::Reason, "reason.txt"),
    (Cue::Purpose, "purpose.txt"),
    (Cue::Plan, "plan.txt"),
    (Cue::ReviewRequest, "review-request.txt"),
    (Cue::Anger, "anger.txt"),
    (Cue::Blame, "blame.txt"),
    (Cue::Contempt, "unprofessional.txt"),
    (Cue::ContractThreat, "contract-threat.txt"),
    (Cue::RunAround, "run-around.txt"),
    (Cue::HardSell, "hard-sell.txt"),
    (Cue::Hedge, "hedge.txt"),
    (Cue::Overcommitment, "overcommitment.txt"),
    (Cue::VagueCommitment, "vague-commitment.txt"),
    (Cue::FlatRefusal, "flat-refusal.txt"),
    (Cue::Disowned, "disowned.txt"),
    (Cue::Bill, "bill.txt"),
    (Cue::Credit, "credit.txt"),
    (Cue::Apology, "apology.txt"),
    (Cue::When, "when.txt"),
];

/// All word data, ready to read texts with.
#[derive(Debug)]
pub struct Lexicon {
    vocabulary: Vocabulary,
    automaton: Automaton,
    terms: Vec<Term>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Unfinished::shipped().finish());
static NONE: LazyLock<Lexicon> = LazyLock::new(|| Unfinished::default().finish());

impl Lexicon {
    /// The lexicon that ships with this version, built on first use.
    pub fn get() -> &'static Self {
        &LEXICON
    }

    /// A lexicon without a word in it, for whoever wants sentences and no cues.
    pub fn none() -> &'static Self {
        &NONE
    }

    /// The lexicon that ships with this version and more patterns of one cue, to measure what they cost.
    pub fn with(cue: Cue, patterns: &[impl AsRef<str>]) -> Self {
        let mut lexicon = Unfinished::shipped();
        for pattern in patterns {
            lexicon.add(pattern.as_ref(), Accept::phrase(cue));
        }
        lexicon.finish()
    }

    /// The term behind [`Cue::Term`].
    pub fn term(&self, index: u16) -> &Term {
        &self.terms[usize::from(index)]
    }

    /// Every kind of cue but the terms.
    pub fn cue_kinds() -> impl Iterator<Item = Cue> {
        CUES.iter().map(|&(cue, _)| cue)
    }

    /// All terms, by trade and then alphabet.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// How the lexicon knows words. Case and the shape of apostrophes do not matter.
    ///
    /// All are looked up at once, so that the processor fetches what one needs while it waits for another.
    pub fn tokens<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Vec<TokenId> {
        let hashes: Vec<Hash> = words.clone().map(hash).collect();
        let mut tokens: Vec<TokenId> = hashes.into_iter().map(|hash| self.vocabulary.get(hash)).collect();
        for (token, word) in tokens.iter_mut().zip(words) {
            if *token == TokenId::UNKNOWN {
                *token = self.unlisted(word);
            }
        }
        tokens
    }

    /// The token of a word that is not listed as it stands.
    fn unlisted(&self, word: &str) -> TokenId {
        let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        let token = owner.map_or(TokenId::UNKNOWN, |owner| self.vocabulary.get(hash(owner)));
        if token == TokenId::UNKNOWN && word.starts_with(|c: char| c.is_ascii_digit()) {
            return TokenId::NUMBER;
        }
        token
    }

    /// Adds every phrase found in `words[range]` to `found`, ordered by start.
    ///
    /// Of phrases of the same cue that overlap, the one that starts first and then the longest wins.
    pub fn find(&self, source: &str, words: &[Word], range: Range<usize>, found: &mut Vec<CueMatch>) {
        let mut walk = self.automaton.walk();
        let first = found.len();
        for start in range.clone() {
            for (accept, length) in walk.longest_first(&words[start..range.end]) {
                let words_of = start..start + length;
                let span = words[start].span.start..words[words_of.end - 1].span.end;
                let covered = found[first..]
                    .iter()
                    .any(|other| accept.cue.displaces(other.cue) && other.words.end > words_of.start);
                if !covered && accept.fits(&source[span.clone()]) {
                    found.push(CueMatch {
                        cue: accept.cue,
                        span,
                        words: words_of,
                    });
                }
            }
        }
    }
}

/// The hash of a word, whatever its case and the shape of its apostrophes.
#[inline]
fn hash(word: &str) -> Hash {
    if word.is_ascii() {
        Hash::of(word.as_bytes())
    } else {
        Hash::of(word.to_lowercase().replace('’', "'").as_bytes())
    }
}

/// A lexicon that still takes patterns.
#[derive(Default)]
struct Unfinished {
    vocabulary: Vocabulary,
    automaton: Builder,
    terms: Vec<Term>,
}

impl Unfinished {
    fn shipped() -> Self {
        let mut lexicon = Self::default();
        for (cue, file) in CUES {
            for pattern in data::text(file)
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
            {
                lexicon.add(pattern, Accept::phrase(*cue));
            }
        }
        for term in terms::load() {
            let index = u16::try_from(lexicon.terms.len()).expect("fewer than 65,536 terms");
            let accept = Accept {
                cue: Cue::Term(index),
                capitals: term.is_acronym(),
                unbroken: true,
            };
            lexicon.add(&term.pattern, accept);
            lexicon.add(&terms::plural(&term.pattern), accept);
            lexicon.terms.push(term);
        }
        lexicon
    }

    fn add(&mut self, pattern: &str, accept: Accept) {
        let items = pattern::parse(pattern);
        let vocabulary = &mut self.vocabulary;
        self.automaton
            .add(&items, accept, &mut |word| vocabulary.add(word));
    }

    fn finish(self) -> Lexicon {
        Lexicon {
            vocabulary: self.vocabulary,
            automaton: self.automaton.build(),
            terms: self.terms,
        }
    }
}

impl Cue {
    /// Whether two overlapping matches tell the same thing, so that only one is wanted.
    fn displaces(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Term(_), Self::Term(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Text;

    fn cues(source: &str) -> Vec<(Cue, &str)> {
        let text = Text::new(source, std::slice::from_ref(&(0..source.len())), Lexicon::get());
        text.cues
            .iter()
            .map(|found| (found.cue, &source[found.span.clone()]))
            .collect()
    }

    #[test]
    fn phrases_are_found_across_breaks_and_apostrophes() {
        let wrapped = "I have counted the days once more with the whole team and we won’t\nmake the date.";
        assert!(cues(wrapped).contains(&(Cue::Harm(Harm::Time), "we won’t\nmake the date")));
    }

    #[test]
    fn of_overlapping_phrases_the_first_and_longest_stands() {
        let found = cues("This is a small hiccup.");
        assert_eq!(
            found.iter().filter(|(cue, _)| *cue == Cue::Shrinker).count(),
            1,
            "{found:?}"
        );
    }

    #[test]
    fn every_pattern_is_listed_once_and_in_order() {
        for (cue, file) in CUES {
            let lines: Vec<&str> = data::text(file)
                .lines()
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .collect();
            let mut sorted = lines.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(
                lines, sorted,
                "the file of {cue:?} is not sorted or holds a line twice"
            );
        }
    }
}
