"""Compares the sandbox's answers with those of moto, a simulator of AWS by others: where moto implements
the same read operation, the same request in a like world has an answer of the same shape. A member that both
send has the same type on the wire; a member that only moto sends is known here by name, with the reason. An
operation of which the two have no member in common compares nothing, and fails too.

What moto lacks is printed: it is no disagreement, the complete models decide about it (conformance.py).

Usage: moto_agrees.py PATH_OF_THE_SANDBOX FOLDER_OF_THE_MODELS
"""

import importlib
import inspect
import json
import os
import sys
import xml.etree.ElementTree as ElementTree

import boto3
from botocore import xform_name
from conformance import load_trim
from model_check import local
from standalone import sandbox

# Moto answers in this process; nothing leaves the machine. It wants credentials to be there.
os.environ.update(
    AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1"
)

import moto  # noqa: E402  (reads the environment)

REGION = "us-east-1"


def recorded(client):
    """The client, and a place where its latest answer is kept as it came."""
    latest = {}
    client.meta.events.register(
        "after-call",
        lambda http_response, model, **_: latest.update(response=http_response, model=model),
    )
    return client, latest


def shape_on_the_wire(latest):
    """Each member's path, with the types of its values on the wire."""
    found, model = {}, latest["model"]
    if model.service_model.protocol in ("rest-json", "json"):
        walk_json(model.output_shape, json.loads(latest["response"].content), "", found)
        return found
    root = ElementTree.fromstring(latest["response"].content)
    wrapper = model.output_shape.serialization.get("resultWrapper")
    if wrapper is not None:
        root = next(inner for inner in root if local(inner) == wrapper)
    walk_xml(model.output_shape, root, "", found)
    return found


def walk_json(shape, value, path, found):
    if shape.type_name == "structure":
        names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
        for name, inner in value.items():
            if name in names and inner is not None:
                walk_json(names[name][1], inner, f"{path}.{names[name][0]}", found)
    elif shape.type_name == "list":
        for inner in value:
            walk_json(shape.member, inner, f"{path}[]", found)
    else:
        kind = {int: "number", float: "number"}.get(type(value), type(value).__name__)
        found.setdefault(path, set()).add(kind)


def walk_xml(shape, element, path, found):
    if shape.type_name == "structure":
        names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
        for inner in element:
            if local(inner) in names:
                name, member = names[local(inner)]
                walk_xml(member, inner, f"{path}.{name}", found)
    elif shape.type_name == "list":
        for inner in element:
            walk_xml(shape.member, inner, f"{path}[]", found)
    else:
        text = element.text or ""
        found.setdefault(path, set()).add(text_type(shape, text))


def text_type(shape, text):
    if shape.type_name == "boolean":
        return "bool" if text in ("true", "false") else f"not a boolean: {text}"
    if shape.type_name in ("integer", "long"):
        return "number" if text.lstrip("-").isdigit() else f"not a number: {text}"
    return shape.type_name


def balance_and_offer(vpc, subnets):
    """A load balancer with a target, and an endpoint service on it."""
    ec2, elb = boto3.client("ec2", REGION), boto3.client("elbv2", REGION)
    tags = [{"Key": "Team", "Value": "data-platform"}]
    balancer = elb.create_load_balancer(
        Name="clickstream-kafka", Type="network", Scheme="internal", Subnets=subnets[:2], Tags=tags
    )["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(
        Name="clickstream-brokers", Protocol="TCP", Port=9092, VpcId=vpc, TargetType="ip", Tags=tags
    )["TargetGroups"][0]["TargetGroupArn"]
    listener = elb.create_listener(
        LoadBalancerArn=balancer, Protocol="TCP", Port=9092,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
    )["Listeners"][0]["ListenerArn"]
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": "172.31.0.9", "Port": 9092}])
    service = ec2.create_vpc_endpoint_service_configuration(
        NetworkLoadBalancerArns=[balancer], PrivateDnsName="kafka.clickstream.example.com",
        TagSpecifications=[{"ResourceType": "vpc-endpoint-service", "Tags": tags}],
    )["ServiceConfiguration"]["ServiceId"]
    ec2.modify_vpc_endpoint_service_permissions(
        ServiceId=service, AddAllowedPrincipals=["arn:aws:iam::072088201116:root"]
    )
    return {"balancer": balancer, "group": group, "listener": listener, "service": service}


