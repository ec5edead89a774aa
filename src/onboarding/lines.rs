//! Repositories as text: lines of URLs, or a table from a spreadsheet.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::csv::without_guards;
use super::misplaced::Tokens;
use super::plan::{MOST_REPOSITORIES, RepositoryChecks, TokenNeeds, too_many_repositories};
use crate::address::BaseUrl;
use crate::issue::{Issue, IssueCode, Issues, Param, PathSegment, Severity, collect};
use crate::secret::{self, Secret};
use crate::server_text::tokens_in;
use crate::token::{Purpose, is_marked_by_gitlab};
use crate::torque::PlanRepository;
use crate::url::reader;

/// Of further cells in a row nothing is kept, and only spreadsheets write any: blank ones.
const MOST_CELLS: usize = 1_000;

/// What a header row may call each column, apart from capital letters, blanks, `_` and `-`: the keys of a
/// [`PlanRepository`], the fields of Torque's payload and list and the labels of its form, and the columns of a report.
const COLUMNS: [(&str, Column); 23] = [
    ("url", Column::Key("url")),
    ("repositoryurl", Column::Key("url")),
    ("name", Column::Key("name")),
    ("repositoryname", Column::Key("name")),
    ("branch", Column::Key("branch")),
    ("token", Column::Key("token")),
    ("credentialname", Column::Key("credentialName")),
    ("credentialsname", Column::Key("credentialName")),
    ("agents", Column::Key("agents")),
    ("useallagents", Column::AllAgents),
    ("autoregister", Column::Key("autoRegister")),
    ("eacautoregistration", Column::Key("autoRegister")),
    ("kind", Column::Kind),
    ("outcome", Column::Told),
    ("status", Column::Told),
    ("sent", Column::Told),
    ("whattoknow", Column::Told),
    ("errors", Column::Told),
    ("baseurl", Column::Unused),
    ("space", Column::Unused),
    ("spacename", Column::Unused),
    ("providerid", Column::Unused),
    ("provider", Column::Unused),
];

/// What a column of a table says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// A key of a [`PlanRepository`].
    Key(&'static str),
    /// Torque's `use_all_agents`: the other side of `agents`.
    AllAgents,
    /// Of a report: `provider` or `repository`.
    Kind,
    /// What Torque or a report tells about a repository that it has.
    Told,
    /// What is the same for all repositories of a plan.
    Unused,
    /// One without a name, as spreadsheets write them.
    Nameless,
    /// One whose name was told to be unknown.
    Unknown,
    /// The same, of tokens by its name.
    UnknownTokens,
}

impl Column {
    fn key(self) -> Option<&'static str> {
        match self {
            Self::Key(key) => Some(key),
            Self::AllAgents => Some("agents"),
            _ => None,
        }
    }
}

/// In the place of a key where the names of the columns are wrong.
const HEADER: &str = "header";

/// The words for `autoRegister` and `use_all_agents`.
const YES: [&str; 3] = ["true", "yes", "1"];
const NO: [&str; 3] = ["false", "no", "0"];
const YES_OR_NO: &str = "true, yes, 1, false, no, 0 or nothing";

/// A line that is one URL, and the URL that is suggested for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Correction {
    /// Counted from 1.
    pub line: usize,
    /// What is suggested.
    pub url: String,
}

/// What was read from a text: the repositories that can be connected, and everything that is wrong with the others.
#[derive(Debug)]
pub struct PlanLines {
    /// The rows without an error, in the order of the text, with canonical URLs. If `issues` has no error, these are all rows.
    /// Otherwise the user decides whether to continue with them.
    pub good: Vec<PlanRepository>,
    /// Each has `line` and, if it is about one cell, `column`, both counted from 1. Its path is the row, counted from 0 without the
    /// header row and empty lines, and the key: `[3, "url"]`. Issues of the header row itself have `[0, "header"]`. No issue
    /// contains the text of a cell, which may be a token.
    pub issues: Issues,
    /// Whether the text may be stored where others could read it: only URLs, one per line, without a secret. Never so for a table,
    /// or a text that was not read to its end.
    pub may_be_kept: bool,
}

