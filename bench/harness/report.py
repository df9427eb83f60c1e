"""The answers as Markdown, JSON and plots, and what they were measured on."""

import json
import os
import pathlib
import platform
import re
import subprocess

import peers as everyone
import plot

BEGIN, END = "<!-- results of bench/run.sh -->", "<!-- end of the results -->"


def first_line(*command):
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    except FileNotFoundError:
        return ""
    return said[0].strip() if said else ""


def machine(bench, build):
    """Cores, processor, memory and versions; nothing that names the machine."""
    processor = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1))
    system = re.search(r'PRETTY_NAME="(.+)"', pathlib.Path("/etc/os-release").read_text())
    return {
        "cores": os.cpu_count(), "processor": processor.group(1) if processor else platform.machine(),
        "memory_gb": round(memory / 1024 / 1024), "load": round(os.getloadavg()[0], 1),
        "system": system.group(1) if system else platform.system(),
        "server": "PostgreSQL " + bench.sql("SHOW server_version").split()[0],
        "libpq": first_line("pg_config", "--version"),
        "compiler": first_line(os.environ.get("CXX", "c++").split()[-1], "--version"),
        "python": first_line(everyone.PYTHON, "--version"), "node": first_line("node", "--version"),
        "peers": {p.name: everyone.version(build, p) for p in everyone.all_peers(build) if p.package},
    }


def cell(value, form="{:.2f}"):
    return "–" if value is None else form.format(value)


def plural(unit):
    return "queries" if unit == "query" else unit + "s"


def whole(value):
    return f"{value:,.0f}" if value is None or value >= 10 else f"{value:.2f}"


def workload_table(workload, results, titles):
    base = results.get("libpq", {})
    lines = [f"\n**{workload.name}**: {workload.title}\n",
             f"| | wall ÷ libpq | {plural(workload.unit)}/s | client CPU ÷ libpq | instructions a {workload.unit} "
             f"| syscalls a {workload.unit} | peak MB |", "| --- " * 7 + "|"]
    for name, got in results.items():
        ratio = lambda key: got[key] / base[key] if got.get(key) and base.get(key) else None
        few = "" if got["runs"] >= 5 else f" ({got['runs']} run{'s' if got['runs'] > 1 else ''})"
        counted = got.get("instructions")
        lines.append(
            f"| {titles[name]}{few} | {cell(ratio('seconds'))} | {got['items'] / got['seconds']:,.0f} "
            f"| {cell(ratio('cpu'))} | {cell(counted, '{:,.0f}')} "
            f"| {cell(got.get('syscalls'), '{:.3g}')} | {cell(got.get('peak_mb'), '{:.0f}')} |")
    return lines


def growth_table(series):
    points = [point for point, _ in next(iter(series.lines.values()))]
    lines = [f"\n**{series.title}** ({series.y_title})\n",
             f"| {series.x_title} | " + " | ".join(f"{point:,}" for point in points) + " |",
             "| --- " * (len(points) + 1) + "|"]
    for name, given in series.lines.items():
        lines.append(f"| {name} | " + " | ".join(whole(y) if y >= 10 else f"{y:.3g}" for _, y in given) + " |")
    return lines


def markdown(data, workloads, growth, titles, plots):
    on = data["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in on["peers"].items() if version)
    lines = [BEGIN, "", f"{on['cores']} cores of {on['processor']}, {on['memory_gb']} GB, {on['system']}; {on['server']} on a "
             f"Unix socket, client and server on the same cores; {on['libpq']}'s libpq, {on['compiler']}; {on['python']}, Node {on['node']}; {versions}. "
             f"The load average was {on['load']} when the run began: with other work on the machine the ratios are "
             "figures to read, the absolute ones are not. Medians of runs in turns by "
             f"`bench/run.sh{' --quick' if data['quick'] else ''}`."]
    if data["left_out"]:
        lines.append("Left out: " + "; ".join(f"{name} ({why})" for name, why in data["left_out"].items()) + ".")
    for workload in workloads:
        if data["workloads"].get(workload.name):
            lines += workload_table(workload, data["workloads"][workload.name], titles)
            if workload.name in plots:
                lines += ["", f"![{workload.title}](benchmark/{plots[workload.name]})"]
    for series in growth:
        lines += growth_table(series) + ["", f"![{series.title}](benchmark/growth_{series.name}.svg)"]
    return "\n".join([*lines, "", END])


def write(folder, data, workloads, growth, titles):
    """Puts results.md, results.json and the plots into the folder; returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    plots = {}
    for workload in workloads:
        results = data["workloads"].get(workload.name, {})
        if len(results) > 1 and "libpq" in results:
            bars = [(titles[name].strip("*"), got["seconds"] / results["libpq"]["seconds"])
                    for name, got in results.items()]
            plots[workload.name] = f"{workload.name.replace('.', '_')}.svg"
            (folder / plots[workload.name]).write_text(
                plot.bars(f"{workload.name}: wall clock ÷ hand-written libpq", bars))
    for series in growth:
        (folder / f"growth_{series.name}.svg").write_text(
            plot.lines(series.title, series.x_title, series.y_title, series.lines))
    data["growth"] = {series.name: series.lines for series in growth}
    (folder / "results.json").write_text(json.dumps(data, indent=1) + "\n")
    page = markdown(data, workloads, growth, titles, plots)
    (folder / "results.md").write_text(page + "\n")
    return page


def put_into_docs(page, results, docs):
    """Replaces the tables of the page between its two marks, and the plots beside it."""
    before, rest = docs.read_text().split(BEGIN)
    docs.write_text(before + page + rest.split(END)[1])
    (docs.parent / "benchmark").mkdir(exist_ok=True)
    for file in [*results.glob("*.svg"), results / "results.json"]:
        (docs.parent / "benchmark" / file.name).write_text(file.read_text())
