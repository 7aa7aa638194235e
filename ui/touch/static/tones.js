// Short tones for what cannot be missed: a card was read, the shutter, passed, failed, and a touch that did not count.
const NOTES = {
  card: [[1320, 0, 0.09]],
  shutter: [[2600, 0, 0.03], [1500, 0.06, 0.03]],
  passed: [[784, 0, 0.14], [1047, 0.14, 0.14], [1568, 0.28, 0.35]],
  failed: [[330, 0, 0.28], [220, 0.34, 0.5]],
  missed: [[392, 0, 0.12]],
};
const LOUDNESS = 0.25;

let context = null;

export async function sound(tone) {
  const notes = NOTES[tone];
  if (!notes) return;
  context ??= new AudioContext();
  if (context.state === "suspended") await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 100))]);
  for (const [pitch, after, lasts] of notes) note(pitch, context.currentTime + after, lasts);
}

function note(pitch, at, lasts) {
  const tone = new OscillatorNode(context, { frequency: pitch, type: "triangle" });
  const volume = new GainNode(context, { gain: LOUDNESS });
  volume.gain.setTargetAtTime(0, at + lasts * 0.6, lasts * 0.15);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + lasts + 0.1);
}
