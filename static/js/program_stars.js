// Stars sessions, papers and talks in this browser; no account, nothing is sent. A list is shared as an address.

const tools = document.querySelector("[data-stars]");
const slug = document.querySelector("[data-program]")?.dataset.program ?? "";
const KEY = `stars:${slug}`;
let stars = readStars();

function readStars() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((uid) => typeof uid === "string") : []);
  } catch {
    return new Set();
  }
}

function keepStars() {
  try {
    localStorage.setItem(KEY, JSON.stringify([...stars]));
  } catch {
    // Without storage the stars last as long as the page.
  }
}

function showStar(button) {
  const isStarred = stars.has(button.dataset.star);
  button.setAttribute("aria-pressed", String(isStarred));
  button.textContent = isStarred ? "★" : "☆";
}

function nameOf(element) {
  return element.querySelector("h3, .program-item > a, .program-title")?.textContent ?? "this";
}

function addStars() {
  for (const element of document.querySelectorAll(".program-session:not(.is-break), .program-items > li")) {
    if (element.querySelector(":scope > .star")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "star no-print";
    button.dataset.star = element.dataset.uid;
    button.setAttribute("aria-label", `Star: ${nameOf(element)}`);
    element.append(button);
    showStar(button);
  }
  for (const take of document.querySelectorAll("[data-stars-take]")) take.hidden = false;
}

function listAddress() {
  return `${location.origin}${location.pathname}?items=${[...stars].join(",")}`;
}

function showTools() {
  tools.hidden = stars.size === 0 && !tools.querySelector("[data-stars-only]").checked;
  tools.querySelector("[data-stars-count]").textContent = `${stars.size} starred`;
  const calendar = tools.querySelector("[data-stars-calendar]");
  if (calendar) calendar.href = `${calendar.href.split("?")[0]}?items=${[...stars].join(",")}`;
}

function showAll() {
  document.querySelectorAll(".star").forEach(showStar);
  showTools();
  if (tools.querySelector("[data-stars-only]").checked) pickStarred();
}

function pickStarred() {
  const detail = tools.querySelector("[data-stars-only]").checked ? stars : null;
  document.dispatchEvent(new CustomEvent("program:starred", { detail }));
}

function takeShared() {
  const shared = new URLSearchParams(location.search).get("items") ?? "";
  for (const uid of shared.split(",")) if (document.querySelector(`[data-uid="${CSS.escape(uid)}"]`)) stars.add(uid);
  keepStars();
  showAll();
}

async function share(button) {
  const words = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(listAddress());
    words.textContent = "Copied";
  } catch {
    location.href = listAddress();
  }
}

if (tools && slug) {
  addStars();
  showTools();
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".star");
    if (button) {
      if (!stars.delete(button.dataset.star)) stars.add(button.dataset.star);
      keepStars();
      showAll();
    }
    if (event.target.closest("[data-stars-take]")) takeShared();
    const sharing = event.target.closest("[data-stars-share]");
    if (sharing) share(sharing);
  });
  tools.querySelector("[data-stars-only]").addEventListener("change", () => {
    pickStarred();
    showTools();
  });
  document.addEventListener("program:brought", addStars);
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    stars = readStars();
    showAll();
  });
}
