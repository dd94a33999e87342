"""The command `viva` from its first moment on, for `python -m viva` too."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command. While the program is still being read nothing has begun, and Ctrl-C ends it
    at once; where it is ignored, as in the background, it still is."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from viva.base.files.streams import fill
    from viva.cli import main as commands

    fill()
    signal.signal(signal.SIGINT, before)
    try:
        commands()
    except KeyboardInterrupt:  # before the language is known
        sys.exit(1)


if __name__ == "__main__":
    main()
