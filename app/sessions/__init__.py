"""Who may use which session, and where it is computed."""

from app.sessions.handle import Handle, Subscription
from app.sessions.registry import Created, Sessions

__all__ = ["Created", "Handle", "Sessions", "Subscription"]
