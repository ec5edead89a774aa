//! `connect`: the whole job.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use reqwest::Url;
use serde_json::Value;
use tokio::sync::watch;
use torque_gitlab_connect::issue::Check;
use torque_gitlab_connect::onboarding::{
    AnswerEvent, Checkpoint, FailureEvent, Onboarding, Outcome, Plan, Progress, Report, RepositoryEvent,
    RepositoryOutcome, RequestEvent, Step, StepOutcome, WaitEvent, preview_plan,
};

use crate::args::Connect;
use crate::client::Client;
use crate::driver::{Observer, drive, now};
use crate::failure::{Context, Exit, Failure, Result};
use crate::style::{BAD, DOUBTFUL, GOOD};
use crate::whole_file::WholeFile;
use crate::{messages, output, plan, whole_file};

/// Does the job and prints its report.
pub fn connect(options: &Connect) -> Result<Exit> {
    let mut plan = plan::read(&options.plan)?;
    plan.policy.seed = now().unsigned_abs() ^ u64::from(std::process::id());
    if options.dry_run {
        return preview(&plan, options.json);
    }
    let (checkpoint, report_file) = (options.checkpoint.as_deref(), options.report.as_deref());
    let lock_file = checkpoint.map(lock_of);
    let read = [Some(options.plan.as_path()), options.trust.ca.as_deref()];
    whole_file::check(
        [checkpoint, lock_file.as_deref(), report_file].into_iter().flatten(),
        read.into_iter().flatten(),
    )?;
    let written = checkpoint.map(WholeFile::new).transpose()?;
    let reported = report_file.map(WholeFile::new).transpose()?;
    plan::ask_for_tokens(&mut plan)?;
    let _lock = lock_file.map(Lock::take).transpose()?;
    let machine = machine(options, &plan)?;
    let client =
        Client::new(options.trust.ca.as_deref(), [plan.portal_url.as_str()].into_iter().chain(plan.method.base_url()))?;
    let mut screen = Screen::new(&plan, written);
    let report = crate::runtime()?.block_on(async {
        let stop = stop_on_signal()?;
        Ok::<_, Failure>(drive(machine, &client, &mut screen, stop).await)
    })?;
    screen.finish();
    let written = match (report_file, &reported) {
        (Some(file), Some(whole)) => write_report(file, whole, &report),
        _ => Ok(()),
    };
    let printed = if options.json { output::print_json(&*report) } else { Ok(()) };
    for_people(&report, Report::lines_of_json)?.iter().for_each(output::say);
    // Whoever cannot read the report in one place finds it in another.
    let failures: Vec<Failure> = [written, printed].into_iter().filter_map(Result::err).collect();
    failures.iter().for_each(output::say);
    Ok(match exit(&report) {
        Exit::Good if !failures.is_empty() => Exit::Failed,
        exit => exit,
    })
}

fn exit(report: &Report) -> Exit {
    let is_unknown = report.outcome == Outcome::Unknown
        || report.provider.as_ref().is_some_and(|provider| provider.outcome == StepOutcome::Unknown)
        || report.repositories.iter().any(|repository| repository.outcome == RepositoryOutcome::Unknown);
    match report.outcome {
        Outcome::Connected => Exit::Good,
        _ if is_unknown => Exit::Unknown,
        _ => Exit::Failed,
    }
}

/// Prints what would be sent.
fn preview(plan: &Plan, is_json: bool) -> Result<Exit> {
    let previewed = preview_plan(plan);
    if is_json {
        output::print_json(&plan::Outcome::new(&previewed))?;
    }
    match previewed {
        Ok(requests) => {
            output::say_issues(&requests.warnings);
            if !is_json {
                for request in &requests.value {
                    let body = request.body.as_deref().map(|body| format!("\n{body}")).unwrap_or_default();
                    output::print(&format!("{} {}{body}\n", request.method, request.url))?;
                }
            }
            output::say("Nothing was sent.");
            Ok(Exit::Good)
        }
        Err(issues) => {
            output::say_issues(&issues);
            Ok(Exit::Failed)
        }
    }
}

