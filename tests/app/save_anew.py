#!/usr/bin/env python3
"""Opens every workbook of a folder and saves it anew, unchanged: FOLDER/openpyxl with openpyxl, FOLDER/libreoffice with LibreOffice.

Usage: save_anew.py FOLDER
Exit status: 0 all are saved, 77 a program that is needed is absent (1 where CI=true).
"""

import os
import pathlib
import shutil
import subprocess
import sys

try:
    import openpyxl
except ImportError:
    openpyxl = None


def main(folder):
    absent = [name for name, there in (("openpyxl", openpyxl), ("soffice", shutil.which("soffice"))) if not there]
    if absent:
        print("absent: " + ", ".join(absent))
        return 1 if os.environ.get("CI") == "true" else 77
    workbooks = sorted(folder.glob("*.xlsx"))
    for program in ("openpyxl", "libreoffice"):
        (folder / program).mkdir(exist_ok=True)
    for path in workbooks:
        openpyxl.load_workbook(path).save(folder / "openpyxl" / path.name)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(folder / "libreoffice"), *map(str, workbooks)],
        check=True, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
