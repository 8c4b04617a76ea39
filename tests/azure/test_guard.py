"""Which versions can make clusters, and what is said of those that can't."""

from __future__ import annotations

from importlib import metadata

import pytest

from pccompute_ext.azure.guard import CannotWork, check, check_installed

GOOD = {"dask-cloudprovider": "2025.9.0", "azure-identity": "1.25.0", "azure-mgmt-compute": "37.2.0", "azure-mgmt-network": "30.2.0"}


def versions(**changes: str | None) -> dict[str, str | None]:
    return GOOD | {name.replace("_", "-"): version for name, version in changes.items()}


def told(found: dict[str, str | None]) -> str:
    def version_of(name: str) -> str:
        version = found[name]
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    with pytest.raises(CannotWork) as caught:
        check(version_of)
    return str(caught.value)


def test_what_is_installed_here_fits_together() -> None:
    check()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (versions(azure_mgmt_compute="38.0.0"), "azure-mgmt-compute 38.0.0 is installed"),
        (versions(azure_mgmt_network="31.0.0b1"), "azure-mgmt-network 31.0.0b1 is installed"),
        (versions(azure_mgmt_compute="40.1", azure_mgmt_network="32"), "azure-mgmt-compute 40.1 and azure-mgmt-network 32 are installed"),
    ],
)
def test_what_is_too_new_is_named_with_what_to_install(found: dict[str, str | None], words: str) -> None:
    message = told(found)
    assert message.startswith(words)
    assert 'pip install "azure-mgmt-compute<38" "azure-mgmt-network<31"' in message


def test_what_is_missing_is_named_with_what_to_install() -> None:
    message = told(versions(dask_cloudprovider=None, azure_identity=None))
    assert message.startswith("dask-cloudprovider and azure-identity are not installed")
    assert 'pip install "pccompute-ext[azure]"' in message


def test_to_look_any_version_will_do() -> None:
    assert check_installed(lambda name: "99.0") == dict.fromkeys(GOOD, "99.0")
