"""Times what the wizard discovers of an account with 40 MSK clusters, 40 Network Load Balancers and 200 target
groups when every call takes 100 ms longer: each discovery beside its longest chain of dependent calls, the region's
beside boto3 making the same calls one after the other too, and how much of AWS's request buckets they draw. Prints
one line of JSON."""

import collections
import datetime
import json
import os
import subprocess
import sys
import time
import urllib.request

import boto3
import botocore.config

DELAY_MS = 100

# What `discover` does, in its order.
DISCOVERIES = ["region", "cluster", "serverless cluster", "around", "load balancer", "largest load balancer"]

# The load balancer that stands for all: 200 target groups, 40 load balancers.
LISTENERS = 5

# The reads that wait for a call, where both are made. Nothing else waits.
READS_AFTER = {
    ("vpc-lattice", "ListResourceGateways"): [("vpc-lattice", "GetResourceGateway")],
    ("vpc-lattice", "ListResourceConfigurations"): [("vpc-lattice", "GetResourceConfiguration")],
    ("kafka", "ListClustersV2"): [("kafka", "GetBootstrapBrokers")],
    ("kafka", "DescribeClusterV2"): [
        ("kafka", "DescribeConfigurationRevision"), ("ec2", "DescribeSubnets"),
    ],
    ("ec2", "DescribeVpcEndpointServiceConfigurations"): [
        ("ec2", "DescribeVpcEndpointServicePermissions"),
    ],
    ("elasticloadbalancing", "DescribeLoadBalancers"): [
        ("elasticloadbalancing", "DescribeListeners"),
        ("elasticloadbalancing", "DescribeLoadBalancerAttributes"),
    ],
    ("elasticloadbalancing", "DescribeListeners"): [
        ("elasticloadbalancing", "DescribeListenerAttributes"),
    ],
    ("elasticloadbalancing", "DescribeTargetGroups"): [
        ("elasticloadbalancing", "DescribeTargetHealth"),
        ("elasticloadbalancing", "DescribeTargetGroupAttributes"),
    ],
}
# Two lists each: principals and resources, VPC Lattice's quotas and RAM's.
LISTS_AT_ONCE = {
    ("ram", "GetResourceShareAssociations"): 2,
    ("servicequotas", "ListServiceQuotas"): 2,
}

# How many calls AWS lets an account make at once in a region by default, how many more come each second, and whether
# each operation has a bucket of its own. Elastic Load Balancing User Guide and EC2 Developer Guide, "Request
# throttling"; Service Quotas User Guide, "Service quotas for Service Quotas". Those of MSK, RAM, RDS, STS and VPC
# Lattice are not in AWS's documentation: of them the calls are counted, and nothing is claimed.
Bucket = collections.namedtuple("Bucket", "capacity per_second by_operation")
BUCKETS = {
    "elasticloadbalancing": Bucket(40, 10, False),
    "ec2": Bucket(100, 20, True),
    "servicequotas": Bucket(20, 10, True),
}
# EC2's lists that are asked for without filter and pages have a smaller one.
WHOLE_LISTS = {("ec2", "DescribeVpcs"): Bucket(50, 10, True)}


class Sandbox:
    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--speed", "1", "--scenario", "crowded"],
            stdout=subprocess.PIPE, text=True,
        )
        self.connection = json.loads(self.process.stdout.readline())

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.connection['aws_endpoint_url']}/_sandbox/{path}",
            data=data, method=method, headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def slow_down(self):
        for operation in self.control("GET", "panel")["operations"]:
            if operation["service"] != "clickhouse":
                self.control("POST", "faults", {
                    "service": operation["service"], "operation": operation["operation"],
                    "kind": "delay", "times": 0, "delay_ms": DELAY_MS,
                })

    def calls(self):
        """Service and operation of each call so far, and when it was answered, in seconds."""
        return [
            ((call["service"], call["operation"]), datetime.datetime.fromisoformat(call["at"]).timestamp())
            for call in self.control("GET", "calls")
        ]

    def client(self, service):
        return boto3.client(
            service, region_name=self.connection["region"],
            endpoint_url=self.connection["aws_endpoint_url"],
            aws_access_key_id=self.connection["access_key_id"],
            aws_secret_access_key=self.connection["secret_access_key"],
            config=botocore.config.Config(retries={"total_max_attempts": 1}),
        )