def like_world():
    """Fills moto with what the sandbox's default world has, as far as moto knows it."""
    ec2, rds = boto3.client("ec2", REGION), boto3.client("rds", REGION)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "prod"}])
    subnets = [it["SubnetId"] for it in ec2.describe_subnets()["Subnets"]]
    ec2.create_tags(Resources=subnets[:1], Tags=[{"Key": "Name", "Value": "prod-data-1a"}])
    group = ec2.create_security_group(GroupName="db", Description="db", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{
        "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
        "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "inside"}],
    }])
    other = ec2.create_security_group(GroupName="gw", Description="gw", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{
        "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
        "UserIdGroupPairs": [{"GroupId": other}],
    }])
    # Moto's default subnets are /20 blocks of 172.31.0.0/16.
    block = ec2.describe_subnets(SubnetIds=subnets[:1])["Subnets"][0]["CidrBlock"]
    ec2.create_subnet_cidr_reservation(
        SubnetId=subnets[0], Cidr=block.replace("/20", "/28"), ReservationType="prefix", Description="pods"
    )
    ec2.create_network_interface(SubnetId=subnets[0], Groups=[group], Description="one")
    rds.create_db_subnet_group(
        DBSubnetGroupName="prod-data", DBSubnetGroupDescription="prod", SubnetIds=subnets[:3]
    )
    password = {"MasterUsername": "admin1", "MasterUserPassword": "not-a-secret-1"}
    rds.create_db_cluster(
        DBClusterIdentifier="orders-postgres", Engine="aurora-postgresql", DatabaseName="orders",
        DBSubnetGroupName="prod-data", VpcSecurityGroupIds=[group], **password,
    )
    rds.create_db_instance(
        DBInstanceIdentifier="orders-postgres-1", Engine="aurora-postgresql",
        DBClusterIdentifier="orders-postgres", DBInstanceClass="db.r6g.large",
    )
    rds.create_db_instance(
        DBInstanceIdentifier="inventory-postgres", Engine="postgres", DBInstanceClass="db.r6g.large",
        DBSubnetGroupName="prod-data", VpcSecurityGroupIds=[group], AllocatedStorage=20,
        DBName="inventory", PubliclyAccessible=False, **password,
    )
    rds.create_db_parameter_group(
        DBParameterGroupName="billing-mysql8", DBParameterGroupFamily="mysql8.0", Description="billing"
    )
    rds.modify_db_parameter_group(DBParameterGroupName="billing-mysql8", Parameters=[{
        "ParameterName": "skip_name_resolve", "ParameterValue": "0", "ApplyMethod": "pending-reboot",
    }])
    rds.create_db_cluster_parameter_group(
        DBClusterParameterGroupName="orders-replicated", DBParameterGroupFamily="aurora-postgresql16",
        Description="orders",
    )
    rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName="orders-replicated", Parameters=[{
        "ParameterName": "rds.logical_replication", "ParameterValue": "1", "ApplyMethod": "pending-reboot",
    }])
    made = balance_and_offer(vpc, subnets)
    kafka = boto3.client("kafka", REGION)
    cluster = kafka.create_cluster_v2(ClusterName="events", Provisioned={
        "BrokerNodeGroupInfo": {
            "ClientSubnets": subnets[:3], "InstanceType": "kafka.m7g.large", "SecurityGroups": [group],
        },
        "KafkaVersion": "3.6.0", "NumberOfBrokerNodes": 3,
    })["ClusterArn"]
    kafka.put_cluster_policy(ClusterArn=cluster, Policy=json.dumps({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kafka:*", "Resource": cluster}],
    }))
    service = boto3.client("vpc-lattice", REGION).create_service(name="tagged", tags={"Team": "data"})
    boto3.client("ram", REGION).create_resource_share(
        name="inventory-postgres", allowExternalPrincipals=True,
        resourceArns=["arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0123456789abcdef0"],
    )
    return {"tagged": service["arn"], "reserved": subnets[0], "cluster": cluster, **made}


