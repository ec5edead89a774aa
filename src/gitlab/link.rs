//! The `Link` header of HTTP ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).
//!
//! It is read by the algorithm of appendix B, which accepts what servers write although the grammar of section 3 does not have it: white
//! space around every character, unquoted values, empty parameters and empty elements. What that algorithm ignores silently is an
//! error here, because a link that is ignored would end a list too early.

/// The header cannot be read, so its links are unknown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The targets of the links with this relation to what the header came with, as they are written; not yet resolved.
pub(super) fn targets<'a>(header: &'a str, relation: &str) -> Result<Vec<&'a str>, Malformed> {
    let mut targets = Vec::new();
    let mut rest = header.trim_start_matches(between_links);
    while !rest.is_empty() {
        let (target, behind) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).ok_or(Malformed)?;
        let (parameters, behind) = parameters(behind)?;
        if parameters.relates_by(relation) {
            targets.push(target);
        }
        rest = behind.trim_start_matches(between_links);
    }
    Ok(targets)
}

/// The parameters that decide; the first of each counts (sections 3.2 and 3.3).
#[derive(Default)]
struct Parameters {
    rel: Option<String>,
    anchor: Option<String>,
}

impl Parameters {
    /// A link with an anchor belongs to another resource.
    fn relates_by(&self, relation: &str) -> bool {
        let is_of_this = self.anchor.as_deref().is_none_or(str::is_empty);
        let mut relations = self.rel.as_deref().unwrap_or_default().split_ascii_whitespace();
        is_of_this && relations.any(|name| name.eq_ignore_ascii_case(relation))
    }
}

/// The parameters at the start of `text`, and the rest: nothing, or the comma before the next link.
fn parameters(text: &str) -> Result<(Parameters, &str), Malformed> {
    let mut parameters = Parameters::default();
    let mut rest = text.trim_start_matches(white_space);
    while let Some(parameter) = rest.strip_prefix(';') {
        let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
        let (name, behind) = parameter.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            Some(value) => value_of(value.trim_start_matches(white_space))?,
            None => (String::new(), behind),
        };
        let name = name.trim_matches(white_space);
        if name.contains(is_no_text) {
            return Err(Malformed);
        }
        if name.eq_ignore_ascii_case("rel") {
            parameters.rel.get_or_insert(value);
        } else if name.eq_ignore_ascii_case("anchor") {
            parameters.anchor.get_or_insert(value);
        }
        rest = behind.trim_start_matches(white_space);
    }
    if rest.is_empty() || rest.starts_with(',') { Ok((parameters, rest)) } else { Err(Malformed) }
}

/// A parameter's value, with or without quotes, and the rest.
fn value_of(text: &str) -> Result<(String, &str), Malformed> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, behind) = text.split_at(text.find([';', ',']).unwrap_or(text.len()));
        // The comma or the quote that would have ended it is missing.
        return if value.contains(is_no_text) { Err(Malformed) } else { Ok((value.to_owned(), behind)) };
    };
    let mut value = String::new();
    let mut characters = quoted.chars();
    loop {
        match characters.next().ok_or(Malformed)? {
            '"' => return Ok((value, characters.as_str())),
            '\\' => value.push(characters.next().ok_or(Malformed)?),
            character => value.push(character),
        }
    }
}

/// What has a meaning of its own in the header, and so does not stand in a name or in a value without quotes.
fn is_no_text(character: char) -> bool {
    matches!(character, '<' | '>' | '"')
}

