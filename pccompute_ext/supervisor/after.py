"""What is done for a cluster whose supervisor died: looked at, or swept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .life import End, finish, sweep_all
from .order import Order
from .root_cause import root_cause
from .state import DIED, ENDED, LOOKING, UNCLEAR, State
from .sweeping import look, sweepers_for


def begin_look(directory: Path) -> State | None:
    """Show that it is being looked at: whoever does that holds its lock, so without a word it would count as alive. ``None``: it has ended well."""
    state = State.read(directory) or State()
    if state.phase in ENDED and not state.remains:
        return None
    state = replace(state, phase="orphaned", reason=UNCLEAR, remains=state.remains or (LOOKING,), endpoint={}, dashboard=None)
    state.write(directory)
    return state


async def look_after(directory: Path, order: Order, state: State) -> None:
    """Write down what is left of it."""
    try:
        remains = await look(sweepers_for(order, directory), state.handle)
    except Exception as error:
        remains = (f"It could not be looked at: {root_cause(error)}",)
    reason = f"{DIED} Nothing of the cluster is left." if not remains else f"{DIED} Something of the cluster is left."
    replace(state, phase="orphaned" if remains else "failed", reason=reason, remains=remains).write(directory)


def begin_sweep(directory: Path) -> State:
    """Show that it is being swept."""
    state = replace(State.read(directory) or State(), phase="stopping", endpoint={}, dashboard=None)
    state.write(directory)
    return state


async def sweep_after(directory: Path, order: Order, state: State) -> None:
    """Delete what is left of it, and then what is known of it."""
    remains = await sweep_all(order, directory, state.handle, lambda found: replace(state, remains=found).write(directory))
    finish(directory, state, End("stopped"), remains)
