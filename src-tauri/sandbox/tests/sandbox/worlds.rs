//! Clock, file, lock: a world outlives the process that serves it.

use std::path::Path;

use crate::common::Served;
use pipelink_sandbox::{Config, Sandbox, StartError, WorldError, running};
use reqwest::Method;
use serde_json::{Value, json};

fn kept(path: &Path) -> Config {
    Config {
        speed: 0.0,
        world: Some(path.to_owned()),
        ..Config::default()
    }
}

async fn now(sandbox: &Served) -> jiff::Timestamp {
    let clock = sandbox.control(Method::GET, "/clock", None).await.ok();
    clock["now"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn time_can_be_moved_and_sped_up_but_not_turned_back() {
    let sandbox = Served::start().await;
    let start = now(&sandbox).await;
    assert_eq!(
        now(&sandbox).await,
        start,
        "at speed 0 the clock stands still"
    );
    sandbox.advance(60).await;
    assert!(now(&sandbox).await > start);
    for bad in [
        json!({ "advance_seconds": -1 }),
        json!({ "speed": -1 }),
        json!({ "speed": 1e9 }),
        json!({ "advance_seconds": 1e12 }),
        json!({ "minutes": 1 }),
    ] {
        let refused = sandbox
            .control(Method::POST, "/clock", Some(bad.clone()))
            .await;
        assert_eq!(refused.status, 400, "{bad}");
    }
    let fast = json!({ "speed": 3600.0 });
    let fast = sandbox
        .control(Method::POST, "/clock", Some(fast))
        .await
        .ok();
    assert_eq!(fast["speed"], 3600.0);
    let before = now(&sandbox).await;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert!(now(&sandbox).await > before);
}

#[tokio::test]
async fn a_world_outlives_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let first = Served::with(kept(&path)).await;
    let gateway = first.gateway("orders-gateway", &["prod-data-1a"]).await;
    let keys = first.connection().access_key_id.clone();
    first.advance(3600).await;
    let left = now(&first).await;
    first.sandbox.stop().await;

    let second = Served::with(kept(&path)).await;
    assert_eq!(second.connection().access_key_id, keys);
    assert!(now(&second).await >= left, "time never runs backwards");
    let found = format!("/resourcegateways/{}", gateway["id"].as_str().unwrap());
    let found = second.lattice(Method::GET, &found, None).await.ok();
    assert_eq!(found["status"], "ACTIVE");
    second.sandbox.stop().await;
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        !names
            .iter()
            .any(|name| name.contains(".new") || name.contains("connection")),
        "{names:?}"
    );
}

#[tokio::test]
async fn a_write_is_on_disk_before_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let sandbox = Served::with(kept(&path)).await;
    sandbox.gateway("orders-gateway", &["prod-data-1a"]).await;
    let on_disk: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let gateways = on_disk["regions"]["us-east-1"]["resource_gateways"]
        .as_array()
        .unwrap();
    assert!(gateways.iter().any(|it| it["name"] == "orders-gateway"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for file in [
            path.clone(),
            folder.path().join("world.json.connection.json"),
        ] {
            let mode = std::fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", file.display());
        }
    }
}

#[tokio::test]
async fn a_world_of_an_earlier_version_opens_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let kept_then = include_str!("../fixtures/world_of_the_first_release.json");
    std::fs::write(&path, kept_then).unwrap();
    let before: Value = serde_json::from_str(kept_then).unwrap();
    let sandbox = Served::with(kept(&path)).await;
    let after = sandbox.world().await;
    assert_eq!(after["keys"], before["keys"]);
    // What its admin had is as it was, but for time that went on.
    let names = |world: &Value| -> Vec<Value> {
        let gateways = &world["regions"]["us-east-1"]["resource_gateways"];
        gateways
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["name"].clone())
            .collect()
    };
    assert_eq!(names(&after), names(&before));
    assert!(names(&after).contains(&json!("kept-gateway")));
    let gateways = sandbox
        .lattice(Method::GET, "/resourcegateways", None)
        .await
        .ok();
    let gateways = gateways["items"].as_array().unwrap();
    assert!(
        gateways.iter().all(|it| it["status"] == "ACTIVE"),
        "{gateways:?}"
    );
    // What there was not yet comes from the scenario.
    assert!(before.get("dns").is_none() && before.get("roles").is_none());
    assert!(!after["dns"]["public"].as_array().unwrap().is_empty());
    assert!(!after["roles"].as_array().unwrap().is_empty());
    let fresh = Served::start().await.world().await;
    let region = |world: &Value, list: &str| world["regions"]["us-east-1"][list].clone();
    for list in [
        "msk_clusters",
        "msk_configurations",
        "load_balancers",
        "endpoint_services",
    ] {
        let (kept, fresh) = (region(&after, list), region(&fresh, list));
        assert_eq!(
            kept.as_array().unwrap().len(),
            fresh.as_array().unwrap().len(),
            "{list}"
        );
    }
    // The brokers have their interfaces; nobody has an address twice.
    let interfaces = region(&after, "network_interfaces");
    let interfaces = interfaces.as_array().unwrap();
    for cluster in region(&after, "msk_clusters").as_array().unwrap() {
        for broker in cluster["broker_interfaces"].as_array().unwrap() {
            assert!(interfaces.iter().any(|it| it["id"] == *broker), "{cluster}");
        }
    }
    let mut taken: Vec<String> = interfaces
        .iter()
        .flat_map(|it| it["addresses"].as_array().unwrap())
        .map(Value::to_string)
        .collect();
    let count = taken.len();
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), count);
    sandbox.sandbox.stop().await;
    Served::with(kept(&path)).await.sandbox.stop().await;
}

