//! A DNS server for the world's public names, on loopback over UDP. It never asks another server: what
//! the world does not have does not exist.

use std::sync::Arc;

use hickory_proto::op::{Edns, Message, MessageType, Metadata, OpCode, ResponseCode};
use hickory_proto::rr::rdata::{A, AAAA, SOA, TXT};
use hickory_proto::rr::{DNSClass, Name as Domain, RData, Record, RecordType};
use tokio::net::UdpSocket;

use crate::server::Shared;
use crate::world::World;
use crate::world::dns::Entry;

/// Seconds for which an answer may be kept: little, because the world's names may change.
const TTL: u32 = 1;

/// The longest question that is read; longer ones are none that a resolver asks over UDP.
const LONGEST: usize = 4096;

/// Answers questions until dropped.
pub(crate) async fn serve(shared: Arc<Shared>, socket: UdpSocket) {
    let mut buffer = vec![0; LONGEST];
    loop {
        let (length, asker) = match socket.recv_from(&mut buffer).await {
            Ok(received) => received,
            Err(error) => {
                // The asker of an earlier answer is gone (Windows tells so here): not our trouble.
                tracing::debug!(%error, "receiving a question");
                tokio::task::yield_now().await;
                continue;
            }
        };
        let question = buffer[..length].to_vec();
        let shared = Arc::clone(&shared);
        let answered = tokio::task::spawn_blocking(move || {
            shared.state.look(|world| answer(world, &question))
        });
        if let Ok(Some(answer)) = answered.await
            && let Err(error) = socket.send_to(&answer, asker).await
        {
            tracing::debug!(%error, "sending an answer");
        }
    }
}

/// The answer to one message; None where there is nobody to answer: it is no question.
fn answer(world: &World, bytes: &[u8]) -> Option<Vec<u8>> {
    let question = Message::from_vec(bytes).ok()?;
    if question.metadata.message_type != MessageType::Query {
        return None;
    }
    let mut answer = Message::new(question.metadata.id, MessageType::Response, OpCode::Query);
    answer.metadata = Metadata::response_from_request(&question.metadata);
    answer.metadata.authoritative = true;
    answer.metadata.recursion_available = true;
    answer.add_queries(question.queries.clone());
    if question.edns.is_some() {
        answer.set_edns(Edns::new());
    }
    answer.metadata.response_code = match (question.metadata.op_code, &question.queries[..]) {
        (OpCode::Query, [query]) if query.query_class() == DNSClass::IN => {
            let found = world.public_name(&query.name().to_ascii());
            let records = found.map(|name| records(query.name(), query.query_type(), &name));
            match &records {
                Some(records) if !records.is_empty() => drop(answer.add_answers(records.clone())),
                _ => drop(answer.add_authority(authority())),
            }
            if records.is_some() {
                ResponseCode::NoError
            } else {
                ResponseCode::NXDomain
            }
        }
        (OpCode::Query, [_]) => ResponseCode::Refused,
        (OpCode::Query, _) => ResponseCode::FormErr,
        _ => ResponseCode::NotImp,
    };
    answer
        .to_vec()
        .inspect_err(|error| tracing::error!(%error, "writing an answer"))
        .ok()
}

/// The records of the wanted type; the name is answered as it was asked, in its case.
fn records(asked: &Domain, kind: RecordType, name: &Entry) -> Vec<Record> {
    let wanted = |own: RecordType| kind == own || kind == RecordType::ANY;
    let addresses = name.addresses.iter().map(|address| match address {
        std::net::IpAddr::V4(address) => (RecordType::A, RData::A(A(*address))),
        std::net::IpAddr::V6(address) => (RecordType::AAAA, RData::AAAA(AAAA(*address))),
    });
    let texts = name
        .txt
        .iter()
        .map(|text| (RecordType::TXT, RData::TXT(TXT::new(vec![text.clone()]))));
    addresses
        .chain(texts)
        .filter(|(own, _)| wanted(*own))
        .map(|(_, data)| Record::from_rdata(asked.clone(), TTL, data))
        .collect()
}

/// What goes with the answer that there is nothing, so that a resolver knows how long to believe it.
fn authority() -> Record {
    let (root, ttl) = (Domain::root(), i32::try_from(TTL).unwrap_or_default());
    let soa = SOA::new(root.clone(), root.clone(), 1, ttl, ttl, ttl, TTL);
    Record::from_rdata(root, TTL, RData::SOA(soa))
}
