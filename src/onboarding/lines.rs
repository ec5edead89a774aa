//! Repositories as text: lines of URLs, or a table from a spreadsheet.

mod cells;
mod columns;
mod corrections;
mod rows;
mod table;

pub use columns::column;
pub use corrections::{Correction, correct_lines, corrections};

use cells::Lines;
use columns::{Column, column_named};
use rows::{Place, Row, Table, in_line};
use table::read_table;

use crate::address::BaseUrl;
use crate::issue::{Issue, IssueCode, Issues};
use crate::token::{Purpose, is_marked_by_gitlab};
use crate::torque::PlanRepository;
use crate::url::reader;

/// What was read from a text: the repositories that can be connected, and everything that is wrong with the others.
#[derive(Debug)]
pub struct PlanLines {
    /// The rows without an error, in the order of the text, with canonical URLs. If `issues` has no error, these are all rows.
    /// Otherwise the user decides whether to continue with them.
    pub repositories: Vec<PlanRepository>,
    /// Each has `line` and, if it is about one cell, `column`, both counted from 1. Its path is the row, counted from 0 without the
    /// header row and empty lines, and the key: `[3, "url"]`. Issues of the header row itself have `[0, "header"]`. No issue
    /// contains the text of a cell, which may be a token.
    pub issues: Issues,
    /// Whether the text may be stored where others could read it: only URLs, one per line, without a secret. Never so for a table,
    /// or a text that was not read to its end.
    pub storable: bool,
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
    /// assert_eq!(read.repositories.len(), 1);
    /// assert_eq!(read.repositories[0].url, "https://gitlab.example.com/group/one");
    /// assert_eq!(read.repositories[0].agents, ["eks", "aks"]);
    /// assert!(read.issues.has_error());
    ///
    /// let text = "https://gitlab.example.com/group/one\nhttps://gitlab.example.com/group/two\n";
    /// assert_eq!(PlanLines::read(text, None, None).repositories.len(), 2);
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
            table.collect_tokens_in(url);
        }
        table.storable &= is_address_alone(url);
        table.rows.push(Row { place, repository: PlanRepository::new(url), has_error: false });
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

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
                assert!(
                    read.repositories
                        .iter()
                        .all(|repository| repository.name.as_ref().is_none_or(|name| *name != piece)),
                    "{text}"
                );
                assert!(read.repositories.iter().all(|repository| !repository.url.contains(&piece)), "{text}");
                assert!(!serde_json::to_string(&read.issues).unwrap().contains(&piece), "{text}");
            }
        }
        // What is no token by its looks may stand anywhere.
        let text = format!("{header}\n{URL},\"my-modules\"b,,main\nhttps://gitlab.example.com/group/my-modules,,,,\n");
        assert_eq!(PlanLines::read(&text, None, None).repositories.len(), 1);
    }
}
