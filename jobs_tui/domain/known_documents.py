"""Recognises the kinds of job documents that can be read as a list."""

from jobs_tui.domain.document_parts import DocumentParts, read_object
from jobs_tui.domain.job_steps import job_steps
from jobs_tui.domain.ota_files import ota_files

LONGEST_TAKEN_APART = 128 * 1024
"""Characters beyond which no list is made: it is as long as what is indented."""


def known_parts(text: str) -> DocumentParts | None:
    """The steps or files that a job document holds; None if it is of no known kind, or damaged.

    Raises nothing, whatever the text, and takes time in proportion to it.
    """
    if len(text) > LONGEST_TAKEN_APART:
        return None
    document = read_object(text)
    return None if document is None else job_steps(document) or ota_files(document)
