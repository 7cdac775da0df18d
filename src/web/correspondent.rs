//! Which client a mail goes to.

use super::boundary::{Composed, Recipient};
use crate::Client;

/// Somebody a mail goes to, as far as the notebook knows them.
#[derive(Debug, PartialEq)]
pub(super) enum Correspondent<'a> {
    /// Nobody is written in yet.
    Nobody,
    /// The page does not let its recipients be read.
    Unreadable,
    /// A client.
    Known(&'a Client),
    /// Somebody who is not in the notebook, at the company of clients who are.
    Colleague {
        recipient: &'a Recipient,
        /// Those who are, at least one.
        clients: Vec<&'a Client>,
    },
    /// A recipient with an address that the notebook knows nothing of.
    Unknown(&'a Recipient),
    /// A recipient who shows no address to look for.
    Addressless(&'a Recipient),
}

impl<'a> Correspondent<'a> {
    /// Whom a draft is judged for: the first recipient who is in the notebook, else the first at a company
    /// that is, else the first with an address.
    pub(super) fn of(composed: &'a Composed, clients: &'a [Client]) -> Self {
        let mut all = Self::all(composed, clients);
        if all.is_empty() {
            return if composed.recipients_known {
                Self::Nobody
            } else {
                Self::Unreadable
            };
        }
        all.swap_remove(0)
    }

    /// Everybody the mail goes to, each once, those the notebook knows most of first.
    pub(super) fn all(composed: &'a Composed, clients: &'a [Client]) -> Vec<Self> {
        // Sorting by kind, since there are few of each and few in all.
        let mut kinds: [Vec<Self>; 4] = Default::default();
        for recipient in &composed.recipients {
            if recipient.label().is_empty() {
                continue;
            }
            let one = Self::of_recipient(recipient, clients);
            let kind = &mut kinds[match one {
                Self::Known(_) => 0,
                Self::Colleague { .. } => 1,
                Self::Unknown(_) => 2,
                _ => 3,
            }];
            if !kind.iter().any(|other| one.is(other)) {
                kind.push(one);
            }
        }
        kinds.into_iter().flatten().collect()
    }

    /// Whether two are the same person, as far as the mail and the notebook tell.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => one.id == other.id,
            (
                Self::Unknown(one) | Self::Addressless(one) | Self::Colleague { recipient: one, .. },
                Self::Unknown(other) | Self::Addressless(other) | Self::Colleague { recipient: other, .. },
            ) => one == other,
            _ => false,
        }
    }

    fn of_recipient(recipient: &'a Recipient, clients: &'a [Client]) -> Self {
        if !has_address(recipient) {
            return Self::Addressless(recipient);
        }
        let has = |is_same: fn(&str, &str) -> bool| {
            clients.iter().find(|client| {
                let mut emails = client.emails.iter();
                emails.any(|email| is_same(email, &recipient.address))
            })
        };
        if let Some(client) = has(same_address).or_else(|| has(same_box)) {
            return Self::Known(client);
        }
        let at_company = |client: &&Client| {
            let mut domains = client.domains.iter();
            domains.any(|domain| is_at(&recipient.address, domain))
        };
        let clients: Vec<&Client> = clients.iter().filter(at_company).collect();
        if clients.is_empty() {
            Self::Unknown(recipient)
        } else {
            Self::Colleague { recipient, clients }
        }
    }

    /// What to call them: `Cathy`, `someone at Foundation Ltd`, an address; empty for nobody.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Nobody | Self::Unreadable => String::new(),
            Self::Known(client) => client.first_name().to_owned(),
            Self::Colleague { .. } => format!("someone at {}", self.company()),
            Self::Unknown(recipient) | Self::Addressless(recipient) => recipient.label().to_owned(),
        }
    }

    /// The company of a colleague's, by its name or else by its domain; empty for others.
    pub(super) fn company(&self) -> &str {
        let Self::Colleague { recipient, clients } = self else {
            return "";
        };
        let named = clients.iter().map(|client| client.company.trim());
        let domain = || recipient.address.trim().rsplit('@').next().unwrap_or_default();
        named
            .into_iter()
            .find(|company| !company.is_empty())
            .unwrap_or_else(domain)
    }

    /// The client who is added for them, as far as the mail tells; `None` for who is one, and for nobody.
    pub(super) fn newcomer(&self) -> Option<Client> {
        let (Self::Unknown(recipient) | Self::Colleague { recipient, .. }) = self else {
            return None;
        };
        Some(Client {
            name: recipient.label().to_owned(),
            company: self.company().to_owned(),
            emails: vec![recipient.address.trim().to_owned()],
            ..Client::default()
        })
    }
}

/// Whether two mail addresses are the same: compared without case, as every webmail does.
pub(super) fn same_address(one: &str, other: &str) -> bool {
    let one = one.trim();
    !one.is_empty() && same_letters(one.chars(), other.trim().chars())
}

