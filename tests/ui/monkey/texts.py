"""Words as other people write them."""

import json
from random import Random

TEXTS = (
    "plain",
    "\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a\u6587",
    "\ud55c\uad6d\uc5b4 ok",
    "\U0001f600\U0001f680 done \U0001f389",
    "e\u0301 a\u0308\u0323 x\u0302\u0302 \u6f22\u0301",
    "\uff41\uff42\uff43\uff11",
    "[bold]x[/] [/] [@click=app.quit]y[/]",
    "\x1b[31mred\x1b]0;t\x07\x9b7m\x00",
    "\u202etxt.exe\u2066 \u200b",
    "a\tb\r\nc",
    "\u03a9\u00df\u00e9\u00f1 \u2190\u2500\u2502\u25b6 \u00b7",
    "\U0001f469\u200d\U0001f4bb \u2764\ufe0f",
    "long " * 30,
    "\u65e5\u672ce\u0301\u8a9e" * 12,
    "\U0001f600" * 40,
)
"""Wide, combining, hostile, long. Terminals agree about the width of what is left of each."""


def some_text(random: Random) -> str:
    """One of them, or two, or a part of one."""
    text = random.choice(TEXTS)
    if random.random() < 0.3:
        text = text[random.randrange(len(text)) :]
    return text + (random.choice(TEXTS) if random.random() < 0.3 else "")


def some_details(random: Random) -> dict[str, str]:
    """Status details that the service takes: nothing in them that is not printable."""
    values = ("".join(filter(str.isprintable, some_text(random))) for _ in range(3))
    return {f"detail-{random.randrange(4)}": value for value in values if value}


def some_document(random: Random) -> str:
    """A job document."""
    document = {some_text(random): [some_text(random)] for _ in range(random.randrange(30))}
    return json.dumps(document, ensure_ascii=random.random() < 0.5)