EVENTS = f"arn:aws:kafka:{REGION}:111122223333:cluster/events/7d1c3b52-9a64-4f0d-8f55-0f6d2a9b7c31-9"
TELEMETRY = f"arn:aws:kafka:{REGION}:111122223333:cluster/telemetry/e5a94c03-71bd-4be2-a6f8-2d90c7e1835f-12"

# Of the default scenario: what stands before the clickstream Kafka.
ELB = f"arn:aws:elasticloadbalancing:{REGION}:111122223333"
BALANCER = f"{ELB}:loadbalancer/net/clickstream-kafka/0aabb66a7d66c6e6"
GROUP = f"{ELB}:targetgroup/clickstream-brokers/07a1bdee2eeca429"
LISTENER = f"{ELB}:listener/net/clickstream-kafka/0aabb66a7d66c6e6/04a2409dc71aafde"
SERVICE = "vpce-svc-0ac96217ca67dcb4a"

# Read operations that moto has too: service of boto3, operation, the request, and moto's where the two do
# not know the same things.
SAME = [
    ("sts", "GetCallerIdentity", {}),
    ("sts", "AssumeRole", {
        "RoleArn": "arn:aws:iam::111122223333:role/NetworkAdmin", "RoleSessionName": "moto",
    }),
    ("ec2", "DescribeRegions", {}),
    ("ec2", "DescribeAvailabilityZones", {}),
    ("ec2", "DescribeVpcs", {}),
    ("ec2", "DescribeSubnets", {}),
    ("ec2", "DescribeSecurityGroups", {}),
    ("ec2", "DescribeSecurityGroupRules", {}),
    ("ec2", "DescribeNetworkAcls", {}),
    ("ec2", "DescribeNetworkInterfaces", {}),
    (
        "ec2", "GetSubnetCidrReservations", {"SubnetId": "subnet-04a36ed199d8f96da"},
        lambda made: {"SubnetId": made["reserved"]},
    ),
    ("ec2", "DescribeVpcEndpointServiceConfigurations", {}),
    (
        "ec2", "DescribeVpcEndpointServicePermissions", {"ServiceId": SERVICE},
        lambda made: {"ServiceId": made["service"]},
    ),
    ("elbv2", "DescribeLoadBalancers", {}),
    ("elbv2", "DescribeTargetGroups", {}),
    (
        "elbv2", "DescribeLoadBalancerAttributes", {"LoadBalancerArn": BALANCER},
        lambda made: {"LoadBalancerArn": made["balancer"]},
    ),
    (
        "elbv2", "DescribeListeners", {"LoadBalancerArn": BALANCER},
        lambda made: {"LoadBalancerArn": made["balancer"]},
    ),
    (
        "elbv2", "DescribeListenerAttributes", {"ListenerArn": LISTENER},
        lambda made: {"ListenerArn": made["listener"]},
    ),
    (
        "elbv2", "DescribeTargetGroupAttributes", {"TargetGroupArn": GROUP},
        lambda made: {"TargetGroupArn": made["group"]},
    ),
    (
        "elbv2", "DescribeTargetHealth", {"TargetGroupArn": GROUP},
        lambda made: {"TargetGroupArn": made["group"]},
    ),
    (
        "elbv2", "DescribeTags", {"ResourceArns": [BALANCER]},
        lambda made: {"ResourceArns": [made["balancer"]]},
    ),
    ("rds", "DescribeDBClusters", {}),
    ("rds", "DescribeDBInstances", {}),
    ("rds", "DescribeDBParameters", {"DBParameterGroupName": "billing-mysql8"}),
    ("rds", "DescribeDBClusterParameters", {"DBClusterParameterGroupName": "orders-replicated"}),
    ("kafka", "ListClustersV2", {}),
    ("kafka", "DescribeCluster", {"ClusterArn": EVENTS}, lambda made: {"ClusterArn": made["cluster"]}),
    ("kafka", "DescribeClusterV2", {"ClusterArn": EVENTS}, lambda made: {"ClusterArn": made["cluster"]}),
    ("kafka", "GetClusterPolicy", {"ClusterArn": TELEMETRY}, lambda made: {"ClusterArn": made["cluster"]}),
    ("ram", "GetResourceShares", {"resourceOwner": "SELF"}),
    ("ram", "GetResourceShareAssociations", {"associationType": "RESOURCE"}),
    (
        "service-quotas", "GetServiceQuota", {"ServiceCode": "vpc-lattice", "QuotaCode": "L-0DCA4434"},
        lambda _: {"ServiceCode": "vpc", "QuotaCode": "L-F678F1CE"},
    ),
    (
        "vpc-lattice", "ListTagsForResource",
        {"resourceArn": f"arn:aws:vpc-lattice:{REGION}:111122223333:resourcegateway/rgw-071d6d2fbb25f2237"},
        lambda made: {"resourceArn": made["tagged"]},
    ),
]

