"""Times the discovery of a region when every call takes 100 ms longer: Pipelink's, beside its longest chain
of dependent calls, and beside boto3 making the same calls one after the other. Prints one line of JSON."""

import collections
import json
import os
import subprocess
import sys
import time
import urllib.request

import boto3
import botocore.config

DELAY_MS = 100


class Sandbox:
    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--speed", "1"],
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
        return [(call["service"], call["operation"]) for call in self.control("GET", "calls")]

    def client(self, service):
        return boto3.client(
            service, region_name=self.connection["region"],
            endpoint_url=self.connection["aws_endpoint_url"],
            aws_access_key_id=self.connection["access_key_id"],
            aws_secret_access_key=self.connection["secret_access_key"],
            config=botocore.config.Config(retries={"total_max_attempts": 1}),
        )


def pipelink(sandbox, program, rounds):
    """Milliseconds of each discovery, and the calls of one."""
    connection = sandbox.connection
    words = [program, connection["aws_endpoint_url"], connection["region"],
             connection["access_key_id"], connection["secret_access_key"]]
    before = len(sandbox.calls())
    printed = subprocess.run([*words, str(rounds)], check=True, capture_output=True, text=True)
    made = sandbox.calls()[before:]
    # The first call says who is asking; it belongs to no discovery.
    one = made[1:]
    assert len(one) % rounds == 0, f"{len(one)} calls in {rounds} discoveries"
    return json.loads(printed.stdout), one[: len(one) // rounds]


def one_after_the_other(sandbox):
    """The same reads by boto3, each when the one before has answered: milliseconds, and the calls made."""
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
    pages(kafka, "list_clusters_v2")
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
    return took, sandbox.calls()[before:]


def longest_chain(calls):
    """How many calls have to wait for each other at least: the pages of a list, one after the other, and
    after a list the reads of its items, which wait for nothing else."""
    count = collections.Counter(calls)
    reads_after = {
        ("vpc-lattice", "ListResourceGateways"): ("vpc-lattice", "GetResourceGateway"),
        ("vpc-lattice", "ListResourceConfigurations"): ("vpc-lattice", "GetResourceConfiguration"),
    }
    # Two lists each: principals and resources, VPC Lattice's quotas and RAM's.
    lists_at_once = {
        ("ram", "GetResourceShareAssociations"): 2,
        ("service-quotas", "ListServiceQuotas"): 2,
    }
    gets = set(reads_after.values())
    return max(
        -(-pages // lists_at_once.get(call, 1)) + (1 if count[reads_after.get(call)] else 0)
        for call, pages in count.items()
        if call not in gets
    )


def main():
    rounds = int(os.environ["PIPELINK_BENCH_ROUNDS"])
    sandbox = Sandbox(os.environ["PIPELINK_BENCH_SANDBOX"])
    try:
        sandbox.slow_down()
        ours, calls = pipelink(sandbox, os.environ["PIPELINK_BENCH_DISCOVER"], rounds)
        sequential = []
        for _ in range(max(1, rounds // 3)):
            took, by_boto3 = one_after_the_other(sandbox)
            same = collections.Counter(by_boto3) == collections.Counter(calls)
            assert same, f"not the same calls:\n{sorted(calls)}\n{sorted(by_boto3)}"
            sequential.append(took)
        print(json.dumps({
            "delayMilliseconds": DELAY_MS,
            "calls": len(calls),
            "longestChain": longest_chain(calls),
            "discoveryMilliseconds": ours,
            "sequentialMilliseconds": sequential,
        }))
    finally:
        sandbox.process.terminate()
        sandbox.process.wait()


if __name__ == "__main__":
    sys.exit(main())
