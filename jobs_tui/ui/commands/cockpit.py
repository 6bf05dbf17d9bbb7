"""The commands of the screen with the panels, in the order of help and palette."""

from jobs_tui.ui.commands.changing import ChangeStatus, StartNext
from jobs_tui.ui.commands.command import Command
from jobs_tui.ui.commands.copying import CopyCommand, CopyJobId
from jobs_tui.ui.commands.finding import FINDING_COMMANDS
from jobs_tui.ui.commands.fleet import FLEET_COMMANDS, OpenThing
from jobs_tui.ui.commands.leaving import Help, Palette, Quit, Repaint
from jobs_tui.ui.commands.marking import MARKING_COMMANDS, ChangeMarked, ClearMarks
from jobs_tui.ui.commands.moving import (
    FirstRow,
    LastRow,
    NextPanel,
    PageDown,
    PageUp,
    PanelBefore,
    RowDown,
    RowUp,
)
from jobs_tui.ui.commands.place import CockpitPlace
from jobs_tui.ui.commands.reading import (
    OpenDocument,
    OpenExecution,
    OpenJournal,
    OpenNotices,
    OpenPulse,
)
from jobs_tui.ui.commands.refreshing import (
    LessOften,
    MoreOften,
    Pause,
    PausePanel,
    RefreshAll,
    RefreshPanel,
    SaveBandwidth,
)

COCKPIT_COMMANDS: tuple[Command[CockpitPlace], ...] = (
    # before what opens an execution: in the list, the same key opens the thing
    OpenThing(),
    OpenExecution(),
    OpenDocument(),
    StartNext(),
    ChangeStatus(),
    # with marks, the same key is about all of them
    ChangeMarked(),
    OpenJournal(),
    OpenNotices(),
    OpenPulse(),
    RefreshPanel(),
    RefreshAll(),
    Pause(),
    PausePanel(),
    MoreOften(),
    LessOften(),
    SaveBandwidth(),
    *MARKING_COMMANDS,
    CopyJobId(),
    CopyCommand(),
    *FLEET_COMMANDS,
    *FINDING_COMMANDS,
    RowDown(),
    RowUp(),
    PageDown(),
    PageUp(),
    FirstRow(),
    LastRow(),
    NextPanel(),
    PanelBefore(),
    # after all else that its key goes back from
    ClearMarks(),
    Palette(),
    Repaint(),
    Help(),
    Quit(),
)
