"""Everything that can be set, by environment (prefix DELTAFLOW_) or by the command line."""

import os
from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Seconds = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]


class Settings(BaseSettings):
    """One server's settings. The limits of a network are the engine's own (``engine_limits``)."""

    model_config = SettingsConfigDict(env_prefix="DELTAFLOW_", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    shards: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)
    database: str = Field(default="deltaflow.sqlite3", description='file of the SQLite store, or ":memory:"')
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="further names under which this server may be asked, besides its own address"
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="further origins (scheme://host:port) whose pages may use this server"
    )

    # sessions
    max_sessions: Count = 500
    idle_seconds: Seconds = Field(default=3600.0 * 4, description="a session that nobody used for so long ends")
    pause_unwatched_seconds: Seconds = Field(default=600.0, description="a session that plays to nobody is paused")
    ticket_seconds: Seconds = 60.0
    creates_per_minute: Count = Field(default=600, description="sessions created by all clients together")

    # what comes in
    max_body_bytes: Count = 8 * 2**20
    max_message_bytes: Count = 64 * 2**10
    messages_per_second: Count = 50
    messages_burst: Count = 100
    max_errors: Count = 10
    max_sockets: Count = 2000
    max_sockets_per_session: Count = 100

    # what goes out
    frames_in_flight: Count = 2
    max_frame_bytes: Count = 256 * 2**10
    frames_per_second: Count = 60
    slow_ack_seconds: Seconds = 2.0
    dead_ack_seconds: Seconds = 30.0
    send_seconds: Seconds = 10.0
    event_queue: Count = 64

    # shards
    shard_memory_bytes: int = Field(default=2 * 2**30, ge=0, description="RLIMIT_AS of a shard; 0 is no limit")
    quantum_seconds: Seconds = 0.004
    hang_seconds: Seconds = 2.0
    answer_seconds: Seconds = 30.0
    checkpoint_seconds: Seconds = 2.0
    checkpoint_steps: Count = 500
    flush_seconds: Seconds = 10.0
    stop_seconds: Seconds = 5.0

    # networks (engine.Limits)
    max_layers: Count = 64
    max_units: Count = 512
    max_parameters: Count = 1_000_000
    max_batch: Count = 1024
    max_rows: Count = 20_000
    max_columns: Count = 1024
    max_values: Count = Field(default=8_000_000, description="numbers in the values of all nodes for one batch")
    max_flops: Annotated[float, Field(gt=0)] = 2e9

    @field_validator("allowed_hosts", "allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        """In the environment a list is written with commas."""
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    def engine_limits(self) -> dict[str, float]:
        """The arguments of engine.Limits."""
        names = ("layers", "units", "parameters", "batch", "rows", "columns", "values", "flops")
        return {name: getattr(self, f"max_{name}") for name in names}
