"""Find a Chromium for the browser tests, or install one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from viva.offline.browser import find as find_browser

ADVICE = """\
The browser tests need Chromium or Chrome, and none was found or could be installed.
Install one (Debian and Ubuntu: sudo apt install chromium), or name the one you have:
    VIVA_BROWSER=/path/to/chrome make test"""


def install_browser() -> None:
    """Try Playwright's own download, then, as root on Debian or Ubuntu, the system's package."""
    print("Looking for a browser to test with: none yet, installing one", flush=True)
    if _succeeds(sys.executable, "-m", "playwright", "install", "chromium"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        _ = _succeeds("apt-get", "update") and _succeeds(
            "apt-get", "install", "--yes", "--no-install-recommends", "chromium"
        )


def _succeeds(*command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=900)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    if not find_browser():
        install_browser()
    path = find_browser()
    print(f"Testing with {path}" if path else ADVICE, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
