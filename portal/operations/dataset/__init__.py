"""Loading a dataset (domain/dataset.md): all of it or nothing, and what differs only."""

from __future__ import annotations

from portal.operations.dataset.load import LoadResult, TableCount, load

__all__ = ["LoadResult", "TableCount", "load"]
