"""Calls every operation that the sandbox serves with boto3 as a customer would use them together: pages,
filters, a whole life from made to deleted. Each answer is held to botocore's complete model on the way;
conformance.py does so operation by operation, with what is refused.

Usage: every_operation.py PATH_OF_THE_SANDBOX FOLDER_OF_THE_MODELS
"""

import json
import sys

import botocore.exceptions
from conformance import load_trim
from model_check import Checker
import private_link_calls
from standalone import CLICKPIPES_ACCOUNT, sandbox

NO_CLUSTER = "arn:aws:kafka:us-east-1:111122223333:cluster/none/5f0c1d2e-0000-4000-8000-000000000000-1"


class Watch:
    """Notes which operations are called, and checks every answer as it comes from the wire."""

    def __init__(self):
        self.called, self.checker = set(), Checker()

    def watch(self, client):
        client.meta.events.register("after-call", self.note)
        return client

    def note(self, http_response, model, **_):
        self.called.add((model.service_model.signing_name, model.name))
        self.checker.answer(model, http_response)


def read_everything(clients):
    sts, ec2, rds, kafka = (clients[name] for name in ("sts", "ec2", "rds", "kafka"))
    assert sts.get_caller_identity()["Account"] == "111122223333"
    assert "us-east-2" in [it["RegionName"] for it in ec2.describe_regions()["Regions"]]
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    assert {zone["ZoneId"] for zone in zones} == {"use1-az1", "use1-az4", "use1-az6"}
    prod = ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["prod"]}])["Vpcs"][0]["VpcId"]
    in_prod = [{"Name": "vpc-id", "Values": [prod]}]
    subnets = ec2.describe_subnets(Filters=in_prod)["Subnets"]
    sizes = {subnet["CidrBlock"].split("/")[1] for subnet in subnets}
    assert sizes == {"24", "26", "27"}, sizes
    for operation, key in [
        ("describe_subnets", "Subnets"),
        ("describe_security_groups", "SecurityGroups"),
        ("describe_security_group_rules", "SecurityGroupRules"),
        ("describe_network_interfaces", "NetworkInterfaces"),
    ]:
        whole = getattr(ec2, operation)()[key]
        pages = ec2.get_paginator(operation).paginate(PaginationConfig={"PageSize": 5})
        paged = [item for page in pages for item in page[key]]
        assert whole == paged and len(whole) > 5, operation
    acls = ec2.describe_network_acls(Filters=in_prod)["NetworkAcls"]
    assert sum(len(acl["Associations"]) for acl in acls) == len(subnets)
    reserved = [
        reservation["ReservationType"]
        for subnet in subnets
        for reservation in ec2.get_subnet_cidr_reservations(SubnetId=subnet["SubnetId"])[
            "SubnetIpv4CidrReservations"
        ]
    ]
    assert sorted(reserved) == ["explicit", "prefix"]
    mysql = [{"Name": "engine", "Values": ["mysql"]}]
    (instance,) = rds.describe_db_instances(Filters=mysql)["DBInstances"]
    assert instance["DBInstanceIdentifier"] == "billing-mysql"
    assert len(rds.describe_db_clusters()["DBClusters"]) >= 4
    read_parameters(rds, instance)
    read_clusters(kafka)
    read_account(clients)
    return prod, [it["SubnetId"] for it in subnets if it["CidrBlock"].startswith("10.20.1.")]


def read_parameters(rds, mysql):
    """What a group sets, what the engine has, and one of them by its name."""
    (group,) = [it["DBParameterGroupName"] for it in mysql["DBParameterGroups"]]
    by_name = [{"Name": "parameter-name", "Values": ["skip_name_resolve"]}]
    (found,) = rds.describe_db_parameters(DBParameterGroupName=group, Filters=by_name)["Parameters"]
    assert (found["ParameterValue"], found["Source"]) == ("0", "user"), found
    own = rds.describe_db_parameters(DBParameterGroupName="default.mysql8.0", Filters=by_name)["Parameters"]
    assert "ParameterValue" not in own[0] and own[0]["Source"] == "engine-default", own
    (cluster,) = rds.describe_db_clusters(DBClusterIdentifier="orders-postgres")["DBClusters"]
    pages = rds.get_paginator("describe_db_cluster_parameters").paginate(
        DBClusterParameterGroupName=cluster["DBClusterParameterGroup"], Source="user"
    )
    found = [(it["ParameterName"], it["ParameterValue"]) for page in pages for it in page["Parameters"]]
    assert found == [("rds.logical_replication", "1")], found


