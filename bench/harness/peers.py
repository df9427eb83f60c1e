"""Who takes part, what installs them, and how each is started."""

import json
import os
import pathlib
import shutil
import subprocess
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

PEERS = pathlib.Path(__file__).resolve().parents[1] / "peers"
PYTHON = "/usr/bin/python3"  # the one that Debian's packages belong to


@dataclass(frozen=True)
class Peer:
    name: str              # as in --peers
    title: str
    command: tuple         # what WORKLOAD COUNT WIDTH follow
    package: str = ""      # of Debian, or of npm when the command is node
    also: tuple = ()       # further packages
    compiled: bool = False

    @property
    def is_npm(self):
        return self.command[0] == "node"


def all_peers(build):
    own, cpp = str(build / "bench/macro/peer"), build / "bench/peers"
    script = lambda name: (PYTHON, str(PEERS / f"{name}_peer.py"))
    node = lambda name: ("node", str(PEERS / f"{name}_peer.mjs"))
    return [
        Peer("libpq", "hand-written libpq", (own, "libpq"), compiled=True),
        Peer("libpq-each", "hand-written libpq, a Sync each", (own, "libpq-each"), compiled=True),
        Peer("library", "**asynchrormous**", (own, "library"), compiled=True),
        Peer("pgbench", "pgbench", (PYTHON, str(PEERS / "pgbench_peer.py"))),
        Peer("libpqxx", "libpqxx", (str(cpp / "libpqxx_peer"),), "libpqxx-dev", compiled=True),
        Peer("soci", "SOCI", (str(cpp / "soci_peer"),), "libsoci-dev", ("libboost-dev",), compiled=True),
        Peer("asyncpg", "asyncpg", script("asyncpg"), "python3-asyncpg"),
        Peer("psycopg", "psycopg 3", script("psycopg"), "python3-psycopg"),
        Peer("django", "Django", script("django"), "python3-django", ("python3-psycopg2",)),
        Peer("sqlalchemy", "SQLAlchemy, asyncpg", script("sqlalchemy"), "python3-sqlalchemy", ("python3-asyncpg",)),
        Peer("postgres.js", "postgres.js", node("postgres"), "postgres"),
        Peer("pg", "pg", node("pg"), "pg"),
        Peer("drizzle", "drizzle, postgres.js", node("drizzle"), "drizzle-orm", ("postgres",)),
    ]


def install(build):
    """Installs whatever is missing and can be had; what cannot is left out later, by name."""
    peers = all_peers(build)
    missing = [package for peer in peers if peer.package and not peer.is_npm
               for package in (peer.package, *peer.also) if not debian_version(package)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        for package in missing:  # one by one: one that does not exist keeps none of the others away
            subprocess.run(["apt-get", "install", "-q", "-y", package], stdout=subprocess.DEVNULL, check=False)
    wanted = [peer.package for peer in peers if peer.is_npm and not npm_version(build, peer.package)]
    if wanted and shutil.which("npm"):
        folder = build / "npm"
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder), *wanted],
                       check=False)


def debian_version(package):
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status} ${Version}", package], capture_output=True,
                           text=True, check=False) if shutil.which("dpkg-query") else None
    if asked is None or "install ok installed" not in asked.stdout:
        return None
    return asked.stdout.split()[-1].split(":")[-1].split("-")[0].split("+")[0]


def npm_version(build, package):
    file = build / "npm/node_modules" / package / "package.json"
    return json.loads(file.read_text())["version"] if file.exists() else None


def version(build, peer):
    """Of the package; an empty string for what needs none; None when it is not there."""
    if not peer.package:
        return ""
    return npm_version(build, peer.package) if peer.is_npm else debian_version(peer.package)


def environment(build, url):
    """DATABASE_URL, what libpq and its likes read instead, and where node finds packages."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    named = {
        "DATABASE_URL": url, "PGHOST": query.get("host") or parts.hostname or "localhost",
        "PGPORT": query.get("port") or str(parts.port or 5432), "PGUSER": parts.username or "postgres",
        "PGDATABASE": parts.path.lstrip("/") or "postgres", "TZ": "UTC",
        "BENCH_NODE_MODULES": str(build / "npm/node_modules"),
    }
    if parts.password:
        named["PGPASSWORD"] = parts.password
    return {**os.environ, **named}
