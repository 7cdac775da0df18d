//! Both readers on one draft, or the quick one alone.

use candor::checks::check_with;
use candor::reader::{Model, Reader};
use candor::{Report, Settings};

use super::input::Case;

/// The careful reader's model; empty in a checkout that has none yet.
static MODEL: &[u8] = include_bytes!("../../train/model/reader.safetensors");

/// What judges every draft of a run.
pub(super) struct Judge<'s> {
    settings: &'s Settings,
    reader: Option<Reader>,
}

impl<'s> Judge<'s> {
    /// Reads the model, where it is wanted and there.
    pub(super) fn new(settings: &'s Settings) -> Result<Self, String> {
        let wanted = settings.careful && !MODEL.is_empty();
        let model = wanted.then(|| Model::read(MODEL)).transpose();
        let reader = model.map_err(|error| error.to_string())?.map(Reader::new);
        Ok(Self { settings, reader })
    }

    /// What there is to say about a draft, whatever came before it.
    pub(super) fn report(&mut self, case: &Case) -> Report {
        let client = case.client.as_ref();
        let reading = self.reader.as_mut().map(|reader| {
            reader.forget();
            reader.read(&case.draft, client)
        });
        check_with(&case.draft, client, self.settings, reading.as_ref())
    }
}
