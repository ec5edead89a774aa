//! Writes a job out as a curl script or as Terraform configuration, for someone who wants to read it before anything is sent.
//!
//! ```sh
//! cargo run --example export -- curl https://gitlab.example.com/ https://gitlab.example.com/platform/network
//! ```

use std::error::Error;
use std::process::ExitCode;

use torque_gitlab_connect::export::{to_curl, to_terraform};
use torque_gitlab_connect::onboarding::{Method, Plan, PlanRepository};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, base_url, repositories @ ..] = &arguments[..] else {
        return Err("usage: export curl|terraform BASE_URL REPOSITORY_URL...".into());
    };
    // Whoever runs the script sets the tokens as variables: a plan for an export has none.
    let method = Method::TokenPerRepository { base_url: Some(base_url.clone()) };
    let mut plan = Plan::new("https://portal.qtorque.io/", "MySpace", method);
    // Terraform has to name a branch.
    let on_main = |url| PlanRepository { branch: Some("main".to_owned()), ..PlanRepository::new(url) };
    plan.repositories = repositories.iter().map(|url| on_main(url)).collect();
    let text = match format.as_str() {
        "curl" => to_curl(&plan)?,
        "terraform" => to_terraform(&plan)?,
        _ => return Err("the format is curl or terraform".into()),
    };
    print!("{}", text.value);
    Ok(())
}
