//! What the panel says of the draft as a whole: in place of findings, of what keeps it from judging better, and in
//! a few words to assistive technology.

use super::{Clients, Mail, Panel};
use crate::draft::own_ranges;
use crate::report::CallAdvice;
use crate::web::boundary::Composed;
use crate::web::correspondent::Correspondent;
use crate::web::wording;

const READING: &str = "Reading this draft…";

impl Panel {
    /// What there is to say in place of findings; empty when there are some.
    pub(super) fn verdict(&self) -> String {
        match &self.mail {
            Mail::Open(_) if matches!(self.clients, Clients::Opening) => READING.to_owned(),
            Mail::Closed => READING.to_owned(),
            Mail::TooLong => {
                "This draft is too long to judge: Candor reads up to a million characters.".to_owned()
            }
            Mail::Open(_) if let Some(language) = &self.foreign => format!(
                "This draft seems to be in {language}. \
                 Candor reads English so far and stays silent."
            ),
            Mail::Open(_) if !self.report.findings.is_empty() => String::new(),
            Mail::Open(composed) if own_text(composed).trim().is_empty() => "Nothing written yet.".to_owned(),
            Mail::Open(_) if self.report.call.advised => "Nothing else to mention.".to_owned(),
            Mail::Open(_) => "Nothing to mention.".to_owned(),
        }
    }

    /// What keeps the judgement from being all it could be.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        match &self.clients {
            Clients::Unavailable(error) => remarks.push(format!(
                "Your notebook cannot be opened here: {error}. The draft is still checked."
            )),
            Clients::Late => remarks.push("Your notebook is still being opened.".to_owned()),
            Clients::Opening | Clients::Read(_) => {}
        }
        if let Mail::Open(composed) = &self.mail {
            match Correspondent::of(composed, self.known()) {
                Correspondent::Nobody => {
                    remarks.push("No recipient yet: judged for a client unknown to Candor.".to_owned());
                }
                Correspondent::Unreadable => remarks.push(
                    "The recipients cannot be read here: judged for a client unknown to Candor.".to_owned(),
                ),
                _ => {}
            }
            if let Some(why) = self.careful.trouble().filter(|_| self.settings.careful) {
                remarks.push(format!(
                    "Only the quick reader reads here: the careful one could not start ({why})."
                ));
            }
            for part in composed.partly.iter().filter(|part| *part != "recipients") {
                remarks.push(match part.as_str() {
                    "send" => "The button to send cannot be found here, so Send is never held.".to_owned(),
                    part => format!("The {part} cannot be read here."),
                });
            }
        }
        remarks
    }

    /// How much there is to say, in a few words.
    pub(super) fn announcement(&self) -> String {
        let CallAdvice { advised, .. } = self.report.call;
        let call = if advised { " A call is advised." } else { "" };
        match self.report.findings.len() {
            0 => format!("{}{call}", self.verdict()),
            count => format!("{}.{call}", wording::count(count, "finding")),
        }
    }
}

/// The writer's own words in a mail.
pub(super) fn own_text(composed: &Composed) -> String {
    let draft = composed.draft(None);
    own_ranges(&draft.body, &draft.context)
        .into_iter()
        .map(|range| &draft.body[range])
        .collect()
}
