"""Telling ink from paper in a grey picture: a scan, a photo of a page, a screenshot, a prepared digit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.components import connected_components
from nnviz.core.resample import shrunk, stretched

Picture = NDArray[np.float32]
Corner = NDArray[np.float64]

OVERVIEW_SIDE = 256
"""Longest side of the reduced picture on which paper, light and dust are judged."""

LEAST_CONTRAST = 0.05
"""Below this part of the range from black to white nothing counts as ink: pencil has 0.2 and more, an empty page's
texture 0.03."""

LEAST_CONTRAST_TO_NOISE = 6.0
"""Ink must stand out from the paper's noise by as many standard deviations. Halving pure noise gives 1.6."""

EVEN_PAPER = 0.03
"""Paper whose grey varies by less than this (between quartiles) has even light; scans, screenshots, prepared digits."""

DIGITAL_PAPER = 5e-4
"""Paper that varies by no more than this was never photographed; what is dark on it is ink and no shadow."""

SHADED_BORDER = 0.15
"""If more of the border than this is dark, light falls unevenly; ink that touches it touches less of it."""

CRISP_SIDE = 40
"""Ink that is longer than this many pixels is made nearly black and white before it is reduced; MNIST's makers started
from black and white. Smaller ink has its shape in its greys, and keeps them."""

DUST = 0.02
"""A separate part smaller than this share of the largest part is dust."""

_REACHING_IN = 0.08
"""What touches more than this share of the border is a shadow, a finger or a sheet's edge, if there is other ink."""

_LEAST_SHEET = 64
"""Smaller pictures show no table."""

_SHEET_FILL = 0.8
"""A light area that fills its box by more than this, and has marks on it, is a sheet on a table, not a digit."""


@dataclass(frozen=True, eq=False)
class InkMap:
    """Ink on clean paper.

    Attributes:
        seen: (H, W): the picture, or the sheet on it, as it was, but with ink light and paper dark.
        picture: (H, W): 0 paper, 1 ink.
        low: Column and row of the upper left corner of the ink, in pixels, (2,).
        high: Column and row behind its lower right corner, (2,).
    """

    seen: Picture
    picture: Picture
    low: Corner
    high: Corner

    @property
    def longest(self) -> float:
        """Longest side of the ink's box, in pixels."""
        return float((self.high - self.low).max())


def ink_box(mask: NDArray[np.bool_]) -> tuple[Corner, Corner]:
    """Column and row of the upper left corner of what is True, and those behind the lower right one, (2,) each.

    Raises:
        ValueError: If nothing is True.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        raise ValueError("There is no ink that could have a box.")
    return np.array([columns[0], rows[0]], dtype=float), np.array([columns[-1] + 1, rows[-1] + 1], dtype=float)


def cut_to(picture: Picture, low: Corner, high: Corner) -> Picture:
    """The picture with nothing outside a box of whole pixels: no half-grey rim that would make the ink longer."""
    (left, top), (right, bottom) = low.astype(int), high.astype(int)
    cut = np.zeros_like(picture)
    cut[top:bottom, left:right] = picture[top:bottom, left:right]
    return cut


def find_ink(grey: Picture) -> InkMap | None:
    """The ink on a picture, or None if there is nothing but paper.

    Ink may be dark on light or light on dark, the light uneven, the paper textured, and a sheet may lie on a darker
    table. Dust, and what reaches in from the border beside the ink, is left out.

    Args:
        grey: (H, W), 0 black, 1 white.
    """
    return _find_ink(grey, sheet_allowed=True)


def _find_ink(grey: Picture, sheet_allowed: bool) -> InkMap | None:
    overview = shrunk(grey, OVERVIEW_SIDE)
    if float(np.ptp(overview)) < LEAST_CONTRAST:
        return None
    dark_ink = _paper_is_light(overview)
    paper, is_even = _paper(1 - overview if dark_ink else overview)
    contrast = _contrast(overview, paper, dark_ink)
    threshold, bare, ink = _two_levels(contrast)
    below = contrast[contrast <= threshold]
    noise = 1.4826 * float(np.median(np.abs(below - np.median(below))))
    if ink - bare < max(LEAST_CONTRAST, LEAST_CONTRAST_TO_NOISE * noise):
        return None
    mask = contrast > threshold
    if sheet_allowed and not dark_ink:
        sheet = _sheet(mask)
        if sheet is not None:
            on_sheet = _find_ink(_part(grey, sheet, overview.shape), sheet_allowed=False)
            if on_sheet is not None:
                return on_sheet
    mask = _without_dust(mask, is_photo=not is_even)
    if not mask.any():
        return None
    full = contrast if overview is grey else _contrast(grey, stretched(paper, *grey.shape), dark_ink)
    picture, inked = _cleaned(full, mask, bare, ink, noise)
    if not inked.any():
        return None
    box = ink_box(inked)
    return InkMap(1 - grey if dark_ink else grey, cut_to(picture, *box), *box)


def _paper_is_light(overview: Picture) -> bool:
    """Whether the paper is the lighter of the picture's two greys: the one that the border has, else the commoner."""
    threshold, _, _ = _two_levels(overview)
    light = overview > threshold
    border = _share_of_border(light)
    if 0.35 < border < 0.65:
        return bool(light.mean() > 0.5)
    return bool(border > 0.5)


