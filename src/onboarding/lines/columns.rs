//! What the columns of a table may be called.

use crate::invisible::is_unprintable;
#[cfg(doc)]
use crate::onboarding::{PlanLines, PlanRepository};

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

/// What a column of a table says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A key of a [`PlanRepository`].
    Key(&'static str),
    /// Torque's `use_all_agents`: the other side of `agents`.
    AllAgents,
    /// Of a report: `provider` or `repository`.
    Kind,
    /// Of a report or of Torque's list: what became of the repository.
    Result,
    /// What is the same for all repositories of a plan.
    Unused,
    /// One without a name, as spreadsheets write them.
    Nameless,
    /// One with an unknown name, which is reported.
    Unknown,
    /// One with an unknown name that says that tokens are in it.
    UnknownTokens,
}

impl Column {
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::Key(key) => Some(key),
            Self::AllAgents => Some("agents"),
            _ => None,
        }
    }
}

/// What a header cell names.
pub(super) fn column_named(cell: &str) -> Option<Column> {
    // All of them are ASCII. So Unicode's letters and digits need not be known: their tables take several KB of the package.
    let letters = cell.chars().filter(|character| !is_sign(*character)).map(|letter| letter.to_ascii_lowercase());
    // A cell may be as long as the text, and is read once, not once for each name.
    let beginning: String = letters.take(MOST_LETTERS).collect();
    COLUMNS.iter().find(|(name, _)| *name == beginning).map(|(_, column)| *column)
}

/// More than any name has.
const MOST_LETTERS: usize = 24;

/// Blanks, dashes, quotes and whatever else stands beside the letters of a name.
fn is_sign(character: char) -> bool {
    match character {
        _ if character.is_ascii() => !character.is_ascii_alphanumeric(),
        // Unicode's signs of Latin-1, General Punctuation, and the blocks from Arrows to Miscellaneous Symbols and Arrows
        '\u{a0}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{2bff}' => true,
        _ => character.is_whitespace() || is_unprintable(character),
    }
}

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
    ("outcome", Column::Result),
    ("status", Column::Result),
    ("sent", Column::Result),
    ("whattoknow", Column::Result),
    ("errors", Column::Result),
    ("baseurl", Column::Unused),
    ("space", Column::Unused),
    ("spacename", Column::Unused),
    ("providerid", Column::Unused),
    ("provider", Column::Unused),
];
