//! The table. A row: variant, code, severity, names of the params, text with `{param}` places.

use super::Severity;

macro_rules! url_faults {
    ($($(#[doc = $doc:literal])* $variant:ident $what:literal $severity:ident [$($param:literal),*] $text:literal;)*) => {
        /// What can be wrong with the text of a URL; the code is `base_url.…`, `repository_url.…` or `portal_url.…`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum UrlFault { $($(#[doc = $doc])* $variant,)* }

        impl UrlFault {
            /// Every fault, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            fn base_url(self) -> &'static str { match self { $(Self::$variant => concat!("base_url.", $what),)* } }
            fn repository_url(self) -> &'static str { match self { $(Self::$variant => concat!("repository_url.", $what),)* } }
            fn portal_url(self) -> &'static str { match self { $(Self::$variant => concat!("portal_url.", $what),)* } }
            fn severity(self) -> Severity { match self { $(Self::$variant => Severity::$severity,)* } }
            fn params(self) -> &'static [&'static str] { match self { $(Self::$variant => &[$($param),*],)* } }
            fn text(self) -> &'static str { match self { $(Self::$variant => $text,)* } }
        }
    };
}

macro_rules! issue_codes {
    ($($(#[doc = $doc:literal])* $variant:ident $code:literal $severity:ident [$($param:literal),*] $text:literal;)*) => {
        /// Every code of this crate. `as_str` is the contract; the variants may grow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum IssueCode {
            /// `base_url.…`: the fault lies in a provider's base URL.
            BaseUrl(UrlFault),
            /// `repository_url.…`: the fault lies in a repository URL.
            RepositoryUrl(UrlFault),
            /// `portal_url.…`: the fault lies in the address of Torque.
            PortalUrl(UrlFault),
            $($(#[doc = $doc])* $variant,)*
        }

        impl IssueCode {
            /// Every code, for documents and for tests that hold other tables against this one.
            pub fn all() -> impl Iterator<Item = Self> {
                UrlFault::ALL.iter().map(|fault| Self::BaseUrl(*fault))
                    .chain(UrlFault::ALL.iter().map(|fault| Self::RepositoryUrl(*fault)))
                    .chain(UrlFault::ALL.iter().map(|fault| Self::PortalUrl(*fault)))
                    .chain([$(Self::$variant,)*])
            }

            /// The code as programs see it, `subject.what`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::BaseUrl(fault) => fault.base_url(),
                    Self::RepositoryUrl(fault) => fault.repository_url(),
                    Self::PortalUrl(fault) => fault.portal_url(),
                    $(Self::$variant => $code,)*
                }
            }

            /// The severity unless a policy says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    Self::BaseUrl(fault) | Self::RepositoryUrl(fault) | Self::PortalUrl(fault) => fault.severity(),
                    $(Self::$variant => Severity::$severity,)*
                }
            }

            /// The names of the details that an issue of this code may carry.
            #[must_use]
            pub fn params(self) -> &'static [&'static str] {
                match self {
                    Self::BaseUrl(fault) | Self::RepositoryUrl(fault) | Self::PortalUrl(fault) => fault.params(),
                    $(Self::$variant => &[$($param),*],)*
                }
            }

            /// The English text with its `{param}` places.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self {
                    Self::BaseUrl(fault) | Self::RepositoryUrl(fault) | Self::PortalUrl(fault) => fault.text(),
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

url_faults! {
    /// Nothing, or only white space.
    Empty "empty" Error [] "Enter a URL, for example https://gitlab.example.com/.";
}

issue_codes! {
    /// Something in the input that could not be read: a throwing getter, a cycle, a function.
    InputUnreadable "input.unreadable" Error [] "This value could not be read. Pass plain data: text, numbers, lists and objects.";
    /// Text with half of a surrogate pair.
    InputNotWellFormed "input.not_well_formed" Error [] "This text is not well-formed Unicode (it holds half of a surrogate pair). Enter it again.";
    /// A key that this object does not have.
    InputUnknownKey "input.unknown_key" Error ["key"] "There is no setting \"{key}\" here. Remove it or correct its name.";
    /// A key that this object must have.
    InputMissing "input.missing" Error ["expected"] "This value is missing: {expected} is needed.";
    /// A value of another type.
    InputWrongType "input.wrong_type" Error ["expected", "got"] "Expected {expected}, got {got}.";
    /// Text or a number that is none of the possible values.
    InputNotAllowed "input.not_allowed" Error ["expected"] "This value is not one of those possible: {expected}.";
}
