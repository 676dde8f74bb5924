"""The page and its files, over HTTP."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import ValidationError

from app.assets import Assets
from app.security.headers import csp
from app.settings import Settings


def test_the_page_brings_its_import_map_and_the_policy_that_allows_it(app: FastAPI, http: TestClient) -> None:
    """The one inline script is the import map, byte for byte, and nothing else inline may run."""
    assets: Assets = app.state.assets
    response = http.get("/")

    assert 200 == response.status_code
    assert [assets.import_map] == re.findall(r'<script type="importmap">(.*?)</script>', response.text)
    assert assets.import_map_hash in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]


def test_every_address_in_the_page_leads_somewhere(http: TestClient) -> None:
    """Styles, modules, icon: all that the page names is there, and may be kept for ever."""
    addresses = re.findall(r'(?:href|src|content)="(/static/[^"]+)"', http.get("/").text)
    answers = [http.get(address) for address in addresses]

    assert len(addresses) > 20
    assert {200} == {answer.status_code for answer in answers}
    assert all("immutable" in answer.headers["cache-control"] for answer in answers)


def test_only_the_embedded_page_may_be_framed(http: TestClient) -> None:
    """The page with a memory is in nobody's frame; the one without has the same policy otherwise."""
    page, embedded, file = (http.get(path) for path in ("/", "/embed", "/static/x/js/main.js"))
    policy = page.headers["content-security-policy"]

    assert "frame-ancestors 'none'" in policy
    assert ["DENY", "DENY"] == [answer.headers["x-frame-options"] for answer in (page, file)]
    assert "x-frame-options" not in embedded.headers
    assert policy.replace("frame-ancestors 'none'", "frame-ancestors *") == embedded.headers["content-security-policy"]
    assert page.text == embedded.text


def test_an_address_that_wants_to_be_embedded_is_led_there(http: TestClient) -> None:
    """Nothing of what it says is lost."""
    response = http.get("/?embed=1&preset=xor&hide=a,b", follow_redirects=False)

    assert (307, "/embed?embed=1&preset=xor&hide=a,b") == (response.status_code, response.headers["location"])


@pytest.mark.parametrize(
    ("written", "policy"),
    [
        (
            "https://school.example,https://*.school.example:8443",
            "https://school.example https://*.school.example:8443",
        ),
        ("self", "'self'"),
        ("none", "'none'"),
        ("", "'none'"),
    ],
)
def test_whose_frames_are_allowed_can_be_set(written: str, policy: str) -> None:
    """As a list of origins, or as the words of the policy."""
    settings = Settings(frame_ancestors=written)

    assert f"frame-ancestors {policy};" in csp(frame_ancestors=settings.ancestors)


@pytest.mark.parametrize(
    "written", ["https://a.example; script-src *", "javascript:x", "a.example", "https://a.example/x"]
)
def test_nothing_but_origins_gets_into_the_policy(written: str) -> None:
    """What is set goes into a header."""
    with pytest.raises(ValidationError, match="expected origins"):
        Settings(frame_ancestors=written)


def test_a_file_of_another_version_is_sent_but_not_kept(http: TestClient) -> None:
    """A page that was opened before an update can still fetch what it needs late."""
    response = http.get("/static/0000/favicon.svg")

    assert (200, "no-store") == (response.status_code, response.headers["cache-control"])


def test_who_takes_no_gzip_gets_the_file_as_it_is(http: TestClient) -> None:
    """Compressed and plain are the same file."""
    plain = http.get("/static/x/js/main.js", headers={"Accept-Encoding": "identity"})
    packed = http.get("/static/x/js/main.js", headers={"Accept-Encoding": "gzip"})

    assert ("content-encoding" in plain.headers, packed.headers["content-encoding"]) == (False, "gzip")
    assert plain.content == packed.content


def test_what_is_the_same_for_everybody_is_compressed(http: TestClient) -> None:
    """The page and the catalog are large, public and repetitive."""
    for address in ("/", "/api/v1/catalog"):
        assert "gzip" == http.get(address, headers={"Accept-Encoding": "gzip"}).headers["content-encoding"]
        assert "content-encoding" not in http.get(address, headers={"Accept-Encoding": "identity"}).headers


def test_an_unknown_file_is_not_found(http: TestClient) -> None:
    """Nothing outside the folder can be reached."""
    for name in ("js/nothing.js", "..%2f..%2fpyproject.toml"):
        response = http.get(f"/static/x/{name}")
        assert (404, "/problems/not-found") == (response.status_code, response.json()["type"])
