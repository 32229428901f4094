"""Calls every operation that the sandbox does not have: all others of the services that it serves, and one
of every other service that botocore knows. Each must answer 501, and never anything friendlier.

Usage: not_written.py PATH_OF_THE_SANDBOX FOLDER_OF_THE_MODELS
"""

import sys
import urllib.error
import urllib.parse
import urllib.request

import boto3
import botocore.session
from conformance import load_trim
from model_check import error_of
from standalone import sandbox



def request_of(model, operation):
    """Method, path and the headers and body by which an operation is told apart."""
    if model.protocol in ("ec2", "query"):
        form = urllib.parse.urlencode({"Action": operation.name, "Version": model.api_version})
        return "POST", "/", {"Content-Type": "application/x-www-form-urlencoded"}, form.encode()
    if model.protocol == "json":
        target = f"{model.metadata['targetPrefix']}.{operation.name}"
        return "POST", "/", {"X-Amz-Target": target}, b"{}"
    path = operation.http["requestUri"]
    names = (operation.input_shape.members if operation.input_shape is not None else {}).items()
    for name, member in names:
        if member.serialization.get("location") == "uri":
            name = member.serialization.get("name", name)
            path = path.replace("{%s}" % name, "x").replace("{%s+}" % name, "x")
    return operation.http["method"], path, {}, b"{}"


def call(box, scope, method, path, headers, body):
    credential = f"{box.connection['access_key_id']}/20261123/us-east-1/{scope}/aws4_request"
    headers = {
        **headers,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0",
    }
    url = box.connection["aws_endpoint_url"] + path
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer
    except urllib.error.HTTPError as refusal:
        refusal.status_code, refusal.content = refusal.code, refusal.read()
        return refusal.code, refusal


def main():
    trim = load_trim(sys.argv[2])
    session = botocore.session.get_session()
    wrong, count = [], {}
    with sandbox(sys.argv[1], "--speed", "0") as box:
        for scope, (folder, written) in trim.SERVED.items():
            model = session.get_service_model(folder)
            for name in sorted(set(model.operation_names) - set(written)):
                method, path, headers, body = request_of(model, model.operation_model(name))
                status, answer = call(box, scope, method, path, headers, body)
                count[scope] = count.get(scope, 0) + 1
                if status != 501 or error_of(model.protocol, answer)[0] != "NotImplemented":
                    wrong.append(f"{scope} {name}: {status} for {method} {path}")
            print(f"{scope}: {count.get(scope, 0)} operations that are not written answer 501")
        others = set(boto3.session.Session().get_available_services())
        others -= {folder for folder, _ in trim.SERVED.values()}
        for folder in sorted(others):
            scope = session.get_service_model(folder).signing_name
            if scope in trim.SERVED:
                continue
            status, _ = call(box, scope, "POST", "/", {}, b"{}")
            if status != 501:
                wrong.append(f"{folder} (scope {scope}): {status}")
        print(f"{len(others)} services that are not there answer 501")
    if not count or wrong:
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
