"""What was deleted is gone for good: rows, files, and files without a row."""

from __future__ import annotations

import logging
from collections.abc import Collection
from uuid import uuid4

from django.utils import timezone

from network.models import Export, Job, Upload
from network.queries.uploads import UNDO
from network.tenancy import Actor, Purpose, acting
from network.uploads.storage import EXPORTS, UPLOADS, Store

logger = logging.getLogger(__name__)

DAY = 24 * 60 * 60
_MARK = "DATABASE"


def purge_uploads(actor: Actor, *, shown: Collection[str] = ()) -> dict[str, int]:
    """Delete what was deleted seven days ago, exports of yesterday, and files that nobody names.

    Rows first, then their files: a file is never missing while its row says that it is there.
    `shown` are names that the public still sees; they wait until it does not. A file without a
    row is deleted a day after it was written, and only in the folder of this very database: a
    purge that runs on another one, by a wrong address, must not take all for nameless.

    Safe to run at any time and as often as one likes.

    Raises:
        ValueError: the actor is not the system acting to purge.
    """
    if actor.purpose is not Purpose.PURGE:
        raise ValueError("only the purge purges")
    old = {store: store.older_than(DAY) for store in (UPLOADS, EXPORTS)}
    with acting(actor):
        deleted = Upload.objects.filter(deleted_at__lte=timezone.now() - UNDO).exclude(
            name__in=list(shown)
        )
        uploads = list(deleted.values_list("name", flat=True))
        deleted.filter(name__in=uploads).delete()
        ended = Export.objects.filter(expires_at__lte=timezone.now())
        exports = list(ended.values_list("name", flat=True))
        ended.filter(name__in=exports).delete()
        named = {
            UPLOADS: set(Upload.objects.values_list("name", flat=True)),
            EXPORTS: set(Export.objects.values_list("name", flat=True)),
        }
    UPLOADS.remove(uploads)
    EXPORTS.remove(exports)
    nameless = sum(sweep(store, old[store] - named[store]) for store in (UPLOADS, EXPORTS))
    return {"uploads": len(uploads), "exports": len(exports), "nameless_files": nameless}


def sweep(store: Store, names: set[str]) -> int:
    """Delete files that no row names; how many there were.

    `names` are those of files older than a day, looked up before the rows were read: a file is
    written before its row is there for others.
    """
    if not _belongs_here(store):
        if names:
            logger.warning(
                "%d files in %s are not those of this database, and were left alone. Delete the "
                "file %s there if they are.",
                len(names),
                store.folder,
                _MARK,
            )
        return 0
    return store.remove(names)


def _belongs_here(store: Store) -> bool:
    """Whether a folder is this database's: both hold the same mark, made at the first purge."""
    path = store.root / _MARK
    mark = path.read_text(encoding="ascii").strip() if path.is_file() else ""
    job, _is_new = Job.objects.get_or_create(
        name=f"files {store.folder}", defaults={"result": {"mark": uuid4().hex}}
    )
    own: str = job.result["mark"]
    if not mark:
        store.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(own, encoding="ascii")
        return True
    return mark == own
