//! The TXT record of a private DNS name is looked for at each of its names, whatever the others come to.

use std::net::SocketAddr;

use pipelink_engine::dns::Dns;
use pipelink_plan::problem::Problem;
use pipelink_plan::run::RunState;
use pipelink_plan::step::{Action, Input, Plan};
use tokio::net::UdpSocket;

use crate::stage::Stage;
use crate::stage::plans::{Shape, only};

/// Of the record that is waited for; fewer than 256 bytes.
const VALUE: &str = "vpce:l6p0ERxlTt45jevFwOCp";
/// SERVFAIL, and NXDOMAIN.
const CANNOT_TELL: u8 = 2;
const NO_SUCH_NAME: u8 = 3;

/// Cannot tell of the first name it is asked for, has the record at the second if it is to, and nothing else.
async fn servers(second_has_it: bool) -> Dns {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut bytes = [0; 512];
        let mut asked: Vec<Vec<u8>> = Vec::new();
        while let Ok((length, from)) = socket.recv_from(&mut bytes).await {
            let question = question(&bytes[..length]).to_vec();
            let known = asked.iter().position(|it| *it == question);
            let place = known.unwrap_or_else(|| {
                asked.push(question.clone());
                asked.len() - 1
            });
            let answer = match place {
                0 => answer(&bytes, CANNOT_TELL, &question, false),
                1 if second_has_it => answer(&bytes, 0, &question, true),
                _ => answer(&bytes, NO_SUCH_NAME, &question, false),
            };
            socket.send_to(&answer, from).await.unwrap();
        }
    });
    Dns::at(address)
}

/// The one question of a message: a name, a type and a class (RFC 1035, 4.1.2).
fn question(message: &[u8]) -> &[u8] {
    let name = message[12..].iter().position(|it| *it == 0).unwrap();
    &message[12..12 + name + 5]
}

fn answer(asked: &[u8], code: u8, question: &[u8], with_record: bool) -> Vec<u8> {
    let mut bytes = asked[..2].to_vec();
    bytes.extend([
        0x81,
        0x80 | code,
        0,
        1,
        0,
        u8::from(with_record),
        0,
        0,
        0,
        0,
    ]);
    bytes.extend(question);
    if with_record {
        let length = u8::try_from(VALUE.len()).unwrap();
        // The question's name, TXT, IN, a minute.
        bytes.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, length + 1, length]);
        bytes.extend(VALUE.as_bytes());
    }
    bytes
}

/// A plan that waits for the record and does nothing else.
async fn plan(stage: &Stage) -> Plan {
    let plan = stage.plan_of(Shape::ServiceGuarded, true).await;
    let mut plan = only(&plan, &["dns-record"]);
    let Action::AwaitDnsRecord { record, value, .. } = &mut plan.steps[0].action else {
        panic!("{plan:#?}")
    };
    *record = Input::literal("_6e86v84tqgqubxbwii1m");
    *value = Input::literal(VALUE);
    plan
}

#[tokio::test]
async fn a_name_that_cannot_be_looked_up_hides_no_record_at_another() {
    let stage = Stage::set().await;
    let (engine, mut session) = (stage.engine().await, stage.session().await);
    session.dns = servers(true).await;
    let run = stage.run(&engine, &session, plan(&stage).await).await;
    assert_eq!(run.state, RunState::Done, "{run:#?}");
}

#[tokio::test]
async fn where_no_name_has_it_the_one_that_cannot_be_looked_up_is_told() {
    let stage = Stage::set_at(300.0).await;
    let (engine, mut session) = (stage.engine().await, stage.session().await);
    session.dns = servers(false).await;
    let run = stage.run(&engine, &session, plan(&stage).await).await;
    let RunState::Stopped { problem } = &run.state else {
        panic!("{run:#?}")
    };
    assert!(
        matches!(problem, Problem::ServerError { .. }),
        "{problem:?}"
    );
}
