"""What the monkey does: each step is drawn by the seed, and told so that it can be read."""

from collections.abc import Callable
from random import Random

from jobs_tui.emulator import Account, ServiceError
from jobs_tui.ui.app import CockpitApp
from jobs_tui.ui.views.bars import Notice
from monkey.driver import TerminalDriver
from monkey.texts import some_details, some_document, some_text

THINGS = ("gw-1", "gw-2", "gw-3", "gw-4")

KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "page down": "\x1b[6~",
    "page up": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "ctrl+p": "\x10",
    "ctrl+l": "\x0c",
    **{key: key for key in "*mx"},
    **{key: key for key in "jkgG[]doJLsn?:/!.vhrRptuf+-z,<>a"},
}
"""All that mean something somewhere, but for `q`, by which the monkey would leave."""

THEMES = ("textual-dark", "textual-light", "monokai", "dracula", "solarized-light")

OPENING = "sno?hJL:,a"
"""Dialogs and other screens; each takes an Escape to come back from."""

WEIGHTS = {
    "down": 6,
    "up": 3,
    "tab": 6,
    "escape": 25,
    "page down": 3,
    "enter": 3,
    **dict.fromkeys(OPENING, 3),
}

SIZES = (
    *((1, 1), (2, 1), (1, 30), (10, 3), (40, 10), (79, 23), (120, 40), (132, 43), (200, 60)),
    *((80, 24),) * 6,
)


class Monkey:
    """Takes one step after the other on an app, its terminal and the account behind it."""

    def __init__(
        self, app: CockpitApp, driver: TerminalDriver, account: Account, random: Random
    ) -> None:
        self._app = app
        self._driver = driver
        self._account = account
        self._random = random
        self._jobs = 0
        self._ways: dict[Callable[[], str], int] = {
            self._press: 60,
            self._press_many: 5,
            self._type: 6,
            self._paste: 4,
            self._mouse: 4,
            self._resize: 4,
            self._change_execution: 10,
            self._create_job: 4,
            self._cancel_job: 2,
            self._notice: 5,
            self._theme: 2,
            self._wall: 1,
        }

    def step(self) -> str:
        """Do something; tells what."""
        return self._random.choices(list(self._ways), list(self._ways.values()))[0]()

    def prepare(self) -> None:
        """Have things, and jobs for them."""
        for thing in THINGS:
            self._account.create_thing(thing)
        for _ in range(40):
            self._create_job()

    def _press(self) -> str:
        key = self._random.choices(list(KEYS), [WEIGHTS.get(key, 1) for key in KEYS])[0]
        self._driver.type(KEYS[key])
        return f"press {key}"

    def _press_many(self) -> str:
        keys = self._random.choices(list(KEYS), k=self._random.randrange(2, 6))
        for key in keys:
            self._driver.type(KEYS[key])
        return f"press {', '.join(keys)}"

    def _type(self) -> str:
        text = "".join(filter(str.isprintable, some_text(self._random)))[:12].replace("q", "")
        self._driver.type(text)
        return f"type {text!r}"

    def _paste(self) -> str:
        text = some_text(self._random).replace("\x1b", "^")
        self._driver.type(f"\x1b[200~{text}\x1b[201~")
        return f"paste {text!r}"

    def _mouse(self) -> str:
        terminal = self._driver.terminal
        x = self._random.randint(1, terminal.columns)
        y = self._random.randint(1, terminal.lines)
        button = self._random.choice((0, 35, 64, 65))
        ends = "Mm" if button == 0 else "M"
        for end in ends:
            self._driver.type(f"\x1b[<{button};{x};{y}{end}")
        return f"mouse {button} at {x}, {y}"

    def _resize(self) -> str:
        columns, lines = self._random.choice(SIZES)
        if self._random.random() < 0.5:
            columns += self._random.randrange(3)
            lines += self._random.randrange(3)
        terminal = self._driver.terminal
        terminal.change_size(columns, lines)
        self._driver.tell_size()
        return f"resize to {columns}x{lines}"

    def _create_job(self) -> str:
        self._jobs += 1
        job_id = f"job-{self._jobs}"
        things = self._random.sample(THINGS, self._random.randint(1, len(THINGS)))
        self._account.create_job(job_id, things, some_document(self._random))
        return f"create {job_id}"

    def _change_execution(self) -> str:
        thing = self._random.choice(THINGS)
        status = self._random.choice(("IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED", "FAILED"))
        pending = self._account.get_pending_job_executions(thing)
        executions = [*pending.in_progress, *pending.queued]
        if not executions:
            return self._create_job()
        job_id = self._random.choice(executions).job_id
        details = some_details(self._random)
        self._account.update_job_execution(thing, job_id, status, status_details=details)
        return f"{job_id} on {thing} is {status} with {details}"

    def _cancel_job(self) -> str:
        job_id = f"job-{self._random.randint(1, self._jobs)}"
        try:
            self._account.cancel_job(job_id, force=True)
        except ServiceError as error:
            return f"cannot cancel {job_id}: {error}"
        return f"cancel {job_id}"

    def _notice(self) -> str:
        text = some_text(self._random)
        self._app._ground.notice(Notice(text, "warning"))
        return f"notice {text!r}"

    def _theme(self) -> str:
        if self._random.random() < 0.4:
            self._app.save_bandwidth(on=not self._app.low_bandwidth)
        elif not self._app.low_bandwidth:
            self._app.theme = self._random.choice(THEMES)
        return f"theme {self._app.theme}"

    def _wall(self) -> str:
        self._driver.terminal.spoil()
        self._driver.type(KEYS["ctrl+l"])
        return "somebody else writes; press ctrl+l"
