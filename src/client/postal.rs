//! Where letters and parcels reach a client.

use serde::{Deserialize, Serialize};

use super::Other;

/// A postal address in the parts that address books exchange; any may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct PostalAddress {
    /// What it is: `work`, `home`.
    pub label: String,
    /// Post office box.
    pub po_box: String,
    /// Flat, floor, building.
    pub extended: String,
    /// Street with its number; more lines where it has several.
    pub street: String,
    /// City, town or village.
    pub locality: String,
    /// State, county or province.
    pub region: String,
    /// Postal code.
    pub code: String,
    /// Country, in words.
    pub country: String,
    /// Keys this version does not know.
    pub other: Other,
}

impl PostalAddress {
    /// The parts with their names, from the box to the country, as vCard orders them.
    pub fn parts(&self) -> [&str; 7] {
        [
            &self.po_box,
            &self.extended,
            &self.street,
            &self.locality,
            &self.region,
            &self.code,
            &self.country,
        ]
    }

    /// Whether it names no place.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.trim().is_empty())
    }
}
