//! A plan as a shell script.

use super::not_expressible;
use crate::address::PortalUrl;
use crate::http::HttpRequest;
use crate::issue::{Check, Issues};
use crate::onboarding::{CheckedMethod, CheckedPlan, Plan, place};
use crate::torque::{connect_repository_request, create_provider_request, list_repositories_request};

/// curl reads lines of its configuration of up to 102,400 bytes (`MAX_CONFIG_LINE_LENGTH`, until 8.6); what is left is
/// for the token.
const LONGEST: usize = 100_000;

/// Writes a plan as a script for `sh`, `dash`, `bash`, `zsh` or `busybox sh`. Read it before you run it. It can also be pasted at an
/// interactive prompt.
///
/// The tokens come from the variables `TORQUE_TOKEN` and `GITLAB_TOKEN` (`GITLAB_TOKEN_1`, `GITLAB_TOKEN_2` … where repositories
/// have their own), whether or not the plan has them. The shell's own `printf` passes them to `curl` through a pipe, so no process
/// has them among its arguments and no file contains them. Of each answer the script shows the status, and printable ASCII of its
/// text, at most 500 characters and no eight consecutive characters of a token. It stops at the first request that Torque
/// rejects. Torque reads a repository after it has accepted it; the last line says where to see the result.
///
/// ```
/// use torque_gitlab_connect::{export::to_curl, onboarding::{Method, Plan}};
///
/// let provider = Method::Provider { name: "gitlab-1".into(), base_url: "https://gitlab.example.com".into(), token: None };
/// let text = to_curl(&Plan::new("https://portal.qtorque.io", "", provider)).unwrap().value;
/// assert!(text.contains("\"${GITLAB_TOKEN:?}\""));
/// assert!(text.contains(r#""details":{"token":"'"$GITLAB_TOKEN"'","base_url":"https://gitlab.example.com/"},"repos":[]}'"#));
/// ```
///
/// # Errors
///
/// The issues of the plan, except for missing tokens; `export.not_expressible` for a request that is too long for curl.
pub fn to_curl(plan: &Plan) -> Check<String> {
    let checked = plan.check_for_export()?;
    let (mut text, mut issues) = (String::new(), checked.warnings);
    issues.extend(script(checked.value, &mut |part| text.push_str(part)));
    issues.or_value(text)
}

/// The same of a plan whose check has passed, with [`place`] where the shell puts a token: `put` gets part after part.
pub(crate) fn script(plan: CheckedPlan, put: &mut dyn FnMut(&str)) -> Issues {
    let (place, mut issues) = (place(), Issues::new());
    if plan.policy.send_provider_id && matches!(plan.method, CheckedMethod::Provider(_)) {
        // Its id is known only when Torque has answered.
        issues.push(not_expressible("sendProviderId").at("sendProviderId").at("policy").as_warning());
    }

    let portal = &plan.portal_for_people().clone();
    let count = plan.repositories.len();
    let has_provider = matches!(plan.method, CheckedMethod::Provider(_));
    let variables = ["TORQUE_TOKEN", "GITLAB_TOKEN"].into_iter().take(1 + usize::from(has_provider)).map(str::to_owned);
    let with_token = (1..=count).filter(|number| plan.repositories[number - 1].token.is_some()).map(variable);
    put(&format!("(\n{}", functions(portal)));
    for name in variables.chain(with_token) {
        put(&format!("  check {name} \"${{{name}:?}}\"\n"));
    }

    let mut status = format!("open {}", portal.as_str());
    if let CheckedMethod::Provider(mut provider) = plan.method {
        provider.details.token = place.clone();
        let request = create_provider_request(portal, None, &provider);
        let command = post("Creating the repository provider", &request, "GITLAB_TOKEN");
        issues.extend(too_long(&command).at("method"));
        put(&command);
    }
    for (index, mut repository) in plan.repositories.into_iter().enumerate() {
        let Some(space) = &plan.space else { break };
        let number = index + 1;
        if repository.token.is_some() {
            repository.token = Some(place.clone());
        }
        let request = connect_repository_request(portal, None, space, &repository);
        let command = post(&format!("Connecting repository {number} of {count}"), &request, &variable(number));
        issues.extend(too_long(&command).at(index).at("repositories"));
        put(&command);
        if index == 0 {
            status += &format!(" or read {}", list_repositories_request(portal, None, space).url);
        }
    }
    put(&format!("  echo 'Torque accepted everything. To see the status, {status}'\n)\n"));
    issues
}

