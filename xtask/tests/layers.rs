//! Compares the layers in `docs/architecture.md` with the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, UseTree, Visibility};

/// The modules of the core. Each may use those of the lines above it and of its own line.
const LAYERS: &[&[&str]] = &[
    &["invisible", "normalization", "instant"],
    &["secret"],
    &["issue"],
    &["input"],
    &["server_text"],
    &["http"],
    &["url"],
    &["address"],
    &["gitlab"],
    &["token"],
    &["misplaced"],
    &["torque"],
    &["onboarding"],
    &["export"],
    &["wasm"],
];

#[test]
fn each_module_of_the_core_uses_only_those_above_it() {
    let layer = |module: &str| {
        let found = LAYERS.iter().position(|layer| layer.contains(&module));
        found.unwrap_or_else(|| panic!("add `{module}` to LAYERS and to docs/architecture.md"))
    };
    let modules = Modules::read("src");
    for (module, used) in modules.uses() {
        let Some(own) = module.first() else { continue };
        for other in used.iter().filter_map(|path| path.first()) {
            assert!(layer(other) <= layer(own), "{own} uses `{other}`, which is below it in docs/architecture.md");
        }
    }
}

#[test]
fn no_module_is_on_a_cycle() {
    let mut found = Vec::new();
    for folder in ["src", "cli/src", "sandbox/src", "xtask/src"] {
        let cycles = cycles(&Modules::read(folder).uses());
        found.extend(cycles.iter().map(|cycle| format!("{folder}: {}", cycle.join(", "))));
    }
    assert!(found.is_empty(), "modules that use each other:\n{}", found.join("\n"));
}

#[test]
fn the_architecture_page_names_every_module_in_this_order() {
    let page = read(&root().join("docs/architecture.md"));
    let table =
        page.split("## Inside the core").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the section");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let named: Vec<&str> =
        rows.flat_map(|row| row.split('|').nth(1).unwrap_or_default().split('`').skip(1).step_by(2)).collect();
    assert_eq!(named, LAYERS.concat());
}

#[test]
fn only_the_binding_and_modules_that_call_the_platform_know_javascript() {
    // `issue` declares the union of codes for TypeScript.
    for file in files("src", &["rs"]) {
        let is_binding = matches!(module_of(&file).as_deref(), Some("wasm" | "url" | "normalization" | "issue"));
        let names =
            read(&file).lines().any(|line| !line.trim_start().starts_with("//") && line.contains("wasm_bindgen"));
        assert!(is_binding || !names, "{} names wasm_bindgen", file.display());
    }
}

#[test]
fn the_sandbox_does_not_use_the_crate() {
    let manifest = read(&root().join("sandbox/Cargo.toml"));
    let dependencies = manifest.split("dependencies]").skip(1).collect::<String>();
    assert!(!dependencies.contains("torque-gitlab-connect"), "the sandbox must be independent of the crate");
}

#[test]
fn the_page_uses_only_what_the_package_exports() {
    for file in files("www", &["ts"]) {
        for from in imports(&read(&file)) {
            assert!(
                from.starts_with("torque-gitlab-connect") || from.starts_with("./"),
                "{} imports {from}",
                file.display()
            );
        }
    }
}

#[test]
fn the_functions_of_the_package_do_not_know_the_element() {
    for file in files("pkg/src", &["ts"]) {
        let below = file.strip_prefix(root().join("pkg/src")).expect("below pkg/src");
        if below.starts_with("element") || below == Path::new("standalone.ts") {
            continue;
        }
        for from in imports(&read(&file)) {
            assert!(!from.contains("element"), "{} imports {from}", file.display());
        }
    }
}

