//! One parameter of a database. The sandbox has no parameter groups, so that AWS's answers are written out here, as in
//! RDS's API reference.

use pipelink_aws::Aws;
use pipelink_plan::problem::Problem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const CLUSTER: &str = "arn:aws:rds:us-east-1:111122223333:cluster:shop";
const INSTANCE: &str = "arn:aws:rds:us-east-1:111122223333:db:shop-1";

/// What the parameter groups hold: `None` where the group has the parameter without a value.
#[derive(Clone, Copy, Default)]
struct Groups {
    of_cluster: Option<&'static str>,
    of_instance: Option<&'static str>,
    denied: bool,
}

/// Serves RDS until the test ends.
async fn rds(groups: Groups) -> Aws {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = vec![0; 16_384];
                let mut read = 0;
                // A query is short, and comes with its length.
                while !complete(&request[..read]) {
                    match stream.read(&mut request[read..]).await {
                        Ok(more) if more > 0 => read += more,
                        _ => return,
                    }
                }
                let (status, body) = answer(&String::from_utf8_lossy(&request[..read]), groups);
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: text/xml\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _sent = stream.write_all((head + &body).as_bytes()).await;
            });
        }
    });
    Aws::open_sandbox(&url, "us-east-1", "AKIAIOSFODNN7EXAMPLE", "secret")
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("content-length: ")?
            .parse()
            .ok()
    });
    body.len() >= length.unwrap_or(0)
}

fn answer(request: &str, groups: Groups) -> (&'static str, String) {
    let asked = |name: &str| request.contains(&format!("Action={name}&"));
    let wrapped = |name: &str, inner: String| {
        let answer =
            format!("<{name}Response><{name}Result>{inner}</{name}Result></{name}Response>");
        ("200 OK", answer)
    };
    let parameter = |value: Option<&str>| {
        assert!(
            request.contains("Filters.Filter.1.Name=parameter-name"),
            "{request}"
        );
        let value = value.map_or(String::new(), |it| {
            format!("<ParameterValue>{it}</ParameterValue>")
        });
        format!(
            "<Parameters><Parameter><ParameterName>skip_name_resolve</ParameterName>{value}</Parameter></Parameters>"
        )
    };
    if asked("DescribeDBClusters") {
        wrapped("DescribeDBClusters", "<DBClusters><DBCluster><DBClusterParameterGroup>shop-cluster</DBClusterParameterGroup><DBClusterMembers><DBClusterMember><DBInstanceIdentifier>shop-2</DBInstanceIdentifier><IsClusterWriter>false</IsClusterWriter></DBClusterMember><DBClusterMember><DBInstanceIdentifier>shop-1</DBInstanceIdentifier><IsClusterWriter>true</IsClusterWriter></DBClusterMember></DBClusterMembers></DBCluster></DBClusters>".to_owned())
    } else if asked("DescribeDBInstances") {
        assert!(request.contains("shop-1"), "the writer is asked: {request}");
        wrapped("DescribeDBInstances", "<DBInstances><DBInstance><DBParameterGroups><DBParameterGroup><DBParameterGroupName>shop-instances</DBParameterGroupName></DBParameterGroup></DBParameterGroups></DBInstance></DBInstances>".to_owned())
    } else if groups.denied {
        let refused = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
        ("403 Forbidden", refused.to_owned())
    } else if asked("DescribeDBClusterParameters") {
        assert!(request.contains("shop-cluster"), "{request}");
        wrapped("DescribeDBClusterParameters", parameter(groups.of_cluster))
    } else {
        assert!(request.contains("shop-instances"), "{request}");
        wrapped("DescribeDBParameters", parameter(groups.of_instance))
    }
}

#[tokio::test]
async fn a_cluster_has_it_of_its_writers_group_or_of_its_own() {
    for (of_cluster, of_instance, wanted) in [
        (None, None, None),
        (Some("0"), None, Some("0")),
        (None, Some("1"), Some("1")),
        (Some("0"), Some("1"), Some("1")),
    ] {
        let aws = rds(Groups {
            of_cluster,
            of_instance,
            denied: false,
        })
        .await;
        let found = aws.skip_name_resolve(CLUSTER).await.unwrap();
        assert_eq!(found.as_deref(), wanted);
    }
}

#[tokio::test]
async fn an_instance_has_it_of_its_group() {
    let aws = rds(Groups {
        of_instance: Some("ON"),
        ..Groups::default()
    })
    .await;
    let found = aws.skip_name_resolve(INSTANCE).await.unwrap();
    assert_eq!(found.as_deref(), Some("ON"));
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let aws = rds(Groups {
        denied: true,
        ..Groups::default()
    })
    .await;
    match aws.skip_name_resolve(INSTANCE).await {
        Err(Problem::AccessDenied { action, .. }) => assert_eq!(action, "rds:DescribeDBParameters"),
        other => panic!("{other:?}"),
    }
}
