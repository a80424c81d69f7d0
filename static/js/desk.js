// The paper table: a selection that outlives scrolling and paging, more rows as one comes to the end, headings that add to the
// order with Shift, decisions in a line, columns moved inside their menu. Without this file the same happens by pages and forms.

const table = document.querySelector("[data-desk]");
const form = document.getElementById("selection");

// What is ticked is kept for this search in this tab; "all" means everything found, whether it is loaded or not.
const key = table && `selection ${table.dataset.desk} ${table.dataset.asked}`;
const state = { keys: new Set(), all: false };
let last = null;

const boxes = () => [...table.querySelectorAll("input[data-select]")];

function keep() {
  if (state.keys.size || state.all) sessionStorage.setItem(key, JSON.stringify({ keys: [...state.keys], all: state.all }));
  else sessionStorage.removeItem(key);
}

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    state.keys = new Set(kept.keys ?? []);
    state.all = Boolean(kept.all);
  } catch {
    sessionStorage.removeItem(key);
  }
}

function show() {
  const all = boxes();
  for (const box of all) box.checked = state.all || state.keys.has(box.value);
  const found = Number(table.dataset.found);
  const count = state.all ? found : state.keys.size;
  form.hidden = count === 0;
  form.querySelector("[data-selection-count]").textContent = count.toLocaleString("en-US");
  form.querySelector("[data-select-found]").checked = state.all;
  const ticked = all.filter((box) => box.checked).length;
  const every = table.querySelector("[data-select-page]");
  every.checked = ticked > 0 && ticked === all.length;
  every.indeterminate = ticked > 0 && ticked < all.length;
}

function change(box, checked) {
  if (state.all && !checked) {
    state.all = false;
    state.keys = new Set(boxes().map((one) => one.value));
  }
  if (checked) state.keys.add(box.value);
  else state.keys.delete(box.value);
}

function followSelection() {
  restore();
  table.querySelector("[data-select-page]").hidden = false;
  form.querySelector("[data-select-none]").hidden = false;
  table.addEventListener("click", (event) => {
    const box = event.target.closest("input[data-select]");
    if (!box) return;
    const all = boxes();
    const from = last && event.shiftKey ? all.findIndex((one) => one.value === last) : -1;
    const at = all.indexOf(box);
    const [low, high] = from < 0 ? [at, at] : [Math.min(from, at), Math.max(from, at)];
    for (const one of all.slice(low, high + 1)) change(one, box.checked);
    last = box.value;
    keep();
    show();
  });
  table.querySelector("[data-select-page]").addEventListener("change", (event) => {
    for (const box of boxes()) change(box, event.target.checked);
    keep();
    show();
  });
  form.querySelector("[data-select-found]").addEventListener("change", (event) => {
    state.all = event.target.checked;
    if (!state.all) state.keys.clear();
    keep();
    show();
  });
  form.querySelector("[data-select-none]").addEventListener("click", () => {
    state.keys.clear();
    state.all = false;
    keep();
    show();
  });
  // Ticked papers on pages that are not loaded go along as hidden fields.
  form.addEventListener("submit", () => {
    for (const old of form.querySelectorAll("[data-carried]")) old.remove();
    if (state.all) return;
    const loaded = new Set(boxes().map((box) => box.value));
    for (const value of state.keys) {
      if (loaded.has(value)) continue;
      const carried = document.createElement("input");
      Object.assign(carried, { type: "hidden", name: "paper", value });
      carried.dataset.carried = "";
      form.append(carried);
    }
  });
  show();
}

function loadAhead() {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) entry.target.dispatchEvent(new Event("more"));
    },
    { rootMargin: "900px" },
  );
  const watch = () => {
    seen.disconnect();
    const more = table.querySelector("[data-keys-more]");
    if (more) seen.observe(more);
  };
  table.addEventListener("htmx:afterSettle", () => {
    watch();
    show();
  });
  watch();
}

function closeInline(line) {
  const row = line.previousElementSibling;
  line.remove();
  row?.querySelector("[data-keys-open]")?.focus({ preventScroll: true });
}

function followDecisions() {
  table.addEventListener("htmx:beforeRequest", (event) => {
    // A second press on the same line closes what the first opened.
    const open = event.target.matches("[data-row-key]") && event.target.closest("tr").nextElementSibling;
    if (open?.matches?.("[data-inline]")) {
      event.preventDefault();
      closeInline(open);
    }
  });
  table.addEventListener("htmx:afterSwap", () => {
    const inline = table.querySelector("[data-inline]:not([data-seen])");
    if (!inline) return;
    inline.dataset.seen = "";
    (inline.querySelector("input[type=radio]:checked") ?? inline.querySelector("input[type=radio]"))?.focus();
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const isDecided = event.detail.requestConfig?.verb === "post" && event.detail.elt.matches?.("tr[id^=paper-]");
    if (isDecided) event.detail.elt.querySelector("[data-keys-open]")?.focus({ preventScroll: true });
  });
  table.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-close-inline]");
    if (cancel) closeInline(cancel.closest("tr"));
  });
  table.addEventListener("keydown", (event) => {
    const inline = event.target.closest("[data-inline]");
    if (event.key !== "Escape" || !inline) return;
    event.preventDefault();
    closeInline(inline);
  });
}

// A heading clicked with Shift comes after what the table is sorted by.
document.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-add]");
  if (!way || !event.shiftKey) return;
  event.preventDefault();
  location.href = way.dataset.add;
});

// Columns move inside their menu; the address changes when it is sent.
document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-move]");
  if (!way) return;
  event.preventDefault();
  const line = way.closest(".column-choice");
  const other = way.dataset.move === "-1" ? line.previousElementSibling : line.nextElementSibling;
  if (!other?.matches(".column-choice")) return;
  if (way.dataset.move === "-1") other.before(line);
  else other.after(line);
  way.focus();
});

if (table && form) {
  followSelection();
  loadAhead();
  followDecisions();
}
