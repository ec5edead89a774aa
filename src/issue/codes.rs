//! The table. A row: variant, code, severity, names of the params, text with `{param}` places.

use super::Severity;

macro_rules! url_faults {
    ($($(#[doc = $doc:literal])* $variant:ident $what:literal $severity:ident ($($subject:ident)*) [$($param:literal),*] $text:literal;)*) => {
        /// What can be wrong with the text of a URL; the code is `base_url.…`, `repository_url.…` or `portal_url.…`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum UrlFault { $($(#[doc = $doc])* $variant,)* }

        impl UrlFault {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The faults that the URL called `subject` can have.
            fn of(subject: &'static str) -> impl Iterator<Item = Self> {
                Self::ALL.iter().copied().filter(move |fault| match fault {
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
                UrlFault::of("base").map(Self::BaseUrl)
                    .chain(UrlFault::of("repository").map(Self::RepositoryUrl))
                    .chain(UrlFault::of("portal").map(Self::PortalUrl))
                    .chain([$(Self::$variant,)*])
            }

            /// The code as programs see it, `subject.what`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::BaseUrl(fault) => fault.base_url_code(),
                    Self::RepositoryUrl(fault) => fault.repository_url_code(),
                    Self::PortalUrl(fault) => fault.portal_url_code(),
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
    Empty "empty" Error (base repository portal) [] "Enter a URL, for example https://gitlab.example.com/.";
    /// A character below U+0020 or U+007F. The [WHATWG parser](https://url.spec.whatwg.org/#concept-basic-url-parser) drops tab and line ends
    /// anywhere, [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2) has none of them, and a line end in a URL has made git send credentials to another
    /// host (CVE-2020-5260).
    ControlCharacter "control_character" Error (base repository portal) ["position"] "There is a control character (a tab or a line end, for example) at character {position}. Remove it.";
    /// A blank inside. [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#appendix-C) has none; parsers encode it, cut at it or refuse (CVE-2023-24329 is one
    /// in front that hid the scheme).
    WhiteSpace "white_space" Error (base repository portal) ["position"] "There is a blank at character {position}. Enter the URL alone, without blanks.";
    /// `\`: a slash to the [WHATWG parser](https://url.spec.whatwg.org/#authority-state) in http URLs, no character at all of
    /// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#appendix-A)'s, so that `https://a\@b/` has two hosts.
    Backslash "backslash" Error (base repository portal) ["position"] "There is a backslash at character {position}; programs disagree on what it means. Use / alone.";
    /// No `scheme://` in front, which [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3) calls a relative reference: what it refers to depends on
    /// the reader.
    MissingScheme "missing_scheme" Error (base repository portal) [] "The URL must begin with https:// (or http://).";
    /// A scheme other than http and https, the two that [GitLab](https://docs.gitlab.com/topics/git/clone/) serves Git
    /// over beside SSH.
    SchemeNotSupported "scheme_not_supported" Error (base repository portal) [] "Only https:// and http:// URLs can be used here.";
    /// `git@host:path`, `host:path` or `ssh://…`: an address for SSH
    /// ([git-clone(1)](https://git-scm.com/docs/git-clone#_git_urls)). Torque clones over HTTP.
    SshForm "ssh_form" Error (base repository portal) [] "This is the SSH address. Torque needs the HTTPS address (in GitLab: Code, Clone with HTTPS).";
    /// Not exactly two slashes after the scheme. The [WHATWG parser](https://url.spec.whatwg.org/#special-authority-ignore-slashes-state) mends it,
    /// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3) reads a path without a host, which has made git send credentials elsewhere
    /// (CVE-2020-11008).
    Slashes "slashes" Error (base repository portal) [] "After the scheme there must be exactly two slashes and the host, as in https://gitlab.example.com/.";
    /// User name or password before `@` in the authority ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1), which deprecates them). A host in
    /// front of it is no host ([section 7.6](https://www.rfc-editor.org/rfc/rfc3986#section-7.6)).
    HasCredentials "has_credentials" Error (base repository portal) [] "The URL contains a user name, password or token before the @. Remove it; if it was a real token, revoke it in GitLab.";
    /// GitLab's mark of an access token and what stands behind it: whoever sees an address, in a log, say, would see the token.
    HasToken "has_token" Error (base repository portal) [] "There is an access token in this address, and addresses are seen by many. Remove it and paste it into its own field; if it was sent anywhere, revoke it in GitLab.";
    /// No host between the slashes. [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1) calls such an http
    /// URL invalid.
    HostEmpty "host_empty" Error (base repository portal) [] "The host is missing, as in https://gitlab.example.com/.";
    /// A host that needs IDNA. Its mapping differs between programs ([UTS 46](https://www.unicode.org/reports/tr46/);
    /// CVE-2022-43551 is a full stop that was none), so only the ASCII form is read.
    HostNotAscii "host_not_ascii" Error (base repository portal) [] "The host contains characters outside ASCII. Enter it in its ASCII form (xn--…).";
    /// A character that no host name has: labels are letters, digits and `-`
    /// ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1)), in practice also `_`.
    HostCharacter "host_character" Error (base repository portal) ["character", "position"] "The host cannot contain \"{character}\" (character {position}).";
    /// Two dots in a row, or one in front: a label has at least one character
    /// ([RFC 1035](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1)).
    HostEmptyLabel "host_empty_label" Error (base repository portal) [] "The host has a dot too many.";
    /// `example.com.`: the same machine to DNS ([RFC 1034](https://www.rfc-editor.org/rfc/rfc1034#section-3.1)), another
    /// origin to browsers and other stored secrets to curl (CVE-2022-30115).
    HostEndsWithDot "host_ends_with_dot" Error (base repository portal) [] "The host ends in a dot. Remove the dot.";
    /// A label of more than 63 characters, or more than 253 in all ([RFC 1035](https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4)): DNS has no
    /// such name, and programs cut it, refuse it or pass it on.
    HostTooLong "host_too_long" Error (base repository portal) [] "The host is too long. A host has at most 253 characters, and at most 63 between two dots.";
    /// A label with a hyphen in front or at its end ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1) has none).
    HostHyphen "host_hyphen" Error (base repository portal) [] "A part of the host begins or ends with a hyphen. Correct the host.";
    /// An `xn--` label that no text outside ASCII encodes to ([RFC 3492](https://www.rfc-editor.org/rfc/rfc3492), [RFC 5890](https://www.rfc-editor.org/rfc/rfc5890#section-2.3.2.1)):
    /// some programs refuse it, others pass it on.
    HostPunycode "host_punycode" Error (base repository portal) [] "A part of the host begins with xn-- but is no encoded international name. Copy the host again.";
    /// A last label that is a number ([WHATWG](https://url.spec.whatwg.org/#ends-in-a-number-checker)) but no plain IPv4 address: `0x7f.1`,
    /// `127.1`, `010.0.0.1`. Programs disagree on octal and on fewer than four parts (CVE-2021-29922).
    HostNumber "host_number" Error (base repository portal) [] "The host ends in a number but is no plain IPv4 address. Write four decimal numbers from 0 to 255 without leading zeros, as in 192.0.2.10.";
    /// An IPv6 address that is not written as the [WHATWG serialiser](https://url.spec.whatwg.org/#concept-ipv6-serializer) writes it
    /// ([RFC 5952](https://www.rfc-editor.org/rfc/rfc5952#section-4), but no dotted end), or something else in brackets
    /// (CVE-2024-11168).
    HostIpv6 "host_ipv6" Error (base repository portal) [] "An IPv6 address must stand in brackets and in its short form: small letters, no leading zeros, the longest run of zeros as ::, as in https://[2001:db8::1]/.";
    /// Not a plain number from 1 to 65535. An empty port and leading zeros are dropped by the
    /// [WHATWG parser](https://url.spec.whatwg.org/#port-state) and allowed by [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.3); git compares them as text.
    Port "port" Error (base repository portal) [] "The port must be a plain number from 1 to 65535, as in https://gitlab.example.com:8443/.";
    /// `?` and what follows ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.4)): no part of a repository, and where tokens are put.
    HasQuery "has_query" Error (base repository portal) [] "Remove the question mark and everything after it.";
    /// `#` and what follows ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.5)): no part of what is requested.
    HasFragment "has_fragment" Error (base repository portal) [] "Remove the # and everything after it.";
    /// `%`: decoded at different places by different programs ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-7.3); `%2e%2e`, `%2F`, and in a host
    /// CVE-2022-27780). No [GitLab path](https://docs.gitlab.com/user/reserved_names/) needs it.
    PercentEncoding "percent_encoding" Error (base repository portal) ["position"] "There is a percent sign at character {position}. GitLab paths need no percent-encoding; programs decode it differently.";
    /// `@` in the path: a look-alike of credentials ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-7.6)), and no character of a
    /// [GitLab path](https://docs.gitlab.com/user/reserved_names/).
    AtSign "at_sign" Error (base repository portal) ["position"] "There is an @ at character {position}. No GitLab path contains one.";
    /// `~`: no character of a [GitLab path](https://docs.gitlab.com/user/reserved_names/), and encoded by older programs
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3)).
    Tilde "tilde" Error (base repository portal) ["position"] "There is a ~ at character {position}. No GitLab path contains one.";
    /// A path character outside ASCII: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2) has none, parsers encode it, and no
    /// [GitLab path](https://docs.gitlab.com/user/reserved_names/) has one.
    PathNotAscii "path_not_ascii" Error (base repository portal) ["position"] "There is a character outside ASCII at character {position}. GitLab paths are letters, digits, \".\", \"_\" and \"-\".";
    /// Any other character that no [GitLab path](https://docs.gitlab.com/user/reserved_names/) has.
    PathCharacter "path_character" Error (base repository portal) ["character", "position"] "The path cannot contain \"{character}\" (character {position}). GitLab paths are letters, digits, \".\", \"_\" and \"-\".";
    /// `//` in the path: a segment of its own to [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3), one slash to git and to many servers.
    EmptySegment "empty_segment" Error (base repository portal) [] "There are two slashes in a row in the path.";
    /// `.` or `..` as a segment, which climbs out of the base when it is resolved ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4),
    /// [WHATWG](https://url.spec.whatwg.org/#double-dot-path-segment)).
    DotSegment "dot_segment" Error (base repository portal) [] "The path contains \".\" or \"..\" as a segment. Enter the path without it.";
    /// Another parser (in a browser or Node.js the platform's `URL`, elsewhere the `url` crate) reads it otherwise than this
    /// crate does, or refuses it: an `xn--` label whose text may not stand in a host
    /// ([UTS 46](https://www.unicode.org/reports/tr46/)). No other such text is known.
    Ambiguous "ambiguous" Error (base repository portal) [] "Programs could read this URL in different ways. Enter it in its plain form.";
    /// http: everything, the token too, crosses the network readable
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1)).
    NotEncrypted "not_encrypted" Warning (base repository) [] "http:// sends the token unencrypted. Use https:// if the server offers it.";
    /// `_` in the host: in use inside companies, but no character of [RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1), so that some programs
    /// and all public certificate authorities refuse it.
    HostUnderscore "host_underscore" Warning (base repository portal) [] "The host contains an underscore. Some programs refuse such a host; use another name of the server if it has one.";
    /// GitLab's own service, which has a connector of its own in Torque.
    GitlabCom "gitlab_com" Warning (base) [] "gitlab.com is not self-managed. Torque connects it through its own GitLab integration.";
    /// An internationalised name in its ASCII form: it may look like another
    /// ([UTS 39](https://www.unicode.org/reports/tr39/#Confusable_Detection)), and programs disagree on some (CVE-2024-12224).
    Punycode "punycode" Warning (base) [] "The host is an internationalised name (xn--). Make sure it is the server that you mean, not a look-alike.";
    /// A path that is rather a group than GitLab's
    /// [relative URL root](https://docs.gitlab.com/install/relative_url/).
    MayBeGroup "may_be_group" Warning (base) [] "The base URL has a path. That is right where GitLab itself lives below this path; if it is a group, remove it.";
    /// A page of GitLab: behind `-`, which is [no possible name](https://docs.gitlab.com/user/reserved_names/), or one that GitLab reserves below its root.
    WebPage "web_page" Error (base) [] "This is a page in GitLab. Enter the URL of the GitLab server itself.";
    /// [GitLab's API](https://docs.gitlab.com/api/rest/), which lies below the base URL.
    ApiUrl "api_url" Error (base) [] "This is the URL of GitLab's API. Enter the URL of the GitLab server itself, without /api and what follows.";
    /// The [clone URL](https://docs.gitlab.com/topics/git/clone/) of a repository, which lies below the base URL.
    CloneUrl "clone_url" Error (base) [] "This is the clone URL of a repository. Enter the URL of the GitLab server itself.";
    /// Fewer than two segments below the base: a project lives in a
    /// [namespace](https://docs.gitlab.com/user/namespace/).
    ProjectMissing "project_missing" Error (repository) [] "A repository URL needs a group (or user) and a project, as in https://gitlab.example.com/group/project.";
    /// A project called `.git`, or one that ends in `.git` when one `.git` is gone;
    /// [GitLab allows neither](https://docs.gitlab.com/user/reserved_names/).
    ProjectName "project_name" Error (repository) [] "No GitLab project has such a name: without \".git\" it is empty, dots alone, or ends in \".git\" again.";
    /// `project.git/`: no [clone URL](https://docs.gitlab.com/topics/git/clone/) that GitLab writes; what stands in front of
    /// the slash is [no possible name](https://docs.gitlab.com/user/reserved_names/).
    GitSlash "git_slash" Error (repository) [] "Remove the slash after .git.";
    /// [The wiki's repository](https://docs.gitlab.com/user/project/wiki/), `project.wiki.git`.
    Wiki "wiki" Error (repository) [] "This is the clone URL of a wiki. Enter the URL of the project itself. If its own name ends in .wiki, leave out .git.";
    /// A project whose name ends in `.wiki`, which is [possible](https://docs.gitlab.com/user/reserved_names/) as long as there is no project without it.
    MayBeWiki "may_be_wiki" Warning (repository) [] "The name ends in .wiki. Make sure that this is a project, and not the wiki of one.";
    /// A project whose name ends in a dot: [no new one does](https://docs.gitlab.com/user/reserved_names/), but sentences do.
    EndsWithDot "ends_with_dot" Warning (repository) [] "The URL ends in a dot. Remove the dot unless it belongs to the name of the project.";
    /// `group/project/activity`: a page of a project, unless there is a project of this name.
    MayBePage "may_be_page" Warning (repository) [] "This may be a page of a project. Make sure that it is the project itself.";
    /// A first segment that [GitLab keeps for itself](https://docs.gitlab.com/user/reserved_names/).
    ReservedPath "reserved_path" Error (repository) ["segment"] "\"/{segment}/\" is a page of GitLab; no project lives there.";
    /// A page inside a project: behind `-`, or behind a word that
    /// [no project may have as name](https://docs.gitlab.com/user/reserved_names/).
    WebLink "web_link" Error (repository) [] "This is the address of a page inside a project. Enter the address of the project itself.";
    /// Another scheme, host, port ([RFC 6454](https://www.rfc-editor.org/rfc/rfc6454#section-5)) or base path than the
    /// provider's.
    OutsideBaseUrl "outside_base_url" Error (repository) ["part", "expected", "got"] "This repository does not lie in the provider's base URL: \"{got}\" stands where the base URL has \"{expected}\". Its token would go to another place.";
    /// Beside `outside_base_url`: only capitals differ, which matter in a path
    /// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1)).
    DiffersInCase "differs_in_case" Warning (repository) [] "Only capital and small letters differ. Torque compares them; write the path as in the base URL.";
    /// Plain http to another machine; this one is
    /// [potentially trustworthy](https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy).
    HttpNotAllowed "http_not_allowed" Error (portal) [] "Torque must be reached by https://; http:// is possible only on this machine (localhost, 127.0.0.1, [::1]).";
    /// A host that is not Quali's.
    UnknownHost "unknown_host" Warning (portal) [] "This host is not below qtorque.io. Your Torque token goes there: make sure that it is your portal.";
}

issue_codes! {
    /// Something in the input that could not be read: a throwing getter, a cycle, a function.
    InputUnreadable "input.unreadable" Error [] "This value could not be read. Pass plain data: text, numbers, lists and objects.";
    /// Text with half of a surrogate pair.
    InputNotWellFormed "input.not_well_formed" Error [] "This text is not well-formed Unicode (it holds half of a surrogate pair). Enter it again.";
    /// More text or more values than any form or script has reason to pass.
    InputTooLarge "input.too_large" Error [] "This value is too large to be read.";
    /// The last of a list of issues that is longer than anybody reads; an error where one of the others is.
    InputTooManyIssues "input.too_many_issues" Warning ["count"] "There are {count} more. Fix those that are listed, then check again.";
    /// A key that this object does not have.
    InputUnknownKey "input.unknown_key" Error ["key"] "There is no setting \"{key}\" here. Remove it or correct its name.";
    /// A key that this object must have.
    InputMissing "input.missing" Error ["expected"] "This value is missing: {expected} is needed.";
    /// A value of another type.
    InputWrongType "input.wrong_type" Error ["expected", "got"] "Expected {expected}, got {got}.";
    /// Text or a number that is none of the possible values.
    InputNotAllowed "input.not_allowed" Error ["expected"] "This value is not one of those possible: {expected}.";

    // token.*: the text of a token, before anything is sent.
    /// No text, or only blanks.
    TokenEmpty "token.empty" Error [] "Paste the access token.";
    /// A blank, a control character or a character outside ASCII inside the text.
    TokenBadCharacter "token.bad_character" Error ["found", "position"] "No token contains {found} (character {position}). Copy the token again, as a whole and without anything around it.";
    /// `Bearer …`, `PRIVATE-TOKEN: …`, `_gitlab_session=…`.
    TokenPastedHeader "token.pasted_header" Error ["found"] "\"{found}\" is not part of an access token. Remove it and leave only the token itself; the cookie of a session is no token.";
    /// `https://user:token@…`, or the address of the GitLab.
    TokenIsUrl "token.is_url" Error [] "This is an address, not an access token. Paste the token alone.";
    /// Beside `token.is_url`: there is a token, or a password, in it.
    TokenSeenInUrl "token.seen_in_url" Warning [] "A token that stands in an address has been seen wherever that address went. Make a new one.";
    /// Quotes, brackets or punctuation around the text.
    TokenQuoted "token.quoted" Error [] "There are quotes, brackets or punctuation around the token. Remove them and leave only the token itself.";
    /// `oauth2:glpat-…`
    TokenHasUserName "token.has_user_name" Error [] "There is a user name beside the token. Remove it and the colon, and leave only the token itself.";
    /// `glpat-****`, `glpat-xxxx…`, `[MASKED]`
    TokenIsMasked "token.is_masked" Error [] "This token is masked, so most of it is missing. GitLab shows a token only when it is created: copy it then, or create a new one.";
    /// `$GITLAB_TOKEN`, `%GITLAB_TOKEN%`, `{{ token }}`, `gitlab_token`
    TokenIsVariable "token.is_variable" Error [] "This is the name of a variable, not its value. Paste the token itself.";
    /// `<your-token>`, `TOKEN`, `changeme`
    TokenIsPlaceholder "token.is_placeholder" Error [] "This stands for a token in an example, or is its name. Paste the token itself, as GitLab showed it when it was created.";
    /// `glpat-`
    TokenPrefixAlone "token.prefix_alone" Error [] "This is only the beginning of a token. Copy the whole token.";
    /// A token of GitLab, but of a kind that serves other ends.
    TokenWrongKind "token.wrong_kind" Error ["kind", "scopes"] "This is GitLab's {kind}; it cannot read repositories for Torque. Make a personal, project or group access token with {scopes}.";
    /// `gldt-…`
    TokenDeployToken "token.deploy_token" Error ["scopes"] "This is a deploy token: it works only together with its user name, and Torque has no place for that. Make a personal, project or group access token with {scopes}.";
    /// The token of another product.
    TokenOtherProduct "token.other_product" Error ["product"] "This is a {product} token, not one of GitLab.";
    /// 64 hexadecimal digits.
    TokenMaybeOauth "token.maybe_oauth" Warning [] "This looks like an OAuth access token. Such a token lives two hours, so Torque would soon lose the repository; use a personal, project or group access token.";
    /// A prefix that the administrator of that GitLab chose.
    TokenCustomPrefix "token.custom_prefix" Warning [] "This token does not begin with glpat-. A GitLab with a prefix of its own makes such tokens; make sure that it is an access token of that GitLab.";
    /// No prefix at all.
    TokenNoPrefix "token.no_prefix" Warning [] "This token has no prefix. Old versions of GitLab made such tokens; make sure that it is an access token of that GitLab.";

    // token.*: what a token may do, and for how long. A code that is an error rejects the token; the warnings of an
    // answer that cannot be judged say what to try next.
    /// `read.api`, `Read Repository` and the like in a list that somebody wrote.
    TokenScopeMisspelled "token.scope_misspelled" Error ["scope"] "GitLab has no scope \"{scope}\": scopes are written in small letters, with an underscore.";
    /// A scope that Torque needs.
    TokenMissingScope "token.missing_scope" Error ["scope"] "The token lacks the scope {scope}. Scopes cannot be added later: make a new token.";
    /// Scopes that write code or administer.
    TokenMoreThanNeeded "token.more_than_needed" Warning ["scopes"] "The token may do more than Torque needs: {scopes}. Whoever gets hold of it may do all that; a token with reading scopes only is safer.";
    /// `read_api` without `read_repository`.
    TokenCloneUndocumented "token.clone_undocumented" Warning [] "With read_api alone cloning happens to work in some versions of GitLab, but GitLab does not promise it. Add read_repository.";
    /// `write_repository` alone.
    TokenNoApiAccess "token.no_api_access" Warning [] "With write_repository alone the token can clone but not use GitLab's API, so the project and its branches cannot be looked up here.";
    /// A fine-grained token, or a group that demands one.
    TokenFineGrained "token.fine_grained" Warning [] "What this token may do cannot be told from here: it is fine-grained, or its group demands fine-grained tokens. It needs Code: Download on each project; test it with a repository, or use a token with the classic scopes.";
    /// Neither active nor usable, as GitLab says.
    TokenInactive "token.inactive" Error [] "GitLab says that this token is revoked or expired. Make a new one.";
    /// A dated token where an endless one is asked for.
    TokenHasExpiry "token.has_expiry" Error ["days"] "The token has an expiry date; from then on every repository of this provider stops working. Torque asks for a token without expiry. GitLab 16.0 and later gives every new token a date, but from 17.3 an administrator can switch that off, and a service account's token can be endless. Where neither can be had, accept the expiry knowingly and replace the token in time.";
    /// Thirty days or less.
    TokenExpiresSoon "token.expires_soon" Warning ["days"] "Days left for this token: {days}. Give Torque a new one before it expires.";
    /// GitLab did not say whether it expires.
    TokenExpiryUnknown "token.expiry_unknown" Warning [] "GitLab's answer does not say whether this token expires. Look at the token's page in GitLab.";
    /// Active, but its date has passed.
    TokenClockDisagrees "token.clock_disagrees" Warning [] "GitLab calls this token active, but by this computer's clock its date has passed (a token ends at 00:00 UTC of that date). Check the clocks of this computer and of the GitLab server, then test again.";

    // token.*: GitLab's answer about a token.
    /// A field of the answer is missing or of another type.
    TokenMalformed "token.malformed" Warning ["field"] "GitLab's answer cannot be understood (\"{field}\"). Check that the base URL is that of GitLab itself, then look at the token's page in GitLab.";
    /// HTML, plain text, nothing at all, or the words of another program.
    TokenNotGitlabJson "token.not_gitlab_json" Warning [] "This is not an answer of GitLab's API: a sign-on page or a proxy may stand in front, or this is no GitLab. Check the base URL, sign on or use a network from which GitLab's API is reached, then test again.";
    /// 401.
    TokenUnknown "token.token_unknown" Error [] "GitLab does not know this token. Check that it was copied as a whole, that it belongs to this GitLab, and that it is a personal, project or group access token.";
    /// 401, expired.
    TokenExpired "token.token_expired" Error [] "GitLab says that this token has expired. Make a new one.";
    /// 401, revoked.
    TokenRevoked "token.token_revoked" Error [] "GitLab says that this token was revoked. Make a new one.";
    /// 401, impersonation.
    TokenImpersonationDisabled "token.impersonation_disabled" Error [] "This is an impersonation token, and this GitLab does not allow impersonation. Use a personal, project or group access token.";
    /// 401, `DPoP`.
    TokenDpopRequired "token.dpop_required" Error [] "The owner of this token demands a proof of possession (DPoP) with each use, which Torque cannot give. Use a project or group access token, or switch the demand off in GitLab.";
    /// 403 with GitLab's reason.
    TokenForbidden "token.forbidden" Error ["answer"] "GitLab refuses this token: {answer}";
    /// 403, scope, where that alone does not decide.
    TokenInsufficientScope "token.insufficient_scope" Warning [] "GitLab did not let this token tell about itself. Test it with a repository: that shows whether it can read the code.";
    /// 400, not a personal access token.
    TokenOauthToken "token.oauth_token" Error [] "This is an OAuth access token; it lives two hours. Use a personal, project or group access token.";
    /// 404.
    TokenEndpointMissing "token.endpoint_missing" Warning [] "Nothing at this address can tell about tokens: GitLab is older than 15.5, the path of the base URL is wrong, or this is no GitLab. Check the base URL, then test the token with a repository.";
    /// 429.
    TokenRateLimited "token.rate_limited" Warning [] "GitLab asks to slow down. Wait a minute, then test again.";
    /// 5xx.
    TokenServerError "token.server_error" Warning ["status"] "GitLab, or a proxy in front of it, has a problem at the moment (status {status}). Test again later.";
    /// A redirect; it is never followed, the token would go with it.
    TokenRedirected "token.redirected" Warning [] "The server sends us to another address, and a token is never sent along. Enter the address at which GitLab answers without a redirect (https instead of http, the right host), or sign on first; then test again.";
    /// Any other status.
    TokenUnexpectedStatus "token.unexpected_status" Warning ["status"] "The answer (status {status}) says nothing about the token. Check the base URL, then test again.";

    // token.*: GitLab was not asked.
    /// A token per repository without a base URL.
    TokenNoBaseUrl "token.no_base_url" Warning [] "The token was not tested: without a confirmed base URL it is not known which server may see it. Confirm GitLab's address to test it.";
    /// http, and the policy does not allow it.
    TokenHttpNotAsked "token.http_not_asked" Warning [] "The token was not tested: over http:// it could be read on the way. Use https://, or allow it knowingly (allowHttp: true).";
    /// No answer.
    TokenNotReached "token.not_reached" Warning [] "GitLab could not be reached from here, so the token was not tested. A private network, a certificate, a sign-on page or the embedding page's rules may be the reason. Open GitLab's address in this browser, then test again; Torque's own agent may reach it all the same.";

    // gitlab.*: looking projects, branches and files up.
    /// 404: missing or hidden; GitLab does not tell these apart, and neither do we.
    GitlabProjectNotFound "gitlab.project_not_found" Error [] "There is no such project, it was renamed, or this token may not see it. Open the repository URL in the browser: where GitLab shows another address, enter that one. Else check the rights of the token's owner.";
    /// The project is there, its code is not readable.
    GitlabCodeNotReadable "gitlab.code_not_readable" Error [] "The token sees the project but not its code. Its owner needs at least the role Reporter there; a guest cannot read private code.";
    /// The look-up needs other scopes.
    GitlabInsufficientScope "gitlab.insufficient_scope" Error ["accepted"] "This token's scopes do not allow this look-up (GitLab accepts: {accepted}). Use a token with read_repository, or with what GitLab accepts, to see whether the code can be read.";
    /// Another path, or 301.
    GitlabMoved "gitlab.moved" Error ["path"] "The project has moved (new path: {path}). Open it in GitLab and enter its present URL.";
    /// The path differs in capitals only.
    GitlabPathCase "gitlab.path_case" Warning ["path"] "GitLab writes this path with other capital and small letters: {path}.";
    /// Read-only.
    GitlabArchived "gitlab.archived" Warning [] "The project is archived: Torque can read it, but it will not change any more.";
    /// GitLab will delete it. The date is that of the mark; when the deletion follows is a setting of the server.
    GitlabMarkedForDeletion "gitlab.marked_for_deletion" Warning ["date"] "This project is marked for deletion in GitLab (date of the mark: {date}). GitLab will delete it, and Torque will lose the repository. Restore the project in GitLab, or leave it out.";
    /// Nothing to discover.
    GitlabEmptyRepository "gitlab.empty_repository" Warning [] "The repository is empty: Torque will find no assets in it yet.";
    /// Switched off in the project's settings.
    GitlabRepositoryDisabled "gitlab.repository_disabled" Error [] "The repository is switched off in the project's settings, so it cannot be cloned.";
    /// 404 for the branch.
    GitlabBranchNotFound "gitlab.branch_not_found" Error ["branch"] "The project has no branch \"{branch}\".";
    /// Not a name that Git allows for a branch.
    GitlabBranchNotAllowed "gitlab.branch_not_allowed" Error ["rule"] "Git allows no branch with this name: {rule}.";
    /// Plain http to another machine, and nobody has allowed it.
    GitlabHttpNotAllowed "gitlab.http_not_allowed" Error [] "The token is not sent over http://, where it could be read on the way. Use https://, or allow it knowingly (allowHttp: true).";
    /// 401.
    GitlabUnauthorized "gitlab.unauthorized" Error [] "GitLab does not accept this token. Test the token first.";
    /// 403 with GitLab's reason.
    GitlabForbidden "gitlab.forbidden" Error ["answer"] "GitLab refuses: {answer}";
    /// 404 without naming what is missing.
    GitlabEndpointMissing "gitlab.endpoint_missing" Error [] "This GitLab does not know the request: the path of the base URL is wrong, a proxy changes encoded slashes, or this is no GitLab. Check the base URL, then test again.";
    /// GitLab's API answers, but not where a project's path with `%2F` in it is part of the request.
    GitlabEncodedSlashes "gitlab.encoded_slashes" Warning ["status"] "A proxy in front of GitLab does not pass on the encoded slashes (%2F) in a project's path (answer: {status}). So the project was looked up through the list of projects. Other programs that use GitLab's API may fail there, too. In Apache, set AllowEncodedSlashes NoDecode, and add nocanon to ProxyPass. In nginx, write proxy_pass without a path. In Tomcat, set encodedSolidusHandling=\"passthrough\" on the connector. In Traefik, set allowEncodedSlash.";
    /// 429.
    GitlabRateLimited "gitlab.rate_limited" Error [] "GitLab asks to slow down. Wait a minute, then try again.";
    /// 5xx.
    GitlabServerError "gitlab.server_error" Error ["status"] "GitLab, or a proxy in front of it, has a problem at the moment (status {status}). Try again later.";
    /// A redirect that is not known to be a moved project.
    GitlabRedirected "gitlab.redirected" Error [] "The server sends us to another address, and a token is never sent along: the project moved, a sign-on page stands in front, or the base URL should be the address that answers directly. Open the repository in GitLab and compare its address, then test again.";
    /// HTML, text, or JSON in other words than GitLab's.
    GitlabNotGitlabJson "gitlab.not_gitlab_json" Error [] "This is not an answer of GitLab's API: a sign-on page or a proxy may stand in front, or the base URL is not that of GitLab. Check the base URL, or use a network from which GitLab's API is reached, then test again.";
    /// Any other status.
    GitlabUnexpectedStatus "gitlab.unexpected_status" Error ["status"] "GitLab answered with the unexpected status {status}. Check the base URL, then test again.";
    /// A `Link` header that cannot be read, or without the position of the next page.
    GitlabNextPageUnreadable "gitlab.next_page_unreadable" Error [] "The list has more projects, but the server's Link header does not say where they begin. Search for the project by its name, or type the repository URL.";
    /// A next page that would be the same one again.
    GitlabNextPageRepeated "gitlab.next_page_repeated" Error [] "The next page of the list leads back to projects that were listed already. A proxy or a cache in front of GitLab may drop the page's position. Search for the project by its name, or type the repository URL.";
    /// A project in a list that cannot be offered.
    GitlabProjectsLeftOut "gitlab.projects_left_out" Warning ["count"] "Projects of this page that could not be understood and are left out: {count}.";

    // name.*: names of spaces, repositories, credentials, agents and providers in Torque.
    /// No text, or only blanks.
    NameEmpty "name.empty" Error [] "Enter a name.";
    /// It would name another resource once it stands in a URL path.
    NameDotSegment "name.dot_segment" Error [] "\".\" and \"..\" cannot be names, nor stand in one between slashes: they mean a place in a path. Choose another name.";
    /// A character that nobody sees.
    NameControlCharacter "name.control_character" Error ["position"] "There is an invisible character in the name (character {position}). Type the name again.";
    /// More than any name has.
    NameTooLong "name.too_long" Error ["maximum"] "A name has at most {maximum} characters.";
    /// Everybody in the space would read it.
    NameIsToken "name.is_token" Error [] "This is an access token, not a name: names can be read by everybody in the space. Enter a name, and paste the token into its own field.";

    // torque.*: what is said to Torque.
    /// No text, or only blanks.
    TorqueTokenEmpty "torque.token_empty" Error [] "Paste the Torque API token. Leave it out altogether only where the portal adds it itself.";
    /// A blank, a quote or a character outside ASCII inside the text.
    TorqueTokenBadCharacter "torque.token_bad_character" Error [] "This is not a Torque API token: it holds a blank, a quote or another character that no token has. Copy it again, without \"Bearer\" and without quotes.";
    /// `$TORQUE_TOKEN`, `<token>`, `****`
    TorqueTokenIsPlaceholder "torque.token_is_placeholder" Error [] "This stands for a Torque API token: a variable, a placeholder or a masked token. Paste the token itself.";
    /// By its prefix, or because it is the GitLab token of the same plan.
    TorqueTokenIsGitlab "torque.token_is_gitlab" Error [] "This is a GitLab access token. Torque's own token is made in Torque, under your profile.";
    /// Another type of provider.
    TorqueProviderType "torque.provider_type" Error [] "The type of a self-managed GitLab is gitLabEnterprise.";
    /// A credential is named and no token given.
    TorqueCredentialMustExist "torque.credential_must_exist" Warning [] "Without a token, Torque looks for a stored credential of this name. Make sure that it exists in the space.";

    // torque.*: what Torque says. {answer} is its own text.
    /// 401.
    TorqueUnauthorized "torque.unauthorized" Error ["answer"] "Torque does not accept the Torque API token (401). Copy it again, or make a new one in Torque. Torque says: {answer}";
    /// 403 for a provider.
    TorqueProviderForbidden "torque.provider_forbidden" Error ["answer"] "This Torque token may not create a repository provider (403). Use the token of a Torque administrator, or give each repository its own token. Torque says: {answer}";
    /// 403 in a space.
    TorqueSpaceForbidden "torque.space_forbidden" Error ["answer"] "This Torque token may not manage the repositories of this space (403). Use the token of a space administrator. Torque says: {answer}";
    /// 404 for a provider.
    TorqueNotFound "torque.not_found" Error ["answer"] "There is no such service at this address (404). Check the portal URL. Torque says: {answer}";
    /// 404 in a space.
    TorqueSpaceNotFound "torque.space_not_found" Error ["answer"] "Torque does not find the space (404). Check its name, capital and small letters too. Torque says: {answer}";
    /// 409 for a provider.
    TorqueProviderExists "torque.provider_exists" Error ["answer"] "Torque has a provider of this name already (409). If it is the right one, use it (existing: true); else choose another name. Torque says: {answer}";
    /// 409 for a repository.
    TorqueRepositoryExists "torque.repository_exists" Error ["answer"] "Torque has this repository already, or another one of this name (409). Look at the space's repositories. Torque says: {answer}";
    /// Another 4xx.
    TorqueRefused "torque.refused" Error ["status", "answer"] "Torque refuses what was sent ({status}). Torque says: {answer}";
    /// 429.
    TorqueRateLimited "torque.rate_limited" Error [] "Torque asks to slow down (429). Wait a minute, then try again.";
    /// 5xx: no proof that nothing happened.
    TorqueServerError "torque.server_error" Error ["status", "answer"] "Torque, or a proxy in front of it, has a problem ({status}). What was asked may have been done all the same: look in Torque before trying again. Torque says: {answer}";
    /// A redirect; never followed, the token would go with it.
    TorqueRedirected "torque.redirected" Error [] "The portal sends us to another address, and a token is never sent along. Enter the address at which Torque answers without a redirect, or sign on first.";
    /// A web page with a success status.
    TorqueNotTorque "torque.not_torque" Error [] "A web page came back instead of an answer of Torque's API: a sign-on page or a proxy stands in front, or the portal URL is not that of Torque's API.";
    /// A success whose body cannot be understood.
    TorqueUnreadableAnswer "torque.unreadable_answer" Error ["status"] "The answer of the portal ({status}) cannot be understood. Check the portal URL.";
    /// 1xx, or beyond 599.
    TorqueUnexpectedStatus "torque.unexpected_status" Error ["status"] "The portal answered with the unexpected status {status}. Check the portal URL.";

    // torque.*: what the whole job can say besides.
    /// No answer.
    TorqueUnreachable "torque.unreachable" Error [] "No answer came from the portal: it cannot be reached from here, the answer was lost, or the browser does not allow this page to call it (CORS; then embed the page below the portal's own address or use its proxy).";
    /// A provider's POST without a clear answer.
    TorqueProviderUnknown "torque.provider_unknown" Error [] "It is not known whether Torque created the provider, and it is never asked twice. Look at Torque's repository providers: if it is there, connect again with existing: true; if not, connect again as before. A job that is resumed is told by providerCreated.";
    /// A repository's POST without a clear answer, and the list does not show it.
    TorqueRepositoryUnknown "torque.repository_unknown" Error [] "It is not known whether Torque connected this repository: the answer was lost. Look at the space's repositories before connecting it again.";
    /// The space has this name for another repository.
    TorqueNameTaken "torque.name_taken" Error ["name"] "The space has another repository with the name \"{name}\". Give this one another name.";
    /// 409, and the list shows the URL under another name.
    TorqueUrlTaken "torque.url_taken" Error ["name"] "The space has this repository already, under the name \"{name}\", so Torque did not connect it again (409). Use that one, or disconnect it in Torque first.";
    /// The list names the repository, with errors.
    TorqueSyncFailed "torque.sync_failed" Error ["status", "answer"] "Torque took the repository but cannot read it (status: {status}). An agent must reach the GitLab server, and the token must read the repository. Torque says: {answer}";
    /// Not connected in time.
    TorqueSyncTimeout "torque.sync_timeout" Warning ["status"] "Torque has taken the repository but is not done with it (status: {status}). Look at the space's repositories in a while.";
    /// Connected before this job.
    TorqueAlreadyConnected "torque.already_connected" Warning [] "The space has had this repository already; nothing was changed about it.";
    /// Refused, and then in the list all the same.
    TorqueListedAfterRefusal "torque.listed_after_refusal" Warning [] "Torque refused this repository, and the space lists it since then. Compare its branch, credential and agents in Torque with yours.";
    /// What was accepted cannot be watched.
    TorqueNotWatched "torque.not_watched" Warning [] "Torque has taken the repository, but its list cannot be read, so how it went on is not known. Look at the space's repositories.";
    /// No answer to a look-up.
    GitlabNotReached "gitlab.not_reached" Warning [] "GitLab could not be reached from here, so the project was not looked up. Torque's own agent may reach it all the same.";

    // plan.*: a plan as a whole, and what became of its parts.
    /// Nothing to do.
    PlanNoRepositories "plan.no_repositories" Error [] "Enter at least one repository. Only a new provider can be made without one.";
    /// More than a plan may have.
    PlanTooManyRepositories "plan.too_many_repositories" Error ["maximum"] "These are more than {maximum} repositories. Connect the first {maximum}, then the others.";
    /// Two names that Torque could not tell apart.
    PlanDuplicateName "plan.duplicate_name" Error ["first"] "Number {first} of this list has the same name. A name is unique in a space: give this one another.";
    /// One repository twice.
    PlanDuplicateRepository "plan.duplicate_repository" Warning ["first"] "Number {first} of this list has the same URL. This one will be connected once more under another name; remove it if that is not meant.";
    /// No token where one is needed.
    PlanTokenMissing "plan.token_missing" Error [] "Enter the GitLab token.";
    /// Neither provider, token nor credential.
    PlanRepositoryTokenMissing "plan.repository_token_missing" Error [] "Without a provider each repository needs a token of its own, or the name of a credential stored in the space.";
    /// A number outside its range.
    PlanOutOfRange "plan.out_of_range" Error ["minimum", "maximum"] "Enter a number from {minimum} to {maximum}.";
    /// Stopped before its turn.
    PlanNotStarted "plan.not_started" Error [] "Not done, because an earlier step ended the job.";
    /// Stopped by the user.
    PlanAborted "plan.aborted" Error [] "The job was ended before this was done.";
    /// Stopped by the user while Torque was at work on it.
    PlanAbortedWhileSyncing "plan.aborted_while_syncing" Warning [] "Torque has taken the repository, and the job was ended before it was connected. Resume the job to see how it goes on.";
    /// The time for the whole job is over.
    PlanOutOfTime "plan.out_of_time" Error [] "The time for the whole job was over before this was done. Connect what is left once more.";
    /// A crash between a request and its answer.
    PlanInterrupted "plan.interrupted" Error [] "The job was interrupted when this was sent, so it is not known whether it arrived.";
    /// A judgement `unknown` under the policy `onUnknown: 'stop'`.
    PlanStoppedUnknown "plan.stopped_unknown" Error [] "GitLab did not tell whether this will work, so the job stops here. Read the warnings; if you know better, continue knowingly (onUnknown: 'continue').";

    // checkpoint.*: what a job that goes on is told.
    /// Not what was given to keep.
    CheckpointUnreadable "checkpoint.unreadable" Error [] "This is not a checkpoint of this version. Pass what onCheckpoint gave, unchanged; without it, begin anew: what is connected already stays so.";
    /// Another plan's.
    CheckpointOtherPlan "checkpoint.other_plan" Error [] "This checkpoint belongs to another plan. Everything but tokens and policy must be as it was; else begin anew: what is connected already stays so.";

    // lines.*: repositories as text. {line} and {column} stand also with every issue that is told about such a text.
    /// Several cells, and no header row that names them.
    LinesNoHeader "lines.no_header" Error ["line"] "Line {line} is no URL alone. Enter one URL in each line, or begin with a header row that names the columns: url, and where needed name, branch, token, credentialName, agents, autoRegister.";
    /// A header cell that is none of the known names.
    LinesUnknownColumn "lines.unknown_column" Error ["line", "column"] "Column {column} has a name that is not known here. The columns are url, name, branch, token, credentialName, agents and autoRegister, or are called as in Torque's payload.";
    /// `provider_id`, `space_name` and the like.
    LinesUnusedColumn "lines.unused_column" Warning ["line", "column"] "Column {column} is not used: it is the same for all repositories, so it is entered once.";
    /// A name twice in the header row.
    LinesDuplicateColumn "lines.duplicate_column" Error ["line", "column"] "Column {column} has the same name as another one.";
    /// A cell for which the header row has no name.
    LinesTooManyCells "lines.too_many_cells" Error ["line", "column"] "Line {line}, column {column}: the header row has no name for this cell. Put a cell that holds a comma in quotes.";
    /// A quote that RFC 4180 does not allow.
    LinesQuote "lines.quote" Error ["line", "column"] "Line {line}, column {column}: a quote is missing or misplaced. Put the whole cell in quotes, and write a quote inside it twice.";

    // export.*
    /// Something that the exported text cannot say.
    ExportNotExpressible "export.not_expressible" Error ["what"] "The exported text cannot do this: {what}.";
}
