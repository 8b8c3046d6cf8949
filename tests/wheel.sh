#!/bin/sh
# Build the wheel, install it in an empty environment away from the tree, and score an article with
# it: shows that the model, the company table, the labels and the page's parts ship.
#   sh tests/wheel.sh PYTHON BUILDER    PYTHON makes the environment, BUILDER has `build`
set -eu
python=$1 tree=$(pwd)
# Not realpath: that would follow the link out of the environment.
builder=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
"$builder" -m build --wheel --outdir "$away/dist" "$tree" > "$away/build.log" 2>&1 || {
    cat "$away/build.log"
    exit 1
}
"$python" -m venv "$away/env"
"$away/env/bin/python" -m pip install --quiet "$away"/dist/*.whl
cp "$tree/seeds/tw/tw-0202.txt" "$away/article.txt"
cd "$away"
env/bin/classify score article.txt --format jsonl > rows.jsonl
env/bin/python - <<'END'
import json
rows = [json.loads(line) for line in open("rows.jsonl", encoding="utf-8")]
companies = {company["company"] for row in rows for company in row["companies"]}
assert len(rows) >= 8 and "tsmc" in companies and rows[0]["stance_p"], rows[:1]
END
env/bin/classify report rows.jsonl --html page.html > table.txt
grep -q "Content-Security-Policy" page.html && grep -q "vegaLite" page.html
env/bin/classify models show > card.txt
env/bin/classify companies check
env/bin/python -c "
from chipstance.shipped import shipped
assert any(shipped('labels').glob('*.jsonl')), 'the labels do not ship'
assert 'site-packages' in str(shipped('labels'))"
echo "wheel: installed away from the tree, scored $(wc -l < rows.jsonl) sentences"
