"""应急 as one file that needs no station: all cards, their sound, their looks and a script.

The browser opens it from the disk before it asks the station for anything, and holds it ready
behind the live page for the moment when the station is gone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from devices.voice import Clip
from kiosk.flow.door import Door
from kiosk.flow.emergency import cards_for
from kiosk.flow.stages import EmergencyShown
from kiosk.flow.state import State
from kiosk.flow.touches import AnyTouch, Back, Emergency
from kiosk.model.content import Sign
from kiosk.station.snapshot import Snapshot, Tally
from ui.texts import Texts
from ui.touch.drawing import HERE, without_a_server
from ui.touch.one_script import one_script
from ui.touch.payload import silent_s
from ui.touch.pieces import remember_buttons
from ui.touch.screens.emergency import emergency
from ui.touch.screens.picture import Button, Screen
from ui.touch.small_sound import VERSION, Sound, small

_SHEETS = (
    "theme.css",
    "frame.css",
    "buttons.css",
    "choosing.css",
    "emergency.css",
    "emergency-card.css",
    "starting.css",
)
_FIRST, _HELD, _SIGNS, _OTHERS = "scene:first", "scene:held", "scene:signs", "scene:others"
_NOBODY_HERE = Snapshot(1, State(), 0.0, {}, Tally())

ClipOf = Callable[[str], Clip | None]


class Said(msgspec.Struct, frozen=True):
    """A sentence of a scene: how long it stands when there is no sound, and the line it is."""

    text: str
    s: float
    line: int


class Scene(msgspec.Struct, frozen=True):
    """What the page can show, drawn, with what is said then."""

    name: str
    template: str
    signal: str
    speech: str
    html: str


class EmergencyPage(msgspec.Struct, frozen=True):
    """The page but for its sound, which takes seconds to be made small."""

    before: str
    after: str
    clips: Mapping[str, Clip]

    @property
    def ending(self) -> bytes:
        """Return the last line of the page: pages that end in the same way are the same."""
        return f"<!-- {self.digest} -->\n".encode()

    @property
    def digest(self) -> str:
        """Return a digest of all that the page is made of."""
        digest = hashlib.sha256(f"{VERSION}{self.before}{self.after}".encode())
        for text, clip in sorted(self.clips.items()):
            digest.update(f"{text}\0{clip.key}\0".encode())
        return digest.hexdigest()

    def whole(self) -> bytes:
        """Return the file; each sentence's sound is in it once."""
        sounds: dict[str, Sound] = {}
        for text, clip in self.clips.items():
            if sound := small(clip):
                sounds[text] = sound
        return f"{self.before}{_for_script(sounds)}{self.after}".encode() + self.ending


def emergency_page(door: Door, texts: Texts, clip: ClipOf, name: str, url: str) -> EmergencyPage:
    """Draw the page of a station of this name, which is to be gone on to at `url`.

    A sentence without a clip stands for as long as it would take to say.
    """
    screens = dict(_screens(door, texts))
    script = one_script("emergency-page")
    style = "".join((HERE / "static" / sheet).read_text(encoding="utf-8") for sheet in _SHEETS)
    environment = without_a_server(texts, name)
    environment.globals["always"] = {"emergency": _SIGNS}
    remember_buttons(environment, _no_picture)
    inside = environment.get_template("kiosk.html")
    scenes = [
        Scene(
            scene,
            shown.template,
            shown.signal,
            msgspec.json.encode(_speech(shown)).decode(),
            inside.render(screen=shown, turn=0, clock=""),
        )
        for scene, shown in screens.items()
    ]
    whole = environment.get_template("emergency_page.html").render(
        scenes=scenes, script=script, style=style, url=url, policy=_policy(script, style, url)
    )
    before, _, after = whole.partition("{}</script>")
    sentences = dict.fromkeys(said.text for shown in screens.values() for said in _speech(shown))
    clips = {text: found for text in sentences if (found := clip(text))}
    return EmergencyPage(before, f"</script>{after}", clips)


def _screens(door: Door, texts: Texts) -> Iterator[tuple[str, Screen]]:
    """Yield all that can be reached by touch, by names that are unknown to a station."""
    see = texts.say("waiting.in_vain_see")
    for name, words in ((_FIRST, "frame.starting"), (_HELD, "frame.reconnecting")):
        headline = texts.say(words)
        yield (
            name,
            Screen(
                template="starting", scene=name, signal="waiting", headline=headline, advice=see
            ),
        )
    sides = [EmergencyShown(), EmergencyShown(others=True)]
    for sign in (*Sign, None):
        sides += [EmergencyShown(card=key) for key in cards_for(door, None, sign)]
    for side in sides:
        shown = emergency(side, _NOBODY_HERE, door, texts)
        touches = [*_alone(shown.choices)], [*_alone(shown.buttons)]
        yield _name(side.card, side.others), replace(shown, choices=touches[0], buttons=touches[1])


def _alone(buttons: tuple[Button, ...]) -> Iterator[Button]:
    """Yield the buttons that lead somewhere without a station, by the names of scenes."""
    for button in buttons:
        if not button.touch:
            yield button
        elif scene := _leads_to(button.touch):
            yield replace(button, touch=scene)


def _leads_to(touch: str) -> str:
    match msgspec.json.decode(touch, type=AnyTouch):
        case Emergency(card, others):
            return _name(card, others)
        case Back():
            return _FIRST
    return ""


def _name(card: str, others: bool) -> str:
    if card:
        return f"scene:{card}"
    return _OTHERS if others else _SIGNS


def _speech(shown: Screen) -> list[Said]:
    return [Said(each.text, silent_s(each.text), each.line) for each in shown.speech]


def _policy(script: str, style: str, url: str) -> str:
    """Return what the page may do: run its own script, look as it does, and ask its station."""
    script, style = _digest(script), _digest(style)
    return (
        f"default-src 'none'; script-src '{script}'; style-src '{style}'; connect-src {url}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _for_script(sounds: Mapping[str, Sound]) -> str:
    """Return JSON that cannot end the element it stands in."""
    return msgspec.json.encode(sounds).decode().replace("<", "\\u003c")


def _no_picture(_endpoint: str, **_values: str) -> str:
    return ""
