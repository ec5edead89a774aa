//! Every order of answers about one repository: what the report says of it follows from what was sent and what came back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};
use torque_gitlab_connect::issue::Severity;
use torque_gitlab_connect::onboarding::{Effect, Event, FailureReason, Method, Onboarding, Report, RepositoryOutcome};

use crate::model::*;

/// What comes back for a `POST`: a status, or nothing.
type Post = Option<u16>;

/// What comes back for a list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum List {
    Empty,
    /// The planned repository, and Torque's word about it.
    Ours(&'static str),
    /// Its name with another URL.
    OtherUrl,
    /// Its URL under another name.
    OtherName,
    Lost,
    Status(u16),
}

const POSTS: [Post; 12] = [
    Some(202),
    Some(400),
    Some(401),
    Some(403),
    Some(404),
    Some(408),
    Some(409),
    Some(422),
    Some(429),
    Some(500),
    Some(503),
    None,
];

const LISTS: [List; 9] = [
    List::Empty,
    List::Ours("Syncing"),
    List::Ours("Connected"),
    List::Ours("Failed"),
    List::OtherUrl,
    List::OtherName,
    List::Lost,
    List::Status(403),
    List::Status(500),
];

impl List {
    /// Whether it tells of the space's repositories.
    fn came(self) -> bool {
        !matches!(self, Self::Lost | Self::Status(_))
    }

    fn entries(self) -> Value {
        let entry = |name: &str, path: &str, status: &str| {
            let errors = if status == "Failed" { json!(["cannot clone"]) } else { json!([]) };
            json!([{ "name": name, "repository_url": format!("{BASE}{path}"), "status": status, "errors": errors }])
        };
        match self {
            Self::Ours(status) => entry("one", "group/one", status),
            Self::OtherUrl => entry("one", "other/one", "Connected"),
            Self::OtherName => entry("first", "group/One", "Connected"),
            _ => json!([]),
        }
    }
}

#[derive(Debug, PartialEq)]
enum Exchange {
    Post(Post),
    List(List),
}

/// A `POST` and the lists after it, the last of which is repeated.
type Round<'a> = (Post, &'a [List]);

/// Plays a job whose requests are answered so; the last round answers every further `POST`.
fn play_script(rounds: &[Round<'_>]) -> (Report, Vec<Exchange>) {
    let plan = plan(Method::ExistingProvider { base_url: BASE.into() }, &["group/one"]);
    let (mut machine, mut now) = (Onboarding::new(&plan, START), START);
    let (mut posts, mut asked) = (0, 0);
    let mut exchanges = Vec::new();
    for _ in 0..1_000 {
        match machine.next() {
            Effect::Send { id, request, .. } => {
                if request.method == "POST" {
                    (posts, asked) = (posts + 1, 0);
                }
                let (post, lists) = rounds[posts.min(rounds.len()) - 1];
                let (status, body) = if request.method == "POST" {
                    exchanges.push(Exchange::Post(post));
                    (post, json!({ "message": "so be it" }))
                } else {
                    let list = lists[asked.min(lists.len() - 1)];
                    asked += 1;
                    exchanges.push(Exchange::List(list));
                    let status = match list {
                        List::Lost => None,
                        List::Status(status) => Some(status),
                        _ => Some(200),
                    };
                    (status, list.entries())
                };
                machine.handle(match status {
                    Some(status) => Event::Answer { id, answer: answer(status, body), retry_after: None, now },
                    None => Event::Failure { id, reason: FailureReason::Timeout, now },
                });
            }
            Effect::Wait { until } => {
                now = until.expect("every request is answered");
                machine.handle(Event::Time { now });
            }
            Effect::Checkpoint { .. } => unreachable!("they were not asked for"),
            Effect::Done { report } => return ((*report).clone(), exchanges),
        }
    }
    panic!("the job does not end")
}

fn is_open(post: Post) -> bool {
    matches!(post, None | Some(408 | 500))
}

/// The code of Torque's rejection; none if it accepted, did not answer, or asked to wait.
fn refusal_of(status: u16) -> Option<&'static str> {
    match status {
        400 | 422 => Some("torque.refused"),
        401 => Some("torque.unauthorized"),
        403 => Some("torque.space_forbidden"),
        404 => Some("torque.space_not_found"),
        _ => None,
    }
}

