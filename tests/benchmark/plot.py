#!/usr/bin/env python3
"""plot.py REPORT.json OUT.html: draws the ratios in a report of everysock_benchmark or of tests/browser/speed.

One line per row of a case: a dot at the median of the rounds and a whisker from p10 to p90. Where a second raw row did
exactly what the first one did, its whisker is the band behind: the noise. A tick marks a bound.
"""
import html
import json
import math
import sys

LEFT, WIDTH, RIGHT, LINE = 360, 520, 230, 30
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
.missed { color: var(--missed); }
"""


class Axis:
    """Ratios from `low` to `high`, by their logarithms; `marks` are written beneath."""

    def __init__(self, low, high, marks):
        self.low, self.high, self.marks = low, high, marks

    def x(self, ratio):
        inside = min(max(ratio, self.low), self.high)
        return LEFT + WIDTH * math.log(inside / self.low) / math.log(self.high / self.low)


NEAR = Axis(0.8, 1.4, [0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4])
FAR = Axis(0.001, 1000, [0.001, 0.01, 0.1, 1.0, 10, 100, 1000])
BROWSER = Axis(0.5, 2.5, [0.5, 0.75, 1.0, 1.5, 2.0, 2.5])


class Line:
    """What is drawn of one row."""

    def __init__(self, label, ratio, noise=None, limits=(), missed=False):
        self.label, self.ratio, self.noise, self.limits, self.missed = label, ratio, noise, limits, missed

    def draw(self, axis, y):
        ratio, x = self.ratio, axis.x
        colour = "var(--missed)" if self.missed else "var(--dot)"
        beyond = "" if axis.low <= ratio["median"] <= axis.high else " off scale"
        digits = 3 if ratio["median"] < 10 else 1
        figure = " ".join(f"{ratio[key]:.{digits}f}" for key in ("median", "p10", "p90"))
        parts = [f'<text x="0" y="{y + 5}">{html.escape(self.label)}</text>']
        if self.noise:
            left, right = x(self.noise["p10"]), x(self.noise["p90"])
            parts.append(f'<rect x="{left:.1f}" y="{y - 11}" width="{right - left:.1f}" height="22" '
                         'fill="var(--noise)"/>')
        parts += [
            f'<line x1="{x(ratio["p10"]):.1f}" x2="{x(ratio["p90"]):.1f}" y1="{y}" y2="{y}" stroke="{colour}" '
            'stroke-width="2"/>',
            f'<circle cx="{x(ratio["median"]):.1f}" cy="{y}" r="4.5" fill="{colour}"/>',
            f'<text x="{LEFT + WIDTH + 12}" y="{y + 5}">{figure}{beyond}</text>',
        ]
        parts += [f'<line x1="{x(limit):.1f}" x2="{x(limit):.1f}" y1="{y - 11}" y2="{y + 11}" stroke="var(--ink)"/>'
                  for limit in self.limits]
        return "".join(parts)


def chart(lines, axis):
    if not lines:
        return "<p>Nothing was timed.</p>"
    height = LINE * len(lines) + 40
    parts = []
    for mark in axis.marks:
        at = axis.x(mark)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="{height - 34}" stroke="var(--grid)" '
                     f'stroke-width="{2 if mark == 1.0 else 1}"/>')
        parts.append(f'<text class="soft" x="{at:.1f}" y="{height - 14}" text-anchor="middle">{mark:g}</text>')
    parts += [line.draw(axis, LINE * i + 18) for i, line in enumerate(lines)]
    return f'<svg viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" role="img">{"".join(parts)}</svg>'


def native_lines(report, measure, rows):
    for case in report["cases"]:
        by_name = {row["name"]: row for row in case["rows"] if measure + "_ratio" in row}
        for name in rows:
            if name not in by_name:
                continue
            bounds = [b for b in case["bounds"] if b["row"] == name and b["measure"] == measure]
            yield Line(f'{case["title"]}: {name}', by_name[name][measure + "_ratio"],
                       by_name.get("raw again", {}).get(measure + "_ratio"), [b["limit"] for b in bounds],
                       any(not b["met"] for b in bounds))


def browser_lines(report):
    for case in report["cases"]:
        for row in case["rows"][1:]:
            bounds = [b for b in case["bounds"] if b["row"] == row["name"] and b["base"] == "page"]
            yield Line(f'{case["title"]}: {row["name"]}', row["rate_ratio"], limits=[b["limit"] for b in bounds],
                       missed=any(not b["met"] for b in bounds))


def other_bounds(report):
    for case in report["cases"]:
        for bound in case["bounds"]:
            if bound["base"] == "page":
                continue
            ratio = " ".join(f'{bound["value"][key]:.2f}' for key in ("median", "p10", "p90"))
            met = "met" if bound["met"] else '<span class="missed">missed</span>'
            yield (f'<li>{case["title"]}: {bound["row"]} / {bound["base"]} {ratio}, '
                   f'at least {bound["limit"]}: {met}</li>')


def native_page(report):
    facts = ", ".join(f"{key.replace('_', ' ')}: {round(value, 1) if isinstance(value, float) else value}"
                      for key, value in report["machine"].items())
    return "everysock beside the bare system calls", f"""
<p>Ratios to the first raw row of the same round; 1.0 is the same. Dot and first figure: median; whisker and the other
two: p10 and p90; band: a second raw row, which is the noise; upright tick: the bound. {html.escape(facts)}.</p>
<h2>posix: time</h2>{chart(list(native_lines(report, "time", ["posix"])), NEAR)}
<h2>posix: CPU time</h2>{chart(list(native_lines(report, "cpu", ["posix"])), NEAR)}
<h2>The others: time</h2>
<p>The same jobs on a simulated network, and through everysock-proxy, beside system calls without either.</p>
{chart(list(native_lines(report, "time", ["memory", "websocket"])), FAR)}"""


def browser_page(report):
    return "From a page to a TCP server", f"""
<p>Speed in Chromium relative to a plain JavaScript WebSocket on the page's own thread through websockify, round by round;
more is faster. Dot and first figure: median; whisker and the other two: p10 and p90; upright tick: what everysock is to
reach; red: it is missed. The worker and SOCKFS go through websockify, the bridge through websocket_to_posix_proxy;
direct is a plain WebSocket without a proxy, whose server is an echo server itself.</p>
{chart(list(browser_lines(report)), BROWSER)}
<h2>Beside what else a page can use</h2>
<ul>{"".join(other_bounds(report))}</ul>"""


def main(source, target):
    with open(source, encoding="utf-8") as file:
        report = json.load(file)
    title, body = browser_page(report) if report["suite"] == "browser-speed" else native_page(report)
    with open(target, "w", encoding="utf-8") as file:
        file.write(f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{STYLE}</style>
<h1>{title}</h1>{body}
</html>
""")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
