//! `export`: a plan as a script or as configuration.

use torque_gitlab_connect::export::{to_curl, to_terraform};

use crate::args::{Export, Format};
use crate::failure::{Exit, Result};
use crate::{output, plan};

/// Prints the export; with errors in the plan nothing but these.
pub fn export(options: &Export) -> Result<Exit> {
    let plan = plan::read(&options.plan)?;
    let exported = match options.format {
        Format::Curl => to_curl(&plan),
        Format::Terraform => to_terraform(&plan),
    };
    if options.json {
        output::print_json(&plan::Outcome::new(&exported))?;
    }
    match exported {
        Ok(exported) => {
            output::say_issues(&exported.warnings);
            if !options.json {
                output::print(&exported.value)?;
            }
            Ok(Exit::Good)
        }
        Err(issues) => {
            output::say_issues(&issues);
            Ok(Exit::Failed)
        }
    }
}
