"""The web application, made by a function: importing this module starts nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from starlette.types import ASGIApp

from app.assets import Assets
from app.routes import (
    answers,
    catalog,
    edits,
    exports,
    health,
    manual,
    openapi,
    pages,
    questions,
    reference,
    running,
    sessions,
    stream,
    studies,
    tables,
    travel,
    trials,
)
from app.security.gate import Gate
from app.security.headers import csp
from app.sessions.registry import Sessions
from app.settings import Settings
from app.shards.host import LocalProcesses, ShardHost
from app.store.base import Store
from app.store.memory import MemoryStore
from app.store.sqlite import SqliteStore

#: Every router of the house. The pages come last.
ROUTERS = (
    health.router,
    catalog.router,
    tables.router,
    sessions.router,
    edits.router,
    running.router,
    travel.router,
    questions.router,
    studies.router,
    trials.router,
    exports.router,
    stream.router,
    reference.router,
    manual.router,
    pages.router,
)


class Gateway(FastAPI):
    """Its every answer passes the gate: also that to an unexpected error, which is made outside of all middleware."""

    def build_middleware_stack(self) -> ASGIApp:
        """See Starlette."""
        settings: Settings = self.state.settings
        return Gate(
            super().build_middleware_stack(),
            hosts=(settings.host, *settings.allowed_hosts),
            origins=settings.allowed_origins,
            max_body_bytes=settings.max_body_bytes,
            policy=csp([self.state.assets.import_map_hash]),
        )


def create_app(
    settings: Settings | None = None, *, host: ShardHost | None = None, store: Store | None = None
) -> FastAPI:
    """The gateway.

    Args:
        settings: from the environment if left out.
        host: where sessions are computed; local processes if left out.
        store: where they outlive the process; what the settings name if left out.
    """
    settings = settings or Settings()
    registry = Sessions(settings, host or LocalProcesses(settings), store or open_store(settings))
    app = Gateway(
        title="Deltaflow",
        version=_version(),
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.sessions = registry
    app.state.assets = Assets()
    app.state.page = pages.render_page(app.state.assets)
    app.state.embed_policy = csp([app.state.assets.import_map_hash], settings.ancestors)
    for router in ROUTERS:
        app.include_router(router)
    openapi.describe(app)
    answers.answer_problems(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    registry: Sessions = app.state.sessions
    await registry.start()
    try:
        yield
    finally:
        await registry.stop()


def open_store(settings: Settings) -> Store:
    """The store that the settings name."""
    return MemoryStore() if settings.database == ":memory:" else SqliteStore(settings.database)


def _version() -> str:
    try:
        return version("deltaflow")
    except PackageNotFoundError:
        return "0"
