//! Many repositories at once, as text: lines of URLs, or a table from a spreadsheet.

use std::borrow::Cow;

use super::misplaced::Tokens;
use super::plan::{MOST_REPOSITORIES, RepositoryChecks, TokenNeeds, too_many_repositories};
use crate::base_url::BaseUrl;
use crate::issue::{Issue, IssueCode, Issues, PathSegment, collect};
use crate::secret::Secret;
use crate::token::{Purpose, is_marked_by_gitlab};
use crate::torque::{PlanRepository, RepositoryPayload};
use crate::url_reader;

/// The keys of a [`PlanRepository`], as a header row names them.
const COLUMNS: [&str; 7] = ["url", "name", "branch", "token", "credentialName", "agents", "autoRegister"];

/// Of further cells in a row nothing is kept, and only spreadsheets write any: blank ones.
const MOST_CELLS: usize = 1_000;

/// A column without name, and one whose name was told to be unknown.
const NAMELESS: &str = "";
const UNKNOWN: &str = "?";

/// What was read from a text: the repositories that can be connected, and all that is wrong with the others.
#[derive(Debug)]
pub struct PlanLines {
    /// The rows about which no error is told, in the text's order; their URLs are canonical. As long as `issues` hold no
    /// error these are all rows. Otherwise the user decides whether to go on with them.
    pub good: Vec<PlanRepository>,
    /// Each with `line` and, where it is about one cell, `column`, both counted from 1; and with the path of its value
    /// among the rows: `[3, "url"]`. No issue holds the text of a cell: it may be a token.
    pub issues: Issues,
    /// Whether the text may be stored where others could read it: addresses alone, one in each line, and nothing that is or
    /// holds a secret. Never so with a table, nor with a text that was not read to its end.
    pub may_be_kept: bool,
}

impl PlanLines {
    /// Reads lines of URLs, one in each; or, where the first row names the column `url`, CSV (RFC 4180; commas, semicolons or
    /// tabs between the cells). Capital letters, blanks, `_` and `-` in the names of columns do not matter; several agents
    /// stand in one cell with `;` or `|` between them. Empty lines are passed over.
    ///
    /// Each row is checked as [`super::Plan::check`] does: whether it lies inside `base` (without one: whether it is a
    /// repository at all), its names and its token. With [`Purpose::Repository`] each needs a token or a stored credential.
    ///
    /// The issues are those of the check and `lines.…`. In `plan.duplicate_name` and `plan.duplicate_repository` the number
    /// of the first one is that of its line. No more rows are read than a plan may have repositories
    /// (`plan.too_many_repositories`).
    ///
    /// ```
    /// use torque_gitlab_connect::onboarding::PlanLines;
    ///
    /// let text = "url,branch,agents\r\nhttps://gitlab.example.com/group/one.git,main,\"eks;aks\"\r\nsomewhere,,\r\n";
    /// let read = PlanLines::read(text, None, None);
    /// assert_eq!(read.good.len(), 1);
    /// assert_eq!(read.good[0].url, "https://gitlab.example.com/group/one");
    /// assert_eq!(read.good[0].agents, ["eks", "aks"]);
    /// assert!(read.issues.has_error());
    ///
    /// let text = "https://gitlab.example.com/group/one\nhttps://gitlab.example.com/group/two\n";
    /// assert_eq!(PlanLines::read(text, None, None).good.len(), 2);
    /// ```
    #[must_use]
    pub fn read(text: &str, base: Option<&BaseUrl>, purpose: Option<Purpose>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = Rows::new(text, b',');
        let mut first = "";
        while first.trim().is_empty()
            && let Some((_, line)) = lines.line()
        {
            first = line;
        }
        let names_url = |separator: &&str| first.split(separator).any(|cell| key(cell) == Some("url"));
        let header = [",", ";", "\t"].into_iter().find(names_url);
        let table = match header {
            // A single column may hold a comma in quotes, and nothing else is cut by it.
            Some(separator) => read_table(text, separator.as_bytes()[0]),
            None => read_urls(text),
        };
        table.check(base, purpose)
    }
}

/// The rows of a text that could be taken apart.
struct Table {
    rows: Vec<Row>,
    /// The line of the first row that is not read any more.
    cut_at: Option<i64>,
    /// Whether the header cannot be relied on.
    is_all_bad: bool,
    may_be_kept: bool,
    /// The keys, from left to right.
    columns: Vec<&'static str>,
    issues: Issues,
}

/// One of them.
struct Row {
    /// In which it begins.
    line: i64,
    repository: PlanRepository,
    /// Whether an error is told about it.
    is_bad: bool,
}

impl Table {
    fn new(columns: Vec<&'static str>, may_be_kept: bool) -> Self {
        Self { rows: Vec::new(), cut_at: None, is_all_bad: false, may_be_kept, columns, issues: Issues::new() }
    }

