//! What to say on the call, in an order that helps, from the draft.
//!
//! Sentences are taken over as they stand; what the draft does not say is shown as a gap to fill.
//! Nothing is invented. What a sentence is to the call is told by its cues and by where it stands: what is planned
//! far below the news is about something else.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::Finding;
use crate::Place;
use crate::checks::{Context, Section, by_name, capitalised, harm_behind, quote, sentences_with_bad_news};
use crate::draft::{Sentence, Word};
use crate::lexicon::{Cue, Harm};
use crate::order::sort_by_key;

/// How many sentences of one part a call can carry.
const MOST_SENTENCES: usize = 3;

/// For how many paragraphs after the news a sentence still belongs to it.
const REACH: usize = 2;

/// Words by which somebody says that it was theirs, besides those that the lexicon has.
const OWNED: &[&str] = &[
    "sorry",
    "is on me",
    "was on me",
    "is on us",
    "i was wrong",
    "we were wrong",
    "i did not",
    "i should have",
    "we should have",
    "i should've",
    "we should've",
];

/// Words that turn a day or an hour into one that is still to come.
const AHEAD: &[&str] = &[
    "will", "i'll", "we'll", "you'll", "he'll", "she'll", "they'll", "it'll", "can", "by", "until",
    "tomorrow", "tonight", "next",
];

/// Words of what lies behind, or never came.
const BEHIND: &[&str] = &["was", "were", "had", "did", "last", "would", "i'd"];

/// Words by which something is given, besides those that the lexicon has.
const GIVEN: &[&str] = &["not charge", "not bill", "no charge", "at no cost"];

/// What the client is pressed to do.
const PRESSED: &[&str] = &[
    "act", "book", "buy", "decide", "order", "pay", "renew", "sign", "upgrade",
];

/// Words by which the writer's side bears the cost of what it plans.
const BORNE: &[&str] = &[
    "free",
    "at my cost",
    "at our cost",
    "at my expense",
    "at our expense",
];

/// What some drafts put before what they say, as a heading of its own.
const LABELS: &[&str] = &[
    "what it means for you:",
    "what happened:",
    "what happens now:",
    "what we do now:",
];

/// Something to say on the call, or to ask oneself before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkingPoint {
    /// The part of the call that it belongs to.
    pub part: Part,
    /// A sentence of the draft, or what is missing there.
    pub words: String,
    /// Whether the draft does not say it, so that the writer has to find the words.
    pub is_gap: bool,
}

/// The parts of a call, in the order in which they help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A question, before anything is explained.
    Listen,
    /// The news.
    News,
    /// What the client has to bear.
    Meaning,
    /// Ours in it.
    OurPart,
    /// What happens now.
    Plan,
    /// Something in return.
    Give,
    /// What is better said now.
    Later,
}

impl Part {
    /// How the part is headed.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Listen => "Ask first, and listen",
            Self::News => "What happened",
            Self::Meaning => "What it means for them",
            Self::OurPart => "Our part in it",
            Self::Plan => "What we do now",
            Self::Give => "What we could give",
            Self::Later => "What they would be angry to learn later",
        }
    }
}

impl fmt::Display for TalkingPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part.heading(), self.words)
    }
}

/// As one text.
impl Serialize for TalkingPoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The points for this draft, part by part: each part has a sentence or a gap.
pub(super) fn from_draft(context: &Context, findings: &[Finding]) -> Vec<TalkingPoint> {
    let harms: Vec<(usize, Harm)> = findings
        .iter()
        .filter_map(|finding| Some((sentence_of(context, finding)?, harm_behind(context, finding)?.0)))
        .collect();
    let mut gathering = Gathering {
        context,
        findings,
        news: told_as_news(context, findings),
        harms,
        out_of_tune: out_of_tune(context, findings),
        taken: Vec::new(),
        points: Vec::new(),
    };
    gathering.listen();
    gathering.news();
    gathering.meaning();
    gathering.gift();
    gathering.plan();
    gathering.our_part();
    gathering.later();
    let mut points = gathering.points;
    // Parts are found in the order in which sentences are sure to belong to them.
    sort_by_key(&mut points, |point| point.part);
    points
}

struct Gathering<'c> {
    context: &'c Context<'c>,
    findings: &'c [Finding],
    /// The sentences that tell bad news.
    news: Vec<usize>,
    /// What the client loses by which of them.
    harms: Vec<(usize, Harm)>,
    /// The sentences with findings of tone.
    out_of_tune: Vec<usize>,
    /// Which sentences have found their part.
    taken: Vec<usize>,
    points: Vec<TalkingPoint>,
}

