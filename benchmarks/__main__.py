"""``python -m benchmarks [name …]``: run every module here that has a ``main()``, or the ones named."""

import importlib
import os
import pkgutil
import platform
import sys

import benchmarks


def main(names: list[str]) -> None:
    """Print the machine and its load, then each benchmark under its own heading."""
    known = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    for name in names or known:
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "main"):
            continue
        load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
        print(f"\n## {name} · Python {platform.python_version()} · {os.cpu_count()} cores · load {load}\n", flush=True)
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
