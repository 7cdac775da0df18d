//! The draft agrees to an extra that the client asked for, and says nothing of its effect on time and budget.

use super::words::{count, earlier_words, has_any, own_words};
use super::{Kind, Moment, Situation, Suggestion, moments};

const ASKED: &str = "On Thursday Cathy wrote:\n> Could you also add a second language to the shop?";

pub(super) const KIND: Kind = Kind {
    name: "share-the-impact",
    summary: "The effect of an extra on time and budget, and what it is for.",
    why: "Manage extras with a smile: who knows what a wish costs can decide whether it is worth it.",
    source: "P",
    in_trouble: false,
    made: moments(&[
        Moment::body("Sure, we will add a second language to the shop.").history(ASKED),
        Moment::body("Happy to! We'll build that in as you described it.").history(ASKED),
    ]),
    not_made: moments(&[
        Moment::body("Sure, we will add it. It takes two more days and costs £400; shall we go ahead?")
            .history(ASKED),
        Moment::body("Sure, we will add it at no extra cost, and the date stays.").history(ASKED),
        Moment::body("Sure, we will add a second language to the shop."),
        Moment::body("Thank you for the idea. Let me look at what it would mean for the shop first.")
            .history(ASKED),
    ]),
    find,
};

fn find(situation: &Situation) -> Option<Suggestion> {
    const EXTRAS: &[&str] = &[
        "could you also",
        "can you also",
        "could we also",
        "can we also",
        "could we add",
        "can we add",
        "could you add",
        "can you add",
        "please add",
        "please also",
        "also like",
        "also want",
        "also need",
        "one more thing",
        "would it be possible to",
        "is it possible to add",
        "another page",
        "extra",
    ];
    const AGREED: &[&str] = &[
        "sure",
        "of course",
        "no problem",
        "happy to",
        "gladly",
        "certainly",
        "with pleasure",
        "yes we can",
        "yes we will",
        "will do",
        "we'll add",
        "i'll add",
        "we will add",
        "i will add",
        "consider it done",
        "we'll build that in",
        "that's fine",
        "can do that",
    ];
    const EFFECTS: &[&str] = &[
        "cost",
        "costs",
        "budget",
        "price",
        "charge",
        "hours",
        "hour",
        "days",
        "weeks",
        "free",
        "fee",
        "date",
        "later",
        "longer",
        "estimate",
        "quote",
        "instead of",
        "deadline",
    ];
    let (own, earlier) = (own_words(situation.draft), earlier_words(situation.draft));
    let has_money = situation.draft.body.source.contains(['£', '$', '€']);
    let calls_for_it =
        has_any(&earlier, EXTRAS) && has_any(&own, AGREED) && !has_any(&own, EFFECTS) && !has_money;
    (calls_for_it && count(&own) > 2).then(|| Suggestion {
        name: KIND.name,
        text: "You agree to something extra. Say what it does to time and budget, and ask what it is for."
            .to_owned(),
        words: "It adds about [time] and [cost], and moves the date to [day]: is it worth that to you?"
            .to_owned(),
        note: None,
    })
}