impl PlanLines {
    /// Reads one URL per line or, if the first row names the column `url`, CSV (RFC 4180, with commas, semicolons or tabs, or the
    /// separator of a first line `sep=`). Columns have the names of a plan's repository or of Torque's fields (`repository_url`);
    /// case, spaces, `_` and `-` do not matter. Several agents in one cell are separated by `,`, `;`, `|` or line breaks. Empty lines
    /// are ignored.
    ///
    /// A report as a table ([`super::Report::to_csv`]) is read, too: its repositories, without their outcomes.
    ///
    /// Each row is checked as [`super::Plan::check`] does: its URL (inside `base`, if given), its names and its token. With
    /// [`Purpose::Repository`], each needs a token or a stored credential.
    ///
    /// The issues are those of the check and `lines.…`. In `plan.duplicate_name` and `plan.duplicate_repository`, the number of the
    /// first one is its line. At most as many rows are read as a plan may have repositories (`plan.too_many_repositories`).
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
        let mut lines = Lines::new(text.strip_prefix('\u{feff}').unwrap_or(text));
        let separator = lines.skip_separator();
        let mut ahead = lines.clone();
        let mut first = "";
        while first.trim().is_empty()
            && let Some((_, line)) = ahead.next()
        {
            first = line;
        }
        let names_url = |separator: &u8| {
            first.split(char::from(*separator)).any(|cell| column_named(cell) == Some(Column::Key("url")))
        };
        let table = match separator.into_iter().chain(*b",;\t").find(names_url) {
            // A single column may hold a comma in quotes, and nothing else is cut by it.
            Some(separator) => read_table(lines, separator),
            None => read_urls(lines),
        };
        table.check(base, purpose)
    }
}

/// The lines of a text that [`PlanLines::read`] found wrong and that a suggestion can replace whole: in a table of several columns a URL
/// is not the whole line.
///
/// ```
/// use torque_gitlab_connect::onboarding::{PlanLines, correct_lines, corrections};
///
/// let text = "git@gitlab.example.com:group/one.git\nhttps://gitlab.example.com/group/two\n";
/// let found = corrections(text, &PlanLines::read(text, None, None).issues);
/// assert_eq!(found.len(), 1);
/// let corrected = correct_lines(text, &found);
/// assert_eq!(corrected, "https://gitlab.example.com/group/one\nhttps://gitlab.example.com/group/two\n");
/// ```
#[must_use]
pub fn corrections(text: &str, issues: &Issues) -> Vec<Correction> {
    let mut corrections: Vec<Correction> = issues.iter().filter_map(correction).collect();
    if !corrections.is_empty() {
        let mut lines = Lines::new(text);
        while let Some((number, line)) = lines.next() {
            let is_url_alone = !line.contains([',', ';', '\t', '|']);
            corrections.retain(|correction| correction.line != number || is_url_alone);
        }
    }
    corrections
}

/// What an error about a URL suggests.
fn correction(issue: &Issue) -> Option<Correction> {
    let is_about_url = matches!(issue.path.last(), Some(PathSegment::Key(key)) if key == "url");
    match (issue.params.get("line"), &issue.suggestion) {
        (Some(Param::Number(line)), Some(url)) if is_about_url && issue.severity == Severity::Error => {
            usize::try_from(*line).ok().map(|line| Correction { line, url: url.clone() })
        }
        _ => None,
    }
}

/// The text with the URL of each correction in the place of its line.
#[must_use]
pub fn correct_lines(text: &str, corrections: &[Correction]) -> String {
    let mut corrected = String::with_capacity(text.len());
    let mut lines = Lines::new(text);
    while let Some((number, line)) = lines.next() {
        let correction = corrections.iter().find(|correction| correction.line == number);
        corrected.push_str(correction.map_or(line, |correction| &correction.url));
        corrected.push('\n');
    }
    if !text.ends_with(['\r', '\n']) {
        corrected.pop();
    }
    corrected
}

/// The rows of a text that could be taken apart.
struct Table {
    rows: Vec<Row>,
    /// The first row that is not read any more.
    cut_at: Option<Place>,
    /// Whether the header cannot be relied on.
    is_all_bad: bool,
    may_be_kept: bool,
    /// From left to right.
    columns: Vec<Column>,
    issues: Issues,
    /// Tokens, and what may be one, that belong to no row: where they stand nothing is made of them.
    misplaced: Vec<Secret>,
}

/// One of them.
struct Row {
    place: Place,
    repository: PlanRepository,
    /// Whether an error is told about it.
    is_bad: bool,
}

/// Where a row begins.
#[derive(Clone, Copy)]
struct Place {
    /// Counted from 0, without header and empty lines.
    row: usize,
    /// Counted from 1.
    line: usize,
}

impl Table {
    fn new(columns: Vec<Column>, may_be_kept: bool, lines: &Lines<'_>) -> Self {
        Self {
            rows: Vec::with_capacity(lines.most()),
            cut_at: None,
            is_all_bad: false,
            may_be_kept,
            columns,
            issues: Issues::new(),
            misplaced: Vec::new(),
        }
    }

