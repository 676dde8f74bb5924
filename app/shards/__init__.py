"""The processes that compute: the session's state machine, frames, the worker's loop, and the gateway's side of it."""
