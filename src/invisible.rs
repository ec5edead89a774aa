//! Characters that nobody sees.

/// Those that show nothing, or change how the text around them is drawn: Unicode's `Default_Ignorable_Code_Point` and its
/// general category `Cf`, as of Unicode 18.0 (`DerivedCoreProperties.txt` and `DerivedGeneralCategory.txt` of the
/// [Unicode Character Database](https://www.unicode.org/Public/18.0.0/ucd/)).
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Those that no single line of text has: invisible ones, control characters, and Unicode's separators of lines.
pub(crate) fn is_unprintable(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') || is_invisible(character)
}

#[cfg(test)]
mod tests {
    use icu_properties::{
        CodePointSetData,
        props::{DefaultIgnorableCodePoint, GeneralCategory},
    };

    use super::*;

    #[test]
    fn the_invisible_characters_are_those_of_the_unicode_tables() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let category = icu_properties::CodePointMapData::<GeneralCategory>::new();
        let wrong: Vec<u32> = ('\0'..=char::MAX)
            .filter(|character| {
                let is_format = category.get(*character) == GeneralCategory::Format;
                is_invisible(*character) != (is_format || ignorable.contains(*character))
            })
            .map(u32::from)
            .collect();
        assert!(wrong.is_empty(), "{wrong:x?}");
    }
}
