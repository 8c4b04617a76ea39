"""Records: private, whole, and harmless where broken."""

import asyncio
import logging
import stat
from pathlib import Path

import pytest

from pccompute_ext.models import Adaptive, Manual
from pccompute_ext.records import Record, Records

ID = "0123456789abcdef"
LOG = logging.getLogger("test.records")


def record(id: str = ID, **fields: object) -> Record:
    return Record(id=id, backend="gateway", name="a-secret-name", **fields)  # type: ignore[arg-type]


async def test_what_is_put_is_loaded(jp_asyncio_loop: object, tmp_path: Path) -> None:
    written = [
        record(ID, scaling=Adaptive(maximum=3), applied=False, options={"cores": 0.5}),
        record("f" * 16, scaling=Manual(count=2), label="Mine"),
    ]
    records = Records(tmp_path / "pccompute", LOG)
    assert await records.load() == []
    for one in written:
        await records.put(one)
    assert await Records(tmp_path / "pccompute", LOG).load() == written
    for one in written:
        await records.remove(one.id)
    assert await records.load() == []
    assert not list((tmp_path / "pccompute").iterdir())


async def test_files_are_private(jp_asyncio_loop: object, tmp_path: Path) -> None:
    records = Records(tmp_path / "pccompute", LOG)
    await records.put(record())
    (path,) = records.directory.iterdir()
    for place, mode in ((path, 0o600), (records.directory, 0o700), (tmp_path / "pccompute", 0o700)):
        assert stat.S_IMODE(place.stat().st_mode) == mode
        place.chmod(0o755)
    await records.load()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(records.directory.stat().st_mode) == 0o700


async def test_the_last_of_many_changes_stays(jp_asyncio_loop: object, tmp_path: Path) -> None:
    records = Records(tmp_path, LOG)
    await asyncio.gather(*(records.put(record(label=f"{number}")) for number in range(20)))
    (loaded,) = await records.load()
    assert loaded.label == "19"
    await asyncio.gather(records.put(record()), records.remove(ID))
    assert await records.load() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b'{"id": "0123456789abcdef"}',
        b'{"format": 99, "id": "0123456789abcdef", "backend": "x"}',
        b'{"id": "other", "backend": "x"}',
    ],
)
async def test_a_broken_record_is_set_aside(jp_asyncio_loop: object, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    records = Records(tmp_path, LOG)
    await records.put(record("f" * 16))
    (records.directory / f"{ID}.json").write_bytes(content)
    assert [one.id for one in await records.load()] == ["f" * 16]
    assert (records.directory / f"{ID}.unreadable").read_bytes() == content
    assert "set aside" in caplog.text


async def test_a_disk_that_does_not_work_is_said_and_survived(jp_asyncio_loop: object, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "pccompute").write_text("a file where a folder should be")
    records = Records(tmp_path / "pccompute", LOG)
    await records.put(record())
    assert "can't be written" in caplog.text
    assert await records.load() == []


def test_a_record_does_not_tell_its_name() -> None:
    assert "secret" not in repr(record())
