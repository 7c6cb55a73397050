#!/usr/bin/env python3
"""Opens every workbook below a folder with openpyxl and with LibreOffice, and compares all that both read, cell by cell.

Usage: demo_workbooks.py FOLDER
LibreOffice computes every formula anew: what core computed must come out. Exit status: 0 all agrees, 1 something does not, 77 a
program that is needed is absent (1 where CI=true).
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile

try:
    import openpyxl
except ImportError:
    openpyxl = None


def same(ours, theirs):
    if ours in (None, "") and theirs in (None, ""):
        return True
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)) and not isinstance(ours, bool):
        return abs(ours - theirs) <= 1e-9 * max(1, abs(ours))
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n")
    return ours == theirs


def cells_of(path):
    """{sheet: rows of values}; whatever openpyxl warns of would be repaired by Excel."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(path, data_only=True, read_only=True)
        sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
        book.close()
    return sheets


def without_values(source, target):
    """A copy whose formulas have no values, so that whoever opens it must compute them."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", content)
            copy.writestr(name, content)


def main(folder):
    absent = [name for name, there in (("openpyxl", openpyxl), ("soffice", shutil.which("soffice"))) if not there]
    if absent:
        print("absent: " + ", ".join(absent))
        return 1 if os.environ.get("CI") == "true" else 77
    workbooks = sorted(folder.rglob("*.xlsx"))
    faults, compared = [], 0
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        copies, read = place / "copies", place / "read"
        copies.mkdir(), read.mkdir()
        for number, path in enumerate(workbooks):
            without_values(path, copies / f"{number}.xlsx")
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
             "--outdir", str(read), *[str(copies / f"{number}.xlsx") for number in range(len(workbooks))]],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=400)
        for number, path in enumerate(workbooks):
            ours, theirs = cells_of(path), cells_of(read / f"{number}.xlsx")
            if list(ours) != list(theirs):
                faults.append(f"{path.name}: sheets {list(ours)} and {list(theirs)}")
                continue
            for title, rows in ours.items():
                others = theirs[title]
                for r in range(max(len(rows), len(others))):
                    mine = rows[r] if r < len(rows) else []
                    their = others[r] if r < len(others) else []
                    for c in range(max(len(mine), len(their))):
                        a, b = (line[c] if c < len(line) else None for line in (mine, their))
                        compared += 1
                        if not same(a, b):
                            faults.append(f"{path.name} {title} row {r + 1} column {c + 1}: {a!r} and {b!r}")
    print(f"{len(workbooks)} workbooks, {compared} cells, {len(faults)} differ")
    for line in faults[:40]:
        print(line)
    return 1 if faults or compared == 0 else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
