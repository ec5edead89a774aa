//! Takes a text apart: into lines, and a line of a table into cells (RFC 4180).

use std::borrow::Cow;

use crate::issue::IssueCode;
use crate::onboarding::plan::MOST_REPOSITORIES;

/// One row after the other, in one pass. Separators, quotes and line ends are ASCII, so bytes will do.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    text: &'a str,
    place: usize,
    line: usize,
}

/// A row of a table, in pieces.
pub(super) struct RawRow {
    /// The one in which it begins.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// Why it cannot be split into cells.
    pub(super) error: Option<CellError>,
}

/// What is wrong with a cell.
pub(super) struct CellError {
    pub(super) code: IssueCode,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Further cells of a row must be empty, as spreadsheets write them.
const MOST_CELLS: usize = 1_000;

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, place: 0, line: 1 }
    }

    /// As many rows as there can be at most.
    pub(super) fn most(&self) -> usize {
        let ends = self.text.bytes().filter(|byte| matches!(byte, b'\r' | b'\n')).take(MOST_REPOSITORIES).count();
        MOST_REPOSITORIES.min(ends + 1)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    /// Everything up to the next byte of which `ends` is true.
    fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.place..];
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.place += length;
        &rest[..length]
    }

    /// Goes behind the line end, if one stands here: LF, CR LF, or CR.
    fn end_line(&mut self) -> bool {
        let length = match self.text.as_bytes()[self.place..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.place += length;
        self.line += 1;
        true
    }

    /// The number of this line, and what is left of it.
    pub(super) fn next(&mut self) -> Option<(usize, &'a str)> {
        self.peek()?;
        let line = self.line;
        let text = self.take_until(|byte| matches!(byte, b'\r' | b'\n'));
        self.end_line();
        Some((line, text))
    }

    /// Goes behind a line that only says what parts the cells, as Excel reads it: `sep=;`.
    pub(super) fn skip_separator(&mut self) -> Option<u8> {
        let mut behind = self.clone();
        let (_, line) = behind.next()?;
        let line = line.trim_matches('"');
        let (name, separator) = line.split_at_checked("sep=".len())?;
        let is_separator = name.eq_ignore_ascii_case("sep=") && separator.len() == 1;
        let separator =
            separator.bytes().find(|byte| is_separator && (byte.is_ascii_punctuation() || *byte == b'\t'))?;
        *self = behind;
        Some(separator)
    }

    pub(super) fn cells(&mut self, separator: u8) -> Option<RawRow> {
        self.peek()?;
        let ends_cell = |byte: u8| byte == separator || matches!(byte, b'\r' | b'\n');
        let mut row = RawRow { line: self.line, cells: Vec::new(), error: None };
        let mut column = 0;
        loop {
            let line = self.line;
            let cell = self.quoted();
            let rest = self.take_until(ends_cell);
            // A quote inside a bare cell, something behind the closing one, or no closing one.
            let is_misquoted = rest.contains('"') || cell.is_some() && !rest.is_empty();
            let cell = cell.map_or(Cow::Borrowed(rest), Cow::Owned);
            let code = if is_misquoted {
                Some(IssueCode::LinesQuote)
            } else {
                (column >= MOST_CELLS && !cell.trim().is_empty()).then_some(IssueCode::LinesTooManyCells)
            };
            if let (Some(code), None) = (code, &row.error) {
                row.error = Some(CellError { code, line, column });
            }
            if column < MOST_CELLS {
                row.cells.push(cell.into_owned());
            }
            column += 1;
            if self.peek() == Some(separator) {
                self.place += 1;
                continue;
            }
            self.end_line();
            return Some(row);
        }
    }

    /// The inside of a cell in quotes, if one stands here and comes to its end.
    fn quoted(&mut self) -> Option<String> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let (place, line) = (self.place, self.line);
        let mut cell = String::new();
        self.place += 1;
        loop {
            cell.push_str(self.take_until(|byte| matches!(byte, b'"' | b'\r' | b'\n')));
            let end = self.place;
            if self.end_line() {
                cell.push_str(&self.text[end..self.place]);
                continue;
            }
            if self.peek().is_none() {
                // It does not end: the issue is about this line, and the next line is read by itself.
                (self.place, self.line) = (place, line);
                return None;
            }
            self.place += 1;
            if self.peek() != Some(b'"') {
                return Some(cell);
            }
            cell.push('"');
            self.place += 1;
        }
    }
}
