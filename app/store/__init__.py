"""Where sessions outlive the process: one protocol, SQLite and memory behind it."""
