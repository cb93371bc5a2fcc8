"""Tables as Parquet, for those who compute with them: only where pyarrow is installed.

`pip install 'minutebook[parquet]'` installs it; without it, the site has no such files.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from minutebook.packages.columns import Column
from minutebook.packages.tables import Table

_DIGITS = 18


def available() -> bool:
    """Whether Parquet can be written here."""
    return importlib.util.find_spec("pyarrow") is not None


def version() -> str:
    """The version of what writes it: another one may write other bytes."""
    import pyarrow

    return str(pyarrow.__version__)


def writer(table: Table, source: Path) -> Callable[[], Iterator[bytes]]:
    """A function that gives the Parquet file of a table, made of its CSV file; money is decimal(18, 2)."""
    return lambda: _pieces(table, source)


def _pieces(table: Table, source: Path) -> Iterator[bytes]:
    import pyarrow
    from pyarrow import csv, parquet

    types = {column.name: _type(pyarrow, column) for column in table.every}
    convert = csv.ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, true_values=["true"]
    )
    parse = csv.ParseOptions(newlines_in_values=True)
    read = csv.ReadOptions(use_threads=False)
    buffer = io.BytesIO()
    schema = pyarrow.schema([pyarrow.field(name, kind) for name, kind in types.items()])
    with (
        csv.open_csv(source, read, parse, convert) as batches,
        parquet.ParquetWriter(buffer, schema, compression="zstd") as out,
    ):
        for batch in batches:
            out.write_batch(batch.cast(schema))
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _type(pyarrow: Any, column: Column) -> Any:
    if column.node.get("format") == "money":
        return pyarrow.decimal128(_DIGITS, 2)
    return {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }[column.type]
