// What every page has: theme switch, menus that close, dialogs that open, refusals of fragments, times of the reader, selections.

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  const themes = ["system", "light", "dark"];
  const show = () => {
    const now = root.dataset.theme ?? "system";
    button.setAttribute("aria-label", `Theme: ${now}`);
    button.title = `Theme: ${now}`;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
    if (next === "system") {
      delete root.dataset.theme;
      localStorage.removeItem("theme");
    } else {
      root.dataset.theme = next;
      localStorage.setItem("theme", next);
    }
    show();
  });
  show();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const opener of document.querySelectorAll("[data-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => document.getElementById(opener.dataset.open).showModal());
}

// A refused fragment (409) is a sentence: it goes to the messages, or into [data-refusal] of a form that has data-refusal-here.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.xhr.status === 409) {
    detail.shouldSwap = true;
    detail.isError = false;
    const place = detail.requestConfig.elt.closest("[data-refusal-here]")?.querySelector("[data-refusal]");
    detail.target = place ?? document.getElementById("messages");
    detail.swapOverride = "innerHTML";
    if (!place) detail.target.scrollIntoView({ block: "center" });
  }
  if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

// A form with data-selection counts its ticked boxes; the bar shows while there are any. Shift selects a range.
for (const form of document.querySelectorAll("form[data-selection]")) {
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
  const every = form.querySelector("[data-select-all]");
  const bar = form.querySelector(".selection-bar");
  let last = null;
  const count = () => {
    const all = boxes();
    const ticked = all.filter((box) => box.checked).length;
    for (const place of form.querySelectorAll("[data-selection-count]")) place.textContent = String(ticked);
    if (bar) bar.hidden = ticked === 0;
    if (every) {
      every.checked = ticked > 0 && ticked === all.length;
      every.indeterminate = ticked > 0 && ticked < all.length;
    }
  };
  form.addEventListener("click", (event) => {
    const box = event.target.closest("tbody input[type=checkbox]");
    if (!box) return;
    const all = boxes();
    if (event.shiftKey && last) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
      for (const between of all.slice(Math.max(from, 0), to + 1)) between.checked = box.checked;
    }
    last = box;
  });
  form.addEventListener("change", (event) => {
    if (event.target === every) for (const box of boxes()) box.checked = every.checked;
    count();
  });
  form.addEventListener("reset", () => setTimeout(count));
  form.addEventListener("htmx:afterSettle", count);
  count();
}

// Forms that send themselves when a choice changes; their button stays for everyone without scripts.
for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
