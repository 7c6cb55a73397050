"""Reads the workbooks of a folder with openpyxl and LibreOffice and compares every cell with the typed sheets.

Usage: read_back.py FOLDER TEMPLATES
FOLDER holds <kind>.txt (canonical text of the report) and <kind>.<sv|en>/*.xlsx. Exit status: 0 all agrees, 1 something
does not, 77 a program that is needed is absent (1 where CI=true).
"""

import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import warnings
import zipfile

try:
    import openpyxl
    from openpyxl.utils import range_boundaries
except ImportError:
    openpyxl = None

faults = []
compared = {"cells": 0, "formulas": 0}


def fault(where, what):
    faults.append(f"{where}: {what}")


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), text)


def typed_sheets(path):
    """The canonical text: {sheet id: (fields, rows, totals)}; a cell is (kind, value)."""
    sheets = {}
    for line in path.read_text(encoding="utf-8").split("\n")[1:-2]:
        role, *cells = line.split("\t")
        if role == "sheet":
            fields, rows, totals = [], [], []
            sheets[cells[0]] = (fields, rows, totals)
        elif role == "heading":
            fields += [unescaped(cell[2:]) for cell in cells]
        else:
            (totals if role == "total" else rows).append([tuple(cell.split(":", 1)) for cell in cells])
    return sheets


WORDS = None  # the cell holds some word of the report's language


def expected(kind, value, shown_as):
    """What a reader must find: (value, number format)."""
    if kind == "e":
        return "", None
    if kind == "i":
        return (int(value) / 1000, "0.000") if shown_as == "thousandths" else (int(value), "#,##0")
    if kind == "m":
        minutes = int(value)
        return {"hours-minutes": (minutes / 1440, "[h]:mm"), "minutes": (minutes, "#,##0")}.get(shown_as, (minutes / 60, "#,##0.00"))
    if kind == "c":
        return int(value.split(":")[1]) / 100, "#,##0.00"
    if kind == "d":
        month = len(value) == 7
        day = datetime.date.fromisoformat(value + "-01" if month else value)
        return datetime.datetime.combine(day, datetime.time()), "yyyy-mm" if month else "yyyy-mm-dd"
    if kind == "r":
        over, under = map(int, value.split("/"))
        return (over / under, "0.0%") if under else ("", None)
    if kind == "s":
        return unescaped(value), None
    return WORDS, None


def same(found, wanted):
    if wanted is WORDS:
        return isinstance(found, str) and found != "" and not found.startswith("[")
    if isinstance(found, datetime.timedelta):  # openpyxl's reading of [h]:mm
        found = found / datetime.timedelta(days=1)
    if isinstance(wanted, (int, float)) and not isinstance(found, (int, float)):
        return False
    if isinstance(wanted, float) or isinstance(found, float):
        return isinstance(found, (int, float)) and abs(found - wanted) < 1e-9 * max(1, abs(wanted))
    return (found or "") == wanted if isinstance(wanted, str) else found == wanted


def columns_of(layout, fields):
    """(template column, place of its field), in order; a key with * stands for all that are not named otherwise."""
    named = {column["field"] for column in layout["column"]}
    for column in layout["column"]:
        key = column["field"]
        for place, field in enumerate(fields):
            if field == key or (key.endswith("*") and field.startswith(key[:-1]) and field not in named):
                yield column, place


def instances(sheet, typed, language):
    """(sheet id, name in the workbook): one, or as many as an id with * stands for."""
    stem = sheet["id"].rstrip("*")
    if stem == sheet["id"]:
        return [(stem, sheet["name"][language])]
    return [(key, sheet["name"][language].replace("{{*}}", key[len(stem):])) for key in typed if key.startswith(stem)]


def compare_sheet(where, sheet, layout, typed, language):
    fields, rows, totals = typed
    block, form = layout["layout"] == "block", layout["layout"] == "form"
    first = 1 if block else 4
    heading_rows = 0 if form else 1
    for number, (column, place) in enumerate(columns_of(layout, fields), 1):
        if not form:
            heading = sheet.cell(first, number).value
            wanted = column["heading"][language].split("{{*}}")[0]
            if not isinstance(heading, str) or not heading.startswith(wanted):
                fault(where, f"heading {heading!r} instead of {wanted!r}")
        for offset, row in enumerate(rows):
            cell = sheet.cell(first + heading_rows + offset, number)
            kind, value = row[place]
            if kind == "e" and "instead" in column:
                kind, value = row[fields.index(column["instead"])]
            wanted, shape = expected(kind, value, column["as"])
            compared["cells"] += 1
            if not same(cell.value, wanted):
                fault(where, f"{cell.coordinate} is {cell.value!r}, not {wanted!r}")
            if shape and cell.number_format != shape:
                fault(where, f"{cell.coordinate} has the format {cell.number_format!r}, not {shape!r}")
            if isinstance(cell.value, str) and cell.data_type != "s":
                fault(where, f"{cell.coordinate} is {cell.data_type!r}, not text")
        if column.get("total") == "sum" and rows:
            cell = sheet.cell(first + 1 + len(rows), number)
            wanted, shape = expected(*totals[0][place], column["as"])
            compared["cells"] += 1
            if not same(cell.value, wanted):
                fault(where, f"total {cell.coordinate} is {cell.value!r}, not {wanted!r}")
            if cell.number_format != shape:
                fault(where, f"total {cell.coordinate} has the format {cell.number_format!r}, not {shape!r}")


