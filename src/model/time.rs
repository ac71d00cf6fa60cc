//! Moments and what a clock on the wall of the shop shows.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment and `seconds` more.
    pub const fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this moment; 0 when it lies before.
    pub const fn seconds_since(self, earlier: Timestamp) -> i64 {
        let seconds = self.0.saturating_sub(earlier.0) / 1000;
        if seconds < 0 { 0 } else { seconds }
    }
}

/// Date and time in the shop's time zone. The server computes it, so that the browser needs no
/// time-zone data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallTime {
    /// Year, four digits.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
}

impl WallTime {
    /// `2025-01-13T12:30`, as ISO 8601 writes a time without a zone.
    pub fn iso(self) -> String {
        let WallTime { year, month, day, hour, minute } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}
