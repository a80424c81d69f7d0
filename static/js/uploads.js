// Uploads in pieces: a form with data-upload sends its file in chunks and goes on where it broke off. Without scripts, or
// without SubtleCrypto (plain http), the form sends itself as any other.

const TRIES = 8;
const say = (place, sentence, tone) => {
  place.hidden = false;
  place.replaceChildren();
  const line = document.createElement("p");
  line.textContent = sentence;
  line.className = tone === "bad" ? "notice is-bad" : "muted";
  line.setAttribute("role", tone === "bad" ? "alert" : "status");
  place.append(line);
  return line;
};

const digest = async (file) => {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// A refusal comes as a fragment with a sentence (409); a page instead of JSON means that somebody has been signed out.
class Refused extends Error {}

const ask = async (address, options, token) => {
  const headers = { "X-CSRFToken": token, "HX-Request": "true", Accept: "application/json" };
  const response = await fetch(address, { credentials: "same-origin", headers, ...options });
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (response.ok && isJson) return response.json();
  if (response.status >= 500 || response.status === 429) throw new Error(`Status ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const sentence = page.querySelector("[role=alert] .strong")?.textContent;
  throw new Refused(sentence ?? (response.redirected ? "You have been signed out. Sign in again in another tab, then press the button once more." : "The upload was not accepted. Load the page again."));
};

// Ask again after a broken connection, each time a little later.
const insist = async (act, place) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refused || attempt === TRIES) throw error;
      place.textContent = "The connection broke. Trying again…";
      await new Promise((done) => setTimeout(done, Math.min(500 * 2 ** attempt, 15000)));
    }
  }
};

const upload = async (form, file, place) => {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const line = say(place, "Reading the file…");
  const bar = document.createElement("progress");
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", "Upload");
  place.append(bar);
  const body = new URLSearchParams({ name: file.name, size: String(file.size), sha256: await digest(file) });
  let state = await insist(() => ask(form.dataset.upload, { method: "POST", body }, token), line);
  while (state.offset < file.size) {
    bar.value = state.offset;
    line.textContent = `${Math.floor((100 * state.offset) / file.size)} % sent. You may stop and go on later with the same file.`;
    const piece = file.slice(state.offset, state.offset + state.chunk_bytes);
    const address = `${state.address}?offset=${state.offset}`;
    state = await insist(() => ask(address, { method: "PUT", body: piece }, token), line);
  }
  bar.value = file.size;
  line.textContent = "Sent. It is being kept…";
  return insist(() => ask(state.finish, { method: "POST" }, token), line);
};

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", async (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file || !globalThis.crypto?.subtle) return;
    event.preventDefault();
    const place = form.querySelector("[data-upload-progress]");
    const button = form.querySelector("button[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    try {
      const done = await upload(form, file, place);
      location.replace(done.address);
    } catch (error) {
      say(place, error instanceof Refused ? error.message : "The connection broke. Press the button again: it goes on where it stopped.", "bad");
      button.disabled = false;
    }
  });
}
