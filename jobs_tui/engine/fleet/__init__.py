"""All things at a glance: how each stands, their totals, their order by what needs a person."""