def check_rules_of_excel(where, book):
    """What Excel refuses or "repairs", and what people who do not see colours and pictures need."""
    names = [name.casefold() for name in book.sheetnames]
    if len(set(names)) != len(names) or any(not 0 < len(name) <= 31 for name in book.sheetnames):
        fault(where, f"sheet names {book.sheetnames}")
    tables = [table for sheet in book for table in sheet.tables.values()]
    if len({table.displayName.casefold() for table in tables}) != len(tables):
        fault(where, "table names twice")
    for sheet in book:
        if sheet.merged_cells.ranges:
            fault(where, f"{sheet.title} has merged cells")
        if not isinstance(sheet["A1"].value, str):
            fault(where, f"{sheet.title}!A1 is no title")
        if len(sheet.tables) > 1:
            fault(where, f"{sheet.title} has several tables")
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            headings = [sheet.cell(top, column).value for column in range(left, right + 1)]
            if headings != [column.name for column in table.tableColumns]:
                fault(where, f"{table.displayName}: headings in cells and table differ: {headings}")
            if len({heading.casefold() for heading in headings}) != len(headings):
                fault(where, f"{table.displayName}: a heading stands twice")
            if bottom <= top:
                fault(where, f"{table.displayName} has no rows")
    for name, defined in book.defined_names.items() if hasattr(book.defined_names, "items") else []:
        for title, place in defined.destinations:
            if not isinstance(book[title][place.replace("$", "")].value, (int, float)):
                fault(where, f"{name} leads to no number")


def check_parts(where, path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "vba" in name.lower() or "externalLink" in name:
                fault(where, f"holds {name}")
            if name.startswith("xl/drawings/drawing") and b'descr="' not in archive.read(name):
                fault(where, f"{name} has no text for those who do not see it")


def without_values(source, target):
    """A copy whose formulas have no values, so that whoever opens it must compute them."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", content)
            copy.writestr(name, content)


def recalculate(workbooks):
    """Every formula as LibreOffice computes it is what core computed."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        bare, computed = folder / "bare", folder / "computed"
        bare.mkdir(), computed.mkdir()
        copies = {}
        for number, path in enumerate(workbooks):
            copies[path] = f"{number}.xlsx"
            without_values(path, bare / copies[path])
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
             "--outdir", str(computed), *[str(bare / name) for name in copies.values()]],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        for path, name in copies.items():
            formulas = openpyxl.load_workbook(path)
            ours = openpyxl.load_workbook(path, data_only=True)
            theirs = openpyxl.load_workbook(computed / name, data_only=True)
            for sheet in formulas:
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.data_type != "f":
                            continue
                        wanted = ours[sheet.title][cell.coordinate].value
                        found = theirs[sheet.title][cell.coordinate].value
                        # Hours agree in whole minutes, whole numbers exactly.
                        if isinstance(wanted, (int, float)) and isinstance(found, (int, float)):
                            agree = round(wanted * 60) == round(found * 60)
                        else:
                            agree = wanted == found
                        compared["formulas"] += 1
                        if not agree:
                            fault(path.name, f"{sheet.title}!{cell.coordinate} {cell.value}: {found!r} computed, {wanted!r} in the file")


def main(folder, templates):
    absent = [] if openpyxl else ["openpyxl"]
    if openpyxl:
        warnings.simplefilter("error")
        workbooks = []
        for text in sorted(folder.glob("*.txt")):
            typed = typed_sheets(text)
            with open(templates / text.stem / "template.toml", "rb") as file:
                template = tomllib.load(file)
            for language in ("sv", "en"):
                paths = sorted((folder / f"{text.stem}.{language}").glob("*.xlsx"), key=lambda path: "ontrol" in path.name)
                for path, layout in zip(paths, template["file"], strict=True):
                    workbooks.append(path)
                    book = openpyxl.load_workbook(path, data_only=True)
                    where = f"{text.stem}.{language}/{path.name}"
                    for sheet in layout["sheet"]:
                        for key, name in instances(sheet, typed, language):
                            compare_sheet(where, book[name], sheet, typed[key], language)
                    check_rules_of_excel(where, book)
                    check_parts(where, path)
        if shutil.which("soffice"):
            recalculate(workbooks)
            if compared["formulas"] == 0:
                fault("all", "no formula was compared")
        else:
            absent.append("soffice")
        if compared["cells"] == 0:
            fault("all", "no cell was compared")
        print(f"{len(workbooks)} workbooks, {compared['cells']} cells, {compared['formulas']} formulas")
    for line in faults:
        print(line)
    if faults:
        return 1
    if absent:
        print("absent: " + ", ".join(absent))
        return 1 if os.environ.get("CI") == "true" else 77
    return 0


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
