"""From the post to the last step of the drill: choices, the question, and pointing and calling."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk.flow.badge import post_chosen
from kiosk.flow.door import Door
from kiosk.flow.inputs import Touched
from kiosk.flow.moves import Move, notice, recorded, stay, to, turned
from kiosk.flow.route import stage_of
from kiosk.flow.stages import Asking, Called, Calling, ChoosingPost, ChoosingWorks
from kiosk.flow.state import Check, State
from kiosk.flow.touches import Choose, ChoosePost, Go, Point, ToggleWork
from kiosk.model.eligibility import work_refusals
from kiosk.model.levels import DrillLevel
from kiosk.records.checks.facts import QuestionAnswered, StepCalled, WorksChosen


def choosing_post(
    door: Door, state: State, check: Check, stage: ChoosingPost, touched: Touched
) -> Move:
    """Take the post that was touched."""
    match touched.touch:
        case ChoosePost(post=post) if post in stage.posts:
            return recorded(
                door, state, touched.at_s, post_chosen(door, state, check, door.posts[post])
            )
    return stay(state)


def choosing_works(
    door: Door, state: State, check: Check, stage: ChoosingWorks, touched: Touched
) -> Move:
    """Add or remove a work, or go on with those chosen (none, mostly)."""
    match touched.touch:
        case ToggleWork(work=work) if work in door.works:
            return _toggled(door, state, stage, work)
        case Go():
            return recorded(door, state, touched.at_s, WorksChosen(check.id, stage.works))
    return stay(state)


def _toggled(door: Door, state: State, stage: ChoosingWorks, work: str) -> Move:
    if work in stage.works:
        return to(
            state, replace(stage, works=tuple(other for other in stage.works if other != work))
        )
    assert state.worker is not None
    assert state.today is not None
    if work_refusals(state.worker, door.works[work], state.today):
        return notice(state, "work_refused")
    return to(state, replace(stage, works=(*stage.works, work)))


def asking(door: Door, state: State, check: Check, stage: Asking, touched: Touched) -> Move:
    """Judge the choice; after a wrong one the right one is shown, then the same is asked again."""
    question = door.question(check.post, check.draw, check.question)
    match touched.touch:
        # While the right answer is shown no choice counts: it would only be copied.
        case Choose(choice=choice) if stage.wrong is None and 0 <= choice < len(question.choices):
            right = choice == question.answer
            fact = QuestionAnswered(check.id, question.id, choice, right)
            after, effects = recorded(door, state, touched.at_s, fact)
            return (
                (after, effects)
                if right
                else (replace(after, stage=replace(stage, wrong=choice)), effects)
            )
        case Go() if stage.wrong is not None:
            return to(state, replace(stage, wrong=None))
    return stay(state)


def calling(door: Door, state: State, check: Check, stage: Calling, touched: Touched) -> Move:
    """Leave the step once its dwell is over and its target, where it has one, was touched."""
    target = door.step(check.post, stage.step).target
    match touched.touch:
        case Point(x=x, y=y) if target is not None:
            # Before the aim is judged: at 考核 an early touch must not find out where the spot is.
            if touched.at_s < stage.ready_s:
                return notice(state, "too_soon")
            return (
                _called(door, state, check, stage, touched)
                if target.holds(x, y)
                else _missed(state, stage)
            )
        case Go() if target is None:
            if touched.at_s < stage.ready_s:
                return notice(state, "too_soon")
            return _called(door, state, check, stage, touched)
        case Go():
            return notice(state, "touch_the_target")
    return stay(state)


def _called(door: Door, state: State, check: Check, stage: Calling, touched: Touched) -> Move:
    dwell_ms = round((touched.at_s - stage.began_s) * 1000)
    fact = StepCalled(check.id, stage.step.drill, stage.step.step, dwell_ms, stage.misses)
    after, effects = recorded(door, state, touched.at_s, fact)
    # Who follows heard the sentence before pointing: there is nothing to compare.
    if check.level is DrillLevel.FOLLOW:
        return after, effects
    until_s = touched.at_s + door.timings.call_s
    shown = Called(step=stage.step, index=stage.index, title=stage.title, until_s=until_s)
    return replace(after, stage=shown), effects


def called(door: Door, state: State, touched: Touched) -> Move:
    """Go on once the sentence was compared."""
    return after_call(door, state, touched.at_s) if isinstance(touched.touch, Go) else stay(state)


def after_call(door: Door, state: State, at_s: float) -> Move:
    """Go to what comes after a step; its time begins now."""
    return to(state, stage_of(door, state, at_s))


def _missed(state: State, stage: Calling) -> Move:
    return turned(state, stage=replace(stage, misses=stage.misses + 1), notice="missed"), ()
