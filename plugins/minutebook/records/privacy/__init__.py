"""The privacy guard: personal data in anything that somebody is about to publish."""

from minutebook.records.privacy.guard import Hit, private_lines, search
from minutebook.records.privacy.pictures import private_in_file

__all__ = ["Hit", "private_in_file", "private_lines", "search"]
