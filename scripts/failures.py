"""Why set-up failed, in plain words: read from what pip and npm print."""

# What a failed command printed -> what that means, and how to mend it. The first match counts.
EXPLANATIONS = (
    (
        ("No space left on device", "ENOSPC", "Errno 28"),
        "The disk is full. Free about 500 MB, then start the same command again.",
    ),
    (
        ("DO NOT MATCH THE HASHES", "EINTEGRITY"),
        "What was downloaded is not what the lock file names. Try once more; if it stays so, do "
        "not work around it: ask the maintainers.",
    ),
    (
        ("ensurepip is not available", "No module named ensurepip"),
        "This Python has no ensurepip. On Debian or Ubuntu: sudo apt install python3-venv.",
    ),
    (
        ("Permission denied", "EACCES", "Access is denied"),
        "A file or folder may not be written. Make the project's folder your own, then try again.",
    ),
    (
        (
            "name resolution",
            "NewConnectionError",
            "Could not fetch URL",
            "Connection refused",
            "ConnectTimeout",
            "ProxyError",
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "ETIMEDOUT",
            "ENETUNREACH",
            "getaddrinfo failed",
            "Network is unreachable",
            "Connection timed out",
        ),
        "The package registry could not be reached. Check the network (and the proxy, if there is "
        "one), then start the same command again: what is done already is kept.",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        "There is no ready-made package for this system and this Python. Python 3.11 to 3.14 on "
        "Linux, macOS and Windows are supported; try one of these.",
    ),
)


def explain(what: str, output: str) -> str:
    """Say in a sentence why a command failed; an unknown cause is quoted from its output."""
    for marks, meaning in EXPLANATIONS:
        if any(mark in output for mark in marks):
            return f"Set-up could not make {what}.\n  {meaning}"
    lines = [line for line in output.splitlines() if line.strip()][-15:]
    return f"Set-up could not make {what}. The tool said:\n  " + "\n  ".join(lines or ["(nothing)"])
