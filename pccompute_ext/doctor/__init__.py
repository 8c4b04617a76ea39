"""The connection doctor: step by step from the address to the versions of a running cluster."""

from .doctor import Doctor
from .step import RunInKernel, Step, Subject

__all__ = ["Doctor", "RunInKernel", "Step", "Subject"]
