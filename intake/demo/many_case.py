"""What the parts of the many invented survivors are made of: a case with its people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from casework.models import Case, Rescue
    from intake.demo.many_parts import Part
    from victims.models import Involvement


@dataclass
class DemoCase:
    """One case, the day of its rescue, who was met, and the last day on which something was."""

    part: Part
    case: Case
    met: date
    last: date
    rescue: Rescue | None = None
    people: list[Involvement] = field(default_factory=list)
    unhelped: bool = False
