//! The careful reader as the panel sees it: a Worker that is there while a draft is being written.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

use super::browser;
use super::reading_queue::ReadingQueue;
use crate::checks::Context;
use crate::reading::Request;
use crate::{Finding, Reading};

/// For how many milliseconds the writer has to pause before the draft is read.
const PAUSE: u32 = 700;

/// After how many milliseconds with nothing to read the Worker is ended.
const IDLE: u32 = 3 * 60 * 1000;

/// What is heard of the Worker and of the clock.
pub(super) enum Heard {
    Paused,
    Idle,
    Answer(Answer),
    /// The Worker could not be started, or broke.
    Broken(String),
}

/// What the Worker says.
#[derive(Deserialize)]
pub(super) struct Answer {
    id: u32,
    reading: Option<Reading>,
    error: Option<String>,
}

/// The careful reader and what it has read of the draft.
pub(super) struct Careful {
    hear: Rc<dyn Fn(Heard)>,
    queue: ReadingQueue,
    worker: Option<Worker>,
    pause: Option<Timeout>,
    idle: Option<Timeout>,
    trouble: Option<String>,
}

/// A running Worker; ended when dropped.
struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 2],
}

impl Careful {
    /// Starts nothing yet. What is heard is to be given back to [`Self::hear`].
    pub(super) fn new(hear: impl Fn(Heard) + 'static) -> Self {
        Self {
            hear: Rc::new(hear),
            queue: ReadingQueue::default(),
            worker: None,
            pause: None,
            idle: None,
            trouble: None,
        }
    }

    /// What is known of a draft, which is read once the writer pauses.
    pub(super) fn read(&mut self, draft: &Context, request: Request) -> Option<Reading> {
        if self.trouble.is_some() {
            return None;
        }
        if !draft.body.sentences.is_empty() && self.queue.want(request) {
            self.pause = Some(self.after(PAUSE, || Heard::Paused));
        }
        self.queue.reading(draft)
    }

    /// What is found in the draft by now is shown to the writer.
    pub(super) fn show(&mut self, draft: &Context, findings: &[Finding]) {
        self.queue.show(draft, findings);
    }

    /// Forgets the draft and ends the Worker.
    pub(super) fn stop(&mut self) {
        self.queue = ReadingQueue::default();
        self.worker = None;
        self.pause = None;
        self.idle = None;
    }

    /// Takes what was heard; gives back whether there is something new to show.
    pub(super) fn hear(&mut self, heard: Heard) -> bool {
        match heard {
            Heard::Paused => {
                self.queue.pause();
                self.send()
            }
            Heard::Idle => {
                self.worker = None;
                false
            }
            Heard::Answer(Answer { id, reading, error }) => match reading {
                Some(reading) => {
                    let new = self.queue.answered(id, reading);
                    self.send() || new
                }
                None => self.give_up(error.unwrap_or_default()),
            },
            Heard::Broken(why) => self.give_up(why),
        }
    }

    /// Whether the draft is not yet read as it stands.
    pub(super) fn is_reading(&self) -> bool {
        self.queue.is_reading()
    }

    /// Why there is no careful reader, where there is none.
    pub(super) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Sends what is to be read next; gives back whether that failed.
    fn send(&mut self) -> bool {
        #[derive(Serialize)]
        struct Message<'r> {
            id: u32,
            request: &'r Request,
        }
        let Some((id, request)) = self.queue.next() else {
            return false;
        };
        let message = browser::to_js(&Message { id, request });
        self.idle = Some(self.after(IDLE, || Heard::Idle));
        let worker = match self.worker.take() {
            Some(worker) => Ok(worker),
            None => Worker::start(&self.hear),
        };
        match worker.and_then(|worker| worker.worker.post_message(&message).map(|()| worker)) {
            Ok(worker) => {
                self.worker = Some(worker);
                false
            }
            Err(why) => self.give_up(format!("{why:?}")),
        }
    }

    /// Leaves reading to the quick reader for as long as this page stands.
    fn give_up(&mut self, why: String) -> bool {
        self.stop();
        self.trouble = Some(why);
        true
    }

    fn after(&self, milliseconds: u32, heard: impl Fn() -> Heard + 'static) -> Timeout {
        let hear = self.hear.clone();
        Timeout::new(milliseconds, move || hear(heard()))
    }
}

impl Worker {
    fn start(hear: &Rc<dyn Fn(Heard)>) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options("reader.js", &options)?;
        let answered = hear.clone();
        let on_message = EventListener::new(&worker, "message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            answered(match browser::from_js(&event.data()) {
                Some(answer) => Heard::Answer(answer),
                None => Heard::Broken("its answer makes no sense".to_owned()),
            });
        });
        let broken = hear.clone();
        let on_error = EventListener::new(&worker, "error", move |event| {
            let why = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            broken(Heard::Broken(why.unwrap_or_default()));
        });
        Ok(Self {
            worker,
            _listeners: [on_message, on_error],
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
