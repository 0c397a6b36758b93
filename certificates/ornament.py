"""The certificate's drawings: frame, rosette and seal, as PDF drawing operators in millimetres.

They are computed and compressed once for a colour and laid under the page as one artifact (what
screen readers pass over). As SVG they would be parsed and drawn anew for every certificate, which
takes as long as all its text.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GOLD = "#b0894f"  # goes with any dark brand colour
WIDTH, HEIGHT = 297, 210  # A4 landscape
POINTS = 72 / 25.4  # in a millimetre
ARC = 0.5523  # how far the handles of a quarter circle reach, in radii


@lru_cache(maxsize=8)
def under_page(brand: str) -> bytes:
    """Return the compressed drawing that lies under the text."""
    operators = [
        "/Artifact BMC q",
        f"{POINTS:.5f} 0 0 {-POINTS:.5f} 0 {HEIGHT * POINTS:.3f} cm 1 J 1 j",
        _pen(_pale(GOLD, 0.24), 0.16),
        *_rosette(148.5, 100, petals=30, waves=((80, 6), (67, 8), (52, 10), (36, 11))),
        _pen(brand, 1.1),
        _plate(9, 9),
        _pen(GOLD, 0.3),
        _plate(11.4, 8),
        *_seal(brand, 254.5, 172),
        "Q EMC",
    ]
    return zlib.compress("\n".join(operators).encode(), level=9)


def _seal(brand: str, x: float, y: float) -> Iterator[str]:
    yield _pen(brand, 0.13)
    yield from _rosette(x, y, petals=22, waves=((15.4, 1.4), (13.4, 1.8), (11.2, 2)))
    yield _pen(GOLD, 0.5)
    yield f"{_rgb(brand)} rg {_circle(x, y, 8.4)} B"
    yield _pen("#ffffff", 1.5)
    tick = [(x - 3.6, y + 0.2), (x - 1, y + 2.8), (x + 3.8, y - 2.7)]
    start, bend, end = (f"{across:.2f} {down:.2f}" for across, down in tick)
    yield f"{start} m {bend} l {end} l S"


def _rosette(
    x: float, y: float, *, petals: int, waves: Iterable[tuple[float, float]]
) -> Iterator[str]:
    """Yield interlaced waves around a point, as on banknotes."""
    for radius, height in waves:
        for share in (1, -1, 0.55, -0.55):
            yield _wave(x, y, radius, height * share, petals)


def _wave(x: float, y: float, radius: float, height: float, petals: int) -> str:
    """Return a closed wave: one curve from crest to trough, one back, and so on round."""
    step = pi / petals
    turns = range(2 * petals + 1)
    stops = [(radius + (height if turn % 2 else -height), turn * step) for turn in turns]
    curves = [f"{_point(x, y, *stops[0])} m"]
    for (far, angle), (next_far, next_angle) in pairwise(stops):
        # The handles leave along the circle, so crests are round and neighbours join smoothly.
        leave = _point(x, y, far, angle, along=step * 0.42 * radius)
        arrive = _point(x, y, next_far, next_angle, along=-step * 0.42 * radius)
        curves.append(f"{leave} {arrive} {_point(x, y, next_far, next_angle)} c")
    return " ".join([*curves, "s"])


def _point(x: float, y: float, far: float, angle: float, *, along: float = 0) -> str:
    across, down = cos(angle), sin(angle)
    return f"{x + far * across - along * down:.2f} {y + far * down + along * across:.2f}"


def _plate(inset: float, notch: float) -> str:
    """Return the outline of a plate whose corners are scooped out."""
    left, top, right, bottom = inset, inset, WIDTH - inset, HEIGHT - inset
    reach = notch * ARC
    return (
        f"{left + notch} {top} m {right - notch} {top} l "
        f"{right - notch} {top + reach} {right - reach} {top + notch} {right} {top + notch} c "
        f"{right} {bottom - notch} l {right - reach} {bottom - notch} "
        f"{right - notch} {bottom - reach} {right - notch} {bottom} c {left + notch} {bottom} l "
        f"{left + notch} {bottom - reach} {left + reach} {bottom - notch} "
        f"{left} {bottom - notch} c {left} {top + notch} l "
        f"{left + reach} {top + notch} {left + notch} {top + reach} {left + notch} {top} c s"
    )


def _circle(x: float, y: float, radius: float) -> str:
    reach = radius * ARC
    corners = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    path = f"{x + radius} {y} m"
    for (a, b), (c, d) in pairwise(corners):
        points = [
            (x + radius * a + reach * c, y + radius * b + reach * d),
            (x + radius * c + reach * a, y + radius * d + reach * b),
            (x + radius * c, y + radius * d),
        ]
        path += "".join(f" {px:.3f} {py:.3f}" for px, py in points) + " c"
    return path


def _pen(colour: str, width: float) -> str:
    return f"{_rgb(colour)} RG {width} w"


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _pale(colour: str, share: float) -> str:
    """Return a colour thinned with white: no transparency, which some printers draw badly."""
    mixed = (round(255 - (255 - int(colour[i : i + 2], 16)) * share) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)
