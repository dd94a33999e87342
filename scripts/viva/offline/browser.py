"""The Chromium that draws what has to be drawn, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from viva.base import files
from viva.base.refused import Refused
from viva.base.words import say

NAMES = (
    "chromium-headless-shell",  # without windows: half the work
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",  # every Windows has it
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
MAC_FOLDERS = (Path("/Applications"), Path.home() / "Applications")
QUIET = (
    "--headless",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
)
SECONDS = 120


def find() -> str | None:
    """The path of a Chromium: the one in VIVA_BROWSER, the system's or Playwright's own.

    Chrome and Edge are Chromium too; on Windows and macOS they are on no path.
    """
    named = os.environ.get("VIVA_BROWSER")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    return next(filter(None, on_path), None) or _installed() or _playwright_browser()


def _installed() -> str | None:
    """A browser where the installers of Windows and macOS put it."""
    folders = filter(None, map(os.environ.get, WINDOWS_FOLDERS))
    there = [Path(folder, *name.split("\\")) for folder in folders for name in WINDOWS]
    there += [folder / name for folder in MAC_FOLDERS for name in MAC]
    return next((str(path) for path in there if path.is_file()), None)


def _playwright_browser() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:  # only tests install it
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def run(browser: str, *arguments: str, makes: Path) -> None:
    """Let the browser write the file `makes`, in a profile of its own."""
    # Chromium's sandbox refuses to start as root.
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with files.temporary() as profile:
        command = [browser, *QUIET, *root, f"--user-data-dir={profile}", *arguments]
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            raise Refused(str(error)) from error
    if not makes.is_file():
        raise Refused(say("it wrote no {name}", name=makes.name))
