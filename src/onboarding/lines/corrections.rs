//! Lines with a wrong URL, corrected as suggested.

use serde::{Deserialize, Serialize};

use super::cells::Lines;
use crate::issue::{Issue, Issues, Param, PathSegment, Severity};
#[cfg(doc)]
use crate::onboarding::PlanLines;

/// A line that is one URL, and the URL that is suggested for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "js", derive(tsify::Tsify))]
pub struct Correction {
    /// Counted from 1.
    pub line: usize,
    /// What is suggested.
    pub url: String,
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

/// What an error about a URL suggests.
fn correction(issue: &Issue) -> Option<Correction> {
    let is_about_url = matches!(issue.path.last(), Some(PathSegment::Key(key)) if key == "url");
    match (issue.param("line"), &issue.suggestion) {
        (Some(Param::Number(line)), Some(url)) if is_about_url && issue.severity == Severity::Error => {
            usize::try_from(*line).ok().map(|line| Correction { line, url: url.clone() })
        }
        _ => None,
    }
}
