"""Runs peers: one errand a process, in turns, and what tools count about them."""

import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time

from workloads import CONDITIONS, RESET, WRITTEN

NOT_HERE = 2  # what a peer returns for a workload that it has no way to do


class Server:
    """A private server that runs until this object is closed, or this program ends."""

    def __init__(self, peer):
        self.process = subprocess.Popen([peer, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise SystemExit("the private server did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Bench:
    def __init__(self, environment):
        self.environment = environment

    def sql(self, *statements):
        answer = ""
        for statement in statements:
            answer = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement], text=True,
                                    env=self.environment, stdout=subprocess.PIPE, check=True).stdout.strip()
        return answer

    def start(self, peer, workload, count, width=64, before=()):
        command = [*before, *peer.command, workload, str(count), str(width)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def once(self, peer, workload, count, width=64):
        """What one run cost; None when the peer has no way to do it."""
        done = self.start(peer, workload, count, width)
        if done.returncode == NOT_HERE:
            return None
        if done.returncode != 0:
            raise RuntimeError(f"{peer.name} {workload}: {done.stderr.strip()[-600:]}")
        result = json.loads(done.stdout.splitlines()[-1])
        if "." in workload:
            result["written"] = self.sql(WRITTEN.format(CONDITIONS[workload[:2]]))
            self.sql(*RESET)
        return result

    def in_turns(self, peers, workload, count, rounds, patience):
        """Samples by peer. A peer that has used `patience` seconds on this workload takes no more turns."""
        samples, left_out, used = {}, {}, {}
        for turn in range(rounds):
            for peer in peers:
                if peer.name in left_out or used.get(peer.name, 0) > patience:
                    continue
                start = time.monotonic()
                try:
                    sample = self.once(peer, workload, count)
                except RuntimeError as error:
                    sample, left_out[peer.name] = None, str(error)
                used[peer.name] = used.get(peer.name, 0) + time.monotonic() - start
                if sample is None:
                    left_out.setdefault(peer.name, "has no way to do it")
                    samples.pop(peer.name, None)
                    if "." in workload:
                        self.sql(*RESET)
                else:
                    samples.setdefault(peer.name, []).append(sample)
        return samples, left_out

    def system_calls(self, peer, workload, count):
        """Of `count` of the workload: a run of them without a run of none."""
        if not shutil.which("strace"):
            return None
        many, none = (self._strace(peer, workload, n) for n in (count, 0))
        return None if many is None or none is None else max(0, many - none)

    def _strace(self, peer, workload, count):
        with tempfile.NamedTemporaryFile("r") as file:
            done = self.start(peer, workload, count, before=("strace", "-f", "-qq", "-c", "-o", file.name))
            if "." in workload:
                self.sql(*RESET)
            total = re.search(r"(\d+)\s+(?:\d+\s+)?total", file.read())
        return int(total.group(1)) if done.returncode == 0 and total else None

    def instructions(self, peer, workload, count, with_perf):
        """User-space instructions of the timed part, of a machine that counts them or of callgrind."""
        if with_perf:
            many, none = (self._perf(peer, workload, n) for n in (count, 0))
            return None if many is None or none is None else many - none
        if not peer.compiled or not shutil.which("valgrind"):
            return None
        before = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=timed_part")
        done = self.start(peer, workload, count, before=before)
        if "." in workload:
            self.sql(*RESET)
        counted = re.search(r"Collected : (\d+)", done.stderr)
        return int(counted.group(1)) if counted and done.returncode == 0 else None

    def _perf(self, peer, workload, count):
        done = self.start(peer, workload, count, before=("perf", "stat", "-x,", "-e", "instructions:u"))
        if "." in workload:
            self.sql(*RESET)
        counted = re.search(r"^(\d+),", done.stderr, re.MULTILINE)
        return int(counted.group(1)) if counted else None


def perf_counts():
    """Whether this machine counts instructions: many virtual ones do not."""
    if not shutil.which("perf"):
        return False
    tried = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True,
                           check=False)
    return re.search(r"^\d+,", tried.stderr, re.MULTILINE) is not None


def same_answers(workload, samples):
    """Names those that answered something else than the first one; pgbench shows no answers."""
    answers = {name: {(s["checksum"], s.get("written")) for s in taken} for name, taken in samples.items()
               if taken[0].get("checksum") is not None}
    first = next(iter(answers.values()), set())
    wrong = [name for name, given in answers.items() if given != first or len(given) != 1]
    if wrong:
        raise SystemExit(f"{workload}: other answers from {', '.join(wrong)}: {answers}")


def medians(taken):
    keys = [key for key, value in taken[0].items() if isinstance(value, (int, float)) and value is not None]
    return {**{key: statistics.median(s[key] for s in taken) for key in keys}, "runs": len(taken)}