fn machine(options: &Connect, plan: &Plan) -> Result<Onboarding> {
    let Some(file) = options.checkpoint.as_deref() else { return Ok(Onboarding::new(plan, now())) };
    if !options.resume {
        if fs::metadata(file).is_ok_and(|known| known.len() > 0) {
            return Err(Failure::usage(format!(
                "{} exists. Continue with --resume, or remove it to start over.",
                file.display()
            )));
        }
        return Ok(Onboarding::new(plan, now()).with_checkpoints());
    }
    let text = match fs::read_to_string(file) {
        // The first checkpoint is written before the first POST, so nothing was sent.
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            output::say(format!("There is no checkpoint at {}. The job starts from the beginning.", file.display()));
            return Ok(Onboarding::new(plan, now()).with_checkpoints());
        }
        text => text.context(format!("read the checkpoint {}", file.display()))?,
    };
    let value: Value = serde_json::from_str(&text).context(format!("read the checkpoint {}", file.display()))?;
    let refused = |issues: torque_gitlab_connect::issue::Issues| {
        output::say_issues(&issues);
        Failure::usage(format!("Cannot resume from the checkpoint {}.", file.display()))
    };
    let mut checkpoint = Checkpoint::read(&value).map_err(refused)?.value;
    if options.provider_created.is_some() {
        checkpoint.provider_created = options.provider_created;
    }
    Ok(Onboarding::resume(plan, &checkpoint, now()).map_err(refused)?.with_checkpoints())
}

/// Lets only one job use a checkpoint, because two would send the same requests.
struct Lock {
    path: PathBuf,
    /// Locked as long as it is open.
    file: File,
}

