//! A plan as commands for a shell.

use crate::issue::{Check, Issue, IssueCode};
use crate::onboarding::{CheckedMethod, Plan, Policy};
use crate::portal_url::PortalUrl;
use crate::secret::Secret;
use crate::torque::{
    Name, RepositoryPayload, connect_repository_request, create_provider_request, list_repositories_request,
};

/// Stands in a payload where the shell puts a token. No name can hold it, because names have no control characters.
const PLACE: &str = "\u{0}";

/// The whole plan as commands for `sh` or `bash`, to be pasted as they are, also at an interactive prompt.
///
/// The tokens come from the variables `TORQUE_TOKEN` and `GITLAB_TOKEN` (`GITLAB_TOKEN_1`, `GITLAB_TOKEN_2` … where
/// repositories have their own), whether or not the plan holds them. They reach `curl` on its standard input, so no process
/// shows them among its arguments. The first failure ends it. At last it reads the space's list until all repositories are
/// connected, Torque tells errors, or the time of [`Policy::sync_timeout_ms`] is over.
///
/// ```
/// use torque_gitlab_connect::{export::to_curl, onboarding::{Method, Plan}};
///
/// let provider = Method::Provider { name: "gitlab-1".into(), base_url: "https://gitlab.example.com".into(), token: None };
/// let text = to_curl(&Plan::new("https://portal.qtorque.io", "", provider)).unwrap().value;
/// assert!(text.contains("\"${GITLAB_TOKEN:?}\""));
/// assert!(text.contains(r#""details":{"token":"$GITLAB_TOKEN","base_url":"https://gitlab.example.com/"},"repos":[]}"#));
/// ```
///
/// # Errors
///
/// The issues of the plan, but for missing tokens.
pub fn to_curl(plan: &Plan) -> Check<String> {
    let place = Secret::new(PLACE.to_owned());
    let checked = plan.check_for_export(&place)?;
    let (plan, mut warnings) = (checked.value, checked.warnings);
    if plan.policy.send_provider_id && matches!(plan.method, CheckedMethod::Provider(_)) {
        // Its id is known only when Torque has answered.
        let issue = Issue::new(IssueCode::ExportNotExpressible).with("what", "sendProviderId");
        warnings.push(issue.at("sendProviderId").at("policy").as_warning());
    }

    let portal = &plan.portal_for_people().clone();
    let mut variables = vec!["TORQUE_TOKEN".to_owned()];
    let mut steps = String::new();
    if let CheckedMethod::Provider(mut provider) = plan.method {
        provider.token = place.clone();
        variables.push("GITLAB_TOKEN".to_owned());
        let request = create_provider_request(portal, None, &provider);
        steps += &step("Creating the repository provider", &request.url, &provider.to_json(), "GITLAB_TOKEN");
    }
    let count = plan.repositories.len();
    let wait = match &plan.space {
        Some(space) if count > 0 => wait(portal, space, &plan.repositories, &plan.policy),
        _ => "  echo 'Torque has taken everything.'\n".to_owned(),
    };
    for (index, mut repository) in plan.repositories.into_iter().enumerate() {
        let Some(space) = &plan.space else { break };
        let number = index + 1;
        let variable = format!("GITLAB_TOKEN_{number}");
        if repository.token.is_some() {
            repository.token = Some(place.clone());
            variables.push(variable.clone());
        }
        let request = connect_repository_request(portal, None, space, &repository);
        let title = format!("Connecting repository {number} of {count}");
        steps += &step(&title, &request.url, &repository.to_json(), &variable);
    }
    let checks: String = variables.iter().map(|name| format!("  check {name} \"${{{name}:?}}\"\n")).collect();
    let text = format!("(\n{}{checks}{steps}{wait})\n", functions(portal));
    warnings.or_value(text)
}

/// What the steps share. There is no comment in it, because zsh does not know comments at its prompt, and no `!`, because
/// interactive shells replace it even in a here-document.
///
/// `check`: a token goes into a line of curl's configuration and into JSON as it is, so what would need an escape in either
/// is refused; no token has it. `tr` turns every other character, the here-document's own line end too, into `?`.
///
/// `post`: `--disable` keeps a user's `.curlrc` from following redirects or from writing the headers to a log. A redirect is
/// no error to curl, so the status decides. The here-document is written by the shell itself; `printf` is a program of its
/// own in some shells and would show the token.
fn functions(portal: &PortalUrl) -> String {
    let scheme = scheme(portal);
    format!(
        r#"  check() {{
    if [ "$(LC_ALL=C tr -c '\041\043-\133\135-\176' '?' <<EOF
$2
EOF
    )" = "$2?" ]; then return; fi
    echo "$1 holds a blank, a quote or another character that no token has." >&2
    exit 1
  }}
  post() {{
    answer=$(curl --disable --silent --show-error --fail-with-body --proto '={scheme}' --globoff --max-time 60 \
      --header 'Accept: application/json' --header 'Content-Type: application/json' \
      --write-out ' (HTTP %{{http_code}})' --url "$1" --config -)
    code=$?
    printf '%s\n' "$answer"
    if [ "$code" -ne 0 ]; then exit "$code"; fi
    case $answer in
      *' (HTTP 2'??')') ;;
      *) echo 'Torque did not do it; see its answer above.' >&2; exit 1 ;;
    esac
  }}
"#
    )
}

