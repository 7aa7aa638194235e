// A word is chosen by touching its characters; a voice is recorded here and sent as WAV, whatever the browser records in.

const RATE = 22050;
const LONGEST_MS = 15000;

chooseWords(document.querySelector("[data-ruby]"), document.querySelector("[data-reading]"));
recordVoice(document.querySelector("[data-upload]"));

function chooseWords(ruby, form) {
  if (!ruby || !form) return;
  const characters = [...ruby.querySelectorAll("button")];
  let first = -1;
  let last = -1;
  for (const [at, character] of characters.entries()) {
    character.addEventListener("click", () => {
      const grows = first >= 0 && (at === last + 1 || at === first - 1);
      first = grows ? Math.min(first, at) : at;
      last = grows ? Math.max(last, at) : at;
      const chosen = characters.slice(first, last + 1);
      characters.forEach((other) => other.classList.toggle("chosen", chosen.includes(other)));
      form.elements.word.value = chosen.map((one) => one.dataset.written).join("");
      form.elements.sounds.value = chosen.map((one) => one.dataset.sound).join(" ");
    });
  }
}

function recordVoice(form) {
  if (!form) return;
  const words = JSON.parse(form.dataset.words);
  const button = form.querySelector("[data-record]");
  const listen = form.querySelector("[data-listen]");
  const complaint = form.querySelector("[data-complaint]");
  const file = form.elements.wav;
  let recorder = null;

  // Without a secure address there is no microphone: a file can still be chosen.
  button.hidden = !(navigator.mediaDevices && window.MediaRecorder);
  button.addEventListener("click", () => (recorder ? recorder.stop() : start()));
  file.addEventListener("change", () => file.files.length && take(file.files[0]));

  async function start() {
    complain("");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return complain(words.denied);
    }
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      show(false);
      take(new Blob(parts));
    });
    recorder.start();
    show(true);
    const own = recorder;
    setTimeout(() => own.state === "recording" && own.stop(), LONGEST_MS);
  }

  function show(recording) {
    if (!recording) recorder = null;
    button.classList.toggle("on", recording);
    button.textContent = recording ? words.stop : words.again;
  }

  async function take(blob) {
    complain("");
    try {
      const wav = await asWav(blob);
      const kept = new DataTransfer();
      kept.items.add(new File([wav], "voice.wav", { type: "audio/wav" }));
      file.files = kept.files;
      listen.src = URL.createObjectURL(wav);
      listen.hidden = false;
    } catch {
      file.value = "";
      listen.hidden = true;
      complain(words.unreadable);
    }
  }

  function complain(sentence) {
    complaint.textContent = sentence;
    complaint.hidden = !sentence;
  }
}

async function asWav(blob) {
  const context = new OfflineAudioContext(1, RATE, RATE); // decodes, and brings everything to this rate
  const sound = await context.decodeAudioData(await blob.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, at) => sound.getChannelData(at));
  const view = new DataView(new ArrayBuffer(44 + sound.length * 2));
  const text = (at, letters) => [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + sound.length * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // mono
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, sound.length * 2, true);
  for (let at = 0; at < sound.length; at += 1) {
    const mean = channels.reduce((sum, channel) => sum + channel[at], 0) / channels.length;
    view.setInt16(44 + at * 2, Math.max(-1, Math.min(1, mean)) * 32767, true);
  }
  return new Blob([view], { type: "audio/wav" });
}
