"""Finding the files of a data set: in the user's folder, in the cache, or on the internet; and checking them."""

from __future__ import annotations

import hashlib
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.core.datasets.base import DataError, LoadContext
from nnviz.core.datasets.download import DownloadError, download
from nnviz.core.datasets.idx import idx_sha256, read_idx

MIRROR_VARIABLE = "NNVIZ_MIRROR"
"""Environment variable with base addresses, separated by spaces, to download from in place of the usual ones."""


class OtherSetError(DataError):
    """A file that has the right name and shape and is in good order, but belongs to another data set."""


@dataclass(frozen=True)
class IdxFile:
    """One file of a data set, and all that is known of it beforehand.

    Attributes:
        name: Its name without ".gz".
        dims: Lengths of its axes.
        sha256: SHA-256 of the unpacked file, or empty if it is not known. Mirrors pack differently, so the packed
            file's sum would say little.
        packed_md5: MD5 of the packed file as its makers published it, or empty. Only a download is held against it,
            because a user's copy may be packed anew.
        others: SHA-256 of files that have the same name and shape but belong elsewhere, with the title of what they
            belong to.
    """

    name: str
    dims: tuple[int, ...]
    sha256: str = ""
    packed_md5: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: Path, *, called: str = "") -> NDArray[np.uint8]:
        """The file's array, checked: format, axes, and SHA-256 where that is known.

        Raises:
            OtherSetError: If it is known to belong to another data set.
            DataError: If the file is damaged or another one.
        """
        called = called or str(path)
        values = read_idx(path, self.dims, called=called)
        found = idx_sha256(values) if self.sha256 or self.others else ""
        if found in self.others:
            raise OtherSetError(f"{called} belongs to {self.others[found]}.")
        if self.sha256 and found != self.sha256:
            raise DataError(
                f"{called} is wrong: expected content with the SHA-256 {self.sha256[:12]}...; found {found[:12]}...."
            )
        return values

    def read_download(self, path: Path, url: str) -> NDArray[np.uint8]:
        """The array in a file that was just downloaded, checked as `read` does, and by its MD5 if that is known.

        Raises:
            DataError: If the file is damaged or another one.
        """
        values = self.read(path, called=url)
        if self.packed_md5:
            # MD5 is what the makers published; it tells damage, and is no defence against malice.
            found = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            if found != self.packed_md5:
                raise DataError(f"{url} is wrong: expected the MD5 {self.packed_md5}; found {found}.")
        return values


@dataclass(frozen=True)
class FileSet:
    """The files of one data set and where they are to be had.

    Attributes:
        name: Registry name of the data set; also that of its folder in the cache.
        title: Name for people.
        files: The files, in the order in which `read` gives them.
        mirrors: Base addresses, best first.
        folders: Folders within the user's data folder that are searched before that folder itself.
    """

    name: str
    title: str
    files: tuple[IdxFile, ...]
    mirrors: tuple[str, ...]
    folders: tuple[str, ...] = ()

    def read(self, context: LoadContext) -> list[NDArray[np.uint8]]:
        """The arrays of all files, each found in the data folder, else in the cache, else downloaded into the cache.

        Raises:
            LoadCancelled: If the context says so; what was downloaded is kept for the next time.
            DataError: If a file cannot be had or is damaged.
        """
        if context.data_dir is not None and not context.data_dir.is_dir():
            raise DataError(f"The data folder {context.data_dir} does not exist. Choose a folder with {self.title}.")
        mirrors = self.addresses(context)
        return [self._read_one(file, mirrors, context) for file in self.files]

    def cache(self, context: LoadContext) -> Path:
        """The folder that this data set's downloads are kept in."""
        return cache_folder(context) / self.name

    def addresses(self, context: LoadContext) -> list[str]:
        """Base addresses to try: the context's, else those of the environment variable, else the data set's own.

        A replaced address is tried with the data set's name as a folder first, so that one server can hold several
        data sets whose files have the same names.
        """
        given = context.mirrors or tuple(re.split(r"[\s,]+", os.environ.get(MIRROR_VARIABLE, "").strip()))
        bases = [base.rstrip("/") for base in given if base]
        if bases:
            return [address for base in bases for address in (f"{base}/{self.name}", base)]
        return [base.rstrip("/") for base in self.mirrors]

    def _read_one(self, file: IdxFile, mirrors: list[str], context: LoadContext) -> NDArray[np.uint8]:
        remarks: list[str] = []
        for path in _candidates(file, self._user_folders(context)):
            try:
                return file.read(path)
            except OtherSetError as error:
                remarks.append(str(error))
            except DataError as error:
                raise DataError(f"{error} Put a good copy of {self.title} there, or take this one away.") from None
        cache = self.cache(context)
        for path in _candidates(file, [cache]):
            try:
                return file.read(path)
            except DataError as error:
                # A damaged file of our own is fetched again, unless that cannot be.
                remarks.append(str(error))
        if not context.download:
            raise self._missing(file, [*remarks, "Downloading is switched off."], context)
        try:
            values, mirror = download(
                f"{file.name}.gz",
                mirrors,
                cache,
                file.read_download,
                what=f"{self.title}: {file.name}",
                # Packing never makes a file much longer.
                most_bytes=math.prod(file.dims) * 101 // 100 + 4096,
                context=context,
            )
        except DownloadError as error:
            raise self._missing(file, [*remarks, f"It could not be downloaded ({error})."], context) from None
        # The next file need not wait again for mirrors that did not answer.
        mirrors.remove(mirror)
        mirrors.insert(0, mirror)
        return values

    def _user_folders(self, context: LoadContext) -> list[Path]:
        if context.data_dir is None:
            return []
        return [context.data_dir / folder for folder in (self.name, *self.folders, ".")]

    def _missing(self, file: IdxFile, remarks: list[str], context: LoadContext) -> DataError:
        cache = self.cache(context)
        searched = f"{cache}" if context.data_dir is None else f"{context.data_dir} or {cache}"
        return DataError(
            f"{self.title} needs the file {file.name}, which was expected in {searched} and not found there in good "
            f"order. {' '.join(remarks)} Copy {self.title}'s {len(self.files)} files into {cache}, or name a folder "
            "that has them with --data-dir; or choose the built-in digits, which need no download."
        )


def _candidates(file: IdxFile, folders: list[Path]) -> Iterator[Path]:
    # Some copies write a dot before "idx".
    names = [name + ending for name in (file.name, file.name.replace("-idx", ".idx")) for ending in ("", ".gz")]
    return (path for folder in folders for name in names if (path := folder / name).is_file())


def cache_folder(context: LoadContext) -> Path:
    """The context's cache folder, else that of the user."""
    if context.cache_dir is not None:
        return context.cache_dir
    import platformdirs

    return Path(platformdirs.user_cache_dir("nnviz", appauthor=False))