# Read operations of the sandbox that moto does not have.
NOT_IN_MOTO = {
    ("ec2", "DescribeVpcEndpointConnections"),
    ("kafka", "DescribeClusterOperationV2"),
    ("kafka", "DescribeConfigurationRevision"),
    ("kafka", "GetBootstrapBrokers"),
    ("kafka", "ListClientVpcConnections"),
    ("kafka", "ListClusterOperationsV2"),
    ("kafka", "ListNodes"),
    ("pricing", "GetProducts"),
    ("service-quotas", "ListServiceQuotas"),
    ("vpc-lattice", "GetResourceConfiguration"),
    ("vpc-lattice", "GetResourceGateway"),
    ("vpc-lattice", "ListResourceConfigurations"),
    ("vpc-lattice", "ListResourceEndpointAssociations"),
    ("vpc-lattice", "ListResourceGateways"),
}

# Members that moto sends and the sandbox does not, by operation: each path with all below it.
MOTO_ALONE = {
    # No session policies are acted out, so they take no room.
    "AssumeRole": {".PackedPolicySize"},
    # No rule of the world with an address range has a description.
    "DescribeSecurityGroups": {".SecurityGroups[].IpPermissions[].IpRanges[].Description"},
    # Nothing asks for the hardware address or the VPC's own name of an interface.
    "DescribeNetworkInterfaces": {
        ".NetworkInterfaces[].MacAddress",
        ".NetworkInterfaces[].PrivateDnsName",
        ".NetworkInterfaces[].PrivateIpAddresses[].PrivateDnsName",
    },
    # A listener for TCP ends no TLS.
    "DescribeListeners": {".Listeners[].SslPolicy"},
    # Upkeep, storage, keys and licences of a database have no part in connecting to it.
    "DescribeDBClusters": {
        f".DBClusters[].{name}"
        for name in (
            "AutoMinorVersionUpgrade", "BacktrackWindow", "CopyTagsToSnapshot", "CrossAccountClone",
            "EarliestRestorableTime", "GlobalWriteForwardingRequested", "HostedZoneId",
            "HttpEndpointEnabled", "KmsKeyId", "LatestRestorableTime", "PreferredBackupWindow",
            "PreferredMaintenanceWindow", "StorageType",
        )
    },
    "DescribeDBInstances": {
        f".DBInstances[].{name}"
        for name in (
            "AutoMinorVersionUpgrade", "CACertificateIdentifier", "CopyTagsToSnapshot",
            "DBSubnetGroup.DBSubnetGroupArn", "KmsKeyId", "LatestRestorableTime",
            "LicenseModel", "MonitoringInterval", "OptionGroupMemberships", "PreferredBackupWindow",
            "PreferredMaintenanceWindow", "PromotionTier", "StorageType",
        )
    },
}

