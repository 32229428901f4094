"""The states of load balancers, targets, endpoint services, their names and their connections, for every_state.py:
where each is seen, and how it comes about."""

from standalone import CLICKPIPES_ACCOUNT

ELB, EC2 = "elasticloadbalancing", "ec2"

# Where states are named, and those that nothing in the sandbox leads to: a load balancer without room to grow, a
# target whose health cannot be told, endpoints of others on their way out, and what EC2 no longer shows.
STATES = {
    "LoadBalancer": (ELB, "LoadBalancerStateEnum", {"active_impaired"}),
    "Target": (ELB, "TargetHealthStateEnum", {"unavailable", "unhealthy.draining"}),
    "EndpointService": (EC2, "ServiceState", {"Deleted"}),
    "ServiceName": (EC2, "DnsNameState", set()),
    "EndpointConnection": (EC2, "State", {"Deleted", "Deleting", "Expired", "Partial"}),
}

# Longer than a load balancer takes.
BUILT = 200

# Of the default scenario: ClickPipes and somebody else wait for this service.
BILLING = {"ServiceId": "vpce-svc-067154570d6ca8c45"}
SUBNETS = ["subnet-0e9f0009c2ffa9424", "subnet-0c31fffe36732be76"]
VPC = "vpc-0e79ac9aca8d7f7d3"


def balancer_is_now(walk, arn, state, reason=None):
    (found,) = walk.call(ELB, "DescribeLoadBalancers", LoadBalancerArns=[arn])["LoadBalancers"]
    wanted = {"Code": state} if reason is None else {"Code": state, "Reason": reason}
    walk.expect(f"load balancer {state}", found["State"], wanted)
    walk.seen["LoadBalancer"].add(found["State"]["Code"])


def targets_are_now(walk, group, *states):
    told = walk.call(ELB, "DescribeTargetHealth", TargetGroupArn=group)["TargetHealthDescriptions"]
    found = [it["TargetHealth"]["State"] for it in told]
    walk.expect("targets", found, list(states))
    walk.seen["Target"].update(found)


def new_balancer(walk, name, kind=None):
    wanted = {"Name": name, "Type": "network", "Scheme": "internal", "Subnets": SUBNETS}
    make = (lambda **it: walk.under(kind, ELB, "CreateLoadBalancer", **it)) if kind else (
        lambda **it: walk.call(ELB, "CreateLoadBalancer", **it)
    )
    return make(**wanted)["LoadBalancers"][0]["LoadBalancerArn"]


def balancers(walk, reason):
    failed = new_balancer(walk, "failed", "failed_state")
    walk.box.advance(BUILT)
    balancer_is_now(walk, failed, "failed", reason)
    held = new_balancer(walk, "held", "stuck")
    walk.box.advance(BUILT)
    balancer_is_now(walk, held, "provisioning")
    made = walk.call(
        ELB, "CreateTargetGroup", Name="held", Protocol="TCP", Port=3306, VpcId=VPC, TargetType="ip"
    )
    group = made["TargetGroups"][0]["TargetGroupArn"]
    own = {"TargetGroupArn": group}
    targets = [{"Id": "10.20.1.10", "Port": 5432}, {"Id": "10.20.2.92", "Port": 8081}]
    walk.call(ELB, "RegisterTargets", **own, Targets=targets)
    targets_are_now(walk, group, "unused", "unused")
    action = {"Type": "forward", **own}
    walk.call(
        ELB, "CreateListener", LoadBalancerArn=held, Protocol="TCP", Port=3306, DefaultActions=[action]
    )
    targets_are_now(walk, group, "initial", "initial")
    walk.release()
    walk.box.advance(BUILT)
    balancer_is_now(walk, held, "active")
    # The groups of the database do not know this load balancer; the registry takes whoever is in the VPC.
    targets_are_now(walk, group, "unhealthy", "healthy")
    walk.call(ELB, "DeregisterTargets", **own, Targets=targets[:1])
    targets_are_now(walk, group, "draining", "healthy")
    return held


def service_is_now(walk, service, state):
    told = walk.call(EC2, "DescribeVpcEndpointServiceConfigurations", ServiceIds=[service])
    (found,) = told["ServiceConfigurations"]
    walk.expect(f"endpoint service {state}", found["ServiceState"], state)
    walk.seen["EndpointService"].add(found["ServiceState"])
    return found


def name_is_now(walk, service, state):
    found = service_is_now(walk, service, "Available")["PrivateDnsNameConfiguration"]
    walk.expect(f"private name {state}", found["State"], state)
    walk.seen["ServiceName"].add(found["State"])
    return found


def services(walk, balancer):
    wanted = {"NetworkLoadBalancerArns": [balancer], "PrivateDnsName": "held.example.com"}

    def made(kind):
        answer = walk.under(kind, EC2, "CreateVpcEndpointServiceConfiguration", **wanted)
        return answer["ServiceConfiguration"]["ServiceId"]

    failed = made("failed_state")
    service_is_now(walk, failed, "Failed")
    walk.call(EC2, "DeleteVpcEndpointServiceConfigurations", ServiceIds=[failed])
    walk.box.advance(BUILT)
    service = made("stuck")
    service_is_now(walk, service, "Pending")
    walk.release()
    proof = name_is_now(walk, service, "pendingVerification")
    verify = (EC2, "StartVpcEndpointServicePrivateDnsVerification")
    walk.under("failed_state", *verify, ServiceId=service)
    name_is_now(walk, service, "failed")
    walk.box.control("POST", "/txt", {"name": f"{proof['Name']}.held.example.com", "value": proof["Value"]})
    walk.under("stuck", *verify, ServiceId=service)
    name_is_now(walk, service, "pendingVerification")
    walk.release()
    name_is_now(walk, service, "verified")
    walk.under("stuck", EC2, "DeleteVpcEndpointServiceConfigurations", ServiceIds=[service])
    service_is_now(walk, service, "Deleting")
    walk.release()
    walk.refused(
        "InvalidVpcEndpointServiceId.NotFound", EC2, "DescribeVpcEndpointServiceConfigurations",
        ServiceIds=[service],
    )


def connections_are_now(walk, *states):
    of_service = [{"Name": "service-id", "Values": [BILLING["ServiceId"]]}]
    found = walk.call(EC2, "DescribeVpcEndpointConnections", Filters=of_service)["VpcEndpointConnections"]
    walk.expect("endpoint connections", [it["VpcEndpointState"] for it in found], list(states))
    # As the model spells them, which the wire does not.
    walk.seen["EndpointConnection"].update(
        it["VpcEndpointState"][:1].upper() + it["VpcEndpointState"][1:] for it in found
    )
    return {it["VpcEndpointOwner"] == CLICKPIPES_ACCOUNT: it["VpcEndpointId"] for it in found}


def connections(walk):
    ids = connections_are_now(walk, "pendingAcceptance", "pendingAcceptance")
    accept = "AcceptVpcEndpointConnections"
    walk.under("stuck", EC2, accept, **BILLING, VpcEndpointIds=[ids[True]])
    connections_are_now(walk, "pending", "pendingAcceptance")
    walk.release()
    connections_are_now(walk, "available", "pendingAcceptance")
    walk.under("failed_state", EC2, accept, **BILLING, VpcEndpointIds=[ids[False]])
    connections_are_now(walk, "available", "failed")
    walk.call(EC2, "RejectVpcEndpointConnections", **BILLING, VpcEndpointIds=[ids[True]])
    connections_are_now(walk, "rejected", "failed")


def private_link(walk, reason):
    services(walk, balancers(walk, reason))
    connections(walk)
