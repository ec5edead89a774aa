//! The rows of a text: checked one by one, and what is wrong with each.

use super::cells::Lines;
use super::columns::Column;
use crate::address::BaseUrl;
use crate::issue::{Issue, IssueCode, Issues, PathSegment, collect};
use crate::misplaced::Tokens;
use crate::onboarding::PlanLines;
use crate::onboarding::plan::{MOST_REPOSITORIES, Names, RepositoryChecks, TokenNeeds, too_many_repositories};
use crate::secret::{self, Secret};
use crate::server_text::unknown_tokens_in;
use crate::token::Purpose;
use crate::torque::PlanRepository;

/// The rows of a text that could be taken apart.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// The first row that is not read any more.
    pub(super) cut_at: Option<Place>,
    /// Whether two columns have the same name, so that no row is valid.
    pub(super) has_header_error: bool,
    pub(super) storable: bool,
    /// From left to right.
    pub(super) columns: Vec<Column>,
    pub(super) issues: Issues,
    /// Tokens, and what may be one, that belong to no row: where they stand nothing is made of them.
    pub(super) misplaced: Vec<Secret>,
}

/// One of them.
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) repository: PlanRepository,
    /// Whether one of its cells has an error. Its values are checked later.
    pub(super) has_error: bool,
}

/// Where a row begins.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Counted from 0, without header and empty lines.
    pub(super) row: usize,
    /// Counted from 1.
    pub(super) line: usize,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>, storable: bool, lines: &Lines<'_>) -> Self {
        Self {
            rows: Vec::with_capacity(lines.most()),
            cut_at: None,
            has_header_error: false,
            storable,
            columns,
            issues: Issues::new(),
            misplaced: Vec::new(),
        }
    }

    /// Collects the tokens in cells that no repository is made of: those of unused columns, or all where it is not known which
    /// column a cell belongs to (`are_shifted`). There a token is recognised by its form alone.
    pub(super) fn collect_tokens(&mut self, cells: &[String], are_shifted: bool) {
        for (number, cell) in cells.iter().enumerate() {
            match self.columns.get(number) {
                Some(Column::Key(_) | Column::AllAgents | Column::Kind) if !are_shifted => {}
                Some(Column::Key("token") | Column::UnknownTokens) if !cell.contains("://") => {
                    self.misplaced.push(Secret::new(cell.clone()));
                }
                _ => self.collect_tokens_in(cell),
            }
        }
    }

    pub(super) fn collect_tokens_in(&mut self, text: &str) {
        self.misplaced.extend(unknown_tokens_in(text));
    }

    /// Whether the row that begins here is one too many.
    pub(super) fn ends_at(&mut self, place: Place) -> bool {
        let is_full = self.rows.len() >= MOST_REPOSITORIES;
        if is_full {
            self.cut_at = Some(place);
            self.storable = false;
        }
        is_full
    }

    pub(super) fn check(mut self, base: Option<&BaseUrl>, purpose: Option<Purpose>) -> PlanLines {
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
        let names = Names::given(self.rows.iter().map(|row| &row.repository));
        let mut checks = RepositoryChecks::new(names, base, needs, &tokens);
        let mut valid = Vec::with_capacity(self.rows.len());
        for Row { place: Place { row, line }, mut repository, has_error } in self.rows {
            let mut found = Issues::new();
            let payload = collect(checks.check(&repository, line), &mut found).flatten();
            issues.extend(found.into_iter().map(|issue| locate(issue, line, &self.columns).at(row)).collect());
            if let Some(payload) = payload.filter(|_| !has_error && !self.has_header_error) {
                repository.url = payload.repository_url.as_str().to_owned();
                valid.push(repository);
            }
        }
        tokens.redactor.clean(&mut issues);
        PlanLines { repositories: valid, issues, storable: self.storable }
    }

    /// Adds an issue about one cell. A cell without a name of its own belongs to the named one on its left.
    pub(super) fn report(&mut self, issue: Issue, place: Place, column: usize) {
        let named = self.columns.iter().take(column + 1).rev().find_map(|column| column.key());
        self.issues.push(in_line(issue.at(named.unwrap_or("url")).at(place.row), place.line, Some(column)));
    }

    /// Adds an issue about a name of a column.
    pub(super) fn report_header(&mut self, code: IssueCode, line: usize, column: usize) {
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
pub(super) fn in_line(issue: Issue, line: usize, column: Option<usize>) -> Issue {
    let issue = issue.with("line", line as i64);
    match column {
        Some(column) => issue.with("column", column as i64 + 1),
        None => issue,
    }
}

/// In the place of a key where the names of the columns are wrong.
const HEADER: &str = "header";
