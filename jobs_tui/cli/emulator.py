"""`jobs-tui emulator`: the service in a box, for the AWS CLI, SDKs and device agents."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress

from jobs_tui.cli.emulator_arguments import ACCESS_KEY_ID, SECRET_ACCESS_KEY
from jobs_tui.cli.output import tell
from jobs_tui.emulator import Emulator, ServiceError, Switches
from jobs_tui.emulator.jobs_file import JobsFileError
from jobs_tui.emulator.line.tls import CertificateError
from jobs_tui.emulator.state.state_file import StateFileError
from jobs_tui.ui.terminal.safe_text import safe_line

HOW_TO = """\
  aws iot create-thing --thing-name gw-1 --endpoint-url {url}
  aws iot create-job --job-id job-1 --document '{{"operation": "reboot"}}' \\
      --targets arn:aws:iot:us-east-1:123456789012:thing/gw-1 --endpoint-url {url}
  jobs-tui gw-1 --endpoint-url {url}
"""


def serve(switches: Switches) -> str | None:
    """Serve until SIGINT, SIGTERM or SIGHUP; returns what went wrong, in one line, or None."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: ended.set())
    try:
        with Emulator(switches) as emulator:
            with suppress(BrokenPipeError):
                # it serves also where nobody reads what it tells
                sys.stdout.write(f"{emulator.url}\n")
                sys.stdout.flush()
                tell(_told(emulator, switches))
            ended.wait()
    except OSError as error:
        return f"port {switches.port} cannot be served: {error.strerror or error}"
    except (JobsFileError, CertificateError, StateFileError, ServiceError) as error:
        return safe_line(f"{error}")
    return None


def _told(emulator: Emulator, switches: Switches) -> Iterator[str]:
    """What to type in another shell."""
    keys, kind = ("any", "any"), "Any credentials will do."
    if switches.secrets is not None:
        keys, kind = (ACCESS_KEY_ID, SECRET_ACCESS_KEY), "Only these credentials will do."
    yield f"{kind} In another shell:\n"
    yield (
        f"  export AWS_ACCESS_KEY_ID={keys[0]} AWS_SECRET_ACCESS_KEY={keys[1]} "
        "AWS_DEFAULT_REGION=us-east-1\n"
    )
    if emulator.certificate is not None:
        yield f"  export AWS_CA_BUNDLE={safe_line(str(emulator.certificate))}\n"
    yield HOW_TO.format(url=emulator.url)
    left = "everything in it is forgotten then"
    if switches.state is not None:
        left = f"everything in it is kept in {safe_line(str(switches.state))}"
    yield f"Ctrl+C ends it; {left}.\n"
