"""Which packages a kernel and a cluster have, and what of the differences matters."""

from .compare import compare
from .packages import PACKAGES, ClusterVersions, Versions, expression, read_answer, versions_here

__all__ = ["PACKAGES", "ClusterVersions", "Versions", "compare", "expression", "read_answer", "versions_here"]
