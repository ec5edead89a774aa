//! The three kinds of address, each made by a check alone: [`BaseUrl`], [`RepositoryUrl`] and [`PortalUrl`].
//!
//! A repository URL is checked against a base URL: it must be inside, because the base URL's token is sent where it points.

mod base_url;
mod containment;
mod pages;
mod portal_url;
mod repository_url;
mod reserved;
mod text_traits;

pub use self::base_url::BaseUrl;
pub use self::portal_url::PortalUrl;
#[cfg(feature = "js-validate")]
pub(crate) use self::repository_url::verdict_of_utf8;
pub use self::repository_url::{PartRange, RepositoryUrl, RepositoryUrlParts, Verdict, verdict};
