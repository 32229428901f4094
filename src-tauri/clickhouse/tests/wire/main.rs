//! What goes over the wire, and what comes of answers that no well-behaved server gives: checked against a
//! server on loopback that says byte for byte what the test tells it to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod find;
mod script;

use std::time::{Duration, Instant};

use pipelink_clickhouse::{ApiKey, ClickHouse};
use pipelink_plan::endpoint::Turn;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::run::{Progress, RunId};
use pipelink_plan::step::{Action, EndpointTarget, Input, OutputName, Outputs};
use secrecy::SecretString;
use tokio::net::TcpListener;

use script::{Script, answer, ok};

const ORGANIZATION: &str = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const SERVICE: &str = "11111111-2222-4333-8444-555555555555";
const ENDPOINT: &str = "0f3a9d3e-6f8a-4c8e-9a51-0d2f4b6c8e10";
const RUN: &str = "01990a2b-3c4d-7e5f-8a6b-7c8d9e0f1a2b";

fn create() -> Action {
    Action::CreateReversePrivateEndpoint {
        organization_id: ORGANIZATION.to_owned(),
        service_id: SERVICE.to_owned(),
        description: "orders \"quoted\" ä".to_owned(),
        to: EndpointTarget::VpcResource {
            configuration: Input::literal("rcfg-0123456789abcdef0"),
            share: Input::literal("arn:aws:ram:us-east-1:111122223333:resource-share/s"),
        },
        private_dns: Vec::new(),
    }
}

fn made() -> Outputs {
    Outputs::default().with(OutputName::EndpointId, ENDPOINT)
}

fn run() -> RunId {
    RunId(RUN.to_owned())
}

#[tokio::test]
async fn a_create_says_exactly_what_the_api_asks_for() {
    let made = format!(r#"{{"status":200,"requestId":"r","result":{{"id":"{ENDPOINT}"}}}}"#);
    let script = Script::play(vec![ok(&made)]).await;
    let outputs = script.client().perform(&create(), &run()).await.unwrap();
    assert_eq!(
        outputs,
        Outputs::default().with(OutputName::EndpointId, ENDPOINT)
    );

    let requests = script.requests().await;
    assert_eq!(requests.len(), 1);
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with(&format!(
        "post /v1/organizations/{ORGANIZATION}/services/{SERVICE}/clickpipesreverseprivateendpoints http/1.1"
    )));
    // RFC 7617: base64 of "the-id:the-secret".
    assert!(head.contains("authorization: basic dghllwlkonrozs1zzwnyzxq="));
    assert!(head.contains(concat!("user-agent: pipelink/", env!("CARGO_PKG_VERSION"))));
    assert!(head.contains("content-type: application/json"));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "description": format!("orders \"quoted\" ä [pipelink:{RUN}]"),
            "type": "VPC_RESOURCE",
            "vpcResourceConfigurationId": "rcfg-0123456789abcdef0",
            "vpcResourceShareArn": "arn:aws:ram:us-east-1:111122223333:resource-share/s"
        })
    );
}

