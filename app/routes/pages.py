"""The page and its files."""

from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.assets import Assets
from app.protocol.problems import not_found
from app.routes.compression import compressed
from app.templates import environment

IMMUTABLE = "public, max-age=31536000, immutable"

#: Of a file by itself: it may load nothing and be framed by nobody. The page's own policy is the gate's.
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=2)
def render_page(assets: Assets, template: str = "index.html") -> str:
    """A page, with the addresses of this version's files."""
    stories = [name for name in assets.names if name.startswith("gallery/")]
    stories.sort(key=lambda name: (assets.folder / name).stat().st_size)  # the simplest first
    return environment().get_template(template).render(assets=assets, stories=stories)


@router.api_route("/embed", methods=["GET", "HEAD"], response_class=HTMLResponse)
async def embedded_page(request: Request) -> Response:
    """The playground for the frame of another page: the same files, but it may be framed, and it remembers nothing."""
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": request.app.state.embed_policy}
    return compressed(request, HTMLResponse(request.app.state.page, headers=headers))


@router.api_route("/", methods=["GET", "HEAD"], response_class=HTMLResponse)
async def page(request: Request) -> Response:
    """The playground; ``?embed=1`` is how it looks within another page."""
    if request.query_params.get("embed") == "1":
        return RedirectResponse(f"/embed?{request.url.query}")
    return compressed(request, HTMLResponse(request.app.state.page, headers={"Cache-Control": "no-cache"}))


@router.api_route("/gallery", methods=["GET", "HEAD"], response_class=HTMLResponse)
async def gallery(request: Request) -> Response:
    """Every scene of the stage."""
    page = render_page(request.app.state.assets, "gallery.html")
    return compressed(request, HTMLResponse(page, headers={"Cache-Control": "no-cache"}))


@router.api_route("/static/{version}/{name:path}", methods=["GET", "HEAD"])
async def static_file(request: Request, version: str, name: str) -> Response:
    """A file of the page. One of another version is sent too, but must not be kept."""
    assets: Assets = request.app.state.assets
    asset = assets.read(name)
    if asset is None:
        raise not_found("file")
    headers = {
        "Cache-Control": IMMUTABLE if version == assets.version else "no-store",
        "Content-Security-Policy": FILE_POLICY,
        "Vary": "Accept-Encoding",
    }
    if asset.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, media_type=asset.media_type, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)
