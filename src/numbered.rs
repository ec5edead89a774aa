//! A number for each of many texts, such as its place in a list.

use std::borrow::Cow;

use crate::text::hash;

/// Numbers by text: a hash table with open addressing. Ours, because each of the standard library's maps is kilobytes of
/// the wasm.
#[derive(Default)]
pub(crate) struct Numbered<'a> {
    /// A power of two, of which at least half is free. A text stands where its hash points, or where from there on the
    /// next place was free.
    places: Vec<Option<(Cow<'a, str>, usize)>>,
    length: usize,
}

impl<'a> Numbered<'a> {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The number of `text`, which is `number` if it has none yet.
    #[inline(never)]
    pub(crate) fn entry(&mut self, text: Cow<'a, str>, number: usize) -> &mut usize {
        if 2 * self.length >= self.places.len() {
            self.grow();
        }
        let place = self.place_of(&text);
        self.length += usize::from(self.places[place].is_none());
        &mut self.places[place].get_or_insert((text, number)).1
    }

    /// The number of `text`, if it has one.
    #[inline(never)]
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        if self.places.is_empty() {
            return None;
        }
        self.places[self.place_of(text)].as_ref().map(|(_, number)| *number)
    }

    /// Where `text` stands, or would.
    #[inline(never)]
    fn place_of(&self, text: &str) -> usize {
        let last = self.places.len() - 1;
        let mut place = usize::try_from(hash(text.as_bytes()) & last as u64).unwrap_or_default();
        while self.places[place].as_ref().is_some_and(|(known, _)| known != text) {
            place = (place + 1) & last;
        }
        place
    }

    fn grow(&mut self) {
        let length = (2 * self.places.len()).max(16);
        let known = std::mem::replace(&mut self.places, std::iter::repeat_with(|| None).take(length).collect());
        for entry in known.into_iter().flatten() {
            let place = self.place_of(&entry.0);
            self.places[place] = Some(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_found_as_in_a_map_of_the_standard_library(texts in prop::collection::vec("[ab]{0,6}", 0..200)) {
            let (mut ours, mut theirs) = (Numbered::new(), BTreeMap::new());
            prop_assert_eq!(ours.get(""), None);
            for (number, text) in texts.iter().enumerate() {
                prop_assert_eq!(ours.get(text), theirs.get(text).copied());
                let expected = *theirs.entry(text).or_insert(number);
                prop_assert_eq!(*ours.entry(Cow::Borrowed(text.as_str()), number), expected);
            }
            for text in &texts {
                prop_assert_eq!(ours.get(text), theirs.get(text).copied());
            }
        }
    }
}
