// Puts the page together, and anew when language, colours or width change.

function dress(theme = chosen.theme) {
  const { shade, ...now } = colours(theme);
  const root = document.documentElement;
  for (const [name, colour] of Object.entries(now)) root.style.setProperty(`--${name}`, colour);
  root.style.setProperty("color-scheme", shade);
  root.dataset.shade = shade;
}

function speak() {
  document.documentElement.lang = { tw: "zh-Hant-TW", hk: "zh-Hant-HK", en: "en" }[chosen.language];
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  for (const each of document.querySelectorAll("[data-word-label]")) each.setAttribute("aria-label", word(each.dataset.wordLabel));
  at("#search").placeholder = word("search");
  const { first, last, since, until } = data.about;
  const from = since || first;
  const to = until || last;
  const period = from ? (from === to ? from : `${from} – ${to || ""}`) : "";
  const { only, min_relevance: relevance } = data.about;
  const chosenOf = only.map((id) => (byId.has(id) ? nameOf(byId.get(id)) : id));
  if (relevance) chosenOf.push(word("min_relevance", { n: relevance }));
  put("#period", [period, ...chosenOf].filter(Boolean).join(" · "));
  document.title = `${word("title")} ${period}`.trim();
  const how = ["how_net", `how_counted_${counted}`, "how_few", "how_source", "how_weighted", "how_days"].map((key) => word(key, { counted: word(counted) }));
  const models = data.about.models.map(({ model, articles }) => `${model} (${word("how_model_articles", { n: count(articles) })})`);
  if (models.length) how.push(`${word("how_models")}: ${models.join(", ")}. ${models.length > 1 ? word("many_models") : ""}`);
  put("#how", ...how.map((line) => make("li", {}, line)));
}

function showOverTime(theme) {
  showRanges();
  showSector(theme);
  showHeat(theme);
}

function showCharts(theme) {
  if (!data.totals.sentences) return;
  showOverTime(theme);
  showRanking(theme);
  showTopics(theme);
}

function show() {
  dress();
  speak();
  const empty = !data.totals.sentences;
  at("#nothing").hidden = !empty;
  for (const each of document.querySelectorAll("main > section, main > .pair")) each.hidden = empty;
  if (empty) return;
  showFigures();
  showCharts();
  showTable();
  showDrawer();
}

function start() {
  recall();
  for (const name of ["language", "theme", "pair"]) {
    at(`#${name}`).value = chosen[name];
    at(`#${name}`).addEventListener("change", (event) => {
      chosen[name] = event.target.value;
      remember();
      show();
    });
  }
  at("#print").addEventListener("click", () => print());
  startTable();
  startDrawer();
  systemDark.addEventListener("change", show);
  let width = innerWidth;
  let waiting = 0;
  addEventListener("resize", () => {
    // A phone's address bar changes the height all the time.
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(showCharts, 120);
  });
  // Paper is white, and narrower than most windows.
  addEventListener("beforeprint", () => { dress("light"); showCharts("light"); addRest(); });
  addEventListener("afterprint", () => { dress(); showCharts(); removeRest(); });
  show();
}

start();
