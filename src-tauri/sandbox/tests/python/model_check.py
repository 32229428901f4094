"""Holds requests and raw answers to botocore's complete models: members, required members, types, enums,
patterns, lengths, ranges, unions, formats of timestamps, and the shapes and statuses of errors.

What is checked is the wire: botocore's own parser drops what it does not know, and takes what it can.
"""

import base64
import binascii
import datetime
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

JSON_PROTOCOLS = ("rest-json", "json")

# Errors that every service of a protocol may answer and that no model names: AWS's pages on common errors.
COMMON_ERRORS = {
    "ec2": {
        "AuthFailure",
        "DryRunOperation",
        "ExistingVpcEndpointConnections",
        "IdempotentParameterMismatch",
        "InternalError",
        "InvalidParameter",
        "InvalidParameterCombination",
        "InvalidParameterValue",
        "InvalidPrincipal",
        "InvalidState",
        "MissingParameter",
        "RequestExpired",
        "RequestLimitExceeded",
        "UnauthorizedOperation",
    },
    "query": {
        "AccessDenied",
        "ExpiredToken",
        "InternalFailure",
        "InvalidClientTokenId",
        "MissingParameter",
        "Throttling",
        "ValidationError",
    },
    "rest-json": {
        "AccessDeniedException",
        "ExpiredTokenException",
        "ThrottlingException",
        "TooManyRequestsException",
        "UnrecognizedClientException",
    },
    "json": {
        "AccessDeniedException",
        "ExpiredTokenException",
        "ThrottlingException",
        "UnrecognizedClientException",
    },
}

# Codes of EC2 that say which ID is not there; EC2's model names no errors at all.
EC2_NOT_FOUND = re.compile(r"Invalid[A-Za-z]+(\.NotFound)$")


# Enums of EC2 that are in lower camel case on the wire, against the model (awslabs/aws-sdk-rust issue 619).
LOWER_ON_THE_WIRE = {"State"}


# Lists that are given empty although their shape, which requests share, has at least one item.
MAY_BE_EMPTY = (".TagDescriptions[].Tags",)


