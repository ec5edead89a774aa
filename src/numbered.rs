//! A number for each of many texts, such as its place in a list.

use std::{borrow::Cow, collections::BTreeMap};

/// Numbers by text. It is the crate's only tree: each further kind of key would be another copy of its code.
#[derive(Default)]
pub(crate) struct Numbered<'a>(BTreeMap<Cow<'a, str>, usize>);

impl<'a> Numbered<'a> {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The number of `text`, which is `number` if it has none yet.
    #[inline(never)]
    pub(crate) fn entry(&mut self, text: Cow<'a, str>, number: usize) -> &mut usize {
        self.0.entry(text).or_insert(number)
    }

    /// The number of `text`, if it has one.
    #[inline(never)]
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        self.0.get(text).copied()
    }
}
