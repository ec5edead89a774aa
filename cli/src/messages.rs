//! Messages of the core in the words of this program: the core's own name functions, keys and buttons of the npm package.

use serde_json::Value;
use torque_gitlab_connect::issue::Issue;

/// The text for people. JSON keeps the core's text, as the npm package has it.
pub fn message(issue: &Issue) -> String {
    own(issue.code.as_str()).map_or_else(|| issue.message(), str::to_owned)
}

/// Replaces the messages of all issues in a report that was written as JSON.
pub fn replace_in(report: &mut Value) {
    match report {
        Value::Array(list) => list.iter_mut().for_each(replace_in),
        Value::Object(object) => {
            let own = object.get("code").and_then(Value::as_str).and_then(own);
            if let (Some(own), Some(message)) = (own, object.get_mut("message")) {
                *message = own.into();
            }
            object.values_mut().for_each(replace_in);
        }
        _ => {}
    }
}

/// What this program says instead. A plan is a file, so its keys are something that a user can type.
fn own(code: &str) -> Option<&'static str> {
    Some(match code {
        "gitlab.http_not_allowed" => {
            "The token was not sent, because http:// would send it unencrypted. Use https://, or allow it: token --allow-http, \
             or policy: { allowHttp: true } in the plan."
        }
        "token.http_not_asked" => {
            "The token was not tested, because http:// would send it unencrypted. Use https://, or set \
             policy: { allowHttp: true } in the plan."
        }
        "token.not_reached" => {
            "The token was not tested, because GitLab could not be reached from here. The cause may be a private network, a \
             proxy (HTTPS_PROXY) or a certificate (--ca). A Torque agent may still reach it."
        }
        "plan.stopped_unknown" => {
            "GitLab could not confirm this, so the job stopped. Read the warnings, or set policy: { onUnknown: continue } in \
             the plan."
        }
        "plan.token_missing" => "Set GITLAB_TOKEN to the GitLab access token.",
        "plan.repository_token_missing" => {
            "Without a provider, each repository needs a token (GITLAB_TOKEN_1 is that of the first, GITLAB_TOKEN that of all \
             others) or the name of a credential that Torque has (credentialName in the plan)."
        }
        "torque.unreachable" => {
            "No answer came from Torque. It cannot be reached from here, or the answer was lost. Check the Torque URL and the \
             network."
        }
        "torque.not_connected" => {
            "There is no connection to Torque, so this request was not sent. Check the Torque URL, the network (HTTPS_PROXY), and \
             whether this machine trusts the certificate of that server (--ca)."
        }
        "torque.provider_unknown" => {
            "Torque may have created the provider: its answer was lost, and the request is never repeated. Look at Torque's \
             repository providers. Then resume the job: --resume --provider-created true, or false. Without a checkpoint, \
             connect again; if the provider is there, with existing: true in the method of the plan."
        }
        "checkpoint.unreadable" => {
            "This is not a checkpoint of this version. Use the file that --checkpoint wrote, unchanged. If you no longer have \
             it, start over: what is connected stays connected."
        }
        "base_url.has_token" | "repository_url.has_token" | "portal_url.has_token" => {
            "This URL contains an access token, and many people can see a URL. Remove the token, and set it in the \
             environment (GITLAB_TOKEN, TORQUE_TOKEN). If you have already sent this URL, revoke the token in GitLab."
        }
        "name.is_token" => {
            "This is an access token, and everybody in the space can read names. Enter a name, and set the token in the \
             environment (GITLAB_TOKEN, TORQUE_TOKEN)."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use torque_gitlab_connect::issue::IssueCode;

    #[test]
    fn each_code_with_words_of_its_own_is_one_of_the_core() {
        let all: Vec<&str> = IssueCode::all().map(IssueCode::as_str).collect();
        let (known, unknown) = (all.iter().filter(|code| own(code).is_some()).count(), own("no.such_code"));
        assert_eq!((known, unknown), (14, None));
    }

    #[test]
    fn nothing_is_said_that_only_a_page_or_javascript_has() {
        for code in IssueCode::all() {
            let text = own(code.as_str()).unwrap_or(code.text());
            for word in
                ["set allowHttp", "set onUnknown", "set providerCreated", "onCheckpoint", "page call", "this browser"]
            {
                assert!(!text.contains(word), "{}: {text}", code.as_str());
            }
            assert!(!text.contains("its own field") && !text.contains("embedding page"), "{}: {text}", code.as_str());
        }
    }
}
