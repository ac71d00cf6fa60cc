//! A QR code as a drawing.

use serde::{Deserialize, Serialize};

/// The dark squares of a QR code (ISO/IEC 18004).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrDrawing {
    /// How many squares a side has.
    pub side: u32,
    /// The dark ones as the path of an SVG, one unit to a square.
    pub path: String,
}

impl QrDrawing {
    /// The light squares that must lie around it.
    pub const MARGIN: u32 = 4;
}
