// Companies ranked by net sentiment, and the heat map beside it with the same rows.

const byId = new Map(data.companies.map((company) => [company.company, company]));

// Names as chart rows; two companies of one name are told apart by their ids.
function rowNames(ids) {
  const names = ids.map((id) => nameOf(byId.get(id)));
  return names.map((name, place) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${ids[place]})`));
}

function companyLine(company) {
  const interval = company.net_ci95 ? ` (${between(...company.net_ci95)})` : "";
  return [
    make("b", {}, nameOf(company)),
    `  ${word("net")} ${signed(company.net)}${interval} · ${many(company[counted], counted)}`,
    company.few ? make("span", { class: "tag" }, word("few")) : "",
  ];
}

// Why no company is ranked: none is named, or those that are only speak.
const noneFeatured = () => (data.companies.length ? "none_judged" : "no_companies");

function showRanking(theme) {
  const box = at("#ranking .chart");
  if (!data.featured.length) {
    put("#ranking-note");
    return box.replaceChildren(make("p", { class: "empty" }, word(noneFeatured())));
  }
  const key = data.featured.length < data.companies.length ? "ranking_note" : "ranking_one";
  put("#ranking-note", word(key, { n: data.featured.length, counted: word(counted) }));
  const names = rowNames(data.featured);
  const companies = data.featured.map((id, place) => {
    const company = byId.get(id);
    const [low, high] = company.net_ci95 || [null, null];
    return { key: id, name: names[place], net: company.net, low, high, net_text: signed(company.net), volume: company[counted] };
  });
  const label_width = labelWidth(box);
  draw(box, {
    chart: "ranking", sets: { companies }, open: openDrawer,
    label: `${word("ranking")}: ${word("keys")}`,
    values: { theme, label_width, width: widthOf(box) - label_width - 96 },
    items: data.featured.map((id, row) => ({ key: id, column: 0, row, company: id, text: companyLine(byId.get(id)) })),
  });
}

const LEAST_CELL = 4;

// The finest unit whose cells are still wide enough to see.
function heatUnit(first, after, width) {
  const days = (Date.parse(after) - Date.parse(first)) / DAY;
  if (width / days >= LEAST_CELL) return "day";
  return (width / days) * 7 >= LEAST_CELL ? "week" : "month";
}

function showHeat(theme) {
  const box = at("#heat .chart");
  if (!data.days.length || !data.featured.length) {
    put("#heat-note");
    return box.replaceChildren(make("p", { class: "empty" }, word(data.featured.length ? "nothing_dated" : noneFeatured())));
  }
  const [first, after] = shownPeriod();
  const label_width = labelWidth(box);
  const width = widthOf(box) - label_width - 14;
  const unit = heatUnit(first, after, width);
  put("#heat-note", word(`heat_note_${unit}`));
  const names = rowNames(data.featured);
  const later = (one, other) => (one > other ? one : other);
  const earlier = (one, other) => (one < other ? one : other);
  const cells = data.heat[unit].filter((cell) => cell.to > first).map((cell) => ({
    ...cell, key: `${cell.row} ${cell.from}`, name: names[cell.row],
    from: later(cell.from, first), to: earlier(cell.to, after), shown: cell.from,
  }));
  const starts = [...new Set(cells.map((cell) => cell.from))].sort();
  const items = cells.map((cell) => ({
    key: cell.key, row: cell.row, column: starts.indexOf(cell.from), company: data.featured[cell.row],
    text: [make("b", {}, `${cell.name} ${unit === "day" ? cell.shown : `${cell.from} – ${iso(Date.parse(cell.to) - DAY)}`}`),
      `  ${word("net")} ${signed(cell.net)} · ${many(cell.volume, counted)}`],
  }));
  items.sort((one, other) => one.row - other.row || one.column - other.column);
  const rows = names.map((name) => ({ name }));
  draw(box, {
    chart: "heat", sets: { cells, rows }, items, open: openDrawer, label: `${word("heat")}: ${word("keys")}`,
    values: { theme, label_width, width, names, ...timeAxis(first, after, width) },
  });
}
