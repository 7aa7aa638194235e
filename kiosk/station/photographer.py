"""Taking the photo of a confirmation or a scene: a fresh frame, judged, on disk before anybody
hears of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from devices import DeviceOfflineError
from devices.camera import Camera, Photo, Thresholds, judge
from kiosk.flow.effects import AnyPhoto, TakeScenePhoto
from kiosk.flow.inputs import PhotoArrived, PhotoFailed
from kiosk.journal.blobs import Photos
from kiosk.journal.errors import StorageError

_REMEMBERED = 400


class Photographer:
    """Answers TakePhoto and TakeScenePhoto.

    `stamp` returns the words that are written into the picture.
    """

    def __init__(
        self,
        photos: Photos,
        thresholds: Thresholds,
        deadline_s: float,
        stamp: Callable[[AnyPhoto], str],
    ) -> None:
        self._photos = photos
        self._thresholds = thresholds
        self._deadline_s = deadline_s
        self._stamp = stamp
        self._earlier: deque[str] = deque(maxlen=_REMEMBERED)

    def take(
        self, camera: Camera, wanted: AnyPhoto, at_s: Callable[[], float], input_id: str
    ) -> PhotoArrived | PhotoFailed:
        """Take, judge and store the photo; a lost camera or a full disk is an answer, not an
        error.
        """
        try:
            photo = camera.photo(self._deadline_s, self._stamp(wanted))
            return self._stored(wanted, photo, at_s, input_id)
        except (DeviceOfflineError, StorageError) as error:
            return PhotoFailed(at_s(), input_id, wanted, str(error))

    def _stored(
        self, wanted: AnyPhoto, photo: Photo, at_s: Callable[[], float], input_id: str
    ) -> PhotoArrived:
        # A scene that is not sent in the end leaves nothing behind.
        store = (
            self._photos.store_scratch if isinstance(wanted, TakeScenePhoto) else self._photos.store
        )
        thumbnail, original = store(photo.thumbnail), store(photo.jpeg)
        faults = judge(photo.tests, self._thresholds, tuple(self._earlier), photo.frozen)
        # After it was judged: it would be a repetition of itself.
        self._earlier.append(photo.tests.dhash)
        tests = photo.tests
        return PhotoArrived(
            at_s=at_s(),
            id=input_id,
            wanted=wanted,
            photo=original,
            thumbnail=thumbnail,
            faults=tuple(str(fault) for fault in faults),
            measures={
                name: round(float(getattr(tests, name)), 3)
                for name in ("mean", "p99", "over", "flat", "reblur")
            },
            dhash=tests.dhash,
        )
