"""What every answer tells the browser: run nothing that is not ours, show us in nobody's frame, keep quiet about us.

One page may be framed: /embed. It remembers nothing and knows no session but the one in its address, so that whoever
puts it under a trap makes people click on what the trapper could have changed himself.
"""

from collections.abc import Iterable

#: In a list of sources.
NOBODY = "'none'"

POLICY = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
    ("object-src", "'none'"),
    ("require-trusted-types-for", "'script'"),
)

#: Besides the policy; a response that sets one of them itself keeps its own.
HEADERS: tuple[tuple[str, str], ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def csp(script_hashes: Iterable[str] = (), frame_ancestors: Iterable[str] = ()) -> str:
    """The content security policy.

    Args:
        script_hashes: of inline scripts that may run (the page's import map), with their quotes: ``'sha256-…'``.
        frame_ancestors: whose pages may show this one in a frame; nobody's if left out.
    """
    hashes = "".join(f" {script_hash}" for script_hash in script_hashes)
    framed = " ".join(frame_ancestors) or NOBODY
    own = {"frame-ancestors": framed}
    written = ((name, own.get(name, value)) for name, value in POLICY)
    return "; ".join(f"{name} {value}{hashes if name == 'script-src' else ''}" for name, value in written)


def may_be_framed(policy: str | None) -> bool:
    """Whether an answer of this policy may be shown in somebody's frame: only if the policy says whose."""
    return policy is not None and "frame-ancestors " in policy and f"frame-ancestors {NOBODY}" not in policy