#[tokio::test]
async fn a_create_without_a_clear_answer_is_never_sent_again_and_leaves_its_outcome_open() {
    for unclear in [
        String::new(),
        answer("500 Internal Server Error", "", r#"{"error":"E"}"#),
        answer("502 Bad Gateway", "", "<html>"),
        answer("503 Service Unavailable", "retry-after: 0\r\n", ""),
        answer("504 Gateway Timeout", "", ""),
        answer("302 Found", "location: /v1/elsewhere\r\n", ""),
        answer("308 Permanent Redirect", "location: /v1/elsewhere\r\n", ""),
        "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"result\":".to_owned(),
        "no HTTP at all\r\n\r\n".to_owned(),
        ok(""),
        ok("{}"),
        ok(r#"{"result":{"description":"no id"}}"#),
        ok(r#"{"result":[]}"#),
        ok(&"[".repeat(10_000)),
    ] {
        let script = Script::play(vec![unclear.clone()]).await;
        let problem = script
            .client()
            .perform(&create(), &run())
            .await
            .unwrap_err();
        assert!(problem.leaves_outcome_open(), "{unclear:.60}: {problem:?}");
        assert_eq!(script.requests().await.len(), 1, "{unclear:.60}");
    }
}

#[tokio::test]
async fn a_request_refused_for_its_rate_is_sent_again_when_the_server_says_so() {
    let made = ok(&format!(r#"{{"result":{{"id":"{ENDPOINT}"}}}}"#));
    let slow_down = answer("429 Too Many Requests", "X-RateLimit-Reset: 0.25\r\n", "{}");
    let script = Script::play(vec![slow_down, made]).await;
    let began = Instant::now();
    let outputs = script.client().perform(&create(), &run()).await.unwrap();
    assert_eq!(outputs.one(OutputName::EndpointId), Some(ENDPOINT));
    assert!(began.elapsed() >= Duration::from_millis(1250));
    let requests = script.requests().await;
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn a_third_refusal_for_the_rate_is_the_last() {
    let slow_down = answer("429 Too Many Requests", "X-RateLimit-Reset: 0\r\n", "{}");
    let script = Script::play(vec![slow_down; 3]).await;
    let problem = script
        .client()
        .endpoints(ORGANIZATION, SERVICE)
        .await
        .unwrap_err();
    assert_eq!(
        problem,
        Problem::Throttled {
            party: Party::ClickHouse,
            operation: "ListReversePrivateEndpoints".to_owned()
        }
    );
    assert_eq!(script.requests().await.len(), 3);
}

#[tokio::test]
async fn organizations_are_followed_page_by_page() {
    let page = |id: &str, next: &str| {
        ok(&format!(
            r#"{{"result":[{{"id":"{id}","name":"n"}}],"limit":1,"nextCursor":{next}}}"#
        ))
    };
    let script = Script::play(vec![
        page(ORGANIZATION, r#""a b&c=d""#),
        page(SERVICE, "null"),
    ])
    .await;
    let organizations = script.client().organizations().await.unwrap();
    let ids: Vec<_> = organizations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [ORGANIZATION, SERVICE]);
    let requests = script.requests().await;
    assert!(requests[0].starts_with("GET /v1/organizations HTTP/1.1"));
    assert!(requests[1].starts_with("GET /v1/organizations?cursor=a+b%26c%3Dd HTTP/1.1"));
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_cursor_that_repeats_ends_the_list() {
    let page = ok(&format!(
        r#"{{"result":[{{"id":"{ORGANIZATION}"}}],"nextCursor":"same"}}"#
    ));
    let script = Script::play(vec![page; 2]).await;
    assert_eq!(script.client().organizations().await.unwrap().len(), 2);
    assert_eq!(script.requests().await.len(), 2);
}

#[tokio::test]
async fn a_list_that_is_not_there_is_no_empty_list() {
    for body in [
        "{}",
        r#"{"result":null}"#,
        r#"{"result":{}}"#,
        "[]",
        "null",
        "",
    ] {
        let script = Script::play(vec![ok(body)]).await;
        let problem = script
            .client()
            .endpoints(ORGANIZATION, SERVICE)
            .await
            .unwrap_err();
        assert!(matches!(problem, Problem::Malformed { .. }), "{body}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    let mut flood = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"result\":[\"".to_owned();
    flood.push_str(&"x".repeat(9 * 1024 * 1024));
    let script = Script::play(vec![flood]).await;
    let problem = script
        .client()
        .endpoints(ORGANIZATION, SERVICE)
        .await
        .unwrap_err();
    let Problem::Malformed { message, .. } = problem else {
        unreachable!("{problem:?}");
    };
    assert!(message.contains("larger than 8388608 bytes"), "{message}");
}

#[tokio::test]
async fn a_delete_refused_because_one_is_under_way_is_no_problem() {
    let status = |word: &str| {
        ok(&format!(
            r#"{{"result":{{"id":"{ENDPOINT}","status":"{word}"}}}}"#
        ))
    };
    let refused = answer(
        "400 Bad Request",
        "",
        r#"{"error":"BAD_REQUEST: deleting"}"#,
    );
    let gone = answer("404 Not Found", "", r#"{"error":"NOT_FOUND"}"#);
    let none = ok(r#"{"result":[]}"#);
    let outputs = made();
    for (answers, fine) in [
        (vec![ok("{\"status\":200}")], true),
        (vec![ok("")], true),
        (vec![gone.clone(), none.clone()], true),
        (vec![refused.clone(), status("Deleting")], true),
        (vec![refused.clone(), gone.clone(), none.clone()], true),
        (vec![refused.clone(), status("Ready")], false),
    ] {
        let script = Script::play(answers.clone()).await;
        let result = script.client().remove(&create(), &outputs).await;
        assert_eq!(result.is_ok(), fine, "{answers:?}: {result:?}");
    }
    let script = Script::play(vec![gone.clone(), none.clone(), gone, none]).await;
    let client = script.client();
    assert_eq!(client.removed(&create(), &outputs).await, Ok(true));
    assert_eq!(
        client.progress(&create(), &outputs).await,
        Ok(Progress::Missing)
    );
}

#[tokio::test]
async fn a_404_is_no_proof_that_the_endpoint_is_gone() {
    let gone = answer("404 Not Found", "", "<html>");
    let list = |row: &str| ok(&format!(r#"{{"result":[{row}]}}"#));
    let this = |status: &str| list(&format!(r#"{{"id":"{ENDPOINT}","status":"{status}"}}"#));
    let play = async |second: &str| {
        let script = Script::play(vec![gone.clone(), second.to_owned()]).await;
        (script.client(), script)
    };
    let outputs = made();
    // Whatever keeps the list from being read is the problem told.
    for (second, told) in [
        (gone.clone(), "ListReversePrivateEndpoints: not found"),
        (
            answer("403 Forbidden", "", "{}"),
            "the ClickHouse API key has no right to ListReversePrivateEndpoints",
        ),
        (
            answer("424 Failed Dependency", "", "{}"),
            "the ClickHouse service is idle",
        ),
        (
            list(r#"{"id":7}"#),
            "ListReversePrivateEndpoints: the answer could not be read",
        ),
    ] {
        let problems = [
            play(&second)
                .await
                .0
                .remove(&create(), &outputs)
                .await
                .err(),
            play(&second)
                .await
                .0
                .removed(&create(), &outputs)
                .await
                .err(),
            play(&second)
                .await
                .0
                .progress(&create(), &outputs)
                .await
                .err(),
        ];
        for problem in problems {
            assert_eq!(problem.map(|it| it.to_string()).as_deref(), Some(told));
        }
    }
    // An endpoint that is listed is there.
    let (client, _script) = play(&this("Ready")).await;
    let kept = client.remove(&create(), &outputs).await;
    assert!(matches!(kept, Err(Problem::NotFound { .. })), "{kept:?}");
    let (client, _script) = play(&this("Ready")).await;
    assert_eq!(client.removed(&create(), &outputs).await, Ok(false));
    let (client, _script) = play(&this("Provisioning")).await;
    let seen = "Provisioning".to_owned();
    let turn = Turn::ClickHouse;
    assert_eq!(
        client.progress(&create(), &outputs).await,
        Ok(Progress::Waiting { seen, turn })
    );
    // On its way out is as good as asked for.
    let (client, _script) = play(&this("Deleting")).await;
    assert_eq!(client.remove(&create(), &outputs).await, Ok(()));
    // Others do not count.
    let (client, _script) = play(&list(&format!(r#"{{"id":"{SERVICE}"}}"#))).await;
    assert_eq!(client.removed(&create(), &outputs).await, Ok(true));
}

#[tokio::test]
async fn a_create_without_a_connection_was_surely_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    // Hangs up before a TLS connection has come about.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let no_tls = format!("https://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    for url in [nobody, no_tls] {
        let key = ApiKey::new("the-id".to_owned(), SecretString::from("the-secret"));
        let problem = ClickHouse::new(&url, key)
            .unwrap()
            .perform(&create(), &run())
            .await
            .unwrap_err();
        assert!(!problem.leaves_outcome_open(), "{url}: {problem:?}");
        let Problem::NotConnected { party, message, .. } = problem else {
            unreachable!("{url}: {problem:?}");
        };
        assert_eq!(party, Party::ClickHouse);
        assert!(!message.contains("secret"), "{message}");
    }
}

#[tokio::test]
async fn actions_of_aws_and_ids_that_are_none_are_refused_unsent() {
    let script = Script::play(Vec::new()).await;
    let client = script.client();
    let theirs = Action::CreateResourceShare {
        name: "n".to_owned(),
        resource: Input::literal("r"),
        principal: "072088201116".to_owned(),
    };
    assert!(matches!(
        client.perform(&theirs, &run()).await,
        Err(Problem::Internal { .. })
    ));
    assert!(matches!(
        client.endpoint(ORGANIZATION, SERVICE, "../x").await,
        Err(Problem::Refused {
            party: Party::Computer,
            ..
        })
    ));
    let unresolved = Action::CreateReversePrivateEndpoint {
        organization_id: ORGANIZATION.to_owned(),
        service_id: SERVICE.to_owned(),
        description: "d".to_owned(),
        to: EndpointTarget::VpcResource {
            configuration: Input::output("configuration", OutputName::ConfigurationId),
            share: Input::literal("s"),
        },
        private_dns: Vec::new(),
    };
    assert!(matches!(
        client.perform(&unresolved, &run()).await,
        Err(Problem::Internal { .. })
    ));
    assert!(script.requests().await.is_empty());
}
