//! What the account may have, pay and be: quotas, prices, roles.

use crate::common::{Reply, Served, reply};
use reqwest::Method;
use serde_json::{Value, json};

/// A call in AWS JSON.
async fn call(sandbox: &Served, region: &str, service: &str, target: &str, body: Value) -> Reply {
    let request = sandbox
        .signed(Method::POST, service, region, "/")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", target)
        .body(body.to_string());
    reply(request.send().await.unwrap()).await
}

async fn quotas(sandbox: &Served, operation: &str, body: Value) -> Reply {
    let target = format!("ServiceQuotasV20190624.{operation}");
    call(sandbox, "us-east-1", "servicequotas", &target, body).await
}

async fn products(sandbox: &Served, region: &str, body: Value) -> Reply {
    call(
        sandbox,
        region,
        "pricing",
        "AWSPriceListService.GetProducts",
        body,
    )
    .await
}

/// Status and code of a refusal in AWS JSON.
fn refusal(reply: &Reply) -> (u16, String) {
    let code = reply.json()["__type"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (reply.status, code)
}

#[tokio::test]
async fn quotas_have_aws_codes_and_the_worlds_limits() {
    let sandbox = Served::start().await;
    let all = quotas(
        &sandbox,
        "ListServiceQuotas",
        json!({ "ServiceCode": "vpc-lattice" }),
    )
    .await
    .ok();
    let all = all["Quotas"].as_array().unwrap().clone();
    let gateways = all
        .iter()
        .find(|it| it["QuotaCode"] == "L-0DCA4434")
        .unwrap();
    assert_eq!(gateways["QuotaName"], "Resource gateways per VPC");
    assert_eq!(gateways["Value"], 500);
    let one = json!({ "ServiceCode": "vpc-lattice", "QuotaCode": "L-5FF8F9B9" });
    let one = quotas(&sandbox, "GetServiceQuota", one).await.ok();
    assert_eq!(one["Quota"]["Value"], 2000);

    // In pages, the whole list once.
    let (mut seen, mut token) = (Vec::new(), Value::Null);
    loop {
        let body = json!({ "ServiceCode": "vpc-lattice", "MaxResults": 4, "NextToken": token });
        let page = quotas(&sandbox, "ListServiceQuotas", body).await.ok();
        seen.extend(page["Quotas"].as_array().unwrap().clone());
        token = page.get("NextToken").cloned().unwrap_or_default();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(seen, all);
    for (operation, body, code) in [
        (
            "ListServiceQuotas",
            json!({ "ServiceCode": "nothing" }),
            "NoSuchResourceException",
        ),
        ("ListServiceQuotas", json!({}), "IllegalArgumentException"),
        (
            "ListServiceQuotas",
            json!({ "ServiceCode": "ram", "MaxResults": 101 }),
            "IllegalArgumentException",
        ),
        (
            "ListServiceQuotas",
            json!({ "ServiceCode": "ram", "NextToken": "bWFkZSB1cA==" }),
            "InvalidPaginationTokenException",
        ),
        (
            "GetServiceQuota",
            json!({ "ServiceCode": "ram", "QuotaCode": "L-00000000" }),
            "NoSuchResourceException",
        ),
        ("ListServiceQuotas", json!([]), "SerializationException"),
    ] {
        let refused = quotas(&sandbox, operation, body.clone()).await;
        assert_eq!(refusal(&refused), (400, code.to_owned()), "{body}");
    }
    let unwritten = quotas(&sandbox, "ListServices", json!({})).await;
    assert_eq!(unwritten.status, 501);
    let target = "AWSPriceListService.ListServiceQuotas";
    let misdirected = call(&sandbox, "us-east-1", "servicequotas", target, json!({})).await;
    assert_eq!(misdirected.status, 501);
}

#[tokio::test]
async fn prices_come_as_aws_writes_them_and_say_that_they_are_the_sandboxs() {
    let sandbox = Served::start().await;
    let filter = |kind: &str, field: &str, value: &str| json!({ "Type": kind, "Field": field, "Value": value });
    let ask = |filters: Value| json!({ "ServiceCode": "AmazonVPC", "FormatVersion": "aws_v1", "Filters": filters });
    let in_ohio = filter("TERM_MATCH", "regionCode", "us-east-2");
    let hours = filter("CONTAINS", "usagetype", "VpcEndpoint-Resource-Hours");
    let found = products(&sandbox, "us-east-1", ask(json!([in_ohio, hours])))
        .await
        .ok();
    assert_eq!(found["FormatVersion"], "aws_v1");
    let list = found["PriceList"].as_array().unwrap();
    assert_eq!(list.len(), 1);
    // Each is a JSON document in a string.
    let row: Value = serde_json::from_str(list[0].as_str().unwrap()).unwrap();
    let attributes = &row["product"]["attributes"];
    assert_eq!(attributes["usagetype"], "USE2-VpcEndpoint-Resource-Hours");
    assert_eq!(attributes["regionCode"], "us-east-2");
    let terms = row["terms"]["OnDemand"].as_object().unwrap();
    let term = terms.values().next().unwrap();
    let price = term["priceDimensions"]
        .as_object()
        .unwrap()
        .values()
        .next()
        .unwrap();
    assert_eq!(price["unit"], "Hrs");
    assert!(
        price["pricePerUnit"]["USD"]
            .as_str()
            .unwrap()
            .parse::<f64>()
            .unwrap()
            > 0.0
    );
    assert!(
        price["description"]
            .as_str()
            .unwrap()
            .contains("a number of the sandbox")
    );

    let count = async |filters: Value| {
        let found = products(&sandbox, "us-east-1", ask(filters)).await.ok();
        found["PriceList"].as_array().unwrap().len()
    };
    let all = count(json!([])).await;
    let any = filter("ANY_OF", "regionCode", "us-east-1, us-east-2");
    let none = filter("NONE_OF", "regionCode", "us-east-1,us-east-2");
    let (any, none) = (count(json!([any])).await, count(json!([none])).await);
    assert!(any > 0 && none > 0);
    assert_eq!(any + none, all);
    assert_eq!(
        count(json!([filter("EQUALS", "productFamily", "Nothing")])).await,
        0
    );

    let first = json!({ "ServiceCode": "AmazonVPC", "MaxResults": 2 });
    let first = products(&sandbox, "us-east-1", first).await.ok();
    assert_eq!(first["PriceList"].as_array().unwrap().len(), 2);
    assert!(first["NextToken"].is_string());
    for (body, code) in [
        (
            json!({ "ServiceCode": "AmazonNothing" }),
            "InvalidParameterException",
        ),
        (json!({}), "InvalidParameterException"),
        (
            json!({ "ServiceCode": "AmazonVPC", "FormatVersion": "v9" }),
            "InvalidParameterException",
        ),
        (
            json!({ "ServiceCode": "AmazonVPC", "Filters": [{ "Type": "LIKE", "Field": "a", "Value": "b" }] }),
            "InvalidParameterException",
        ),
        (
            json!({ "ServiceCode": "AmazonVPC", "NextToken": "made up" }),
            "InvalidNextTokenException",
        ),
    ] {
        let refused = products(&sandbox, "us-east-1", body.clone()).await;
        assert_eq!(refusal(&refused), (400, code.to_owned()), "{body}");
    }
    let elsewhere = json!({ "ServiceCode": "AmazonVPC" });
    let elsewhere = products(&sandbox, "us-east-2", elsewhere).await;
    assert_eq!(
        elsewhere.status, 501,
        "AWS serves the price list in few regions"
    );
}

#[tokio::test]
async fn an_unknown_key_is_refused_in_aws_json_too() {
    let sandbox = Served::start().await;
    let scope = "AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/servicequotas/aws4_request";
    let request = sandbox
        .http
        .post(&sandbox.connection().aws_endpoint_url)
        .header(
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={scope}, Signature=0"),
        )
        .header("x-amz-target", "ServiceQuotasV20190624.ListServiceQuotas")
        .body("{}");
    let refused = reply(request.send().await.unwrap()).await;
    assert_eq!(
        refusal(&refused),
        (400, "UnrecognizedClientException".to_owned())
    );
}

fn between<'a>(text: &'a str, tag: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("<{tag}>")).expect(tag);
    rest.split_once("</").expect(tag).0
}

