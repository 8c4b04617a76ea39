"""Names, TCP and TLS, each with what to do where it does not work."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from contextlib import suppress

from .outcome import Outcome, failed, passed

CONNECT_WITHIN = 10.0
"""Seconds."""


async def look_up(host: str) -> Outcome:
    """Whether a name is known."""
    if _is_address(host):
        return passed(f"{host} is an address, so no name has to be looked up.")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror:
        return failed(f"The name {host} is not known here.", "Check the address for a typing error; a VPN may be needed for this name.")
    addresses = sorted({str(each[4][0]) for each in found})
    return passed(f"{host} is {', '.join(addresses)}.")


async def connect(host: str, port: int, *, tls: ssl.SSLContext | None = None, server_name: str | None = None) -> Outcome:
    """Whether something listens, and with a context whether it proves that it is the right one."""
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(CONNECT_WITHIN):
            _, writer = await asyncio.open_connection(host, port, ssl=tls, server_hostname=server_name or (host if tls else None))
    except TimeoutError:
        return failed(f"Nothing answers at {where}.", "A firewall may drop what is sent there. Ask the administrator to open the port.")
    except ssl.SSLCertVerificationError as error:
        return failed(
            f"The certificate at {where} is not valid: {error.verify_message}.",
            "Check the address. If the certificate is of your organisation, let this machine trust it (SSL_CERT_FILE).",
        )
    except ssl.SSLError as error:
        return failed(
            f"There is no TLS at {where} ({error.reason or 'it broke off'}).",
            "The port may be for connections without encryption: check it.",
        )
    except ConnectionRefusedError:
        return failed(f"The connection to {where} was refused: nothing listens there.", "Check the port; the service may be down.")
    except OSError as error:
        return failed(f"{where} can't be reached ({error.strerror or type(error).__name__}).", "Check the network and the address.")
    session = writer.get_extra_info("ssl_object")
    version = session.version() if session is not None else None
    writer.close()
    with suppress(OSError, ssl.SSLError):
        await writer.wait_closed()
    return passed(f"Connected to {where}{f' with {version}' if version else ''}.")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