impl Gathering<'_> {
    fn listen(&mut self) {
        let client = self.context.client_name();
        self.gap(Part::Listen, format!("how does it look from {client}’s side?"));
    }

    /// What happened, and why where that stands beside it.
    fn news(&mut self) {
        // What we did wrong is our part, unless it is all there is to tell.
        let mistakes: Vec<usize> = self.of_harm(Harm::Mistake);
        let happened = |at: &usize| !mistakes.contains(at);
        let mut told: Vec<usize> = self.news.iter().copied().filter(happened).collect();
        if told.is_empty() {
            told.clone_from(&self.news);
        }
        told.truncate(MOST_SENTENCES);
        for &at in &told {
            self.say(Part::News, at);
        }
        let Some(&first) = told.first() else {
            self.gap(Part::News, "say it plainly, in one sentence.");
            return;
        };
        let reason = [Some(first + 1), first.checked_sub(1)]
            .into_iter()
            .flatten()
            .filter(|&at| self.is_free(at) && self.paragraph(at) == self.paragraph(first))
            .find(|&at| self.has(at, Cue::Reason) && !self.has(at, Cue::Plan) && !self.has(at, Cue::Win));
        if let Some(reason) = reason {
            self.say(Part::News, reason);
        }
    }

    fn gift(&mut self) {
        let is_gift = |at| self.follows(at) && self.is_given(at);
        for at in self.after_news(MOST_SENTENCES, &is_gift) {
            self.say(Part::Give, at);
        }
    }

    fn plan(&mut self) {
        let planned = self.after_news(usize::MAX, &|at| self.is_plan(at));
        for &at in planned.iter().take(MOST_SENTENCES) {
            self.say(Part::Plan, at);
        }
        if planned.is_empty() {
            self.gap(Part::Plan, "who does what, and by when?");
        } else if !planned.iter().any(|&at| self.has(at, Cue::When)) {
            self.gap(Part::Plan, "by when?");
        }
        // What is planned may be given.
        if !self.has_part(Part::Give) && !planned.iter().any(|&at| self.holds(at, BORNE)) {
            let is_bill = self.harm() == Some(Harm::Money) || self.message_has(Cue::Bill);
            self.gap(
                Part::Give,
                if is_bill {
                    "what could you take off the bill, or carry yourselves?"
                } else {
                    "what would help them now that they did not ask for?"
                },
            );
        }
    }

    fn meaning(&mut self) {
        let told: Vec<usize> = self
            .news
            .iter()
            .flat_map(|&news| [news + 1, news + 2])
            .filter(|&at| self.is_free(at) && self.is_about_them(at) && !self.is_out_of_tune(at))
            .collect();
        for &at in told.iter().take(MOST_SENTENCES) {
            if self.is_free(at) {
                self.say(Part::Meaning, at);
            }
        }
        if !self.has_part(Part::Meaning) {
            let question = match self.harm() {
                Some(Harm::Time) => "what do they have to move, and whom do they have to tell?",
                Some(Harm::Money) => "what will they pay in all, and when?",
                Some(Harm::Fault) => "what stands still for them, and for how long?",
                Some(Harm::Loss) => "what is gone for them, and what can be had back?",
                Some(Harm::Refusal) => "what do they have to do without, and what can they do instead?",
                Some(Harm::Person) => "who looks after them from now on?",
                Some(Harm::Shortfall) => "what did they count on that they do not get?",
                _ => "what changes for them?",
            };
            self.gap(Part::Meaning, question);
        }
    }

    fn our_part(&mut self) {
        let mut ours = self.of_harm(Harm::Mistake);
        ours.extend(self.after_news(MOST_SENTENCES, &|at| self.is_owned(at)));
        sort_by_key(&mut ours, |&at| at);
        ours.dedup();
        ours.retain(|at| !self.taken.contains(at));
        for &at in ours.iter().take(MOST_SENTENCES) {
            self.say(Part::OurPart, at);
        }
        let is_disowned = self
            .findings
            .iter()
            .any(|finding| finding.rule == "disowned-mistake");
        if is_disowned {
            self.gap(Part::OurPart, "whose was it? Say “we” or “I”.");
        } else if !self.has_part(Part::OurPart) {
            let is_told = !self.of_harm(Harm::Mistake).is_empty();
            self.gap(
                Part::OurPart,
                if is_told {
                    "say that it was yours, and leave it at that."
                } else {
                    "what was ours in it, and what could you have said sooner?"
                },
            );
        }
    }

    fn later(&mut self) {
        let shrinking = self
            .findings
            .iter()
            .filter(|finding| finding.rule == "softened-bad-news");
        let shrunk: Vec<String> = shrinking
            .filter_map(|finding| match &finding.place {
                Place::Body(span) => Some(quote(&self.context.body.source[span.clone()])),
                Place::Subject(_) | Place::Draft => None,
            })
            .take(MOST_SENTENCES)
            .collect();
        for words in shrunk {
            self.gap(Part::Later, format!("{words}: how large is it, in figures?"));
        }
        self.gap(
            Part::Later,
            "what else do you know that they will find out? Say it now.",
        );
    }

    fn say(&mut self, part: Part, at: usize) {
        self.taken.push(at);
        let words = shown(self.context, at);
        self.points.push(TalkingPoint {
            part,
            words,
            is_gap: false,
        });
    }

    fn gap(&mut self, part: Part, words: impl Into<String>) {
        self.points.push(TalkingPoint {
            part,
            words: words.into(),
            is_gap: true,
        });
    }

    /// What the client loses first.
    fn harm(&self) -> Option<Harm> {
        self.harms.first().map(|&(_, harm)| harm)
    }

    /// The sentences of bad news by which the client loses this.
    fn of_harm(&self, harm: Harm) -> Vec<usize> {
        let of = self.harms.iter().filter(|&&(_, one)| one == harm);
        of.map(|&(at, _)| at).collect()
    }

    fn has(&self, at: usize, cue: Cue) -> bool {
        self.context.has(&self.context.body.sentences[at], cue)
    }

    fn has_part(&self, part: Part) -> bool {
        self.points.iter().any(|point| point.part == part)
    }

    /// Whether a sentence carries part of the message and belongs to no part yet.
    fn is_free(&self, at: usize) -> bool {
        let sentence = self.context.body.sentences.get(at);
        sentence.is_some_and(Sentence::speaks) && !self.news.contains(&at) && !self.taken.contains(&at)
    }

    fn message_has(&self, cue: Cue) -> bool {
        let mut message = self.context.message();
        message.any(|(_, sentence)| self.context.has(sentence, cue))
    }

    fn paragraph(&self, at: usize) -> usize {
        self.context.body.sentences[at].paragraph
    }

    /// The first free sentences of this kind that belong to the news, or anywhere where there is none.
    fn after_news(&self, most: usize, is_of_kind: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let reaches = |news: usize, at: usize| {
            let (of, after) = (self.paragraph(news), self.paragraph(at));
            after == of || at > news && after <= of + REACH
        };
        let message = self.context.message().map(|(at, _)| at);
        message
            .filter(|&at| self.is_free(at))
            .filter(|&at| self.news.is_empty() || self.news.iter().any(|&news| reaches(news, at)))
            // Last, because it reads the sentence.
            .filter(|&at| is_of_kind(at))
            .take(most)
            .collect()
    }

    /// Whether a sentence stands behind the first news, or there is none.
    fn follows(&self, at: usize) -> bool {
        self.news.first().is_none_or(|&first| at > first)
    }

    /// Whether a sentence tells what happens next.
    fn is_plan(&self, at: usize) -> bool {
        let is_ahead = || self.has(at, Cue::When) && self.holds(at, AHEAD) && !self.holds(at, BEHIND);
        (self.has(at, Cue::Plan) || is_ahead())
            && !self.holds(at, &["would have"])
            && !self.is_pressing(at)
            && !self.is_out_of_tune(at)
    }

    /// Whether a sentence is better not said at all: it blames, presses or threatens.
    fn is_out_of_tune(&self, at: usize) -> bool {
        let cues = [Cue::HardSell, Cue::ContractThreat, Cue::Blame, Cue::Contempt];
        self.out_of_tune.contains(&at) || self.is_shouted(at) || cues.iter().any(|&cue| self.has(at, cue))
    }

    /// Whether a sentence tells the client what to do for us by a day: "Sign by Sunday and we hold the rate."
    fn is_pressing(&self, at: usize) -> bool {
        let body = &self.context.body;
        let first = body.sentences[at].words.start;
        PRESSED.iter().any(|verb| body.is_word(first, verb)) && self.has(at, Cue::When)
    }

    /// Whether words in capitals follow each other: "FULL STOP".
    fn is_shouted(&self, at: usize) -> bool {
        let body = &self.context.body;
        let is_loud = |word: &Word| {
            let word = &body.source[word.span.clone()];
            word.len() > 3 && word.chars().all(char::is_uppercase)
        };
        let words = body.words_of(&body.sentences[at]);
        words.windows(2).any(|pair| pair.iter().all(is_loud))
    }

    fn is_given(&self, at: usize) -> bool {
        self.has(at, Cue::Credit) || self.holds(at, GIVEN)
    }

    fn is_owned(&self, at: usize) -> bool {
        self.has(at, Cue::Apology) || self.has(at, Cue::Harm(Harm::Mistake)) || self.holds(at, OWNED)
    }

    /// Whether a sentence holds one of these phrases, in lower case with straight apostrophes.
    fn holds(&self, at: usize, phrases: &[&str]) -> bool {
        let body = &self.context.body;
        let mut words = body.sentences[at].words.clone();
        let end = words.end;
        words.any(|first| {
            let letter = body.source.as_bytes()[body.words[first].span.start].to_ascii_lowercase();
            phrases.iter().any(|phrase| {
                // Nearly every word is none of those wanted, and told by its first letter.
                (phrase.as_bytes()[0] == letter || !letter.is_ascii()) && {
                    let mut run = first..end;
                    phrase
                        .split(' ')
                        .all(|wanted| run.next().is_some_and(|at| body.is_word(at, wanted)))
                }
            })
        })
    }

    /// Whether a sentence tells what the client has to do or to bear: "You cannot open on Friday."
    fn is_about_them(&self, at: usize) -> bool {
        let body = &self.context.body;
        let sentence = &body.sentences[at];
        let means = sentence.words.clone().any(|at| body.is_word(at, "means"));
        let begins = ["you", "you'll"]
            .iter()
            .any(|you| body.is_word(sentence.words.start, you));
        let other = [Cue::Win, Cue::Asked, Cue::Blame]
            .iter()
            .any(|&cue| self.has(at, cue));
        (means || begins) && !sentence.question && !other
    }
}

