"""Compares the cells that the reader found in workbooks with what openpyxl (.xlsx, .xlsm) and LibreOffice (all) read there.

Usage: agreement.py FOLDER KNOWN
FOLDER holds the workbooks and, beside each, NAME.cells. KNOWN lists the differences that are known, with their reason:
  file | program | sheet!cells | ours | theirs | reason
where cells and sheets may have * and ours and theirs are kinds (text, number, moment, boolean, error, nothing). An entry that
no difference needs is a fault, too. Exit status: 0 all agrees, 1 something does not, 77 a program is absent (1 where CI=true).
"""

import datetime
import fnmatch
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as etree

try:
    import openpyxl
    from openpyxl.utils import get_column_letter
except ImportError:
    openpyxl = None

EPOCH = datetime.datetime(1899, 12, 30)
NOTHING = ("nothing", None)
URN = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = URN + "office:1.0}", URN + "table:1.0}", URN + "text:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def days(moment):
    """A date or a time of day or a length of time as days since 30 December 1899."""
    if isinstance(moment, datetime.time):
        return (moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6) / 86400
    if isinstance(moment, datetime.datetime):
        moment = moment - EPOCH
    elif isinstance(moment, datetime.date):
        moment = datetime.datetime.combine(moment, datetime.time()) - EPOCH
    return moment.total_seconds() / 86400


def days_of_iso(text):
    """2026-03-02, 2026-03-02T07:30:00, 07:30:00 or PT07H30M00S as days."""
    length = re.fullmatch(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.,]+)S)?", text)
    if length:
        sign, *parts = length.groups()
        day, hour, minute, second = (float((part or "0").replace(",", ".")) for part in parts)
        return (-1 if sign else 1) * (day + hour / 24 + minute / 1440 + second / 86400)
    if re.match(r"\d+:", text):
        return days(datetime.time.fromisoformat(text))
    return days(datetime.datetime.fromisoformat(re.sub(r"(\.\d{6})\d+|Z$", r"\1", text)))


def ours(path):
    sheets, here, shift = {}, None, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), one) for one in line.split("\t")]
        if fields[0] == "sheet":
            here, shift = sheets.setdefault(fields[1], {}), 1462 if fields[2] == "1904" else 0
            continue
        row, column, kind, _, text = int(fields[0]), int(fields[1]), *fields[2:]
        if kind == "text":
            value = ("text", text)
        elif kind == "number":
            value = ("number", float(text))
        elif kind in ("date", "duration"):
            serial = re.fullmatch(r"-?[\d.]+(?:[eE][-+]?\d+)?", text)
            value = ("moment", float(text) + (shift if kind == "date" else 0) if serial else days_of_iso(text))
        elif kind == "boolean":
            value = ("boolean", text == "1")
        else:
            value = ("error", text) if kind == "error" else NOTHING
        if value not in (NOTHING, ("text", "")):
            here[row, column] = value
    return sheets


def of_openpyxl(path):
    sheets = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        here = sheets.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                if isinstance(cell.value, bool):
                    value = ("boolean", cell.value)
                elif isinstance(cell.value, (int, float)):
                    value = ("number", float(cell.value))
                elif isinstance(cell.value, str):
                    value = ("error" if cell.data_type == "e" else "text", cell.value)
                else:
                    value = ("moment", days(cell.value))
                    # The 29 February 1900 of Excel's calendar: days before it are one earlier than their number says.
                    if isinstance(cell.value, datetime.datetime) and 1 <= value[1] < 61:
                        value = ("moment", value[1] - 1)
                if value != ("text", ""):
                    here[cell.row, cell.column] = value
    return sheets


def text_of(element):
    """The text of a paragraph, with blanks, tabs and line ends as ODF writes them."""
    out = element.text or ""
    for child in element:
        if child.tag == TEXT + "s":
            out += " " * int(child.get(TEXT + "c", "1"))
        elif child.tag == TEXT + "tab":
            out += "\t"
        elif child.tag == TEXT + "line-break":
            out += "\n"
        elif child.tag not in (OFFICE + "annotation", TEXT + "ruby-text"):
            out += text_of(child)
        out += child.tail or ""
    return out


