#!/usr/bin/python3
"""The hours ledger beside the same step of the pandas peer, in one run, and its cost for ten times the records.

Usage: benchmarks/ledger.py PROGRAM DIR [PARTICIPANTS] [ROUNDS]

PROGRAM is build-release/benchmarks/ledger-benchmark; DIR a new or earlier folder for the generated data, outside every repository.
Generator and peer come from the shared benchmark folder: HORISONT_BENCH, else ../shared/tools/bench. They take turns; one round is not
counted. The peer's step is "record rules" and "aggregate" of its own clock; the ledger's is one pass over the records in memory.
Prints medians, their ratio, and the nanoseconds a record of the ledger for the records once and ten times over.
"""
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(os.environ.get("HORISONT_BENCH", ROOT.parent / "shared" / "tools" / "bench"))


def ledger(program, data: Path, copies: int, rounds: int) -> tuple[float, int]:
    words = subprocess.run([program, data, str(copies), str(rounds)], check=True, capture_output=True, text=True).stdout.split()
    said = dict(zip(words[::2], words[1::2]))
    return float(said["seconds"]), int(said["records"])


def peer(data: Path, workbook: Path) -> float:
    done = subprocess.run(["/usr/bin/python3", BENCH / "peer_pandas.py", data, workbook, "--times"], check=True, capture_output=True, text=True)
    steps = json.loads(done.stderr.strip().splitlines()[-1])
    return steps["record rules"] + steps["aggregate"]


def main() -> None:
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    count, rounds = map(int, sys.argv[3:5] + ["100000", "5"][len(sys.argv) - 3:])
    if not BENCH.is_dir():
        sys.exit(f"The shared benchmark folder is not at {BENCH}; set HORISONT_BENCH.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    if not (folder / "gen").exists():
        subprocess.run(["g++", "-std=c++20", "-O2", str(BENCH / "gen.cpp"), "-o", str(folder / "gen")], check=True)
    data = folder / f"p{count}"
    if not (data / "truth.csv").exists():
        subprocess.run([folder / "gen", str(count), data], check=True)
    ours, theirs, tenfold, records = [], [], [], 0
    for turn in range(rounds + 1):
        of_peer, (once, records), (ten, _) = peer(data, folder / "peer.xlsx"), ledger(program, data, 1, 5), ledger(program, data, 10, 1)
        if turn:
            theirs.append(of_peer), ours.append(once), tenfold.append(ten)
    for name, seconds in (("pandas", theirs), ("ledger", ours), ("ledger x10", tenfold)):
        print(f"{name:10} {statistics.median(seconds):8.4f} s  [{min(seconds):.4f} - {max(seconds):.4f}]")
    print(f"ratio      {statistics.median(theirs) / statistics.median(ours):8.2f} x")
    print(f"a record   {statistics.median(ours) / records * 1e9:8.1f} ns, of ten times as many {statistics.median(tenfold) / records * 1e8:.1f} ns")


main()
