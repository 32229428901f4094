//! Which row of the list a run takes for the endpoint that it asked for.

use pipelink_plan::problem::Problem;
use pipelink_plan::step::{Action, EndpointTarget, Input, OutputName, Outputs};

use crate::script::{Script, ok};
use crate::{ENDPOINT, ORGANIZATION, RUN, SERVICE, create, run};

#[tokio::test]
async fn a_row_of_the_run_that_cannot_be_read_is_not_taken_for_none() {
    let row = |id: &str, run: &str, more: &str| {
        format!(r#"{{"id":{id},"description":"orders \"quoted\" ä [pipelink:{run}]"{more}}}"#)
    };
    let find = async |rows: &[String]| {
        let body = format!(r#"{{"result":[{}]}}"#, rows.join(","));
        let script = Script::play(vec![ok(&body)]).await;
        script.client().find(&create(), &run()).await
    };
    let id = format!(r#""{ENDPOINT}""#);
    let other = format!(r#""{SERVICE}""#);
    let found = Outputs::default().with(OutputName::EndpointId, ENDPOINT);

    assert_eq!(find(&[]).await, Ok(None));
    assert_eq!(find(&[row(&id, "another", "")]).await, Ok(None));
    assert_eq!(
        find(&[row("7", "another", ""), "null".to_owned()]).await,
        Ok(None)
    );
    assert_eq!(find(&[row(&id, RUN, "")]).await, Ok(Some(found.clone())));
    assert!(matches!(
        find(&[row("7", RUN, "")]).await,
        Err(Problem::Malformed { .. })
    ));
    // Another endpoint of the same run is not this step's.
    let elsewhere = r#","vpcResourceConfigurationId":"rcfg-elsewhere""#;
    assert_eq!(find(&[row(&other, RUN, elsewhere)]).await, Ok(None));
    // One on its way out comes after one that stays.
    let going = row(&other, RUN, r#","status":"Deleting""#);
    assert_eq!(
        find(&[going, row(&id, RUN, r#","status":"Provisioning""#)]).await,
        Ok(Some(found))
    );
}

#[tokio::test]
async fn one_of_several_endpoints_that_does_not_say_where_it_leads_is_told_by_its_description() {
    let name = |number: u8| format!("com.amazonaws.vpce.us-east-1.vpce-svc-{number}");
    let row = |number: u8, id: &str, leads_to: Option<u8>| {
        let member = leads_to.map_or_else(String::new, |to| {
            format!(r#","vpcEndpointServiceName":"{}""#, name(to))
        });
        format!(
            r#"{{"id":"{id}","description":"brokers {number} [pipelink:{RUN}]","type":"VPC_ENDPOINT_SERVICE"{member}}}"#
        )
    };
    let find = async |number: u8, rows: &[String]| {
        let action = Action::CreateReversePrivateEndpoint {
            organization_id: ORGANIZATION.to_owned(),
            service_id: SERVICE.to_owned(),
            description: format!("brokers {number}"),
            to: EndpointTarget::EndpointService {
                service_name: Input::literal(name(number)),
            },
            private_dns: Vec::new(),
        };
        let body = format!(r#"{{"result":[{}]}}"#, rows.join(","));
        let script = Script::play(vec![ok(&body)]).await;
        let outputs = script.client().find(&action, &run()).await.unwrap();
        outputs.and_then(|it| it.one(OutputName::EndpointId).map(str::to_owned))
    };
    let is = |id: &str| Some(id.to_owned());
    let untold = [row(1, ENDPOINT, None), row(2, SERVICE, None)];
    assert_eq!(find(1, &untold).await, is(ENDPOINT));
    assert_eq!(find(2, &untold).await, is(SERVICE));
    assert_eq!(find(3, &untold).await, None);
    // Where it leads to is told, and what somebody made of its description since does not matter.
    let told = [row(2, ENDPOINT, Some(1)), row(1, SERVICE, Some(2))];
    assert_eq!(find(1, &told).await, is(ENDPOINT));
    assert_eq!(find(2, &told).await, is(SERVICE));
}