fn white_space(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

fn between_links(character: char) -> bool {
    white_space(character) || character == ','
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn next(header: &str) -> Result<Vec<&str>, Malformed> {
        targets(header, "next")
    }

    #[test]
    fn a_relation_is_found_however_it_is_written() {
        for header in [
            r#"<x>; rel="next""#,
            "<x>;rel=next",
            "<x>; rel=NEXT",
            r#"<x>; REL="Next""#,
            r#"<x>; Rel = "next""#,
            "<x>\t;\trel\t=\tnext\t",
            r#"<x>; rel="prev next last""#,
            r#"<x>; rel="  prev   next ""#,
            "<x>; rel=prev next",
            r#"<x>; rel="ne\xt""#,
            r#"<x>; title="a, <y>; rel=\"prev\"; b"; rel="next""#,
            r#"<x>; title*=UTF-8''%2c%3b; rel="next"; type="a/b""#,
            "<x>; crossorigin; rel=next",
            "<x>;; ;rel=next;",
            r#"<x>; rel="next"; rel="prev""#,
            r#"<x>; anchor=""; rel="next""#,
            r#", ,<x>; rel="next" ,, "#,
            r#"<a>; rel="first", <x>; rel="next",<z>;rel=last"#,
            r#"<x>; rel="https://example.com/a,b next""#,
        ] {
            assert_eq!(next(header), Ok(vec!["x"]), "{header}");
        }
        assert_eq!(next("<a,b;c>; rel=next"), Ok(vec!["a,b;c"]));
        assert_eq!(next("<>; rel=next, <b>; rel=next"), Ok(vec!["", "b"]));
    }

    #[test]
    fn no_other_link_is_taken_for_it() {
        for header in [
            "",
            " , ",
            "<x>",
            r#"<x>; rel="prev""#,
            r#"<x>; rel="next-archive nextnext https://example.com/next""#,
            r#"<x>; rel="prev"; rel="next""#,
            r#"<x>; rev="next""#,
            r#"<x>; title="rel=next""#,
            r#"<x>; title="; rel=\"next\"""#,
            r#"<x>; rel="next"; anchor="/elsewhere""#,
            "<x>; rel",
            "<x>; rel=",
        ] {
            assert_eq!(next(header), Ok(vec![]), "{header}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for header in [
            "x",
            "<x",
            "x>; rel=next",
            r#""<x>; rel=next""#,
            r#"<x>; rel="next"#,
            r#"<x>; rel="next\"#,
            r#"<x>; rel=next""#,
            r#"<x>; rel="next" y"#,
            r#"<x>; rel="next" <y>; rel="prev""#,
            "<x> <y>; rel=next",
            "<y>; rel=prev <x>; rel=next",
            "<y>; prev <x>; rel=next",
            "<x> rel=next",
            "<y>; rel=prev, x",
        ] {
            assert_eq!(next(header), Err(Malformed), "{header}");
        }
    }

    /// A parameter that is no relation, with everything in its value that has a meaning elsewhere.
    fn other_parameter() -> impl Strategy<Value = String> {
        let quoted = "[ -~]{0,12}".prop_map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")));
        (
            "(title|type|hreflang|x)",
            prop_oneof![Just(String::new()), "=[a-z/*'%=]{0,6}".boxed(), quoted.prop_map(|value| format!("={value}"))],
        )
            .prop_map(|(name, value)| name + &value)
    }

    /// A link with this relation, written in any of the ways that mean the same; its target, and whether it is `next`.
    fn link() -> impl Strategy<Value = (String, String, bool)> {
        let relations = prop::collection::vec("(next|NEXT|Next|prev|last|https://example\\.com/r)", 1..4);
        let space = || "[ \t]{0,2}";
        let parameters = || prop::collection::vec(other_parameter(), 0..3);
        let name = "[rR][eE][lL]";
        (
            "[a-z:/?=&;,.%0-9]{0,12}",
            relations,
            any::<bool>(),
            parameters(),
            parameters(),
            (space(), space(), space(), name),
        )
            .prop_map(|(target, relations, is_quoted, before, behind, (one, two, three, name))| {
                let is_next = relations.iter().any(|relation| relation.eq_ignore_ascii_case("next"));
                let relations = relations.join(" ");
                let relation = if is_quoted { format!("\"{relations}\"") } else { relations };
                let own = format!("{name}{two}={three}{relation}");
                let all: Vec<String> = before.into_iter().chain([own]).chain(behind).collect();
                let text = format!("<{target}>{one};{two}{}", all.join(&format!("{three};{one}")));
                (target, text, is_next)
            })
    }

    proptest! {
        /// Of any header written by the grammar the targets of the relation are read, all and no others, in their order.
        #[test]
        fn every_link_of_a_header_is_read(links in prop::collection::vec((link(), "[ \t]{0,2},[ \t,]{0,2}"), 0..4)) {
            let header: String = links.iter().flat_map(|((_, text, _), comma)| [text.as_str(), comma.as_str()]).collect();
            let expected: Vec<&str> = links.iter().filter(|((_, _, is_next), _)| *is_next).map(|((target, ..), _)| target.as_str()).collect();
            prop_assert_eq!(next(&header), Ok(expected), "{}", header);
        }

        #[test]
        fn any_text_is_read_or_told(text in "[<>;,=\" \\\\a-z]{0,30}|\\PC*") {
            let _ = next(&text);
        }
    }
}
