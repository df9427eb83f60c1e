#!/usr/bin/env python3
"""W1 to W7 and how they grow: the library, hand-written libpq and the peers, in turns. bench/run.sh builds and calls this.

Each peer is a small program, `peer WORKLOAD COUNT [WIDTH]`, that prints a line of JSON about its timed part. Results go
to BUILD/bench/results: results.md, results.json and plots; --docs puts them into docs/benchmark.md.
"""

import argparse
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench/harness"))
import growth  # noqa: E402
import measure  # noqa: E402
import peers as everyone  # noqa: E402
import report  # noqa: E402
from workloads import WORKLOADS  # noqa: E402

ALWAYS = ("library", "libpq", "libpq-each")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the build folder")
    parser.add_argument("--quick", action="store_true", help="small counts, about three minutes")
    parser.add_argument("--self-test", action="store_true", help="tiny counts, library and libpq only, writes nothing")
    parser.add_argument("--peers", help="names with commas between them; all without")
    parser.add_argument("--only", help="workloads with commas between them: W1,W5.bulk")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patience", type=float, help="seconds a peer may use on a workload; then it takes no more turns")
    parser.add_argument("--install-only", action="store_true", help="install the peers' packages and end")
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--docs", action="store_true", help="put the results into docs/benchmark.md")
    arguments = parser.parse_args()
    if arguments.patience is None:
        arguments.patience = 1.5 if arguments.quick else 300
    return arguments


def choose(arguments):
    """The peers that take part, and why the others do not."""
    asked = ALWAYS if arguments.self_test else (arguments.peers or "").split(",") if arguments.peers else None
    chosen, left_out = [], {}
    for peer in everyone.all_peers(arguments.build):
        if asked and peer.name not in asked:
            continue
        if everyone.version(arguments.build, peer) is None:
            left_out[peer.name] = "could not be installed"
        elif peer.compiled and not pathlib.Path(peer.command[0]).exists():
            left_out[peer.name] = "could not be built"
        else:
            chosen.append(peer)
    return chosen, left_out


def count_of(workload, arguments):
    if arguments.self_test:
        return min(20, workload.quick)
    return workload.quick if arguments.quick else workload.count


def measured(bench, chosen, workload, arguments, with_perf):
    """Medians by peer, with what strace and callgrind count; fails when the answers differ."""
    count = count_of(workload, arguments)
    samples, left_out = bench.in_turns(chosen, workload.name, count, 1 if arguments.self_test else arguments.rounds,
                                       arguments.patience)
    measure.same_answers(workload.name, samples)
    for name, why in left_out.items():
        if name in ALWAYS or "no way" not in why:
            print(f"{workload.name}, {name}: {why}", file=sys.stderr)
    results = {}
    for peer in chosen:
        if peer.name not in samples:
            continue
        results[peer.name] = got = measure.medians(samples[peer.name])
        got["items"] = count * workload.items
        if not arguments.self_test and peer.name != "pgbench" and (peer.compiled or not arguments.quick):
            items = workload.counted * workload.items
            calls = bench.system_calls(peer, workload.name, workload.counted)
            counted = None if arguments.quick and workload.name == "W7" else bench.instructions(
                peer, workload.name, workload.counted, with_perf)
            got["syscalls"] = None if calls is None else calls / items
            got["instructions"] = None if counted is None else counted / items
    return results


def main():
    arguments = parse()
    start = time.monotonic()
    if arguments.install_only:
        return everyone.install(arguments.build)
    chosen, left_out = choose(arguments)
    workloads = [w for w in WORKLOADS if not arguments.only or w.name in arguments.only.split(",")]
    with_perf = measure.perf_counts()
    with measure.Server(str(arguments.build / "bench/macro/peer")) as server:
        bench = measure.Bench(everyone.environment(arguments.build, server.url))
        data = {"machine": report.machine(bench, arguments.build), "left_out": left_out, "quick": arguments.quick,
                "instructions_by": "perf" if with_perf else "callgrind", "workloads": {}}
        for workload in workloads:
            data["workloads"][workload.name] = measured(bench, chosen, workload, arguments, with_perf)
            print(f"{time.monotonic() - start:5.0f} s  {workload.name}", file=sys.stderr, flush=True)
        results, series = arguments.build / "bench/results", []
        titles = {peer.name: peer.title for peer in everyone.all_peers(arguments.build)}
        if not arguments.self_test:
            report.write(results, data, workloads, series, titles)  # what is there, should growth fail
        if not arguments.no_growth and not arguments.self_test:
            rounds = min(3, arguments.rounds) if arguments.quick else arguments.rounds
            series = growth.at_run_time(bench, chosen, arguments.quick, rounds)
    if series:
        series.append(growth.at_compile_time(arguments.quick, 1 if arguments.quick else 3))
    if arguments.self_test:
        missing = [w.name for w in workloads if "library" not in data["workloads"][w.name]]
        sys.exit(f"the library did not do {', '.join(missing)}" if missing else 0)
    page = report.write(results, data, workloads, series, titles)
    if arguments.docs:
        report.put_into_docs(page, results, ROOT / "docs/benchmark.md")
    print(page)
    print(f"{time.monotonic() - start:.0f} s; results.md, results.json and plots are in {results}", file=sys.stderr)


if __name__ == "__main__":
    main()
