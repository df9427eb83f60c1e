"""Plots as SVG, drawn here: lines over two logarithmic axes, and bars of ratios."""

import html
import math

COLORS = ["#1f77b4", "#d9822b", "#2a9d57", "#9b59b6"]
STYLE = "font-family='sans-serif' font-size='12' fill='#444'"


def number(value):
    if value >= 1e6:
        return f"{value / 1e6:g}M"
    return f"{value / 1e3:g}k" if value >= 1e3 else f"{value:.3g}"


def text(x, y, words, anchor="middle", more=""):
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' {STYLE} {more}>{html.escape(str(words))}</text>"


def svg(width, height, parts):
    return (f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}'>"
            f"<rect width='{width}' height='{height}' fill='white'/>\n" + "\n".join(parts) + "\n</svg>\n")


class Axis:
    """A logarithmic one, from a power of ten to another that hold all values; x may begin and end where its values do."""

    def __init__(self, values, start, end, tight=False):
        low, high = math.log10(min(values)), math.log10(max(values))
        self.low, self.high = (low, high) if tight else (math.floor(low), math.ceil(high))
        if self.high <= self.low:
            self.high = self.low + 1
        self.start, self.end = start, end

    def at(self, value):
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self):
        steps = (1, 2, 5) if self.high - self.low <= 2 else (1,)
        all_ticks = [step * 10.0**power for power in range(math.floor(self.low), math.ceil(self.high) + 1)
                     for step in steps]
        return [tick for tick in all_ticks if self.low - 1e-9 <= math.log10(tick) <= self.high + 1e-9]


def lines(title, x_title, y_title, series):
    """series: {name: [(x, y), ...]}, all above 0."""
    points = [point for given in series.values() for point in given]
    x = Axis([p[0] for p in points], 70, 610, tight=True)
    y = Axis([p[1] for p in points], 310, 50)
    parts = [text(340, 24, title, more="font-weight='bold'"), text(340, 352, x_title),
             text(18, 180, y_title, more="transform='rotate(-90 18 180)'")]
    for tick in x.ticks():
        parts.append(f"<path d='M{x.at(tick):.1f} 50V310' stroke='#e5e5e5'/>")
        parts.append(text(x.at(tick), 328, number(tick)))
    for tick in y.ticks():
        parts.append(f"<path d='M70 {y.at(tick):.1f}H610' stroke='#e5e5e5'/>")
        parts.append(text(64, y.at(tick) + 4, number(tick), "end"))
    for i, (name, given) in enumerate(series.items()):
        color = COLORS[i % len(COLORS)]
        way = " ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in given)
        parts.append(f"<polyline points='{way}' fill='none' stroke='{color}' stroke-width='2'/>")
        parts += [f"<circle cx='{x.at(a):.1f}' cy='{y.at(b):.1f}' r='3' fill='{color}'/>" for a, b in given]
        parts.append(f"<rect x='{80 + i * 180}' y='36' width='10' height='10' fill='{color}'/>")
        parts.append(text(95 + i * 180, 45, name, "start"))
    return svg(640, 365, parts)


def bars(title, values):
    """values: [(name, ratio)], drawn from 1: longer to the right is slower, to the left faster."""
    axis = Axis([1, *(value for _, value in values)], 190, 560)
    height = 56 + 22 * len(values)
    parts = [text(320, 22, title, more="font-weight='bold'"),
             f"<path d='M{axis.at(1):.1f} 36V{height - 14}' stroke='#888'/>"]
    for i, (name, value) in enumerate(values):
        top, left, right = 40 + 22 * i, min(axis.at(1), axis.at(value)), max(axis.at(1), axis.at(value))
        color = COLORS[1] if "asynchrormous" in name else COLORS[0]
        parts.append(f"<rect x='{left:.1f}' y='{top}' width='{max(1, right - left):.1f}' height='15' fill='{color}'/>")
        parts.append(text(180, top + 12, name, "end"))
        parts.append(text(right + 6, top + 12, f"{value:.2f}", "start"))
    return svg(640, height, parts)
