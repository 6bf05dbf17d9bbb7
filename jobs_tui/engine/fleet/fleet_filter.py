"""Which things a list shows: by name or by state, as it is typed. Pure."""

from typing import NamedTuple

from jobs_tui.engine.fleet.standing import Need, Standing

_STATES = {
    Need.CONFLICT: "conflict",
    Need.OVERDUE: "overdue",
    Need.STUCK: "stuck",
    Need.DUE: "due",
    Need.ERROR: "error",
    Need.IN_PROGRESS: "in_progress",
    Need.QUEUED: "queued",
    Need.QUIET: "quiet",
    Need.UNKNOWN: "unknown",
}
LEAST_OF_A_STATE = 3
"""Letters from which on the beginning of a state's word means the state."""


class FleetFilter(NamedTuple):
    """What was typed, and whether only things that need a person are wanted."""

    text: str = ""
    """Words: each is a part of the name or the beginning of a state; with `!` before it, not."""
    urgent: bool = False

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return not self.urgent and not self.text.strip()

    def lets_through(self, standing: Standing) -> bool:
        """Whether a thing is shown."""
        if self.urgent and not standing.need.urgent:
            return False
        words = self.text.lower().split()
        return all(_matches(word, standing) for word in words if word != "!")


def _matches(word: str, standing: Standing) -> bool:
    if word.startswith("!"):
        return not _matches(word[1:], standing)
    if word in standing.thing_name.lower():
        return True
    return len(word) >= LEAST_OF_A_STATE and any(
        state.startswith(word) for state in _states_of(standing)
    )


def _states_of(standing: Standing) -> list[str]:
    """All states of a thing that one may look for, not only the most urgent one."""
    states = [_STATES[standing.need]]
    if standing.in_progress:
        states.append(_STATES[Need.IN_PROGRESS])
    if standing.queued:
        states.append(_STATES[Need.QUEUED])
    if standing.stuck:
        states.append(_STATES[Need.STUCK])
    if standing.failure is not None:
        states.append(_STATES[Need.ERROR])
    return states
