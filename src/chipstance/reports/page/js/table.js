// The table of all companies: sorted, searched, opened.

const FIRST_SHOWN = 60;
const sorting = { column: counted, down: true };
let showAll = false;

const number = (field, format, kind = "") => ({ field, value: (row) => row[field], cell: (row) => format(row[field]), kind });
const COLUMNS = [
  { field: "company", value: (row) => nameOf(row), kind: "left", cell: nameCell },
  { field: "ticker", value: (row) => row.ticker, kind: "left ticker wide", cell: (row) => row.ticker || "–" },
  number(counted, count),
  number("sentences", count, "middle"),
  number("positive", count, "middle wide"),
  number("negative", count, "middle wide"),
  { ...number("neutral", count, "middle wide"), title: "label_neutral" },
  number("source", count, "middle wide"),
  { field: "net", value: (row) => row.net, kind: "net", cell: (row) => make("span", { class: side(row.net) }, signed(row.net)) },
  { field: "range95", value: (row) => (row.net_ci95 ? row.net_ci95[1] - row.net_ci95[0] : null), kind: "middle", cell: whisker },
  { field: "change", value: (row) => row.change, kind: "middle", cell: (row) => make("span", { class: side(row.change) }, signed(row.change)) },
  { field: "move", value: (row) => row.mean_move_pct, kind: "middle wide", cell: (row) => (known(row.mean_move_pct) ? `${signed(row.mean_move_pct, 1)}%` : "–") },
  { field: "hype", value: (row) => row.hype_share, kind: "middle", cell: (row) => percent(row.hype_share) },
];

function nameCell(row) {
  const button = make("button", { type: "button", class: "name", "aria-haspopup": "dialog" }, nameOf(row));
  const tag = row.few ? make("span", { class: "tag", title: word("few_long", { counted: word(counted) }) }, word("few")) : null;
  return [button, tag];
}

function whisker(row) {
  if (!row.net_ci95 || !known(row.net)) return make("span", { class: "quiet" }, "–");
  const [low, high] = row.net_ci95;
  const place = (value) => `${((value + 1) / 2) * 100}%`;
  const text = between(low, high);
  return make("span", { class: `whisker ${side(row.net)}`, role: "img", "aria-label": text, title: text },
    make("i", { style: { left: place(low), width: `${((high - low) / 2) * 100}%` } }),
    make("b", { style: { left: place(row.net) } }));
}

// Hong Kong writes its codes with five digits, the table of companies with four.
const tickerOf = (row) => (row.ticker?.endsWith(".HK") ? row.ticker.padStart("00000.HK".length, "0") : row.ticker);

function searched() {
  const wanted = at("#search").value.normalize("NFKC").trim().toLowerCase();
  const hideFew = at("#hide-few").checked;
  return data.companies.filter((row) => {
    if (hideFew && row.few) return false;
    if (!wanted) return true;
    const texts = [row.company, row.company.replaceAll("_", " "), tickerOf(row), ...Object.values(row.names)];
    return texts.some((text) => text && text.normalize("NFKC").toLowerCase().includes(wanted));
  });
}

function sorted(rows) {
  const { value } = COLUMNS.find((column) => column.field === sorting.column);
  const order = new Intl.Collator(chosen.language === "en" ? "en" : "zh-Hant-TW", { numeric: true });
  const sign = sorting.down ? -1 : 1;
  return rows
    .map((row) => [value(row), row])
    .sort(([one], [other]) => {
      // What is not known stands last either way.
      if (!known(one) || !known(other)) return known(other) - known(one);
      return sign * (typeof one === "string" ? order.compare(one, other) : one - other);
    })
    .map(([, row]) => row);
}

function showHead() {
  put("#table thead tr", ...COLUMNS.map((column) => {
    const now = sorting.column === column.field;
    const arrow = now ? (sorting.down ? " ↓" : " ↑") : "";
    return make("th", { scope: "col", class: column.kind, "aria-sort": now ? (sorting.down ? "descending" : "ascending") : null },
      make("button", { type: "button", "data-sort": column.field, on: { click: () => sortBy(column) } },
        word(column.title ?? column.field), make("span", { "aria-hidden": "true" }, arrow)));
  }));
}

function sortBy(column) {
  const text = column.kind.includes("left");
  sorting.down = sorting.column === column.field ? !sorting.down : !text;
  sorting.column = column.field;
  showTable();
  at(`[data-sort="${column.field}"]`).focus();
}

const tableRow = (row) =>
  make("tr", { "data-company": row.company, class: row.few ? "few" : null },
    ...COLUMNS.map((column) => make("td", { class: column.kind }, ...[column.cell(row)].flat())));

function showTable() {
  showHead();
  const rows = sorted(searched());
  const shown = showAll ? rows : rows.slice(0, FIRST_SHOWN);
  put("#table tbody", ...shown.map(tableRow));
  put("#shown", word("shown", { shown: count(rows.length), all: count(data.companies.length) }));
  at("#none-found").hidden = rows.length > 0 || !data.companies.length;
  at("#show-all").hidden = shown.length === rows.length;
  put("#show-all", word("show_all", { n: count(rows.length) }));
  put("#hide-few-word", word("hide_few", { counted: word(counted) }));
}

// The rows behind the button, which paper has not; those on the screen stay, and so does the focus.
function addRest() {
  const body = at("#table tbody");
  body.append(...sorted(searched()).slice(body.rows.length).map(tableRow));
}

function removeRest() {
  if (!showAll) for (const row of [...at("#table tbody").rows].slice(FIRST_SHOWN)) row.remove();
}

function startTable() {
  const anew = () => {
    // Drawing every row at each letter typed would be slow.
    showAll = false;
    showTable();
  };
  at("#search").addEventListener("input", anew);
  at("#hide-few").addEventListener("change", anew);
  at("#show-all").addEventListener("click", () => {
    showAll = true;
    showTable();
    at("#table").focus();
  });
  at("#table tbody").addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row && !String(getSelection())) openDrawer(row.dataset.company, row.querySelector(".name"));
  });
}