/// The sentences that tell bad news; where none is known to, those whose words shrink some: "a teeny wrinkle".
fn told_as_news(context: &Context, findings: &[Finding]) -> Vec<usize> {
    let news = sentences_with_bad_news(context, findings);
    if !news.is_empty() {
        return news;
    }
    let shrunk = findings
        .iter()
        .filter(|finding| finding.rule == "softened-bad-news");
    shrunk
        .filter_map(|finding| sentence_of(context, finding))
        .collect()
}

/// The sentences whose tone is at fault.
fn out_of_tune(context: &Context, findings: &[Finding]) -> Vec<usize> {
    let of_tone = findings
        .iter()
        .filter(|finding| by_name(finding.rule).is_some_and(|check| check.section == Section::Tone));
    of_tone
        .filter_map(|finding| sentence_of(context, finding))
        .collect()
}

fn sentence_of(context: &Context, finding: &Finding) -> Option<usize> {
    match &finding.place {
        Place::Body(span) => context.body.sentence_at(span.start),
        Place::Subject(_) | Place::Draft => None,
    }
}

/// A sentence as it stands, on one line; without the bullet before it, the greeting or label that leads into it,
/// and a quotation mark whose other one stands elsewhere.
fn shown(context: &Context, at: usize) -> String {
    let sentence = &context.body.sentences[at];
    let text = &context.body.source[sentence.span.clone()];
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let is_bullet = |char: char| matches!(char, '-' | '*' | '•' | '–' | '·' | ' ');
    let mut line = line.trim_start_matches(is_bullet);
    let opens = line.matches(['"', '“', '”']).count() % 2 == 1;
    if opens {
        line = line.trim_matches(['"', '“', '”']);
    }
    let label = LABELS.iter().find(|label| {
        let start = line.get(..label.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(label))
    });
    let rest = label.map_or_else(
        || without_greeting(line),
        |label| line[label.len()..].trim_start(),
    );
    if rest.len() < line.len() {
        capitalised(rest)
    } else {
        line.to_owned()
    }
}

/// Whom a sentence greets before it begins is no part of it: "Dear Cathy, the price goes up."
fn without_greeting(line: &str) -> &str {
    const HELLOS: [&str; 4] = ["Dear", "Hi", "Hello", "Hey"];
    const MOST_NAMES: usize = 3;
    let Some((greeting, rest)) = line.split_once(", ") else {
        return line;
    };
    let mut words = greeting.split(' ');
    let greets = words.next().is_some_and(|word| HELLOS.contains(&word));
    let names = words.count();
    if greets && (1..=MOST_NAMES).contains(&names) {
        rest
    } else {
        line
    }
}