    /// Remembers the tokens in the cells of a row of which nothing is made: those of columns that are not used, and all where
    /// they cannot be told apart (`are_shifted`). There a token is known by its looks alone.
    fn keep_tokens(&mut self, cells: &[String], are_shifted: bool) {
        for (number, cell) in cells.iter().enumerate() {
            match self.columns.get(number) {
                Some(Column::Key(_) | Column::AllAgents | Column::Kind) if !are_shifted => {}
                Some(Column::Key("token") | Column::UnknownTokens) if !cell.contains("://") => {
                    self.misplaced.push(Secret::new(cell.clone()));
                }
                _ => self.keep_tokens_in(cell),
            }
        }
    }

    fn keep_tokens_in(&mut self, text: &str) {
        self.misplaced.extend(tokens_in(text).into_iter().map(|place| Secret::new(text[place].to_owned())));
    }

    /// Whether the row that begins here is one too many.
    fn ends_at(&mut self, place: Place) -> bool {
        let is_full = self.rows.len() >= MOST_REPOSITORIES;
        if is_full {
            self.cut_at = Some(place);
            self.may_be_kept = false;
        }
        is_full
    }

    fn check(mut self, base: Option<&BaseUrl>, purpose: Option<Purpose>) -> PlanLines {
        let mut issues = Issues::new();
        // Before all others: of many only the first are listed.
        if let Some(Place { row, line }) = self.cut_at {
            issues.push(in_line(too_many_repositories().at("url").at(row), line, None));
        }
        issues.extend(std::mem::take(&mut self.issues));
        let needs = if purpose == Some(Purpose::Repository) { TokenNeeds::Own } else { TokenNeeds::None };
        let marked = secret::marked_in(self.rows.iter().flat_map(|row| row.repository.other_texts()));
        let of_rows = self.rows.iter().filter_map(|row| row.repository.token.as_ref());
        let tokens = Tokens::of(of_rows.chain(&marked).chain(&self.misplaced));
        let repositories = self.rows.iter().map(|row| &row.repository);
        let mut checks = RepositoryChecks::new(repositories, base, needs, &tokens);
        let mut good = Vec::with_capacity(self.rows.len());
        for Row { place: Place { row, line }, mut repository, is_bad } in self.rows {
            let mut found = Issues::new();
            let payload = collect(checks.check(&repository, line), &mut found).flatten();
            issues.extend(found.into_iter().map(|issue| locate(issue, line, &self.columns).at(row)).collect());
            if let Some(payload) = payload.filter(|_| !is_bad && !self.is_all_bad) {
                repository.url = payload.repository_url.as_str().to_owned();
                good.push(repository);
            }
        }
        tokens.redactor.clean(&mut issues);
        PlanLines { good, issues, may_be_kept: self.may_be_kept }
    }

    /// Adds an issue about one cell. A cell without a name of its own belongs to the named one on its left.
    fn report(&mut self, issue: Issue, place: Place, column: usize) {
        let named = self.columns.iter().take(column + 1).rev().find_map(|column| column.key());
        self.issues.push(in_line(issue.at(named.unwrap_or("url")).at(place.row), place.line, Some(column)));
    }

    /// Adds an issue about a name of a column.
    fn report_header(&mut self, code: IssueCode, line: usize, column: usize) {
        self.issues.push(in_line(Issue::new(code).at(HEADER).at(0), line, Some(column)));
    }
}

/// Adds `line` and `column` to an issue about one of the rows.
fn locate(issue: Issue, line: usize, columns: &[Column]) -> Issue {
    let column = match issue.path.first() {
        Some(PathSegment::Key(key)) => columns.iter().position(|column| column.key() == Some(key)),
        _ => None,
    };
    in_line(issue, line, column)
}

/// `column` counts from 0.
fn in_line(issue: Issue, line: usize, column: Option<usize>) -> Issue {
    let issue = issue.with("line", line as i64);
    match column {
        Some(column) => issue.with("column", column as i64 + 1),
        None => issue,
    }
}

