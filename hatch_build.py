"""Fetch the page's libraries before a wheel, an sdist or an editable installation is made."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fill static/vendor, with Node.js from a wheel where the machine has none."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What pip has to put into the build environment: Node.js, if it is needed and missing."""
        nodejs, vendor = self._tools()
        return [] if nodejs.on_path() or vendor.up_to_date() else [nodejs.WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Vendor; free where nothing has changed."""
        _, vendor = self._tools()
        vendor.vendor()

    def _tools(self) -> tuple[Any, Any]:
        """The modules of tools/, which is not installed anywhere while the project is being built."""
        root = str(Path(self.root))
        if root not in sys.path:
            sys.path.insert(0, root)
        from tools import nodejs, vendor  # noqa: PLC0415 - only now is it on the path

        return nodejs, vendor
