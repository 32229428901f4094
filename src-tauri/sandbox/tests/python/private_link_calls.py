"""Calls the operations of load balancers and endpoint services as a customer would use them together: a database
behind a load balancer, offered to ClickPipes, and everything taken away again."""

import botocore.exceptions
from standalone import CLICKPIPES_ACCOUNT

DATABASE = "10.20.3.10"


def call_them(box, clients, vpc, subnets):
    elb, ec2 = clients["elasticloadbalancing"], clients["ec2"]
    balancer, group, listener = balance(box, elb, vpc, subnets)
    offer(box, ec2, balancer)
    decide(box, ec2)
    elb.delete_listener(ListenerArn=listener)
    elb.deregister_targets(TargetGroupArn=group, Targets=[{"Id": DATABASE}])
    elb.delete_target_group(TargetGroupArn=group)
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    left = [it["LoadBalancerArn"] for it in elb.describe_load_balancers()["LoadBalancers"]]
    assert left and balancer not in left, left


def balance(box, elb, vpc, subnets):
    made = elb.create_load_balancer(Name="orders", Type="network", Scheme="internal", Subnets=subnets)
    balancer = made["LoadBalancers"][0]["LoadBalancerArn"]
    assert made["LoadBalancers"][0]["State"] == {"Code": "provisioning"}
    # botocore's own waiter agrees on when it is there.
    box.advance(150)
    elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[balancer])
    made = elb.create_target_group(Name="orders", Protocol="TCP", Port=5432, VpcId=vpc, TargetType="ip")
    group = made["TargetGroups"][0]["TargetGroupArn"]
    made = elb.create_listener(
        LoadBalancerArn=balancer, Protocol="TCP", Port=5432,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
    )
    listener = made["Listeners"][0]["ListenerArn"]
    elb.register_targets(TargetGroupArn=group, Targets=[{"Id": DATABASE}])
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=balancer,
        Attributes=[{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}],
    )
    box.advance(90)
    elb.get_waiter("target_in_service").wait(TargetGroupArn=group)
    (health,) = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    assert health["Target"] == {"Id": DATABASE, "Port": 5432, "AvailabilityZone": "us-east-1c"}, health
    pages = elb.get_paginator("describe_target_groups").paginate(PaginationConfig={"PageSize": 4})
    names = [it["TargetGroupName"] for page in pages for it in page["TargetGroups"]]
    assert len(names) == len(set(names)) > 8 and "orders" in names, names
    own = elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]
    assert [it["ListenerArn"] for it in own] == [listener]
    (tags,) = elb.describe_tags(ResourceArns=[balancer])["TagDescriptions"]
    assert tags == {"ResourceArn": balancer, "Tags": []}, tags
    for attributes, key in [
        (elb.describe_load_balancer_attributes(LoadBalancerArn=balancer), "load_balancing.cross_zone.enabled"),
        (elb.describe_listener_attributes(ListenerArn=listener), "tcp.idle_timeout.seconds"),
        (elb.describe_target_group_attributes(TargetGroupArn=group), "preserve_client_ip.enabled"),
    ]:
        assert key in {it["Key"] for it in attributes["Attributes"]}, attributes
    grouped = [it for it in elb.describe_load_balancers()["LoadBalancers"] if it["LoadBalancerName"] == "crm-postgres"]
    off = elb.set_security_groups(
        LoadBalancerArn=grouped[0]["LoadBalancerArn"], SecurityGroups=grouped[0]["SecurityGroups"],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic="off",
    )
    assert off["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] == "off"
    return balancer, group, listener


def offer(box, ec2, balancer):
    made = ec2.create_vpc_endpoint_service_configuration(
        NetworkLoadBalancerArns=[balancer], PrivateDnsName="db.example.com",
        TagSpecifications=[{"ResourceType": "vpc-endpoint-service", "Tags": [{"Key": "run", "Value": "7"}]}],
    )["ServiceConfiguration"]
    own = {"ServiceId": made["ServiceId"]}
    box.advance(10)
    try:
        ec2.modify_vpc_endpoint_service_configuration(**own, AddSupportedRegions=["us-east-2"])
    except botocore.exceptions.ClientError as error:
        # The load balancer is in one zone.
        assert error.response["Error"]["Code"] == "InvalidParameter", error
    else:
        raise SystemExit("a service in one zone was offered to another region")
    ec2.modify_vpc_endpoint_service_permissions(
        **own, AddAllowedPrincipals=[f"arn:aws:iam::{CLICKPIPES_ACCOUNT}:root"]
    )
    (allowed,) = ec2.describe_vpc_endpoint_service_permissions(**own)["AllowedPrincipals"]
    assert allowed["PrincipalType"] == "Account", allowed
    proof = made["PrivateDnsNameConfiguration"]
    box.control("POST", "/txt", {"name": f"{proof['Name']}.db.example.com", "value": proof["Value"]})
    ec2.start_vpc_endpoint_service_private_dns_verification(**own)
    box.advance(60)
    tagged = [{"Name": "tag:run", "Values": ["7"]}]
    (found,) = ec2.describe_vpc_endpoint_service_configurations(Filters=tagged)["ServiceConfigurations"]
    assert found["PrivateDnsNameConfiguration"]["State"] == "verified", found
    done = ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[made["ServiceId"], "vpce-svc-1"])
    assert [it["ResourceId"] for it in done["Unsuccessful"]] == ["vpce-svc-1"], done
    box.advance(20)


def decide(box, ec2):
    waiting = [{"Name": "vpc-endpoint-state", "Values": ["pendingAcceptance"]}]
    for connection in ec2.describe_vpc_endpoint_connections(Filters=waiting)["VpcEndpointConnections"]:
        known = connection["VpcEndpointOwner"] == CLICKPIPES_ACCOUNT
        decision = ec2.accept_vpc_endpoint_connections if known else ec2.reject_vpc_endpoint_connections
        done = decision(ServiceId=connection["ServiceId"], VpcEndpointIds=[connection["VpcEndpointId"]])
        assert done["Unsuccessful"] == [], done
    box.advance(60)
    assert ec2.describe_vpc_endpoint_connections(Filters=waiting)["VpcEndpointConnections"] == []
    states = {it["VpcEndpointState"] for it in ec2.describe_vpc_endpoint_connections()["VpcEndpointConnections"]}
    assert states == {"available", "rejected"}, states
