// Makes elements and finds them; what people wrote is always set as text.

export const root = document.querySelector("[data-editor]");

export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "dataset") Object.assign(made.dataset, value);
    else if (name === "class") made.className = value;
    else if (name.includes("-") || name === "role" || name === "for") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${root.dataset.icons}#${name}`);
  picture.append(use);
  return picture;
}

export const part = (name) => root.querySelector(`[data-part="${name}"]`);

// Lengths and places go through the style object: a style attribute would be against the page's policy.
export function place(element, lengths) {
  for (const [name, value] of Object.entries(lengths)) element.style.setProperty(name, value);
}

// What was done is said to those who do not see it; the same sentence twice is said twice.
let said = 0;
export function say(sentence) {
  const ear = part("said");
  said += 1;
  ear.textContent = said % 2 ? sentence : `${sentence}\u00a0`;
}
