//! Two checkouts share a target folder, and therefore the program. It works in the checkout in which it is called.

#![cfg(unix)] // A shell script replaces npm.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn a_command_works_in_the_checkout_in_which_it_is_called() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("checkouts");
    let checkouts = ["one", "two"].map(|name| folder.join(name));
    for checkout in &checkouts {
        let _ = fs::remove_dir_all(checkout);
        for part in [".cargo", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "src", "cli", "sandbox", "xtask"] {
            copy(&Path::new("..").join(part), &checkout.join(part));
        }
    }
    // `npm ci` is the first step that writes into a checkout.
    let npm = folder.join("programs/npm");
    fs::create_dir_all(npm.parent().unwrap()).unwrap();
    fs::write(&npm, "#!/bin/sh\n: > npm-ran-here\nexit 1\n").unwrap();
    fs::set_permissions(&npm, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", npm.parent().unwrap().display(), std::env::var("PATH").unwrap());

    for (called, other) in [(0, 1), (1, 0)] {
        let marker = |number: usize| checkouts[number].join("npm-ran-here");
        let output = Command::new("cargo")
            .args(["xtask", "build"])
            .current_dir(checkouts[called].join("src"))
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .env("PATH", &path)
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(marker(called).exists() && !marker(other).exists(), "{shown}");
        assert!(!output.status.success(), "a step that fails shows its output:\n{shown}");
        fs::remove_file(marker(called)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        copy(&from.join(&name), &to.join(&name));
    }
}
