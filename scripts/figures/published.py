"""Published measurements that stand beside the model's; keys are those of the bibliography."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """A mean and standard deviation in millimetres, as its source gives it."""

    name: str
    source: str
    mean: float
    sd: float
    low: float | None = None
    high: float | None = None


IMAGING = (
    Published("250 pain-free hips, MRI", "schroder2015", 22.9, 7.0, 10.3, 55),
    Published("44 people without IFI, MRI", "barros2019", 27.5, 6.5),
    Published("140 control hips, meta-analysis", "singer2015", 26.0, 8.0),
    Published("217 hips with IFI, meta-analysis", "singer2015", 14.9, 4.8),
)
