"""The one way in which templates become pages: everything is escaped, and a name that nobody gave is a mistake."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.assets import ROOT


def environment() -> Environment:
    """Of the templates beside this package."""
    return Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined)
