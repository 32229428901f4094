"""The whole VPC resource set-up as a customer would script it: boto3 for AWS, urllib for the Cloud
API, against the stand-alone sandbox; then everything taken down again, in order.

Usage: whole_job.py PATH_OF_THE_SANDBOX
"""

import sys

from standalone import CLICKPIPES_ACCOUNT, sandbox


def set_up(box):
    ec2, rds = box.client("ec2"), box.client("rds")
    lattice, ram = box.client("vpc-lattice"), box.client("ram")

    cluster = rds.describe_db_clusters(DBClusterIdentifier="orders-postgres")["DBClusters"][0]
    writer = rds.describe_db_instances(
        Filters=[{"Name": "db-cluster-id", "Values": ["orders-postgres"]}]
    )["DBInstances"]
    assert not any(instance["PubliclyAccessible"] for instance in writer)
    vpc = writer[0]["DBSubnetGroup"]["VpcId"]
    subnets = ec2.describe_subnets(
        Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "tag:Name", "Values": ["prod-data-*"]}]
    )["Subnets"]
    assert len({subnet["AvailabilityZoneId"] for subnet in subnets}) == 3
    group = ec2.describe_security_groups(
        Filters=[{"Name": "group-name", "Values": ["clickpipes-gateway"]}]
    )["SecurityGroups"][0]

    gateway = lattice.create_resource_gateway(
        name="orders-gateway",
        vpcIdentifier=vpc,
        subnetIds=[subnet["SubnetId"] for subnet in subnets],
        securityGroupIds=[group["GroupId"]],
        tags={"run": "0193a1"},
    )
    assert gateway["status"] == "CREATE_IN_PROGRESS"

    def active(get, **identifier):
        status = get(**identifier)["status"]
        assert status in ("CREATE_IN_PROGRESS", "ACTIVE"), status
        return status if status == "ACTIVE" else None

    box.wait(
        "the gateway",
        lambda: active(lattice.get_resource_gateway, resourceGatewayIdentifier=gateway["id"]),
    )
    interfaces = ec2.describe_network_interfaces(
        Filters=[{"Name": "description", "Values": [f"*{gateway['id']}*"]}]
    )["NetworkInterfaces"]
    assert len(interfaces) == 3
    assert all(len(interface["Ipv4Prefixes"]) == 1 for interface in interfaces)

    configuration = lattice.create_resource_configuration(
        name="orders-postgres",
        type="ARN",
        resourceGatewayIdentifier=gateway["id"],
        resourceConfigurationDefinition={"arnResource": {"arn": cluster["DBClusterArn"]}},
    )
    box.wait(
        "the configuration",
        lambda: active(
            lattice.get_resource_configuration,
            resourceConfigurationIdentifier=configuration["id"],
        ),
    )

    share = ram.create_resource_share(
        name="orders-postgres",
        resourceArns=[configuration["arn"]],
        principals=[CLICKPIPES_ACCOUNT],
        allowExternalPrincipals=True,
        tags=[{"key": "run", "value": "0193a1"}],
    )["resourceShare"]["resourceShareArn"]

    def association(kind):
        pages = ram.get_paginator("get_resource_share_associations").paginate(
            associationType=kind, resourceShareArns=[share]
        )
        return [item for page in pages for item in page["resourceShareAssociations"]][0]

    box.wait(
        "the resource in the share",
        lambda: True if association("RESOURCE")["status"] == "ASSOCIATED" else None,
    )
    # A foreign principal stays so until it accepts; that is no failure.
    assert association("PRINCIPAL")["status"] == "ASSOCIATING"

    organization = box.connection["organization_id"]
    services = box.cloud("GET", f"/organizations/{organization}/services")[1]["result"]
    service = next(it for it in services if it["name"] == "orders-analytics")
    endpoints = f"/organizations/{organization}/services/{service['id']}/clickpipesReversePrivateEndpoints"
    status, created = box.cloud(
        "POST",
        endpoints,
        {
            "description": "orders-postgres",
            "type": "VPC_RESOURCE",
            "vpcResourceConfigurationId": configuration["id"],
            "vpcResourceShareArn": share,
        },
    )
    assert status == 200 and created["result"]["status"] == "Provisioning", created
    endpoint_path = f"{endpoints}/{created['result']['id']}"
    # Polling costs requests of the limited kind: move the clock instead.
    box.advance(60)
    ready = box.cloud("GET", endpoint_path)[1]["result"]
    assert ready["status"] == "Ready", ready
    box.advance(5)
    ready = box.cloud("GET", endpoint_path)[1]["result"]
    (name,) = ready["dnsNames"]
    assert name.startswith(ready["endpointId"]) and configuration["id"] in name, name
    assert name.endswith(".vpc-lattice-rsc.us-east-1.on.aws"), name
    assert association("PRINCIPAL")["status"] == "ASSOCIATED"
    (attached,) = lattice.list_resource_endpoint_associations(
        resourceConfigurationIdentifier=configuration["id"]
    )["items"]
    assert attached["vpcEndpointOwner"] == CLICKPIPES_ACCOUNT
    assert attached["vpcEndpointId"] == ready["endpointId"]
    return gateway["id"], configuration["id"], share, endpoint_path


def take_down(box, gateway, configuration, share, endpoint_path):
    lattice, ram = box.client("vpc-lattice"), box.client("ram")
    assert box.cloud("DELETE", endpoint_path)[0] == 200
    box.advance(30)
    assert box.cloud("GET", endpoint_path)[0] == 404
    associations = lattice.list_resource_endpoint_associations(
        resourceConfigurationIdentifier=configuration
    )["items"]
    assert associations == []
    # The share stays behind and must be removed by hand.
    assert ram.delete_resource_share(resourceShareArn=share)["returnValue"]
    box.advance(20)
    lattice.delete_resource_configuration(resourceConfigurationIdentifier=configuration)
    box.advance(20)
    lattice.delete_resource_gateway(resourceGatewayIdentifier=gateway)
    box.advance(20)
    try:
        lattice.get_resource_gateway(resourceGatewayIdentifier=gateway)
    except lattice.exceptions.ResourceNotFoundException:
        return
    raise SystemExit("the gateway is still there")


def main():
    with sandbox(sys.argv[1], "--speed", "60") as box:
        before = box.control("GET", "/world")
        made = set_up(box)
        take_down(box, *made)
        after = box.control("GET", "/world")
        kept = ("network_interfaces", "resource_gateways", "resource_configurations")
        for kind in (*kept, "endpoint_associations"):
            home = [world["regions"]["us-east-1"][kind] for world in (before, after)]
            assert home[0] == home[1], kind
    print("the whole job: done and undone")


if __name__ == "__main__":
    main()
