#!/usr/bin/python3
"""The time that each page takes on the server, and the memory of the program, at two sizes of a project.

Usage: benchmarks/pages.py PROGRAM DIR [SIZES]

DIR is a folder of benchmarks/pipeline.py (which generates the data): its data are read in with PROGRAM into a home of their own
for each size (default "1000 100000"), the pages are served, and every page is asked for once (all is worked out), once after a
correction of one participant (what was written is worked out), and then nine times more; ms, of the nine the median, and the
processor time of one of forty more, which other work on the machine does not change.
"""
import http.cookiejar
import os
import re
import runpy
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATHS = ["", "/manader", "/manad/2024-03", "/inlasningar", "/inlasningar/I-2", "/problem", "/problem?level=error", "/deltagare",
         "/deltagare?verdict=undecided", "/deltagare?sortera=reference&sida=7", "/deltagare/D-0007", "/deltagare/D-0007/bedomning",
         "/timmar", "/timmar?per=participant", "/timmar?per=reason", "/timmar?manad=2024-03", "/ekonomi", "/underlag", "/beslut", "/deltagare/D-0007/historik",
         "/rapporter", "/rapporter/ny?mall=project-outcome&period=", "/rapporter/ny?mall=scb-month&period=2024-03", "/stickprov", "/granskning", "/logg",
         "/installningar"]


def memory(process: subprocess.Popen, what: str) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"{what}:\s*(\d+)", status)[1]) / 1024


def processor(process: subprocess.Popen) -> float:
    """ms of processor time of the process and its threads so far, to 10 ms."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main() -> None:
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    sizes = [int(size) for size in (sys.argv + ["1000 100000"])[3].split()]
    installation = runpy.run_path(str(HERE / "pipeline.py"), run_name="pipeline")["installation"]
    results: dict[str, list[tuple[float, ...]]] = {path: [] for path in PATHS}
    for size in sizes:
        home = folder / f"pages-{size}"
        if not (home / "data").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            installation(home)
            data = folder / f"p{size}"
            command = [program, "import", data / "participants.csv", data / "time_records.csv", "--rows", "good", "--yes", "--home",
                       home, "--project", "varmlands-framtid", "--today", "2026-01-31", "--quiet", "--no-progress"]
            if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode > 1:
                sys.exit("The data could not be read in.")
        began = time.monotonic()
        process = subprocess.Popen([program, "serve", "--home", home, "--port", "8490", "--today", "2026-01-31"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = process.stdout.readline().strip().replace("horisont.localhost", "127.0.0.1")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        opener.open(address).read()
        started = time.monotonic() - began
        base = re.match(r"http://[^/]+", address)[0] + "/p/varmlands-framtid"

        def ask(path: str) -> float:
            start = time.perf_counter()
            with opener.open(base + path) as answer:
                answer.read()
            return (time.perf_counter() - start) * 1000

        firsts = [ask(path) for path in PATHS]
        resident = memory(process, "VmRSS")
        for number, (path, first) in enumerate(zip(PATHS, firsts)):
            # Another fact each time, so that every page is the first after a write.
            subprocess.run([program, "correct", "D-0008", f"unemployed_since=2023-01-{number + 1:02}", "--reason", "mätning av sidorna",
                            "--home", home, "--project", "varmlands-framtid", "--today", "2026-01-31", "--quiet"], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            written = ask(path)
            then = statistics.median(ask(path) for _ in range(9))
            before = processor(process)
            for _ in range(40):
                ask(path)
            results[path].append((first, written, then, (processor(process) - before) / 40))
        print(f"{size}: started in {started:.2f} s, {resident:.0f} MiB resident, {memory(process, 'VmRSS'):.0f} after the writes, {memory(process, 'VmHWM'):.0f} at most")
        process.terminate()
        process.wait()
    heads = ("first", "written", "then", "processor")
    print(f"{'page':40}" + "".join(f"{head:>10}" for _ in sizes for head in heads))
    for path, times in results.items():
        print(f"{path or '/':40}" + "".join(f"{time:10.2f}" for of_size in times for time in of_size))


main()
