//! Tables as files that spreadsheets open (RFC 4180), as they are set up in the language's country:
//! in Romania a semicolon stands between cells and a comma in decimals.

use crate::model::locale::Locale;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Any text; it is never read as a formula.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Hundredths: `12.50`.
    Hundredths(i64),
    /// Tenths: `4.5`.
    Tenths(i64),
    /// Nothing.
    Empty,
}

/// A table in UTF-8, with the mark by which Excel knows it.
pub fn written(l: Locale, rows: impl IntoIterator<Item = Vec<Cell>>) -> String {
    let separator = match l {
        Locale::Ro => ";",
        Locale::En => ",",
    };
    let mut file = String::from("\u{feff}");
    for row in rows {
        let cells: Vec<String> = row.into_iter().map(|cell| cell.written(l)).collect();
        file.push_str(&cells.join(separator));
        file.push_str("\r\n");
    }
    file
}

impl Cell {
    fn written(self, l: Locale) -> String {
        match self {
            Cell::Text(text) => quoted(&text),
            Cell::Whole(number) => number.to_string(),
            Cell::Hundredths(number) => decimal(l, number, 100),
            Cell::Tenths(number) => decimal(l, number, 10),
            Cell::Empty => String::new(),
        }
    }
}

fn decimal(l: Locale, number: i64, parts: u64) -> String {
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let point = match l {
        Locale::Ro => ',',
        Locale::En => '.',
    };
    let places = if parts == 100 { 2 } else { 1 };
    format!("{sign}{}{point}{:0places$}", size / parts, size % parts)
}

/// A text as it is. What a spreadsheet would take for a formula gets an apostrophe before it (OWASP,
/// "CSV Injection"), also when blanks stand before it, which some take away.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(['=', '+', '-', '@']);
    let apostrophe = if formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn each_country_has_its_own_signs() {
        let row =
            || vec![text("Pâine"), Cell::Whole(-3), Cell::Hundredths(1205), Cell::Tenths(-5), Cell::Empty];
        assert_eq!(written(Locale::Ro, [row()]), "\u{feff}\"Pâine\";-3;12,05;-0,5;\r\n");
        assert_eq!(written(Locale::En, [row()]), "\u{feff}\"Pâine\",-3,12.05,-0.5,\r\n");
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for formula in ["=1+1", "+40722", "-1", "@SUM(A1)", "  =1", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(written(Locale::En, [vec![text(formula)]]), format!("\u{feff}\"'{formula}\"\r\n"));
        }
        assert_eq!(quoted("a \"b\"; c"), "\"a \"\"b\"\"; c\"");
    }

    proptest! {
        #[test]
        fn a_cell_holds_its_text_and_ends_where_it_ends(any in strange::text(30)) {
            let cell = quoted(&any);
            let inside = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap();
            prop_assert!(!inside.replace("\"\"", "").contains('"'));
            let read = inside.replace("\"\"", "\"");
            prop_assert!(read == any || read.strip_prefix('\'') == Some(&*any));
            prop_assert!(!inside.starts_with(['=', '+', '-', '@']));
        }
    }
}
