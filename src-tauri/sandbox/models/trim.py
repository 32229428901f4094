"""Makes the sandbox's service models from botocore's.

Usage: python3 trim.py [OUT_DIR]     (OUT_DIR defaults to the folder of this file)

Reads the service models of the importable botocore (the version must be the pinned one), keeps the
operations that the sandbox serves and the shapes they reach, drops every documentation text, and
writes one sorted, indented <service>.json each. Same botocore, same bytes.
"""

import gzip
import json
import pathlib
import sys

PINNED = "1.44.5"

# Signing name of the service (what stands in the credential scope) -> botocore folder, operations.
SERVED = {
    "sts": ("sts", ["AssumeRole", "GetCallerIdentity"]),
    "ec2": (
        "ec2",
        [
            "AcceptVpcEndpointConnections",
            "CreateVpcEndpointServiceConfiguration",
            "DeleteVpcEndpointServiceConfigurations",
            "DescribeAvailabilityZones",
            "DescribeNetworkAcls",
            "DescribeNetworkInterfaces",
            "DescribeRegions",
            "DescribeSecurityGroupRules",
            "DescribeSecurityGroups",
            "DescribeSubnets",
            "DescribeVpcEndpointConnections",
            "DescribeVpcEndpointServiceConfigurations",
            "DescribeVpcEndpointServicePermissions",
            "DescribeVpcs",
            "GetSubnetCidrReservations",
            "ModifyVpcEndpointServiceConfiguration",
            "ModifyVpcEndpointServicePermissions",
            "RejectVpcEndpointConnections",
            "StartVpcEndpointServicePrivateDnsVerification",
        ],
    ),
    "elasticloadbalancing": (
        "elbv2",
        [
            "CreateListener",
            "CreateLoadBalancer",
            "CreateTargetGroup",
            "DeleteListener",
            "DeleteLoadBalancer",
            "DeleteTargetGroup",
            "DeregisterTargets",
            "DescribeListenerAttributes",
            "DescribeListeners",
            "DescribeLoadBalancerAttributes",
            "DescribeLoadBalancers",
            "DescribeTags",
            "DescribeTargetGroupAttributes",
            "DescribeTargetGroups",
            "DescribeTargetHealth",
            "ModifyLoadBalancerAttributes",
            "RegisterTargets",
            "SetSecurityGroups",
        ],
    ),
    "rds": (
        "rds",
        [
            "DescribeDBClusterParameters",
            "DescribeDBClusters",
            "DescribeDBInstances",
            "DescribeDBParameters",
        ],
    ),
    "vpc-lattice": (
        "vpc-lattice",
        [
            "CreateResourceConfiguration",
            "CreateResourceGateway",
            "DeleteResourceConfiguration",
            "DeleteResourceEndpointAssociation",
            "DeleteResourceGateway",
            "GetResourceConfiguration",
            "GetResourceGateway",
            "ListResourceConfigurations",
            "ListResourceEndpointAssociations",
            "ListResourceGateways",
            "ListTagsForResource",
            "TagResource",
            "UntagResource",
            "UpdateResourceConfiguration",
            "UpdateResourceGateway",
        ],
    ),
    "ram": (
        "ram",
        [
            "AssociateResourceShare",
            "CreateResourceShare",
            "DeleteResourceShare",
            "DisassociateResourceShare",
            "GetResourceShareAssociations",
            "GetResourceShares",
            "TagResource",
            "UntagResource",
        ],
    ),
    "kafka": (
        "kafka",
        [
            "DeleteClusterPolicy",
            "DescribeCluster",
            "DescribeClusterOperationV2",
            "DescribeClusterV2",
            "DescribeConfigurationRevision",
            "GetBootstrapBrokers",
            "GetClusterPolicy",
            "ListClientVpcConnections",
            "ListClusterOperationsV2",
            "ListClustersV2",
            "ListNodes",
            "PutClusterPolicy",
            "RejectClientVpcConnection",
            "UpdateConnectivity",
        ],
    ),
    "servicequotas": ("service-quotas", ["GetServiceQuota", "ListServiceQuotas"]),
    "pricing": ("pricing", ["GetProducts"]),
}

KEPT_METADATA = (
    "apiVersion",
    "protocol",
    "serviceFullName",
    "serviceId",
    "targetPrefix",
    "xmlNamespace",
)


def without_documentation(node):
    """The same tree without documentation; a member that is itself called so is a shape reference."""
    if isinstance(node, list):
        return [without_documentation(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: without_documentation(value)
        for key, value in node.items()
        if not (key == "documentation" and isinstance(value, str))
    }


def references(shape):
    for member in shape.get("members", {}).values():
        yield member["shape"]
    for edge in ("member", "key", "value"):
        if edge in shape:
            yield shape[edge]["shape"]


def trimmed(model, operations):
    kept = {name: model["operations"][name] for name in operations}
    wanted = []
    for operation in kept.values():
        wanted += [operation[edge]["shape"] for edge in ("input", "output") if edge in operation]
        wanted += [error["shape"] for error in operation.get("errors", [])]
    # Errors that any operation may answer (throttling and the like), whether it lists them or not.
    wanted += [name for name, shape in model["shapes"].items() if shape.get("exception") and len(model["shapes"]) < 500]
    shapes = {}
    while wanted:
        name = wanted.pop()
        if name not in shapes:
            shapes[name] = model["shapes"][name]
            wanted += references(shapes[name])
    metadata = {key: model["metadata"][key] for key in KEPT_METADATA if key in model["metadata"]}
    return without_documentation({"metadata": metadata, "operations": kept, "shapes": shapes})


def newest_model(data, folder):
    versions = sorted(path for path in (data / folder).iterdir() if path.is_dir())
    path = versions[-1] / "service-2.json.gz"
    if path.exists():
        return json.loads(gzip.decompress(path.read_bytes()))
    return json.loads((versions[-1] / "service-2.json").read_text(encoding="utf-8"))


def main():
    import botocore

    if botocore.__version__ != PINNED:
        sys.exit(f"botocore {botocore.__version__} is importable, but the models are pinned to {PINNED}")
    data = pathlib.Path(botocore.__file__).parent / "data"
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    out.mkdir(parents=True, exist_ok=True)
    for service, (folder, operations) in SERVED.items():
        text = json.dumps(trimmed(newest_model(data, folder), operations), indent=1, sort_keys=True)
        (out / f"{service}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
