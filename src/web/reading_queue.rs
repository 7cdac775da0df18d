//! Which draft the careful reader gets next, and what it said last.
//!
//! At most one request is on its way and one waits; a newer one takes the place of the one that waits.

use crate::checks::Context;
use crate::reading::{Request, Shown};
use crate::{Finding, Reading};

/// Requests to the careful reader and its last answer.
#[derive(Debug, Default)]
pub(super) struct ReadingQueue {
    waiting: Option<Request>,
    /// Whether the writer has paused since the waiting request came.
    paused: bool,
    sent: Option<(u32, Request)>,
    read: Option<(Request, Reading)>,
    shown: Shown,
    last_id: u32,
}

impl ReadingQueue {
    /// Takes a draft that is to be read. Gives back whether it has to wait for a pause from now on: not
    /// where it is being read, or waits already, or was the last one read.
    pub(super) fn want(&mut self, request: Request) -> bool {
        let newest_sent = match (&self.sent, &self.read) {
            (Some((_, sent)), _) => Some(sent),
            (None, Some((read, _))) => Some(read),
            (None, None) => None,
        };
        if newest_sent == Some(&request) {
            self.waiting = None;
            return false;
        }
        if self.waiting.as_ref() == Some(&request) {
            return false;
        }
        self.waiting = Some(request);
        self.paused = false;
        true
    }

    /// The writer has paused.
    pub(super) fn pause(&mut self) {
        self.paused = true;
    }

    /// What is to be sent now, with its number.
    pub(super) fn next(&mut self) -> Option<(u32, &Request)> {
        if self.sent.is_some() || !self.paused {
            return None;
        }
        let request = self.waiting.take()?;
        self.last_id += 1;
        let (id, request) = &*self.sent.insert((self.last_id, request));
        Some((*id, request))
    }

    /// Takes an answer; gives back whether it is one to what was sent.
    pub(super) fn answered(&mut self, id: u32, reading: Reading) -> bool {
        let Some((_, request)) = self.sent.take_if(|(sent, _)| *sent == id) else {
            return false;
        };
        self.read = Some((request, reading));
        true
    }

    /// Whether a draft waits to be read or is being read.
    pub(super) fn is_reading(&self) -> bool {
        self.waiting.is_some() || self.sent.is_some()
    }

    /// What was last read, where it still stands in the draft.
    pub(super) fn reading(&self, now: &Context) -> Option<Reading> {
        let (request, reading) = self.read.as_ref()?;
        Some(Reading {
            shown: self.shown.clone(),
            ..reading.carried(request.body(), now)
        })
    }

    /// What is found by now is shown.
    pub(super) fn show(&mut self, now: &Context, findings: &[Finding]) {
        self.shown = Shown::new(now, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    fn request(body: &str) -> Request {
        Request::new(&Draft::new("", body), None)
    }

    fn sent(queue: &mut ReadingQueue) -> Option<(u32, String)> {
        queue.next().map(|(id, request)| (id, request.body().to_owned()))
    }

    #[test]
    fn one_is_read_and_the_newest_waits() {
        let mut queue = ReadingQueue::default();
        assert!(queue.want(request("a")) && !queue.want(request("a")));
        assert_eq!(sent(&mut queue), None, "nobody has paused");
        queue.pause();
        assert_eq!(sent(&mut queue), Some((1, "a".to_owned())));
        assert!(queue.want(request("b")) && queue.want(request("c")));
        queue.pause();
        assert_eq!(sent(&mut queue), None, "one is being read");
        assert!(!queue.answered(7, Reading::default()) && queue.answered(1, Reading::default()));
        assert_eq!(sent(&mut queue), Some((2, "c".to_owned())));
        assert!(queue.is_reading() && queue.answered(2, Reading::default()) && !queue.is_reading());
    }

    #[test]
    fn what_is_being_read_or_was_read_is_not_asked_for_again() {
        let mut queue = ReadingQueue::default();
        queue.want(request("a"));
        queue.pause();
        queue.next();
        assert!(queue.want(request("b")));
        assert!(!queue.want(request("a")), "it is being read");
        queue.answered(1, Reading::default());
        assert!(!queue.want(request("a")) && !queue.is_reading());
    }
}