/// The file that is locked while a job uses this checkpoint.
fn lock_of(checkpoint: &Path) -> PathBuf {
    let mut path = checkpoint.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

impl Lock {
    fn take(path: PathBuf) -> Result<Self> {
        let mut options = File::options();
        options.write(true).create(true).truncate(false);
        // A user who can open it could lock it.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        loop {
            let file = options.open(&path).context(format!("create {}", path.display()))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Self { path, file }),
                // The job before removed the file in the meantime, so the next job would lock another one. Try again.
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => {
                    return Err(Failure::usage(format!(
                        "Another job uses this checkpoint: {} is locked.",
                        path.display()
                    )));
                }
                Err(fs::TryLockError::Error(why)) => return Err(why).context(format!("lock {}", path.display())),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is locked, and only if it is empty: a file with bytes is somebody else's. Windows does not remove a file that
        // is open.
        let is_own = is_at(&self.file, &self.path) && self.file.metadata().is_ok_and(|known| known.len() == 0);
        if cfg!(unix) && is_own {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether this file is the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().ok().map(identity) == fs::metadata(path).ok().map(identity)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Becomes true at the first Ctrl-C. The second one ends the process at once.
fn stop_on_signal() -> Result<watch::Receiver<bool>> {
    let (stop, stopped) = watch::channel(false);
    let mut signals = Signals::new().context("listen for Ctrl-C")?;
    tokio::spawn(async move {
        signals.next().await;
        output::say("Stopping. Requests in flight end first. Press Ctrl-C again to stop at once.");
        let _ = stop.send(true);
        signals.next().await;
        std::process::exit(130);
    });
    Ok(stopped)
}

/// Ctrl-C and, on Unix, SIGTERM.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! { _ = self.interrupt.recv() => (), _ = self.terminate.recv() => () }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Progress: a bar on a terminal, a line for each change elsewhere.
struct Screen {
    names: Vec<String>,
    /// The last outcome that was shown of each repository.
    shown: Vec<Option<RepositoryOutcome>>,
    bar: Option<ProgressBar>,
    checkpoint: Option<WholeFile>,
    /// The servers of requests in flight, by the ids of the requests.
    asked: HashMap<u32, String>,
    /// The last line that was shown about a missing answer.
    no_answer: String,
}

impl Screen {
    fn new(plan: &Plan, checkpoint: Option<WholeFile>) -> Self {
        let names: Vec<String> = plan.repositories.iter().map(|repository| repository.url.clone()).collect();
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(names.len() as u64);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} repositories  {wide_msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self { shown: vec![None; names.len()], names, bar, checkpoint, asked: HashMap::new(), no_answer: String::new() }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| output::say(text)),
            None => output::say(text),
        }
    }
}

impl Observer for Screen {
    fn store(&mut self, checkpoint: &Checkpoint) -> io::Result<()> {
        let Some(file) = &self.checkpoint else { return Ok(()) };
        let written = file.write(&serde_json::to_vec(checkpoint)?);
        if let Err(why) = &written {
            self.line(&format!("The checkpoint could not be written, so the job stops: {why}"));
        }
        written
    }

    fn show(&mut self, progress: &Progress) {
        let name = |index: &usize| self.names.get(*index).map_or("", String::as_str);
        match progress {
            Progress::Request(request) => {
                let RequestEvent { id, step, repository, url, .. } = &**request;
                self.asked.insert(*id, server(*step, url));
                let of = repository.as_ref().map(name).unwrap_or_default();
                let text = match step {
                    Step::Token => "Testing a token with GitLab".to_owned(),
                    Step::Project | Step::Branch | Step::Probe => format!("Looking up {of}"),
                    Step::Provider => "Creating the provider".to_owned(),
                    Step::Repository => format!("Connecting {of}"),
                    Step::List => "Asking Torque how far it is".to_owned(),
                };
                match &self.bar {
                    Some(bar) => bar.set_message(text),
                    None if *step != Step::List => output::say(text),
                    None => {}
                }
            }
            Progress::Repository(RepositoryEvent { repository, outcome, status, done, .. }) => {
                let (style, word) = match outcome {
                    RepositoryOutcome::Connected => (GOOD, "connected"),
                    RepositoryOutcome::Syncing => (DOUBTFUL, "syncing"),
                    RepositoryOutcome::Failed => (BAD, "failed"),
                    RepositoryOutcome::Unknown => (DOUBTFUL, "unknown"),
                    // The report counts these. A thousand lines would hide why.
                    RepositoryOutcome::NotStarted => return,
                };
                if *done && let Some(bar) = &self.bar {
                    bar.inc(1);
                }
                let shown = self.shown.get_mut(*repository).and_then(|shown| shown.replace(*outcome));
                if shown == Some(*outcome) {
                    return;
                }
                let name = self.names.get(*repository).map_or("", String::as_str);
                let status = status.as_ref().filter(|status| !status.eq_ignore_ascii_case(word));
                let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
                self.line(&format!("{style}{word}{style:#} {name}{status}"));
            }
            Progress::Answer(AnswerEvent { id, .. }) | Progress::Failure(FailureEvent { id, .. }) => {
                self.asked.remove(id);
            }
            Progress::Wait(WaitEvent { ms }) => {
                if let Some(bar) = &self.bar {
                    bar.set_message(format!("Next request in {} s", (ms + 999) / 1_000));
                }
            }
            Progress::Provider(_) => {}
        }
    }

    fn show_no_answer(&mut self, id: u32, why: &str) {
        let server = self.asked.get(&id).map_or("the server", String::as_str);
        let line = format!(
            "No answer from {server}: {why}. Check its URL, the network (HTTPS_PROXY), and whether this machine trusts its \
             certificate (--ca)."
        );
        if self.no_answer != line {
            self.line(&line);
            self.no_answer = line;
        }
    }
}

/// Who was asked, and where.
fn server(step: Step, url: &str) -> String {
    let name = match step {
        Step::Token | Step::Project | Step::Branch | Step::Probe => "GitLab",
        Step::Provider | Step::Repository | Step::List => "Torque",
    };
    match Url::parse(url) {
        Ok(url) => format!("{name} at {}", url.origin().ascii_serialization()),
        Err(_) => name.to_owned(),
    }
}

/// The report in the words of this program, in a form for people.
fn for_people<T>(report: &Report, form: impl Fn(&Value) -> Check<T>) -> Result<T> {
    let mut json = serde_json::to_value(report).map_err(|why| Failure::failed(why.to_string()))?;
    messages::replace_in(&mut json);
    form(&json).map(|form| form.value).map_err(|issues| Failure::failed(issues.to_string()))
}

fn write_report(file: &Path, whole: &WholeFile, report: &Report) -> Result<()> {
    let is_table = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let text = if is_table {
        for_people(report, Report::csv_of_json)?
    } else {
        serde_json::to_string_pretty(report).map_err(|why| Failure::failed(why.to_string()))? + "\n"
    };
    whole
        .write(text.as_bytes())
        .map_err(|why| Failure::failed(format!("Cannot write the report to {}: {why}", file.display())))
}
