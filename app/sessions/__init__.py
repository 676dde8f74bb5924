"""Who may use which session, and where it is computed."""

from app.sessions.handle import Handle
from app.sessions.record import Created
from app.sessions.registry import Sessions
from app.sessions.subscription import Subscription

__all__ = ["Created", "Handle", "Sessions", "Subscription"]
