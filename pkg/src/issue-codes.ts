/** Every issue code. Held against Rust's table by a test: `UPDATE=1 cargo test --features js issue_codes` writes it anew. */
export type IssueCode = string;