def read_clusters(kafka):
    pages = kafka.get_paginator("list_clusters_v2").paginate(PaginationConfig={"PageSize": 3})
    clusters = {it["ClusterName"]: it for page in pages for it in page["ClusterInfoList"]}
    kinds = [it["ClusterType"] for it in clusters.values()]
    assert kinds.count("SERVERLESS") == 1 and len(kinds) == 8, kinds
    cluster = clusters["events"]
    arn = {"ClusterArn": cluster["ClusterArn"]}
    assert kafka.describe_cluster_v2(**arn)["ClusterInfo"] == cluster
    flat, own = kafka.describe_cluster(**arn)["ClusterInfo"], cluster["Provisioned"]
    assert flat["ClientAuthentication"] == own["ClientAuthentication"]
    software = own["CurrentBrokerSoftwareInfo"]
    revision = kafka.describe_configuration_revision(
        Arn=software["ConfigurationArn"], Revision=software["ConfigurationRevision"]
    )
    assert b"allow.everyone.if.no.acl.found=false" in revision["ServerProperties"]
    pages = kafka.get_paginator("list_nodes").paginate(**arn, PaginationConfig={"PageSize": 2})
    nodes = [it["BrokerNodeInfo"] for page in pages for it in page["NodeInfoList"]]
    assert [it["BrokerId"] for it in nodes] == [1.0, 2.0, 3.0]
    assert {it["ClientSubnet"] for it in nodes} == set(own["BrokerNodeGroupInfo"]["ClientSubnets"])


def open_a_cluster(box, kafka):
    """Multi-VPC connectivity, policy, connection, and all of it away again."""
    (cluster,) = kafka.list_clusters_v2(ClusterNameFilter="events")["ClusterInfoList"]
    arn = {"ClusterArn": cluster["ClusterArn"]}
    begun = kafka.update_connectivity(
        **arn,
        CurrentVersion=cluster["CurrentVersion"],
        ConnectivityInfo={
            "VpcConnectivity": {"ClientAuthentication": {"Sasl": {"Iam": {"Enabled": True}}}}
        },
    )
    operation = {"ClusterOperationArn": begun["ClusterOperationArn"]}
    states = []
    for wait in (0, 3600, 3600):
        box.advance(wait)
        found = kafka.describe_cluster_operation_v2(**operation)["ClusterOperationInfo"]
        states.append(found["OperationState"])
    assert states == ["PENDING", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE"], states
    pages = kafka.get_paginator("list_cluster_operations_v2").paginate(**arn)
    listed = [it["OperationArn"] for page in pages for it in page["ClusterOperationInfoList"]]
    assert listed == [begun["ClusterOperationArn"]]
    brokers = kafka.get_bootstrap_brokers(**arn)["BootstrapBrokerStringVpcConnectivitySaslIam"]
    ports = [it.rsplit(":", 1)[1] for it in brokers.split(",")]
    assert ports == ["14001", "14002", "14003"], brokers

    policy = json.dumps({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": CLICKPIPES_ACCOUNT}, "Action": "kafka:*",
            "Resource": cluster["ClusterArn"],
        }],
    })
    version = kafka.put_cluster_policy(**arn, Policy=policy)["CurrentVersion"]
    found = kafka.get_cluster_policy(**arn)
    assert found["CurrentVersion"] == version
    principal = json.loads(found["Policy"])["Statement"][0]["Principal"]["AWS"]
    assert principal == f"arn:aws:iam::{CLICKPIPES_ACCOUNT}:root"

    box.control("POST", "/operator", {"act": f"connect-msk SASL_IAM {cluster['ClusterArn']}"})
    box.advance(60)
    pages = kafka.get_paginator("list_client_vpc_connections").paginate(**arn)
    (connection,) = [it for page in pages for it in page["ClientVpcConnections"]]
    assert (connection["State"], connection["Owner"]) == ("AVAILABLE", CLICKPIPES_ACCOUNT)
    kafka.reject_client_vpc_connection(**arn, VpcConnectionArn=connection["VpcConnectionArn"])
    kafka.delete_cluster_policy(**arn)


def read_account(clients):
    quotas, prices = clients["servicequotas"], clients["pricing"]
    pages = quotas.get_paginator("list_service_quotas").paginate(
        ServiceCode="vpc-lattice", PaginationConfig={"PageSize": 2}
    )
    values = {quota["QuotaCode"]: quota["Value"] for page in pages for quota in page["Quotas"]}
    one = quotas.get_service_quota(ServiceCode="vpc-lattice", QuotaCode="L-0DCA4434")["Quota"]
    assert len(values) > 2 and values["L-0DCA4434"] == one["Value"] == 500.0, values
    pages = prices.get_paginator("get_products").paginate(
        ServiceCode="AmazonVPC",
        Filters=[{"Type": "TERM_MATCH", "Field": "regionCode", "Value": "us-east-1"}],
        PaginationConfig={"PageSize": 2},
    )
    rows = [json.loads(row) for page in pages for row in page["PriceList"]]
    usage = [row["product"]["attributes"]["usagetype"] for row in rows]
    assert len(set(usage)) == len(usage) > 2 and "USE1-VpcEndpoint-Hours" in usage, usage


