"""The AWS CLI, which brings its own copy of botocore, against the stand-alone sandbox: it reads, it writes,
and what it wrote is there.

Usage: aws_cli.py PATH_OF_THE_SANDBOX
"""

import json
import os
import subprocess
import sys

from standalone import sandbox


def cli(box, *arguments):
    """What the CLI prints, or its complaint."""
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": box.connection["access_key_id"],
        "AWS_SECRET_ACCESS_KEY": box.connection["secret_access_key"],
        "AWS_DEFAULT_REGION": box.connection["region"],
        "AWS_ENDPOINT_URL": box.connection["aws_endpoint_url"],
        "AWS_PAGER": "",
        "AWS_MAX_ATTEMPTS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "awscli", *arguments, "--output", "json"],
        env=environment, capture_output=True, text=True, timeout=120,
    )
    return done.returncode, json.loads(done.stdout or "null"), done.stderr


def works(box, *arguments):
    code, printed, complaint = cli(box, *arguments)
    if code != 0:
        raise SystemExit(f"aws {' '.join(arguments)} ended with {code}: {complaint}")
    return printed


def main():
    with sandbox(sys.argv[1], "--speed", "0") as box:
        vpcs = works(box, "ec2", "describe-vpcs", "--filters", "Name=tag:Name,Values=prod")["Vpcs"]
        assert [vpc["CidrBlock"] for vpc in vpcs] == ["10.20.0.0/16"], vpcs
        subnets = works(
            box, "ec2", "describe-subnets", "--filters", "Name=tag:Name,Values=prod-data-1a"
        )["Subnets"]
        made = works(
            box, "vpc-lattice", "create-resource-gateway", "--name", "by-the-cli",
            "--vpc-identifier", vpcs[0]["VpcId"], "--subnet-ids", subnets[0]["SubnetId"],
        )
        assert made["status"] == "CREATE_IN_PROGRESS", made
        box.advance(40)
        found = works(
            box, "vpc-lattice", "get-resource-gateway", "--resource-gateway-identifier", made["id"]
        )
        assert (found["name"], found["status"]) == ("by-the-cli", "ACTIVE"), found
        listed = works(box, "vpc-lattice", "list-resource-gateways", "--page-size", "1")["items"]
        assert made["id"] in [it["id"] for it in listed], listed
        # A refusal by the service: the CLI prints its code.
        code, _, complaint = cli(
            box, "vpc-lattice", "create-resource-gateway", "--name", "by-the-cli",
            "--vpc-identifier", vpcs[0]["VpcId"], "--subnet-ids", subnets[0]["SubnetId"],
        )
        assert code != 0 and "(ConflictException)" in complaint, (code, complaint)
    print("the AWS CLI reads, writes, and understands a refusal")


if __name__ == "__main__":
    main()
