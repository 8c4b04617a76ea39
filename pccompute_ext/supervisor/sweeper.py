"""What deletes the things that a cluster's class made, whatever became of the class and of the process in which it ran."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar


class Sweeper(ABC):
    """Finds and deletes what belongs to one cluster, by itself: the cluster's object may be gone, or never have been.

    A subclass for a provider takes no arguments. What its library raises may come out: it is told to the user in its own words, and the sweep is
    repeated.

    Attributes
    ----------
    settle
        Seconds after which a second look must find nothing either, before it counts as clean: for places where what was asked for shows up late.
    """

    settle: ClassVar[float] = 0.0

    @abstractmethod
    def handle(self, cluster: Any) -> dict[str, str]:
        """Say what tells the resources of a cluster from all others, such as an id in their tags.

        Called when the cluster's object has been made and before it is started. It is on the disk before there is any resource.
        """

    @abstractmethod
    async def find(self, handle: Mapping[str, str]) -> list[str]:
        """Look for what is there, each in words: ``virtual machine dask-1a2b3c4d-worker (Standard_D2s_v5)``.

        ``handle`` is empty where the cluster's object was never made.
        """

    @abstractmethod
    async def delete(self, handle: Mapping[str, str]) -> None:
        """Delete everything of it that can be deleted now, and nothing else. What is left is found by the next look."""
