//! The order in which the wasm's functions lie. What is alike compresses better side by side; nothing else changes.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{Parser, Payload, TypeRef};

use crate::step::{Context, Failed, Result};

/// So many bytes in a row are what two functions may have in common: two or three instructions.
const PIECE: usize = 6;

/// Names each function of the wasm in `file` by its place in the best order, for `wasm-opt --reorder-functions-by-name`.
pub fn name_by_place(file: &Path) -> Result<()> {
    let mut wasm = fs::read(file).cannot(format!("read {}", file.display()))?;
    let (imported, bodies) = functions(&wasm).map_err(|error| Failed::new(format!("{}: {error}", file.display())))?;
    let mut place_of = vec![0; bodies.len()];
    for (place, function) in order(&bodies).into_iter().enumerate() {
        place_of[function] = place;
    }
    let mut names = NameMap::new();
    for (index, place) in (imported..).zip(place_of) {
        names.append(index, &format!("{place:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    section.append_to(&mut wasm);
    fs::write(file, wasm).cannot(format!("write {}", file.display()))
}

/// How many functions are imported, and the bodies of the others.
fn functions(wasm: &[u8]) -> wasmparser::Result<(u32, Vec<&[u8]>)> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// Begins with the shortest; then always the one, of those that are left, that has most in common with the last.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<Vec<&[u8]>> = bodies.iter().map(|body| pieces(body)).collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            having.entry(piece).or_default().push(function);
        }
    }
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    left.sort_by_key(|function| bodies[*function].len());
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let mut common = vec![0_u64; bodies.len()];
        for piece in order.last().map_or(&[][..], |last| &pieces[*last]) {
            having[piece].iter().for_each(|function| common[*function] += 1);
        }
        // A long one has something in common with every other; the 20 keep the very short ones from going first.
        let likeness = |function: usize| common[function].pow(2) * 1_000_000 / (pieces[function].len() as u64 + 20);
        let mut next = 0;
        for candidate in 1..left.len() {
            if likeness(left[candidate]) > likeness(left[next]) {
                next = candidate;
            }
        }
        order.push(left.remove(next));
    }
    order
}

/// What a function consists of, each piece once.
fn pieces(body: &[u8]) -> Vec<&[u8]> {
    let mut pieces: Vec<&[u8]> = body.windows(PIECE).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_comes_side_by_side() {
        let bodies: [&[u8]; 5] = [b"abcdefgh-1", b"ABCDEFGH-12", b"abcdefgh-123", b"ABCDEFGH-1234", b"x"];
        assert_eq!(order(&bodies), [4, 0, 2, 1, 3]);
    }
}
