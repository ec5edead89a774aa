//! The JavaScript exports: one typed function for each function of the package, which reads its arguments, asks the core and
//! gives the answer. No rule of its own. It alone knows that JavaScript exists, but for the one question of
//! `url::cross_check`.
//!
//! `pkg/src/copy.ts` copies each argument before it comes here (`argument::Argument`), so that nothing that a caller
//! passes (a getter that throws, a Proxy) runs in the middle of a call. What comes back is built by `serde_wasm_bindgen` from
//! the core's own types, whose TypeScript declarations `tsify` writes.

mod addresses;
#[cfg(target_arch = "wasm32")]
mod allocator;
mod answer;
mod argument;
mod call;
#[cfg(feature = "js")]
mod exports;
#[cfg(feature = "js")]
mod gitlab;
mod guard;
mod inputs;
#[cfg(feature = "js")]
mod job;
#[cfg(feature = "js")]
mod plan;
mod platform;
mod schemas;
#[cfg(feature = "js")]
mod spaces;
mod tokens;
mod torque;

pub use addresses::*;
#[cfg(feature = "js")]
pub use {exports::*, gitlab::*, job::*, spaces::*};
pub use {schemas::*, tokens::*, torque::*};
