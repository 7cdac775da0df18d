//! Which client a mail goes to.

use super::boundary::{Composed, Recipient};
use crate::Client;

/// Whom a draft is judged for.
#[derive(Debug, PartialEq)]
pub(super) enum Correspondent<'a> {
    /// Nobody is written in yet.
    Nobody,
    /// The page does not let its recipients be read.
    Unreadable,
    /// The first recipient who is in the notebook.
    Known(&'a Client),
    /// Nobody is in the notebook: the first recipient with an address.
    Unknown(&'a Recipient),
    /// No recipient shows an address to look for: the first one.
    Addressless(&'a Recipient),
}

impl<'a> Correspondent<'a> {
    /// Finds the recipients in the notebook by address, whatever its case.
    pub(super) fn of(composed: &'a Composed, clients: &'a [Client]) -> Self {
        let recipients = || {
            composed
                .recipients
                .iter()
                .filter(|recipient| !recipient.label().is_empty())
        };
        if let Some(client) = recipients().find_map(|recipient| client_of(recipient, clients)) {
            Self::Known(client)
        } else if let Some(first) = recipients().find(|recipient| has_address(recipient)) {
            Self::Unknown(first)
        } else if let Some(first) = recipients().next() {
            Self::Addressless(first)
        } else if composed.recipients_known {
            Self::Nobody
        } else {
            Self::Unreadable
        }
    }

    /// Names of the recipients besides this one, in the notebook's words where it has them.
    pub(super) fn others<'b>(&self, composed: &'b Composed, clients: &'b [Client]) -> Vec<&'b str> {
        let mut names: Vec<&str> = Vec::new();
        for recipient in &composed.recipients {
            let client = client_of(recipient, clients);
            let is_this_one = match self {
                Self::Known(known) => client.is_some_and(|client| client == *known),
                Self::Unknown(this) | Self::Addressless(this) => recipient == *this,
                Self::Nobody | Self::Unreadable => false,
            };
            let name = client.map_or(recipient.label(), |client| client.name.as_str());
            if !is_this_one && !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Whether two mail addresses reach the same box: compared without case, as every webmail does.
pub(super) fn same_address(one: &str, other: &str) -> bool {
    let one = one.trim();
    !one.is_empty() && one.to_lowercase() == other.trim().to_lowercase()
}

fn client_of<'a>(recipient: &Recipient, clients: &'a [Client]) -> Option<&'a Client> {
    clients.iter().find(|client| {
        client
            .emails
            .iter()
            .any(|email| same_address(email, &recipient.address))
    })
}

fn has_address(recipient: &Recipient) -> bool {
    !recipient.address.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(name: &str, address: &str) -> Recipient {
        Recipient {
            name: name.into(),
            address: address.into(),
        }
    }

    fn composed(recipients: &[Recipient]) -> Composed {
        Composed {
            recipients: recipients.to_vec(),
            recipients_known: true,
            ..Composed::default()
        }
    }

    fn cathy() -> Client {
        Client {
            id: "1".into(),
            name: "Cathy Andre".into(),
            emails: vec!["cathy@andrelighting.example".into(), "Cathy@Home.example".into()],
            ..Client::default()
        }
    }

    #[test]
    fn clients_are_found_by_any_address_whatever_its_case() {
        let clients = [cathy()];
        for address in ["CATHY@andrelighting.example", " cathy@home.example "] {
            let mail = composed(&[recipient("", address)]);
            assert_eq!(
                Correspondent::of(&mail, &clients),
                Correspondent::Known(&clients[0])
            );
        }
    }

    #[test]
    fn the_first_client_among_several_is_judged_for_and_the_others_are_named() {
        let clients = [cathy()];
        let mail = composed(&[
            recipient("Sam Lee", "sam@lee.example"),
            recipient("C.", "cathy@andrelighting.example"),
            recipient("", "jo@doe.example"),
        ]);
        let to = Correspondent::of(&mail, &clients);
        assert_eq!(to, Correspondent::Known(&clients[0]));
        assert_eq!(to.others(&mail, &clients), ["Sam Lee", "jo@doe.example"]);
    }

    #[test]
    fn a_recipient_without_an_address_is_said_to_be_one() {
        let mail = composed(&[recipient("Sam Lee", "")]);
        assert_eq!(
            Correspondent::of(&mail, &[cathy()]),
            Correspondent::Addressless(&mail.recipients[0])
        );
        let mail = composed(&[recipient("Sam Lee", ""), recipient("", "jo@doe.example")]);
        assert_eq!(
            Correspondent::of(&mail, &[]),
            Correspondent::Unknown(&mail.recipients[1])
        );
    }

    #[test]
    fn an_empty_address_matches_no_client() {
        let client = Client {
            emails: vec![String::new()],
            ..cathy()
        };
        let mail = composed(&[recipient("Sam Lee", "")]);
        assert_eq!(
            Correspondent::of(&mail, &[client]),
            Correspondent::Addressless(&mail.recipients[0])
        );
    }

    #[test]
    fn no_recipients_and_unreadable_recipients_differ() {
        assert_eq!(Correspondent::of(&composed(&[]), &[]), Correspondent::Nobody);
        assert_eq!(
            Correspondent::of(&Composed::default(), &[]),
            Correspondent::Unreadable
        );
    }
}