fn read_urls(mut lines: Lines<'_>) -> Table {
    let mut table = Table::new(vec![Column::Key("url")], true, &lines);
    // As in the table, a carriage return alone ends a line, too.
    while let Some((line, rest)) = lines.next() {
        let url = rest.trim();
        if url.is_empty() {
            continue;
        }
        let place = Place { row: table.rows.len(), line };
        if url.bytes().any(|byte| b",;\t\"".contains(&byte)) && table.issues.is_empty() {
            table.issues.push(in_line(Issue::new(IssueCode::LinesNoHeader).at("url").at(place.row), line, None));
        }
        if table.ends_at(place) {
            break;
        }
        // A table without a header, say: what stands in its cells is not known.
        if url.contains([',', ';', '\t', ' ']) {
            table.keep_tokens_in(url);
        }
        table.may_be_kept &= is_address_alone(url);
        table.rows.push(Row { place, repository: PlanRepository::new(url), is_bad: false });
    }
    table
}

/// Whether a line is a URL without user, query or token, so that it may be shown and stored. An SSH URL or a URL without a scheme
/// is read as if it had one.
///
/// ```
/// use torque_gitlab_connect::onboarding::is_address_alone;
///
/// assert!(is_address_alone("git@gitlab.example.com:group/project.git"));
/// assert!(!is_address_alone("https://user:password@gitlab.example.com/group/project"));
/// assert!(!is_address_alone("password"));
/// ```
#[must_use]
pub fn is_address_alone(line: &str) -> bool {
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
    reader::read(&address).is_ok_and(|url| !url.path.split('/').any(is_marked_by_gitlab))
}

fn read_table(mut lines: Lines<'_>, separator: u8) -> Table {
    let mut table = Table::new(Vec::new(), false, &lines);
    let mut row = 0;
    while let Some(RawRow { line, cells, fault }) = lines.cells(separator) {
        if fault.is_none() && cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if table.columns.is_empty() {
            if let Some(Fault { code, line, column }) = fault {
                table.report_header(code, line, column);
                break;
            }
            for cell in &cells {
                table.keep_tokens_in(cell);
            }
            read_header(&mut table, line, &cells);
            continue;
        }
        let kind = table.columns.iter().position(|column| *column == Column::Kind);
        if kind.and_then(|kind| cells.get(kind)).is_some_and(|kind| kind.trim().eq_ignore_ascii_case("provider")) {
            table.keep_tokens(&cells, true);
            continue;
        }
        let are_shifted = fault.is_some() || cells.iter().skip(table.columns.len()).any(|cell| !cell.trim().is_empty());
        table.keep_tokens(&cells, are_shifted);
        let place = Place { row, line };
        row += 1;
        if let Some(Fault { code, line, column }) = fault {
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
                // Nobody knows which of the two is meant.
                table.is_all_bad = true;
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
    let mut is_bad = false;
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
                is_bad = true;
                break;
            }
            _ => Ok(()),
        };
        if is_read.is_err() {
            table.report(Issue::new(IssueCode::InputNotAllowed).with("expected", YES_OR_NO), place, number);
            is_bad = true;
        }
    }
    if let Some((is_all, number)) = all_agents
        && is_all != repository.agents.is_empty()
    {
        let expected = "true where no agents are named, false where some are";
        table.report(Issue::new(IssueCode::InputNotAllowed).with("expected", expected), place, number);
        is_bad = true;
    }
    table.rows.push(Row { place, repository, is_bad });
}

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
    let is = |words: [&str; 3]| words.iter().any(|word| cell.trim().eq_ignore_ascii_case(word));
    match cell.trim() {
        "" => Ok(None),
        _ if is(YES) => Ok(Some(true)),
        _ if is(NO) => Ok(Some(false)),
        _ => Err(NotAllowed),
    }
}

/// The key of a [`PlanRepository`] for a column name, as [`PlanLines::read`] reads it.
///
/// ```
/// use torque_gitlab_connect::onboarding::column;
///
/// assert_eq!(column("Repository URL"), Some("url"));
/// assert_eq!(column("status"), None);
/// ```
#[must_use]
pub fn column(name: &str) -> Option<&'static str> {
    match column_named(name)? {
        Column::Key(key) => Some(key),
        _ => None,
    }
}

/// What a header cell names.
fn column_named(cell: &str) -> Option<Column> {
    let letters = cell.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase);
    COLUMNS.iter().find(|(name, _)| letters.clone().eq(name.chars())).map(|(_, column)| *column)
}

/// One row after the other, in one pass. Separators, quotes and line ends are ASCII, so bytes will do.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    place: usize,
    line: usize,
}

/// A row of a table, in pieces.
struct RawRow {
    /// The one in which it begins.
    line: usize,
    cells: Vec<String>,
    /// What keeps it from being taken apart.
    fault: Option<Fault>,
}