def group_of_nodes(box, lattice, gateway):
    """A group with a child per node of a replica set, and all of it away again."""
    group = lattice.create_resource_configuration(
        name="nodes", type="GROUP", resourceGatewayIdentifier=gateway["id"]
    )
    box.advance(20)
    nodes = [
        lattice.create_resource_configuration(
            name=f"node-{number}",
            type="CHILD",
            portRanges=["27017"],
            resourceConfigurationGroupIdentifier=group["arn"],
            resourceConfigurationDefinition={
                "dnsResource": {
                    "domainName": f"mongo-{number}.catalog.example.com", "ipAddressType": "IPV4",
                }
            },
        )["id"]
        for number in range(3)
    ]
    box.advance(20)
    pages = lattice.get_paginator("list_resource_configurations").paginate(
        resourceConfigurationGroupIdentifier=group["id"], PaginationConfig={"PageSize": 2}
    )
    listed = [item for page in pages for item in page["items"]]
    assert [item["id"] for item in listed] == nodes
    assert {item["resourceGatewayId"] for item in listed} == {gateway["id"]}
    for each in (*nodes, group["id"]):
        lattice.delete_resource_configuration(resourceConfigurationIdentifier=each)
        box.advance(20)


def assume_a_role(box, clients):
    assumed = clients["sts"].assume_role(
        RoleArn="arn:aws:iam::111122223333:role/NetworkAdmin", RoleSessionName="conformance"
    )
    keys = assumed["Credentials"]
    assert keys["Expiration"].tzinfo is not None
    role = box.client("sts", keys=keys)
    assert role.get_caller_identity()["Arn"] == assumed["AssumedRoleUser"]["Arn"]


def write_everything(box, clients, vpc, subnets):
    lattice, ram = clients["vpc-lattice"], clients["ram"]
    gateway = lattice.create_resource_gateway(name="gw-one", vpcIdentifier=vpc, subnetIds=subnets)
    box.advance(40)
    lattice.update_resource_gateway(
        resourceGatewayIdentifier=gateway["id"], resourceConfigDnsResolution="IN_VPC"
    )
    box.advance(20)
    assert lattice.get_resource_gateway(resourceGatewayIdentifier=gateway["arn"])["vpcId"] == vpc
    lattice.tag_resource(resourceArn=gateway["arn"], tags={"a": "1", "b": "2"})
    lattice.untag_resource(resourceArn=gateway["arn"], tagKeys=["a"])
    assert lattice.list_tags_for_resource(resourceArn=gateway["arn"])["tags"] == {"b": "2"}
    configuration = lattice.create_resource_configuration(
        name="broker",
        type="SINGLE",
        portRanges=["9098"],
        protocol="TCP",
        resourceGatewayIdentifier=gateway["id"],
        resourceConfigurationDefinition={
            "dnsResource": {"domainName": "boot.kafka.example.com", "ipAddressType": "IPV4"}
        },
    )
    identifier = {"resourceConfigurationIdentifier": configuration["id"]}
    box.advance(20)
    lattice.update_resource_configuration(**identifier, portRanges=["9098", "9100-9110"])
    box.advance(20)
    ports = lattice.get_resource_configuration(**identifier)["portRanges"]
    assert ports == ["9098", "9100-9110"]
    gateways = [
        item["name"]
        for page in lattice.get_paginator("list_resource_gateways").paginate(
            PaginationConfig={"PageSize": 1}
        )
        for item in page["items"]
    ]
    assert "gw-one" in gateways and len(gateways) == 5
    listed = lattice.list_resource_configurations(resourceGatewayIdentifier=gateway["id"])["items"]
    assert [item["id"] for item in listed] == [configuration["id"]]
    assert lattice.list_resource_endpoint_associations(**identifier)["items"] == []

    share = ram.create_resource_share(name="broker")["resourceShare"]["resourceShareArn"]
    ram.associate_resource_share(
        resourceShareArn=share,
        resourceArns=[configuration["arn"]],
        principals=[CLICKPIPES_ACCOUNT],
    )
    ram.tag_resource(resourceShareArn=share, tags=[{"key": "run", "value": "7"}])
    pages = ram.get_paginator("get_resource_shares").paginate(
        resourceOwner="SELF", tagFilters=[{"tagKey": "run", "tagValues": ["7"]}]
    )
    found = [item["name"] for page in pages for item in page["resourceShares"]]
    assert found == ["broker"]
    ram.untag_resource(resourceShareArn=share, tagKeys=["run"])
    box.advance(20)
    associations = ram.get_resource_share_associations(
        associationType="RESOURCE", resourceShareArns=[share]
    )["resourceShareAssociations"]
    assert [it["status"] for it in associations] == ["ASSOCIATED"]
    ram.disassociate_resource_share(resourceShareArn=share, resourceArns=[configuration["arn"]])
    ram.delete_resource_share(resourceShareArn=share)
    box.advance(20)
    lattice.delete_resource_configuration(**identifier)
    box.advance(20)
    group_of_nodes(box, lattice, gateway)
    lattice.delete_resource_gateway(resourceGatewayIdentifier=gateway["id"])
    # The seeded endpoint, taken off by the owner of the resource.
    inventory = lattice.list_resource_configurations()["items"][0]["id"]
    attached = lattice.list_resource_endpoint_associations(resourceConfigurationIdentifier=inventory)
    lattice.delete_resource_endpoint_association(
        resourceEndpointAssociationIdentifier=attached["items"][0]["id"]
    )


