#!/usr/bin/env python3
"""A month of Ung Horisont as two workbooks: the whole command, and how much of it is the program's start; by the clock, and as
processor time of all threads, which a busy machine disturbs less.

    benchmarks/month.py build-release/horisont DIR ROUNDS

DIR gets a demonstration if it has none; each round makes the SCB month 2016-02 into a new folder.
"""

import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

program, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
if not (folder / "installation").exists():
    subprocess.run([program, "demo", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(*arguments):
    begin, used = time.perf_counter(), processor()
    done = subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return time.perf_counter() - begin, processor() - used


start, whole = [], []
for _ in range(rounds + 1):  # the first is not counted
    out = folder / "month"
    shutil.rmtree(out, ignore_errors=True)
    start.append(seconds("version"))
    whole.append(
        seconds("--home", str(folder / "installation"), "--project", "ung-horisont", "--today", "2018-01-15", "report", "make",
                "scb-month", "--period", "2016-02", "-o", str(out))
    )
for what, i in (("by the clock", 0), ("processor time", 1)):
    begun, all_of_it = ([1000 * one[i] for one in times[1:]] for times in (start, whole))
    print(f"{what}: start {statistics.median(begun):.0f} ms, report make scb-month {statistics.median(all_of_it):.0f} ms "
          f"({min(all_of_it):.0f}–{max(all_of_it):.0f})")
