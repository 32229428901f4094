"""Drives every operation that the sandbox serves with boto3, and holds requests, answers and errors to
botocore's complete models. For each operation:

- its request keeps to the model, and is answered as the model says;
- the same request with one constraint broken, for each constraint of each member, is refused with an error
  that the model names for the operation (client-side validation off);
- each fault that is an answer (throttling, a missing right, a quota, ...) is a well-formed error.

Prints a line for each operation. Fails when an operation of the sandbox's models is not in CASES.

Usage: conformance.py PATH_OF_THE_SANDBOX FOLDER_OF_THE_MODELS
"""

import importlib.util
import json
import pathlib
import sys

import boto3
import botocore.config
import botocore.exceptions
from broken_requests import broken
from model_check import Checker
import private_link_cases
from standalone import CLICKPIPES_ACCOUNT, sandbox

# Faults that are an answer; the others are ways of not answering, or change what is answered later.
REFUSALS = (
    "throttle", "deny", "expired_credentials", "server_error", "not_found_once", "quota", "refused_sharing",
)

# How services say that a request is not as it should be; anything else refuses it for another reason.
INVALID = {
    "BadRequestException", "IllegalArgumentException", "InvalidParameterException", "InvalidParameterValue",
    "MissingParameter", "ValidationError", "ValidationException",
}


class Case:
    """An operation with a request for it, made when its turn comes: (known so far) -> parameters. Its answer
    is kept as `name`; `wait` is how long what it set going takes, in the sandbox's time."""

    def __init__(self, service, operation, params, name=None, wait=0):
        self.service, self.operation, self.params = service, operation, params
        self.name, self.wait = name, wait


def gateway(known):
    return {"resourceGatewayIdentifier": known["gateway"]["id"]}


def configuration(known):
    return {"resourceConfigurationIdentifier": known["configuration"]["id"]}


def share(known):
    return {"resourceShareArn": known["share"]["resourceShare"]["resourceShareArn"]}


def cluster(known):
    return {"ClusterArn": known["clusters"]["ClusterInfoList"][0]["ClusterArn"]}


def software(known):
    return known["cluster"]["ClusterInfo"]["Provisioned"]["CurrentBrokerSoftwareInfo"]


# A cluster to which others are connected.
CONNECTED = "arn:aws:kafka:us-east-1:111122223333:cluster/telemetry/e5a94c03-71bd-4be2-a6f8-2d90c7e1835f-12"

POLICY = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{
        "Sid": "AllowClickPipes", "Effect": "Allow", "Principal": {"AWS": [CLICKPIPES_ACCOUNT]},
        "Action": ["kafka:CreateVpcConnection", "kafka:GetBootstrapBrokers"], "Resource": "*",
    }],
})


