"""Answers that are large and the same for everybody, compressed once.

Nothing that holds a secret goes this way: lengths of compressed secrets can be measured.
"""

import gzip
from functools import lru_cache

from fastapi import Request, Response


def compressed(request: Request, response: Response) -> Response:
    """The response as gzip, where the asker takes that."""
    response.headers["Vary"] = ", ".join(filter(None, (response.headers.get("Vary"), "Accept-Encoding")))
    if "gzip" in request.headers.get("accept-encoding", ""):
        response.body = _pack(bytes(response.body))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    return response


@lru_cache(maxsize=8)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