class Checker:
    """Collects what does not keep to the models, each problem with its path."""

    def __init__(self):
        self.problems = []
        # Patterns that Python's re does not know: what they say is not checked here.
        self.unchecked_patterns = set()

    def problem(self, path, text):
        self.problems.append(f"{path}: {text}")

    # Requests, as botocore takes them.

    def request(self, operation, params):
        if operation.input_shape is not None:
            self.value(f"{operation.name} request", operation.input_shape, params)

    def value(self, path, shape, value):
        kind = shape.type_name
        if kind == "structure":
            self.structure(path, shape, value.keys())
            for name, inner in value.items():
                if name in shape.members:
                    self.value(f"{path}.{name}", shape.members[name], inner)
                else:
                    self.problem(path, f"unknown member {name}")
        elif kind == "list":
            self.size(path, shape, len(value))
            for inner in value:
                self.value(f"{path}[]", shape.member, inner)
        elif kind == "map":
            self.size(path, shape, len(value))
            for key, inner in value.items():
                self.value(f"{path} key", shape.key, key)
                self.value(f"{path}{{}}", shape.value, inner)
        elif kind == "string":
            self.string(path, shape, value)
        elif kind in ("integer", "long", "float", "double"):
            self.number(path, shape, value)

    # Answers, as they are on the wire.

    def answer(self, operation, response):
        where = f"{operation.service_model.service_name} {operation.name}"
        if response.status_code >= 300:
            self.error(where, operation, response)
            return
        wanted = operation.http.get("responseCode", 200)
        if response.status_code != wanted:
            self.problem(where, f"status {response.status_code} instead of {wanted}")
        shape = operation.output_shape
        if operation.service_model.protocol in JSON_PROTOCOLS:
            if shape is None or not response.content:
                if response.content not in (b"", b"{}"):
                    self.problem(where, "an answer where the model has none")
                if shape is not None and shape.required_members:
                    self.problem(where, "no answer where the model has one")
                return
            self.json(where, shape, json.loads(response.content))
            return
        root = ElementTree.fromstring(response.content)
        self.name(where, root, f"{operation.name}Response")
        metadata = "requestId" if operation.service_model.protocol == "ec2" else "ResponseMetadata"
        if not any(local(inner) == metadata for inner in root):
            self.problem(where, f"no {metadata}")
        if shape is None:
            return
        wrapper = shape.serialization.get("resultWrapper")
        if wrapper is None:
            self.xml(where, shape, root, {metadata})
            return
        elements = [inner for inner in root if local(inner) == wrapper]
        if len(elements) != 1:
            self.problem(where, f"{len(elements)} elements {wrapper}")
        else:
            self.xml(where, shape, elements[0])

    def json(self, path, shape, value):
        kind = shape.type_name
        right = {
            "structure": dict,
            "map": dict,
            "list": list,
            "string": str,
            "blob": str,
            "boolean": bool,
            "integer": int,
            "long": int,
            "float": (int, float),
            "double": (int, float),
        }.get(kind)
        if right and (not isinstance(value, right) or (kind not in ("boolean",) and value is True)):
            self.problem(path, f"{value!r} is no {kind}")
        elif kind == "structure":
            names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
            self.structure(path, shape, [names[name][0] for name in value if name in names])
            for name, inner in value.items():
                if name in names:
                    self.json(f"{path}.{name}", names[name][1], inner)
                else:
                    self.problem(path, f"unknown member {name}")
        elif kind == "list":
            self.size(path, shape, len(value))
            for item in value:
                self.json(f"{path}[]", shape.member, item)
        elif kind == "map":
            self.size(path, shape, len(value))
            for key, item in value.items():
                self.string(f"{path} key", shape.key, key)
                self.json(f"{path}{{}}", shape.value, item)
        elif kind == "string":
            self.string(path, shape, value)
        elif kind == "timestamp":
            wanted = shape.serialization.get("timestampFormat", "unixTimestamp")
            self.timestamp(path, wanted, value)
        elif kind == "blob":
            self.base64(path, value)
        elif kind != "boolean":
            self.number(path, shape, value)

    def base64(self, path, value):
        try:
            base64.b64decode(value, validate=True)
        except binascii.Error:
            self.problem(path, f"{value!r} is not base64")

    def xml(self, path, shape, element, known=frozenset()):
        kind = shape.type_name
        if kind == "structure":
            names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
            given = [local(inner) for inner in element if local(inner) not in known]
            self.structure(path, shape, [names[name][0] for name in given if name in names])
            for twice in {name for name in given if given.count(name) > 1}:
                if not names.get(twice, (0, shape))[1].serialization.get("flattened"):
                    self.problem(path, f"{twice} is given more than once")
            for inner in element:
                name = local(inner)
                if name in names:
                    self.xml(f"{path}.{name}", names[name][1], inner)
                elif name not in known:
                    self.problem(path, f"unknown member {name}")
        elif kind == "list":
            if len(element) or not path.endswith(MAY_BE_EMPTY):
                self.size(path, shape, len(element))
            wanted = shape.member.serialization.get("name", "member")
            for inner in element:
                self.name(path, inner, wanted)
                self.xml(f"{path}[]", shape.member, inner)
        elif kind == "map":
            self.problem(path, "maps in XML are not checked")
        else:
            self.text(path, shape, element)

    def text(self, path, shape, element):
        text = element.text or ""
        kind = shape.type_name
        if len(element):
            self.problem(path, f"elements where a {kind} should be")
        elif kind == "string":
            self.string(path, shape, text)
        elif kind == "boolean":
            if text not in ("true", "false"):
                self.problem(path, f"{text!r} is no boolean")
        elif kind == "timestamp":
            self.timestamp(path, shape.serialization.get("timestampFormat", "iso8601"), text)
        else:
            try:
                number = int(text) if kind in ("integer", "long") else float(text)
            except ValueError:
                self.problem(path, f"{text!r} is no {kind}")
            else:
                self.number(path, shape, number)

    # Errors.

    def error(self, where, operation, response):
        service = operation.service_model
        code, body = error_of(service.protocol, response)
        where = f"{where} {code}"
        if response.status_code == 501:
            if code != "NotImplemented":
                self.problem(where, "501 with another code than NotImplemented")
            return
        shape = self.error_shape(service, code)
        if shape is None:
            known = code in COMMON_ERRORS[service.protocol]
            if not known and not (service.protocol == "ec2" and EC2_NOT_FOUND.match(code)):
                self.problem(where, f"the model has no such error ({response.status_code})")
            if not 400 <= response.status_code < 600:
                self.problem(where, f"status {response.status_code} is no error's")
            return
        if code not in COMMON_ERRORS[service.protocol] and shape.name not in {
            it.name for it in operation.error_shapes
        }:
            self.problem(where, "the model does not name this error for this operation")
        # Where the model says nothing, the JSON protocol answers 400, and 500 for a fault.
        # Botocore keeps that mark out of a shape's metadata.
        default = 500 if shape._shape_model.get("fault") else 400
        wanted = shape.metadata.get("error", {}).get("httpStatusCode", default)
        if response.status_code != wanted:
            self.problem(where, f"status {response.status_code} instead of {wanted}")
        if service.protocol in JSON_PROTOCOLS:
            body = {name: value for name, value in body.items() if name != "__type"}
            in_header = {
                name
                for name, member in shape.members.items()
                if member.serialization.get("location") == "header"
            }
            for name in in_header:
                header = shape.members[name].serialization["name"]
                if header in response.headers:
                    body[header] = type_of(shape.members[name])(response.headers[header])
            self.json(where, shape, body)

    def error_shape(self, service, code):
        for shape in service.error_shapes:
            if code in (shape.name, shape.metadata.get("error", {}).get("code")):
                # Query services put another code on the wire than the shape's name.
                wire = shape.metadata.get("error", {}).get("code", shape.name)
                if service.protocol == "query" and code != wire:
                    self.problem(f"{service.service_name} {code}", f"is {wire} on the wire")
                return shape
        return None

    # Constraints.

    def structure(self, path, shape, given):
        given = set(given)
        for name in shape.required_members:
            if name not in given:
                self.problem(path, f"{name} is missing")
        if getattr(shape, "is_tagged_union", False) and len(given) != 1:
            self.problem(path, f"a union with {len(given)} members")

    def string(self, path, shape, value):
        limits = shape.metadata
        if shape.type_name != "string":
            return
        allowed = limits.get("enum", ())
        if shape.name in LOWER_ON_THE_WIRE:
            allowed = [it[:1].lower() + it[1:] for it in allowed]
        if "enum" in limits and value not in allowed:
            self.problem(path, f"{value!r} is not in the enum")
        if "pattern" in limits and self.matches(limits["pattern"], value) is False:
            self.problem(path, f"{value!r} does not match {limits['pattern']}")
        self.size(path, shape, len(value))

    def matches(self, pattern, value):
        """None where Python cannot tell."""
        try:
            return re.fullmatch(pattern, value) is not None
        except re.error:
            self.unchecked_patterns.add(pattern)
            return None

    def size(self, path, shape, count):
        if not shape.metadata.get("min", 0) <= count <= shape.metadata.get("max", sys.maxsize):
            self.problem(path, f"has a size of {count}")

    def number(self, path, shape, value):
        low, high = shape.metadata.get("min", -sys.maxsize), shape.metadata.get("max", sys.maxsize)
        if not low <= value <= high:
            self.problem(path, f"{value} is not from {low} to {high}")

    def timestamp(self, path, wanted, value):
        if wanted == "unixTimestamp":
            right = isinstance(value, (int, float)) and not isinstance(value, bool)
        elif wanted == "iso8601":
            right = isinstance(value, str) and is_iso8601(value)
        else:
            right = False
        if not right:
            self.problem(path, f"{value!r} is no timestamp in the format {wanted}")

    def name(self, path, element, wanted):
        if local(element) != wanted:
            self.problem(path, f"{local(element)} instead of {wanted}")


def error_of(protocol, response):
    """Code and JSON body of an error on the wire."""
    if protocol in JSON_PROTOCOLS:
        body = json.loads(response.content)
        code = response.headers.get("x-amzn-errortype") or body.get("__type", "")
        return code.split("#")[-1].split(":")[0], body
    root = ElementTree.fromstring(response.content)
    found = next(inner for inner in root.iter() if local(inner) == "Code")
    return found.text, None


def local(element):
    return element.tag.split("}")[-1]


def type_of(shape):
    return int if shape.type_name in ("integer", "long") else str


def is_iso8601(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)", text):
        return False
    try:
        datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
    except ValueError:
        return False
    return True
