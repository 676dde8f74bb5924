"""What there is: every layer, activation, loss, optimizer, dataset, preset and limit."""

from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response

from app.protocol.findings import CatalogReply
from app.routes.answers import answer, language_of, problems
from app.routes.bodies import JsonRoute
from app.routes.compression import compressed
from engine.catalog import catalog as engine_catalog
from engine.words import Language

router = APIRouter(prefix="/api/v1", tags=["catalog"], route_class=JsonRoute)


@cache
def _catalog(language: Language) -> dict[str, Any]:
    """The engine's catalog, made once for each language: it never changes while the server runs."""
    return engine_catalog(language)


@router.get("/catalog", response_model=CatalogReply, responses=problems("not-acceptable"))
async def get_catalog(request: Request) -> Response:
    """Everything that a spec may name, with the schema of its options, its formula and a one-line explanation."""
    known = {**_catalog(language_of(request)), "limits": request.app.state.settings.engine_limits()}
    return compressed(request, answer(request, known))
