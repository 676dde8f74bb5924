"""What there is: every layer, activation, loss, optimizer, dataset, preset and limit."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request

from engine.catalog import catalog as engine_catalog

router = APIRouter(prefix="/api/v1", tags=["catalog"])


@cache
def _catalog() -> dict[str, Any]:
    """The engine's catalog, made once: it never changes while the server runs."""
    return engine_catalog()


@router.get("/catalog")
async def get_catalog(request: Request) -> dict[str, Any]:
    """Everything that a spec may name, with the schema of its options, its formula and a one-line explanation."""
    return {**_catalog(), "limits": request.app.state.settings.engine_limits()}
