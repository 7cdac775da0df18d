//! A page's events, one after the other.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use gloo::events::{EventListener, EventListenerOptions};
use web_sys::{Event, EventTarget};

/// Where listeners put what happened; clones put into the same inbox.
#[derive(Debug)]
pub(super) struct Inbox<T>(UnboundedSender<T>);

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: 'static> Inbox<T> {
    /// An inbox and the end at which its page reads it.
    pub(super) fn new() -> (Self, UnboundedReceiver<T>) {
        let (sender, receiver) = unbounded();
        (Self(sender), receiver)
    }

    /// Puts something in. A page that has ended reads no more, and nothing is lost with it.
    pub(super) fn put(&self, happened: T) {
        self.0.unbounded_send(happened).ok();
    }

    /// Puts in what `read` makes of each such event, until the listener is dropped.
    ///
    /// `read` runs while the event is dispatched, so it may prevent the event's default.
    pub(super) fn on(
        &self,
        target: &EventTarget,
        event: &'static str,
        read: impl Fn(&Event) -> Option<T> + 'static,
    ) -> EventListener {
        let inbox = self.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(target, event, options, move |event| {
            if let Some(happened) = read(event) {
                inbox.put(happened);
            }
        })
    }
}