#[tokio::test]
async fn one_process_serves_a_world_and_others_find_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    assert_eq!(running(&path), None);
    let first = Served::with(kept(&path)).await;
    assert_eq!(running(&path).as_ref(), Some(first.connection()));
    match Sandbox::start(kept(&path)).await {
        Err(StartError::World {
            source: WorldError::InUse,
            ..
        }) => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(
        running(&path).as_ref(),
        Some(first.connection()),
        "the first is not disturbed"
    );
    first.sandbox.stop().await;
    assert_eq!(running(&path), None);
    // What a kill leaves behind is not taken for a running sandbox.
    std::fs::write(folder.path().join("world.json.connection.json"), "{}").unwrap();
    assert_eq!(running(&path), None);
}

#[tokio::test]
async fn a_file_that_is_no_world_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    for (content, version) in [
        ("{ not json", false),
        ("{}", false),
        ("{\"version\":99}", true),
    ] {
        std::fs::write(&path, content).unwrap();
        match Sandbox::start(kept(&path)).await {
            Err(StartError::World {
                source: WorldError::Version { found: 99, .. },
                ..
            }) => {
                assert!(version);
            }
            Err(StartError::World {
                source: WorldError::Corrupt { .. },
                ..
            }) => assert!(!version),
            other => panic!("{content}: {other:?}"),
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
    }
}

#[tokio::test]
async fn what_cannot_be_started_says_why() {
    let start = async |config: Config| Sandbox::start(config).await.map(|_| ());
    let open = Config {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..Config::default()
    };
    assert!(matches!(
        start(open).await,
        Err(StartError::NotLoopback { .. })
    ));
    let unknown = Config {
        scenario: "nowhere".into(),
        ..Config::default()
    };
    assert!(matches!(
        start(unknown).await,
        Err(StartError::UnknownScenario { .. })
    ));
    let backwards = Config {
        speed: -1.0,
        ..Config::default()
    };
    assert!(matches!(
        start(backwards).await,
        Err(StartError::BadSpeed { .. })
    ));
    let first = Sandbox::start(Config::default()).await.unwrap();
    let address = first
        .connection()
        .aws_endpoint_url
        .trim_start_matches("http://")
        .to_owned();
    let taken = Config {
        listen: address.parse().unwrap(),
        ..Config::default()
    };
    assert!(matches!(start(taken).await, Err(StartError::Bind { .. })));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    Served::with(kept(&path)).await.sandbox.stop().await;
    let other = Config {
        scenario: "empty".into(),
        ..kept(&path)
    };
    match start(other).await {
        Err(StartError::World {
            source: WorldError::OtherScenario { .. },
            ..
        }) => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_world_that_cannot_be_saved_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("gone");
    let path = inside.join("world.json");
    let sandbox = Served::with(kept(&path)).await;
    let body = sandbox
        .gateway_body("orders-gateway", &["prod-data-1a"])
        .await;
    std::fs::remove_dir_all(&inside).unwrap();
    let failed = sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body.clone()))
        .await;
    assert_eq!(failed.refusal(), (500, "InternalFailure"));
    std::fs::create_dir(&inside).unwrap();
    sandbox
        .lattice(Method::POST, "/resourcegateways", Some(body))
        .await
        .ok();
}

#[tokio::test]
async fn secrets_are_not_printed() {
    let sandbox = Served::start().await;
    let printed = format!("{:?}", sandbox.sandbox);
    let connection = sandbox.connection();
    assert!(printed.contains(&connection.access_key_id));
    assert!(!printed.contains(&connection.secret_access_key));
    assert!(!printed.contains(&connection.clickhouse_key_secret));
}

#[tokio::test]
async fn the_empty_scenario_is_empty() {
    let config = Config {
        scenario: "empty".into(),
        ..Config::default()
    };
    let sandbox = Served::with(config).await;
    let databases = sandbox.query("rds", "Action=DescribeDBInstances").await;
    assert!(
        databases.text.contains("<DBInstances></DBInstances>"),
        "{}",
        databases.text
    );
    let list = sandbox.endpoints_path(crate::common::ORDERS_SERVICE);
    assert_eq!(
        sandbox.cloud(Method::GET, &list, None).await.ok()["result"],
        json!([])
    );
}
