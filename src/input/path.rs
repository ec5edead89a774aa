//! Where a value stands in what is read.

use crate::issue::{Issue, PathSegment};

/// What a caller names that is a file: a table of repositories, a stored draft.
pub(super) const FILE: &str = "text";

/// Where a value stands: in what is called by a name, or by none.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Start(Option<&'p str>),
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    pub(super) fn put_before(&self, issue: Issue) -> Issue {
        match self {
            Self::Start(None) => issue,
            Self::Start(Some(name)) => issue.at(*name),
            Self::Key(above, key) => above.put_before(issue.at(*key)),
            Self::Index(above, index) => above.put_before(issue.at(*index)),
        }
    }

    pub(super) fn is_in_file(&self) -> bool {
        match self {
            Self::Start(name) => *name == Some(FILE),
            Self::Key(above, _) | Self::Index(above, _) => above.is_in_file(),
        }
    }

    /// The steps from the start, as JSON text.
    pub(super) fn key(&self) -> String {
        let mut steps = Vec::new();
        let mut path = self;
        loop {
            path = match path {
                Self::Start(_) => break,
                Self::Key(above, key) => {
                    steps.push(PathSegment::Key((*key).to_owned()));
                    above
                }
                Self::Index(above, index) => {
                    steps.push(PathSegment::Index(*index));
                    above
                }
            };
        }
        steps.reverse();
        serde_json::to_string(&steps).unwrap_or_default()
    }
}
