//! Every problem in words, as the page shows it.

use std::fmt::Write;

use pipelink_plan::problem::{Party, Problem, QuotaCode};

fn every_problem() -> Vec<Problem> {
    let text = |text: &str| text.to_owned();
    let operation = || text("CreateResourceGateway");
    let message = || text("raw answer");
    let path = || text("/home/alex/.local/share/pipelink/journal.db");
    vec![
        Problem::NotAsked {
            reason: text("No service is chosen."),
        },
        Problem::ProfileMissing {
            profile: text("prod"),
        },
        Problem::ProfileUnsupported {
            profile: text("prod"),
            kind: text("mfa_serial"),
        },
        Problem::CredentialsUnavailable {
            profile: text("my prod"),
            message: message(),
        },
        Problem::CredentialsExpired {
            profile: text("prod; rm -rf ~"),
        },
        Problem::AccessDenied {
            action: text("vpc-lattice:CreateResourceGateway"),
            message: message(),
        },
        Problem::Throttled {
            party: Party::Aws,
            operation: operation(),
        },
        Problem::Throttled {
            party: Party::ClickHouse,
            operation: text("ListServices"),
        },
        Problem::AccessDenied {
            action: text("ram:CreateResourceShare"),
            message: message(),
        },
        Problem::QuotaExceeded {
            operation: operation(),
            quota: None,
            message: message(),
        },
        Problem::QuotaExceeded {
            operation: operation(),
            quota: Some(QuotaCode {
                service_code: text("vpc-lattice"),
                quota_code: text("L-0DCA4434"),
            }),
            message: message(),
        },
        Problem::SharingRefused {
            operation: text("CreateResourceShare"),
            message: message(),
        },
        Problem::Unreachable {
            party: Party::Aws,
            operation: operation(),
            message: message(),
        },
        Problem::NotConnected {
            party: Party::ClickHouse,
            operation: text("CreateReversePrivateEndpoint"),
            message: message(),
        },
        Problem::ServerError {
            party: Party::ClickHouse,
            operation: text("ListServices"),
            message: message(),
        },
        Problem::Malformed {
            party: Party::Computer,
            operation: text("reading the profiles"),
            message: message(),
        },
        Problem::Refused {
            party: Party::Aws,
            operation: operation(),
            message: message(),
        },
        Problem::SignInMissing {
            profile: "production".to_owned(),
        },
        Problem::CheckStandsAgainst {
            headline: "orders-postgres is publicly accessible.".to_owned(),
        },
        Problem::Conflict {
            operation: operation(),
            message: message(),
        },
        Problem::NotFound {
            party: Party::ClickHouse,
            operation: text("GetService"),
            message: message(),
        },
        Problem::KeyRejected,
        Problem::KeyForbidden {
            operation: text("ListReversePrivateEndpoints"),
            message: message(),
        },
        Problem::KeyMissing,
        Problem::ServiceIdle {
            service_id: text("0f8e"),
            message: message(),
        },
        Problem::OutcomeUnknown {
            operation: text("CreateReversePrivateEndpoint"),
        },
        Problem::EndedIn {
            resource: text("rgw-1"),
            state: text("CREATE_FAILED"),
            reason: None,
        },
        Problem::EndedIn {
            resource: text("3b9c7f10-52de-4d0f-8a11-0e6f9d2c4b58"),
            state: text("Failed"),
            reason: None,
        },
        Problem::EndedIn {
            resource: text("rcfg-1"),
            state: text("CREATE_FAILED"),
            reason: Some(text("no room")),
        },
        Problem::StillWaiting {
            resource: text("rgw-1"),
            state: text("CREATE_IN_PROGRESS"),
        },
        Problem::Cancelled,
        Problem::Interrupted,
        Problem::WrongAccount {
            expected: text("111122223333"),
            found: text("444455556666"),
        },
        Problem::JournalUnwritable {
            path: path(),
            message: text("disk full"),
        },
        Problem::JournalDamaged {
            path: path(),
            message: message(),
        },
        Problem::JournalNewer {
            path: path(),
            found: 3,
            known: 2,
        },
        Problem::HeldElsewhere,
        Problem::KeyringUnavailable { message: message() },
        Problem::Internal { message: message() },
    ]
}

#[test]
fn what_was_never_sent_leaves_nothing_open() {
    let (party, operation, message) = (Party::ClickHouse, String::new(), String::new());
    let not_sent = Problem::NotConnected {
        party,
        operation: operation.clone(),
        message: message.clone(),
    };
    assert!(!not_sent.leaves_outcome_open());
    let not_answered = Problem::Unreachable {
        party,
        operation,
        message,
    };
    assert!(not_answered.leaves_outcome_open());
}

#[test]
fn every_problem_says_what_why_and_what_to_do() {
    let mut text = String::new();
    for problem in every_problem() {
        let remedy = problem.remedy();
        writeln!(
            text,
            "{}\n  why: {}\n  do: {}",
            problem.headline(),
            problem.why(),
            remedy.text
        )
        .unwrap();
        if let Some(command) = remedy.command {
            writeln!(text, "  $ {command}").unwrap();
        }
        if let Some(button) = remedy.button {
            writeln!(text, "  [{button:?}]").unwrap();
        }
        if let Some(raw) = problem.raw() {
            writeln!(text, "  raw: {raw}").unwrap();
        }
        writeln!(text).unwrap();
        for sentence in [problem.headline(), problem.why(), remedy.text] {
            assert!(
                sentence.ends_with('.') && !sentence.contains('!'),
                "{sentence}"
            );
        }
    }
    insta::assert_snapshot!("problems", text);
}
