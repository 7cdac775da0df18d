//! How a record is read and written.
//!
//! Every record is an object of text keys. What a field cannot hold stays in the record's `other` keys, beside
//! those of newer versions, and is written back as it was: nothing makes a record unreadable. One reader for
//! all records, rather than one derived for each, is a tenth of the code in each wasm module.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    AgeOn, Client, Contact, NameParts, Note, Occasion, Other, Person, PostalAddress, Project, Promise,
};

/// Something that stands under a key of a record.
pub(super) trait Field: Default + PartialEq {
    /// Reads a value, or gives it back where it is of another kind.
    fn read(value: Value) -> Result<Self, Value>;

    fn write(self) -> Value;
}

/// Takes a field out of a record; what it cannot hold stays there.
pub(super) fn take<F: Field>(record: &mut Other, key: &str) -> F {
    let Some(value) = record.remove(key) else {
        return F::default();
    };
    F::read(value).unwrap_or_else(|value| {
        record.insert(key.to_owned(), value);
        F::default()
    })
}

/// Puts a field into a record; an empty one only where records always had it.
pub(super) fn put<F: Field>(record: &mut Other, key: &str, field: F, is_always: bool) {
    if field != F::default() || (is_always && !record.contains_key(key)) {
        record.insert(key.to_owned(), field.write());
    }
}

impl Field for String {
    fn read(value: Value) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        }
    }

    fn write(self) -> Value {
        Value::String(self)
    }
}

impl Field for bool {
    fn read(value: Value) -> Result<Self, Value> {
        value.as_bool().ok_or(value)
    }

    fn write(self) -> Value {
        Value::Bool(self)
    }
}

impl Field for u16 {
    fn read(value: Value) -> Result<Self, Value> {
        value
            .as_u64()
            .and_then(|number| number.try_into().ok())
            .ok_or(value)
    }

    fn write(self) -> Value {
        self.into()
    }
}

impl<F: Field> Field for Option<F> {
    fn read(value: Value) -> Result<Self, Value> {
        if value.is_null() {
            Ok(None)
        } else {
            F::read(value).map(Some)
        }
    }

    fn write(self) -> Value {
        self.map_or(Value::Null, F::write)
    }
}

impl<F: Field + Clone> Field for Vec<F> {
    fn read(value: Value) -> Result<Self, Value> {
        // One entry of another kind leaves the whole list to the newer version that wrote it.
        match &value {
            Value::Array(list) => list
                .iter()
                .map(|entry| F::read(entry.clone()).ok())
                .collect::<Option<_>>()
                .ok_or(value),
            _ => Err(value),
        }
    }

    fn write(self) -> Value {
        self.into_iter().map(F::write).collect()
    }
}

impl Field for BTreeMap<String, String> {
    fn read(value: Value) -> Result<Self, Value> {
        match &value {
            Value::Object(object) => {
                let pair = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
                object.iter().map(pair).collect::<Option<_>>().ok_or(value)
            }
            _ => Err(value),
        }
    }

    fn write(self) -> Value {
        let mut object = Other::new();
        // To collect them would sort them first.
        object.extend(self.into_iter().map(|(key, text)| (key, Value::String(text))));
        Value::Object(object)
    }
}

/// Makes a record of a type with a field `other`: first the fields that are always written, then those that are
/// written where something stands in them.
macro_rules! record {
    ($record:ident { $($always:ident)* } $($set:ident)*) => {
        impl From<Other> for $record {
            fn from(mut record: Other) -> Self {
                Self {
                    $($always: take(&mut record, stringify!($always)),)*
                    $($set: take(&mut record, stringify!($set)),)*
                    other: record,
                }
            }
        }

        impl From<$record> for Other {
            fn from(own: $record) -> Self {
                let mut record = own.other;
                $(put(&mut record, stringify!($always), own.$always, true);)*
                $(put(&mut record, stringify!($set), own.$set, false);)*
                record
            }
        }

        impl Field for $record {
            fn read(value: Value) -> Result<Self, Value> {
                match value {
                    Value::Object(record) => Ok(record.into()),
                    other => Err(other),
                }
            }

            fn write(self) -> Value {
                Value::Object(self.into())
            }
        }
    };
}

record!(Client {
    name call_me company role emails phones call_hours timezone expertise known_terms about notes contacts
} id name_parts other_names labels domains language addresses websites people interests holidays cares_about dates
  must_succeed fears chose_us needs offers projects promises cadence vcard);
record!(NameParts {} prefix given middle family suffix);
record!(Person { relation name } born age_on about);
record!(AgeOn { years day });
record!(Occasion { what day });
record!(PostalAddress {} label po_box extended street locality region code country);
record!(Note { date text } sensitive asked);
record!(Contact { date kind topic });
record!(Promise { text made due } kept);
record!(Project { name state });
