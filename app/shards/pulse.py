"""A shard's sign of life: a few bytes of shared memory, so that telling it costs no message and reading it no wait.

It says when the shard's loop last came by (CLOCK_MONOTONIC, which all processes share), and with which session it is
busy.
"""

import mmap
import os
import struct
import tempfile
import time

LAYOUT = struct.Struct("<d32s")
LONGEST_ID = 32


class Pulse:
    """One shard's pulse; the gateway makes it, the shard inherits its file descriptor."""

    def __init__(self, fd: int | None = None) -> None:
        if fd is None:
            with tempfile.TemporaryFile() as file:
                file.truncate(LAYOUT.size)
                fd = os.dup(file.fileno())
        self.fd = fd
        self._memory = mmap.mmap(fd, LAYOUT.size)

    def beat(self, session_id: str = "") -> None:
        """I am alive, and busy with this session (or with none)."""
        LAYOUT.pack_into(self._memory, 0, time.monotonic(), session_id.encode()[:LONGEST_ID])

    def read(self) -> tuple[float, str]:
        """When it last beat, and for which session."""
        at, session_id = LAYOUT.unpack_from(self._memory)
        return at, session_id.rstrip(b"\0").decode(errors="replace")

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()
        os.close(self.fd)