struct Keys {
    id: String,
    token: String,
}

async fn assume(sandbox: &Served, role: &str, more: &str) -> Reply {
    let form = format!(
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/{role}\
         &RoleSessionName=tests{more}"
    );
    sandbox.query("sts", &form).await
}

impl Keys {
    fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{reply:?}");
        Self {
            id: between(&reply.text, "AccessKeyId").to_owned(),
            token: between(&reply.text, "SessionToken").to_owned(),
        }
    }

    /// A query request with these keys.
    async fn query(&self, sandbox: &Served, service: &str, form: &str, token: bool) -> Reply {
        let scope = format!("{}/20261123/us-east-1/{service}/aws4_request", self.id);
        let request = sandbox
            .http
            .post(&sandbox.connection().aws_endpoint_url)
            .header(
                "authorization",
                format!("AWS4-HMAC-SHA256 Credential={scope}, Signature=0"),
            )
            .body(form.to_owned());
        let request = if token {
            request.header("x-amz-security-token", &self.token)
        } else {
            request
        };
        reply(request.send().await.unwrap()).await
    }
}

#[tokio::test]
async fn an_assumed_role_calls_with_its_own_keys_until_they_expire() {
    const WHO: &str = "Action=GetCallerIdentity&Version=2011-06-15";
    let sandbox = Served::start().await;
    let assumed = assume(&sandbox, "NetworkAdmin", "&DurationSeconds=900").await;
    let arn = "arn:aws:sts::111122223333:assumed-role/NetworkAdmin/tests";
    assert_eq!(between(&assumed.text, "Arn"), arn);
    let keys = Keys::of(&assumed);
    assert!(keys.id.starts_with("ASIA"));
    let who = keys.query(&sandbox, "sts", WHO, true).await;
    assert_eq!(between(&who.text, "Arn"), arn);
    assert_eq!(between(&who.text, "UserId"), "AROA4SANDBOXNETADMIN1:tests");
    let own = sandbox.query("sts", WHO).await;
    assert!(between(&own.text, "Arn").ends_with("assumed-role/CloudAdmin/admin"));

    let without = keys.query(&sandbox, "sts", WHO, false).await;
    assert_eq!(without.status, 403);
    assert!(
        without.text.contains("InvalidClientTokenId"),
        "{}",
        without.text
    );
    // A role that assumes a role has an hour at most.
    let chained = "Action=AssumeRole&Version=2011-06-15&RoleSessionName=again\
                   &RoleArn=arn:aws:iam::111122223333:role/NetworkAdmin&DurationSeconds=7200";
    let chained = keys.query(&sandbox, "sts", chained, true).await;
    assert!(
        chained.text.contains("<Code>ValidationError</Code>"),
        "{}",
        chained.text
    );

    sandbox.advance(900).await;
    let late = keys.query(&sandbox, "sts", WHO, true).await;
    assert_eq!(late.status, 403);
    assert!(
        late.text.contains("<Code>ExpiredToken</Code>"),
        "{}",
        late.text
    );
    let late = keys
        .query(&sandbox, "ec2", "Action=DescribeVpcs", true)
        .await;
    assert!(
        late.text.contains("<Code>RequestExpired</Code>"),
        "{}",
        late.text
    );
}