def _share_of_border(mask: NDArray[np.bool_]) -> float:
    ring = max(1, min(mask.shape) // 32)
    inner = mask[ring:-ring, ring:-ring]
    return float((np.count_nonzero(mask) - np.count_nonzero(inner)) / (mask.size - inner.size))


def _paper(towards_ink: Picture) -> tuple[Picture, bool]:
    """Grey of the bare paper at each pixel, 0 white if ink is dark, and whether the light on it is even."""
    threshold, _, _ = _two_levels(towards_ink)
    light = towards_ink <= threshold
    quarter, half, three_quarters = np.percentile(towards_ink[light], [25, 50, 75])
    spread = three_quarters - quarter
    if spread <= DIGITAL_PAPER or (spread <= EVEN_PAPER and _share_of_border(~light) <= SHADED_BORDER):
        return np.full_like(towards_ink, half), True
    return _opened(towards_ink), False


def _contrast(picture: Picture, paper: Picture, dark_ink: bool) -> Picture:
    """How far each pixel is from the paper's grey towards the ink's: 0 for paper."""
    # In the shade both paper and dark ink are darker by the same factor.
    light = np.maximum(1 - paper, np.float32(0.1)) if dark_ink else np.float32(1)
    contrast = ((1 - picture if dark_ink else picture) - paper) / light
    return np.asarray(np.maximum(contrast, 0), dtype=np.float32)


def _opened(towards_ink: Picture) -> Picture:
    """Grey of the paper under the ink: the least inky in reach, then the inkiest of those in reach.

    This opening takes away what is narrower than the reach and leaves gradients and shadows as they are. The reach, a
    fifth of the picture, is more than a stroke is wide. A shadow's blurred edge is given to the shadow.
    """
    reach = max(3, max(towards_ink.shape) // 5) | 1
    opened = _slid(_slid(towards_ink, reach, np.minimum), reach, np.maximum)
    return _slid(opened, 3, np.maximum)


def _slid(picture: Picture, reach: int, choose: np.ufunc) -> Picture:
    """Extreme of each square of `reach` x `reach` pixels, rows and columns one after the other."""
    for axis in (0, 1):
        margin = [(0, 0), (0, 0)]
        margin[axis] = (reach // 2, reach // 2)
        # Mirrored oddly, a gradient goes on beyond the border.
        bordered = np.pad(picture, margin, mode="reflect", reflect_type="odd")
        windows = np.lib.stride_tricks.sliding_window_view(bordered, reach, axis=axis)
        picture = choose.reduce(windows, axis=-1)
    return picture


def _two_levels(picture: Picture) -> tuple[float, float, float]:
    """Threshold between the picture's two greys, and the mean grey below and above it.

    Otsu 1979, "A Threshold Selection Method from Gray-Level Histograms": the threshold at which the variance between
    the two classes is largest, taken halfway between the classes' means for a soft picture.
    """
    low, high = float(picture.min()), float(picture.max())
    if high <= low:
        return low, low, low
    counts, edges = np.histogram(picture, bins=128, range=(low, high))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1]
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    mean_below = sums[:-1] / np.maximum(below, 1)
    mean_above = (sums[-1] - sums[:-1]) / np.maximum(above, 1)
    best = int(np.argmax(below * above * (mean_above - mean_below) ** 2))
    return float(edges[best + 1]), float(mean_below[best]), float(mean_above[best])


def _sheet(light: NDArray[np.bool_]) -> tuple[slice, slice] | None:
    """The rows and columns of a light sheet that lies on a dark table, a little inside its edges, or None."""
    labels = connected_components(light)
    areas = np.bincount(labels.reshape(-1))
    areas[0] = 0
    largest = int(np.argmax(areas))
    if areas[largest] < 0.2 * light.size or min(light.shape) < _LEAST_SHEET:
        return None
    rows = np.flatnonzero((labels == largest).any(axis=1))
    columns = np.flatnonzero((labels == largest).any(axis=0))
    height, width = rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0]
    if areas[largest] < _SHEET_FILL * height * width:
        return None
    down, right = 1 + height // 12, 1 + width // 12
    return slice(rows[0] + down, rows[-1] + 1 - down), slice(columns[0] + right, columns[-1] + 1 - right)


def _part(grey: Picture, part: tuple[slice, slice], overview_shape: tuple[int, ...]) -> Picture:
    """The part of the full picture that rows and columns of the overview mean."""
    factors = (grey.shape[0] / overview_shape[0], grey.shape[1] / overview_shape[1])
    rows, columns = (
        slice(round(side.start * factor), round(side.stop * factor)) for side, factor in zip(part, factors, strict=True)
    )
    return grey[rows, columns]


def _without_dust(mask: NDArray[np.bool_], is_photo: bool) -> NDArray[np.bool_]:
    """The mask without specks, and without what reaches in from the border beside the ink.

    On a photo in uneven light nothing that touches the border is ink. Elsewhere it may be, the picture being cut
    closely, unless it lies along the border or is small beside other ink.
    """
    labels = connected_components(mask)
    areas = np.bincount(labels.reshape(-1))
    areas[0] = 0
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    contact = np.bincount(edge, minlength=len(areas))
    inside = np.where(contact > 0, 0, areas)
    if is_photo or inside.max() >= areas.max() / 2:
        areas = inside
    else:
        beside = np.where(contact > _REACHING_IN * len(edge), 0, areas)
        if beside.max() >= areas.max() / 5:
            areas = beside
    return np.asarray((areas >= max(DUST * areas.max(), 1))[labels])


def _cleaned(
    contrast: Picture, mask: NDArray[np.bool_], paper: float, ink: float, noise: float
) -> tuple[Picture, NDArray[np.bool_]]:
    """Clean ink on clean paper, and where it counts as ink; `mask` says roughly where, on the overview."""
    low, high = ink_box(mask)
    if float((high - low).max()) * contrast.shape[0] / mask.shape[0] <= CRISP_SIDE:
        floor = max(3 * noise, 0.1 * ink) if noise > 0 else 0.0
        picture = np.where(contrast > floor, contrast, np.float32(0)) / contrast.max()
        return picture, picture > 0
    # A stroke's edge is half way between paper and ink; a narrow ramp keeps it smooth.
    half, ramp = (paper + ink) / 2, (ink - paper) / 2
    picture = np.clip((contrast - half) / ramp + 0.5, 0, 1).astype(np.float32)
    picture[stretched(_slid(mask.astype(np.float32), 3, np.maximum), *contrast.shape) == 0] = 0
    return picture, picture >= 0.5
