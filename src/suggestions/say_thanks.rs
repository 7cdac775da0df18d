//! A thank-you where there is something to be thankful for and the draft has none; for bigger moments, by hand.

use super::words::{count, earlier_words, has_any, own_words};
use super::{Kind, Moment, Situation, Suggestion, moments};

pub(super) const KIND: Kind = Kind {
    name: "say-thanks",
    summary: "A thank-you for a payment, a referral or a project’s end.",
    why: "Be thankful, personally and for big moments by hand: few are, and it is remembered.",
    source: "S",
    in_trouble: false,
    made: moments(&[
        Moment::body("Your payment has arrived. The receipt is attached to this mail."),
        Moment::body(
            "I have just spoken with Ruth, who said that you recommended us. We will meet on Monday.",
        ),
        Moment::body("With this the project is finished. All files are in the folder that we share."),
        Moment::body("The receipt for that is attached to this mail.")
            .history("On Thursday Cathy wrote:\n> I have just paid your invoice."),
    ]),
    not_made: moments(&[
        Moment::body("Your payment has arrived, thank you. The receipt is attached."),
        Moment::body("Your payment has not arrived yet. Could you look into it?"),
        Moment::body("We recommended the blue tiles because they are cheaper by half."),
        Moment::body("The receipt is attached to this mail, as you asked."),
    ]),
    find,
};

fn find(situation: &Situation) -> Option<Suggestion> {
    const PAID: &[&str] = &[
        "payment has arrived",
        "payment arrived",
        "payment came in",
        "received your payment",
        "got your payment",
        "your payment is in",
        "your transfer has arrived",
        "you have paid",
        "payment has come in",
    ];
    const PAID_THEY_SAY: &[&str] = &[
        "just paid",
        "have paid",
        "paid your invoice",
        "made the payment",
        "transferred",
    ];
    const REFERRED: &[&str] = &[
        "you recommended us",
        "you recommended me",
        "you referred",
        "you sent him our way",
        "you sent her our way",
        "you sent them our way",
        "your recommendation",
        "your referral",
        "you passed on our name",
        "you mentioned us",
        "you gave him our number",
        "you gave her our number",
    ];
    const ENDED: &[&str] = &[
        "project is finished",
        "project is done",
        "project is complete",
        "project has ended",
        "that was the last of it",
        "everything is handed over",
        "concludes the project",
        "end of the project",
        "end of our project",
    ];
    const THANKED: &[&str] = &[
        "thank",
        "thanks",
        "grateful",
        "gratitude",
        "appreciate",
        "appreciated",
        "obliged",
        "kind of you",
    ];
    let (own, earlier) = (own_words(situation.draft), earlier_words(situation.draft));
    if has_any(&own, THANKED) || count(&own) < 4 {
        return None;
    }
    let (what, is_big) = if has_any(&own, REFERRED) {
        ("recommending us", true)
    } else if has_any(&own, ENDED) {
        ("working with us on this", true)
    } else if has_any(&own, PAID) || has_any(&earlier, PAID_THEY_SAY) {
        ("paying so promptly", false)
    } else {
        return None;
    };
    let name = situation.client.first_name();
    let mut text = format!("Thank {name} for {what}.");
    if is_big {
        text.push_str(" For a moment like this a card by hand says more than a mail");
        let address = situation.client.addresses.first().map(|address| {
            let parts = address.parts();
            parts
                .into_iter()
                .filter(|part| !part.trim().is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        });
        match address.filter(|address| !address.is_empty()) {
            Some(address) => text.extend([": ", address.as_str(), "."]),
            None => text.push_str("; no postal address is noted yet."),
        }
    }
    Some(Suggestion {
        name: KIND.name,
        text,
        words: format!("Thank you for {what}."),
        note: None,
    })
}
