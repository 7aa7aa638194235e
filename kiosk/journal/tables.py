"""The tables of `journal.db`: the entries, the people, and the projections that pages are made
from.

All are STRICT, so that a value of the wrong type is refused. Entries are append-only even against a
mistake of our own. A projection's row carries the number of the entry it was made from; those of
one check lie together, in order (WITHOUT ROWID), which also costs an append one page less than a
table with an index would.
"""

from __future__ import annotations

ENTRIES = (
    """CREATE TABLE entry (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL,
        boot TEXT NOT NULL,
        mono_ns INTEGER NOT NULL, clock_ok INTEGER NOT NULL, body TEXT NOT NULL,
        prev TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END""",
    """CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END""",
)

PEOPLE = (
    """CREATE TABLE worker (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, crew TEXT NOT NULL, role TEXT NOT NULL,
        blocked TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE worker_post (
        worker TEXT NOT NULL REFERENCES worker (id), position INTEGER NOT NULL, post TEXT NOT NULL,
        PRIMARY KEY (worker, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE certificate (
        worker TEXT NOT NULL REFERENCES worker (id), position INTEGER NOT NULL, kind TEXT NOT NULL,
        expires_on TEXT NOT NULL, number TEXT NOT NULL,
        PRIMARY KEY (worker, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE card (
        hash TEXT PRIMARY KEY, worker TEXT NOT NULL REFERENCES worker (id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX card_of_worker ON card (worker)",
)

STANDING = (
    "ALTER TABLE worker ADD COLUMN standing TEXT NOT NULL DEFAULT 'staff'",
    "ALTER TABLE worker ADD COLUMN ends_on TEXT NOT NULL DEFAULT ''",
)
"""Since contractors and visitors have cards with a last day; empty for none."""

UNDO = (
    """CREATE TABLE roster_before (
        number INTEGER PRIMARY KEY CHECK (number = 1), people TEXT NOT NULL, after TEXT NOT NULL
    ) STRICT""",
)
"""The people that the last import changed, as they were (JSON), and the digest of what it made of
them: personal data, so not an entry.
"""

UNDO_RECORDED = ("ALTER TABLE roster_before ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0",)
"""The number of the entry that says the import happened."""

_OF_CHECK = """CREATE TABLE {name} (
    check_id TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, {columns},
    PRIMARY KEY (check_id, seq)
) STRICT, WITHOUT ROWID"""
_OF_STATION = """CREATE TABLE {name} (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, {columns}
) STRICT"""

_CHECK_RECORD = """CREATE TABLE check_record (
    seq_opened INTEGER PRIMARY KEY, opened_at TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
    worker TEXT NOT NULL,
    shift_on TEXT NOT NULL, shift TEXT NOT NULL,
    post TEXT NOT NULL DEFAULT '', pack TEXT NOT NULL DEFAULT '',
    pack_version TEXT NOT NULL DEFAULT '',
    pack_digest TEXT NOT NULL DEFAULT '', works TEXT NOT NULL DEFAULT '[]', seq_signed INTEGER,
    outcome TEXT, reasons TEXT NOT NULL DEFAULT '[]', closed_at TEXT, seq_closed INTEGER,
    released_by TEXT, release_reason TEXT, released_at TEXT, verdict TEXT,
    level TEXT NOT NULL DEFAULT 'follow', question TEXT NOT NULL DEFAULT '',
    stale INTEGER NOT NULL DEFAULT 0,
    crew_check TEXT NOT NULL DEFAULT ''
) STRICT"""
"""`crew_check` is the crew's check that this one is a part of: what was answered, called and
confirmed is recorded of that one.
"""

_CREW_CHECK = """CREATE TABLE crew_check (
    seq_opened INTEGER PRIMARY KEY, opened_at TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
    leader TEXT NOT NULL,
    crew TEXT NOT NULL, post TEXT NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
    pack_digest TEXT NOT NULL,
    stale INTEGER NOT NULL, drawn TEXT NOT NULL DEFAULT '', outcome TEXT, closed_at TEXT,
    seq_closed INTEGER
) STRICT"""

_CHECK_COLUMNS = {
    "permit": """work TEXT NOT NULL, rule_set TEXT NOT NULL, level TEXT NOT NULL,
        number TEXT NOT NULL, until TEXT NOT NULL""",
    "work_refusal": "work TEXT NOT NULL, fault TEXT NOT NULL",
    "question_answer": "question TEXT NOT NULL, choice INTEGER NOT NULL, is_right INTEGER NOT NULL",
    "step_called": """drill TEXT NOT NULL, step TEXT NOT NULL, dwell_ms INTEGER NOT NULL,
        misses INTEGER NOT NULL""",
    "abnormal": "stage TEXT NOT NULL, reason TEXT NOT NULL",
    "photo": """part TEXT NOT NULL, photo TEXT NOT NULL, thumbnail TEXT NOT NULL,
        attempt INTEGER NOT NULL, faults TEXT NOT NULL, dhash TEXT NOT NULL""",
    "photo_missed": "part TEXT NOT NULL, reason TEXT NOT NULL",
    "confirmation": """part TEXT NOT NULL, answer TEXT NOT NULL, lines TEXT NOT NULL,
        photo TEXT NOT NULL, reason TEXT NOT NULL""",
    "danger": "danger TEXT NOT NULL, stage TEXT NOT NULL, text TEXT NOT NULL, photo TEXT NOT NULL",
    "review": """by_worker TEXT NOT NULL, verdict TEXT NOT NULL, comment TEXT NOT NULL,
        photo TEXT NOT NULL""",
}
_STATION_COLUMNS = {
    "paper": """id TEXT NOT NULL UNIQUE, by_worker TEXT NOT NULL, worker TEXT NOT NULL,
        post TEXT NOT NULL, works TEXT NOT NULL, shift_on TEXT NOT NULL, shift TEXT NOT NULL,
        answers TEXT NOT NULL, signed_by TEXT NOT NULL, cause TEXT NOT NULL, kept_at TEXT NOT NULL,
        photo TEXT NOT NULL, thumbnail TEXT NOT NULL, corrects TEXT NOT NULL, why TEXT NOT NULL,
        first TEXT NOT NULL, corrected_by TEXT NOT NULL""",
    "noted": """worker TEXT NOT NULL, shift_on TEXT NOT NULL, shift TEXT NOT NULL,
        policy TEXT NOT NULL""",
    "left_out": """check_id TEXT NOT NULL, card TEXT NOT NULL, reasons TEXT NOT NULL,
        worker TEXT NOT NULL""",
    "refusal": "card TEXT NOT NULL, reasons TEXT NOT NULL, worker TEXT NOT NULL",
    "pack_published": """pack TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL,
        by_worker TEXT NOT NULL""",
    "pack_withdrawn": "pack TEXT NOT NULL, version TEXT NOT NULL, by_worker TEXT NOT NULL",
    "proposal": """id TEXT NOT NULL UNIQUE, worker TEXT NOT NULL, post TEXT NOT NULL,
        accident_list TEXT NOT NULL, accident_type TEXT NOT NULL, place TEXT NOT NULL,
        what TEXT NOT NULL, photo TEXT NOT NULL, thumbnail TEXT NOT NULL, state TEXT NOT NULL,
        scene TEXT NOT NULL, prevention TEXT NOT NULL, response TEXT NOT NULL,
        improvement TEXT NOT NULL, edited_by TEXT NOT NULL, edited_at TEXT NOT NULL,
        decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, reason TEXT NOT NULL,
        cause TEXT NOT NULL, told INTEGER NOT NULL""",
    "stop_work": """stop TEXT NOT NULL, reason TEXT NOT NULL, worker TEXT NOT NULL,
        check_id TEXT NOT NULL""",
}

_READING = """CREATE TABLE reading (
    word TEXT PRIMARY KEY, sounds TEXT NOT NULL, by_worker TEXT NOT NULL, at TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID"""
_RECORDING = """CREATE TABLE recording (
    text TEXT PRIMARY KEY, recording TEXT NOT NULL, by_worker TEXT NOT NULL, at TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID"""

_MEASURE_NAMED = """CREATE TABLE measure_named (
    post TEXT NOT NULL, measure TEXT NOT NULL, worker TEXT NOT NULL, deputy TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (post, measure)
) STRICT, WITHOUT ROWID"""

PROJECTIONS: dict[str, tuple[str, str]] = {
    "check_record": (_CHECK_RECORD, "seq_opened"),
    "crew_check": (_CREW_CHECK, "seq_opened"),
    "measure_named": (_MEASURE_NAMED, "post, measure"),
    "reading": (_READING, "word"),
    "recording": (_RECORDING, "text"),
    **{
        name: (_OF_CHECK.format(name=name, columns=columns), "check_id, seq")
        for name, columns in _CHECK_COLUMNS.items()
    },
    **{
        name: (_OF_STATION.format(name=name, columns=columns), "seq")
        for name, columns in _STATION_COLUMNS.items()
    },
}
"""Every projection's name with its statement and the order of its key."""

PROJECTION_INDEXES = (
    "CREATE INDEX proposal_of_worker ON proposal (worker, state, told)",
    "CREATE INDEX paper_of_day ON paper (shift_on)",
    "CREATE INDEX paper_corrected ON paper (first, seq)",
    "CREATE INDEX check_of_day ON check_record (shift_on, worker, outcome, released_by)",
    "CREATE INDEX check_of_worker ON check_record (worker, seq_opened)",
    "CREATE INDEX noted_of_day ON noted (shift_on, worker)",
    "CREATE INDEX check_open ON check_record (seq_opened) WHERE outcome IS NULL",
    "CREATE INDEX check_of_crew ON check_record (crew_check) WHERE crew_check <> ''",
    "CREATE INDEX crew_check_open ON crew_check (seq_opened) WHERE outcome IS NULL",
    "CREATE INDEX left_out_of_crew ON left_out (check_id)",
)
