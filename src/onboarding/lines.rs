//! Many repositories at once, as text: lines of URLs, or a table from a spreadsheet.

use super::plan::PlanRepository;
use crate::issue::{Check, Issue, IssueCode, Issues, PathSegment};
use crate::secret::Secret;

/// The keys of a [`PlanRepository`], as a header row names them.
const COLUMNS: [&str; 7] = ["url", "name", "branch", "token", "credentialName", "agents", "autoRegister"];

/// A column without name, and one whose name was told to be unknown.
const NAMELESS: &str = "";
const UNKNOWN: &str = "?";

/// Repositories that stood in a text, and where each of them stood.
#[derive(Debug)]
pub struct PlanLines {
    /// In the text's order.
    pub repositories: Vec<PlanRepository>,
    /// The line of each.
    lines: Vec<i64>,
    /// Of the table: its keys, from left to right.
    columns: Vec<&'static str>,
}

impl PlanLines {
    /// Reads lines of URLs, one in each; or, where the first row names the column `url`, CSV (RFC 4180; commas, semicolons or
    /// tabs between the cells). Capital letters, blanks, `_` and `-` in the names of columns do not matter; several agents
    /// stand in one cell with `;` or `|` between them. Empty lines are passed over. The repositories themselves are not
    /// judged here: [`super::Plan::check`] does that, and [`PlanLines::locate`] tells where.
    ///
    /// ```
    /// use torque_gitlab_connect::onboarding::PlanLines;
    ///
    /// let text = "url,branch,agents\r\nhttps://gitlab.example.com/group/one,main,\"eks;aks\"\r\n";
    /// let repositories = PlanLines::read(text).unwrap().value.repositories;
    /// assert_eq!(repositories[0].branch.as_deref(), Some("main"));
    /// assert_eq!(repositories[0].agents, ["eks", "aks"]);
    ///
    /// let text = "https://gitlab.example.com/group/one\nhttps://gitlab.example.com/group/two\n";
    /// assert_eq!(PlanLines::read(text).unwrap().value.repositories.len(), 2);
    /// ```
    ///
    /// # Errors
    ///
    /// `lines.…`, each with `line` and, where it is about one cell, `column`, both counted from 1. No issue holds the text
    /// of a cell: it may be a token.
    pub fn read(text: &str) -> Check<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let separators = [',', ';', '\t'];
        let header =
            separators.into_iter().find(|separator| first.split(*separator).any(|cell| key(cell) == Some("url")));
        match header {
            // A single column may hold a comma in quotes, and nothing else is cut by it.
            Some(separator) => read_table(text, separator as u8),
            None => read_urls(text),
        }
    }

    /// Adds `line` and `column` to the issues of a plan whose repositories are these.
    #[must_use]
    pub fn locate(&self, issues: Issues) -> Issues {
        let locate = |issue: Issue| match issue.path.as_slice() {
            [PathSegment::Key(list), PathSegment::Index(index), rest @ ..] if list == "repositories" => {
                let Some(line) = self.lines.get(*index) else { return issue };
                let column = match rest.first() {
                    Some(PathSegment::Key(key)) => self.columns.iter().position(|column| column == key),
                    _ => None,
                };
                at(issue, *line, column)
            }
            _ => issue,
        };
        issues.into_iter().map(locate).collect()
    }
}

/// `column` counts from 0.
fn at(issue: Issue, line: i64, column: Option<usize>) -> Issue {
    let issue = issue.with("line", line);
    match column {
        Some(column) => issue.with("column", column as i64 + 1),
        None => issue,
    }
}

fn read_urls(text: &str) -> Check<PlanLines> {
    let mut issues = Issues::new();
    let mut read = PlanLines { repositories: Vec::new(), lines: Vec::new(), columns: vec!["url"] };
    // As in the table, a carriage return alone ends a line, too.
    let mut rows = Rows::new(text, b'\n');
    while let Some((line, rest)) = rows.line() {
        if rest.trim().is_empty() {
            continue;
        }
        if rest.trim().contains([',', ';', '\t', '"']) && issues.is_empty() {
            issues.push(at(Issue::new(IssueCode::LinesNoHeader), line, None));
        }
        read.repositories.push(PlanRepository::new(rest.trim()));
        read.lines.push(line);
    }
    issues.or_value(read)
}

fn read_table(text: &str, separator: u8) -> Check<PlanLines> {
    let mut issues = Issues::new();
    let mut rows = Rows::new(text, separator);
    let mut read = PlanLines { repositories: Vec::new(), lines: Vec::new(), columns: Vec::new() };
    while let Some((line, cells)) = rows.row(&mut issues) {
        let Some(cells) = cells else { continue };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if read.columns.is_empty() {
            for (column, cell) in cells.iter().enumerate() {
                // Spreadsheets write columns without name and content.
                let known = if cell.trim().is_empty() { NAMELESS } else { key(cell).unwrap_or(UNKNOWN) };
                let code = if known == UNKNOWN {
                    Some(IssueCode::LinesUnknownColumn)
                } else {
                    let is_twice = known != NAMELESS && read.columns.contains(&known);
                    is_twice.then_some(IssueCode::LinesDuplicateColumn)
                };
                issues.extend(code.into_iter().map(|code| at(Issue::new(code), line, Some(column))).collect());
                read.columns.push(known);
            }
            continue;
        }
        let mut repository = PlanRepository::default();
        for (column, cell) in cells.into_iter().enumerate() {
            let name = read.columns.get(column).copied().unwrap_or(NAMELESS);
            if name == NAMELESS && !cell.trim().is_empty() {
                issues.push(at(Issue::new(IssueCode::LinesTooManyCells), line, Some(column)));
                break;
            }
            if !set(&mut repository, name, cell) {
                let issue = Issue::new(IssueCode::InputNotAllowed).with("expected", "true or false");
                issues.push(at(issue, line, Some(column)));
            }
        }
        read.repositories.push(repository);
        read.lines.push(line);
    }
    issues.or_value(read)
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
        "url" => repository.url = text.to_owned(),
        "name" => repository.name = given,
        "branch" => repository.branch = given,
        "credentialName" => repository.credential_name = given,
        "agents" => {
            let agents = text.split([';', '|']).map(str::trim).filter(|agent| !agent.is_empty());
            repository.agents = agents.map(str::to_owned).collect();
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
        let mut cells = Vec::new();
        let mut is_good = true;
        loop {
            let start = self.line;
            let cell = self.quoted();
            let rest = self.take_until(ends_cell);
            // A quote inside a bare cell, something behind the closing one, or no closing one.
            if rest.contains('"') || cell.is_some() && !rest.is_empty() {
                issues.push(at(Issue::new(IssueCode::LinesQuote), start, Some(cells.len())));
                is_good = false;
            }
            cells.push(cell.unwrap_or_else(|| rest.to_owned()));
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
