// The figures at the top, the sector over time, and the topics.

function figure(title, value, kind, ...rest) {
  return make("div", { class: "figure" }, make("h2", {}, title), make("div", { class: `value ${kind}` }, value), ...rest);
}

function showFigures() {
  const all = data.totals;
  const neutral = all.sentences - all.bullish - all.bearish;
  const parts = { bearish: all.bearish, neutral, bullish: all.bullish };
  const strip = make("div", { class: "strip", "aria-hidden": "true" },
    ...Object.entries(parts).map(([part, n]) => make("i", { class: part, style: { flex: String(n) } })));
  const shares = ["bullish", "bearish"].map((part) => `${word(part)} ${percent(parts[part] / all.sentences)}`).join(" · ");
  put("#figures",
    figure(word("stance"), signed(all.stance), side(all.stance), strip, make("p", {}, shares)),
    figure(word("net_long"), signed(all.net), side(all.net),
      all.net_ci95 && make("p", {}, `${word("range95")} ${between(...all.net_ci95)}`),
      known(all.change) ? make("p", {}, `${signed(all.change)} ${word("against_before")}`) : null),
    figure(word("hype_long"), percent(all.hype_share, 1), "", make("p", {}, `${many(all.hype, "sentences")}`)),
    figure(word("coverage"), count(all[counted]), "",
      make("p", {}, `${word(counted)} · ${many(all.sentences, "sentences")}`),
      make("p", {}, many(data.companies.length, "named"),
        all.undated ? ` · ${count(all.undated)} ${word("undated")}` : "")),
  );
}

const DAY = 864e5;
const iso = (time) => new Date(time).toISOString().slice(0, 10);

// First day shown and the day after the last one.
function shownPeriod() {
  const first = data.days[0].key;
  const after = data.days.at(-1).to;
  if (chosen.range === "all") return [first, after];
  const start = iso(Date.parse(after) - Number(chosen.range) * DAY);
  return [start > first ? start : first, after];
}

function showSector(theme) {
  const box = at("#sector .chart");
  put("#sector-note", word("sector_note", { days: data.about.smoothed_over }));
  if (!data.days.length) return box.replaceChildren(make("p", { class: "empty" }, word("nothing_dated")));
  const [first, after] = shownPeriod();
  const shades = colours(theme);
  const days = data.days.filter((day) => day.key >= first);
  const width = widthOf(box) - 46;
  const items = days.map((day, column) => ({
    key: day.key, column, row: 0,
    text: [make("b", {}, day.key), `  ${word("stance")} ${signed(day.stance)} · ${word("hype")} ${percent(day.hype)} · ${many(day.volume, counted)} · ${many(day.sentences, "sentences")}`],
  }));
  draw(box, {
    chart: "sector", sets: { days }, items, pick: nearestDay(days),
    label: `${word("sector")}: ${word("keys_days")}`,
    values: {
      theme, width, stance_domain: data.about.stance_domain,
      ...timeAxis(first, after, width), ...density(first, after, shades),
      stance_title: word("stance_title"), hype_title: word("hype_title"), volume_title: word(`volume_${counted}`),
    },
  });
}

function showRanges() {
  const all = data.days.length ? (Date.parse(data.days.at(-1).to) - Date.parse(data.days[0].key)) / DAY : 0;
  const choices = ["30", "90", "365"].filter((days) => Number(days) < all);
  put("#ranges", ...(choices.length ? [...choices, "all"] : []).map((range) =>
    make("button", {
      type: "button", "data-range": range, "aria-pressed": String(range === chosen.range),
      on: { click: () => { chosen.range = range; showOverTime(); at(`[data-range="${range}"]`).focus(); } },
    }, word(`range_${range}`))));
}

function showTopics(theme) {
  const box = at("#topics .chart");
  const narrow = box.clientWidth < 420;
  const name = (row) => (row.topic === null ? "–" : word(`topic_${row.topic}`).replace(/^topic_/, ""));
  const rows = [...data.topics].sort((one, other) => other.sentences - one.sentences);
  const topics = rows.map((row) => ({ ...row, key: row.topic, name: name(row), hype_text: percent(row.hype_share) }));
  const parts = topics.flatMap((row) => ["bearish", "neutral", "bullish"].map((part, order) => ({
    key: row.key, name: row.name, part, order,
    sentences: part === "neutral" ? row.sentences - row.bullish - row.bearish : row[part],
  })));
  const label_width = narrow ? 70 : 92;
  const free = widthOf(box) - label_width - 28 - 44;
  const items = topics.map((row, place) => ({
    key: row.key, column: 0, row: place,
    text: [make("b", {}, row.name), `  ${many(row.sentences, "sentences")} · ${word("bullish")} ${count(row.bullish)} · ${word("bearish")} ${count(row.bearish)} · ${word("hype")} ${percent(row.hype_share)}`],
  }));
  draw(box, {
    chart: "topics", sets: { topics, parts }, items, label: `${word("topics")}: ${word("keys_days")}`,
    values: {
      theme, label_width, width: free * 0.68, hype_width: free * 0.32 - (narrow ? 12 : 0),
      parts_title: word("parts_title"), hype_title: word("hype_title"),
    },
  });
}