#[test]
fn each_dependency_has_its_reason_in_the_table() {
    let page = read(&root().join("CONTRIBUTING.md"));
    let tables = page.split("## Dependencies").nth(1).expect("the section");
    for manifest in ["Cargo.toml", "cli/Cargo.toml", "sandbox/Cargo.toml", "xtask/Cargo.toml", "fuzz/Cargo.toml"] {
        let text = read(&root().join(manifest));
        let mut is_list = false;
        for line in text.lines() {
            if line.starts_with('[') {
                is_list = line.ends_with("dependencies]");
            } else if let Some((name, from)) = line.split_once(" = ").filter(|_| is_list) {
                let is_ours = from.contains("path = ");
                assert!(
                    is_ours || tables.contains(&format!("`{name}`")),
                    "{manifest}: {name} has no row in CONTRIBUTING.md"
                );
            }
        }
    }
    for manifest in ["package.json", "pkg/package.json", "www/package.json", "docs/api/package.json"] {
        let json: serde_json::Value = serde_json::from_str(&read(&root().join(manifest))).expect("JSON");
        for list in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
            for name in json[list].as_object().into_iter().flat_map(serde_json::Map::keys) {
                assert!(tables.contains(&format!("`{name}`")), "{manifest}: {name} has no row in CONTRIBUTING.md");
            }
        }
    }
}

fn root() -> PathBuf {
    // Cargo runs a test in the folder of its package.
    PathBuf::from("..")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// All files below a folder with one of these extensions. Panics if there are none.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if path.is_dir() && !path.ends_with("dist") && !path.ends_with("node_modules") {
                folders.push(path);
            } else if endings.contains(&ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "no source in {folder}");
    found
}

/// The top-level module of the core that a file belongs to; `None` for the root.
fn module_of(file: &Path) -> Option<String> {
    let below = file.strip_prefix(root().join("src")).ok()?.with_extension("");
    let module = below.components().next()?.as_os_str().to_str()?.to_owned();
    (module != "lib").then_some(module)
}

/// The path of a module from the crate's root; empty for the root itself.
type ModulePath = Vec<String>;

/// The modules of a crate, as syn reads them.
struct Modules {
    items: BTreeMap<ModulePath, Vec<Item>>,
}

impl Modules {
    fn read(folder: &str) -> Self {
        let mut items = BTreeMap::new();
        for file in files(folder, &["rs"]) {
            let below = file.strip_prefix(root().join(folder)).expect("below the folder").with_extension("");
            let names = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
            let path: ModulePath = names.filter(|name| name != "lib" && name != "main" && name != "mod").collect();
            let source = syn::parse_file(&read(&file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            items.entry(path).or_insert_with(Vec::new).extend(source.items);
        }
        Self { items }
    }

    /// Which modules each one uses, by paths that begin with `crate`, `super` or `self`. Tests and re-exports do not count.
    fn uses(&self) -> BTreeMap<ModulePath, BTreeSet<ModulePath>> {
        let used = |module: &ModulePath, items: &[Item]| {
            let mut paths = Paths::default();
            for item in items {
                paths.visit_item(item);
            }
            let found = paths.found.iter().filter_map(|path| self.defined_in(module, path, 0));
            // A module and its submodules are one idea: a submodule may use what its parent defines.
            found.filter(|other| !module.starts_with(other)).collect()
        };
        self.items.iter().map(|(module, items)| (module.clone(), used(module, items))).collect()
    }

    /// The module that defines what `path` names, seen from `module`; re-exports are followed.
    fn defined_in(&self, module: &ModulePath, path: &[String], depth: usize) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        let mut at: ModulePath = match first.as_str() {
            "crate" => Vec::new(),
            "super" => module.split_last()?.1.to_vec(),
            "self" => module.clone(),
            name if self.items.contains_key(&[module.as_slice(), &[name.to_owned()]].concat()) => module.clone(),
            _ => return None,
        };
        let names = if matches!(first.as_str(), "crate" | "super" | "self") { rest } else { path };
        for (index, name) in names.iter().enumerate() {
            let inner = [at.as_slice(), std::slice::from_ref(name)].concat();
            if name == "super" {
                at.pop();
            } else if self.items.contains_key(&inner) {
                at = inner;
            } else if let Some(target) = self.re_exported(&at, name).filter(|_| depth < 8) {
                let path = [target.as_slice(), &names[index + 1..]].concat();
                return self.defined_in(&at, &path, depth + 1).or(Some(at));
            } else {
                return Some(at);
            }
        }
        Some(at)
    }

    /// The path that a module re-exports under this name.
    fn re_exported(&self, module: &ModulePath, name: &str) -> Option<Vec<String>> {
        let uses = self.items.get(module)?.iter().filter_map(|item| match item {
            Item::Use(item) if is_re_export(item) => Some(item),
            _ => None,
        });
        uses.flat_map(|item| leaves(&item.tree)).find(|(_, shown)| shown == name).map(|(path, _)| path)
    }
}

/// Collects every path in code, and each path of a `use`.
#[derive(Default)]
struct Paths {
    found: Vec<Vec<String>>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_re_export(item) {
            self.found.extend(leaves(&item.tree).into_iter().map(|(path, _)| path));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.found.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Meta>().is_ok_and(|meta| meta.path().is_ident("test"))
    };
    attributes.iter().any(is_test)
}

fn is_re_export(item: &ItemUse) -> bool {
    !matches!(item.vis, Visibility::Inherited)
}

/// The paths in a `use`, each with the name that it gets.
fn leaves(tree: &UseTree) -> Vec<(Vec<String>, String)> {
    let below = |name: String, tree: &UseTree| {
        let under = |(path, shown): (Vec<String>, String)| ([vec![name.clone()], path].concat(), shown);
        leaves(tree).into_iter().map(under).collect()
    };
    match tree {
        UseTree::Path(path) => below(path.ident.to_string(), &path.tree),
        UseTree::Name(name) if name.ident == "self" => vec![(Vec::new(), String::new())],
        UseTree::Name(name) => vec![(vec![name.ident.to_string()], name.ident.to_string())],
        UseTree::Rename(rename) => vec![(vec![rename.ident.to_string()], rename.rename.to_string())],
        UseTree::Glob(_) => vec![(Vec::new(), "*".to_owned())],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}

/// All modules that one uses, directly or through others.
fn reached<'a>(uses: &'a BTreeMap<ModulePath, BTreeSet<ModulePath>>, from: &ModulePath) -> BTreeSet<&'a ModulePath> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&ModulePath> = uses.get(from).into_iter().flatten().collect();
    while let Some(module) = waiting.pop() {
        if seen.insert(module) {
            waiting.extend(uses.get(module).into_iter().flatten());
        }
    }
    seen
}

