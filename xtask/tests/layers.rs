//! The sources follow the layers of `docs/architecture.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the core. Each may use those of the lines above it and of its own line.
const LAYERS: &[&[&str]] = &[
    &["swar", "invisible", "normalization", "instant"],
    &["secret"],
    &["issue"],
    &["input"],
    &["server_text"],
    &["http"],
    &["cross_check", "url_reader"],
    &["reserved", "pages", "pasted"],
    &["base_url", "containment", "repository_url", "portal_url"],
    &["branch"],
    &["gitlab"],
    &["token"],
    &["torque"],
    &["onboarding"],
    &["export"],
    &["wasm"],
];

#[test]
fn each_module_of_the_core_uses_only_the_layers_above_it() {
    let layer = |module: &str| {
        let found = LAYERS.iter().position(|layer| layer.contains(&module));
        found.unwrap_or_else(|| panic!("`{module}` is missing from LAYERS and from docs/architecture.md"))
    };
    for file in files("src", &["rs"]) {
        let Some(module) = module_of(&file) else { continue };
        for used in used_modules(&read(&file)) {
            assert!(
                layer(&used) <= layer(&module),
                "{} uses `{used}`, which is below it in docs/architecture.md",
                file.display()
            );
        }
    }
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
fn only_the_binding_and_what_asks_the_platform_know_javascript() {
    // `issue` declares the union of codes for TypeScript.
    for file in files("src", &["rs"]) {
        let is_binding =
            matches!(module_of(&file).as_deref(), Some("wasm" | "cross_check" | "normalization" | "issue"));
        let names =
            read(&file).lines().any(|line| !line.trim_start().starts_with("//") && line.contains("wasm_bindgen"));
        assert!(is_binding || !names, "{} names wasm_bindgen", file.display());
    }
}

#[test]
fn the_sandbox_does_not_use_the_crate() {
    let manifest = read(&root().join("sandbox/Cargo.toml"));
    let dependencies = manifest.split("dependencies]").skip(1).collect::<String>();
    assert!(!dependencies.contains("torque-gitlab-connect"), "the sandbox would no longer be able to disagree");
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

/// All files below a folder with one of these endings; at least one.
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

/// The module of the core that a file belongs to; none for the root.
fn module_of(file: &Path) -> Option<String> {
    let below = file.strip_prefix(root().join("src")).ok()?.with_extension("");
    let module = below.components().next()?.as_os_str().to_str()?.to_owned();
    (module != "lib").then_some(module)
}

/// Every module that stands behind `crate::`, also in braces; tests of a file and comments apart.
fn used_modules(source: &str) -> BTreeSet<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    let mut used = BTreeSet::new();
    for behind in code.split("crate::").skip(1) {
        let Some(list) = behind.strip_prefix('{') else {
            used.insert(leading_name(behind));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (at, character) in list.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if character.is_whitespace() => {}
                _ if begins => {
                    used.insert(leading_name(&list[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    used
}

fn leading_name(text: &str) -> String {
    text.chars().take_while(|character| character.is_ascii_lowercase() || *character == '_').collect()
}

/// What a TypeScript file imports from.
fn imports(source: &str) -> Vec<String> {
    let lines = source
        .lines()
        .filter(|line| line.contains("import ") || line.contains("} from ") || line.starts_with("export "));
    lines.filter_map(|line| line.split(" from '").nth(1)?.split('\'').next().map(str::to_owned)).collect()
}

#[test]
fn used_modules_are_found_in_every_form() {
    let source = "use crate::{base_url::BaseUrl, issue::{Check, Issue},\n    token};\nfn f() { crate::json::write(&1) }\n// crate::wasm\n";
    let found: Vec<String> = used_modules(source).into_iter().collect();
    assert_eq!(found, ["base_url", "issue", "json", "token"]);
}
