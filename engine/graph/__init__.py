"""The graph that a description means."""

from engine.graph.compile import compile_graph
from engine.graph.graph import Graph, GraphLayer, size
from engine.graph.order import backward_order

__all__ = ["Graph", "GraphLayer", "backward_order", "compile_graph", "size"]