/// The modules that are on a cycle, in groups that reach each other.
fn cycles(uses: &BTreeMap<ModulePath, BTreeSet<ModulePath>>) -> Vec<Vec<String>> {
    let all: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> =
        uses.keys().map(|module| (module, reached(uses, module))).collect();
    let together = |one: &ModulePath| {
        let mutual = all.keys().filter(|other| all[one].contains(**other) && all[*other].contains(one));
        mutual.map(|module| module.join("::")).collect::<Vec<String>>()
    };
    let groups: BTreeSet<Vec<String>> =
        all.keys().map(|module| together(module)).filter(|group| !group.is_empty()).collect();
    groups.into_iter().collect()
}

/// What a TypeScript file imports from.
fn imports(source: &str) -> Vec<String> {
    let lines = source
        .lines()
        .filter(|line| line.contains("import ") || line.contains("} from ") || line.starts_with("export "));
    lines.filter_map(|line| line.split(" from '").nth(1)?.split('\'').next().map(str::to_owned)).collect()
}

#[test]
fn paths_of_every_form_are_followed_to_their_definitions() {
    let parse = |source: &str| syn::parse_file(source).expect("Rust").items;
    let root = "mod a; mod b { fn f() {} } #[cfg(test)] mod tests { use crate::b; }";
    let a = "mod deep; pub use deep::Deep; use crate::{b::{self, C}, a}; fn f() { super::b::f(); self::deep::g() }";
    let b = "pub(crate) use crate::a::Deep as Other; fn f(_: crate::a::Deep) {}";
    let named = |name: &str| vec![name.to_owned()];
    let deep = vec!["a".to_owned(), "deep".to_owned()];
    let items = [(Vec::new(), parse(root)), (named("a"), parse(a)), (deep.clone(), parse("")), (named("b"), parse(b))];
    let uses = Modules { items: items.into() }.uses();
    assert_eq!(uses[&Vec::new()], BTreeSet::new());
    assert_eq!(uses[&named("a")], BTreeSet::from([named("b"), deep.clone()]));
    assert_eq!(uses[&named("b")], BTreeSet::from([deep]));
    assert!(cycles(&uses).is_empty());

    let both = BTreeMap::from([(named("a"), BTreeSet::from([named("b")])), (named("b"), BTreeSet::from([named("a")]))]);
    assert_eq!(cycles(&both), [["a", "b"]]);
}
