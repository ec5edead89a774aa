//! `check`: a list of URLs against a base URL. The list streams: memory does not grow with it.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use serde::Serialize;
use torque_gitlab_connect::address::{BaseUrl, RepositoryUrl, Verdict};
use torque_gitlab_connect::issue::Issues;
use torque_gitlab_connect::onboarding::{column, is_address_alone};

use crate::args::Check;
use crate::failure::{Context, Exit, Failure, Result};
use crate::messages::message;
use crate::output;
use crate::secrets::{is_token_in, redactor};
use crate::style::{BAD, GOOD};

/// One line of the input may be so long; a longer one is no URL.
const LONGEST_LINE: u64 = 64 * 1024;

/// A row may have cells that are not read, such as descriptions. A longer one has a quote that is never closed.
const LONGEST_ROW: u64 = 1024 * 1024;

/// How text in UTF-16 begins (Unicode Standard, section 3.10): the output of older shells on Windows.
const UTF_16: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];

/// Prints the verdict on each URL of the input.
pub fn check(options: &Check) -> Result<Exit> {
    let base = BaseUrl::check(&options.base_url).map_err(|issues| Failure::argument("--base-url", issues))?;
    output::say_issues(&base.warnings);
    let file = options.file.as_deref().filter(|file| file.as_os_str() != "-");
    let name = file.map_or_else(|| "standard input".to_owned(), |file| file.display().to_string());
    let input: Box<dyn BufRead> = match file {
        Some(file) => Box::new(BufReader::with_capacity(1 << 16, File::open(file).context(format!("read {name}"))?)),
        None => Box::new(io::stdin().lock()),
    };
    let out: Box<dyn Write> =
        if options.json { Box::new(io::stdout().lock()) } else { Box::new(anstream::stdout().lock()) };
    let mut list =
        List { base: base.value, is_json: options.json, out: BufWriter::with_capacity(1 << 16, out), counts: [0; 3] };
    match list.read(input).and_then(|()| list.out.flush().map_err(Stop::Output)) {
        Err(Stop::Input(why)) => return Err(Failure::usage(format!("Cannot read {name}: {why}"))),
        // `head` has seen enough.
        Err(Stop::Output(why)) => output::written(Err(why))?,
        Ok(()) => {}
    }
    let [invalid, outside, inside] = list.counts;
    output::say(format!("{inside} inside, {outside} outside, {invalid} invalid"));
    Ok(if invalid + outside == 0 { Exit::Good } else { Exit::Failed })
}

/// Why a list was not read to its end.
enum Stop {
    Input(String),
    Output(io::Error),
}

struct List<W: Write> {
    base: BaseUrl,
    is_json: bool,
    out: BufWriter<W>,
    /// By verdict.
    counts: [u64; 3],
}

#[derive(Serialize)]
struct Line<'a> {
    url: &'a str,
    verdict: &'static str,
    issues: &'a Issues,
}

impl<W: Write> List<W> {
    fn read(&mut self, mut input: Box<dyn BufRead>) -> std::result::Result<(), Stop> {
        let start = input.fill_buf().map_err(|why| Stop::Input(why.to_string()))?;
        if UTF_16.iter().any(|mark| start.starts_with(mark)) {
            return Err(Stop::Input("it is UTF-16. Save it as UTF-8".to_owned()));
        }
        let mut first = String::new();
        while first.trim().is_empty() {
            first.clear();
            if read_line(&mut input, &mut first)? == 0 {
                return Ok(());
            }
        }
        let first = first.trim_start_matches('\u{feff}').to_owned();
        if let Some(separator) = table_separator(&first) {
            return self.read_table(io::Cursor::new(first).chain(input), separator);
        }
        let mut line = first;
        loop {
            if !line.trim().is_empty() {
                self.verdict(line.trim_end_matches(['\r', '\n'])).map_err(Stop::Output)?;
            }
            line.clear();
            if read_line(&mut input, &mut line)? == 0 {
                return Ok(());
            }
        }
    }

