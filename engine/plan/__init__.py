"""The compiled graph with its buffers, and the calls that compute into them."""

from engine.plan.binding import Bound
from engine.plan.calls import Call, CallInfo, CallKind, Phase, Quantity
from engine.plan.parts import Parts
from engine.plan.plan import Plan
from engine.plan.statistics import Statistics

__all__ = ["Bound", "Call", "CallInfo", "CallKind", "Parts", "Phase", "Plan", "Quantity", "Statistics"]