def chosen(sandbox):
    """The ARNs of a provisioned and a serverless cluster, of a load balancer with as many listeners as they have on
    average, and of the one with the most. Says what the account has, too."""
    clusters = sandbox.client("kafka").list_clusters_v2(MaxResults=100)["ClusterInfoList"]
    # One that has everything that is read around a cluster.
    provisioned = next(
        it for it in clusters
        if it["ClusterType"] == "PROVISIONED" and "ConfigurationArn" in it["Provisioned"]["CurrentBrokerSoftwareInfo"]
    )
    serverless = [it for it in clusters if it["ClusterType"] == "SERVERLESS"]
    elb = sandbox.client("elbv2")
    balancers = [
        it for it in elb.describe_load_balancers()["LoadBalancers"] if it["Type"] == "network"
    ]
    groups = elb.describe_target_groups()["TargetGroups"]
    listeners = {
        arn: len(elb.describe_listeners(LoadBalancerArn=arn)["Listeners"])
        for arn in (it["LoadBalancerArn"] for it in balancers)
    }
    largest = max(listeners, key=listeners.get)
    arns = [
        provisioned["ClusterArn"], serverless[0]["ClusterArn"],
        next(arn for arn, count in listeners.items() if count == LISTENERS), largest,
    ]
    services = sandbox.client("ec2").describe_vpc_endpoint_service_configurations()
    return arns, {
        "clusters": len(clusters), "serverlessClusters": len(serverless),
        "networkLoadBalancers": len(balancers), "targetGroups": len(groups),
        "endpointServices": len(services["ServiceConfigurations"]), "mostListeners": listeners[largest],
    }


def pipelink(sandbox, program, arns):
    """Milliseconds of each discovery, and the calls of each."""
    connection = sandbox.connection
    words = [program, connection["aws_endpoint_url"], connection["region"],
             connection["access_key_id"], connection["secret_access_key"], *arns]
    before = len(sandbox.calls())
    printed = subprocess.run(words, check=True, capture_output=True, text=True)
    parts = []
    for call, at in sandbox.calls()[before:]:
        if call == ("sts", "GetCallerIdentity"):
            parts.append([])
        else:
            parts[-1].append((call, at))
    took = json.loads(printed.stdout)
    assert len(parts) == len(took) == len(DISCOVERIES), f"{len(parts)} parts, {took}"
    return took, parts


def one_after_the_other(sandbox):
    """The region's reads by boto3, each when the one before has answered: milliseconds, and the calls made."""
    lattice, ram, ec2, rds, kafka, quotas = (
        sandbox.client(name)
        for name in ("vpc-lattice", "ram", "ec2", "rds", "kafka", "service-quotas")
    )

    def pages(client, operation, **words):
        return [page for page in client.get_paginator(operation).paginate(**words)]

    before = len(sandbox.calls())
    began = time.perf_counter()
    pages(rds, "describe_db_clusters")
    pages(rds, "describe_db_instances")
    for page in pages(kafka, "list_clusters_v2", PaginationConfig={"PageSize": 100}):
        for cluster in page["ClusterInfoList"]:
            if cluster["ClusterType"] == "SERVERLESS":
                kafka.get_bootstrap_brokers(ClusterArn=cluster["ClusterArn"])
    pages(ec2, "describe_vpcs")
    for page in pages(lattice, "list_resource_gateways"):
        for gateway in page["items"]:
            lattice.get_resource_gateway(resourceGatewayIdentifier=gateway["arn"])
    for page in pages(lattice, "list_resource_configurations"):
        for configuration in page["items"]:
            lattice.get_resource_configuration(resourceConfigurationIdentifier=configuration["arn"])
    pages(ram, "get_resource_shares", resourceOwner="SELF")
    for kind in ("PRINCIPAL", "RESOURCE"):
        pages(ram, "get_resource_share_associations", associationType=kind)
    for service in ("vpc-lattice", "ram"):
        pages(quotas, "list_service_quotas", ServiceCode=service)
    took = (time.perf_counter() - began) * 1000
    return took, [call for call, _ in sandbox.calls()[before:]]


