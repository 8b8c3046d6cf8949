// Draws a chart of look.charts, reads out what is under the pointer or the arrow keys.

// "$name" in a chart stands for a colour, a word or a number.
function fill(part, values) {
  if (typeof part === "string" && part.startsWith("$")) {
    const name = part.slice(1);
    if (!(name in values)) throw new Error(`chart without ${part}`);
    return values[name];
  }
  if (Array.isArray(part)) return part.map((each) => fill(each, values));
  if (part && typeof part === "object")
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, fill(each, values)]));
  return part;
}

// What each figure shows now.
const drawn = new WeakMap();

// box: the figure; chart: a name in look.charts; values: what its "$names" stand for;
// sets: its data; label: what a screen reader calls it;
// items: [{key, column, row, text, company}] in the order the arrow keys walk;
// pick: the key under a place in the plot, where no mark has one itself.
function draw(box, { chart, values, sets, label, items, pick, open }) {
  drawn.get(box)?.finalize();
  const plot = make("div", { class: "plot", tabindex: 0, role: "application", "aria-label": label });
  const readout = make("p", { class: "readout", "aria-live": "polite" });
  box.replaceChildren(plot, readout);
  const all = { ...colours(values.theme), font: getComputedStyle(document.body).fontFamily, ...values };
  const spec = { ...fill(look.charts[chart], all), datasets: sets, config: fill(look.charts.config, all) };
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec, null, { ast: true }), {
    expr: expressionInterpreter, renderer: "svg", container: plot, logLevel: vega.Error, hover: false,
  });
  drawn.set(box, view.tooltip(() => {}).run());
  // The container says it all; the parts of the drawing would only be noise to a screen reader.
  plot.querySelector("svg").setAttribute("aria-hidden", "true");

  const byKey = new Map(items.map((item) => [item.key, item]));
  let current = null;
  function focus(key) {
    if (key === current) return;
    current = key;
    view.signal("focus", key).run();
    const item = byKey.get(key);
    readout.replaceChildren(...(item ? item.text : []));
  }
  const keyOf = (event, item) => {
    const found = item?.datum?.key;
    return byKey.has(found) ? found : pick ? pick(view, event) : null;
  };
  view.addEventListener("pointermove", (event, item) => focus(keyOf(event, item)));
  view.addEventListener("click", (event, item) => {
    const company = byKey.get(keyOf(event, item))?.company;
    if (company && open) open(company, plot);
  });
  plot.addEventListener("pointerleave", () => focus(null));
  plot.addEventListener("blur", () => focus(null));
  plot.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      focus(walk(items, byKey.get(current), step)?.key ?? current);
    } else if ((event.key === "Enter" || event.key === " ") && open && byKey.get(current)?.company) {
      event.preventDefault();
      open(byKey.get(current).company, plot);
    }
  });
  return view;
}

// The nearest item in a direction; without a place yet, the first or the last.
function walk(items, from, [right, down]) {
  if (!from) return right < 0 || down < 0 ? items.at(-1) : items[0];
  const ahead = (item) =>
    right ? item.row === from.row && (item.column - from.column) * right > 0 : (item.row - from.row) * down > 0;
  const far = (item) =>
    right ? Math.abs(item.column - from.column) : Math.abs(item.row - from.row) * 1e6 + Math.abs(item.column - from.column);
  return items.filter(ahead).reduce((best, item) => (!best || far(item) < far(best) ? item : best), null);
}

// The item whose time is nearest to the pointer.
function nearestDay(days) {
  const times = days.map((day) => Date.parse(`${day.key}T12:00:00Z`));
  return (view, event) => {
    const svg = view.container().querySelector("svg").getBoundingClientRect();
    const time = +view.scale("x").invert(event.clientX - svg.left - view.origin()[0]);
    let best = 0;
    times.forEach((each, place) => {
      if (Math.abs(each - time) < Math.abs(times[best] - time)) best = place;
    });
    return days[best]?.key ?? null;
  };
}

const widthOf = (box) => Math.max(box.clientWidth, 120);
const labelWidth = (box) => (box.clientWidth < 420 ? 92 : 128);

// Days from which on an axis names months, and days are drawn small.
const LONG_AXIS = 180;

// Both ends of a time axis, how its days are written, and how many have room.
function timeAxis(first, after, width) {
  const days = (Date.parse(after) - Date.parse(first)) / 864e5;
  return {
    domain: { expr: `[${Date.parse(first)}, ${Date.parse(after)}]` },
    day_format: days > LONG_AXIS ? "%Y-%m" : "%m-%d",
    ticks: days < 3 ? { interval: "day", step: 1 } : Math.max(2, Math.min(Math.floor(width / 90), Math.floor(days))),
  };
}

// Few days are drawn large and apart, many small and close.
function density(first, after, shades) {
  const days = (Date.parse(after) - Date.parse(first)) / 864e5;
  return { dot: days > LONG_AXIS ? 14 : 40, bar_edge: days > LONG_AXIS ? shades.volume : shades.card };
}
