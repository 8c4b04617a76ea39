"""Whether clusters compute beside the data: same region, another one, or not known. Never a guess."""

from .names import normalised, region_in
from .regions import Regions

DATA_REGION = "westeurope"
"""Where the Planetary Computer's data is."""

__all__ = ["DATA_REGION", "Regions", "normalised", "region_in"]
