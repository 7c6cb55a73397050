#!/usr/bin/env python3
"""A month of Ung Horisont as two workbooks: the whole command, and how much of it is the program's start.

    benchmarks/month.py build-release/horisont DIR ROUNDS

DIR gets a demonstration if it has none; each round makes the SCB month 2016-02 into a new folder.
"""

import pathlib
import shutil
import statistics
import subprocess
import sys
import time

program, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
if not (folder / "installation").exists():
    subprocess.run([program, "demo", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def seconds(*arguments):
    begin = time.perf_counter()
    done = subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return time.perf_counter() - begin


start, whole = [], []
for _ in range(rounds + 1):  # the first is not counted
    out = folder / "month"
    shutil.rmtree(out, ignore_errors=True)
    start.append(seconds("version"))
    whole.append(
        seconds("--home", str(folder / "installation"), "--project", "ung-horisont", "--today", "2018-01-15", "report", "make",
                "scb-month", "--period", "2016-02", "-o", str(out))
    )
print(f"start {1000 * statistics.median(start[1:]):.0f} ms, report make scb-month {1000 * statistics.median(whole[1:]):.0f} ms "
      f"({1000 * min(whole[1:]):.0f}–{1000 * max(whole[1:]):.0f})")