/// Whether a mail to an address reaches the box of another that is noted: `cathy+shop@` is `cathy@`, and Gmail
/// knows no dots. A tag that is noted is part of who it is: `team+anna@` is not `team+ben@`.
fn same_box(noted: &str, address: &str) -> bool {
    const GMAIL: [&str; 2] = ["gmail.com", "googlemail.com"];
    let is_gmail = |domain: &str| GMAIL.iter().any(|gmail| domain.eq_ignore_ascii_case(gmail));
    let parts = (noted.trim().rsplit_once('@'), address.trim().rsplit_once('@'));
    let (Some((noted, at_noted)), Some((name, at))) = parts else {
        return false;
    };
    let untagged = name.split('+').next().unwrap_or_default();
    if noted.is_empty() || untagged.is_empty() {
        return false;
    }
    let is_same = |name: &str| {
        if is_gmail(at_noted) && is_gmail(at) {
            let is_letter = |char: &char| *char != '.';
            return same_letters(noted.chars().filter(is_letter), name.chars().filter(is_letter));
        }
        same_letters(at_noted.chars(), at.chars()) && same_letters(noted.chars(), name.chars())
    };
    is_same(name) || is_same(untagged)
}

/// Whether two texts are the same but for their case. Stops at the first letter that differs, since everybody
/// in the notebook is compared.
fn same_letters(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> bool {
    one.flat_map(char::to_lowercase)
        .eq(other.flat_map(char::to_lowercase))
}

/// Whether an address is at a company's domain, or at one below it.
fn is_at(address: &str, domain: &str) -> bool {
    let domain = domain.trim().trim_start_matches('@');
    let Some((_, host)) = address.trim().rsplit_once('@') else {
        return false;
    };
    let Some(start) = host
        .len()
        .checked_sub(domain.len())
        .filter(|_| !domain.is_empty())
    else {
        return false;
    };
    let ends_so = host
        .get(start..)
        .is_some_and(|end| end.eq_ignore_ascii_case(domain));
    ends_so && (start == 0 || host[..start].ends_with('.'))
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
    fn the_first_client_among_several_is_judged_for() {
        let clients = [cathy()];
        let mail = composed(&[
            recipient("Sam Lee", "sam@lee.example"),
            recipient("C.", "cathy@andrelighting.example"),
            recipient("Cathy", "cathy@home.example"),
            recipient("", "jo@doe.example"),
        ]);
        assert_eq!(
            Correspondent::of(&mail, &clients),
            Correspondent::Known(&clients[0])
        );
        let names: Vec<String> = Correspondent::all(&mail, &clients)
            .iter()
            .map(Correspondent::name)
            .collect();
        assert_eq!(
            names,
            ["Cathy", "Sam Lee", "jo@doe.example"],
            "each once, clients first"
        );
    }

    #[test]
    fn another_name_of_the_same_box_is_the_same_client() {
        let clients = [
            cathy(),
            Client {
                id: "2".into(),
                emails: vec!["joe.doe@gmail.com".into()],
                ..Client::default()
            },
        ];
        let find = |address: &str| match Correspondent::of(&composed(&[recipient("", address)]), &clients) {
            Correspondent::Known(client) => client.id.clone(),
            _ => String::new(),
        };
        assert_eq!(find("Cathy+invoices@andrelighting.example"), "1");
        assert_eq!(find("j.o.e.doe+x@googlemail.com"), "2");
        for other in [
            "c.athy@andrelighting.example",
            "+x@andrelighting.example",
            "cathy",
        ] {
            assert_eq!(find(other), "", "{other}");
        }
    }

    #[test]
    fn a_tag_that_is_noted_is_part_of_who_it_is() {
        let of = |id: &str, address: &str| Client {
            id: id.into(),
            emails: vec![address.into()],
            ..Client::default()
        };
        let clients = [of("1", "team+anna@shared.example"), of("2", "a.b+anna@gmail.com")];
        let is_known = |address: &str| {
            let mail = composed(&[recipient("", address)]);
            matches!(Correspondent::of(&mail, &clients), Correspondent::Known(_))
        };
        assert!(is_known("Team+Anna@shared.example") && is_known("ab+anna@googlemail.com"));
        for other in [
            "team+ben@shared.example",
            "team@shared.example",
            "ab+ben@gmail.com",
            "ab@gmail.com",
        ] {
            assert!(!is_known(other), "{other}");
        }
    }

    #[test]
    fn who_is_at_a_clients_company_is_somebody_there() {
        let clients = [Client {
            company: "Foundation Ltd".into(),
            domains: vec!["Foundation.example".into()],
            ..cathy()
        }];
        let mail = composed(&[recipient("Bo Dahl", "bo@mail.foundation.example")]);
        let to = Correspondent::of(&mail, &clients);
        assert_eq!(to.name(), "someone at Foundation Ltd");
        let newcomer = to.newcomer().unwrap();
        assert_eq!(
            (&*newcomer.name, &*newcomer.company),
            ("Bo Dahl", "Foundation Ltd")
        );
        let mail = composed(&[recipient("", "bo@myfoundation.example")]);
        assert_eq!(
            Correspondent::of(&mail, &clients),
            Correspondent::Unknown(&mail.recipients[0])
        );
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
