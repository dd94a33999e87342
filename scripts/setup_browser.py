"""Find the Chromium and the Firefox of the browser tests, or install them."""

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
FIREFOX_ADVICE = """\
The browser tests need Firefox too, and none was found or could be installed.
Install it (Debian: sudo apt install firefox-esr; Ubuntu: sudo apt install firefox),
or name the one you have:
    VIVA_FIREFOX=/path/to/firefox make test"""


def find_firefox() -> str | None:
    """The path of a Firefox: the one in VIVA_FIREFOX, or the system's."""
    named = os.environ.get("VIVA_FIREFOX")
    if named:
        return shutil.which(named)
    return shutil.which("firefox-esr") or shutil.which("firefox")


def install_browser() -> None:
    """Try Playwright's own download, then the system's package."""
    print("Looking for a browser to test with: none yet, installing one", flush=True)
    download = ("-m", "playwright", "install", "chromium")
    _ = (
        _succeeds(sys.executable, *download)
        or _installs("chromium-headless-shell")
        or _installs("chromium")
    )


def install_firefox() -> None:
    """Try the system's package: Playwright's own Firefox is not the one that readers have."""
    print("Looking for Firefox to test with: none yet, installing it", flush=True)
    _installs("firefox-esr")


def _installs(name: str) -> bool:
    """Install a package of the system, as root on Debian or Ubuntu."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    command = ("apt-get", "install", "--yes", "--no-install-recommends", name)
    return _succeeds("apt-get", "update") and _succeeds(*command)


def _succeeds(*command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=900)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    if not find_browser():
        install_browser()
    if not find_firefox():
        install_firefox()
    found = [(find_browser(), ADVICE), (find_firefox(), FIREFOX_ADVICE)]
    for path, advice in found:
        print(f"Testing with {path}" if path else advice, file=sys.stdout if path else sys.stderr)
    return 0 if all(path for path, _ in found) else 1


if __name__ == "__main__":
    sys.exit(main())
