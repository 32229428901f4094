"""Requests that a model forbids, made from one that it allows: for each member, one that breaks each of its
constraints. An optional member that the request lacks is put in, broken.
"""

import copy
import re

# Nobody sends more than this; a constraint beyond it is not tried.
LARGEST = 20_000

# Text that hardly any pattern takes, made as long as is asked for.
STRANGE = ("!", " ", "\u00e4", "\x01", "-", "Z", "%")


class NotTried(Exception):
    """A constraint that no request of this kind can break; says why."""


def broken(operation, good):
    """Yields (path, why, params or None); None where the constraint cannot be broken, with the reason."""
    if operation.input_shape is None:
        return
    for path, why, make in mutations(operation.input_shape, good, ()):
        try:
            yield ".".join(path), why, sendable(operation, path, make())
        except NotTried as reason:
            yield ".".join(path), f"{why} ({reason})", None


def sendable(operation, path, params):
    """A form has no structure without members: what is left of one that lost its only member is not sent."""
    there = params
    for name in path[:-1]:
        there = there[int(name) - 1] if isinstance(there, list) else there.get(name)
        if not isinstance(there, (dict, list)):
            return params
    if there == {} and len(path) > 1 and operation.service_model.protocol in ("ec2", "query"):
        raise NotTried("nothing of it would be sent")
    return params


def mutations(shape, good, path):
    """(path, why, function that makes the broken request) of a structure that is there."""
    for name in shape.required_members:
        if in_uri(shape.members[name]):
            continue
        yield (*path, name), "missing", lambda name=name: without(good, (name,))
    for name, member in shape.members.items():
        try:
            found = list(member_mutations(member, good.get(name), (*path, name)))
        except NotTried as reason:
            found = [((*path, name), "its constraints", not_tried(reason))]
        for inner, why, make in found:
            yield inner, why, lambda make=make, name=name: {**copy.deepcopy(good), name: make()}


def not_tried(reason):
    def refuse():
        raise reason

    return refuse


def member_mutations(shape, good, path):
    kind, limits = shape.type_name, shape.metadata
    if kind == "string":
        yield from string_mutations(shape, path)
    elif kind in ("integer", "long", "float", "double"):
        if "min" in limits:
            yield path, "below the minimum", lambda: limits["min"] - 1
        if "max" in limits:
            yield path, "above the maximum", lambda: limits["max"] + 1
    elif kind == "list":
        yield from list_mutations(shape, good, path)
    elif kind == "map":
        key, value = example(shape.key), example(shape.value)
        for inner, why, make in member_mutations(shape.key, key, (*path, "key")):
            yield inner, why, lambda make=make, value=value: {make(): value}
        for inner, why, make in member_mutations(shape.value, value, (*path, "value")):
            yield inner, why, lambda make=make, key=key: {key: make()}
        if "max" in limits and limits["max"] <= LARGEST:
            yield path, "too many entries", lambda: {f"{key}{n}": value for n in range(limits["max"] + 1)}
    elif kind == "structure":
        union = getattr(shape, "is_tagged_union", False)
        there = good if isinstance(good, dict) else example(shape)
        yield from mutations(shape, there, path)
        if union:
            yield path, "a union with no member", dict
            yield path, "a union with two members", lambda: {
                name: example(shape.members[name]) for name in list(shape.members)[:2]
            }


def string_mutations(shape, path):
    limits = shape.metadata
    low, high = limits.get("min", 0), limits.get("max")
    if "enum" in limits:
        yield path, "not in the enum", lambda: "SOMETHING_ELSE"[: high or 14]
        return
    if low > 0:
        yield path, "too short", lambda: shortened(shape, low - 1)
    if high is not None and high <= LARGEST:
        yield path, "too long", lambda: "a" * (high + 1)
    if "pattern" in limits:
        yield path, "against the pattern", lambda: against(limits["pattern"], max(low, 1), high)


def shortened(shape, length):
    if length == 0 and in_uri(shape):
        raise NotTried("an empty part of a path is another path")
    return "a" * length


def against(pattern, low, high):
    length = min(max(low, 6), high or 6)
    for text in STRANGE:
        candidate = text * length
        try:
            if re.fullmatch(pattern, candidate) is None:
                return candidate
        except re.error:
            raise NotTried("Python does not know this pattern") from None
    raise NotTried("it takes anything")


def list_mutations(shape, good, path):
    limits = shape.metadata
    item = good[0] if good else example(shape.member)
    for inner, why, make in member_mutations(shape.member, item, (*path, "1")):
        yield inner, why, lambda make=make: [make()]
    if limits.get("min", 0) > 0:
        yield path, "too few items", lambda: [copy.deepcopy(item)] * (limits["min"] - 1)
    if "max" in limits and limits["max"] <= LARGEST:
        yield path, "too many items", lambda: [copy.deepcopy(item)] * (limits["max"] + 1)


def example(shape):
    """Something that the model allows, as small as it can be."""
    kind, limits = shape.type_name, shape.metadata
    if kind == "structure":
        if getattr(shape, "is_tagged_union", False):
            name = next(iter(shape.members))
            return {name: example(shape.members[name])}
        # Nothing at all would not be sent in a form.
        names = shape.required_members or list(shape.members)[:1]
        return {name: example(shape.members[name]) for name in names}
    if kind == "list":
        return [example(shape.member) for _ in range(limits.get("min", 0))]
    if kind == "map":
        return {}
    if kind == "boolean":
        return True
    if kind in ("integer", "long", "float", "double"):
        return limits.get("min", 1)
    if kind == "timestamp":
        return "2026-01-01T00:00:00Z"
    return example_text(limits)


CANDIDATES = (
    "a", "aaa", "0", "80", "subnet-0123456789abcdef0", "sg-0123456789abcdef0", "vpc-0123456789abcdef0",
    "rgw-0123456789abcdef0", "rcfg-0123456789abcdef0", "rea-0123456789abcdef0", "dv-0123456789abcdef0",
    "vpce-0123456789abcdef0", "111122223333", "10.20.0.0/16", "10.20.1.10", "db.example.com",
    "arn:aws:rds:us-east-1:111122223333:db:orders", "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:vpc-lattice:us-east-1:111122223333:resourcegateway/rgw-0123456789abcdef0",
)


def example_text(limits):
    if "enum" in limits:
        return limits["enum"][0]
    low, high = limits.get("min", 0), limits.get("max", LARGEST)
    for text in (*CANDIDATES, "a" * max(low, 1)):
        try:
            fits = re.fullmatch(limits.get("pattern", ".*"), text) is not None
        except re.error:
            fits = True
        if fits and low <= len(text) <= high:
            return text
    raise NotTried("no example is known")


def in_uri(shape):
    return shape.serialization.get("location") == "uri"


def without(good, names):
    return {name: copy.deepcopy(value) for name, value in good.items() if name not in names}
