"""When a frame of a stream can be said to have arrived.

A stream has no time stamps to trust, and what nobody read waits in buffers: after a moment in which
this process did not get to run, the next frames to be read are old ones. They betray themselves by
coming faster than a camera films.
"""

from __future__ import annotations

QUEUED = 0.5  # of the usual interval: a frame that had to be waited for less was there already
GAP = 3.0  # times the usual interval: after a longer one, nobody knows how long the frame waited
SHORTEST_GAP_S = 0.5
LEARNING = 0.03  # slow enough to see through a hundred queued frames


class Arrivals:
    """Learns the interval at which frames come, and dates those that did not queue."""

    def __init__(self) -> None:
        self._usual_s = 0.0
        self._newest_s = 0.0

    def date(self, waited_from_s: float, came_s: float) -> float:
        """Return the arrival of a frame for which somebody waited from one time to another.

        A frame that may have been queued gets the arrival of the last one that was not, so it never
        passes for new.
        """
        took_s = came_s - waited_from_s
        longest_s = max(SHORTEST_GAP_S, GAP * self._usual_s)
        if QUEUED * self._usual_s <= took_s <= longest_s:
            self._newest_s = came_s
        self._usual_s += LEARNING * (min(took_s, longest_s) - self._usual_s)
        return self._newest_s