def longest_chain(calls):
    """How many calls have to wait for each other at least: the pages of a list, one after the other, and after a
    call those that need what it says. Reads of a kind wait for nothing but what they are read after, so that they
    count as one; a read of something that nobody had to list is like a list."""
    count = collections.Counter(call for call, _ in calls)

    def from_here(call, waited):
        pages = 1 if waited else -(-count[call] // LISTS_AT_ONCE.get(call, 1))
        after = [read for read in READS_AFTER.get(call, []) if count[read]]
        return pages + max((from_here(read, True) for read in after), default=0)

    waits = {read for call in count for read in READS_AFTER.get(call, [])}
    return max(from_here(call, False) for call in count if call not in waits)


def drawn(calls):
    """Of each service with a known bucket, the most that these calls have taken out of one: number and capacity."""
    most = {}
    levels = {}
    for call, at in calls:
        bucket = WHOLE_LISTS.get(call) or BUCKETS.get(call[0])
        if bucket is None:
            continue
        key = call if bucket.by_operation else call[0]
        level, before = levels.get(key, (bucket.capacity, at))
        level = min(bucket.capacity, level + (at - before) * bucket.per_second) - 1
        levels[key] = level, at
        taken = round(bucket.capacity - level, 1)
        least = most.get(call[0], {"taken": 0, "capacity": bucket.capacity})
        if taken / bucket.capacity > least["taken"] / least["capacity"]:
            least = {"taken": taken, "capacity": bucket.capacity}
        most[call[0]] = least
    return most


def main():
    rounds = int(os.environ["PIPELINK_BENCH_ROUNDS"])
    sandbox = Sandbox(os.environ["PIPELINK_BENCH_SANDBOX"])
    try:
        arns, account = chosen(sandbox)
        sandbox.slow_down()
        times, buckets = [], []
        for _ in range(rounds):
            took, parts = pipelink(sandbox, os.environ["PIPELINK_BENCH_DISCOVER"], arns)
            times.append(took)
            # The last one has a session of its own; the others draw on one allowance.
            buckets.append(drawn([call for part in parts[:-1] for call in part]))
            buckets.append(drawn(parts[-1]))
        of_region = collections.Counter(call for call, _ in parts[0])
        sequential = []
        for _ in range(max(1, rounds // 3)):
            took, by_boto3 = one_after_the_other(sandbox)
            same = collections.Counter(by_boto3) == of_region
            assert same, f"not the same calls:\n{sorted(of_region.items())}\n{sorted(by_boto3)}"
            sequential.append(took)
        services = collections.Counter(service for part in parts for (service, _), _ in part)
        print(json.dumps({
            "delayMilliseconds": DELAY_MS,
            "account": account,
            "discoveries": {
                name: {
                    "milliseconds": [took[place] for took in times],
                    "longestChain": longest_chain(parts[place]),
                    "calls": collections.Counter(service for (service, _), _ in parts[place]),
                }
                for place, name in enumerate(DISCOVERIES)
            },
            "sequentialMilliseconds": sequential,
            "drawn": {
                service: max(
                    (each[service] for each in buckets if service in each), key=lambda it: it["taken"] / it["capacity"]
                )
                for service in BUCKETS
            },
            "bucketNotKnown": {service: count for service, count in services.items() if service not in BUCKETS},
        }))
    finally:
        sandbox.process.terminate()
        sandbox.process.wait()


if __name__ == "__main__":
    sys.exit(main())
