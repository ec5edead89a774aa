//! Reads a table row by row.

use super::cells::{CellError, Lines, RawRow};
use super::columns::{Column, column_named};
use super::rows::{Place, Row, Table};
use crate::issue::{Issue, IssueCode};
use crate::onboarding::csv::without_guards;
use crate::secret::{self, Secret};
use crate::torque::PlanRepository;

pub(super) fn read_table(mut lines: Lines<'_>, separator: u8) -> Table {
    let mut table = Table::new(Vec::new(), false, &lines);
    let mut row = 0;
    while let Some(RawRow { line, cells, error }) = lines.cells(separator) {
        if error.is_none() && cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if table.columns.is_empty() {
            if let Some(CellError { code, line, column }) = error {
                table.report_header(code, line, column);
                break;
            }
            for cell in &cells {
                table.collect_tokens_in(cell);
            }
            read_header(&mut table, line, &cells);
            continue;
        }
        let kind = table.columns.iter().position(|column| *column == Column::Kind);
        if kind.and_then(|kind| cells.get(kind)).is_some_and(|kind| kind.trim().eq_ignore_ascii_case("provider")) {
            table.collect_tokens(&cells, true);
            continue;
        }
        let are_shifted = error.is_some() || cells.iter().skip(table.columns.len()).any(|cell| !cell.trim().is_empty());
        table.collect_tokens(&cells, are_shifted);
        let place = Place { row, line };
        row += 1;
        if let Some(CellError { code, line, column }) = error {
            table.report(Issue::new(code), Place { line, ..place }, column);
        } else if table.ends_at(place) {
            break;
        } else {
            read_row(&mut table, place, cells, kind.is_some());
        }
    }
    table
}

fn read_header(table: &mut Table, line: usize, cells: &[String]) {
    for (number, cell) in cells.iter().enumerate() {
        let column =
            if cell.trim().is_empty() { Column::Nameless } else { column_named(cell).unwrap_or_else(|| unknown(cell)) };
        match column {
            Column::Unknown | Column::UnknownTokens => table.report_header(IssueCode::LinesUnknownColumn, line, number),
            Column::Unused => table.report_header(IssueCode::LinesUnusedColumn, line, number),
            Column::Key(_) | Column::AllAgents | Column::Kind if table.columns.contains(&column) => {
                table.report_header(IssueCode::LinesDuplicateColumn, line, number);
                // Which of the two to read is not known.
                table.has_header_error = true;
            }
            _ => {}
        }
        table.columns.push(column);
    }
}

/// `Access Token`, `password`
fn unknown(name: &str) -> Column {
    if secret::is_name_of_secret(name) { Column::UnknownTokens } else { Column::Unknown }
}

/// Reads the cells of a row; those of a report have guards against formulas.
fn read_row(table: &mut Table, place: Place, cells: Vec<String>, is_guarded: bool) {
    let mut repository = PlanRepository::default();
    let mut all_agents = None;
    let mut has_error = false;
    for (number, cell) in cells.into_iter().enumerate() {
        let cell = if is_guarded { without_guards(&cell) } else { cell };
        let is_read = match table.columns.get(number).copied().unwrap_or(Column::Nameless) {
            Column::Key(key) => {
                if key == "token" {
                    table.misplaced.extend(repository.token.take());
                }
                set(&mut repository, key, cell)
            }
            Column::AllAgents => yes_or_no(&cell).map(|is| all_agents = is.map(|is| (is, number))),
            Column::Nameless if !cell.trim().is_empty() => {
                table.report(Issue::new(IssueCode::LinesTooManyCells), place, number);
                has_error = true;
                break;
            }
            _ => Ok(()),
        };
        if is_read.is_err() {
            table.report(Issue::new(IssueCode::InputNotAllowed).with("expected", YES_OR_NO), place, number);
            has_error = true;
        }
    }
    if let Some((is_all, number)) = all_agents
        && is_all != repository.agents.is_empty()
    {
        let expected = "true where no agents are named, false where some are";
        table.report(Issue::new(IssueCode::InputNotAllowed).with("expected", expected), place, number);
        has_error = true;
    }
    table.rows.push(Row { place, repository, has_error });
}

/// The words for `autoRegister` and `use_all_agents`.
/// `TRUE` and `FALSE` are written in the language of the spreadsheet.
const YES: [&str; 5] = ["true", "yes", "1", "wahr", "ja"];
const NO: [&str; 5] = ["false", "no", "0", "falsch", "nein"];
const YES_OR_NO: &str = "true, yes, 1, false, no, 0 or nothing";

/// The cell is none of the possible values.
struct NotAllowed;

/// An empty cell says nothing.
fn set(repository: &mut PlanRepository, key: &str, cell: String) -> Result<(), NotAllowed> {
    // A token is moved on as it is: no copy of it stays behind. Its check drops the blanks.
    if key == "token" {
        repository.token = Some(Secret::new(cell)).filter(|token| !token.expose().trim().is_empty());
        return Ok(());
    }
    let text = cell.trim();
    let given = (!text.is_empty()).then(|| text.to_owned());
    match key {
        "url" => text.clone_into(&mut repository.url),
        "name" => repository.name = given,
        "branch" => repository.branch = given,
        "credentialName" => repository.credential_name = given,
        "agents" => repository.agents = PlanRepository::read_agents(text),
        _ => repository.auto_register = yes_or_no(text)?.unwrap_or_default(),
    }
    Ok(())
}

/// What the cell says, if anything.
fn yes_or_no(cell: &str) -> Result<Option<bool>, NotAllowed> {
    let is = |words: [&str; 5]| words.iter().any(|word| cell.trim().eq_ignore_ascii_case(word));
    match cell.trim() {
        "" => Ok(None),
        _ if is(YES) => Ok(Some(true)),
        _ if is(NO) => Ok(Some(false)),
        _ => Err(NotAllowed),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z]{0,4}", "[a,;\"\r\n\t' =]{0,6}", "\\PC{0,5}"]
    }

    proptest! {
        /// What another library writes is read back unchanged.
        #[test]
        fn any_table_is_read_as_it_was_written(rows in prop::collection::vec((cell(), cell()), 0..6)) {
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
            writer.write_record(["url", "token", "name"]).unwrap();
            for (token, name) in &rows {
                writer.write_record(["u", token, name]).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let table = read_table(Lines::new(&text), b',');
            prop_assert!(table.issues.is_empty());
            let read = table.rows.iter().map(|row| &row.repository);
            let read: Vec<_> = read
                .map(|it| (it.token.as_ref().map_or("", Secret::expose), it.name.as_deref().unwrap_or_default()))
                .collect();
            let blank_is_none = |token: &'_ str| token.trim().is_empty();
            let expected: Vec<_> = rows
                .iter()
                .map(|(token, name)| (if blank_is_none(token) { "" } else { token.as_str() }, name.trim()))
                .collect();
            prop_assert_eq!(read, expected);
        }
    }
}
