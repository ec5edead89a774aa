//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use torque_gitlab_connect::token::Purpose;

/// Below the list of commands: the user looks for an option and must find the variable.
const TOKENS: &str = "\
Tokens come from the environment, or are asked for on a terminal. They are
never arguments: other users of this machine can read those.
  TORQUE_TOKEN    Torque API token
  GITLAB_TOKEN    GitLab access token
  GITLAB_TOKEN_1, GITLAB_TOKEN_2 …
                  with a token for each repository: in the order of the plan
  HTTPS_PROXY     proxy for Torque and GitLab, never for loopback addresses
  NO_COLOR        set it to turn colour off

serve, token and connect trust the certificate authorities that this machine
trusts. With --ca FILE they trust those in the file (PEM) and no others.

Exit status:
  0  all good
  1  something was refused or failed
  2  wrong usage, or input that cannot be read
  3  an outcome is unknown, because no clear answer came; after `connect`,
     look in Torque before you try again

Begin with: torque-gitlab-connect serve --help";

/// Connect the repositories of a self-managed GitLab to a Torque space
#[derive(Debug, Parser)]
#[command(name = "torque-gitlab-connect", version, after_help = TOKENS, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a form on this machine that does the whole job
    Serve(Serve),
    /// Check repository URLs against the base URL of a GitLab, without any request
    Check(Check),
    /// Ask GitLab whether a token meets the requirements
    Token(Token),
    /// Connect the repositories of a plan, and follow them until they are connected
    Connect(Connect),
    /// Print a plan as a curl script or as Terraform configuration
    Export(Export),
    /// Print the completions for a shell
    #[command(after_help = "Example:
  torque-gitlab-connect completions bash \\
    > ~/.local/share/bash-completion/completions/torque-gitlab-connect")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the man pages, one for each command, into a folder
    #[command(after_help = "Example:
  torque-gitlab-connect man /usr/local/share/man/man1")]
    Man {
        /// The folder; it must exist
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  torque-gitlab-connect serve
  torque-gitlab-connect serve --torque https://portal.qtorque.io --open

The server listens on 127.0.0.1. It passes Torque's endpoints for providers
and repositories on to the Torque URL, and nothing else. Tokens are typed
into the form and never stored. Ctrl-C ends it.")]
pub struct Serve {
    /// Torque URL
    #[arg(long, value_name = "URL", default_value = "https://portal.qtorque.io")]
    pub torque: String,
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    #[command(flatten)]
    pub trust: Trust,
    /// Open the form in your browser
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  torque-gitlab-connect check --base-url https://gitlab.example.com urls.txt
  torque-gitlab-connect check --base-url https://gitlab.example.com table.csv
  git config --get-all remote.origin.url |
    torque-gitlab-connect check --base-url https://gitlab.example.com
  torque-gitlab-connect check --base-url https://gitlab.example.com --json \\
    urls.txt | jq -r 'select(.verdict != \"inside\").url'

The input has one URL on each line, or is a table (CSV) whose header row names
the column url.")]
pub struct Check {
    /// Base URL of your GitLab
    #[arg(long, value_name = "URL")]
    pub base_url: String,
    /// File with the URLs [default: standard input]
    pub file: Option<PathBuf>,
    /// Print one JSON line for each URL: {"url","verdict","issues"}; verdict is inside, outside or invalid
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  torque-gitlab-connect token --base-url https://gitlab.example.com
  torque-gitlab-connect token --base-url https://gitlab.example.com \\
    --purpose repository --json

Without GITLAB_TOKEN in the environment, the token is asked for on the
terminal. The one request is
GET {base URL}api/v4/personal_access_tokens/self.")]
pub struct Token {
    /// Base URL of your GitLab
    #[arg(long, value_name = "URL")]
    pub base_url: String,
    /// What the token is for: a repository provider, or a single repository
    #[arg(long, value_enum, default_value = "provider")]
    pub purpose: For,
    /// Send the token over plain http, readable on the network
    #[arg(long)]
    pub allow_http: bool,
    #[command(flatten)]
    pub trust: Trust,
    /// Print the assessment as one JSON document
    #[arg(long)]
    pub json: bool,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum For {
    /// One token for all repositories under the base URL
    Provider,
    /// A token for one repository
    Repository,
}

impl From<For> for Purpose {
    fn from(purpose: For) -> Self {
        match purpose {
            For::Provider => Self::Provider,
            For::Repository => Self::Repository,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  torque-gitlab-connect connect plan.yaml --dry-run
  torque-gitlab-connect connect plan.yaml --checkpoint job.json --report report.csv
  torque-gitlab-connect connect plan.yaml --checkpoint job.json --resume

A plan is YAML or JSON:
  portalUrl: https://portal.qtorque.io
  space: Network
  method: { kind: provider, name: gitlab-1, baseUrl: https://gitlab.example.com }
  repositories:
    - url: https://gitlab.example.com/platform/network
      branch: main

Other methods:
  { kind: provider, baseUrl: …, existing: true }   Torque has it already
  { kind: token_per_repository, baseUrl: … }       see GITLAB_TOKEN_1

A plan holds no token: torque-gitlab-connect --help names the variables.
Ctrl-C stops the job; --resume goes on without creating anything twice.")]
pub struct Connect {
    /// The plan, YAML or JSON; - reads standard input
    pub plan: PathBuf,
    /// Print the requests that would be sent, with the tokens masked, and send nothing
    #[arg(long, conflicts_with_all = ["checkpoint", "resume", "report"])]
    pub dry_run: bool,
    /// Keep here what has been sent, so that the job can be resumed; readable by you alone
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Resume from the checkpoint
    #[arg(long, requires = "checkpoint")]
    pub resume: bool,
    /// With --resume: whether Torque has the provider, after you have looked
    #[arg(long, value_name = "BOOL", requires = "resume")]
    pub provider_created: Option<bool>,
    /// Write the report to this file, as JSON or, where its name ends in .csv, as a table
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub trust: Trust,
    /// Print the report as one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  torque-gitlab-connect export curl plan.yaml > connect.sh
  torque-gitlab-connect export terraform plan.yaml > main.tf

The output holds no token: the script reads variables, the configuration has
variables.")]
pub struct Export {
    /// What to print
    pub format: Format,
    /// The plan, YAML or JSON; - reads standard input
    pub plan: PathBuf,
    /// Print one JSON document: {"ok","value","issues"}
    #[arg(long)]
    pub json: bool,
}

/// What a plan is exported as.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// A script for sh
    Curl,
    /// Configuration for Torque's Terraform provider
    Terraform,
}

#[derive(Debug, Args)]
pub struct Trust {
    /// Trust the certificate authorities in this file (PEM) and no others [default: those that this machine trusts]
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
}
