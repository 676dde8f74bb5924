"""``deltaflow serve``: one gateway, its shards, one address."""

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress

import uvicorn
from pydantic import ValidationError

from app.main import create_app
from app.security.ws import HardenedWS
from app.settings import Settings

SAID = ("host", "port", "shards", "database")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="deltaflow", description="A visual backpropagation playground.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="start the server")
    serve.add_argument("--host", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (8000; 0: any that is free)")
    serve.add_argument("--shards", type=int, help="processes that compute (one per core)")
    serve.add_argument("--database", help='file of the sessions (deltaflow.sqlite3), or ":memory:"')
    serve.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    if options.workers > 1 or os.environ.get("WEB_CONCURRENCY", "1") not in {"", "0", "1"}:
        print("deltaflow: sessions live in one gateway; use --shards for more cores, not workers", file=sys.stderr)
        return 2
    said = {name: getattr(options, name) for name in SAID if getattr(options, name) is not None}
    try:
        settings = Settings(**said)
    except ValidationError as error:
        print(f"deltaflow: {error}", file=sys.stderr)
        return 2
    return serve(settings)


class Server(uvicorn.Server):
    """Says where it can be found, once it can be."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets=sockets)
        if self.started:
            _, port = self.servers[0].sockets[0].getsockname()[:2]
            print(f"Deltaflow is at {address(self.config.host, port)}", flush=True)


def serve(settings: Settings) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        ws=HardenedWS,
        ws_max_size=settings.max_message_bytes + 2**12,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=1,
        log_level="warning",
        server_header=False,
        lifespan="on",
    )
    server = Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else 3


def address(host: str, port: int) -> str:
    """Where a browser finds it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


if __name__ == "__main__":
    sys.exit(main())
