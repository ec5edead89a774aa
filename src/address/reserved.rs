//! Names that GitLab keeps for itself: directly below the base no project has them, and behind a project they begin a page
//! of it.

use crate::url::reader;

/// Whether a first segment directly below the base is one of GitLab's own.
pub(crate) fn is_top_level(segment: &[u8]) -> bool {
    RESERVED_TOP_LEVEL.has_in_any_case(segment)
}

/// False for nearly every segment that is none; for long lists.
#[inline(always)]
pub(crate) fn may_be_top_level(segment: &[u8]) -> bool {
    RESERVED_TOP_LEVEL.may_have(segment)
}

/// False for nearly every segment that begins no page behind itself or behind the one in front of it; for long lists.
#[inline(always)]
pub(crate) fn may_begin_page(segment: &[u8]) -> bool {
    BEGINNINGS_OF_PAGES.may_have(segment) || matches!(segment, [.., b'.', b'g', b'i', b't'])
}

/// Where a page begins behind a project, as an index of a segment of the path below the base.
///
/// `-` is no possible slug, so the first one ends the project's path. Older links lack it; there the words that GitLab
/// reserves inside a project mark a page, from the third segment on. Nothing lies below a segment that ends in `.git`.
pub(crate) fn page_start(below: &[u8]) -> Option<usize> {
    let mut rest = below;
    let mut take = || {
        let (segment, behind) = cut_segment(rest);
        rest = behind;
        segment
    };
    let (mut before, mut segment, mut next) = (&[][..], take(), take());
    let mut index = 0;
    while !segment.is_empty() {
        let after = take();
        if segment == b"-" || (index >= 2 && begins_page(before, segment, next, after.is_empty())) {
            return Some(index);
        }
        (before, segment, next) = (segment, next, after);
        index += 1;
    }
    None
}

fn begins_page(before: &[u8], segment: &[u8], next: &[u8], next_is_last: bool) -> bool {
    let is_numbered_page = NUMBERED_PAGES.has(segment)
        && (next_is_last || segment == b"merge_requests")
        && !next.is_empty()
        && next.iter().all(u8::is_ascii_digit);
    let is_reserved = RESERVED_IN_PROJECT.has(segment)
        || RESERVED_PAIRS.iter().any(|pair| pair.0.as_bytes() == segment && pair.1.as_bytes() == next);
    is_reserved || is_numbered_page || before.ends_with(b".git")
}

/// The first segment that is not empty, and what follows it.
pub(crate) fn cut_segment(path: &[u8]) -> (&[u8], &[u8]) {
    let path = &path[reader::position(path, |byte| byte != b'/').unwrap_or(path.len())..];
    path.split_at(reader::position(path, |byte| byte == b'/').unwrap_or(path.len()))
}

/// First segments directly below the base that are GitLab's own
/// (<https://docs.gitlab.com/user/reserved_names/#reserved-project-and-group-names>).
pub(crate) static RESERVED_TOP_LEVEL: Names = Names::new(&[
    "-",
    ".well-known",
    "404.html",
    "422.html",
    "500.html",
    "502.html",
    "503.html",
    "admin",
    "api",
    "apple-touch-icon.png",
    "assets",
    "dashboard",
    "deploy.html",
    "explore",
    "favicon.ico",
    "favicon.png",
    "files",
    "groups",
    "health_check",
    "help",
    "import",
    "jwt",
    "login",
    "oauth",
    "profile",
    "projects",
    "public",
    "robots.txt",
    "s",
    "search",
    "sitemap",
    "sitemap.xml",
    "sitemap.xml.gz",
    "slash-command-logo.png",
    "snippets",
    "unsubscribes",
    "uploads",
    "users",
    "v2",
]);

/// No subgroup or project has these names, so that behind a project they begin a page of it: links without `/-/`
/// (`PROJECT_WILDCARD_ROUTES` of GitLab's path rules).
pub(crate) static RESERVED_IN_PROJECT: Names = Names::new(&[
    "badges",
    "blame",
    "blob",
    "builds",
    "commits",
    "create",
    "create_dir",
    "edit",
    "files",
    "find_file",
    "new",
    "preview",
    "raw",
    "refs",
    "tree",
    "update",
    "wikis",
]);

/// Of the same rules those with a slash: a segment and the next.
static RESERVED_PAIRS: [(&str, &str); 4] =
    [("environments", "folders"), ("gitlab-lfs", "objects"), ("info", "lfs"), ("info", "refs")];

/// Pages of a project that end in a number. Their names are possible as subgroups', but a project that is a number in
/// such a subgroup is not what anybody means; and a subgroup that is a number in `merge_requests` is none either.
pub(crate) static NUMBERED_PAGES: Names = Names::new(&["issues", "jobs", "merge_requests", "milestones", "pipelines"]);

/// All the words by which [`page_start`] finds a page, but for what ends in `.git`.
static BEGINNINGS_OF_PAGES: Names = Names {
    names: &[],
    lengths: {
        let others = Names::new(&["-", "environments", "gitlab-lfs", "info"]);
        let (mut lengths, mut letter) = ([0; 32], 0);
        while letter < 32 {
            lengths[letter] =
                RESERVED_IN_PROJECT.lengths[letter] | NUMBERED_PAGES.lengths[letter] | others.lengths[letter];
            letter += 1;
        }
        lengths
    },
};

/// Names that are looked for in each URL of a long list.
pub(crate) struct Names {
    pub(crate) names: &'static [&'static str],
    /// For the low bits of a first letter, small or capital, the lengths that names with it have, one bit each.
    lengths: [u32; 32],
}

impl Names {
    const fn new(names: &'static [&'static str]) -> Self {
        let (mut lengths, mut index) = ([0; 32], 0);
        while index < names.len() {
            let name = names[index].as_bytes();
            lengths[name[0] as usize % 32] |= 1 << name.len();
            index += 1;
        }
        Self { names, lengths }
    }

    /// Whether one has the length and the first letter of `segment`: nearly always the answer to both questions below.
    #[inline(always)]
    fn may_have(&self, segment: &[u8]) -> bool {
        let Some(first) = segment.first() else { return false };
        segment.len() < 32 && self.lengths[usize::from(first % 32)] >> segment.len() & 1 == 1
    }

    pub(crate) fn has(&self, segment: &[u8]) -> bool {
        self.may_have(segment) && self.names.iter().any(|name| name.as_bytes() == segment)
    }

    fn has_in_any_case(&self, segment: &[u8]) -> bool {
        self.may_have(segment) && self.names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(segment))
    }
}
