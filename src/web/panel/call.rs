//! Calling instead: whom, at which hour, and what comes after the call.
//!
//! Nothing is noted and nothing is written into the draft but by a press of the user's own, and both can be
//! undone.

mod card;

use std::collections::HashMap;

use wasm_bindgen_futures::spawn_local;

use self::card::Shown;
pub(super) use self::card::{CallCard, Callee, Press, Progress};
use super::actions::Deed;
use super::{Event, Mail, Panel, not_saved};
use crate::call::FollowUp;
use crate::checks::Context;
use crate::client::{Contact, called};
use crate::report::CallAdvice;
use crate::web::boundary::Outgoing;
use crate::web::browser::{self, Clock};
use crate::web::call_time::{CallTime, call_time};
use crate::web::correspondent::Correspondent;
use crate::web::store::{self, Change, Errand};
use crate::{Client, Draft};

/// How far the user has come with the calls about the mails of this page, by the mail's number.
#[derive(Debug, Default)]
pub(super) struct Calls(HashMap<u32, Progress>);

impl Calls {
    pub(super) fn progress(&self, mail: u32) -> Progress {
        self.0.get(&mail).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, mail: u32, progress: Progress) {
        self.0.insert(mail, progress);
    }
}

impl Panel {
    pub(super) fn show_call(&self) {
        let callee = self.callee();
        let (progress, can_follow_up) = match &self.mail {
            Mail::Open(composed) => (self.calls.progress(composed.mail), self.follow_up.is_some()),
            Mail::Closed | Mail::TooLong => (Progress::Advised, false),
        };
        self.call.show(&Shown {
            advice: &self.report.call,
            callee,
            time: callee.client.map_or_else(CallTime::default, time_for),
            progress,
            can_follow_up,
        });
    }

    /// Whom to call about the mail.
    pub(super) fn callee(&self) -> Callee<'_> {
        let mut callee = Callee::default();
        if let Mail::Open(composed) = &self.mail {
            match Correspondent::of(composed, self.known()) {
                Correspondent::Known(client) => {
                    callee.first_name = client.first_name();
                    callee.client = Some(client);
                }
                Correspondent::Unknown(recipient)
                | Correspondent::Addressless(recipient)
                | Correspondent::Colleague { recipient, .. } => {
                    callee.first_name = called(&recipient.name);
                }
                Correspondent::Nobody | Correspondent::Unreadable => {}
            }
        }
        callee
    }

    pub(super) fn press(&mut self, press: Press) {
        match press {
            Press::Talk => self.call.turn_talk(),
            Press::Code => self.call.turn_code(),
            Press::Copy => {
                let (inbox, number) = (self.inbox.clone(), self.call.number().clone());
                spawn_local(async move { inbox.put(Event::Copied(browser::copy_shown(&number).await)) });
            }
            Press::Called => self.log_call(),
            Press::FollowUp => self.write_follow_up(),
        }
    }

    /// The number is on the clipboard, or the browser refused.
    pub(super) fn copied(&mut self, done: bool) {
        let words = if done {
            "Number copied."
        } else {
            "The browser does not let Candor copy. The number is selected: copy it yourself."
        };
        self.done.show(words, None);
    }

    /// Notes the call with the client, where the notebook knows them.
    fn log_call(&mut self) {
        let Mail::Open(composed) = &self.mail else { return };
        let mail = composed.mail;
        let client = self.callee().client.map(|client| client.id.clone());
        let (Some(client), Some(notebook)) = (client, self.notebook.clone()) else {
            return self.logged(mail, Ok(None));
        };
        let contact = Contact {
            date: browser::today(),
            kind: "call".to_owned(),
            topic: self.report.call.topic.clone(),
            ..Contact::default()
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let logged = notebook.run(&Errand::Log { client, contact }).await;
            inbox.put(Event::Logged(mail, logged.map(|done| done.change)));
        });
    }

    /// The call is noted, or could not be; `None` where there is nowhere to note it.
    pub(super) fn logged(&mut self, mail: u32, logged: Result<Option<Change>, store::Error>) {
        let (words, change) = match logged {
            Ok(Some(change)) => (
                "The call is noted among your conversations.".to_owned(),
                Some(change),
            ),
            Ok(None) => (
                "Not noted: nobody of your notebook is called here.".to_owned(),
                None,
            ),
            Err(why) => (not_saved(&why), None),
        };
        self.calls.set(mail, Progress::Called);
        self.call.begin_anew();
        self.done.show(&words, Some(Deed::Called { mail, change }));
        // A mail that only confirms a call is not held.
        self.post_verdict();
        self.show();
    }

    fn write_follow_up(&mut self) {
        let (Mail::Open(composed), Some(FollowUp { span, text })) = (&self.mail, &self.follow_up) else {
            return;
        };
        if let Some(rewriting) = Outgoing::rewrite(composed, span, text.clone()) {
            self.replacing = Some(Deed::FollowedUp { mail: composed.mail });
            self.post(&rewriting);
        }
    }

    /// Goes back to before the user said that they called.
    pub(super) fn take_call_back(&mut self, mail: u32) {
        self.calls.set(mail, Progress::Advised);
        self.post_verdict();
        self.show();
    }
}

/// What a draft for which a call is advised can be turned into after it.
pub(super) fn follow_up(draft: &Draft, context: &Context, advice: &CallAdvice) -> Option<FollowUp> {
    if advice.advised {
        crate::call::follow_up(draft, context, advice)
    } else {
        None
    }
}

/// What time it is for a client, and when to call.
fn time_for(client: &Client) -> CallTime {
    let zone = client.timezone.trim();
    let theirs = if zone.is_empty() { None } else { Clock::of(zone) };
    let Some(ours) = Clock::of("") else {
        return CallTime::default();
    };
    let theirs = theirs.as_ref().map(|clock| move |instant| clock.at(instant));
    let theirs = theirs.as_ref().map(|clock| clock as &dyn Fn(_) -> _);
    call_time(client, browser::this_minute(), theirs, &|instant| {
        ours.at(instant)
    })
}
