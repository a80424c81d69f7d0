// The search box offers ways to go on where the caret stands; without this it is a plain field.
// A box is [data-search] with the address that completes; it holds one input, a [role=listbox], a [data-search-count].

const PAUSE = 120;
let timer = 0;
let asked = null;

const boxOf = (node) => node.closest?.("[data-search]");
const parts = (box) => ({
  input: box.querySelector("input"),
  list: box.querySelector("[role=listbox]"),
  count: box.querySelector("[data-search-count]"),
});

function prepare(input, list) {
  if (input.getAttribute("role") === "combobox") return;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
}

function close(box) {
  const { input, list, count } = parts(box);
  clearTimeout(timer);
  asked?.abort();
  list.hidden = true;
  list.replaceChildren();
  count.textContent = "";
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function ask(box) {
  const { input } = parts(box);
  asked?.abort();
  asked = new AbortController();
  const query = new URLSearchParams({ q: input.value, at: input.selectionStart ?? input.value.length });
  try {
    const answer = await fetch(`${box.dataset.search}?${query}`, { signal: asked.signal, headers: { Accept: "application/json" } });
    if (answer.ok && input === document.activeElement) show(box, (await answer.json()).suggestions);
  } catch {
    // Offline or overtaken by the next letter: the field goes on without help.
  }
}

function show(box, suggestions) {
  const { input, list, count } = parts(box);
  if (!suggestions.length) return close(box);
  list.replaceChildren(
    ...suggestions.map((suggestion, place) => {
      const item = document.createElement("li");
      const label = document.createElement("span");
      const help = document.createElement("span");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      label.className = "search-label";
      label.textContent = suggestion.label;
      help.className = "search-hint";
      help.textContent = suggestion.help;
      item.append(label, " ", help);
      item.suggestion = suggestion;
      return item;
    }),
  );
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  input.removeAttribute("aria-activedescendant");
  count.textContent = `${suggestions.length} way${suggestions.length === 1 ? "" : "s"} to go on`;
}

function move(box, step) {
  const { input, list } = parts(box);
  const items = [...list.children];
  const from = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const to = from < 0 && step < 0 ? items.length - 1 : (from + step + items.length) % items.length;
  for (const [place, item] of items.entries()) item.setAttribute("aria-selected", String(place === to));
  input.setAttribute("aria-activedescendant", items[to].id);
  items[to].scrollIntoView({ block: "nearest" });
}

function choose(box, item) {
  const { input } = parts(box);
  const { text, start, end } = item.suggestion;
  const goesOn = /[:=<>]$/.test(text);
  const tail = input.value.slice(end);
  const put = goesOn || tail.startsWith(" ") || tail.startsWith(")") ? text : `${text} `;
  input.setRangeText(put, start, end, "end");
  close(box);
  input.focus();
  if (goesOn) ask(box);
}

document.addEventListener("input", (event) => {
  const box = boxOf(event.target);
  if (!box || event.target !== parts(box).input) return;
  prepare(event.target, parts(box).list);
  clearTimeout(timer);
  timer = setTimeout(() => ask(box), PAUSE);
});

document.addEventListener("focusin", (event) => {
  const box = boxOf(event.target);
  if (box && event.target === parts(box).input) prepare(event.target, parts(box).list);
});

document.addEventListener("focusout", (event) => {
  const box = boxOf(event.target);
  if (box && event.target === parts(box).input) close(box);
});

document.addEventListener(
  "keydown",
  (event) => {
    const box = boxOf(event.target);
    if (!box || event.target !== parts(box).input || event.isComposing) return;
    const { list } = parts(box);
    const active = list.querySelector("[aria-selected=true]");
    const stop = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      stop();
      if (list.hidden) ask(box);
      else move(box, event.key === "ArrowDown" ? 1 : -1);
    } else if ((event.key === "Enter" || event.key === "Tab") && !list.hidden && active) {
      stop();
      choose(box, active);
    } else if (event.key === "Escape" && !list.hidden) {
      stop();
      close(box);
    }
  },
  true,
);

// The press, not the click: the field must not lose the focus.
document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.("[data-search] [role=option]");
  if (!item) return;
  event.preventDefault();
  choose(boxOf(item), item);
});

// In a form that is sent, "did you mean" fills the field instead of leaving the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-search-suggestion]");
  const form = link?.closest("form");
  if (!form || form.method !== "post") return;
  event.preventDefault();
  const { input } = parts(boxOf(link));
  input.value = link.dataset.searchSuggestion;
  input.focus();
});

// A search with a mistake comes back with the caret at the mistake.
for (const input of document.querySelectorAll("[data-search] input[data-search-start]")) {
  input.focus({ preventScroll: true });
  input.setSelectionRange(Number(input.dataset.searchStart), Number(input.dataset.searchEnd));
}
