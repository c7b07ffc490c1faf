"""Text by character: what data sets share in which the next character is to be told."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def hold_back(text: str) -> tuple[str, str, str]:
    """The text's parts for training, validation and test.

    It is cut into 100 stretches; of every twenty, the tenth is for validation and the last for the test.
    """
    edges = [len(text) * number // 100 for number in range(101)]
    parts = ["", "", ""]
    for number in range(100):
        place = {9: 1, 19: 2}.get(number % 20, 0)
        parts[place] += text[edges[number] : edges[number + 1]]
    return parts[0], parts[1], parts[2]


def text_windows(text: str, characters: str, length: int, step: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Windows of a text, and at each of their characters the next one, by their numbers in `characters`.

    A window that overlaps the one before it is not asked again about what that was asked about.

    Args:
        text: The text, of more characters than a window has.
        characters: All different characters.
        length: Characters of a window.
        step: Characters from the start of one window to that of the next.

    Returns:
        Numbers of characters, (N, length, 1), and of the next ones, (N, length); -100 where nothing is asked.
    """
    number = {character: index for index, character in enumerate(characters)}
    codes = np.array([number[character] for character in text], np.int64)
    windows = np.stack([codes[start : start + length + 1] for start in range(0, len(codes) - length, step)])
    x, y = windows[:, :-1, None].astype(np.float32), windows[:, 1:].copy()
    y[1:, : max(0, length - step)] = -100
    return x, y


def windows_of_parts(
    text: str, length: int
) -> tuple[
    NDArray[np.float32],
    NDArray[np.int64],
    NDArray[np.float32],
    NDArray[np.int64],
    NDArray[np.float32],
    NDArray[np.int64],
]:
    """Windows of the parts for training, validation and test, which know all characters of the whole text.

    Training windows stand one behind the other. Of the others each begins in the middle of the one before: but for the
    first, nothing is asked before half of it has been seen.
    """
    characters = "".join(sorted(set(text)))
    train, validation, test = hold_back(text)
    half = max(1, length - length // 2)
    return (
        *text_windows(train, characters, length, length),
        *text_windows(validation, characters, length, half),
        *text_windows(test, characters, length, half),
    )
