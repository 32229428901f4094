"""Calls every operation that the sandbox serves with boto3, and holds each answer to botocore's full
model: no member that the model has not, every value within its enum, pattern and length.

Usage: every_operation.py PATH_OF_THE_SANDBOX FOLDER_OF_THE_MODELS
"""

import importlib.util
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

import botocore.exceptions
from standalone import CLICKPIPES_ACCOUNT, sandbox

# The model of AWS itself is wrong about these (see the project's notes on AWS): none so far.
NOT_AS_MODELLED = set()


class Conformance:
    """Checks every answer as it comes from the wire, before botocore drops what it does not know."""

    def __init__(self):
        self.called, self.problems = set(), []

    def watch(self, client):
        client.meta.events.register("after-call", self.check)
        return client

    def check(self, http_response, model, **_):
        service = model.service_model.signing_name
        self.called.add((service, model.name))
        if http_response.status_code >= 300 or model.output_shape is None:
            return
        where = f"{service} {model.name}"
        if model.service_model.protocol in ("rest-json", "json"):
            if http_response.content:
                self.json(where, model.output_shape, json.loads(http_response.content))
            return
        root = ElementTree.fromstring(http_response.content)
        wrapper = model.output_shape.serialization.get("resultWrapper")
        elements = root if wrapper is None else root.find(self.namespaced(root, wrapper))
        known = {"requestId"} if wrapper is None else set()
        self.xml(where, model.output_shape, elements, known)

    @staticmethod
    def namespaced(root, name):
        return root.tag.split("}")[0] + "}" + name

    def json(self, path, shape, value):
        if shape.type_name == "structure":
            names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
            for name, inner in value.items():
                if name not in names:
                    self.problems.append(f"{path}: unknown member {name}")
                else:
                    self.json(f"{path}.{name}", names[name][1], inner)
        elif shape.type_name == "list":
            for item in value:
                self.json(f"{path}[]", shape.member, item)
        elif shape.type_name == "map":
            for item in value.values():
                self.json(f"{path}{{}}", shape.value, item)
        else:
            self.scalar(path, shape, value)

    def xml(self, path, shape, element, known=frozenset()):
        if shape.type_name == "structure":
            names = {m.serialization.get("name", n): m for n, m in shape.members.items()}
            for inner in element:
                name = inner.tag.split("}")[-1]
                if name in known:
                    continue
                if name not in names:
                    self.problems.append(f"{path}: unknown member {name}")
                else:
                    self.xml(f"{path}.{name}", names[name], inner)
        elif shape.type_name == "list":
            wanted = shape.member.serialization.get("name", "member")
            for inner in element:
                if inner.tag.split("}")[-1] != wanted:
                    self.problems.append(f"{path}: {inner.tag} instead of {wanted}")
                self.xml(f"{path}[]", shape.member, inner)
        else:
            self.scalar(path, shape, element.text or "")

    def scalar(self, path, shape, value):
        limits = shape.metadata
        if "enum" in limits and value not in limits["enum"] and path not in NOT_AS_MODELLED:
            self.problems.append(f"{path}: {value!r} is not in the enum")
        if shape.type_name != "string":
            return
        if not isinstance(value, str):
            self.problems.append(f"{path}: {value!r} is not a string")
            return
        if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
            self.problems.append(f"{path}: {value!r} does not match {limits['pattern']}")
        if not limits.get("min", 0) <= len(value) <= limits.get("max", sys.maxsize):
            self.problems.append(f"{path}: {value!r} has a wrong length")


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
    (cluster,) = kafka.list_clusters_v2(ClusterNameFilter="ev")["ClusterInfoList"]
    assert cluster["Provisioned"]["ClientAuthentication"]["Sasl"]["Iam"]["Enabled"] is True
    read_account(clients)
    return prod, [it["SubnetId"] for it in subnets if it["CidrBlock"].startswith("10.20.1.")]


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
        ("vpc-lattice", "get_resource_gateway", {"resourceGatewayIdentifier": "rgw-00000000000000000"}, "ResourceNotFoundException", 404),
        ("ram", "delete_resource_share", {"resourceShareArn": "arn:nonsense"}, "MalformedArnException", 400),
        ("kafka", "list_clusters_v2", {"NextToken": "no"}, "BadRequestException", 400),
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
    models = pathlib.Path(sys.argv[2])
    spec = importlib.util.spec_from_file_location("trim", models / "trim.py")
    trim = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(trim)
    served = {(service, name) for service, (_, names) in trim.SERVED.items() for name in names}

    conformance = Conformance()
    with sandbox(sys.argv[1]) as box:
        clients = {
            service: conformance.watch(box.client(name)) for service, (name, _) in trim.SERVED.items()
        }
        vpc, subnets = read_everything(clients)
        write_everything(box, clients, vpc, subnets)
        assume_a_role(box, clients)
        refusals(box, clients)
    missing = served - conformance.called
    if missing:
        raise SystemExit(f"never called: {sorted(missing)}")
    if conformance.problems:
        raise SystemExit("\n".join(sorted(set(conformance.problems))))
    print(f"{len(served)} operations answer as botocore's models say")


if __name__ == "__main__":
    main()
