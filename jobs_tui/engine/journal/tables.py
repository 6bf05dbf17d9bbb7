"""The tables of the journal, and what says that a file is one."""

APPLICATION_ID = 0x6A746A6E
"""What says that a file of SQLite is one of ours: "jtjn" in ASCII."""
FORMAT = 1
"""Counted up when an older program could not read it any more."""

SCHEMA = """
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    asked_at REAL NOT NULL,
    endpoint TEXT NOT NULL,
    identity TEXT NOT NULL,
    user TEXT NOT NULL,
    host TEXT NOT NULL,
    ssh_client TEXT,
    thing_name TEXT NOT NULL,
    job_id TEXT,
    operation TEXT NOT NULL,
    request TEXT NOT NULL,
    based_on TEXT,
    standing TEXT,
    state TEXT NOT NULL,
    explanation TEXT NOT NULL,
    advice TEXT NOT NULL
);
CREATE INDEX change_by_state ON change (state);
CREATE TABLE attempt (
    change INTEGER NOT NULL REFERENCES change (number) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    code TEXT NOT NULL,
    request_id TEXT,
    PRIMARY KEY (change, sequence)
);
"""
