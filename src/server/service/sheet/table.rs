//! The text of a table: written, and read with the numbers of its lines.

use super::MAX_LINES;
use crate::model::{
    error::AppError,
    product::sheet::{Column, Problem, Wrong, guarded, unguarded},
};
use csv::{ReaderBuilder, Terminator, WriterBuilder};
use std::collections::BTreeMap;

/// Tells spreadsheets that the text is UTF-8.
const MARK: char = '\u{feff}';

/// What can stand between cells; when none is more frequent in the headings, the first.
const BETWEEN: [u8; 3] = [b';', b',', b'\t'];

/// One line below the headings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it begins in the file, from 1.
    pub(super) number: u64,
    /// What stands in its columns.
    pub(super) cells: BTreeMap<Column, String>,
}

/// Lines as a text.
pub(super) fn written(lines: impl Iterator<Item = Vec<String>>) -> Result<String, AppError> {
    let mut writer =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        let failed = |error| {
            tracing::error!(%error, "a table cannot be written");
            AppError::Internal
        };
        writer.write_record(line.into_iter().map(guarded)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|_| AppError::Internal)?;
    let text = String::from_utf8(bytes).map_err(|_| AppError::Internal)?;
    Ok(format!("{MARK}{text}"))
}

/// The lines of a text, or all that is wrong with it as a table.
pub(super) fn read(text: &str) -> Result<Vec<Line>, Vec<Wrong>> {
    // The reader counts the ends of lines, and two signs are one end.
    let text = text.trim_start_matches(MARK).replace("\r\n", "\n").replace('\r', "\n");
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .delimiter(between(first))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let headings = match records.next() {
        Some(Ok(headings)) => headings,
        _ => return Err(vec![whole(1, Problem::Empty)]),
    };
    let columns = columns(headings.iter())?;
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for record in records {
        // The text is UTF-8 and lines may have any number of cells: nothing else can be wrong.
        let Ok(record) = record else { return Err(vec![whole(1, Problem::Cells)]) };
        let number = record.position().map_or(0, |begins| begins.line() + blank(&text, begins.byte()));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() == MAX_LINES {
            let most = u32::try_from(MAX_LINES).unwrap_or(u32::MAX);
            return Err(vec![whole(number, Problem::TooMany(most))]);
        }
        if record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
            wrong.push(whole(number, Problem::Cells));
            continue;
        }
        let cells = columns.iter().zip(&record);
        let cells = cells.filter_map(|(column, cell)| Some(((*column)?, unguarded(cell.trim()).to_owned())));
        lines.push(Line { number, cells: cells.collect() });
    }
    match (wrong.is_empty(), lines.is_empty()) {
        (false, _) => Err(wrong),
        (true, true) => Err(vec![whole(1, Problem::Empty)]),
        (true, false) => Ok(lines),
    }
}

/// How many empty lines stand here, which the reader counts as the beginning of what follows.
fn blank(text: &str, at: u64) -> u64 {
    let rest = text.as_bytes().iter().skip(usize::try_from(at).unwrap_or(usize::MAX));
    rest.take_while(|byte| **byte == b'\n').map(|_| 1).sum()
}

fn between(headings: &str) -> u8 {
    let count = |sign: u8| headings.bytes().filter(|byte| *byte == sign).count();
    let mut best = BETWEEN[0];
    for sign in BETWEEN {
        if count(sign) > count(best) {
            best = sign;
        }
    }
    best
}

/// The column of each place; none where there is no heading and so nothing may stand below.
fn columns<'a>(headings: impl Iterator<Item = &'a str>) -> Result<Vec<Option<Column>>, Vec<Wrong>> {
    let (mut columns, mut wrong): (Vec<Option<Column>>, Vec<Wrong>) = Default::default();
    for heading in headings {
        let short = || heading.trim().chars().take(40).collect::<String>();
        match Column::from_heading(heading) {
            None if heading.trim().is_empty() => columns.push(None),
            None => wrong.push(whole(1, Problem::Heading(short()))),
            Some(column) if columns.contains(&Some(column)) => {
                wrong.push(whole(1, Problem::HeadingTwice(short())));
            }
            column => columns.push(column),
        }
    }
    let keys = [Column::Id, Column::Slug, Column::Name];
    if wrong.is_empty() && !keys.iter().any(|key| columns.contains(&Some(*key))) {
        wrong.push(whole(1, Problem::NoKey));
    }
    if wrong.is_empty() { Ok(columns) } else { Err(wrong) }
}