    /// Whether this row, which begins in `line`, is one too many.
    fn ends_at(&mut self, line: i64) -> bool {
        let is_full = self.rows.len() >= MOST_REPOSITORIES;
        if is_full {
            self.cut_at = Some(line);
            self.may_be_kept = false;
        }
        is_full
    }

    fn check(mut self, base: Option<&BaseUrl>, purpose: Option<Purpose>) -> PlanLines {
        let mut issues = Issues::new();
        // Before all others: of many only the first are listed.
        issues.extend(self.cut_at.map(|line| at(too_many_repositories(), line, None)).into_iter().collect());
        issues.extend(std::mem::take(&mut self.issues));
        let needs = if purpose == Some(Purpose::Repository) { TokenNeeds::Own } else { TokenNeeds::None };
        let tokens = Tokens::of(self.rows.iter().filter_map(|row| row.repository.token.as_ref()));
        let repositories = self.rows.iter().map(|row| &row.repository);
        let mut checks = RepositoryChecks::new(repositories, base, needs, &tokens);
        let mut good = Vec::new();
        for (index, Row { line, mut repository, is_bad }) in self.rows.into_iter().enumerate() {
            let mut found = Issues::new();
            let payload = collect(checks.check(&repository, line), &mut found).flatten();
            issues.extend(found.into_iter().map(|issue| locate(issue, line, &self.columns).at(index)).collect());
            if let Some(payload) = payload.filter(|_| !is_bad && !self.is_all_bad) {
                repository.url = payload.repository_url.as_str().to_owned();
                good.push(repository);
            }
        }
        tokens.redactor.clean(&mut issues);
        PlanLines { good, issues, may_be_kept: self.may_be_kept }
    }
}

/// Adds `line` and `column` to an issue about one of the rows.
fn locate(issue: Issue, line: i64, columns: &[&str]) -> Issue {
    let column = match issue.path.first() {
        Some(PathSegment::Key(key)) => columns.iter().position(|column| column == key),
        _ => None,
    };
    at(issue, line, column)
}

/// `column` counts from 0.
fn at(issue: Issue, line: i64, column: Option<usize>) -> Issue {
    let issue = issue.with("line", line);
    match column {
        Some(column) => issue.with("column", column as i64 + 1),
        None => issue,
    }
}

fn read_urls(text: &str) -> Table {
    let mut table = Table::new(vec!["url"], true);
    // As in the table, a carriage return alone ends a line, too.
    let mut rows = Rows::new(text, b'\n');
    while let Some((line, rest)) = rows.line() {
        if rest.trim().is_empty() {
            continue;
        }
        if rest.trim().bytes().any(|byte| b",;\t\"".contains(&byte)) && table.issues.is_empty() {
            table.issues.push(at(Issue::new(IssueCode::LinesNoHeader), line, None));
        }
        if table.ends_at(line) {
            break;
        }
        table.may_be_kept &= is_address_alone(rest.trim());
        table.rows.push(Row { line, repository: PlanRepository::new(rest.trim()), is_bad: false });
    }
    table
}

/// Whether a line is an address in which the strict reader finds neither a user nor a query nor a token. One that was
/// copied from Git, or without its scheme, is read as if it had one.
fn is_address_alone(line: &str) -> bool {
    let mut address = line.to_owned();
    if !line.contains("://") {
        if let Some(copied) = line.strip_prefix("git@") {
            address = copied.replace(':', "/");
        }
        // A word without a host in front may be anything.
        if !address.split_once('/').is_some_and(|(host, _)| host.contains('.')) {
            return false;
        }
        address.insert_str(0, "https://");
    }
    url_reader::read(&address).is_ok_and(|url| !url.path.split('/').any(is_marked_by_gitlab))
}

fn read_table(text: &str, separator: u8) -> Table {
    let mut rows = Rows::new(text, separator);
    let mut table = Table::new(Vec::new(), false);
    while let Some((line, cells)) = rows.row(&mut table.issues) {
        let Some(cells) = cells else { continue };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if table.columns.is_empty() {
            read_header(&mut table, line, &cells);
            continue;
        }
        if table.ends_at(line) {
            break;
        }
        let mut repository = PlanRepository::default();
        let mut is_bad = false;
        for (column, cell) in cells.into_iter().enumerate() {
            let name = table.columns.get(column).copied().unwrap_or(NAMELESS);
            if name == NAMELESS && !cell.trim().is_empty() {
                table.issues.push(at(Issue::new(IssueCode::LinesTooManyCells), line, Some(column)));
                is_bad = true;
                break;
            }
            if !set(&mut repository, name, cell) {
                let issue = Issue::new(IssueCode::InputNotAllowed).with("expected", "true or false");
                table.issues.push(at(issue, line, Some(column)));
                is_bad = true;
            }
        }
        table.rows.push(Row { line, repository, is_bad });
    }
    table
}

