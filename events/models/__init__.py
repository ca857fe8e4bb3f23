from .attendance import Attendance, Presence, Unit
from .event import (
    AudienceRule,
    Event,
    EventSeries,
    EventSession,
    EventType,
    HomeKind,
    Language,
    Material,
    MaterialType,
    Mode,
    Precision,
    Speaker,
    Testimonial,
)
from .registration import AttendanceCertificate, Registration, RegistrationState

__all__ = [
    "Attendance",
    "AttendanceCertificate",
    "AudienceRule",
    "Event",
    "EventSeries",
    "EventSession",
    "EventType",
    "HomeKind",
    "Language",
    "Material",
    "MaterialType",
    "Mode",
    "Precision",
    "Presence",
    "Registration",
    "RegistrationState",
    "Speaker",
    "Testimonial",
    "Unit",
]