def of_libreoffice(path):
    sheets = {}
    for table in etree.parse(path).getroot().findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"):
        name = table.get(TABLE + "name")
        if name.startswith("'file:"):
            continue  # a copy of another workbook, which nobody sees
        here = sheets.setdefault(name, {})
        row = 0
        for line in table.iter(TABLE + "table-row"):
            times = int(line.get(TABLE + "number-rows-repeated", "1"))
            column = 0
            for cell in line:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                wide = int(cell.get(TABLE + "number-columns-repeated", "1"))
                kind = cell.get(OFFICE + "value-type")
                text = "\n".join(text_of(p) for p in cell.findall(TEXT + "p"))
                if cell.get(CALC + "value-type") == "error":
                    value = ("error", text)
                elif kind in ("float", "percentage", "currency"):
                    value = ("number", float(cell.get(OFFICE + "value")))
                elif kind == "date":
                    value = ("moment", days_of_iso(cell.get(OFFICE + "date-value")))
                elif kind == "time":
                    value = ("moment", days_of_iso(cell.get(OFFICE + "time-value")))
                elif kind == "boolean":
                    value = ("boolean", cell.get(OFFICE + "boolean-value") == "true")
                else:
                    value = ("text", cell.get(OFFICE + "string-value") or text) if kind == "string" else NOTHING
                if value not in (NOTHING, ("text", "")):
                    for i in range(times):
                        for j in range(wide):
                            here[row + i + 1, column + j + 1] = value
                column += wide
            row += times
    return sheets


def same(a, b, program):
    if program == "libreoffice" and (a[0], b[0]) == ("boolean", "number"):
        return a[1] == b[1]  # it has no booleans, only numbers that look so
    if a[0] != b[0]:
        return False
    if a[0] == "number":
        return a[1] == b[1] or abs(a[1] - b[1]) <= 1e-14 * max(abs(a[1]), abs(b[1]))
    if a[0] == "moment":
        return abs(a[1] - b[1]) < 1 / 86400  # LibreOffice drops what is less than a second
    return a[1] == b[1]


def compare(file, program, mine, theirs):
    found = []
    for sheet in list(mine) + [name for name in theirs if name not in mine]:
        if sheet not in mine or sheet not in theirs:
            found.append((file, program, sheet + "!", "sheet" if sheet in mine else "nothing", "sheet" if sheet in theirs else "nothing", ""))
            continue
        for row, column in sorted(set(mine[sheet]) | set(theirs[sheet])):
            a, b = mine[sheet].get((row, column), NOTHING), theirs[sheet].get((row, column), NOTHING)
            compared[program] += 1
            if not same(a, b, program):
                found.append((file, program, f"{sheet}!{get_column_letter(column)}{row}", a[0], b[0], f"{a[1]!r} / {b[1]!r}"))
    return found


compared = {"openpyxl": 0, "libreoffice": 0}


def main(folder, known_file):
    if not openpyxl or not shutil.which("soffice"):
        print("absent: openpyxl or LibreOffice")
        return 1 if os.environ.get("CI") == "true" else 77
    known = [[part.strip() for part in line.split(" | ")] for line in known_file.read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
    workbooks = [path.with_suffix("") for path in sorted(folder.glob("*.cells"))]
    found = []
    with tempfile.TemporaryDirectory() as work:
        # Files of the same name but for their ending would become one.
        copies = {path: pathlib.Path(work, f"{number}{path.suffix}") for number, path in enumerate(workbooks)}
        for path, copy in copies.items():
            shutil.copyfile(path, copy)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to", "fods", "--outdir",
                        f"{work}/out", *map(str, copies.values())], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        for path in workbooks:
            mine = ours(path.with_name(path.name + ".cells"))
            if path.suffix != ".ods":
                try:
                    found += compare(path.name, "openpyxl", mine, of_openpyxl(path))
                except Exception as error:  # whatever it raises, it does not read the file
                    found.append((path.name, "openpyxl", "!", "file", "nothing", repr(error)))
            converted = pathlib.Path(work, "out", copies[path].stem + ".fods")
            if converted.exists():
                found += compare(path.name, "libreoffice", mine, of_libreoffice(converted))
            else:
                found.append((path.name, "libreoffice", "!", "file", "nothing", "not converted"))
    used = set()
    faults = 0
    for one in found:
        for i, entry in enumerate(known):
            if one[0] == entry[0] and one[1] == entry[1] and fnmatch.fnmatchcase(one[2], entry[2]) and one[3:5] == tuple(entry[3:5]):
                used.add(i)
                break
        else:
            faults += 1
            print(" | ".join(one))
    for i, entry in enumerate(known):
        if i not in used:
            faults += 1
            print("known, but not found: " + " | ".join(entry))
    print(f"{len(workbooks)} workbooks, {compared}, {len(found)} differences, {faults} not known")
    return 1 if faults or min(compared.values()) == 0 else 0


sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