fn read_header(table: &mut Table, line: i64, cells: &[String]) {
    for (column, cell) in cells.iter().enumerate() {
        // Spreadsheets write columns without name and content.
        let known = if cell.trim().is_empty() { NAMELESS } else { key(cell).unwrap_or(UNKNOWN) };
        if known == UNKNOWN {
            table.issues.push(at(Issue::new(IssueCode::LinesUnknownColumn), line, Some(column)));
        } else if known != NAMELESS && table.columns.contains(&known) {
            table.issues.push(at(Issue::new(IssueCode::LinesDuplicateColumn), line, Some(column)));
            // Nobody knows which of the two is meant.
            table.is_all_bad = true;
        }
        table.columns.push(known);
    }
}

/// False where the cell is none of the possible values. An empty cell says nothing.
fn set(repository: &mut PlanRepository, column: &str, cell: String) -> bool {
    // A token is moved on as it is: no copy of it stays behind. Its check drops the blanks.
    if column == "token" {
        repository.token = Some(Secret::new(cell)).filter(|token| !token.expose().trim().is_empty());
        return true;
    }
    let text = cell.trim();
    let given = (!text.is_empty()).then(|| text.to_owned());
    match column {
        "url" => text.clone_into(&mut repository.url),
        "name" => repository.name = given,
        "branch" => repository.branch = given,
        "credentialName" => repository.credential_name = given,
        "agents" => {
            let agents = text.split([';', '|']).map(str::trim).filter(|agent| !agent.is_empty());
            // One more than possible is refused by the check.
            repository.agents = agents.take(RepositoryPayload::MOST_AGENTS + 1).map(str::to_owned).collect();
        }
        "autoRegister" => {
            let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
            repository.auto_register = is(["true", "yes", "1"]);
            return repository.auto_register || text.is_empty() || is(["false", "no", "0"]);
        }
        _ => {}
    }
    true
}

/// The key that a header cell names.
fn key(cell: &str) -> Option<&'static str> {
    let letters = |text: &str| {
        let letters = text.bytes().filter(|byte| !matches!(byte, b' ' | b'_' | b'-' | b'"' | b'\r'));
        letters.map(|byte| byte.to_ascii_lowercase()).collect::<Vec<_>>()
    };
    let found = letters(cell);
    COLUMNS.into_iter().find(|column| letters(column) == found)
}

/// One row after the other, in one pass. Separators, quotes and line ends are ASCII, so bytes will do.
struct Rows<'a> {
    text: &'a str,
    place: usize,
    line: i64,
    separator: u8,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        Self { text, place: 0, line: 1, separator }
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

    /// The rest of this line, and its number.
    fn line(&mut self) -> Option<(i64, &'a str)> {
        self.peek()?;
        let line = self.line;
        let text = self.take_until(|byte| matches!(byte, b'\r' | b'\n'));
        self.end_line();
        Some((line, text))
    }

    /// The cells of the next row, none where a quote is misplaced in it, and the line in which it begins.
    fn row(&mut self, issues: &mut Issues) -> Option<(i64, Option<Vec<String>>)> {
        self.peek()?;
        let (line, separator) = (self.line, self.separator);
        let ends_cell = |byte: u8| byte == separator || matches!(byte, b'\r' | b'\n');
        let (mut cells, mut column) = (Vec::new(), 0);
        let mut is_good = true;
        loop {
            let start = self.line;
            let cell = self.quoted();
            let rest = self.take_until(ends_cell);
            // A quote inside a bare cell, something behind the closing one, or no closing one.
            if rest.contains('"') || cell.is_some() && !rest.is_empty() {
                issues.push(at(Issue::new(IssueCode::LinesQuote), start, Some(column)));
                is_good = false;
            }
            let cell = cell.map_or(Cow::Borrowed(rest), Cow::Owned);
            if column < MOST_CELLS {
                cells.push(cell.into_owned());
            } else if !cell.trim().is_empty() && is_good {
                issues.push(at(Issue::new(IssueCode::LinesTooManyCells), start, Some(column)));
                is_good = false;
            }
            column += 1;
            if self.peek() == Some(separator) {
                self.place += 1;
                continue;
            }
            self.end_line();
            return Some((line, is_good.then_some(cells)));
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
                // It does not end: told as of this line, and the next line is read anew.
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z]{0,4}", "[a,;\"\r\n\t' =]{0,6}", "\\PC{0,5}"]
    }

    proptest! {
        /// What another library writes is read as it was meant.
        #[test]
        fn any_table_is_read_as_it_was_written(rows in prop::collection::vec((cell(), cell()), 0..6)) {
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
            writer.write_record(["url", "token", "name"]).unwrap();
            for (token, name) in &rows {
                writer.write_record(["u", token, name]).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let table = read_table(&text, b',');
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
