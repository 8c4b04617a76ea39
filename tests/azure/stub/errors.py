"""Errors as Azure gives them, for tests to arrange."""

from __future__ import annotations

from typing import Final

from .web import Answer, error

SKU: Final = error(
    409,
    "SkuNotAvailable",
    "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_D2s_v5' is currently not available in "
    "location 'westeurope'. Please try another size or deploy to a different location or different zone. "
    "See https://aka.ms/azureskunotavailable for details.",
)

ALLOCATION: Final = error(
    409,
    "AllocationFailed",
    "Allocation failed. We do not have sufficient capacity for the requested VM size in this region. Read more about improving likelihood of "
    "allocation success at https://aka.ms/allocation-guidance",
)

QUOTA: Final = error(
    409,
    "OperationNotAllowed",
    "Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional details - Deployment Model: "
    "Resource Manager, Location: westeurope, Current Limit: 10, Current Usage: 10, Additional Required: 2, (Minimum) New Limit Required: 12.",
)

EXPIRED: Final = error(
    401,
    "ExpiredAuthenticationToken",
    "The access token expiry UTC time is earlier than current UTC time.",
    WWW_Authenticate='Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token"',
)

FORBIDDEN: Final = error(
    403,
    "AuthorizationFailed",
    "The client 'pccompute' with object id '5f0c0ffe' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/write' over "
    "scope '/subscriptions/…' or the scope is invalid. If access was recently granted, please refresh your credentials.",
)

THROTTLED: Final = error(429, "TooManyRequests", "The request is being throttled as the limit has been reached.", Retry_After="1")

NIC_RESERVED: Final = error(
    400,
    "NicReservedForAnotherVm",
    "Nic(s) in request is reserved for another Virtual Machine for 180 seconds. Please provide another nic(s) or retry after 180 seconds.",
)

WRONG_SECRET: Final = Answer(
    401,
    {
        "error": "invalid_client",
        "error_description": "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "
        "not the client secret ID, for a secret added to app. Trace ID: 0 Correlation ID: 0",
        "error_codes": [7000215],
    },
)
"""Of the sign-in, which has a form of its own."""