# In an order in which each is possible: things are made, looked at, changed, and taken away.
CASES = [
    Case("sts", "GetCallerIdentity", lambda _: {}),
    Case("sts", "AssumeRole", lambda known: {
        "RoleArn": "arn:aws:iam::111122223333:role/NetworkAdmin", "RoleSessionName": "conformance",
        "DurationSeconds": 900,
    }),
    Case("ec2", "DescribeRegions", lambda _: {"AllRegions": False}),
    Case("ec2", "DescribeAvailabilityZones", lambda _: {}),
    Case("ec2", "DescribeVpcs", lambda _: {
        "Filters": [{"Name": "tag:Name", "Values": ["prod"]}], "MaxResults": 50,
    }, name="vpcs"),
    Case("ec2", "DescribeSubnets", lambda known: {
        "Filters": [
            {"Name": "vpc-id", "Values": [known["vpcs"]["Vpcs"][0]["VpcId"]]},
            {"Name": "tag:Name", "Values": ["prod-data-*"]},
        ],
    }, name="subnets"),
    Case("ec2", "DescribeSecurityGroups", lambda known: {
        "Filters": [{"Name": "group-name", "Values": ["clickpipes-gateway"]}],
    }, name="groups"),
    Case("ec2", "DescribeSecurityGroupRules", lambda known: {"MaxResults": 20}),
    Case("ec2", "DescribeNetworkAcls", lambda _: {}),
    Case("ec2", "DescribeNetworkInterfaces", lambda _: {"MaxResults": 5}),
    Case("ec2", "GetSubnetCidrReservations", lambda known: {
        "SubnetId": known["subnets"]["Subnets"][2]["SubnetId"],
    }),
    Case("rds", "DescribeDBClusters", lambda _: {"MaxRecords": 20}),
    Case("rds", "DescribeDBInstances", lambda _: {
        "Filters": [{"Name": "engine", "Values": ["mysql", "postgres"]}],
    }),
    Case("rds", "DescribeDBParameters", lambda _: {"DBParameterGroupName": "billing-mysql8", "Source": "user"}),
    Case("rds", "DescribeDBClusterParameters", lambda _: {
        "DBClusterParameterGroupName": "orders-replicated", "MaxRecords": 20,
    }),
    Case("kafka", "ListClustersV2", lambda _: {"MaxResults": 10, "ClusterNameFilter": "events"}, name="clusters"),
    Case("kafka", "DescribeClusterV2", cluster, name="cluster"),
    Case("kafka", "DescribeCluster", cluster),
    Case("kafka", "GetBootstrapBrokers", cluster),
    Case("kafka", "ListNodes", lambda known: {**cluster(known), "MaxResults": 2}),
    Case("kafka", "DescribeConfigurationRevision", lambda known: {
        "Arn": software(known)["ConfigurationArn"], "Revision": software(known)["ConfigurationRevision"],
    }),
    Case("kafka", "UpdateConnectivity", lambda known: {
        **cluster(known), "CurrentVersion": known["clusters"]["ClusterInfoList"][0]["CurrentVersion"],
        "ConnectivityInfo": {"VpcConnectivity": {"ClientAuthentication": {
            "Sasl": {"Iam": {"Enabled": True}, "Scram": {"Enabled": True}}, "Tls": {"Enabled": False},
        }}},
    }, name="update", wait=2 * 3600),
    Case("kafka", "DescribeClusterOperationV2", lambda known: {
        "ClusterOperationArn": known["update"]["ClusterOperationArn"],
    }),
    Case("kafka", "ListClusterOperationsV2", lambda known: {**cluster(known), "MaxResults": 10}),
    Case("kafka", "PutClusterPolicy", lambda known: {**cluster(known), "Policy": POLICY}),
    Case("kafka", "GetClusterPolicy", cluster),
    Case("kafka", "DeleteClusterPolicy", cluster),
    Case("kafka", "ListClientVpcConnections", lambda _: {"ClusterArn": CONNECTED}, name="connections"),
    Case("kafka", "RejectClientVpcConnection", lambda known: {
        "ClusterArn": CONNECTED,
        "VpcConnectionArn": known["connections"]["ClientVpcConnections"][0]["VpcConnectionArn"],
    }),
    Case("servicequotas", "ListServiceQuotas", lambda _: {"ServiceCode": "vpc-lattice"}, name="quotas"),
    Case("servicequotas", "GetServiceQuota", lambda known: {
        "ServiceCode": "vpc-lattice", "QuotaCode": known["quotas"]["Quotas"][0]["QuotaCode"],
    }),
    Case("pricing", "GetProducts", lambda _: {
        "ServiceCode": "AmazonVPC", "MaxResults": 2,
        "Filters": [{"Type": "TERM_MATCH", "Field": "regionCode", "Value": "us-east-1"}],
    }),
    Case("vpc-lattice", "CreateResourceGateway", lambda known: {
        "name": "conformance", "vpcIdentifier": known["vpcs"]["Vpcs"][0]["VpcId"],
        "subnetIds": [it["SubnetId"] for it in known["subnets"]["Subnets"]],
        "securityGroupIds": [known["groups"]["SecurityGroups"][0]["GroupId"]],
        "ipAddressType": "IPV4", "ipv4AddressesPerEni": 16, "tags": {"Team": "data"},
    }, name="gateway", wait=40),
    Case("vpc-lattice", "GetResourceGateway", gateway),
    Case("vpc-lattice", "ListResourceGateways", lambda _: {"maxResults": 5}),
    Case("vpc-lattice", "UpdateResourceGateway", lambda known: {
        **gateway(known), "securityGroupIds": [known["groups"]["SecurityGroups"][0]["GroupId"]],
    }, wait=20),
    Case("vpc-lattice", "CreateResourceConfiguration", lambda known: {
        **gateway(known), "name": "conformance", "type": "SINGLE", "protocol": "TCP", "portRanges": ["5432"],
        "resourceConfigurationDefinition": {
            "dnsResource": {"domainName": "orders.example.com", "ipAddressType": "IPV4"},
        },
        "tags": {"Team": "data"},
    }, name="configuration", wait=20),
    Case("vpc-lattice", "GetResourceConfiguration", configuration),
    Case("vpc-lattice", "ListResourceConfigurations", gateway),
    Case("vpc-lattice", "UpdateResourceConfiguration", lambda known: {
        **configuration(known), "portRanges": ["5432", "5440-5450"],
    }, wait=20),
    Case("vpc-lattice", "TagResource", lambda known: {
        "resourceArn": known["gateway"]["arn"], "tags": {"Stage": "test"},
    }),
    Case("vpc-lattice", "ListTagsForResource", lambda known: {"resourceArn": known["gateway"]["arn"]}),
    Case("vpc-lattice", "UntagResource", lambda known: {
        "resourceArn": known["gateway"]["arn"], "tagKeys": ["Stage"],
    }),
    Case("ram", "CreateResourceShare", lambda known: {
        "name": "conformance", "resourceArns": [known["configuration"]["arn"]],
        "allowExternalPrincipals": True, "tags": [{"key": "Team", "value": "data"}],
    }, name="share", wait=20),
    Case("ram", "GetResourceShares", lambda _: {"resourceOwner": "SELF", "maxResults": 10}),
    Case("ram", "AssociateResourceShare", lambda known: {
        **share(known), "principals": [CLICKPIPES_ACCOUNT],
    }),
    Case("ram", "GetResourceShareAssociations", lambda known: {
        "associationType": "PRINCIPAL", "resourceShareArns": [share(known)["resourceShareArn"]],
    }),
    Case("ram", "TagResource", lambda known: {**share(known), "tags": [{"key": "Stage", "value": "test"}]}),
    Case("ram", "UntagResource", lambda known: {**share(known), "tagKeys": ["Stage"]}),
    Case("ram", "DisassociateResourceShare", lambda known: {
        **share(known), "resourceArns": [known["configuration"]["arn"]],
    }, wait=20),
    Case("ram", "DeleteResourceShare", share, wait=20),
    Case("vpc-lattice", "DeleteResourceConfiguration", configuration, wait=20),
    Case("vpc-lattice", "DeleteResourceGateway", gateway, wait=20),
    Case("vpc-lattice", "ListResourceEndpointAssociations", lambda _: {
        "resourceConfigurationIdentifier": "rcfg-0d02e8c4441233466",
    }, name="attached"),
    Case("vpc-lattice", "DeleteResourceEndpointAssociation", lambda known: {
        "resourceEndpointAssociationIdentifier": known["attached"]["items"][0]["id"],
    }),
]
CASES += [Case(*it) for it in private_link_cases.CASES]