fn judge(report: &Report, exchanges: &[Exchange]) {
    let repository = &report.repositories[0];
    let posts: Vec<Post> =
        exchanges.iter().filter_map(|it| if let Exchange::Post(post) = it { Some(*post) } else { None }).collect();
    assert_eq!(repository.sent.iter().map(|sent| sent.status).collect::<Vec<_>>(), posts, "what was sent");
    let came = |exchange: &Exchange| match exchange {
        Exchange::List(list) if list.came() => Some(*list),
        _ => None,
    };
    let lists: Vec<List> = exchanges.iter().filter_map(came).collect();
    let last_post = exchanges.iter().rposition(|exchange| matches!(exchange, Exchange::Post(_))).expect("a POST");
    let (last, status) = (lists.last().copied(), *posts.last().expect("a POST"));
    let was_shown = lists.iter().any(|list| matches!(list, List::Ours(_)));
    let was_lost = posts.iter().copied().any(is_open);
    let codes: Vec<_> = repository.issues.iter().map(|issue| issue.code.as_str()).collect();
    let has = |code: &str| codes.contains(&code);

    // The outcome.
    let is_connected = last == Some(List::Ours("Connected"));
    assert_eq!(repository.outcome == RepositoryOutcome::Connected, is_connected, "the list has the last word");
    match repository.outcome {
        RepositoryOutcome::Connected => {}
        RepositoryOutcome::Syncing => {
            assert!(was_shown || status == Some(202), "Torque has not taken it");
        }
        RepositoryOutcome::Failed => {
            assert!(status != Some(202) || was_shown || last == Some(List::OtherUrl), "Torque has taken it");
            let is_settled = matches!(last, Some(List::Ours("Failed") | List::OtherUrl | List::OtherName));
            assert!(!was_lost || is_settled, "what was lost may be there");
        }
        RepositoryOutcome::Unknown => assert!(!was_shown && (was_lost || status == Some(409)), "it is known"),
        RepositoryOutcome::NotStarted => panic!("it was"),
    }
    let has_error = repository.issues.iter().any(|issue| issue.severity == Severity::Error);
    let is_good = matches!(repository.outcome, RepositoryOutcome::Connected | RepositoryOutcome::Syncing);
    assert_eq!(has_error, !is_good, "an error, and only where it has failed");

    // What else is reported.
    let refusal = status.and_then(refusal_of);
    assert!(refusal.is_none_or(has), "what Torque refused");
    assert!(was_lost || !has("torque.repository_unknown"), "no answer was lost");
    assert_eq!(has("torque.name_taken"), last == Some(List::OtherUrl), "the name");
    let after: Vec<List> = exchanges[last_post..].iter().filter_map(came).collect();
    let is_elsewhere = status == Some(409) && after.last() == Some(&List::OtherName) && !was_shown;
    assert_eq!(has("torque.url_taken"), is_elsewhere, "the URL");
    let at_once = after.iter().position(|list| *list == List::OtherName).is_none_or(|at| at + 1 == after.len());
    assert!(status != Some(409) || was_shown || at_once, "the first such list ends it");
    let is_there_before = status == Some(409) || (refusal.is_some() && matches!(after.first(), Some(List::Ours(_))));
    assert_eq!(has("torque.already_connected"), was_shown && !was_lost && is_there_before, "there before");
    let is_refused = matches!(status, Some(400 | 404 | 422));
    let came_later = was_shown && is_refused && !has("torque.already_connected");
    assert_eq!(has("torque.listed_after_refusal"), came_later, "there since");
}

#[test]
fn the_rules_hold_in_every_order_of_answers() {
    let mut pairs = Vec::new();
    let mut triples = Vec::new();
    for first in LISTS {
        for second in LISTS {
            pairs.push([first, second]);
            triples.extend(LISTS.map(|third| [first, second, third]));
        }
    }
    for first in POSTS {
        for lists in &triples {
            check(&[(first, lists)]);
        }
        // Another POST follows these, after lists that do not show it.
        if !is_open(first) && !matches!(first, Some(429 | 503)) {
            continue;
        }
        for second in POSTS {
            for before in [List::Empty, List::OtherName] {
                for lists in &pairs {
                    check(&[(first, &[before]), (second, lists)]);
                }
            }
        }
    }
}

fn check(rounds: &[Round<'_>]) {
    let (report, exchanges) = play_script(rounds);
    let judged = catch_unwind(AssertUnwindSafe(|| judge(&report, &exchanges)));
    assert!(judged.is_ok(), "{rounds:?}\n{exchanges:?}\n{:?}", report.repositories[0]);
}