/// What is wrong with a cell.
struct Fault {
    code: IssueCode,
    line: usize,
    column: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, place: 0, line: 1 }
    }

    /// As many rows as there can be at most.
    fn most(&self) -> usize {
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
    fn next(&mut self) -> Option<(usize, &'a str)> {
        self.peek()?;
        let line = self.line;
        let text = self.take_until(|byte| matches!(byte, b'\r' | b'\n'));
        self.end_line();
        Some((line, text))
    }

    /// Goes behind a line that only says what parts the cells, as Excel reads it: `sep=;`.
    fn skip_separator(&mut self) -> Option<u8> {
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

    fn cells(&mut self, separator: u8) -> Option<RawRow> {
        self.peek()?;
        let ends_cell = |byte: u8| byte == separator || matches!(byte, b'\r' | b'\n');
        let mut row = RawRow { line: self.line, cells: Vec::new(), fault: None };
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
            if let (Some(code), None) = (code, &row.fault) {
                row.fault = Some(Fault { code, line, column });
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

    /// Whatever is wrong with the row or the column in which it stands, no other cell may have it.
    #[test]
    fn a_token_in_a_wrong_place_of_a_table_stands_in_no_other_cell() {
        const URL: &str = "https://gitlab.example.com/group/one";
        let marked = "glpat-Zq7mark1Vv9Kk2Ww3Xx4";
        let unmarked = "Zq7mark1Vv9Kk2Ww3Xx4";
        let header = "url,name,token,branch,agents";
        for (head, row, token) in [
            // The right column of a row that cannot be taken apart, that has a cell too many, or that is a provider's.
            (header, format!("{URL},\"a\"b,{unmarked},main"), unmarked),
            (header, format!("{URL},one, two,{unmarked},main,eks"), unmarked),
            (header, format!("{URL},one,two,three,four,{unmarked}"), unmarked),
            (header, format!("{URL},one,,,,,{marked}"), marked),
            (header, format!("{URL},\"{unmarked}"), unmarked),
            ("kind,url,name,token", format!("provider,{URL},one,{unmarked}"), unmarked),
            // A column of another name, one that is not used, one that is there twice.
            ("url,name,Access Token", format!("{URL},one,short-12 {unmarked}"), "short-12"),
            ("url,name,Kennwort", format!("{URL},one,{unmarked}"), unmarked),
            ("url,name,status", format!("{URL},one,{unmarked}"), unmarked),
            ("url,name,token,token", format!("{URL},one,{unmarked},Tq8mark2Bb5Nn6Mm7Jj1"), unmarked),
            // Where another text belongs, by its mark.
            (header, format!("{URL},{marked}"), marked),
            (header, format!("{URL},one,,{marked},eks"), marked),
            (header, format!("{URL},one,,,eks;{marked}"), marked),
            (header, format!("https://oauth2:{marked}@gitlab.example.com/group/one"), marked),
            (header, "https://gitlab.example.com/group/gl\u{34f}pat%2DZq7mark1Vv9Kk2Ww3Xx4".to_owned(), marked),
            // Without a header, and in it.
            ("", format!("{URL},one,{unmarked}"), unmarked),
            ("", format!("{URL} {marked}"), marked),
            (&format!("url,name,{unmarked}"), format!("{URL},one"), unmarked),
        ] {
            let piece = token.trim_start_matches("glpat-")[..8].to_ascii_uppercase();
            let other = if head.is_empty() || head.starts_with("kind") {
                format!("https://gitlab.example.com/group/{piece}")
            } else {
                format!("https://gitlab.example.com/group/two,{piece}")
            };
            let other = if head.starts_with("kind") { format!("repository,{other}") } else { other };
            for text in [format!("{head}\n{row}\n{other}\n"), format!("{head}\n{other}\n{row}\n")] {
                let read = PlanLines::read(&text, None, None);
                let codes: Vec<&str> = read.issues.iter().map(|issue| issue.code.as_str()).collect();
                let is_refused = codes.contains(&"name.is_token") || codes.contains(&"repository_url.has_token");
                assert!(is_refused, "{text}: {codes:?}");
                assert!(read.good.iter().all(|good| good.name.as_ref().is_none_or(|name| *name != piece)), "{text}");
                assert!(read.good.iter().all(|good| !good.url.contains(&piece)), "{text}");
                assert!(!serde_json::to_string(&read.issues).unwrap().contains(&piece), "{text}");
            }
        }
        // What is no token by its looks may stand anywhere.
        let text = format!("{header}\n{URL},\"my-modules\"b,,main\nhttps://gitlab.example.com/group/my-modules,,,,\n");
        assert_eq!(PlanLines::read(&text, None, None).good.len(), 1);
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