class Trial:
    """One operation put to the test, and what became of it."""

    def __init__(self, box, clients, case, checker):
        self.box, self.case, self.checker = box, case, checker
        self.strict, self.loose = clients
        self.model = self.strict.meta.service_model.operation_model(case.operation)
        self.refused = self.faults = 0
        self.not_tried = []

    def call(self, client, params):
        """The answer and its status; both sides of the wire are held to the model on the way."""
        try:
            return client._make_api_call(self.case.operation, params), 200
        except botocore.exceptions.ClientError as error:
            return error.response, error.response["ResponseMetadata"]["HTTPStatusCode"]

    def refusals(self, good):
        for path, why, params in broken(self.model, good):
            where = f"{self.case.service} {self.case.operation} {path} {why}"
            if params is None:
                self.not_tried.append(f"{path} {why}")
                continue
            answer, status = self.call(self.loose, params)
            self.refused += 1
            code = answer.get("Error", {}).get("Code")
            if not 400 <= status < 500:
                self.checker.problem(where, f"was taken: {status} {str(answer)[:200]}")
            elif code not in INVALID:
                self.checker.problem(where, f"was refused as {code}")

    def each_fault(self, good, kinds):
        for kind in (kind for kind in REFUSALS if kind in kinds):
            fault = {"service": self.case.service, "operation": self.case.operation, "kind": kind}
            self.box.control("POST", "/faults", fault)
            answer, status = self.call(self.strict, good)
            self.faults += 1
            if status < 400:
                self.checker.problem(f"{self.case.operation} {kind}", f"did not strike: {answer}")
            self.box.control("DELETE", "/faults")

    def success(self, good):
        self.checker.request(self.model, good)
        answer, status = self.call(self.strict, good)
        if status >= 300:
            self.checker.problem(f"{self.case.service} {self.case.operation}", f"was refused: {answer}")
        return answer


