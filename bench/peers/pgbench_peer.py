"""pgbench, prepared: W1 a query at a time, W2 64 of them in a pipeline with one Sync. It shows no answers, only speed."""

import json
import re
import subprocess
import sys
import tempfile

SELECT = "SELECT id, title, pages, price, published, author_id, isbn FROM book WHERE id = :key;\n"
ONE = "\\set key random(1, 100000)\n" + SELECT


def main():
    workload, count = sys.argv[1], int(sys.argv[2])
    width = int(sys.argv[3]) if len(sys.argv) > 3 and workload == "W2" else 1
    if workload not in ("W1", "W2"):
        sys.exit(2)
    script = ONE if workload == "W1" else f"\\startpipeline\n{ONE * width}\\endpipeline\n"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = ["pgbench", "-n", "-M", "prepared", "-f", file.name, "-t", str(max(1, count // width))]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    a_second = float(re.search(r"tps = ([\d.]+)", output).group(1)) * width
    print(json.dumps({"seconds": count / a_second, "checksum": None}))


main()