def refusals(box, clients):
    """botocore finds each service's errors where it looks for them."""
    unknown = "subnet-00000000000000000"
    for client, call, arguments, code, status in [
        ("ec2", "describe_subnets", {"SubnetIds": [unknown]}, "InvalidSubnetID.NotFound", 400),
        ("ec2", "describe_vpcs", {"Filters": [{"Name": "no", "Values": ["x"]}]}, "InvalidParameterValue", 400),
        ("ec2", "describe_regions", {"DryRun": True}, "DryRunOperation", 412),
        ("rds", "describe_db_clusters", {"DBClusterIdentifier": "no"}, "DBClusterNotFoundFault", 404),
        ("rds", "describe_db_instances", {"DBInstanceIdentifier": "no"}, "DBInstanceNotFound", 404),
        ("rds", "describe_db_parameters", {"DBParameterGroupName": "no"}, "DBParameterGroupNotFound", 404),
        # A group of clusters is none of instances.
        ("rds", "describe_db_parameters", {"DBParameterGroupName": "orders-replicated"}, "DBParameterGroupNotFound", 404),
        ("rds", "describe_db_cluster_parameters", {"DBClusterParameterGroupName": "default.none1"}, "DBParameterGroupNotFound", 404),
        ("vpc-lattice", "get_resource_gateway", {"resourceGatewayIdentifier": "rgw-00000000000000000"}, "ResourceNotFoundException", 404),
        ("ram", "delete_resource_share", {"resourceShareArn": "arn:nonsense"}, "MalformedArnException", 400),
        ("kafka", "list_clusters_v2", {"NextToken": "no"}, "BadRequestException", 400),
        ("kafka", "describe_cluster_v2", {"ClusterArn": NO_CLUSTER}, "NotFoundException", 404),
        ("kafka", "get_bootstrap_brokers", {"ClusterArn": NO_CLUSTER}, "BadRequestException", 400),
        ("sts", "assume_role", {"RoleArn": "arn:aws:iam::111122223333:role/Nobody", "RoleSessionName": "no"}, "AccessDenied", 403),
        ("servicequotas", "list_service_quotas", {"ServiceCode": "nothing"}, "NoSuchResourceException", 400),
        ("pricing", "get_products", {"ServiceCode": "Nothing"}, "InvalidParameterException", 400),
    ]:
        try:
            getattr(clients[client], call)(**arguments)
        except botocore.exceptions.ClientError as error:
            got = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
            assert got == (code, status), (call, got)
        else:
            raise SystemExit(f"{call} was not refused")
    for service, code in [
        ("sts", "InvalidClientTokenId"),
        ("ec2", "AuthFailure"),
        ("ram", "UnrecognizedClientException"),
    ]:
        stranger = box.client(service, access_key_id="AKIAIOSFODNN7EXAMPLE")
        call = {"sts": "get_caller_identity", "ec2": "describe_vpcs"}.get(service, "get_resource_shares")
        try:
            getattr(stranger, call)(**({"resourceOwner": "SELF"} if service == "ram" else {}))
        except botocore.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == code, error
        else:
            raise SystemExit(f"{service} took a stranger's key")


def main():
    trim = load_trim(sys.argv[2])
    served = {(service, name) for service, (_, names) in trim.SERVED.items() for name in names}

    calls = Watch()
    with sandbox(sys.argv[1]) as box:
        clients = {
            service: calls.watch(box.client(name)) for service, (name, _) in trim.SERVED.items()
        }
        vpc, subnets = read_everything(clients)
        write_everything(box, clients, vpc, subnets)
        open_a_cluster(box, clients["kafka"])
        private_link_calls.call_them(box, clients, vpc, subnets)
        assume_a_role(box, clients)
        refusals(box, clients)
    missing = served - calls.called
    if missing:
        raise SystemExit(f"never called: {sorted(missing)}")
    if calls.checker.problems:
        raise SystemExit("\n".join(sorted(set(calls.checker.problems))))
    print(f"{len(served)} operations answer as botocore's models say")


if __name__ == "__main__":
    main()
