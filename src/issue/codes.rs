//! The table. A row: variant, code, severity, the feature that has it if it is one's, topic if it has one, names of the params,
//! text with `{param}` places.

#[cfg(feature = "js-validate")]
use wasm_bindgen::prelude::wasm_bindgen;

use super::{Severity, Topic};

macro_rules! url_errors {
    ($($(#[doc = $doc:literal])* $variant:ident $what:literal $severity:ident ($($subject:ident)*) [$($param:literal),*] $text:literal;)*) => {
        /// What can be wrong with the text of a URL; the code is `base_url.…`, `repository_url.…` or `portal_url.…`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum UrlError { $($(#[doc = $doc])* $variant,)* }

        /// The same for TypeScript.
        #[cfg(feature = "js-validate")]
        #[wasm_bindgen(typescript_custom_section)]
        const URL_ISSUE_CODE: &str = concat!(
            "/** What can be wrong with the text of a URL. */\nexport type UrlIssueCode =\n",
            $($("  | '", stringify!($subject), "_url.", $what, "'\n",)*)* ";\n"
        );

        impl UrlError {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The errors that the URL called `subject` can have.
            fn of(subject: &'static str) -> impl Iterator<Item = Self> {
                Self::ALL.iter().copied().filter(move |error| match error {
                    $(Self::$variant => [$(stringify!($subject)),*].contains(&subject),)*
                })
            }

            fn base_url_code(self) -> &'static str { match self { $(Self::$variant => concat!("base_url.", $what),)* } }
            fn repository_url_code(self) -> &'static str { match self { $(Self::$variant => concat!("repository_url.", $what),)* } }
            fn portal_url_code(self) -> &'static str { match self { $(Self::$variant => concat!("portal_url.", $what),)* } }
            fn severity(self) -> Severity { match self { $(Self::$variant => Severity::$severity,)* } }
            fn params(self) -> &'static [&'static str] { match self { $(Self::$variant => &[$($param),*],)* } }
            fn text(self) -> &'static str { match self { $(Self::$variant => $text,)* } }
        }
    };
}

macro_rules! topic {
    () => {
        Topic::Other
    };
    ($topic:ident) => {
        Topic::$topic
    };
}

macro_rules! issue_codes {
    ($($(#[doc = $doc:literal])* $variant:ident $code:literal $severity:ident $(of $feature:literal)? $(about $topic:ident)? [$($param:literal),*] $text:literal;)*) => {
        /// Every code of this crate. `as_str` is the contract; the variants may grow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum IssueCode {
            /// `base_url.…`: about a provider's base URL.
            BaseUrl(UrlError),
            /// `repository_url.…`: about a repository URL.
            RepositoryUrl(UrlError),
            /// `portal_url.…`: about the Torque URL.
            PortalUrl(UrlError),
            $($(#[doc = $doc])* $(#[cfg(feature = $feature)])? $variant,)*
        }

        /// The same for TypeScript.
        #[cfg(feature = "js-validate")]
        #[wasm_bindgen(typescript_custom_section)]
        const ISSUE_CODE: &str = concat!(
            "/** Every code of an issue. The contract; codes may be added. */\nexport type IssueCode =\n  | UrlIssueCode\n",
            $("  | '", $code, "'\n",)* ";\n"
        );

        impl IssueCode {
            /// Every code, for documents and for tests that hold other tables against this one.
            pub fn all() -> impl Iterator<Item = Self> {
                UrlError::of("base").map(Self::BaseUrl)
                    .chain(UrlError::of("repository").map(Self::RepositoryUrl))
                    .chain(UrlError::of("portal").map(Self::PortalUrl))
                    .chain([$($(#[cfg(feature = $feature)])? Self::$variant,)*])
            }

            /// The code as programs see it, `subject.what`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::BaseUrl(error) => error.base_url_code(),
                    Self::RepositoryUrl(error) => error.repository_url_code(),
                    Self::PortalUrl(error) => error.portal_url_code(),
                    $($(#[cfg(feature = $feature)])? Self::$variant => $code,)*
                }
            }

            /// The severity unless a policy says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    Self::BaseUrl(error) | Self::RepositoryUrl(error) | Self::PortalUrl(error) => error.severity(),
                    $($(#[cfg(feature = $feature)])? Self::$variant => Severity::$severity,)*
                }
            }

            /// What it is about.
            #[must_use]
            pub fn topic(self) -> Topic {
                match self {
                    Self::BaseUrl(_) | Self::RepositoryUrl(_) | Self::PortalUrl(_) => Topic::Url,
                    $($(#[cfg(feature = $feature)])? Self::$variant => topic!($($topic)?),)*
                }
            }

            /// The names of the details that an issue of this code may carry.
            #[must_use]
            pub fn params(self) -> &'static [&'static str] {
                match self {
                    Self::BaseUrl(error) | Self::RepositoryUrl(error) | Self::PortalUrl(error) => error.params(),
                    $($(#[cfg(feature = $feature)])? Self::$variant => &[$($param),*],)*
                }
            }

            /// The English text with its `{param}` places.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self {
                    Self::BaseUrl(error) | Self::RepositoryUrl(error) | Self::PortalUrl(error) => error.text(),
                    $($(#[cfg(feature = $feature)])? Self::$variant => $text,)*
                }
            }
        }
    };
}

url_errors! {
    /// Nothing, or only white space.
    Empty "empty" Error (base repository portal) [] "Enter a URL, for example https://gitlab.example.com/.";
    /// More than 8,000 characters, which is as long as every program should be able to pass on
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-4.1)): a file in the wrong field.
    TooLong "too_long" Error (base repository portal) ["maximum"] "The URL is too long. It can have {maximum} characters. Enter one URL only.";
    /// A character below U+0020 or U+007F. The [WHATWG parser](https://url.spec.whatwg.org/#concept-basic-url-parser) drops tab and line ends
    /// anywhere, [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2) has none of them, and a line end in a URL has made git send credentials to another
    /// host (CVE-2020-5260).
    ControlCharacter "control_character" Error (base repository portal) ["position"] "Remove the control character at position {position}, such as a tab or a line break.";
    /// A space inside. [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#appendix-C) has none; parsers encode it, cut at it or refuse (CVE-2023-24329 is one
    /// in front that hid the scheme).
    WhiteSpace "white_space" Error (base repository portal) ["position"] "Remove the space character at position {position}.";
    /// `\`: a slash to the [WHATWG parser](https://url.spec.whatwg.org/#authority-state) in http URLs, no character at all of
    /// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#appendix-A)'s, so that `https://a\@b/` has two hosts.
    Backslash "backslash" Error (base repository portal) ["position"] "Replace the backslash at position {position} with /. Programs read a backslash in different ways.";
    /// No `scheme://` in front, which [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3) calls a relative reference: what it refers to depends on
    /// the reader.
    MissingScheme "missing_scheme" Error (base repository portal) [] "The URL must start with https:// or http://.";
    /// A scheme other than http and https, the two that [GitLab](https://docs.gitlab.com/topics/git/clone/) serves Git
    /// over beside SSH.
    SchemeNotSupported "scheme_not_supported" Error (base repository portal) [] "This scheme is not supported. Enter a URL that starts with https:// or http://.";
    /// `git@host:path`, `host:path` or `ssh://…`: a URL for SSH
    /// ([git-clone(1)](https://git-scm.com/docs/git-clone#_git_urls)). Torque clones over HTTP.
    SshForm "ssh_form" Error (base repository portal) [] "This is the SSH URL. Torque needs the HTTPS URL (in GitLab: Code, Clone with HTTPS).";
    /// Not exactly two slashes after the scheme. The [WHATWG parser](https://url.spec.whatwg.org/#special-authority-ignore-slashes-state) corrects it,
    /// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3) reads a path without a host, which has made git send credentials elsewhere
    /// (CVE-2020-11008).
    Slashes "slashes" Error (base repository portal) [] "The scheme must be followed by exactly two slashes and the host, as in https://gitlab.example.com/.";
    /// User name or password before `@` in the authority ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1), which deprecates them). A host in
    /// front of it is no host ([section 7.6](https://www.rfc-editor.org/rfc/rfc3986#section-7.6)).
    HasCredentials "has_credentials" Error (base repository portal) [] "The URL contains a user name, password or token before the @. Remove it. If it was a real token, revoke it in GitLab.";
    /// GitLab's prefix of an access token and what follows it: whoever sees the URL, in a log for example, would see the token.
    HasToken "has_token" Error (base repository portal) [] "This URL contains an access token, and many people can see a URL. Remove the token and paste it into its own field. If you have already sent this URL, revoke the token in GitLab.";
    /// No host between the slashes. [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1) calls such an http
    /// URL invalid.
    HostEmpty "host_empty" Error (base repository portal) [] "The URL has no host. Add it, as in https://gitlab.example.com/.";
    /// A host that needs IDNA. Its mapping differs between programs ([UTS 46](https://www.unicode.org/reports/tr46/);
    /// CVE-2022-43551 is a full stop that was none), so only the ASCII form is read.
    HostNotAscii "host_not_ascii" Error (base repository portal) [] "The host contains characters outside ASCII. Enter its ASCII form (xn--…).";
    /// A character that no host name has: labels are letters, digits and `-`
    /// ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1)), in practice also `_`.
    HostCharacter "host_character" Error (base repository portal) ["character", "position"] "The host cannot contain \"{character}\" (position {position}). Correct the host.";
    /// Two dots in a row, or one in front: a label has at least one character
    /// ([RFC 1035](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1)).
    HostEmptyLabel "host_empty_label" Error (base repository portal) [] "The host starts with a dot or has two dots in a row. Remove the extra dot.";
    /// `example.com.`: the same machine to DNS ([RFC 1034](https://www.rfc-editor.org/rfc/rfc1034#section-3.1)), another
    /// origin to browsers and other stored secrets to curl (CVE-2022-30115).
    HostEndsWithDot "host_ends_with_dot" Error (base repository portal) [] "The host ends with a dot. Remove the dot.";
    /// A label of more than 63 characters, or more than 253 in all ([RFC 1035](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)): DNS has no
    /// such name, and programs cut it, refuse it or pass it on.
    HostTooLong "host_too_long" Error (base repository portal) [] "The host is too long. It can have 253 characters, and 63 between two dots. Correct the host.";
    /// A label with a hyphen in front or at its end ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1) has none).
    HostHyphen "host_hyphen" Error (base repository portal) [] "A part of the host starts or ends with a hyphen. Correct the host.";
    /// An `xn--` label that no text outside ASCII encodes to ([RFC 3492](https://www.rfc-editor.org/rfc/rfc3492), [RFC 5890](https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.1)):
    /// some programs refuse it, others pass it on.
    HostPunycode "host_punycode" Error (base repository portal) [] "A part of the host starts with xn-- but is not a valid encoded name. Copy the host again.";
    /// A last label that is a number ([WHATWG](https://url.spec.whatwg.org/#ends-in-a-number-checker)) but no plain IPv4 address: `0x7f.1`,
    /// `127.1`, `010.0.0.1`. Programs disagree on octal and on fewer than four parts (CVE-2021-29922).
    HostNumber "host_number" Error (base repository portal) [] "The host ends with a number but is not a plain IPv4 address. Write four decimal numbers from 0 to 255 without leading zeros, as in 192.0.2.10.";
    /// An IPv6 address that is not written as the [WHATWG serialiser](https://url.spec.whatwg.org/#concept-ipv6-serializer) writes it
    /// ([RFC 5952](https://www.rfc-editor.org/rfc/rfc5952#section-4), but no dotted end), or something else in brackets
    /// (CVE-2024-11168).
    HostIpv6 "host_ipv6" Error (base repository portal) [] "Write the IPv6 address in brackets and in its short form, as in https://[2001:db8::1]/: lower case, no leading zeros, the longest run of zeros as ::.";
    /// Not a plain number from 1 to 65535. An empty port and leading zeros are dropped by the
    /// [WHATWG parser](https://url.spec.whatwg.org/#port-state) and allowed by [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.3); git compares them as text.
    Port "port" Error (base repository portal) [] "The port must be a number from 1 to 65535 without leading zeros, as in https://gitlab.example.com:8443/.";
    /// `?` and what follows ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.4)): no part of a repository, and where tokens are put.
    HasQuery "has_query" Error (base repository portal) [] "Remove the question mark and everything after it.";
    /// `#` and what follows ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.5)): no part of what is requested.
    HasFragment "has_fragment" Error (base repository portal) [] "Remove the # and everything after it.";
    /// `%`: decoded at different places by different programs ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-7.3); `%2e%2e`, `%2F`, and in a host
    /// CVE-2022-27780). No [GitLab path](https://docs.gitlab.com/user/reserved_names/) needs it.
    PercentEncoding "percent_encoding" Error (base repository portal) ["position"] "There is a percent sign at position {position}. Programs decode percent-encoding in different ways, and GitLab paths do not need it. Enter the URL without it.";
    /// `@` in the path: a look-alike of credentials ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-7.6)), and no character of a
    /// [GitLab path](https://docs.gitlab.com/user/reserved_names/).
    AtSign "at_sign" Error (base repository portal) ["position"] "A GitLab path cannot contain @ (position {position}). Correct the path.";
    /// `~`: no character of a [GitLab path](https://docs.gitlab.com/user/reserved_names/), and encoded by older programs
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3)).
    Tilde "tilde" Error (base repository portal) ["position"] "A GitLab path cannot contain ~ (position {position}). Correct the path.";
    /// A path character outside ASCII: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2) has none, parsers encode it, and no
    /// [GitLab path](https://docs.gitlab.com/user/reserved_names/) has one.
    PathNotAscii "path_not_ascii" Error (base repository portal) ["position"] "The character at position {position} is outside ASCII. GitLab paths contain only letters, digits, \".\", \"_\" and \"-\".";
    /// Any other character that no [GitLab path](https://docs.gitlab.com/user/reserved_names/) has.
    PathCharacter "path_character" Error (base repository portal) ["character", "position"] "The path cannot contain \"{character}\" (position {position}). GitLab paths contain only letters, digits, \".\", \"_\" and \"-\".";
    /// `//` in the path: a segment of its own to [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3), one slash to git and to many servers.
    EmptySegment "empty_segment" Error (base repository portal) [] "The path has two slashes in a row. Remove one.";
    /// `.` or `..` as a segment, which climbs out of the base when it is resolved ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4),
    /// [WHATWG](https://url.spec.whatwg.org/#double-dot-path-segment)).
    DotSegment "dot_segment" Error (base repository portal) [] "The path contains the segment \".\" or \"..\". Enter the path without it.";
    /// Another parser (in a browser or Node.js the platform's `URL`, elsewhere the `url` crate) reads it otherwise than this
    /// crate does, or refuses it: an `xn--` label whose text may not stand in a host
    /// ([UTS 46](https://www.unicode.org/reports/tr46/)). No other such text is known.
    Ambiguous "ambiguous" Error (base repository portal) [] "Programs may read this URL in different ways. Enter it in its plain form.";
    /// http: everything, the token too, crosses the network readable
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1)).
    NotEncrypted "not_encrypted" Warning (base repository) [] "http:// sends the token unencrypted. Use https:// if the server supports it.";
    /// `_` in the host: in use inside companies, but no character of [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1), so that some programs
    /// and all public certificate authorities refuse it.
    HostUnderscore "host_underscore" Warning (base repository portal) [] "The host contains an underscore, and some programs reject it. If the server has another name, use that.";
    /// GitLab's own service, which has a connector of its own in Torque.
    GitlabCom "gitlab_com" Warning (base) [] "gitlab.com is not self-managed. To connect it, use Torque's own GitLab integration.";
    /// An internationalised name in its ASCII form: it may look like another
    /// ([UTS 39](https://www.unicode.org/reports/tr39/#Confusable_Detection)), and programs disagree on some (CVE-2024-12224).
    Punycode "punycode" Warning (base) [] "The host is an internationalised name (xn--). Make sure that it is your server, not a look-alike.";
    /// A path that is rather a group than GitLab's
    /// [relative URL root](https://docs.gitlab.com/install/relative_url/).
    MayBeGroup "may_be_group" Warning (base) [] "The base URL has a path. Keep it if GitLab itself runs under this path. If it is a group, remove it.";
    /// A page of GitLab: behind `-`, which is [no possible name](https://docs.gitlab.com/user/reserved_names/), or one that GitLab reserves below its root.
    WebPage "web_page" Error (base) [] "This is the URL of a GitLab page. Enter the base URL of your GitLab.";
    /// [GitLab's API](https://docs.gitlab.com/api/rest/), which is below the base URL.
    ApiUrl "api_url" Error (base) [] "This is the URL of GitLab's API. Enter the base URL of your GitLab, without /api and what follows.";
    /// The [clone URL](https://docs.gitlab.com/topics/git/clone/) of a repository, which is below the base URL.
    CloneUrl "clone_url" Error (base) [] "This is the clone URL of a repository. Enter the base URL of your GitLab.";
    /// Fewer than two segments below the base: a project lives in a
    /// [namespace](https://docs.gitlab.com/user/namespace/).
    ProjectMissing "project_missing" Error (repository) [] "The URL must contain a group (or user) and a project, as in https://gitlab.example.com/group/project.";
    /// A project called `.git`, or one that ends in `.git` when one `.git` is gone;
    /// [GitLab allows neither](https://docs.gitlab.com/user/reserved_names/).
    ProjectName "project_name" Error (repository) [] "A GitLab project cannot have this name: without \".git\", it is empty, only dots, or ends in \".git\" again. Correct the name.";
    /// `project.git/`: no [clone URL](https://docs.gitlab.com/topics/git/clone/) that GitLab writes; what stands in front of
    /// the slash is [no possible name](https://docs.gitlab.com/user/reserved_names/).
    GitSlash "git_slash" Error (repository) [] "Remove the slash after .git.";
    /// [The wiki's repository](https://docs.gitlab.com/user/project/wiki/), `project.wiki.git`.
    Wiki "wiki" Error (repository) [] "This is the clone URL of a wiki. Enter the URL of its project. If the project's own name ends in .wiki, leave out .git.";
    /// A project whose name ends in `.wiki`, which is [possible](https://docs.gitlab.com/user/reserved_names/) as long as there is no project without it.
    MayBeWiki "may_be_wiki" Warning (repository) [] "The name ends in .wiki. Make sure that this is a project, not the wiki of one.";
    /// A project whose name ends in a dot: [no new one does](https://docs.gitlab.com/user/reserved_names/), but sentences do.
    EndsWithDot "ends_with_dot" Warning (repository) [] "The URL ends with a dot. Remove it unless it is part of the project's name.";
    /// `group/project/activity`: a page of a project, unless there is a project of this name.
    MayBePage "may_be_page" Warning (repository) [] "This may be the URL of a page in a project. Make sure that it is the project's own URL.";
    /// A first segment that [GitLab keeps for itself](https://docs.gitlab.com/user/reserved_names/).
    ReservedPath "reserved_path" Error (repository) ["segment"] "\"/{segment}/\" is a page of GitLab and contains no projects. Enter the URL of a project.";
    /// A page inside a project: behind `-`, or behind a word that
    /// [no project may have as name](https://docs.gitlab.com/user/reserved_names/).
    WebLink "web_link" Error (repository) [] "This is the URL of a page in a project. Enter the project's own URL.";
    /// Another scheme, host, port ([RFC 6454](https://www.rfc-editor.org/rfc/rfc6454#section-5)) or base path than the
    /// provider's.
    OutsideBaseUrl "outside_base_url" Error (repository) ["part", "expected", "got"] "This repository is outside the provider's base URL: expected \"{expected}\", found \"{got}\". The token must not go there.";
    /// Beside `outside_base_url`: only capitals differ, which matter in a path
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1)).
    DiffersInCase "differs_in_case" Warning (repository) [] "Only upper and lower case differ. Torque compares them, so write the path as in the base URL.";
    /// Plain http to another machine; this one is
    /// [potentially trustworthy](https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy).
    HttpNotAllowed "http_not_allowed" Error (portal) [] "Use https:// for Torque. http:// is allowed only on this computer (localhost, 127.0.0.1, [::1]).";
    /// A host of something else than a GitLab: of Torque itself, or of another service that keeps repositories.
    NotGitlab "not_gitlab" Warning (base) ["product"] "This is {product}. Enter the base URL of your GitLab.";
    /// A page of Torque's, or one of the API's endpoints below it; a warning where a server might pass the path on.
    TorquePage "torque_page" Error (portal) [] "This looks like a page or an API path of Torque. Enter only the Torque URL.";
    /// A host that is not Quali's.
    UnknownHost "unknown_host" Warning (portal) [] "This host is not under qtorque.io. Your Torque API token will be sent there: make sure that it is your Torque or your portal's proxy.";
}

issue_codes! {
    /// Something in the input that could not be read: a throwing getter, a cycle, a function.
    InputUnreadable "input.unreadable" Error [] "This value could not be read. Pass plain data: text, numbers, lists and objects.";
    /// Text with half of a surrogate pair.
    InputNotWellFormed "input.not_well_formed" Error [] "This text is not well-formed Unicode: it contains half of a surrogate pair. Enter it again.";
    /// More text or more values than any form or script has reason to pass.
    InputTooLarge "input.too_large" Error [] "This value is too large to read. Pass a smaller one.";
    /// The last of a list of issues that is longer than anybody reads; an error where one of the others is.
    InputTooManyIssues "input.too_many_issues" Warning ["count"] "There are {count} more issues. Fix those listed, then check again.";
    /// A key that this object does not have.
    InputUnknownKey "input.unknown_key" Error ["key"] "There is no setting \"{key}\" here. Remove it or correct its name.";
    /// A key that this object must have.
    InputMissing "input.missing" Error ["expected"] "A value is missing. Expected {expected}.";
    /// A value of another type.
    InputWrongType "input.wrong_type" Error ["expected", "got"] "Expected {expected}, found {got}.";
    /// Text or a number that is not one of the possible values.
    InputNotAllowed "input.not_allowed" Error ["expected"] "This value is not allowed. Expected {expected}.";

    // token.*: the text of a token, before anything is sent.
    /// No text, or only white space.
    TokenEmpty "token.empty" Error [] "Paste the GitLab access token.";
    /// White space, a control character or a character outside ASCII inside the text.
    TokenBadCharacter "token.bad_character" Error ["found", "position"] "A token cannot contain {found} (position {position}). Copy the whole token again, with nothing around it.";
    /// `Bearer …`, `PRIVATE-TOKEN: …`, `_gitlab_session=…`.
    TokenPastedHeader "token.pasted_header" Error about TokenText ["found"] "\"{found}\" is not part of an access token. Remove it and keep only the token.";
    /// Two tokens, or one that was pasted twice.
    TokenMoreThanOne "token.more_than_one" Error [] "There is more than one token here. Keep one.";
    /// `https://user:token@…`, or the URL of the GitLab.
    TokenIsUrl "token.is_url" Error [] "This is a URL, not an access token. Paste only the token.";
    /// Beside `token.is_url`: there is a token, or a password, in it.
    TokenSeenInUrl "token.seen_in_url" Warning [] "This token was part of a URL, so whoever saw the URL has seen the token. Create a new one.";
    /// Quotes, brackets or punctuation around the text.
    TokenQuoted "token.quoted" Error about TokenText [] "Remove the quotes, brackets or punctuation around the token.";
    /// `oauth2:glpat-…`
    TokenHasUserName "token.has_user_name" Error about TokenText [] "There is a user name next to the token. Remove it and the colon.";
    /// `glpat-****`, `glpat-xxxx…`, `[MASKED]`
    TokenIsMasked "token.is_masked" Error [] "This token is masked, so most of it is missing. GitLab shows a token only once, when it is created. Copy it then, or create a new one.";
    /// `$GITLAB_TOKEN`, `%GITLAB_TOKEN%`, `{{ token }}`, `gitlab_token`
    TokenIsVariable "token.is_variable" Error [] "This is the name of a variable, not its value. Paste the token itself.";
    /// `<your-token>`, `TOKEN`, `changeme`
    TokenIsPlaceholder "token.is_placeholder" Error [] "This is a placeholder or a token's name. Paste the token itself, as GitLab showed it when it was created.";
    /// `glpat-`
    TokenPrefixAlone "token.prefix_alone" Error [] "This is only the prefix of a token. Copy the whole token.";
    /// A token of GitLab, but of a kind that serves other ends.
    TokenWrongKind "token.wrong_kind" Error about TokenKind ["kind", "scopes"] "This is a GitLab {kind}, and Torque cannot read repositories with it. Create a personal, project or group access token with {scopes}.";
    /// `gldt-…`
    TokenDeployToken "token.deploy_token" Error about TokenKind ["scopes"] "This is a deploy token. It works only with its user name, which Torque cannot store. Create a personal, project or group access token with {scopes}.";
    /// The token of another product.
    TokenOtherProduct "token.other_product" Error about TokenKind ["product"] "This is a {product} token. Paste a GitLab access token.";
    /// 64 hexadecimal digits.
    TokenMaybeOauth "token.maybe_oauth" Warning about TokenKind [] "This looks like an OAuth access token. It would expire after two hours, and Torque would lose the repository. Use a personal, project or group access token.";
    /// A prefix that the administrator of that GitLab chose.
    TokenCustomPrefix "token.custom_prefix" Warning about TokenKind [] "This token does not start with glpat-. A GitLab with its own prefix creates such tokens. Make sure that this is an access token of your GitLab.";
    /// No prefix at all.
    TokenNoPrefix "token.no_prefix" Warning about TokenKind [] "This token has no prefix. Old versions of GitLab created such tokens. Make sure that this is an access token of your GitLab.";

    // token.*: what a token may do, and for how long. A code that is an error rejects the token; the warnings of an
    // answer that cannot be judged say what to try next.
    /// `read.api`, `Read Repository` and the like in a list that somebody wrote.
    TokenScopeMisspelled "token.scope_misspelled" Error about TokenScopes ["scope"] "GitLab has no scope \"{scope}\". Scopes are written in lower case, with underscores.";
    /// A scope that Torque needs.
    TokenMissingScope "token.missing_scope" Error about TokenScopes ["scope"] "This token does not have the scope {scope}. Scopes cannot be added later: create a new token.";
    /// Scopes that write code or administer.
    TokenMoreThanNeeded "token.more_than_needed" Warning about TokenScopes ["scopes"] "This token can do more than Torque needs: {scopes}. A token that can only read is safer.";
    /// `read_api` without `read_repository`.
    TokenCloneUndocumented "token.clone_undocumented" Warning about TokenScopes [] "Some versions of GitLab clone with read_api alone, but GitLab does not document this. Add read_repository.";
    /// `write_repository` alone.
    TokenNoApiAccess "token.no_api_access" Warning about TokenScopes [] "With write_repository alone, this token can clone but cannot use GitLab's API. The project and its branches cannot be looked up.";
    /// A fine-grained token, or a group that demands one.
    TokenFineGrained "token.fine_grained" Warning about TokenScopes [] "This token is fine-grained, or its group requires that, so its permissions cannot be read here. It needs Code: Download on each project. Test it with a repository, or use a token with classic scopes.";
    /// Neither active nor usable, as GitLab says.
    TokenInactive "token.inactive" Error [] "GitLab reports this token as revoked or expired. Create a new one.";
    /// A dated token where an endless one is asked for.
    TokenHasExpiry "token.has_expiry" Error about TokenExpiry ["days"] "This token has an expiry date. On that date every repository of this provider stops working. Use a token that never expires: from GitLab 17.3 an administrator can allow them, and service accounts can have them. If you cannot get one, accept the expiry and replace the token in time.";
    /// Thirty days or less.
    TokenExpiresSoon "token.expires_soon" Warning about TokenExpiry ["days"] "Days until this token expires: {days}. Give Torque a new token before then.";
    /// GitLab did not say whether it expires.
    TokenExpiryUnknown "token.expiry_unknown" Warning about TokenExpiry [] "GitLab did not say whether this token expires. Check the token's page in GitLab.";
    /// Active, but its date has passed.
    TokenClockDisagrees "token.clock_disagrees" Warning about TokenExpiry [] "GitLab reports this token as active, but by this computer's clock it has expired (tokens expire at 00:00 UTC). Check the clocks of this computer and of the GitLab server, then test again.";

    // token.*: GitLab's answer about a token.
    /// A field of the answer is missing or of another type.
    TokenMalformed "token.malformed" Warning ["field"] "GitLab's answer could not be read (\"{field}\"). Check that the base URL is that of GitLab itself, then check the token's page in GitLab.";
    /// HTML, plain text, nothing at all, or the words of another program.
    TokenNotGitlabJson "token.not_gitlab_json" Warning [] "This answer is not from GitLab's API. A sign-in page or a proxy may be in front of it, or this is not GitLab. Check the base URL, sign in, or use a network that reaches GitLab's API. Then test again.";
    /// 401.
    TokenUnknown "token.token_unknown" Error [] "GitLab does not know this token. Check that you copied all of it, that it is from this GitLab, and that it is a personal, project or group access token.";
    /// 401, expired.
    TokenExpired "token.token_expired" Error about TokenExpiry [] "GitLab reports this token as expired. Create a new one.";
    /// 401, revoked.
    TokenRevoked "token.token_revoked" Error [] "GitLab reports this token as revoked. Create a new one.";
    /// 401, impersonation.
    TokenImpersonationDisabled "token.impersonation_disabled" Error about TokenKind [] "This is an impersonation token, and this GitLab does not allow impersonation. Use a personal, project or group access token.";
    /// 401, `DPoP`.
    TokenDpopRequired "token.dpop_required" Error about TokenKind [] "This token's owner requires proof of possession (DPoP), which Torque does not support. Use a project or group access token, or turn the requirement off in GitLab.";
    /// 403 with GitLab's reason.
    TokenForbidden "token.forbidden" Error ["answer"] "GitLab rejected this token. GitLab says: {answer}";
    /// 403, scope, where that alone does not decide.
    TokenInsufficientScope "token.insufficient_scope" Warning about TokenScopes [] "This token cannot read its own details. Test it with a repository.";
    /// 400, not a personal access token.
    TokenOauthToken "token.oauth_token" Error about TokenKind [] "This is an OAuth access token, which expires after two hours. Use a personal, project or group access token.";
    /// 404.
    TokenEndpointMissing "token.endpoint_missing" Warning [] "This server cannot test tokens: GitLab is older than 15.5, the base URL has the wrong path, or this is not GitLab. Check the base URL, then test the token with a repository.";
    /// 429.
    TokenRateLimited "token.rate_limited" Warning [] "GitLab received too many requests. Wait a minute, then test again.";
    /// 5xx.
    TokenServerError "token.server_error" Warning ["status"] "GitLab, or a proxy in front of it, failed (status {status}). Test again later.";
    /// A redirect; it is never followed, the token would go with it.
    TokenRedirected "token.redirected" Warning [] "The server redirected the request, and tokens are never sent to a redirect. Enter the URL at which GitLab answers directly (https instead of http, the right host), or sign in first. Then test again.";
    /// Any other status.
    TokenUnexpectedStatus "token.unexpected_status" Warning ["status"] "GitLab answered with the unexpected status {status}. Check the base URL, then test again.";

    // token.*: GitLab was not asked.
    /// A token per repository without a base URL.
    TokenNoBaseUrl "token.no_base_url" Warning [] "The token was not tested, because there is no confirmed base URL to send it to. Confirm the GitLab base URL to test it.";
    /// http, and the policy does not allow it.
    TokenHttpNotAsked "token.http_not_asked" Warning of "onboarding" [] "The token was not tested, because http:// would send it unencrypted. Use https://, or set allowHttp: true.";
    /// No answer.
    TokenNotReached "token.not_reached" Warning of "onboarding" [] "The token was not tested, because GitLab could not be reached from here. The cause may be a private network, a certificate, a sign-in page or a rule of the embedding page. Open the GitLab base URL in this browser, then test again. A Torque agent may still reach it.";

    // gitlab.*: looking projects, branches and files up.
    /// 404: missing or hidden; GitLab does not distinguish these.
    GitlabProjectNotFound "gitlab.project_not_found" Error of "onboarding" [] "GitLab found no such project. It may have a new name, or this token cannot see it. Open the repository URL in a browser. If GitLab shows another URL, enter that one. If not, check the permissions of the token's owner.";
    /// The project is there, its code is not readable.
    GitlabCodeNotReadable "gitlab.code_not_readable" Error of "onboarding" [] "This token can see the project but not its code. Its owner needs at least the role Reporter there. A guest cannot read private code.";
    /// The look-up needs other scopes.
    GitlabInsufficientScope "gitlab.insufficient_scope" Error of "onboarding" ["accepted"] "The scopes of this token do not allow this request. GitLab accepts: {accepted}. Use a token with one of these, or with read_repository.";
    /// Another path, or 301.
    GitlabMoved "gitlab.moved" Error of "onboarding" ["path"] "The project has moved to the path {path}. Open it in GitLab and enter its new URL.";
    /// The path differs in capitals only.
    GitlabPathCase "gitlab.path_case" Warning of "onboarding" ["path"] "GitLab writes this path with other upper and lower case: {path}.";
    /// Read-only.
    GitlabArchived "gitlab.archived" Warning of "onboarding" [] "The project is archived. Torque can read it, but it no longer changes.";
    /// GitLab will delete it. The date is that of the mark; when the deletion follows is a setting of the server.
    GitlabMarkedForDeletion "gitlab.marked_for_deletion" Warning of "onboarding" ["date"] "This project is marked for deletion in GitLab (date of the mark: {date}). When GitLab deletes it, Torque loses the repository. Restore the project in GitLab, or leave it out.";
    /// Nothing to discover.
    GitlabEmptyRepository "gitlab.empty_repository" Warning of "onboarding" [] "The repository is empty. Torque will find no assets in it yet.";
    /// Switched off in the project's settings.
    GitlabRepositoryDisabled "gitlab.repository_disabled" Error of "onboarding" [] "The repository is turned off in the project's settings, so Torque cannot clone it. Turn it on in GitLab.";
    /// 404 for the branch.
    GitlabBranchNotFound "gitlab.branch_not_found" Error of "onboarding" ["branch"] "The project has no branch \"{branch}\". Correct the name, or leave it empty for the default branch.";
    /// Not a name that Git allows for a branch.
    GitlabBranchNotAllowed "gitlab.branch_not_allowed" Error ["rule"] "Git does not allow this name for a branch: {rule}.";
    /// Plain http to another machine, without `allowHttp`.
    GitlabHttpNotAllowed "gitlab.http_not_allowed" Error [] "The token was not sent, because http:// would send it unencrypted. Use https://, or set allowHttp: true.";
    /// 401.
    GitlabUnauthorized "gitlab.unauthorized" Error of "onboarding" [] "GitLab rejected this token (401). Test the token first.";
    /// 403 with GitLab's reason.
    GitlabForbidden "gitlab.forbidden" Error of "onboarding" ["answer"] "GitLab rejected the request. GitLab says: {answer}";
    /// 404 without naming what is missing.
    GitlabEndpointMissing "gitlab.endpoint_missing" Error of "onboarding" [] "This server does not know the request: the base URL has the wrong path, a proxy changes encoded slashes, or this is not GitLab. Check the base URL, then test again.";
    /// GitLab's API answers, but not where a project's path with `%2F` in it is part of the request.
    GitlabEncodedSlashes "gitlab.encoded_slashes" Warning of "onboarding" ["status"] "A proxy in front of GitLab does not pass on the encoded slashes (%2F) of a project's path (answer: {status}). The project was found through the list of projects instead. Other programs that use GitLab's API may fail. In Apache, set AllowEncodedSlashes NoDecode, and add nocanon to ProxyPass. In nginx, write proxy_pass without a path. In Tomcat, set encodedSolidusHandling=\"passthrough\" on the connector. In Traefik, set allowEncodedSlash.";
    /// 429.
    GitlabRateLimited "gitlab.rate_limited" Error of "onboarding" [] "GitLab received too many requests. Wait a minute, then try again.";
    /// 5xx.
    GitlabServerError "gitlab.server_error" Error of "onboarding" ["status"] "GitLab, or a proxy in front of it, failed (status {status}). Try again later.";
    /// A redirect that is not known to be a moved project.
    GitlabRedirected "gitlab.redirected" Error of "onboarding" [] "The server redirected the request, and tokens are never sent to a redirect. The project has moved, a sign-in page is in front of GitLab, or GitLab answers directly at another base URL. Open the repository in GitLab, compare its URL, then test again.";
    /// HTML, text, or JSON in other words than GitLab's.
    GitlabNotGitlabJson "gitlab.not_gitlab_json" Error of "onboarding" [] "This answer is not from GitLab's API. A sign-in page or a proxy may be in front of it, or this is not GitLab. Check the base URL, sign in, or use a network that reaches GitLab's API. Then test again.";
    /// Any other status.
    GitlabUnexpectedStatus "gitlab.unexpected_status" Error of "onboarding" ["status"] "GitLab answered with the unexpected status {status}. Check the base URL, then test again.";
    /// A `Link` header that cannot be read, or without the position of the next page.
    GitlabNextPageUnreadable "gitlab.next_page_unreadable" Error of "onboarding" [] "There are more projects, but the server's Link header does not say where they start. Search for the project by name, or type the repository URL.";
    /// A next page that would be the same one again.
    GitlabNextPageRepeated "gitlab.next_page_repeated" Error of "onboarding" [] "The next page of the list leads back to projects that are already listed. A proxy or a cache in front of GitLab may drop the page's position. Search for the project by name, or type the repository URL.";
    /// A project in a list that cannot be offered.
    GitlabProjectsLeftOut "gitlab.projects_left_out" Warning of "onboarding" ["count"] "Projects left out, because GitLab's answer about them could not be read: {count}.";

    // name.*: names of spaces, repositories, credentials, agents and providers in Torque.
    /// No text, or only white space.
    NameEmpty "name.empty" Error [] "Enter a name.";
    /// In a URL path, it would name another resource.
    NameDotSegment "name.dot_segment" Error [] "A name cannot be \".\" or \"..\", or have one of them between slashes: in a path they mean a folder. Choose another name.";
    /// An invisible character.
    NameControlCharacter "name.control_character" Error ["position"] "The name contains an invisible character (position {position}). Type the name again.";
    /// More than any name has.
    NameTooLong "name.too_long" Error ["maximum"] "The name is too long. It can have {maximum} characters.";
    /// Everybody in the space would read it.
    NameIsToken "name.is_token" Error [] "This is an access token, and everybody in the space can read names. Enter a name, and paste the token into its own field.";

    // torque.*: values for Torque.
    /// No text, or only white space.
    TorqueTokenEmpty "torque.token_empty" Error [] "Paste the Torque API token. Leave it out only if your developer portal adds it.";
    /// White space, a quote or a character outside ASCII inside the text.
    TorqueTokenBadCharacter "torque.token_bad_character" Error [] "This is not a Torque API token: it contains a space character, a quote or another character that no token has. Copy it again, without \"Bearer\" and without quotes.";
    /// `$TORQUE_TOKEN`, `<token>`, `****`
    TorqueTokenIsPlaceholder "torque.token_is_placeholder" Error [] "This is a variable, a placeholder or a masked token. Paste the Torque API token itself.";
    /// By its prefix, or because it is the GitLab token of the same plan.
    TorqueTokenIsGitlab "torque.token_is_gitlab" Error [] "This is a GitLab access token. Create a Torque API token in your Torque profile.";
    /// Another type of provider.
    TorqueProviderType "torque.provider_type" Error [] "The type for a self-managed GitLab is gitLabEnterprise. Use that type.";
    /// A credential is named and no token given.
    TorqueCredentialMustExist "torque.credential_must_exist" Warning [] "Without a token, Torque uses the stored credential of this name. Make sure that it exists in the space.";

    // torque.*: what Torque says. {answer} is its own text.
    /// 401.
    TorqueUnauthorized "torque.unauthorized" Error ["answer"] "Torque received no valid API token (401). Enter one from your Torque profile, or check that your developer portal adds it. Torque says: {answer}";
    /// The server in front of Torque does not let this user do it.
    TorqueProxyForbidden "torque.proxy_forbidden" Error ["answer"] "This portal, not Torque, rejected the request. It says: {answer}";
    /// 403 for a provider.
    TorqueProviderForbidden "torque.provider_forbidden" Error ["answer"] "This Torque API token cannot create a repository provider (403). Use the token of a Torque administrator, or give each repository its own GitLab token. Torque says: {answer}";
    /// 403 in a space.
    TorqueSpaceForbidden "torque.space_forbidden" Error ["answer"] "This Torque API token cannot manage the repositories of this space (403). Use the token of a space administrator. Torque says: {answer}";
    /// 404 for a provider.
    TorqueNotFound "torque.not_found" Error ["answer"] "No Torque API at this URL (404). Check the Torque URL. Torque says: {answer}";
    /// 404 in a space.
    TorqueSpaceNotFound "torque.space_not_found" Error ["answer"] "Torque found no such space (404). Check its name, including upper and lower case. Torque says: {answer}";
    /// 409 for a provider.
    TorqueProviderExists "torque.provider_exists" Error ["answer"] "Torque already has a provider with this name (409). To use it, set existing: true. Otherwise choose another name. Torque says: {answer}";
    /// 409 for a repository.
    TorqueRepositoryExists "torque.repository_exists" Error ["answer"] "Torque already has this repository, or another one with this name (409). Check the space's repositories. Torque says: {answer}";
    /// Another 4xx.
    TorqueRefused "torque.refused" Error ["status", "answer"] "Torque rejected the request ({status}). Torque says: {answer}";
    /// 429.
    TorqueRateLimited "torque.rate_limited" Error [] "Torque received too many requests (429). Wait a minute, then try again.";
    /// 5xx: no proof that nothing happened.
    TorqueServerError "torque.server_error" Error ["status", "answer"] "Torque, or a proxy in front of it, failed ({status}). It may have completed the request: look in Torque before you try again. Torque says: {answer}";
    /// A redirect; never followed, the token would go with it.
    TorqueRedirected "torque.redirected" Error [] "The server redirected the request, and tokens are never sent to a redirect. Enter the URL at which Torque answers directly, or sign in first.";
    /// A web page with a success status.
    TorqueNotTorque "torque.not_torque" Error [] "This answer is a web page, not from Torque's API. A sign-in page or a proxy is in front of it, or the Torque URL is wrong. Check the Torque URL, or sign in first.";
    /// A success whose body cannot be understood.
    TorqueUnreadableAnswer "torque.unreadable_answer" Error ["status"] "Torque's answer ({status}) could not be read. Check the Torque URL.";
    /// 1xx, or beyond 599.
    TorqueUnexpectedStatus "torque.unexpected_status" Error ["status"] "Torque answered with the unexpected status {status}. Check the Torque URL.";

    // torque.*: what the whole job can say besides.
    /// No answer.
    TorqueUnreachable "torque.unreachable" Error of "onboarding" [] "No answer came from Torque. It cannot be reached from here, the answer was lost, or the browser does not let this page call it (CORS). For CORS, embed the page under the Torque URL or use your portal's proxy.";
    /// There was no connection, so nothing was sent.
    TorqueNotConnected "torque.not_connected" Error of "onboarding" [] "There is no connection to Torque, so this request was not sent. Check the Torque URL, the network, and whether this machine trusts the certificate of that server.";
    /// A provider's POST without a clear answer.
    TorqueProviderUnknown "torque.provider_unknown" Error of "onboarding" [] "Torque may have created the provider: its answer was lost, and the request is never repeated. Look at Torque's repository providers. If it is there, connect again with existing: true; if not, connect again as before. To resume a job, set providerCreated.";
    /// A repository's POST without a clear answer, and the list does not show it.
    TorqueRepositoryUnknown "torque.repository_unknown" Error of "onboarding" [] "Torque may have connected this repository: its answer was lost. Look at the space's repositories before you connect it again.";
    /// The space has this name for another repository.
    TorqueNameTaken "torque.name_taken" Error of "onboarding" ["name"] "The space already has another repository with the name \"{name}\". Choose another name.";
    /// 409, and the list shows the URL under another name.
    TorqueUrlTaken "torque.url_taken" Error of "onboarding" ["name"] "The space already has this repository, with the name \"{name}\", so Torque did not connect it again (409). Use that one, or disconnect it in Torque first.";
    /// The list names the repository, with errors.
    TorqueSyncFailed "torque.sync_failed" Error of "onboarding" ["status", "answer"] "Torque accepted the repository but cannot read it (status: {status}). Make sure that an agent reaches the GitLab server and that the token can read the repository. Torque says: {answer}";
    /// Not connected in time.
    TorqueSyncTimeout "torque.sync_timeout" Warning of "onboarding" ["status"] "Torque is still syncing this repository ({status}). Check the space later.";
    /// Connected before this job.
    TorqueAlreadyConnected "torque.already_connected" Warning of "onboarding" [] "Already connected. Nothing was changed.";
    /// Refused, and then in the list all the same.
    TorqueListedAfterRefusal "torque.listed_after_refusal" Warning of "onboarding" [] "Torque rejected this repository, but the space now lists it. Compare its branch, credential and agents in Torque with yours.";
    /// What was accepted cannot be watched.
    TorqueNotWatched "torque.not_watched" Warning of "onboarding" [] "Torque accepted the repository, but the space's list cannot be read, so its status is unknown. Look at the space's repositories.";
    /// No answer to a look-up.
    GitlabNotReached "gitlab.not_reached" Warning of "onboarding" [] "The project was not looked up, because GitLab could not be reached from here. A Torque agent may still reach it.";

    // plan.*: a plan as a whole, and what became of its parts.
    /// Nothing to do.
    PlanNoRepositories "plan.no_repositories" Error of "onboarding" [] "Enter at least one repository. Only a new provider can be created without one.";
    /// More than a plan may have.
    PlanTooManyRepositories "plan.too_many_repositories" Error of "onboarding" ["maximum"] "There are more than {maximum} repositories. Connect the first {maximum}, then the others.";
    /// Two names that Torque could not distinguish.
    PlanDuplicateName "plan.duplicate_name" Error of "onboarding" ["first"] "Repository {first} of this list has the same name. A name is unique in a space: choose another one.";
    /// One repository twice.
    PlanDuplicateRepository "plan.duplicate_repository" Warning of "onboarding" ["first"] "Repository {first} of this list has the same URL. This one will be connected again under another name. Remove it if you do not want that.";
    /// No token where one is needed.
    PlanTokenMissing "plan.token_missing" Error of "onboarding" [] "Enter the GitLab access token.";
    /// Neither provider, token nor credential.
    PlanRepositoryTokenMissing "plan.repository_token_missing" Error of "onboarding" [] "Without a provider, each repository needs its own token or the name of a credential stored in the space.";
    /// A number outside its range.
    PlanOutOfRange "plan.out_of_range" Error of "onboarding" ["minimum", "maximum"] "Enter a number from {minimum} to {maximum}.";
    /// Stopped before its turn.
    PlanNotStarted "plan.not_started" Error of "onboarding" [] "Not started. An earlier step stopped the job.";
    /// Stopped by the user.
    PlanAborted "plan.aborted" Error of "onboarding" about Pause [] "Not done. The job was stopped first.";
    /// Stopped by the user while Torque was at work on it.
    PlanAbortedWhileSyncing "plan.aborted_while_syncing" Warning of "onboarding" [] "Torque accepted the repository, but the job was stopped before it was connected. Resume the job to see its status.";
    /// The time for the whole job is over.
    PlanOutOfTime "plan.out_of_time" Error of "onboarding" [] "The job ran out of time before this step. Connect the remaining repositories again.";
    /// A crash between a request and its answer.
    PlanInterrupted "plan.interrupted" Error of "onboarding" [] "The job was interrupted after this was sent, so it may or may not have arrived.";
    /// A judgement `unknown` under the policy `onUnknown: 'stop'`.
    PlanStoppedUnknown "plan.stopped_unknown" Error of "onboarding" [] "GitLab could not confirm this, so the job stopped. Read the warnings, or set onUnknown: 'continue'.";

    // checkpoint.*: why a job cannot be resumed.
    /// Not what was given to keep.
    CheckpointUnreadable "checkpoint.unreadable" Error of "onboarding" [] "This is not a checkpoint of this version. Pass what onCheckpoint received, unchanged. If you no longer have it, start over: what is connected stays connected.";
    /// Another plan's.
    CheckpointOtherPlan "checkpoint.other_plan" Error of "onboarding" [] "This checkpoint belongs to another plan. Only tokens and policy may change. Restore the plan, or start over: what is connected stays connected.";

    // lines.*: repositories as text. {line} and {column} are also in every other issue about such a text.
    /// Several cells, and no header row that names them.
    LinesNoHeader "lines.no_header" Error of "onboarding" ["line"] "Line {line} is not a single URL. Enter one URL per line, or start with a header row that names the columns: url and, if needed, name, branch, token, credentialName, agents, autoRegister.";
    /// A header cell that is not a known name.
    LinesUnknownColumn "lines.unknown_column" Error of "onboarding" ["line", "column"] "Column {column} has an unknown name. Use url, name, branch, token, credentialName, agents, autoRegister, or the names in Torque's payload.";
    /// `provider_id`, `space_name` and the like.
    LinesUnusedColumn "lines.unused_column" Warning of "onboarding" ["line", "column"] "Column {column} is not used: its value is the same for all repositories. Enter it once, outside the list.";
    /// A name twice in the header row.
    LinesDuplicateColumn "lines.duplicate_column" Error of "onboarding" ["line", "column"] "Column {column} repeats a name. Rename or remove it.";
    /// A cell for which the header row has no name.
    LinesTooManyCells "lines.too_many_cells" Error of "onboarding" ["line", "column"] "Line {line}, column {column}: the header row has no name for this cell. If a cell contains a comma, put it in quotes.";
    /// A quote that RFC 4180 does not allow.
    LinesQuote "lines.quote" Error of "onboarding" ["line", "column"] "Line {line}, column {column}: a quote is missing or misplaced. Put the whole cell in quotes, and write each quote inside it twice.";

    // export.*
    /// Something that the exported text cannot say.
    ExportNotExpressible "export.not_expressible" Error of "onboarding" ["what"] "This export does not support {what}.";
}
