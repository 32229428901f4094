"""Takes gateways, configurations, shares, MSK clusters and their connections through every state that their models name, with the faults that
hold a thing where it is or have it fail, and holds to botocore's complete models what is answered meanwhile.
conformance.py does so operation by operation, where all goes well; here it goes wrong on its way.

Configurations go through their states once for each definition: a database, a name that is looked up in the
VPC, and an address; and as a group, and as a child of one. Fails when a state of a model was not seen, or a reason not told where the model has a
place for one.

Usage: every_state.py PATH_OF_THE_SANDBOX FOLDER_OF_THE_MODELS
"""

import collections
import json
import sys

import botocore.exceptions
from conformance import clients_of, load_trim
from model_check import Checker
import private_link_states
from standalone import CLICKPIPES_ACCOUNT, sandbox

REASON = "The way to it is closed."

# Longer than anything takes on its way; in the sandbox's time.
ARRIVED = 60

DATABASE = "arn:aws:rds:us-east-1:111122223333:cluster:orders-postgres"

# Where states are named, and those that nothing in the sandbox leads to: RAM suspends associations of its own
# accord only, when an account leaves its organization.
STATES = {
    "ResourceGateway": ("vpc-lattice", "ResourceGatewayStatus", set()),
    "ResourceConfiguration": ("vpc-lattice", "ResourceConfigurationStatus", set()),
    "ResourceShare": ("ram", "ResourceShareStatus", set()),
    # No operation of the sandbox makes or deletes a cluster.
    "MskCluster": ("kafka", "ClusterState", {"CREATING", "DELETING", "FAILED"}),
    "ClientVpcConnection": ("kafka", "VpcConnectionState", set()),
    "ResourceShareAssociation": (
        "ram", "ResourceShareAssociationStatus", {"RESTORING", "SUSPENDED", "SUSPENDING"},
    ),
    **private_link_states.STATES,
}


class Walk:
    """Calls the sandbox, and notes which states it was seen in."""

    def __init__(self, box, trim):
        self.box, self.checker = box, Checker()
        self.clients = {name: strict for name, (strict, _) in clients_of(box, trim, self.checker).items()}
        self.seen = collections.defaultdict(set)
        self.calls = 0

    def call(self, service, operation, **params):
        client = self.clients[service]
        self.checker.request(client.meta.service_model.operation_model(operation), params)
        self.calls += 1
        return client._make_api_call(operation, params)

    def refused(self, code, service, operation, **params):
        try:
            answer = self.call(service, operation, **params)
        except botocore.exceptions.ClientError as error:
            answer = error.response["Error"]["Code"]
        if answer != code:
            self.checker.problem(f"{service} {operation}", f"{answer} instead of {code}")

    def under(self, kind, service, operation, **params):
        """Calls with what it sets going held where it is, or about to fail."""
        fault = {"service": service, "operation": operation, "kind": kind, "reason": REASON}
        added = self.box.control("POST", "/faults", fault)
        if "id" not in added:
            raise SystemExit(f"{kind} of {operation}: {added}")
        answer = self.call(service, operation, **params)
        if kind == "failed_state":
            self.box.control("DELETE", "/faults")
        self.box.advance(ARRIVED)
        return answer

    def release(self):
        self.box.control("DELETE", "/faults")
        self.box.advance(ARRIVED)

    def expect(self, where, found, wanted):
        if found != wanted:
            self.checker.problem(where, f"{found!r} instead of {wanted!r}")

    def missing(self):
        for thing, (service, shape, out_of_reach) in STATES.items():
            named = self.clients[service].meta.service_model.shape_for(shape).enum
            unseen = set(named) - out_of_reach - self.seen[thing]
            if unseen:
                self.checker.problem(thing, f"never seen: {', '.join(sorted(unseen))}")
        return self.checker.problems


