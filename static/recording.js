// The page of a recording. Chapters lead to their place in the video. And only where the page asks for it (data-measured)
// it tells which twentieths were played: of those ranges the browser itself remembers, not of clicks or pauses.
const PARTS = 20;
const AFTER_A_FAILURE = 30_000; // milliseconds until it is tried again
const video = document.querySelector('[data-recording]');
const form = document.querySelector('[data-measured]');
const noted = document.querySelector('[data-noted]');
const told = new Set();
let busy = false;
let enough = false;

for (const link of document.querySelectorAll('[data-second]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    goTo(Number(link.dataset.second));
  });
}

// A place is sought when the length is known: before that, browsers take all that lies before it for played.
function goTo(second) {
  if (!video.readyState) {
    video.addEventListener('loadedmetadata', () => goTo(second), { once: true });
    video.preload = 'metadata';
    return;
  }
  video.currentTime = second;
  video.focus();
  video.play().catch(() => {}); // the player itself says what is wrong
}

function playedFor(from, to) {
  let seconds = 0;
  for (let i = 0; i < video.played.length; i += 1) {
    seconds += Math.max(0, Math.min(video.played.end(i), to) - Math.max(video.played.start(i), from));
  }
  return seconds;
}

// A twentieth counts when most of it was played.
function playedParts() {
  const length = video.duration / PARTS;
  const all = [...Array(PARTS).keys()];
  return all.filter((part) => playedFor(part * length, (part + 1) * length) > length / 2);
}

async function tell() {
  const fresh = playedParts().filter((part) => !told.has(part));
  if (busy || enough || !fresh.length) return;
  busy = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    for (const part of fresh) body.append('parts', part);
    const answer = await fetch(form.action, { method: 'POST', body, keepalive: true });
    if (!answer.ok) throw new Error(answer.statusText);
    enough = (await answer.json()).watched;
    for (const part of fresh) told.add(part);
    if (enough) noted.textContent = noted.dataset.noted;
    form.hidden = enough;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, AFTER_A_FAILURE));
  } finally {
    busy = false;
  }
}

if (form) for (const event of ['timeupdate', 'pause', 'ended']) video.addEventListener(event, tell);
