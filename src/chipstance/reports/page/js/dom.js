// Elements, made without any markup: text goes in as text.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (!known(value) || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "style") for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(known));
  return element;
}

const at = (selector) => document.querySelector(selector);

function put(selector, ...children) {
  at(selector).replaceChildren(...children.filter(known));
}