#[tokio::test]
async fn roles_ask_for_what_they_ask_for() {
    let sandbox = Served::start().await;
    let serial = "&SerialNumber=arn:aws:iam::111122223333:mfa/admin&TokenCode=";
    for (role, more) in [
        ("Nobody", String::new()),
        ("PartnerAccess", String::new()),
        ("PartnerAccess", "&ExternalId=another".to_owned()),
        ("BreakGlass", String::new()),
        ("BreakGlass", format!("{serial}000000")),
    ] {
        let refused = assume(&sandbox, role, &more).await;
        assert_eq!(refused.status, 403, "{role} {more}");
        assert!(
            refused.text.contains("<Code>AccessDenied</Code>"),
            "{}",
            refused.text
        );
    }
    Keys::of(&assume(&sandbox, "PartnerAccess", "&ExternalId=example-partner").await);
    Keys::of(&assume(&sandbox, "BreakGlass", &format!("{serial}123456")).await);
    let short = assume(&sandbox, "NetworkAdmin", "&DurationSeconds=899").await;
    assert!(
        short.text.contains("<Code>ValidationError</Code>"),
        "{}",
        short.text
    );
    let policy = assume(&sandbox, "NetworkAdmin", "&Policy=%7B%7D").await;
    assert_eq!(policy.status, 501);
}