/// One request. The here-document is expanded, so that the shell puts the tokens in; everything else in it is written in
/// characters that neither the shell nor curl reads in any other way.
fn step(title: &str, url: &str, json: &str, token: &str) -> String {
    let body = plain_json(json).replace(r"\u0000", &format!("${token}"));
    format!(
        "  echo '{title}'\n  post '{url}' <<EOF\nheader = \"Authorization: Bearer $TORQUE_TOKEN\"\ndata-raw = {body}\nEOF\n"
    )
}

/// The look at the space's list, until every repository is in it as `Connected`.
///
/// `awk` gets three pieces of JSON: the wanted URLs, the list, and the status. With the quote as its record separator it
/// reads them in one pass: every other record is the inside of a string. Repositories are known by their URLs, which need
/// no decoding, as names would.
fn wait(portal: &PortalUrl, space: &Name, repositories: &[RepositoryPayload], policy: &Policy) -> String {
    let request = list_repositories_request(portal, None, space);
    let list = &request.url;
    let urls: Vec<String> =
        repositories.iter().map(|repository| format!("\"{}\"", repository.repository_url.as_str())).collect();
    let urls = urls.join(",\n");
    let pause = (policy.poll_ms + 999) / 1_000;
    let tries = (policy.sync_timeout_ms / (pause * 1_000) + 1).to_string();
    let pause = pause.to_string();
    let scheme = scheme(portal);
    format!(
        r#"  wanted() {{
    cat <<'EOF'
[
{urls}
]
EOF
  }}
  look() {{
    {{
      wanted
      curl --disable --silent --show-error --proto '={scheme}' --globoff --max-time 60 --header 'Accept: application/json' \
        --write-out '"%{{http_code}}"' --url '{list}' --config - <<EOF
header = "Authorization: Bearer $TORQUE_TOKEN"
EOF
    }} | LC_ALL=C awk '
{AWK}    '
  }}
  echo 'Waiting until Torque is connected to everything'
  tries={tries}
  until state=$(look); do
    code=$?
    tries=$((tries - 1))
    if [ "$code" -ne 1 ] || [ "$tries" -lt 1 ]; then
      printf '%s\n' "$state" 'Not everything is connected: look at the repositories of the space in Torque.' >&2
      exit 1
    fi
    sleep {pause}
  done
  echo 'Torque is connected to everything.'
"#
    )
}

/// Exit status 0: all connected; 1: look again; 2: looking again is of no use.
const AWK: &str = r#"      BEGIN { RS = "\"" }
      inside {
        text = text $0
        if (match($0, /\\+$/) && RLENGTH % 2 == 1) { text = text "\""; next }
        inside = 0
        gsub(/\\\//, "/", text)
        if (depth == 0) http = text
        else if (depth == 1 && part == 0) { url = tolower(text); if (wanted[url]++ == 0) order[++count] = url }
        else if (depth == 2 && key == "repository_url") { url = tolower(text); sub(/\.git$/, "", url) }
        else if (depth == 2 && key == "status") status = text
        else if (depth > 2 && key == "errors") errors = 1
        last = text
        next
      }
      {
        for (place = 1; place <= length($0); place++) {
          sign = substr($0, place, 1)
          if (sign == "{" || sign == "[") {
            if (++depth == 2) { url = status = key = ""; errors = 0 }
          } else if (sign == "}" || sign == "]") {
            if (depth-- == 2 && url in wanted) {
              gsub(/[^ -~]/, "?", status)
              seen[url] = status
              if (status == "Connected") connected[url]++
              else if (status == "Syncing") { }
              else if (errors) failed[url] = 1
            }
            if (depth == 0) part++
          } else if (depth == 2 && sign == ":") key = last
          else if (depth == 2 && sign == ",") key = ""
        }
        inside = 1
        text = ""
      }
      END {
        if (http ~ /^(3..|401|403|404)$/) code = 2
        else if (http ~ /^2/) code = 0
        else code = 1
        if (code) { print "Torque does not show the repositories (HTTP " http ")."; exit code }
        for (place = 1; place <= count; place++) {
          url = order[place]
          if (connected[url] >= wanted[url]) continue
          print url ": " (url in seen ? seen[url] : "not listed") (url in failed ? ", with errors" : "")
          if (url in failed) code = 2
          else if (code == 0) code = 1
        }
        exit code
      }
"#;

fn scheme(portal: &PortalUrl) -> &str {
    portal.as_str().split_once(':').map_or("https", |(scheme, _)| scheme)
}

/// The same JSON without any blank, quote, backslash, `$`, backtick, `!` or other character in its strings that a shell or
/// curl could take for something else: JSON can write each as `\u` and four digits (RFC 8259 section 7).
///
/// curl reads an unquoted value of its configuration up to the first blank, backslashes included as they are; in a
/// here-document a backslash before `u` stays as it is, too (POSIX.1-2024 volume 3, section 2.7.4).
fn plain_json(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    let escape = |character: char, plain: &mut String| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            plain.push_str(&format!("\\u{unit:04x}"));
        }
    };
    let mut characters = json.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => escape('\n', &mut plain),
                Some('r') => escape('\r', &mut plain),
                Some('t') => escape('\t', &mut plain),
                Some('b') => escape('\u{8}', &mut plain),
                Some('f') => escape('\u{c}', &mut plain),
                Some('u') => plain.push_str("\\u"),
                Some(other) => escape(other, &mut plain),
                None => {}
            },
            _ if character.is_ascii_alphanumeric() || "{}[]:,\"-_./+@".chars().any(|plain| plain == character) => {
                plain.push(character);
            }
            _ => escape(character, &mut plain),
        }
    }
    plain
}
