//! The settings of publishing → a GitHub Actions workflow that builds and deploys the site.

use crate::model::config::PublishConfig;

/// Where the workflow lies in a repository.
pub const PATH: &str = ".github/workflows/pages.yml";

const TEMPLATE: &str = include_str!("pages.yml");

/// The text of the workflow for a site in the folder `site` of its repository (`.` or parts joined by `/`). What is
/// put in is a quoted YAML scalar that reaches the shell through the environment, where it is never run.
pub fn pages(config: &PublishConfig, site: &str) -> String {
    let install = if config.install.trim().is_empty() { "dateline" } else { &config.install };
    TEMPLATE.replace("@INSTALL@", &scalar(install)).replace("@SITE@", &scalar(site))
}

/// A single-quoted scalar on one line (YAML 1.2.2, section 7.3.2).
fn scalar(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("'{}'", text.trim().replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::*;

    fn parsed(install: &str) -> Value {
        let config = PublishConfig { install: install.to_owned(), ..PublishConfig::default() };
        serde_yaml::from_str(&pages(&config, "news/site")).unwrap()
    }

    #[test]
    fn the_workflow_is_yaml_with_what_pages_needs() {
        let flow = parsed("dateline");
        for permission in ["pages", "id-token"] {
            assert_eq!(flow["permissions"][permission], "write");
        }
        assert_eq!(flow["permissions"]["contents"], "read");
        assert_eq!(flow["concurrency"]["cancel-in-progress"], false);
        let named = |name: &str| {
            flow["jobs"]["build"]["steps"].as_sequence().unwrap().iter().position(|s| s["name"] == name)
        };
        assert!(
            named("Look for the last build").is_some() && named("Look for the last build") < named("Build")
        );
        assert!(flow["on"]["schedule"][0]["cron"].is_string());
        let steps = flow["jobs"]["build"]["steps"].as_sequence().unwrap();
        let uses: Vec<&str> = steps.iter().filter_map(|step| step["uses"].as_str()).collect();
        for action in ["actions/configure-pages@v6", "actions/upload-pages-artifact@v5", "actions/cache@v5"] {
            assert!(uses.contains(&action), "{action}");
        }
        let kept = steps.iter().filter_map(|s| s["with"]["path"].as_str()).collect::<String>();
        assert!(
            kept.contains("/.dateline/cache\n") && kept.contains("/.dateline/published.json\n"),
            "{kept}"
        );
        assert_eq!(steps[0]["with"]["fetch-depth"], 0);
        let upload = steps.iter().find(|s| s["uses"] == "actions/upload-pages-artifact@v5").unwrap();
        assert_eq!(upload["with"]["include-hidden-files"], true);
        assert_eq!(flow["env"]["SITE"], "news/site");
        let deploy = &flow["jobs"]["deploy"];
        assert_eq!(deploy["needs"], "build");
        assert_eq!(deploy["steps"][0]["uses"], "actions/deploy-pages@v5");
    }

    #[test]
    fn no_setting_is_put_into_a_script() {
        let nasty = "--git https://example.org/d.git '; rm -rf / #";
        let flow = parsed(nasty);
        assert_eq!(flow["env"]["DATELINE_INSTALL"], nasty);
        for step in flow["jobs"]["build"]["steps"].as_sequence().unwrap() {
            let script = step["run"].as_str().unwrap_or("");
            assert!(!script.contains("${{"), "{script}");
        }
        assert_eq!(parsed("a\nrun: evil")["env"]["DATELINE_INSTALL"], "a run: evil");
    }
}
