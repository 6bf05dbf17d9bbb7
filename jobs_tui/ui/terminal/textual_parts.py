"""Whether Textual has the private parts that are used of it here, in the form that is expected.

Another release may have changed them. Where one is missing, what Textual itself sends is right,
too: it only takes more bytes.
"""

from textual.app import App
from textual.screen import Screen


def are_as_expected() -> bool:
    """Whether frames can be taken and compared with this Textual."""
    try:
        from textual._compositor import (  # noqa: PLC0415 - it may not be there
            Compositor,
            LayoutUpdate,
        )
    except ImportError:
        return False
    return (
        _parameters(App, "_display") == ["self", "screen", "renderable"]
        and _parameters(Compositor, "render_update")[:3] == ["self", "full", "screen_stack"]
        and _parameters(LayoutUpdate, "__init__") == ["self", "strips", "region"]
        and {"_compositor", "_dirty_widgets"} <= set(Screen.__init__.__code__.co_names)
        and {"_batch_count", "_screen_stacks", "_sync_available"}
        <= set(App.__init__.__code__.co_names)
        and hasattr(Screen, "_compositor_refresh")
        and all(
            hasattr(App, name)
            for name in ("_background_screens", "_handle_exception", "_update_mouse_over")
        )
    )


def _parameters(owner: type, name: str) -> list[str]:
    code = getattr(getattr(owner, name, None), "__code__", None)
    return list(code.co_varnames[: code.co_argcount]) if code else []
