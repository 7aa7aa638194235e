// The station's events. The first one after each connection is the present screen, whatever was shown before.
const RETRY_MS = 2000;

export function listen(show, lost) {
  const source = new EventSource("/events");
  let first = true;
  source.onopen = () => { first = true; };
  source.onmessage = (event) => {
    show(JSON.parse(event.data), first);
    first = false;
  };
  source.onerror = () => {
    lost();
    // The browser connects again by itself, but not after it was refused.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(show, lost), RETRY_MS);
  };
}
