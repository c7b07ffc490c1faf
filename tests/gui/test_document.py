"""The document: edits, undo, edits in a row that count as one."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from nnviz.gui.document import Document, Project


def _titled(document: Document, title: str) -> Project:
    return replace(document.project, title=title)


def test_every_edit_can_be_undone_and_redone(document: Document) -> None:
    start = document.project
    seen: list[str] = []
    document.project_changed.connect(lambda project: seen.append(project.title))
    document.replace(_titled(document, "one"), "Name it one")
    document.replace(_titled(document, "two"), "Name it two")
    assert document.undo_stack.undoText() == "Name it two"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.project == start
    document.undo_stack.redo()
    assert seen == ["one", "two", "one", start.title, "one"]


def test_an_edit_that_changes_nothing_is_none(document: Document) -> None:
    document.replace(document.project, "Nothing")
    assert document.undo_stack.count() == 0


def test_edits_in_a_row_with_one_key_are_one(document: Document) -> None:
    start = document.project
    for title in ("a", "ab", "abc"):
        document.replace(_titled(document, title), "Type", "title")
    document.replace(_titled(document, "other"), "Type", "other key")
    document.replace(_titled(document, "last"), "Type")
    document.replace(_titled(document, "very last"), "Type")
    assert document.undo_stack.count() == 4
    for _ in range(3):
        document.undo_stack.undo()
    assert document.project.title == "abc"
    document.undo_stack.undo()
    assert document.project == start


def test_edits_in_a_row_that_lead_back_leave_nothing_to_undo(document: Document) -> None:
    start = document.project
    document.replace(_titled(document, "a"), "Type", "title")
    document.replace(start, "Type", "title")
    assert document.project == start
    assert not document.undo_stack.canUndo()


def test_edits_do_not_keep_their_document_alive(document: Document) -> None:
    # In a cycle with its commands, PySide took the document apart in an order that ended the process.
    other = Document(document.project)
    other.replace(_titled(other, "a"), "Type")
    gone = weakref.ref(other)
    gc.disable()
    del other
    gc.enable()
    assert gone() is None
