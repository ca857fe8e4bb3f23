from .edition import Edition, Extension, Programme, StepWindow
from .kinds import Kind, State
from .participation import Milestone, Participation, Step, Transition
from .snapshot import Snapshot

__all__ = [
    "Edition",
    "Extension",
    "Kind",
    "Milestone",
    "Participation",
    "Programme",
    "Snapshot",
    "State",
    "Step",
    "StepWindow",
    "Transition",
]
