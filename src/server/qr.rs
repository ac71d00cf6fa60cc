//! QR codes.

use crate::model::qr::QrDrawing;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// A code that says this; none for a text that is too long for one. A quarter of it may be soiled.
pub fn drawing(text: &str) -> Option<QrDrawing> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (row, squares) in code.to_colors().chunks(side).enumerate() {
        let mut column = 0;
        // Neighbours are one stroke: printers draw a hair's breadth between squares.
        while column < side {
            let dark = squares[column..].iter().take_while(|colour| **colour == Color::Dark).count();
            if dark > 0 {
                let _ = write!(path, "M{column} {row}h{dark}v1h-{dark}z");
            }
            column += dark.max(1);
        }
    }
    Some(QrDrawing { side: u32::try_from(side).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that a path covers.
    fn covered(drawing: &QrDrawing) -> Vec<(usize, usize)> {
        let strokes = drawing.path.split('M').skip(1);
        strokes
            .flat_map(|stroke| {
                let (column, rest) = stroke.split_once(' ').unwrap();
                let (row, rest) = rest.split_once('h').unwrap();
                let length: usize = rest.split('v').next().unwrap().parse().unwrap();
                let (column, row): (usize, usize) = (column.parse().unwrap(), row.parse().unwrap());
                (column..column + length).map(move |column| (row, column))
            })
            .collect()
    }

    #[test]
    fn a_drawing_has_exactly_the_dark_squares() {
        let text = "https://shop.example/ro/admin/orders/65a1b2c3d4e5f60718293a4b";
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).unwrap();
        let drawing = drawing(text).unwrap();
        let side = code.width();
        assert_eq!(drawing.side as usize, side);
        let dark: Vec<(usize, usize)> = (0..side * side)
            .map(|place| (place / side, place % side))
            .filter(|(row, column)| code[(*column, *row)] == Color::Dark)
            .collect();
        assert_eq!(covered(&drawing), dark);
        // The eye in the corner (ISO/IEC 18004, 6.3.3).
        assert!(drawing.path.starts_with("M0 0h7v1h-7z"));
    }

    #[test]
    fn a_text_that_is_too_long_is_no_code() {
        assert_eq!(drawing(&"x".repeat(3000)), None);
    }
}
