#!/usr/bin/python3
"""Reading beside named peers: a workbook of 100,000 × 10 cells beside openpyxl (read-only), a text file of 1.2 million time
records beside pandas. Program and peer take turns; one round is not counted. Usage: reading.py READ_TABLE DIR ROUNDS"""
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


def run(command):
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    if status:
        sys.exit(f"{command} failed")
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.strip()


def main():
    program, folder, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    workbook, text = folder / "100000x10.xlsx", folder / "1200000.csv"
    if not workbook.exists():
        make_workbook(workbook)
    if not text.exists():
        make_text(text)
    for name, file, peer, script in [("XLSX 100,000 × 10", workbook, "openpyxl", OPENPYXL), ("CSV 1.2 million", text, "pandas", PANDAS)]:
        figures = {"peer": [], "program": []}
        for i in range(rounds + 1):
            for who, command in (("peer", [sys.executable, "-c", script, str(file)]), ("program", [program, str(file)])):
                measured = run(command)
                if i:
                    figures[who].append(measured)
        median = {who: [statistics.median(m[k] for m in all_) for k in range(3)] for who, all_ in figures.items()}
        print(f"{name}: {peer} {median['peer'][0]:.2f} s, {median['peer'][2]:.0f} MiB; Horisont {median['program'][0]:.2f} s, "
              f"{median['program'][2]:.0f} MiB; ratio {median['peer'][0] / median['program'][0]:.1f} (processor time "
              f"{median['peer'][1] / median['program'][1]:.1f}), memory {median['program'][2] / median['peer'][2]:.2f}")
        print("   ", figures["peer"][0][3], "|", figures["program"][0][3])


if __name__ == "__main__":
    main()
