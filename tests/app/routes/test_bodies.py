"""What is sent as JSON is read strictly: what is refused says why, and changes nothing."""

import json

import pytest

from app.protocol.problems import ProblemError
from app.protocol.strict_json import MOST_DEPTH
from app.routes.bodies import check_accept, read_json
from tests.app.routes.gateway import Api

MALFORMED = {
    "not a number": b'{"a": NaN}',
    "infinity": b'{"a": [-Infinity]}',
    "too large for a float": b'{"a": 1e999}',
    "a whole number beyond a float": b"1" * 400,
    "trailing garbage": b'{"unit": "op"} and more',
    "two values": b"{}{}",
    "half a surrogate pair": b'{"a": "\\ud800"}',
    "half a surrogate pair as bytes": b'"\xed\xa0\x80"',
    "no UTF-8": b'{"a": "\xff"}',
    "cut off": b'{"a": [1, 2',
    "nested too deeply": b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1),
    "nested far too deeply": b"[" * 50_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    """Python's reader is laxer than JSON, ours is not."""
    with pytest.raises(ProblemError) as refused:
        read_json(body, "application/json")

    assert "malformed" == refused.value.kind


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "application/x+json"])
def test_json_is_read(media_type: str) -> None:
    """Numbers, text beyond ASCII and nesting up to the limit arrive as they were sent."""
    value = {"a": [1, 2.5, -1e-300, "π", "\U0001f34e", None, True], "b": json.loads("[" * 60 + "]" * 60)}

    assert value == read_json(json.dumps(value).encode(), media_type)
    assert value == read_json(json.dumps(value, ensure_ascii=False).encode(), media_type)


@pytest.mark.parametrize(
    ("digits", "value"),
    [("9223372036854775807", 2**63 - 1), ("9223372036854775808", 2.0**63), ("-1" + "0" * 20, -1e20), ("7", 7)],
)
def test_whole_numbers_beyond_64_bits_are_floats(digits: str, value: float) -> None:
    """JSON has numbers only, and a browser writes 1e20 with all its digits."""
    read = read_json(digits.encode(), "application/json")

    assert (type(value), value) == (type(read), read)


@pytest.mark.parametrize(
    ("patch", "status", "place"),
    [
        ({"optimizer": {"learning_rate": 10**20}}, 200, None),
        ({"dataset": {"test_fraction": 10**20}}, 422, "test_fraction"),
        ({"seed": 10**20}, 422, "seed"),
    ],
)
def test_the_field_says_what_it_makes_of_a_number_that_is_too_long(
    api: Api, patch: dict[str, object], status: int, place: str | None
) -> None:
    """What a browser makes of 1e20 is a good learning rate to the reader, and no seed; the message names the field."""
    response = api("PATCH", "/spec", patch)

    assert status == response.status_code
    assert place is None or place in response.json()["detail"]


@pytest.mark.parametrize("media_type", [None, "text/plain", "application/x-www-form-urlencoded", "nonsense"])
def test_what_does_not_say_json_is_not_read(media_type: str | None) -> None:
    """Another page's form cannot send commands: the media type is asked for."""
    with pytest.raises(ProblemError) as refused:
        read_json(b"{}", media_type)

    assert "unsupported-media-type" == refused.value.kind


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "text/html, application/msgpack;q=0.9"])
def test_forms_that_are_offered_are_accepted(accept: str) -> None:
    """Nothing, anything, JSON and MessagePack can be asked for."""
    check_accept(accept)


def test_a_form_that_is_not_offered_is_refused_before_anything_happens(api: Api) -> None:
    """A step whose answer could not be read is not taken."""
    response = api("POST", "/step", {"unit": "op"}, headers={"Accept": "text/csv"})

    assert (406, "/problems/not-acceptable") == (response.status_code, response.json()["type"])
    assert 0 == api.get()["cursor"]["op"]


@pytest.mark.parametrize(
    ("content", "media_type", "status", "kind"),
    [
        (b'{"count": NaN}', "application/json", 400, "malformed"),
        (b"{} x", "application/json", 400, "malformed"),
        (b'{"count": 2}', "text/plain", 415, "unsupported-media-type"),
        (b'{"count": "two"}', "application/json", 422, "invalid-request"),
        (b"[]", "application/json", 422, "invalid-request"),
        (b'"' + b"x" * 2**16 + b'"', "application/json", 413, "too-large"),
    ],
)
def test_a_body_that_is_refused_is_answered_by_a_problem_and_changes_nothing(
    api: Api, content: bytes, media_type: str, status: int, kind: str
) -> None:
    """Whatever is wrong with a body, the answer is a problem document and the session stands where it stood."""
    before = api.everything()

    response = api.http.post(api.path + "/step", content=content, headers=api.headers | {"Content-Type": media_type})

    assert (status, f"/problems/{kind}") == (response.status_code, response.json()["type"])
    assert "application/problem+json" == response.headers["content-type"]
    assert before == api.everything()


def test_a_body_may_be_left_out_where_everything_has_a_default(api: Api) -> None:
    """A step without a body is one operation forward."""
    assert 1 == api.post("/step")["cursor"]["op"]


@pytest.mark.parametrize("media_type", ["application/json", "application/merge-patch+json"])
def test_a_merge_patch_may_say_that_it_is_one(api: Api, media_type: str) -> None:
    """Both media types are taken for PATCH."""
    body = json.dumps({"optimizer": {"learning_rate": 0.125}})

    response = api.http.patch(api.path + "/spec", content=body, headers=api.headers | {"Content-Type": media_type})

    assert 0.125 == response.raise_for_status().json()["spec"]["optimizer"]["learning_rate"]