class Life:
    """The life of a gateway or a configuration. `told` says whether Get tells why it has failed."""

    def __init__(self, walk, thing, told, create, change):
        self.walk, self.thing, self.told = walk, thing, told
        self.create, self.change = create, change

    def does(self, verb, **params):
        return self.walk.call("vpc-lattice", f"{verb}{self.thing}", **params)

    def fails(self, verb, **params):
        return self.walk.under("failed_state", "vpc-lattice", f"{verb}{self.thing}", **params)

    def sticks(self, verb, **params):
        return self.walk.under("stuck", "vpc-lattice", f"{verb}{self.thing}", **params)

    def own(self, made):
        return {f"{self.thing[0].lower()}{self.thing[1:]}Identifier": made["id"]}

    def is_now(self, made, status, reason=None):
        """Looks at it in every way that there is."""
        where, walk = f"{self.thing} {status}", self.walk
        found = self.does("Get", **self.own(made))
        walk.expect(where, found["status"], status)
        walk.expect(f"{where} failureReason", found.get("failureReason"), reason if self.told else None)
        pages = walk.clients["vpc-lattice"].get_paginator(f"list_{snake(self.thing)}s").paginate()
        listed = [item["status"] for page in pages for item in page["items"] if item["id"] == made["id"]]
        walk.expect(f"{where} listed", listed, [status])
        tags = walk.call("vpc-lattice", "ListTagsForResource", resourceArn=made["arn"])["tags"]
        walk.expect(f"{where} tags", tags, {"Team": "data"})
        walk.seen[self.thing].add(found["status"])
        return found

    def is_gone(self, made):
        code = "ResourceNotFoundException"
        self.walk.refused(code, "vpc-lattice", f"Get{self.thing}", **self.own(made))

    def live(self):
        made = self.sticks("Create", **self.create)
        self.is_now(made, "CREATE_IN_PROGRESS")
        self.walk.release()
        first = self.is_now(made, "ACTIVE")
        self.sticks("Update", **self.own(made), **self.change)
        self.is_now(made, "UPDATE_IN_PROGRESS")
        self.walk.release()
        self.is_now(made, "ACTIVE")
        self.fails("Update", **self.own(made), **self.change)
        self.is_now(made, "UPDATE_FAILED", REASON)
        # What failed to change can be changed again, and is then as good as before.
        self.does("Update", **self.own(made), **self.change)
        self.walk.box.advance(ARRIVED)
        self.is_now(made, "ACTIVE")
        self.sticks("Delete", **self.own(made))
        self.is_now(made, "DELETE_IN_PROGRESS")
        # Deleted once more while it is on its way.
        self.does("Delete", **self.own(made))
        self.walk.release()
        self.is_gone(made)
        self.fail()
        return first

    def fail(self):
        made = self.fails("Create", **self.create)
        self.is_now(made, "CREATE_FAILED", REASON)
        if self.thing == "ResourceGateway":
            on_it = configuration(made, {"arnResource": {"arn": DATABASE}})
            self.walk.refused(
                "ConflictException", "vpc-lattice", "CreateResourceConfiguration", **on_it
            )
        self.fails("Delete", **self.own(made))
        self.is_now(made, "DELETE_FAILED", REASON)
        self.does("Delete", **self.own(made))
        self.walk.box.advance(ARRIVED)
        self.is_gone(made)