fn whole(line: u64, problem: Problem) -> Wrong {
    Wrong { line, column: None, problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<(u64, Vec<String>)> {
        let lines = read(text).unwrap();
        lines.into_iter().map(|line| (line.number, line.cells.into_values().collect())).collect()
    }

    #[test]
    fn semicolons_commas_and_tabs_are_understood() {
        for text in
            ["nume;pret\nPâine;12,50", "name,price\r\nPâine,\"12,50\"\r\n", "NUME\tPret\nPâine\t12,50\n"]
        {
            assert_eq!(cells(text), [(2, vec!["Pâine".to_owned(), "12,50".to_owned()])], "{text}");
        }
    }

    #[test]
    fn a_cell_of_several_lines_counts_them() {
        let text = "\u{feff}nume;descriere\n\"Pâine\";\"una\ndoua\"\n\nMiere;'=1\n";
        let expected = [
            (2, vec!["Pâine".to_owned(), "una\ndoua".to_owned()]),
            (5, vec!["Miere".to_owned(), "=1".to_owned()]),
        ];
        assert_eq!(cells(text), expected);
    }

    #[test]
    fn what_is_no_table_is_told() {
        let problems = |text: &str| {
            let wrong = read(text).unwrap_err();
            wrong.into_iter().map(|wrong| (wrong.line, wrong.problem)).collect::<Vec<_>>()
        };
        assert_eq!(problems(""), [(1, Problem::Empty)]);
        assert_eq!(problems("nume;pret\n;\n"), [(1, Problem::Empty)]);
        assert_eq!(problems("pret\n1\n"), [(1, Problem::NoKey)]);
        assert_eq!(problems("nume;Nume\nx;y\n"), [(1, Problem::HeadingTwice("Nume".into()))]);
        assert_eq!(problems("nume;$set\nx;y\n"), [(1, Problem::Heading("$set".into()))]);
        assert_eq!(problems("nume\nx\ny;z\n"), [(3, Problem::Cells)]);
        let many = format!("nume\n{}", "x\n".repeat(MAX_LINES + 1));
        assert_eq!(problems(&many), [(MAX_LINES as u64 + 2, Problem::TooMany(2000))]);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(names in proptest::collection::vec(strange::nearly("['=]?[a-zăș;,\"\n]{1,9}"), 1..5)) {
            // A cell is read without the spaces around it, and a line of nothing is none.
            let names: Vec<String> = names.iter().map(|name| name.trim().replace("\r\n", "\n").replace('\r', "\n")).collect();
            prop_assume!(names.iter().all(|name| !name.is_empty() && !name.contains('\0')));
            let lines = names.iter().map(|name| vec![name.clone(), "x".to_owned()]);
            let headings = vec!["nume".to_owned(), "categorie".to_owned()];
            let text = written(std::iter::once(headings).chain(lines)).unwrap();
            let read: Vec<_> = read(&text).unwrap().into_iter().map(|line| line.cells[&Column::Name].clone()).collect();
            prop_assert_eq!(read, names);
        }

        #[test]
        fn no_text_makes_it_fail(text in strange::nearly("(nume|pret|id)?[;,\t](pret|stoc)?\n(\"?[a-z;\"\n']{0,9}\n){0,3}")) {
            match read(&text) {
                Ok(lines) => prop_assert!(!lines.is_empty()),
                Err(wrong) => prop_assert!(!wrong.is_empty()),
            }
        }
    }
}
