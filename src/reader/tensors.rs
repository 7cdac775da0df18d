//! The safetensors format: a header of JSON that says where in the file each tensor lies.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

/// A file of tensors, read but not copied.
pub(super) struct Tensors<'f> {
    entries: BTreeMap<String, Entry>,
    data: &'f [u8],
    /// What the writer of the file said about it.
    pub(super) metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

/// Why a file is no model of the careful reader: what is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAModel(Cow<'static, str>);

impl NotAModel {
    pub(super) fn new(why: impl Into<Cow<'static, str>>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for NotAModel {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "this is no model of the careful reader: {}", self.0)
    }
}

impl std::error::Error for NotAModel {}

impl<'f> Tensors<'f> {
    /// Reads the header and checks that all it names is in the file.
    pub(super) fn read(file: &'f [u8]) -> Result<Self, NotAModel> {
        let short = || {
            NotAModel::new(format!(
                "the file ends after {} bytes, inside its header",
                file.len()
            ))
        };
        let (length, rest) = file.split_first_chunk::<8>().ok_or_else(short)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| short())?;
        let (header, data) = rest.split_at_checked(length).ok_or_else(short)?;
        let mut header: BTreeMap<String, serde_json::Value> = serde_json::from_slice(header)
            .map_err(|error| NotAModel::new(format!("its header is not valid: {error}")))?;
        let no_entry = |name: &str, error: &serde_json::Error| {
            NotAModel::new(format!("the entry `{name}` is not valid: {error}"))
        };
        let metadata = match header.remove("__metadata__") {
            Some(metadata) => {
                serde_json::from_value(metadata).map_err(|error| no_entry("__metadata__", &error))?
            }
            None => BTreeMap::new(),
        };
        let mut entries = BTreeMap::new();
        for (name, entry) in header {
            let entry: Entry = serde_json::from_value(entry).map_err(|error| no_entry(&name, &error))?;
            let (start, end) = entry.data_offsets;
            if start > end || end > data.len() {
                return Err(NotAModel::new(format!(
                    "`{name}` is said to lie at bytes {start} to {end} of {}",
                    data.len()
                )));
            }
            entries.insert(name, entry);
        }
        Ok(Self {
            entries,
            data,
            metadata,
        })
    }

    /// The bytes of a tensor that must have this type and shape.
    pub(super) fn bytes(&self, name: &str, dtype: &str, shape: &[usize]) -> Result<&'f [u8], NotAModel> {
        let (found, bytes) = self.any(name, dtype)?;
        if found != shape {
            return Err(NotAModel::new(format!(
                "`{name}` has the shape {found:?} and not {shape:?}"
            )));
        }
        Ok(bytes)
    }

    /// Whether there is a tensor of this name and type.
    pub(super) fn holds(&self, name: &str, dtype: &str) -> bool {
        self.entries.get(name).is_some_and(|entry| entry.dtype == dtype)
    }

    /// The shape and the bytes of a tensor that must have this type.
    pub(super) fn any(&self, name: &str, dtype: &str) -> Result<(&[usize], &'f [u8]), NotAModel> {
        let entry = self
            .entries
            .get(name)
            .ok_or_else(|| NotAModel::new(format!("`{name}` is missing")))?;
        if entry.dtype != dtype {
            return Err(NotAModel::new(format!(
                "`{name}` is {} and not {dtype}",
                entry.dtype
            )));
        }
        let bytes = &self.data[entry.data_offsets.0..entry.data_offsets.1];
        let size = if dtype == "F32" { 4 } else { 1 };
        let wanted = entry
            .shape
            .iter()
            .try_fold(size, |all: usize, &side| all.checked_mul(side));
        if wanted != Some(bytes.len()) {
            return Err(NotAModel::new(format!(
                "`{name}` has {} bytes, too many or too few for its shape {:?}",
                bytes.len(),
                entry.shape
            )));
        }
        Ok((&entry.shape, bytes))
    }

    /// Signed bytes.
    pub(super) fn i8(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, NotAModel> {
        Ok(self
            .bytes(name, "I8", shape)?
            .iter()
            .map(|byte| byte.cast_signed())
            .collect())
    }

    /// Numbers, none of them infinite or undefined.
    pub(super) fn f32(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, NotAModel> {
        let bytes = self.bytes(name, "F32", shape)?;
        let (values, _) = bytes.as_chunks::<4>();
        let values: Vec<f32> = values.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        match values.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(NotAModel::new(format!("`{name}` is not a number at {at}"))),
            None => Ok(values),
        }
    }
}