def snake(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def configuration(gateway, definition):
    """A request for a configuration; of a database it has no ports."""
    ports = {} if "arnResource" in definition else {"portRanges": ["5432"], "protocol": "TCP"}
    return {
        "name": "states", "type": "SINGLE" if ports else "ARN", **ports,
        "resourceGatewayIdentifier": gateway["id"],
        "resourceConfigurationDefinition": definition, "tags": {"Team": "data"},
    }


def lattice(walk):
    """Gateways, then configurations of every definition; one of a database is left for the shares."""
    named = [{"Name": "tag:Name", "Values": ["prod-data-1a", "prod-data-1b"]}]
    subnets = walk.call("ec2", "DescribeSubnets", Filters=named)["Subnets"]
    groups = walk.call(
        "ec2", "DescribeSecurityGroups",
        Filters=[{"Name": "group-name", "Values": ["clickpipes-gateway"]}],
    )["SecurityGroups"]
    create = {
        "name": "states", "vpcIdentifier": subnets[0]["VpcId"],
        "subnetIds": [it["SubnetId"] for it in subnets],
        "securityGroupIds": [groups[0]["GroupId"]],
        "tags": {"Team": "data"},
    }
    change = {"securityGroupIds": [groups[0]["GroupId"]]}
    for resolution in ("PUBLIC", "IN_VPC"):
        wanted = {**create, "resourceConfigDnsResolution": resolution}
        first = Life(walk, "ResourceGateway", False, wanted, change).live()
        walk.expect("resolution", first["resourceConfigDnsResolution"], resolution)

    gateways = {}
    for resolution in ("PUBLIC", "IN_VPC"):
        name = f"states-{resolution.lower().replace('_', '-')}"
        wanted = {**create, "name": name, "resourceConfigDnsResolution": resolution}
        gateways[resolution] = walk.call("vpc-lattice", "CreateResourceGateway", **wanted)
    walk.box.advance(ARRIVED)
    name = {"domainName": "orders.internal.example", "ipAddressType": "IPV4"}
    for resolution, definition in (
        ("PUBLIC", {"arnResource": {"arn": DATABASE}}),
        ("IN_VPC", {"dnsResource": name}),
        ("IN_VPC", {"ipResource": {"ipAddress": "10.20.1.10"}}),
        ("PUBLIC", {"ipResource": {"ipAddress": "10.20.1.10"}}),
    ):
        wanted = configuration(gateways[resolution], definition)
        change = {"resourceConfigurationDefinition": definition}
        first = Life(walk, "ResourceConfiguration", True, wanted, change).live()
        walk.expect("definition", first["resourceConfigurationDefinition"], definition)
    groups_of_configurations(walk, gateways["IN_VPC"])
    kept = configuration(gateways["PUBLIC"], {"arnResource": {"arn": DATABASE}})
    kept = walk.call("vpc-lattice", "CreateResourceConfiguration", **{**kept, "name": "kept"})
    walk.box.advance(ARRIVED)
    return kept["arn"]


def groups_of_configurations(walk, gateway):
    """A group, and then its children, through the states of any configuration."""
    create = {
        "name": "states", "type": "GROUP", "resourceGatewayIdentifier": gateway["id"], "tags": {"Team": "data"},
    }
    change = {"allowAssociationToShareableServiceNetwork": True}
    Life(walk, "ResourceConfiguration", True, create, change).live()
    group = walk.call("vpc-lattice", "CreateResourceConfiguration", **{**create, "name": "states-group"})
    walk.box.advance(ARRIVED)
    node = {"dnsResource": {"domainName": "mongo-0.catalog.example.com", "ipAddressType": "IPV4"}}
    create = {
        "name": "states", "type": "CHILD", "portRanges": ["27017"], "tags": {"Team": "data"},
        "resourceConfigurationGroupIdentifier": group["id"], "resourceConfigurationDefinition": node,
    }
    first = Life(walk, "ResourceConfiguration", True, create, {"portRanges": ["27017-27019"]}).live()
    walk.expect("group", first["resourceConfigurationGroupId"], group["id"])
    walk.expect("gateway of the group", first["resourceGatewayId"], gateway["id"])
    child = walk.call("vpc-lattice", "CreateResourceConfiguration", **create)
    own, whole = ({"resourceConfigurationIdentifier": it["id"]} for it in (child, group))
    walk.box.advance(ARRIVED)
    walk.refused("ConflictException", "vpc-lattice", "DeleteResourceConfiguration", **whole)
    for one in (own, whole):
        walk.call("vpc-lattice", "DeleteResourceConfiguration", **one)
        walk.box.advance(ARRIVED)


def share_is_now(walk, share, status, reason=None):
    pages = walk.clients["ram"].get_paginator("get_resource_shares").paginate(resourceOwner="SELF")
    found = [it for page in pages for it in page["resourceShares"] if it["resourceShareArn"] == share]
    walk.expect(f"share {status}", [(it["status"], it.get("statusMessage")) for it in found], [(status, reason)])
    walk.seen["ResourceShare"].update(it["status"] for it in found)


def associations_are_now(walk, share, kind, status, reason=None):
    found = walk.call(
        "ram", "GetResourceShareAssociations", associationType=kind, resourceShareArns=[share]
    )["resourceShareAssociations"]
    told = [(it["status"], it.get("statusMessage")) for it in found]
    walk.expect(f"{kind} association {status}", told, [(status, reason)])
    walk.seen["ResourceShareAssociation"].update(it["status"] for it in found)


def shares(walk, configuration_arn):
    ends = {"resourceArns": [configuration_arn], "principals": [CLICKPIPES_ACCOUNT]}
    kinds = ("RESOURCE", "PRINCIPAL")

    def made(answer):
        return answer["resourceShare"]["resourceShareArn"]

    failed = made(walk.under("failed_state", "ram", "CreateResourceShare", name="failed", **ends))
    share_is_now(walk, failed, "FAILED", REASON)
    for kind in kinds:
        associations_are_now(walk, failed, kind, "FAILED", REASON)
    walk.call("ram", "DeleteResourceShare", resourceShareArn=failed)

    share = made(walk.under("stuck", "ram", "CreateResourceShare", name="held"))
    share_is_now(walk, share, "PENDING")
    walk.release()
    share_is_now(walk, share, "ACTIVE")
    # The share works; what was to be in it does not.
    own = {"resourceShareArn": share}
    walk.under("failed_state", "ram", "AssociateResourceShare", **own, **ends)
    share_is_now(walk, share, "ACTIVE")
    for kind in kinds:
        associations_are_now(walk, share, kind, "FAILED", REASON)
    # A failed association is made anew by asking for it again.
    walk.under("stuck", "ram", "AssociateResourceShare", **own, **ends)
    for kind in kinds:
        associations_are_now(walk, share, kind, "ASSOCIATING")
    walk.release()
    associations_are_now(walk, share, "RESOURCE", "ASSOCIATED")
    # ClickHouse has not accepted it.
    associations_are_now(walk, share, "PRINCIPAL", "ASSOCIATING")
    walk.under("stuck", "ram", "DisassociateResourceShare", **own, resourceArns=[configuration_arn])
    associations_are_now(walk, share, "RESOURCE", "DISASSOCIATING")
    walk.release()
    associations_are_now(walk, share, "RESOURCE", "DISASSOCIATED")
    walk.under("stuck", "ram", "DeleteResourceShare", **own)
    share_is_now(walk, share, "DELETING")
    walk.release()
    share_is_now(walk, share, "DELETED")


CLUSTER = "arn:aws:kafka:us-east-1:111122223333:cluster/events/7d1c3b52-9a64-4f0d-8f55-0f6d2a9b7c31-9"

# What a change of connectivity of a cluster with three brokers takes.
CHANGED = (25 + 3 * 15) * 60


def cluster_is_now(walk, state):
    found = walk.call("kafka", "DescribeClusterV2", ClusterArn=CLUSTER)["ClusterInfo"]
    walk.expect("MSK cluster", found["State"], state)
    walk.seen["MskCluster"].add(found["State"])
    return found


def connection_is_now(walk, *states):
    listed = walk.call("kafka", "ListClientVpcConnections", ClusterArn=CLUSTER)["ClientVpcConnections"]
    found = [it["State"] for it in listed]
    walk.expect("VPC connections", found, list(states))
    walk.seen["ClientVpcConnection"].update(found)
    return listed


def act(walk, act):
    answer = walk.box.control("POST", "/operator", {"act": act})
    if answer:
        walk.checker.problem(act, answer)


def set_iam(walk, on, under=None):
    version = cluster_is_now(walk, "ACTIVE")["CurrentVersion"]
    iam = {"VpcConnectivity": {"ClientAuthentication": {"Sasl": {"Iam": {"Enabled": on}}}}}
    params = {"ClusterArn": CLUSTER, "CurrentVersion": version, "ConnectivityInfo": iam}
    if under:
        answer = walk.under(under, "kafka", "UpdateConnectivity", **params)
    else:
        answer = walk.call("kafka", "UpdateConnectivity", **params)
    cluster_is_now(walk, "UPDATING")
    walk.box.advance(CHANGED)
    return answer["ClusterOperationArn"]


def operation_ended(walk, arn, state, reason=None):
    found = walk.call("kafka", "DescribeClusterOperationV2", ClusterOperationArn=arn)["ClusterOperationInfo"]
    walk.expect("cluster operation", found["OperationState"], state)
    walk.expect("its reason", found.get("ErrorInfo", {}).get("ErrorString"), reason)


def clusters(walk):
    for verb, state in (("reboot", "REBOOTING_BROKER"), ("heal", "HEALING"), ("maintain", "MAINTENANCE")):
        act(walk, f"{verb}-msk {CLUSTER}")
        cluster_is_now(walk, state)
        walk.box.advance(CHANGED)
    operation_ended(walk, set_iam(walk, True, "failed_state"), "UPDATE_FAILED", REASON)
    held = set_iam(walk, True, "stuck")
    operation_ended(walk, held, "UPDATE_IN_PROGRESS")
    walk.box.control("DELETE", "/faults")
    walk.box.advance(CHANGED)
    operation_ended(walk, held, "UPDATE_COMPLETE")

    policy = json.dumps({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": {"AWS": CLICKPIPES_ACCOUNT}, "Action": "kafka:*", "Resource": "*",
        }],
    })
    walk.call("kafka", "PutClusterPolicy", ClusterArn=CLUSTER, Policy=policy)
    connect = f"connect-msk SASL_IAM {CLUSTER}"
    act(walk, connect)
    connection_is_now(walk, "CREATING")
    walk.box.advance(ARRIVED)
    (connection,) = connection_is_now(walk, "AVAILABLE")
    arn = connection["VpcConnectionArn"]
    walk.under("stuck", "kafka", "RejectClientVpcConnection", ClusterArn=CLUSTER, VpcConnectionArn=arn)
    connection_is_now(walk, "REJECTING")
    walk.release()
    connection_is_now(walk, "REJECTED")
    act(walk, f"disconnect-msk {arn}")
    connection_is_now(walk, "DELETING")
    walk.box.advance(ARRIVED)
    act(walk, connect)
    walk.box.advance(ARRIVED)
    set_iam(walk, False)
    connection_is_now(walk, "DEACTIVATING")
    walk.box.advance(ARRIVED)
    connection_is_now(walk, "INACTIVE")
    set_iam(walk, True)
    act(walk, connect)
    # Permission taken back on the way.
    walk.call("kafka", "DeleteClusterPolicy", ClusterArn=CLUSTER)
    walk.box.advance(ARRIVED)
    connection_is_now(walk, "INACTIVE", "FAILED")


def main():
    with sandbox(sys.argv[1], "--speed", "0") as box:
        walk = Walk(box, load_trim(sys.argv[2]))
        shares(walk, lattice(walk))
        clusters(walk)
        private_link_states.private_link(walk, REASON)
        problems = walk.missing()
    for thing, states in sorted(walk.seen.items()):
        print(f"{thing}: {', '.join(sorted(states))}")
    print(f"{walk.calls} calls besides the lists")
    if problems:
        raise SystemExit("\n".join(dict.fromkeys(problems)))


if __name__ == "__main__":
    main()
