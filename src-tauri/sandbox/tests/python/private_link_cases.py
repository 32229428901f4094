"""The requests for load balancers and endpoint services that conformance.py makes, in an order in which each is
possible: (service, operation, request, name of its answer, how long what it set going takes)."""

from standalone import CLICKPIPES_ACCOUNT

ELB, EC2 = "elasticloadbalancing", "ec2"

# Of the default scenario: a service with one connection of ClickPipes and one of somebody else, who wait.
BILLING = {"ServiceId": "vpce-svc-067154570d6ca8c45"}


def balancer(known):
    return {"LoadBalancerArn": known["balancer"]["LoadBalancers"][0]["LoadBalancerArn"]}


def group(known):
    return {"TargetGroupArn": known["group"]["TargetGroups"][0]["TargetGroupArn"]}


def listener(known):
    return {"ListenerArn": known["listener"]["Listeners"][0]["ListenerArn"]}


def service(known):
    return {"ServiceId": known["service"]["ServiceConfiguration"]["ServiceId"]}


def waiting(known, owner_is_clickpipes):
    found = known["connections"]["VpcEndpointConnections"]
    ids = [
        it["VpcEndpointId"] for it in found
        if it["ServiceId"] == BILLING["ServiceId"]
        and (it["VpcEndpointOwner"] == CLICKPIPES_ACCOUNT) == owner_is_clickpipes
    ]
    return {**BILLING, "VpcEndpointIds": ids}


MADE = [
    (ELB, "CreateLoadBalancer", lambda known: {
        "Name": "conformance", "Type": "network", "Scheme": "internal", "IpAddressType": "ipv4",
        "Subnets": [it["SubnetId"] for it in known["subnets"]["Subnets"]],
        "SecurityGroups": [known["groups"]["SecurityGroups"][0]["GroupId"]],
        "Tags": [{"Key": "Team", "Value": "data"}],
    }, "balancer", 150),
    (ELB, "CreateTargetGroup", lambda known: {
        "Name": "conformance", "Protocol": "TCP", "Port": 5432, "TargetType": "ip",
        "VpcId": known["vpcs"]["Vpcs"][0]["VpcId"], "HealthCheckIntervalSeconds": 10,
        "HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 2, "UnhealthyThresholdCount": 2,
        "Tags": [{"Key": "Team", "Value": "data"}],
    }, "group", 0),
    (ELB, "CreateListener", lambda known: {
        **balancer(known), "Protocol": "TCP", "Port": 5432,
        "DefaultActions": [{"Type": "forward", **group(known)}], "Tags": [{"Key": "Team", "Value": "data"}],
    }, "listener", 0),
    (ELB, "RegisterTargets", lambda known: {
        **group(known), "Targets": [{"Id": "10.20.3.10", "Port": 5432}],
    }, None, 0),
    (ELB, "DescribeLoadBalancers", lambda _: {"PageSize": 3}, None, 0),
    (ELB, "DescribeLoadBalancerAttributes", balancer, None, 0),
    (ELB, "ModifyLoadBalancerAttributes", lambda known: {
        **balancer(known), "Attributes": [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}],
    }, None, 0),
    (ELB, "SetSecurityGroups", lambda known: {
        **balancer(known), "SecurityGroups": [known["groups"]["SecurityGroups"][0]["GroupId"]],
        "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off",
    }, None, 0),
    (ELB, "DescribeListeners", balancer, None, 0),
    (ELB, "DescribeListenerAttributes", listener, None, 0),
    (ELB, "DescribeTargetGroups", lambda _: {"PageSize": 3}, None, 0),
    (ELB, "DescribeTargetGroupAttributes", group, None, 0),
    (ELB, "DescribeTargetHealth", lambda known: {**group(known), "Targets": [{"Id": "10.20.3.10"}]}, None, 0),
    (ELB, "DescribeTags", lambda known: {"ResourceArns": [
        *balancer(known).values(), *group(known).values(), *listener(known).values(),
    ]}, None, 0),
]

SERVED = [
    (EC2, "CreateVpcEndpointServiceConfiguration", lambda known: {
        "NetworkLoadBalancerArns": list(balancer(known).values()), "AcceptanceRequired": True,
        "SupportedRegions": ["us-east-2"], "SupportedIpAddressTypes": ["ipv4"],
        "PrivateDnsName": "db.example.com", "ClientToken": "conformance",
        "TagSpecifications": [
            {"ResourceType": "vpc-endpoint-service", "Tags": [{"Key": "Team", "Value": "data"}]},
        ],
    }, "service", 10),
    (EC2, "DescribeVpcEndpointServiceConfigurations", lambda _: {
        "Filters": [{"Name": "tag:Team", "Values": ["data"]}],
    }, None, 0),
    (EC2, "ModifyVpcEndpointServiceConfiguration", lambda known: {
        **service(known), "AcceptanceRequired": False, "RemoveSupportedRegions": ["us-east-2"],
    }, None, 0),
    (EC2, "ModifyVpcEndpointServicePermissions", lambda known: {
        **service(known), "AddAllowedPrincipals": [f"arn:aws:iam::{CLICKPIPES_ACCOUNT}:root"],
    }, None, 0),
    (EC2, "DescribeVpcEndpointServicePermissions", service, None, 0),
    (EC2, "StartVpcEndpointServicePrivateDnsVerification", service, None, 60),
    (EC2, "DescribeVpcEndpointConnections", lambda _: {
        "Filters": [{"Name": "vpc-endpoint-state", "Values": ["pendingAcceptance"]}],
    }, "connections", 0),
    (EC2, "AcceptVpcEndpointConnections", lambda known: waiting(known, True), None, 60),
    (EC2, "RejectVpcEndpointConnections", lambda known: waiting(known, False), None, 0),
    (EC2, "DeleteVpcEndpointServiceConfigurations", lambda known: {
        "ServiceIds": [*service(known).values(), "vpce-svc-00000000000000000"],
    }, None, 20),
]

GONE = [
    (ELB, "DeregisterTargets", lambda known: {**group(known), "Targets": [{"Id": "10.20.3.10"}]}, None, 0),
    (ELB, "DeleteListener", listener, None, 0),
    (ELB, "DeleteTargetGroup", group, None, 0),
    (ELB, "DeleteLoadBalancer", balancer, None, 0),
]

CASES = MADE + SERVED + GONE