    fn read_table(&mut self, input: impl io::Read, separator: u8) -> std::result::Result<(), Stop> {
        let rest = Cell::new(LONGEST_ROW);
        let limited = Limited { input, rest: &rest };
        let mut rows = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(limited);
        let unreadable = |why: csv::Error| Stop::Input(why.to_string());
        let headers = rows.byte_headers().map_err(unreadable)?;
        let Some(url) = headers.iter().position(|name| column(&String::from_utf8_lossy(name)) == Some("url")) else {
            return Err(Stop::Input("no column is named url".to_owned()));
        };
        // A name in another encoding is no reason to refuse the URL beside it.
        let mut row = csv::ByteRecord::new();
        while rows.read_byte_record(&mut row).map_err(unreadable)? {
            rest.set(LONGEST_ROW);
            if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let cell = row.get(url).unwrap_or_default();
            self.verdict(&String::from_utf8_lossy(cell)).map_err(Stop::Output)?;
        }
        Ok(())
    }

    fn verdict(&mut self, text: &str) -> io::Result<()> {
        let checked = RepositoryUrl::check(Some(&self.base), text);
        let verdict = Verdict::of(&checked);
        let holds_token = is_token_in(text);
        let (url, issues) = match &checked {
            Ok(checked) => (checked.value.as_str(), &checked.warnings),
            Err(issues) => (text.trim(), issues),
        };
        let mut issues = Cow::Borrowed(issues);
        // A suggestion may hold a token that the line has in other letters.
        if holds_token || checked.is_err() {
            redactor().clean(issues.to_mut());
        }
        self.counts[verdict as usize] += 1;
        // What is not an address alone may be or hold a secret.
        let shown = if !holds_token && (checked.is_ok() || is_address_alone(url)) {
            Cow::Borrowed(url)
        } else {
            let number: u64 = self.counts.iter().sum();
            Cow::Owned(format!("[number {number}, not shown: it may hold a secret]"))
        };
        let word = verdict.as_str();
        if self.is_json {
            serde_json::to_writer(&mut self.out, &Line { url: &shown, verdict: word, issues: &issues })?;
            return self.out.write_all(b"\n");
        }
        let style = if verdict == Verdict::Inside { GOOD } else { BAD };
        writeln!(self.out, "{style}{word:<8}{style:#} {}", shown.escape_debug())?;
        for issue in &*issues {
            writeln!(self.out, "         {}", message(issue))?;
            if let Some(suggestion) = &issue.suggestion {
                writeln!(self.out, "         did you mean: {suggestion}")?;
            }
        }
        Ok(())
    }
}

/// Input of which so many bytes may still be read.
struct Limited<'l, R> {
    input: R,
    rest: &'l Cell<u64>,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        let rest = self.rest.get().checked_sub(length as u64);
        self.rest.set(rest.ok_or_else(|| io::Error::other("a row is longer than 1 MB. Is a quote not closed?"))?);
        Ok(length)
    }
}

/// Reads one line, its end included. How many bytes there were; none at the end.
fn read_line(input: &mut impl BufRead, line: &mut String) -> std::result::Result<usize, Stop> {
    let mut bytes = Vec::new();
    let length = Read::take(input.by_ref(), LONGEST_LINE)
        .read_until(b'\n', &mut bytes)
        .map_err(|why| Stop::Input(why.to_string()))?;
    if length as u64 == LONGEST_LINE {
        return Err(Stop::Input("a line is longer than 64 KB".to_owned()));
    }
    // What is not UTF-8 is no URL either, and gets its verdict.
    line.push_str(&String::from_utf8_lossy(&bytes));
    Ok(length)
}

/// What stands between the cells, where the first row names the column of the URLs.
fn table_separator(first: &str) -> Option<u8> {
    let names_url = |separator: &u8| {
        first.trim().split(char::from(*separator)).any(|cell| column(cell.trim_matches('"')) == Some("url"))
    };
    [b',', b';', b'\t'].into_iter().find(names_url)
}
