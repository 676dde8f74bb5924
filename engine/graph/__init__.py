"""The graph that a description means."""

from engine.graph.compile import Form, compile_graph
from engine.graph.graph import Graph, GraphLayer, size
from engine.graph.order import backward_order, with_gradient

__all__ = ["Form", "Graph", "GraphLayer", "backward_order", "compile_graph", "size", "with_gradient"]
