"""Taking out of a log what gives access to something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

HIDDEN: Final = "…"

_PATTERNS: Final = (
    # User and password of a URL.
    re.compile(r"(?P<keep>[a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+(?=@)", re.IGNORECASE),
    # Authorization: Bearer …, and the like without a header's name.
    re.compile(r"(?P<keep>\b(?:bearer|basic|negotiate|token)\s+)(?=[^\s\"']*[0-9])[\w.~+/=-]{8,}", re.IGNORECASE),
    # name=value, "name": "value", of anything that is called a secret. A value of few letters is a word, not a secret.
    re.compile(
        r"(?P<keep>[\w-]*(?:token|password|passwd|secret|api[_-]?key|access[_-]?key|signature|authorization|credential)[\w-]*[\"']?\s*[:=]\s*[\"']?)"
        r"(?!(?:bearer|basic|negotiate|token)\b)[^\s\"',;&)}\]]{4,}",
        re.IGNORECASE,
    ),
    # What signs a URL of a storage: SAS, S3, GCS.
    re.compile(r"(?P<keep>[?&](?:sig|x-amz-signature|x-goog-signature|x-amz-credential|x-amz-security-token)=)[^\s&\"']+", re.IGNORECASE),
    # A JSON web token.
    re.compile(r"(?P<keep>)\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"),
    re.compile(r"(?P<keep>-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?=-----END|\Z)"),
)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Replace what looks like a credential, and each of ``secrets``, by an ellipsis."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    for pattern in _PATTERNS:
        text = pattern.sub(lambda found: f"{found['keep']}{HIDDEN}", text)
    return text
