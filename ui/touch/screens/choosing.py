"""From the post to the question: what a worker chooses before the drill."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow import stages as s
from kiosk.flow.door import Door
from kiosk.flow.signal import signal
from kiosk.flow.state import State
from kiosk.flow.touches import Choose, ChoosePost, Go, ToggleWork
from kiosk.model.content import Post, Question, Work
from kiosk.model.eligibility import work_refusals
from kiosk.station.snapshot import Snapshot
from ui.texts import Texts
from ui.touch.screens.picture import Button, Screen, Utterance, spoken, spoken_lines, touch
from ui.touch.screens.surrounding import is_stale

_DRAWN = frozenset(
    {
        *(
            "hot-work",
            "confined-space",
            "dust-equipment",
            "equipment-cleaning",
            "excavation",
            "height",
        ),
        *("lifting", "road-closing", "temporary-power", "blinding"),
    }
)
"""The works that have a pictogram; a factory's own work does without."""


def choosing_post(stage: s.ChoosingPost, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks which of the worker's posts it is today."""
    question = texts.say("choosing.post")
    posts = [door.posts[post] for post in stage.posts]
    return Screen(
        template="choosing",
        scene="choosing_post",
        signal=signal(snapshot.state),
        headline=question,
        choices=tuple(post_tile(post, door) for post in posts),
        speech=(*spoken(question), *spoken_lines(tuple(post.title for post in posts))),
        tone="card",
    )


def post_tile(post: Post, door: Door) -> Button:
    """Return the tile of a post, with the first picture of its drill for those who do not like to
    read.
    """
    photos = (step.target.photo for step in post.drill.steps if step.target)
    photo = next(photos, "")
    picture = (door.pack_of(post.id).id, photo) if photo else None
    return Button(post.title, touch(ChoosePost(post.id)), "choice", picture=picture)


def choosing_works(stage: s.ChoosingWorks, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks which hazardous works are for today; those without a certificate
    are shown as locked.
    """
    question, none = texts.say("choosing.works"), texts.say("choosing.no_work")
    works = tuple(door.works.values())
    count = len(stage.works)
    go = texts.say("choosing.chosen", count=count) if count else none
    return Screen(
        template="choosing",
        scene="choosing_works",
        signal=signal(snapshot.state),
        headline=question,
        choices=tuple(_work(work, stage, snapshot.state) for work in works),
        buttons=(Button(go, touch(Go()), "main", "yes" if count else "none"),),
        speech=(
            *spoken(question),
            *spoken_lines(tuple(work.title for work in works)),
            Utterance(none),
        ),
        tone="card",
    )


def _work(work: Work, stage: s.ChoosingWorks, state: State) -> Button:
    chosen = work.id in stage.works
    lacks = (
        state.worker is not None
        and state.today is not None
        and bool(work_refusals(state.worker, work, state.today))
    )
    icon = "ticked" if chosen else "lock" if lacks else "box"
    return Button(
        work.title,
        touch(ToggleWork(work.id)),
        "choice",
        icon,
        "on" if chosen else "locked" if lacks else "",
        sign=f"work-{work.id}" if work.id in _DRAWN else "",
    )


def asking(stage: s.Asking, snapshot: Snapshot, door: Door, texts: Texts) -> Screen:
    """Return the screen that asks the question; after a wrong choice it shows and reads the right
    one.
    """
    check = snapshot.state.check
    assert check is not None
    question = door.question(check.post, check.draw, check.question)
    if stage.wrong is not None:
        return _wrong(check.post, question, stage.wrong, snapshot, texts)
    stale = texts.say("frame.stale_line") if is_stale(snapshot.state, door) else ""
    return Screen(
        template="asking",
        scene=f"asking:{check.post}:{question.id}",
        signal=signal(snapshot.state),
        headline=question.text,
        label=texts.say(f"asking.{question.family}"),
        advice=stale,
        choices=tuple(
            Button(choice, touch(Choose(index)), "choice")
            for index, choice in enumerate(question.choices)
        ),
        speech=(*spoken(stale, question.text), *spoken_lines(question.choices)),
    )


def _wrong(post: str, question: Question, wrong: int, snapshot: Snapshot, texts: Texts) -> Screen:
    headline = texts.say("asking.wrong")
    return Screen(
        template="asking",
        scene=f"asking:{post}:{question.id}:wrong:{wrong}",
        signal=signal(snapshot.state),
        headline=question.text,
        label=headline,
        phase="wrong",
        choices=(
            Button(question.choices[wrong], "", "choice", "no", "wrong"),
            Button(question.choices[question.answer], "", "choice", "yes", "right"),
        ),
        buttons=(Button(texts.say("asking.again"), touch(Go()), "main", "again"),),
        speech=(Utterance(headline), Utterance(question.choices[question.answer], line=1)),
        tone="missed",
    )


def sentences(door: Door, texts: Texts) -> Iterator[str]:
    """Yield everything these screens can say."""
    yield from (
        texts.say(key)
        for key in (
            "choosing.post",
            "choosing.works",
            "choosing.no_work",
            "asking.wrong",
            "frame.stale_line",
        )
    )
    yield from (work.title for work in door.works.values())
    for post in door.posts.values():
        yield post.title
        for question in post.questions:
            yield from (question.text, *question.choices)
