// One company: its figures, its days, and the sentences that speak for and against it.

let opened = null;
let openedFrom = null;

function openDrawer(id, from) {
  opened = id;
  openedFrom = from;
  const drawer = at("#drawer");
  drawer.showModal();
  showDrawer();
  drawer.scrollTop = 0;
}

function showDrawer(theme) {
  if (opened === null) return;
  const company = byId.get(opened);
  const others = [...new Set(Object.values(company.names))].filter((name) => name !== nameOf(company));
  const chart = make("figure", { class: "chart" });
  const close = make("button", { type: "button", class: "close", autofocus: true, on: { click: () => at("#drawer").close() } }, word("close"));
  const evidence = data.evidence[opened] || { for: [], against: [] };
  put("#drawer", make("div", { class: "drawer" },
    make("div", { class: "drawer-head" },
      make("div", {}, make("h2", { id: "drawer-name" }, nameOf(company)),
        make("p", { class: "note" }, [...others, company.ticker].filter(Boolean).join(" · ")),
        company.few ? make("p", { class: "note" }, word("few_long", { counted: word(counted) })) : null),
      close),
    drawerFigures(company),
    make("h3", {}, word("over_time")), chart,
    [...evidence.for, ...evidence.against].some((each) => each.words) ? make("p", { class: "note" }, word("marked")) : null,
    ...["for", "against"].flatMap((which) => [make("h3", {}, word(`evidence_${which}`)), evidenceList(evidence[which])])));
  close.focus();
  companyChart(chart, company, theme);
}

function drawerFigures(company) {
  const figures = [
    ["net", signed(company.net), company.net_ci95 && between(...company.net_ci95), side(company.net)],
    ["change", signed(company.change), company.before && known(company.before.net) ? `${word("before")} ${signed(company.before.net)}` : null, side(company.change)],
    [counted, count(company[counted]), `${many(company.sentences, "sentences")}`, ""],
    ["hype", percent(company.hype_share), `${word("of_sentences")}`, ""],
    ["positive", count(company.positive), null, ""], ["negative", count(company.negative), null, ""],
    ["label_neutral", count(company.neutral), `${word("source")} ${count(company.source)}`, ""],
    ["move", known(company.mean_move_pct) ? `${signed(company.mean_move_pct, 1)}%` : "–", word("moves_counted", { n: count(company.moves) }), ""],
  ];
  return make("dl", {}, ...figures.map(([name, value, small, kind]) =>
    make("div", {}, make("dt", {}, word(name)), make("dd", { class: kind }, value, small ? make("small", {}, small) : null))));
}

function companyChart(box, company, theme) {
  const series = data.series[company.company];
  const days = series ? series.at.map((place, each) => ({
    key: data.days[place].key, noon: data.days[place].noon, net: series.net[each], sentences: series.sentences[each],
  })).filter((day) => known(day.net)) : [];
  if (!days.length) return box.replaceChildren(make("p", { class: "empty" }, word("nothing_dated")));
  const first = data.days[0].key;
  const after = data.days.at(-1).to;
  const width = widthOf(box) - 46;
  draw(box, {
    chart: "company", sets: { days }, pick: nearestDay(days), label: `${word("over_time")}: ${word("keys_days")}`,
    values: { theme, width, ...timeAxis(first, after, width) },
    items: days.map((day, column) => ({
      key: day.key, column, row: 0,
      text: [make("b", {}, day.key), `  ${word("net")} ${signed(day.net)} · ${many(day.sentences, "sentences")}`],
    })),
  });
}

function evidenceList(found) {
  if (!found.length) return make("p", { class: "empty" }, word("no_evidence"));
  return make("ul", { class: "evidence" }, ...found.map((each) => {
    const sentence = data.sentences[each.sentence];
    const article = data.articles[sentence.article];
    const kind = { positive: "up", negative: "down" }[each.label] || "";
    const verdict = make("span", { class: `verdict ${kind}` },
      `${kind === "up" ? "▲ " : kind === "down" ? "▼ " : ""}${word(`label_${each.label}`).replace(/^label_/, "")} ${percent(each.p)}`);
    const from = [article.published || word("no_date"), article.source, article.title || word("no_title")];
    const move = known(each.move_pct) ? ` ${signed(each.move_pct, 1)}%` : "";
    return make("li", {}, make("blockquote", { lang: "zh" }, ...highlighted(sentence.text, each, kind)),
      make("p", { class: "from" }, verdict, `${move} · ${from.filter(Boolean).join(" · ")}`));
  }));
}

// Places count characters, which JavaScript's own strings do not: 𠮷 is two of theirs.
function highlighted(text, { mention, words }, kind) {
  const letters = Array.from(text);
  const cuts = new Set([0, letters.length, ...(mention || [])]);
  for (const [start, end] of words || []) cuts.add(start).add(end);
  const places = [...cuts].filter((place) => place >= 0 && place <= letters.length).sort((one, other) => one - other);
  const colour = { up: "var(--positive)", down: "var(--negative)" }[kind] || "var(--muted)";
  return places.slice(1).map((end, each) => {
    const start = places[each];
    const part = letters.slice(start, end).join("");
    const named = mention && start >= mention[0] && end <= mention[1];
    const moved = (words || []).find(([from, to]) => start >= from && end <= to);
    const inner = moved
      ? make("mark", { class: `speaks ${moved[2] > 0 ? "for" : "against"}`, title: signed(moved[2]), style: { "text-decoration-color": colour } }, part)
      : part;
    return named ? make("mark", { class: "mention" }, inner) : inner;
  });
}

function startDrawer() {
  const drawer = at("#drawer");
  drawer.addEventListener("close", () => {
    opened = null;
    drawer.replaceChildren();
    // Redrawing while the drawer was open may have replaced the element it was opened from.
    if (openedFrom?.isConnected) openedFrom.focus();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
}
