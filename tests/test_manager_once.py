"""Requests with the same id never make two clusters, whatever fails, hangs or restarts in between, and none is lost from sight."""

import asyncio
import contextlib
import itertools
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pccompute_ext.errors import BackendFailed, BackendTimeout, ComputeError
from pccompute_ext.testing.fake_backend import FakeBackend
from tests.manager_kit import Server, request, until

# Two ids, told apart at the backend by their options.
IDS = {1: "1" * 16, 2: "2" * 16}
WHICH = st.sampled_from(sorted(IDS))
ERRORS = st.sampled_from([BackendFailed("broke"), BackendTimeout("hung")])


class CreateOnce(RuleBasedStateMachine):
    """What people, networks and servers do, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.asked: list[asyncio.Future[None]] = []
        self.run(self._begin())

    async def _begin(self) -> None:
        self.backend = FakeBackend(auto_run=False)
        await self._serve()

    async def _serve(self) -> None:
        self.server = Server(Path(self.folder.name), self.backend)
        await self.server.manager.start()

    def run(self, work: Coroutine[object, object, None]) -> None:
        self.runner.run(work)

    def ask(self, verb: Coroutine[object, object, object]) -> None:
        """Begin what a browser asks for; how it is answered does not matter here."""

        async def ask() -> None:
            async def answer() -> None:
                with contextlib.suppress(ComputeError):
                    await verb

            self.asked.append(asyncio.ensure_future(answer()))
            await asyncio.sleep(0)

        self.run(ask())

    @rule(which=WHICH)
    def create(self, which: int) -> None:
        self.ask(self.server.manager.create(request(self.backend, id=IDS[which], cores=which)))

    @rule(which=WHICH)
    def stop(self, which: int) -> None:
        self.ask(self.server.manager.stop(IDS[which]))

    @rule()
    def look(self) -> None:
        self.ask(self.server.manager.clusters())

    @rule(turns=st.integers(1, 30))
    def wait(self, turns: int) -> None:
        async def wait() -> None:
            for _ in itertools.repeat(None, turns):
                await asyncio.sleep(0.0002)

        self.run(wait())

    @rule(verb=st.sampled_from(["create", "clusters", "describe", "stop"]), error=ERRORS, after=st.booleans())
    def break_down(self, verb: str, error: ComputeError, after: bool) -> None:
        self.backend.fail(verb, error, after=after)

    @rule(verb=st.sampled_from(["create", "clusters", "stop"]), after=st.booleans())
    def hang(self, verb: str, after: bool) -> None:
        self.backend.release(verb)
        self.run(self._hold(verb, after))

    async def _hold(self, verb: str, after: bool) -> None:
        self.backend.hold(verb, after=after)

    @rule()
    def recover(self) -> None:
        self.run(self._recover())

    async def _recover(self) -> None:
        self.backend.recover()
        for verb in ("create", "clusters", "stop"):
            self.backend.release(verb)

    @rule()
    def let_run(self) -> None:
        self.backend.run()

    @rule()
    def restart(self) -> None:
        async def restart() -> None:
            await self.server.manager.close()
            await asyncio.gather(*self.asked)
            self.asked.clear()
            await self._serve()

        self.run(restart())

    @invariant()
    def never_two(self) -> None:
        if hasattr(self, "backend"):
            live = Counter(cluster.report.options["worker_cores"] for cluster in self.backend.known.values() if cluster.report.state != "stopped")
            assert not live or max(live.values()) == 1

    def teardown(self) -> None:
        if not hasattr(self, "runner"):
            return
        try:
            self.run(self._end())
        finally:
            self.runner.close()
            self.folder.cleanup()

    async def _end(self) -> None:
        await self._recover()
        self.backend.auto_run = True
        self.backend.run()
        await asyncio.gather(*self.asked)

        async def live_are_shown() -> bool:
            listed = [cluster for cluster in (await self.server.manager.clusters()).clusters if cluster.state not in ("failed", "stopped")]
            live = [cluster.report.options["worker_cores"] for cluster in self.backend.known.values() if cluster.report.state != "stopped"]
            return sorted(cluster.options["worker_cores"] for cluster in listed) == sorted(live)

        async with asyncio.timeout(30):
            while not await live_are_shown():
                await asyncio.sleep(0.001)
        await until(lambda: all(cluster.state != "pending" for cluster in self.server.shown.values()))
        await self.server.manager.close()


TestCreateOnce = CreateOnce.TestCase
TestCreateOnce.settings = settings(max_examples=40, stateful_step_count=25, deadline=None, derandomize=True)
