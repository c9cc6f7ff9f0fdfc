"""What a description of the API cannot say to schemathesis: which ids there are, and that a cursor is only what the platform itself gave."""

import ast
import json
import os
import re
import threading
import zlib

import schemathesis

# Python 3.11 may fail where two threads make a syntax tree at once ("AST constructor recursion depth mismatch"), and hypothesis makes them all the time.
tree_of = ast.parse
one_at_a_time = threading.RLock()


def parse_alone(*args, **kwargs):
    with one_at_a_time:
        return tree_of(*args, **kwargs)


ast.parse = parse_alone

known = json.loads(os.environ["KNOWN_IDS"])
everything = sorted({one for ids in known.values() for one in ids})
uuid = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
people = re.compile(r"person|child|people|covers|by$|agreed|giver|copy", re.I)


def fitting(name):
    return known.get(name) or (people.search(name) and known.get("personId")) or everything


def existing(name, value):
    """Two ids of three name something that is there; the same value always names the same."""
    if not isinstance(value, str) or not uuid.match(value) or zlib.crc32(value.encode()) % 3 == 0:
        return value
    ids = fitting(name)
    return ids[zlib.crc32(value.encode()) % len(ids)]


def within(name, value):
    if isinstance(value, dict):
        return {key: within(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        inner = [within(name, one) for one in value]
        # Ids that differed may have come to name the same.
        return inner if len({json.dumps(one) for one in inner}) == len(inner) else value
    return existing(name, value)


@schemathesis.hook
def before_call(context, case, kwargs):
    if isinstance(case.path_parameters, dict):
        case.path_parameters = {name: existing(name, value) for name, value in case.path_parameters.items()}
    if isinstance(case.query, dict):
        query = {name: existing(name, value) for name, value in case.query.items()}
        valid = case.meta is None or case.meta.generation.mode.is_positive
        case.query = {name: value for name, value in query.items() if not (valid and name == "cursor")}
    case.body = within("body", case.body)
    # Only positions that the platform gave are taken, and that is no form; "start" is the one that everybody has.
    if "Waymark-Wait-For" in (case.headers or {}) and (case.meta is None or case.meta.generation.mode.is_positive):
        case.headers["Waymark-Wait-For"] = "start"
    if isinstance(case.body, dict) and (case.meta is None or case.meta.generation.mode.is_positive):
        case.body.pop("cursor", None)
