"""What the SDK does for other services is left out, and nothing else."""

from aiobotocore.session import AioSession
from botocore.handlers import BUILTIN_HANDLERS

from jobs_tui.service.access.sdk_handlers import FOR_OTHERS, leave_out_what_is_for_others


def names_of_handlers(session: AioSession) -> dict[str, set[str]]:
    """By event, as far as the SDK's own list names them."""
    found = session.get_component("event_emitter")._emitter._handlers
    events = {event for event, *_ in BUILTIN_HANDLERS}
    return {
        event: {each.__name__ for each in found.prefix_search(event) if hasattr(each, "__name__")}
        for event in events
    }


def test_only_handlers_for_other_services_go_and_a_second_time_is_as_good() -> None:
    session = AioSession()
    before = names_of_handlers(session)
    assert set.union(*before.values()) >= FOR_OTHERS
    for _ in range(2):
        leave_out_what_is_for_others(session)
        assert names_of_handlers(session) == {
            event: names - FOR_OTHERS for event, names in before.items()
        }


def test_other_sessions_keep_them() -> None:
    leave_out_what_is_for_others(AioSession())
    assert set.union(*names_of_handlers(AioSession()).values()) >= FOR_OTHERS
