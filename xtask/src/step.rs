//! Runs programs as steps: one line for each, and the whole output only if it fails.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Why a command failed, as a text for the user.
#[derive(Debug)]
pub struct Failed {
    /// What went wrong and what to do.
    pub message: String,
    /// The output of the program that failed, in which tests are counted.
    pub output: String,
}

/// What every part of xtask returns.
pub type Result<T> = std::result::Result<T, Failed>;

impl Failed {
    /// A failure that has no program output.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), output: String::new() }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Adds the file or program to an I/O error.
pub trait Context<T> {
    /// `what` reads as in "cannot …".
    fn context(self, what: impl fmt::Display) -> Result<T>;
}

impl<T> Context<T> for io::Result<T> {
    fn context(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failed::new(format!("cannot {what}: {error}")))
    }
}

/// A program with its arguments, folder and environment. `Display` writes it as a command for a shell.
#[derive(Debug, Clone)]
pub struct Program {
    words: Vec<String>,
    variables: Vec<(String, Option<String>)>,
    folder: PathBuf,
}

impl Program {
    /// `name` is looked up in `PATH` unless it is a path.
    pub fn new(name: impl AsRef<OsStr>, folder: &Path) -> Self {
        Self { words: vec![text(name)], variables: Vec::new(), folder: folder.to_path_buf() }
    }

    /// Adds one argument.
    pub fn arg(mut self, word: impl AsRef<OsStr>) -> Self {
        self.words.push(text(word));
        self
    }

    /// Adds arguments.
    pub fn args<I: IntoIterator<Item: AsRef<OsStr>>>(mut self, words: I) -> Self {
        self.words.extend(words.into_iter().map(text));
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name.to_owned(), Some(text(value))));
        self
    }

    /// Removes a variable.
    pub fn without_env(mut self, name: &str) -> Self {
        self.variables.push((name.to_owned(), None));
        self
    }

    /// Puts `words` in front: another program that starts this one.
    pub fn under(mut self, words: &[&str]) -> Self {
        self.words.splice(0..0, words.iter().map(text));
        self
    }

    /// The standard library's command, ready to start.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).current_dir(&self.folder);
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Runs it outside a step and returns standard output, for calls such as `node --version`.
    pub fn ask(&self) -> Result<String> {
        let output = self.command().stdin(Stdio::null()).output().context(format!("run {self}"))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Failed { message: format!("{output}\nthis command failed: {self}"), output })
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cd {} &&", quoted(&text(&self.folder)))?;
        for (name, value) in &self.variables {
            match value {
                // The separator in CARGO_ENCODED_RUSTFLAGS cannot be typed.
                Some(value) if value.contains('\u{1f}') => {
                    write!(f, " {name}=$(printf {})", quoted(&value.replace('\u{1f}', "\\037")))?;
                }
                Some(value) => write!(f, " {name}={}", quoted(value))?,
                None => write!(f, " {name}=")?,
            }
        }
        self.words.iter().try_for_each(|word| write!(f, " {}", quoted(word)))
    }
}

/// Work that takes a while. Shows its progress, then one line with its duration.
#[derive(Debug)]
pub struct Step {
    title: String,
    started: Instant,
    /// Drawn only on a terminal.
    spinner: ProgressBar,
}

impl Step {
    /// Announces the step.
    pub fn start(title: impl Into<String>) -> Self {
        let title = title.into();
        if !io::stdout().is_terminal() {
            println!("  {title} …");
        }
        let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stdout());
        let style = ProgressStyle::with_template("{spinner} {prefix} … {elapsed}  {wide_msg}");
        spinner.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        spinner.set_prefix(title.clone());
        spinner.enable_steady_tick(Duration::from_millis(200));
        Self { title, started: Instant::now(), spinner }
    }

    /// Runs a program as part of this step and returns its output, both streams in order. If it fails, the error has its whole
    /// output and the command.
    pub fn run(&self, program: &Program) -> Result<String> {
        let outcome = self.capture(program).context(format!("run {program}"));
        match outcome {
            Ok((true, output)) => Ok(output),
            Ok((false, output)) => {
                Err(Failed { message: format!("{}\n\nthis command failed: {program}", output.trim_end()), output })
            }
            Err(failed) => Err(failed),
        }
    }

    /// Ends the step as successful. `detail` describes the result, or is empty.
    pub fn done(self, detail: &str) {
        let comma = if detail.is_empty() { "" } else { ", " };
        self.close('✓', &format!("{}{comma}{detail}", lasted(self.started.elapsed())));
    }

    /// Ends the step as failed and prints why.
    pub fn failed(self, why: &Failed) {
        self.close('✗', &lasted(self.started.elapsed()));
        for line in why.message.lines() {
            println!("    {line}");
        }
    }

    /// Runs `work` as one step.
    pub fn of<T>(title: impl Into<String>, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let step = Self::start(title);
        match work(&step) {
            Ok(value) => {
                step.done("");
                Ok(value)
            }
            Err(why) => {
                step.failed(&why);
                Err(Failed::new(""))
            }
        }
    }

    fn close(&self, mark: char, rest: &str) {
        self.spinner.finish_and_clear();
        println!("{mark} {} {rest}", self.title);
    }

    fn capture(&self, program: &Program) -> io::Result<(bool, String)> {
        // One pipe for both streams, so that their order is preserved.
        let (reader, writer) = io::pipe()?;
        let mut command = program.command();
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn()?;
        drop(command); // It has the writing ends of the pipe.
        let mut output = String::new();
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            output.push_str(&text);
            if !text.trim().is_empty() {
                self.spinner.set_message(text.trim().to_owned());
            }
            line.clear();
        }
        Ok((child.wait()?.success(), output))
    }
}

/// `1 m 03 s`, `12 s`, `0.4 s`.
pub fn lasted(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 60.. => format!("{} m {:02} s", seconds / 60, seconds % 60),
        seconds @ 10.. => format!("{seconds} s"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

fn text(word: impl AsRef<OsStr>) -> String {
    word.as_ref().to_string_lossy().into_owned()
}

/// Quotes a word for a shell, so that a failed command can be pasted.
fn quoted(word: &str) -> Cow<'_, str> {
    shlex::try_quote(word).unwrap_or(Cow::Borrowed(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_types_it() {
        let program = Program::new("node", Path::new("/a b")).args(["-e", "it's"]).env("X", "1");
        assert_eq!(program.to_string(), r#"cd '/a b' && X=1 node -e "it's""#);
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(lasted(Duration::from_millis(430)), "0.4 s");
        assert_eq!(lasted(Duration::from_secs(12)), "12 s");
        assert_eq!(lasted(Duration::from_secs(63)), "1 m 03 s");
    }

    #[test]
    #[cfg(unix)]
    fn both_streams_are_in_order_and_the_command_is_named_when_it_fails() {
        let program = Program::new("sh", Path::new(".")).args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let failed = Step::start("a step").run(&program).expect_err("exit code 3");
        assert_eq!(failed.output, "one\ntwo\nthree\n");
        assert!(failed.message.contains("this command failed: cd . && sh -c"), "{failed}");
    }
}
