#!/usr/bin/env python3
"""plot.py REPORT.json OUT.html: draws the time and CPU ratios of everysock_benchmark's report.

One line per row of a case: a dot at the median of the rounds, a whisker from p10 to p90, and behind it, as a band, the
whisker of the second raw row, which does exactly what the first one does: the noise. A tick marks the bound.
"""
import html
import json
import sys

LEFT, WIDTH, RIGHT, LINE = 330, 540, 230, 30
LOW, HIGH = 0.8, 1.4
STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --soft: #62676e; --grid: #e3e5e8; --noise: #dfe5ee;
        --dot: #1f5fbf; --missed: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --ink: #e8eaed; --soft: #a0a6ad; --grid: #2c3035; --noise: #28323f; --dot: #7fb0ff;
          --missed: #ff8a80; } }
body { background: var(--paper); color: var(--ink); font: 15px/1.5 'DejaVu Sans', system-ui, sans-serif;
       max-width: 1080px; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; } p { color: var(--soft); }
svg { width: 100%; height: auto; } text { fill: var(--ink); font-size: 13px; } .soft { fill: var(--soft); }
.missed { fill: var(--missed); }
"""


def x(ratio):
    return LEFT + WIDTH * (min(max(ratio, LOW), HIGH) - LOW) / (HIGH - LOW)


def lines_of(case, measure):
    """(row, its noise, its bound) for every row beside the two raw ones that was timed."""
    rows = {row["name"]: row for row in case["rows"]}
    noise = rows.get("raw again", {}).get(measure + "_ratio")
    bounds = {bound["row"]: bound for bound in case["bounds"] if bound["measure"] == measure}
    for name, row in rows.items():
        if not name.startswith("raw") and measure + "_ratio" in row and noise:
            yield row, noise, bounds.get(name)


def draw_line(case, row, noise, bound, measure, y):
    ratio = row[measure + "_ratio"]
    colour = "var(--missed)" if bound and not bound["met"] else "var(--dot)"
    beyond = "" if LOW <= ratio["median"] <= HIGH else " off scale"
    figure = f'{ratio["median"]:.3f} [{ratio["p10"]:.3f} {ratio["p90"]:.3f}]{beyond}'
    parts = [
        f'<text x="0" y="{y + 5}">{html.escape(case["title"])}: {html.escape(row["name"])}</text>',
        f'<rect x="{x(noise["p10"]):.1f}" y="{y - 11}" width="{x(noise["p90"]) - x(noise["p10"]):.1f}" height="22" '
        'fill="var(--noise)"/>',
        f'<line x1="{x(ratio["p10"]):.1f}" x2="{x(ratio["p90"]):.1f}" y1="{y}" y2="{y}" stroke="{colour}" '
        'stroke-width="2"/>',
        f'<circle cx="{x(ratio["median"]):.1f}" cy="{y}" r="4.5" fill="{colour}"/>',
        f'<text x="{LEFT + WIDTH + 12}" y="{y + 5}">{figure}</text>',
    ]
    if bound:
        at = x(bound["limit"])
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{y - 11}" y2="{y + 11}" stroke="var(--ink)"/>')
    return "".join(parts)


def draw(report, measure):
    entries = [(case, *line) for case in report["cases"] for line in lines_of(case, measure)]
    if not entries:
        return "<p>Nothing was timed.</p>"
    height = LINE * len(entries) + 40
    parts = []
    for tenth in range(round(LOW * 10), round(HIGH * 10) + 1):
        at = x(tenth / 10)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="{height - 34}" stroke="var(--grid)" '
                     f'stroke-width="{2 if tenth == 10 else 1}"/>')
        parts.append(f'<text class="soft" x="{at:.1f}" y="{height - 14}" text-anchor="middle">{tenth / 10:.1f}</text>')
    for i, (case, row, noise, bound) in enumerate(entries):
        parts.append(draw_line(case, row, noise, bound, measure, LINE * i + 18))
    return f'<svg viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" role="img">{"".join(parts)}</svg>'


def main(source, target):
    with open(source, encoding="utf-8") as file:
        report = json.load(file)
    facts = ", ".join(f"{key.replace('_', ' ')}: {round(value, 1) if isinstance(value, float) else value}" for key, value in report["machine"].items())
    with open(target, "w", encoding="utf-8") as file:
        file.write(f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>everysock beside the bare system calls</title><style>{STYLE}</style>
<h1>everysock beside the bare system calls</h1>
<p>Ratios to the first raw row of the same round; 1.0 is the same. Dot: median; whisker: p10 to p90; band: a second raw
row, which is the noise; upright tick: the bound. {html.escape(facts)}.</p>
<h2>Time</h2>{draw(report, "time")}
<h2>CPU time</h2>{draw(report, "cpu")}
</html>
""")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
