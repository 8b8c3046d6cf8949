// What the reader chose, the words of the chosen language, and numbers as text.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const look = read("look");
const data = read("data");

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const chosen = { language: systemLanguage(), theme: "auto", pair: "blue", range: "all" };

function systemLanguage() {
  const wanted = (navigator.language || "en").toLowerCase();
  if (!wanted.startsWith("zh")) return "en";
  return /hk|mo/.test(wanted) ? "hk" : "tw";
}

// A browser may refuse storage to a page from a file; the choice then lasts as long as the page.
function remember() {
  try {
    localStorage.setItem("chipstance", JSON.stringify(chosen));
  } catch {}
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem("chipstance")) || {};
    for (const name of ["language", "theme", "pair"])
      if ([...document.getElementById(name).options].some((each) => each.value === kept[name]))
        chosen[name] = kept[name];
  } catch {}
}

function colours(theme = chosen.theme) {
  const dark = theme === "dark" || (theme === "auto" && systemDark.matches);
  const shade = dark ? "dark" : "light";
  return { shade, ...look.colours[shade], ...look.colours.pairs[chosen.pair][shade] };
}

function word(key, values = {}) {
  const text = look.words[chosen.language === "en" ? "en" : "zh"][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const counted = data.about.counted;
const nameOf = (company) => company.names[chosen.language] || company.company;

const known = (number) => number !== null && number !== undefined;
const round = (number, digits) => (known(number) ? Number(number.toFixed(digits)) : null);

function signed(number, digits = 2) {
  if (!known(number)) return "–";
  const rounded = round(number, digits);
  const sign = rounded > 0 ? "+" : rounded < 0 ? "−" : "";
  return sign + Math.abs(rounded).toFixed(digits);
}

const percent = (share, digits = 0) => (known(share) ? `${(share * 100).toFixed(digits)}%` : "–");
const count = (number) => number.toLocaleString("en");
const many = (number, unit) => `${count(number)} ${word(number === 1 ? `one_${unit}` : unit)}`;
const between = (low, high) => `${signed(low)} … ${signed(high)}`;
const side = (number) => (round(number, 2) > 0 ? "up" : round(number, 2) < 0 ? "down" : "");
