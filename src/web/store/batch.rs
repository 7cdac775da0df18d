//! Many changes as one.

use super::journal::Deed;
use super::record::Record;
use super::write::Write;
use super::{Change, Error, Notebook, dom};
use crate::Client;
use crate::web::salvage::is_key;

/// One change of many.
#[derive(Debug, Clone)]
pub(in crate::web) struct Step {
    /// The client as they were when this was decided; `None` for a new one.
    pub(in crate::web) before: Option<Client>,
    /// As they are to be; `None` to delete them. A new one without a key gets one.
    pub(in crate::web) after: Option<Client>,
}

impl Notebook {
    /// Makes many changes as one, all or none: one entry of the history, one undo. Tells now and then how
    /// many are done, and stops, with nothing written, once it is told not to go on.
    ///
    /// # Errors
    ///
    /// `ChangedSince` or `Gone` when a client is not as they were when it was decided, `Taken`, `Stopped`,
    /// and what the browser refuses.
    pub(in crate::web) async fn batch(
        &self,
        what: Deed,
        steps: Vec<Step>,
        go_on: impl Fn(usize) -> bool,
    ) -> Result<Option<Change>, Error> {
        const NOW_AND_THEN: usize = 50;
        self.write(async |write| {
            for (done, step) in steps.into_iter().enumerate() {
                if done % NOW_AND_THEN == 0 && !go_on(done) {
                    return Err(Error::Stopped);
                }
                let before = match &step.before {
                    Some(seen) => {
                        let now = write.record(&seen.id).await?.ok_or(Error::Gone)?;
                        if now.client()? != *seen {
                            return Err(Error::ChangedSince);
                        }
                        Some(now)
                    }
                    None => None,
                };
                let after = match step.after {
                    Some(mut client) => {
                        client.id = match step.before {
                            Some(seen) => seen.id,
                            None => key_for(&client, write).await?,
                        };
                        Some(Record::of(&client))
                    }
                    None => None,
                };
                write.apply(what, before.as_ref(), after.as_ref()).await?;
            }
            Ok(write.change())
        })
        .await
    }
}

/// The key of a new client: their own of before where they come back from a backup, or one of their own.
async fn key_for(client: &Client, write: &Write) -> Result<String, Error> {
    if !is_key(&client.id) {
        return Ok(dom::window().crypto()?.random_uuid());
    }
    match write.record(&client.id).await? {
        // They have come back already, since this was decided.
        Some(_) => Err(Error::ChangedSince),
        None => Ok(client.id.clone()),
    }
}
