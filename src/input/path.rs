//! Where a value stands in what is read.

use crate::issue::{Issue, PathSegment};

/// What a caller names that is a file: a table of repositories, a stored draft.
pub(super) const FILE: &str = "text";

/// Where a value stands: in what is called by a name, or by none.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
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

    /// The steps to it, with the name at the start, if there is one.
    pub(crate) fn steps(&self) -> Vec<PathSegment> {
        let (above, step) = match self {
            Self::Start(name) => return name.iter().map(|name| PathSegment::from(*name)).collect(),
            Self::Key(above, key) => (above, PathSegment::from(*key)),
            Self::Index(above, index) => (above, PathSegment::from(*index)),
        };
        let mut steps = above.steps();
        steps.push(step);
        steps
    }

    pub(super) fn is_in_file(&self) -> bool {
        self.name() == Some(FILE)
    }

    /// The steps within what has the name, as JSON text.
    pub(super) fn key(&self) -> String {
        let steps = self.steps();
        serde_json::to_string(&steps[usize::from(self.name().is_some())..]).unwrap_or_default()
    }

    /// What is at the start.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Start(name) => *name,
            Self::Key(above, _) | Self::Index(above, _) => above.name(),
        }
    }
}

/// For the search of all texts.
#[cfg(feature = "js-validate")]
impl Path<'_> {
    /// The last key on the way, or the name.
    pub(crate) fn last_key(&self) -> Option<&str> {
        match self {
            Self::Start(name) => *name,
            Self::Key(_, key) => Some(key),
            Self::Index(above, _) => above.last_key(),
        }
    }

    /// The name, or the first key on the way.
    pub(crate) fn first_key(&self) -> Option<&str> {
        match self {
            Self::Start(name) => *name,
            Self::Key(above, key) => above.first_key().or(Some(key)),
            Self::Index(above, _) => above.first_key(),
        }
    }
}
