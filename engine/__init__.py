"""The engine: numpy computes, pydantic describes; it knows nothing of the web."""