# Moto sends what only an unhealthy cluster, or one that is being changed, has; how a cluster stores, and
# ZooKeeper, have no part in connecting to it.
MOTO_ALONE |= {
    operation: {f"{cluster}.{name}" for name in ("ActiveOperationArn", "StateInfo")}
    | {
        f"{cluster}{provisioned}.{name}"
        for name in (
            "CustomerActionStatus", "StorageMode", "ZookeeperConnectString", "ZookeeperConnectStringTls",
        )
    }
    for operation, cluster, provisioned in (
        ("DescribeCluster", ".ClusterInfo", ""),
        ("DescribeClusterV2", ".ClusterInfo", ".Provisioned"),
        ("ListClustersV2", ".ClusterInfoList[]", ".Provisioned"),
    )
}


def moto_has(service, operation):
    try:
        responses = importlib.import_module(f"moto.{service.replace('-', '')}.responses")
    except ModuleNotFoundError:
        return False
    classes = [it for _, it in inspect.getmembers(responses, inspect.isclass)]
    return any(hasattr(it, xform_name(operation)) for it in classes)


def incomplete(trim):
    """Read operations of the sandbox that are named in neither list, and those that are in the wrong one."""
    writes = (
        "Accept", "Associate", "Create", "Delete", "Deregister", "Disassociate", "Modify", "Put",
        "Register", "Reject", "Set", "Start", "Tag", "Untag", "Update",
    )
    reads = {
        (folder, name)
        for folder, names in trim.SERVED.values()
        for name in names
        if not name.startswith(writes)
    }
    compared = {(service, operation) for service, operation, *_ in SAME}
    wrong = [f"{it} is in neither list" for it in sorted(reads - compared - NOT_IN_MOTO)]
    wrong += [f"{it} is in moto now" for it in sorted(NOT_IN_MOTO) if moto_has(*it)]
    wrong += [f"{it} is not served" for it in sorted((compared | NOT_IN_MOTO) - reads)]
    return wrong


def under(path, known):
    return any(path == it or path.startswith((f"{it}.", f"{it}[")) for it in known)


def main():
    ours, theirs = {}, {}
    with sandbox(sys.argv[1], "--speed", "0") as box:
        for service, operation, params, *_ in SAME:
            client, latest = recorded(box.client(service))
            client._make_api_call(operation, params)
            ours[service, operation] = shape_on_the_wire(latest)
    with moto.mock_aws():
        made = like_world()
        for service, operation, *params in SAME:
            client, latest = recorded(boto3.client(service, REGION))
            params = params[-1](made) if callable(params[-1]) else params[-1]
            client._make_api_call(operation, params)
            theirs[service, operation] = shape_on_the_wire(latest)
    wrong = incomplete(load_trim(sys.argv[2]))
    total = 0
    for service, operation, *_ in SAME:
        own, other = ours[service, operation], theirs[service, operation]
        known = MOTO_ALONE.get(operation, ())
        common = own.keys() & other.keys()
        total += len(common)
        if not common:
            wrong.append(f"{service} {operation}: no member in common, so that nothing is compared")
        for path in common:
            if own[path] != other[path]:
                wrong.append(f"{operation}{path}: {own[path]} here, {other[path]} in moto")
        alone = sorted(path for path in other.keys() - own.keys())
        wrong += [f"{operation}{path}: only moto sends it" for path in alone if not under(path, known)]
        stale = [it for it in known if not any(under(path, (it,)) for path in alone)]
        wrong += [f"{operation}{path}: moto does not send it alone (any more)" for path in stale]
        lacks = sorted(own.keys() - other.keys())
        print(f"{service} {operation}: {len(common)} members in common")
        if lacks:
            print(f"    moto lacks {', '.join(path.lstrip('.') for path in lacks)}")
    print(f"{total} members of {len(SAME)} operations compared")
    if wrong:
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
