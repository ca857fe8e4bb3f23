"""The bank of good practices: sheets, how they are curated, who uses them."""

from .adoption import Adoption, AdoptionState
from .curation import FeatureCheck, PracticeMove, PracticeNote, Verdict
from .practice import LANGUAGES, STORY, Feature, Practice, Source, State
from .proposal import OpenProposal
from .rows import DocumentType, PracticeDocument, PracticeResult, PracticeTopic, written
from .sheet import PracticeSheet

__all__ = [
    "LANGUAGES",
    "STORY",
    "Adoption",
    "AdoptionState",
    "DocumentType",
    "Feature",
    "FeatureCheck",
    "OpenProposal",
    "Practice",
    "PracticeDocument",
    "PracticeMove",
    "PracticeNote",
    "PracticeResult",
    "PracticeSheet",
    "PracticeTopic",
    "Source",
    "State",
    "Verdict",
    "written",
]
