"""Everything that can be set, by environment (prefix DELTAFLOW_) or by the command line."""

import os
import re
from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Seconds = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]

ANCESTORS = frozenset({"*", "self", "none"})
#: scheme://host:port; a host may begin with "*.".
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.\-]+(:(\d{1,5}|\*))?")


class Settings(BaseSettings):
    """One server's settings. The limits of a network are the engine's own (``engine_limits``)."""

    model_config = SettingsConfigDict(env_prefix="DELTAFLOW_", extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 is any that is free")
    shards: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="processes that compute; one per core"
    )
    database: str = Field(default="deltaflow.sqlite3", description='file of the SQLite store, or ":memory:"')
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="further names under which this server may be asked, besides its own address"
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="further origins (scheme://host:port) whose pages may use this server"
    )

    frame_ancestors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("*",),
        description='whose pages may show /embed in a frame: origins, "self", "*" for all, "none" for nobody\'s',
    )

    # sessions
    max_sessions: Count = Field(default=500, description="sessions at a time; more are refused with 429")
    idle_seconds: Seconds = Field(default=3600.0 * 4, description="a session that nobody used for so long ends")
    pause_unwatched_seconds: Seconds = Field(default=600.0, description="a session that plays to nobody is paused")
    ticket_seconds: Seconds = Field(default=60.0, description="how long a ticket for a WebSocket is good")
    creates_per_minute: Count = Field(default=600, description="sessions created by all clients together")

    # what comes in
    max_body_bytes: Count = Field(default=8 * 2**20, description="of an HTTP request")
    max_table_bytes: int = Field(
        default=5_000_000, ge=1, le=5_000_000, description="of a table of one's own, as text; max_body_bytes is more"
    )
    max_tables: Count = Field(default=300, description="tables that are kept at a time; more are refused with 429")
    tables_per_minute: Count = Field(default=600, description="tables read for all clients together, once or again")
    max_message_bytes: Count = Field(default=64 * 2**10, description="of a message on a WebSocket")
    messages_per_second: Count = Field(default=50, description="on a WebSocket, on average")
    messages_burst: Count = Field(default=100, description="on a WebSocket, at once")
    max_errors: Count = Field(default=10, description="messages that make no sense before a WebSocket is closed")
    max_sockets: Count = Field(default=2000, description="WebSockets in all")
    max_sockets_per_session: Count = Field(default=100, description="WebSockets on one session")

    # what goes out
    frames_in_flight: Count = Field(default=2, description="frames on their way to one page")
    max_frame_bytes: int = Field(default=256 * 2**10, ge=2**17, description="of a frame; larger tensors are summarised")
    frames_per_second: Count = Field(default=60, description="at most, to one page")
    slow_ack_seconds: Seconds = Field(default=2.0, description="a page that draws later gets one frame a second")
    dead_ack_seconds: Seconds = Field(
        default=30.0, description="a visible page that draws nothing for so long is cut off"
    )
    send_seconds: Seconds = Field(
        default=10.0, description="a page that does not take a message for so long is cut off"
    )
    event_queue: Count = Field(default=64, description="events that wait for one page before it is cut off")

    # shards
    shard_memory_bytes: int = Field(default=2 * 2**30, ge=0, description="RLIMIT_AS of a shard; 0 is no limit")
    quantum_seconds: Seconds = Field(default=0.004, description="a session's turn in its shard")
    hang_seconds: Seconds = Field(default=2.0, description="a shard that computes one thing for so long is replaced")
    answer_seconds: Seconds = Field(default=30.0, description="how long a request waits for its session")
    checkpoint_seconds: Seconds = Field(default=2.0, description="between two checkpoints of a session that changes")
    checkpoint_steps: Count = Field(default=500, description="steps after which a checkpoint is taken earlier")
    flush_seconds: Seconds = Field(default=10.0, description="between two writes of checkpoints to the database")
    stop_seconds: Seconds = Field(default=5.0, description="how long stopping may take")

    # networks (engine.Limits)
    max_layers: Count = Field(default=64, description="layers in a network")
    max_units: Count = Field(default=512, description="numbers in the value of one layer that is a row")
    max_maps: Count = Field(default=32_768, description="numbers in all feature maps, or time steps, of one layer")
    max_nodes: Count = Field(default=6144, description="nodes: every quantity of every time step is one")
    max_parameters: Count = Field(default=1_000_000, description="numbers that are learned")
    max_batch: Count = Field(default=1024, description="examples in a step")
    max_rows: Count = Field(default=20_000, description="examples in a dataset")
    max_columns: Count = Field(default=4096, description="features of an example")
    max_values: Count = Field(default=8_000_000, description="numbers in the values of all nodes for one batch")
    max_flops: float = Field(default=1.5e9, gt=0, description="estimated floating-point operations in a step")

    @field_validator("allowed_hosts", "allowed_origins", "frame_ancestors", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        """In the environment a list is written with commas."""
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("frame_ancestors")
    @classmethod
    def _sources(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Nothing but sources: what is written here goes into a header."""
        for source in value:
            if source not in ANCESTORS and not ORIGIN.fullmatch(source):
                raise ValueError(f'expected origins (https://school.example), "self", "*" or "none", got "{source}"')
        return value

    @property
    def ancestors(self) -> tuple[str, ...]:
        """The frame ancestors as a content security policy writes them."""
        return tuple(f"'{source}'" if source in {"self", "none"} else source for source in self.frame_ancestors)

    def engine_limits(self) -> dict[str, float]:
        """The arguments of engine.Limits."""
        names = ("layers", "units", "maps", "nodes", "parameters", "batch", "rows", "columns", "values", "flops")
        return {name: getattr(self, f"max_{name}") for name in names}


def settings_table() -> str:
    """Every setting, its default and its meaning, for docs/reference/settings.md."""
    rows = ["| variable | default | |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory else field.default
        listed = ",".join(default) if isinstance(default, tuple) else default
        shown = "" if listed == "" else f"`{listed}`"
        rows.append(f"| `DELTAFLOW_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)
