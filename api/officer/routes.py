"""Every router of the officers' pages."""

from __future__ import annotations

from api.officer import (
    act_routes,
    batches,
    cases,
    commitments,
    draws,
    erasures,
    imports,
    listing_steps,
    listings,
    records,
    releases,
    repairs,
    sealed_fields,
    subjects,
    worklist,
)

ROUTERS = tuple(
    module.router
    for module in (
        worklist, subjects, records, releases, commitments, repairs, listings, listing_steps, imports, batches,
        erasures, sealed_fields, draws, act_routes, cases,
    )
)  # fmt: skip
