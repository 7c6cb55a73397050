#!/usr/bin/python3
"""Reading beside named peers: a workbook of 100,000 × 10 cells beside openpyxl (read-only), a text file of 1.2 million time
records beside pandas, first as cells (all columns as text), then as typed columns (days, minutes, numbered names, each distinct text
converted once; both must come to the same sums). Program and peer take turns; one round is not counted. Memory is each process's own peak (VmHWM); of the program
the reading child's and its parent's are told apart. Usage: reading.py READ_TABLE DIR ROUNDS"""
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
rows = cells = 0
for sheet in book.worksheets:
    for row in sheet.iter_rows(values_only=True):
        rows += 1
        cells += sum(v is not None for v in row)
print(rows, "rows,", cells, "cells")
"""
TYPED = """
import sys, pandas
table = pandas.read_csv(sys.argv[1], sep=";", decimal=",", keep_default_na=False,
                        dtype={name: "category" for name in ("Deltagare-ref", "Datum", "Aktivitet", "Starttid", "Sluttid")})
each = pandas.to_datetime(table["Datum"].cat.categories)
days = (table["Datum"].cat.rename_categories(each).astype("datetime64[ns]") - pandas.Timestamp(1970, 1, 1)).dt.days
minutes = (table["Timmar"] * 60).round().astype("int64")
def clock(column):
    each = {text: int(text[:2]) * 60 + int(text[3:]) for text in column.cat.categories}
    return column.cat.rename_categories(each).astype("int64")
present = clock(table["Sluttid"]) - clock(table["Starttid"])
print(len(table), "records,", table["Deltagare-ref"].nunique(), "persons,", days.sum(), "days,", minutes.sum(), "minutes,", present.sum(),
      "present")
"""
PANDAS = """
import sys, pandas
table = pandas.read_csv(sys.argv[1], sep=";", dtype=str, keep_default_na=False)
print(len(table) + 1, "rows,", table.size + table.shape[1], "cells")
"""


def make_workbook(path):
    from openpyxl import Workbook
    import datetime
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Närvaro")
    start = datetime.date(2025, 1, 1)
    for i in range(100_000):
        sheet.append([f"D-{i % 3000:04}", f"Efternamn{i % 700}, Förnamn{i % 300}", start + datetime.timedelta(i % 400), 6.5, 7, "praktik",
                      i, "Karlstad", "ja", "Ett ord om dagen " + str(i % 50)])
    book.save(path)


def make_text(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("Deltagare-ref;Datum;Aktivitet;Timmar;Starttid;Sluttid\n")
        for i in range(1_200_000):
            out.write(f"D-{i // 12 + 1:06};2025-{i % 12 + 1:02}-{i % 28 + 1:02};praktik;{i % 8 + 1},5;08:00;16:00\n")


PEAK = """
for line in open("/proc/self/status"):
    if line.startswith("VmHWM:"):
        print("parent", line.split()[1], file=sys.stderr)
"""


def run(command):
    """Seconds, processor seconds (with children), peaks in MiB by process, and what was said."""
    began, used = time.monotonic(), os.times()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds, now = time.monotonic() - began, os.times()
    if done.returncode:
        sys.exit(f"{command} failed: {done.stderr}")
    peaks = {words[0]: int(words[1]) / 1024 for words in (line.split() for line in done.stderr.splitlines())}
    cpu = now.children_user + now.children_system - used.children_user - used.children_system
    return seconds, cpu, peaks, done.stdout.strip()


def main():
    program, folder, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    workbook, text = folder / "100000x10.xlsx", folder / "1200000.csv"
    if not workbook.exists():
        make_workbook(workbook)
    if not text.exists():
        make_text(text)
    for name, words, peer, script in [("XLSX 100,000 × 10", [workbook], "openpyxl", OPENPYXL),
                                      ("CSV 1.2 million, cells", [text], "pandas", PANDAS),
                                      ("CSV 1.2 million, typed", ["typed", text], "pandas", TYPED)]:
        figures = {"peer": [], "program": []}
        for i in range(rounds + 1):
            for who, command in (("peer", [sys.executable, "-c", script + PEAK, str(words[-1])]), ("program", [program, *map(str, words)])):
                measured = run(command)
                if i:
                    figures[who].append(measured)
        seconds, cpu = ({who: statistics.median(m[k] for m in all_) for who, all_ in figures.items()} for k in (0, 1))
        peaks = {who: {process: max(m[2][process] for m in all_) for process in all_[0][2]} for who, all_ in figures.items()}
        print(f"{name}: {peer} {seconds['peer']:.2f} s, {peaks['peer']['parent']:.0f} MiB; Horisont {seconds['program']:.2f} s, "
              + ", ".join(f"{process} {size:.0f} MiB" for process, size in peaks["program"].items())
              + f"; ratio {seconds['peer'] / seconds['program']:.1f} (processor time {cpu['peer'] / cpu['program']:.1f}), "
              f"child's memory {peaks['program']['child'] / peaks['peer']['parent']:.2f}")
        said = figures["peer"][0][3], figures["program"][0][3]
        print("   ", " | ".join(said))
        if words[0] == "typed" and said[0] != said[1]:
            sys.exit("the sums differ")


if __name__ == "__main__":
    main()
