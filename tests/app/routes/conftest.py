"""The whole gateway, with the real engine, in one process."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.memory import MemoryStore
from tests.app.routes.gateway import Api, Create, InProcessHost
from tools.examples import SPEC

ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application; small limits, so that tests reach them."""
    settings = Settings(
        database=":memory:",
        creates_per_minute=10**6,
        tables_per_minute=10**6,
        max_sessions=10**5,
        max_body_bytes=2**16,
        max_units=128,
    )
    return create_app(settings, host=InProcessHost(settings.engine_limits()), store=MemoryStore())


@pytest.fixture(scope="module")
def http(app: FastAPI) -> Iterator[TestClient]:
    """A client; whatever breaks in the server is answered by 500, as outside of tests."""
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def create(http: TestClient) -> Create:
    """Open a session: the small one, with these fields of the spec changed."""

    def open_session(**changes: Any) -> Api:
        response = http.post("/api/v1/sessions", json={"spec": SPEC | changes})
        assert response.status_code == 201, response.text
        return Api(http, response.json())

    return open_session


@pytest.fixture
def api(create: Create) -> Api:
    """A small session: logical or."""
    return create()
