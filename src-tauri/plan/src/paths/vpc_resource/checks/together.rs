//! One check out of those of several hosts: the worst of them speaks, and names the others.

use super::{Check, first_lines};
use crate::check::Verdict;
use crate::problem::Remedy;

/// So many commands are offered at once.
const COMMANDS: usize = 5;

/// The checks of at least one host as one; `None` where there is none.
pub(super) fn together(checks: Vec<Check>) -> Option<Check> {
    let worst = checks.iter().map(|it| it.verdict).min()?;
    let (mut alike, others): (Vec<Check>, Vec<Check>) =
        checks.into_iter().partition(|it| it.verdict == worst);
    if others.is_empty() && alike.len() == 1 {
        return alike.pop();
    }
    let mut one = alike.first()?.clone();
    let mut headlines: Vec<String> = Vec::new();
    push_new(&mut headlines, alike.iter().map(|it| it.headline.clone()));
    let more = headlines.split_off(1);
    if worst != Verdict::Passed && !more.is_empty() {
        one.headline = format!("{} The evidence has {} more.", one.headline, more.len());
    }
    let mut evidence = first_lines(more);
    let lines = alike.iter().chain(&others);
    push_new(&mut evidence, lines.flat_map(|it| it.evidence.clone()));
    one.evidence = evidence;
    if let Some(remedy) = &mut one.remedy {
        remedy.command = commands(&alike);
    }
    Some(one)
}

/// What to run for each of the hosts.
fn commands(checks: &[Check]) -> Option<String> {
    let remedies = checks.iter().filter_map(|it| it.remedy.as_ref());
    let mut commands = Vec::new();
    push_new(
        &mut commands,
        remedies.filter_map(|Remedy { command, .. }| command.clone()),
    );
    commands.truncate(COMMANDS);
    (!commands.is_empty()).then(|| commands.join("\n"))
}

fn push_new(into: &mut Vec<String>, lines: impl Iterator<Item = String>) {
    for line in lines {
        if !into.contains(&line) {
            into.push(line);
        }
    }
}
