#!/usr/bin/python3
"""Import -> decide -> hours -> workbook over generated data, beside the pandas peer, in one run.

Usage: benchmarks/pipeline.py DIR [PARTICIPANTS] [ROUNDS]

DIR is a new or earlier folder for data and results, outside every repository (the invented people's numbers carry valid check
digits). The generator and the peer come from the shared benchmark folder: HORISONT_BENCH, else ../shared/tools/bench. The program
is build-release/horisont; its ordinary commands are run, with a project, spellings and a rule set for the generated data:
`import --rows good --yes` of both files, then `report make hours-summary`, which decides, stores the decisions and the frozen
report, and writes the workbook. Peer and program take turns; one round is not counted. Prints medians of wall time and peak
memory, and their ratio. Horisont stores every fact durably with its origin and decides by DMN rules; the peer stores nothing.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = Path(os.environ.get("HORISONT_BENCH", ROOT.parent / "shared" / "tools" / "bench"))
PROGRAM = ROOT / "build-release" / "horisont"
ACTIVITIES = ["coaching", "language course", "work placement", "study guidance", "group activity", "vocational training",
              "job search", "validation"]


def installation(home: Path) -> None:
    """A home whose project takes the generated data: other days, other words, no evidence asked for."""
    shutil.copytree(ROOT / "config", home / "config")
    (home / "schemas").mkdir()
    shutil.copytree(ROOT / "schemas" / "import", home / "schemas" / "import")
    project = home / "config" / "projects" / "varmlands-framtid.toml"
    text = project.read_text()
    text = re.sub(r"\b201[58]-0[56]-(01|30)\b", lambda m: "2023-01-01" if m[0].startswith("2015") else "2025-12-31", text)
    text = text.replace("2017-12-31", "2025-12-31")
    text = text.replace('programme  = "yei"', 'programme  = "esf-plus-2021-2027"')
    text = re.sub(r"\[\[activity\]\].*?(?=\n\[|\Z)", "", text, flags=re.S)
    for name in ACTIVITIES:
        text += (f'[[activity]]\nkey = "{name.replace(" ", "_")}"\nname = {{ sv = "{name}", en = "{name}" }}\n'
                 'cited = "generated data"\nconfidence = "unverified-default"\n\n')
    project.write_text(text)
    rules = home / "config" / "rules" / "youth.dmn"
    text = rules.read_text()
    text = text.replace('[date("2015-05-01")..date("2018-06-30")]', '[date("2023-01-01")..date("2025-12-31")]')
    # The data says nothing of studies, grades, municipality lists or evidence: those rules remark, they do not block.
    for code in ("P05", "P06", "P07", "P12", "P13"):
        text = re.sub(rf'(<text>"{code}"</text></outputEntry>\s*<outputEntry[^>]*><text>"[A-Z]+"</text></outputEntry>\s*'
                      rf'<outputEntry[^>]*><text>)"blocking"', r'\1"remark"', text)
    rules.write_text(text)
    choices = home / "schemas" / "import" / "choices.toml"
    text = choices.read_text()
    text = text.replace('en = ["job seeker", ', 'en = ["long_term_unemployed", "job seeker", ', 1)
    text = re.sub(r'(\ninactive\s*= \{ sv = \[[^\]]*\], en = \[)', r'\1"inactive_not_in_education", ', text, count=1)
    choices.write_text(text)


def timed(command, log: Path) -> tuple[float, float]:
    subprocess.run(["/usr/bin/time", "-v", "-o", str(log), *map(str, command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    text = log.read_text()
    parts = re.search(r"Elapsed.*: ([\d:.]+)", text)[1].split(":")
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + float(part)
    return seconds, int(re.search(r"Maximum resident.*: (\d+)", text)[1]) / 1024


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder, count, rounds = Path(sys.argv[1]).resolve(), int((sys.argv + ["1000"])[2]), int((sys.argv + ["", "5"])[3])
    if not BENCH.is_dir():
        sys.exit(f"The shared benchmark folder is not at {BENCH}; set HORISONT_BENCH.")
    if not PROGRAM.exists():
        sys.exit("Build first: cmake --preset release && cmake --build --preset release --target horisont")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    generator = folder / "gen"
    if not generator.exists():
        subprocess.run(["g++", "-std=c++20", "-O2", str(BENCH / "gen.cpp"), "-o", str(generator)], check=True)
    data = folder / f"p{count}"
    if not (data / "truth.csv").exists():
        shutil.rmtree(data, ignore_errors=True)
        subprocess.run([str(generator), str(count), str(data)], check=True)

    home = folder / "home"
    script = folder / "program.sh"
    common = f"--home {home} --project varmlands-framtid --today 2026-01-31 --quiet --no-progress"
    script.write_text("#!/bin/sh\n"
                      # Planted errors are in the data: status 1 says so and is no failure.
                      'run() { "$@"; status=$?; [ $status -le 1 ] || exit $status; }\n'
                      f"run {PROGRAM} import {data}/participants.csv {data}/time_records.csv --rows good --yes {common}\n"
                      f"run {PROGRAM} report make hours-summary -o {folder}/out {common}\n")
    script.chmod(0o755)
    peer = ["/usr/bin/python3", BENCH / "peer_pandas.py", data, folder / "peer.xlsx"]
    times = {"pandas": [], "horisont": []}
    for turn in range(rounds + 1):
        for name in times:
            shutil.rmtree(home, ignore_errors=True)
            shutil.rmtree(folder / "out", ignore_errors=True)
            home.mkdir()
            (folder / "out").mkdir()
            installation(home)
            os.sync()
            result = timed(peer if name == "pandas" else [script], folder / f"{name}.time")
            if turn:
                times[name].append(result)
    print(f"{count} participants, {12 * count} time records, medians of {rounds} rounds in turns")
    medians = {}
    for name, results in times.items():
        seconds, memory = (statistics.median(column) for column in zip(*results))
        medians[name] = seconds
        print(f"{name:10} {seconds:8.2f} s  [{min(r[0] for r in results):.2f} - {max(r[0] for r in results):.2f}]  {memory:6.0f} MiB")
    print(f"ratio      {medians['pandas'] / medians['horisont']:8.2f} x")


if __name__ == "__main__":
    main()