/// Of a repository's own token.
fn variable(number: usize) -> String {
    format!("GITLAB_TOKEN_{number}")
}

fn too_long(text: &str) -> Issues {
    if text.len() <= LONGEST {
        Issues::new()
    } else {
        not_expressible("a request of more than 100,000 characters").into()
    }
}

/// What the requests share. Remarks are strings that `:` passes over, because zsh does not know comments at its prompt; and
/// there is no `!`, because interactive shells replace it (in `tr`, `\041` is one).
///
/// `check`: a token goes into a line of curl's configuration and into JSON as it is, so what would need an escape in either
/// is refused; no token has it.
///
/// `send`: `--disable` keeps a user's `.curlrc` from following redirects or from writing the headers to a log. Curl's own
/// messages are filtered like the answer, because they may repeat what a server's certificate says. Last come the status and
/// curl's exit status, whatever the server wrote before.
///
/// `show`: of a long answer 500 characters come from the last 100,000: a version of curl before 8.4 stops at
/// `--max-filesize` only if the server sent the length.
fn functions(portal: &PortalUrl) -> String {
    // Plain http is only for this machine (`portal_url`), and no proxy may carry it away from there.
    let only = if portal.as_str().starts_with("http:") { "--proto '=http' --noproxy '*'" } else { "--proto '=https'" };
    format!(
        r#"  {{ set +ax; }} 2>/dev/null
  tokens=
  case $(command -v printf) in
    printf) ;;
    *)
      echo 'Run this in sh, dash, bash, zsh or busybox sh. This shell would show the tokens to other processes.' >&2
      exit 1
      ;;
  esac
  check() {{
    : 'Stops at a variable that cannot be a token.'
    if [ "$(printf '%s' "$2" | LC_ALL=C tr -cd '\041#-[]-~')" = "$2" ]; then
      tokens=$(printf '%s\t%s' "$tokens" "$2")
    else
      echo "$1 has a space character, a quote or another character that no token has." >&2
      exit 1
    fi
  }}
  send() {{
    : 'Sends a JSON to a URL. The tokens go to curl through a pipe, so that they are not among its arguments.'
    {{
      printf 'header = "Authorization: Bearer %s"\n' "$TORQUE_TOKEN"
      printf 'data-raw = %s\n' "$2"
    }} | command curl --disable --silent --show-error {only} --globoff --max-time 60 --max-filesize 100000 \
      --header 'Accept: application/json' --header 'Content-Type: application/json' \
      --write-out ' %{{http_code}}/' --url "$1" --config - 2>&1
    echo "$?"
  }}
  show() {{
    : 'Prints at most 500 characters. Where 8 or more in a row are part of a token, each becomes a star.'
    printf '%s\n' "$tokens" "$1" | LC_ALL=C awk '
      NR == 1 {{ tokens = tolower($0); next }}
      {{
        for (at = 1; at <= 500 && at <= length($0); at++) {{
          piece = tolower(substr($0, at, 8))
          if (length(piece) == 8 && index(tokens, piece)) hidden = at + 7
          shown = shown (at <= hidden ? "*" : substr($0, at, 1))
        }}
        print shown
      }}'
  }}
  post() {{
    : 'Sends, shows what is printable of the answer, and stops unless its status is 2xx.'
    answer=$(send "$1" "$2" | LC_ALL=C tr -cd ' -~' | tail -c 100000)
    code=${{answer##* }}
    printf '%s (HTTP %s)\n' "$(show "${{answer% *}}")" "${{code%/*}}"
    case $code in
      2??/0) ;;
      *)
        echo 'Stopped here. Look in Torque before you run this again.' >&2
        exit 1
        ;;
    esac
  }}
"#
    )
}

/// One request: its body is one word of the shell, in which the token's variable stands between two quoted parts.
fn post(title: &str, request: &HttpRequest, token: &str) -> String {
    let body = plain_json(request.body.as_deref().unwrap_or_default());
    let body = body.replace(r"\u0000", &format!("'\"${token}\"'"));
    format!("  echo '{title}'\n  post '{}' '{body}'\n", request.url)
}

/// The same JSON without any blank, quote, backslash, `$`, backtick, `!` or other character in its strings that a shell or
/// curl could take for something else: JSON can write each as `\u` and four digits (RFC 8259 section 7).
///
/// curl reads an unquoted value of its configuration up to the first blank, backslashes included as they are, and so does a
/// shell between single quotes.
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
