#!/usr/bin/python3
"""The time that each page takes on the server, and the memory of the program, at two sizes of a project.

Usage: benchmarks/pages.py PROGRAM DIR [SIZES]

DIR is a folder of benchmarks/pipeline.py (which generates the data): its data are read in with PROGRAM into a home of their own
for each size (default "1000 100000"), the pages are served, and every page is asked for once (all is worked out), once after a
correction of one participant (what was written is worked out), and then nine times more. Printed are ms of the server's processor
time, which other work on the machine changes little: the first, the first after the write, and one of the nine; then the median of
the nine by the clock of who asks, and how many times as much the largest project costs. Last come the forms: a correction looked
at and saved, and what somebody is called shown.
"""
import datetime
import http.cookiejar
import os
import re
import runpy
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATHS = ["", "/manader", "/manad/2024-03", "/inlasningar", "/inlasningar/I-1", "/inlasningar/I-2", "/problem", "/problem?level=error",
         "/problem?sortera=-file&sida=99999", "/problem?sida=3", "/deltagare", "/deltagare?verdict=undecided", "/deltagare?verdict=eligible&sida=99999",
         "/deltagare?sortera=reference&sida=7", "/deltagare?sortera=-verdict", "/deltagare?sida=99999&rader=50", "/deltagare/D-0007",
         "/deltagare/D-0007.json", "/deltagare/D-0007/bedomning", "/deltagare/D-0007/historik", "/timmar", "/timmar?per=participant",
         "/timmar?per=participant&sida=99999", "/timmar?per=participant&sortera=-accepted", "/timmar?per=activity", "/timmar?per=activity.csv",
         "/timmar?per=reason", "/timmar?per=day&manad=2024-03", "/timmar?manad=2024-03", "/timmar?per=day&manad=2024-03&deltagare=D-0007",
         "/timmar.json?per=month", "/timmar.csv?per=reason", "/ekonomi", "/underlag", "/underlag?participant=D-0007", "/beslut", "/visningar",
         "/rapporter", "/rapporter/ny?mall=project-outcome&period=", "/rapporter/ny?mall=scb-month&period=2024-03",
         "/rapporter/ny?mall=hours-summary&period=2024-03", "/stickprov", "/paket", "/granskning", "/logg", "/logg/kontroll", "/installningar"]
FILES = ["/deltagare.json", "/deltagare.csv", "/problem.json"]  # all rows: they grow with them


def memory(process: subprocess.Popen, what: str) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"{what}:\s*(\d+)", status)[1]) / 1024


def processor(process: subprocess.Popen) -> float:
    """ms of processor time of the process and its threads so far: its own clock, to the ns."""
    return time.clock_gettime((~process.pid << 3) | 2) * 1000


def main() -> None:
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    sizes = [int(size) for size in (sys.argv + ["1000 100000"])[3].split()]
    installation = runpy.run_path(str(HERE / "pipeline.py"), run_name="pipeline")["installation"]
    results: dict[str, list[tuple[float, ...]]] = {}
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
        started = time.monotonic() - began
        starting = processor(process)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        opener.open(address).read()
        site = re.match(r"http://[^/]+", address)[0]
        base = site + "/p/varmlands-framtid"

        def ask(path: str, form: dict[str, str] | None = None) -> tuple[float, float, str]:
            """Processor time of the server, time by the clock, and the answer."""
            data, headers = None, {}
            if form is not None:
                data = urllib.parse.urlencode(form).encode()
                headers = {"Origin": site, "Sec-Fetch-Site": "same-origin"}
            before, start = processor(process), time.perf_counter()
            while True:
                try:
                    with opener.open(urllib.request.Request(base + path, data, headers)) as answer:
                        text = answer.read()
                    break
                except urllib.error.HTTPError as told:
                    if told.code != 503:
                        raise
                    time.sleep(0.1)  # the project is being read: the processor time of it counts
            return processor(process) - before, (time.perf_counter() - start) * 1000, text.decode("utf-8", "replace")

        first_day = datetime.date(2015, 1, 1) + datetime.timedelta(int(time.time()) % 1500)

        def correct(number: int) -> None:
            """Another fact each time, so that what follows is the first after a write."""
            subprocess.run([program, "correct", "D-0008", f"unemployed_since={first_day + datetime.timedelta(number)}", "--reason",
                            "mätning av sidorna", "--home", home, "--project", "varmlands-framtid", "--today", "2026-01-31", "--json", "--yes"],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        firsts = [ask(path)[0] for path in PATHS + FILES]
        resident = memory(process, "VmRSS")
        for number, (path, first) in enumerate(zip(PATHS + FILES, firsts)):
            correct(number)
            written = ask(path)[0]
            then = [ask(path)[:2] for _ in range(9)]
            results.setdefault(path, []).append((first, written, statistics.median(t[0] for t in then), statistics.median(t[1] for t in then)))
        token = re.search(r'name="token" value="([^"]+)"', ask("/deltagare/D-0007")[2])[1]
        for number in range(4):
            form = {"token": token, "falt": "information_given_on", "varde": str(first_day + datetime.timedelta(number)),
                    "skal": f"mätning av sidorna {number}"}
            for what, fields in (("correction, looked at", {"steg": "visa"}), ("correction, saved", {"steg": "spara"})):
                cost, clock, _ = ask("/deltagare/D-0009/ratta", form | fields)
                results.setdefault(what, [])
                if number == 0:
                    results[what].append((cost, 0, 0, 0))
                else:
                    first, *_ = results[what][-1]
                    results[what][-1] = (first, cost, cost, clock)
        checked = ask("/logg/kontroll", {"token": token})
        while "data-poll" in checked[2]:  # it goes on beside the request
            time.sleep(0.2)
            checked = (checked[0] + (more := ask("/logg/kontroll"))[0], checked[1] + more[1], more[2])
        results.setdefault("the log checked", []).append((checked[0], 0, ask("/logg/kontroll")[0], checked[1]))
        print(f"{size}: listened after {started:.2f} s ({starting / 1000:.2f} s of the processor), {resident:.0f} MiB resident, "
              f"{memory(process, 'VmRSS'):.0f} after the writes, {memory(process, 'VmHWM'):.0f} at most")
        process.terminate()
        process.wait()
    heads = ("first", "written", "then", "by clock")
    print(f"{'page':48}" + "".join(f"{head:>10}" for _ in sizes for head in heads) + "     times")
    for path, times in results.items():
        grown = times[-1][2] / times[0][2] if len(times) > 1 and times[0][2] else 1.0
        print(f"{path or '/':48}" + "".join(f"{time:10.2f}" for of_size in times for time in of_size) + f"{grown:10.1f}")


main()