def clients_of(box, trim, checker):
    """For each service a client that checks what it sends, and one that sends anything."""

    def client(folder, **config):
        made = boto3.client(
            folder,
            region_name=box.connection["region"],
            endpoint_url=box.connection["aws_endpoint_url"],
            aws_access_key_id=box.connection["access_key_id"],
            aws_secret_access_key=box.connection["secret_access_key"],
            config=botocore.config.Config(retries={"total_max_attempts": 1}, **config),
        )
        made.meta.events.register(
            "after-call", lambda http_response, model, **_: checker.answer(model, http_response)
        )
        return made

    return {
        service: (client(folder), client(folder, parameter_validation=False))
        for service, (folder, _) in trim.SERVED.items()
    }


def load_trim(models):
    spec = importlib.util.spec_from_file_location("trim", pathlib.Path(models) / "trim.py")
    trim = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(trim)
    return trim


def main():
    trim = load_trim(sys.argv[2])
    served = {(service, name) for service, (_, names) in trim.SERVED.items() for name in names}
    cases = {(case.service, case.operation) for case in CASES}
    if served != cases or len(CASES) != len(cases):
        raise SystemExit(f"not in CASES: {sorted(served - cases)}; not served: {sorted(cases - served)}")

    checker, known = Checker(), {}
    with sandbox(sys.argv[1], "--speed", "0") as box:
        clients = clients_of(box, trim, checker)
        kinds = {
            (it["service"], it["operation"]): it["kinds"]
            for it in box.control("GET", "/panel")["operations"]
        }
        for case in CASES:
            before = len(checker.problems)
            trial = Trial(box, clients[case.service], case, checker)
            good = case.params(known)
            trial.refusals(good)
            trial.each_fault(good, kinds[case.service, case.operation])
            answer = trial.success(good)
            if case.name:
                known[case.name] = answer
            if case.wait:
                box.advance(case.wait)
            problems = len(checker.problems) - before
            print(
                f"{case.service} {case.operation}: {trial.refused} broken requests, "
                f"{trial.faults} faults, {problems} problems"
            )
            for reason in trial.not_tried:
                print(f"    not tried: {reason}")
    for pattern in sorted(checker.unchecked_patterns):
        print(f"not checked: the pattern {pattern}")
    if checker.problems:
        raise SystemExit("\n".join(dict.fromkeys(checker.problems)))


if __name__ == "__main__":
    main()
