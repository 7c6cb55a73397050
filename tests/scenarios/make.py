#!/usr/bin/python3
"""Makes the workbooks of tests/scenarios: files as offices keep them, with invented people.

Identity numbers have the serials 980-989, which are never given out. Run it after changing a story, then run the tests with
HORISONT_WRITE_EXPECTED=1 and read what changed before committing. Dates in the files are fixed, so the same script makes the
same cells."""
import datetime
import os
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

HERE = Path(__file__).parent
day = datetime.date


def number(birth, serial, dash=True):
    """ÅÅÅÅMMDD and a serial of three digits, with the check digit."""
    digits = birth[2:] + serial
    total = 0
    for i, c in enumerate(digits):
        d = int(c) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return birth + ("-" if dash else "") + serial + str(-total % 10)


PEOPLE = [("UH-1", number("19990517", "981"), "Öberg, Åsa", "Karlstad", day(2016, 2, 1)),
          ("UH-2", number("19980303", "980"), "Ek, Bo", "Karlstad", day(2016, 2, 8)),
          ("UH-3", number("19970303", "982"), "Al-Hassan, Cia", "Karlstad", day(2016, 2, 8)),
          ("UH-4", number("20000211", "984"), "Lind, Disa", "Karlstad", day(2016, 2, 15)),
          ("UH-5", number("19961130", "983"), "Nyström, Emil", "Karlstad", day(2016, 3, 1)),
          ("UH-6", number("20000704", "986"), "Sandberg, Farid", "Karlstad", day(2016, 3, 1))]
HEAD = Font(bold=True)
GREY = PatternFill("solid", fgColor="DDDDDD")


def book(title="Blad1"):
    b = Workbook()
    b.active.title = title
    b.properties.creator = "Handläggare"
    b.properties.created = b.properties.modified = datetime.datetime(2016, 4, 1, 8, 0)
    return b


def table(sheet, headings, rows, start=1):
    for c, heading in enumerate(headings, 1):
        cell = sheet.cell(start, c, heading)
        cell.font, cell.fill = HEAD, GREY
        sheet.column_dimensions[get_column_letter(c)].width = max(10, len(str(heading)) + 3)
    for r, row in enumerate(rows, start + 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(r, c, value)
    return start + len(rows)


def attendance(rows):
    return [(PEOPLE[p][1], PEOPLE[p][2], d, h, a) for p, d, h, a in rows]


LONG = ["Personnummer", "Namn", "Datum", "Timmar", "Aktivitet"]
MARCH = [(0, day(2016, 3, 1), 6, "praktik"), (0, day(2016, 3, 2), 6.5, "praktik"), (1, day(2016, 3, 1), 4, "individuellt stöd"),
         (2, day(2016, 3, 3), 3, "studiebesök"), (3, day(2016, 3, 4), 5, "studie- och yrkesvägledning")]
stories = {}


def story(name, text, *arguments):
    def register(make):
        stories[name] = (text, list(arguments), make)
        return make
    return register


@story("register-med-titel", "Deltagarlistan har en titel, en tom rad och datumet då den skrevs ut ovanför rubrikerna.")
def _(f):
    b = book("Deltagare")
    s = b.active
    s["A1"], s["A2"] = "Deltagarlista Ung Horisont", "Utskriven 2016-04-01"
    s["A1"].font = Font(bold=True, size=16)
    table(s, ["Personnr", "Namn", "Kommun", "Startdatum"], [(p[1], p[2], p[3], p[4]) for p in PEOPLE], 4)
    b.save(f / "deltagare.xlsx")


@story("tappade-nollor", "Personnumren skrevs som tal, så de som är födda 2000 har tappat sina nollor.")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Pnr", "Deltagar-id", "Startdatum"],
          [(int(p[1][2:].replace("-", "")), p[0], p[4]) for p in PEOPLE])
    b.save(f / "deltagare.xlsx")


@story("exponentform", "Excel har visat tolv siffror som 2,00503E+11 och någon har klistrat in det som text.")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Personnummer", "Startdatum"], [("2,00002E+11", day(2016, 2, 15)), (200002110000, day(2016, 2, 15))])
    b.save(f / "deltagare.xlsx")


@story("narvaro-en-rad-per-dag", "Närvarolistan som den ska vara: en rad för varje dag.")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance(MARCH))
    b.save(f / "narvaro mars.xlsx")


@story("narvaro-31-kolumner", "Månadens dagar ligger som kolumner, S betyder sjuk och längst ner står summan.", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    s = b.active
    s["A1"] = "Närvaro mars 2016"
    table(s, ["Personnr", "Namn"] + list(range(1, 32)) + ["Summa"],
          [[PEOPLE[0][1], PEOPLE[0][2], 6, 6] + [None] * 4 + [6, "S"] + [None] * 23 + ["=SUM(C4:AG4)"],
           [PEOPLE[1][1], PEOPLE[1][2], None, 4, 4] + [None] * 28 + ["=SUM(C5:AG5)"],
           ["Summa", None] + [f"=SUM({get_column_letter(c)}4:{get_column_letter(c)}5)" for c in range(3, 35)]], 3)
    b.save(f / "narvaro.xlsx")


@story("trettioforsta-april", "Mallen med 31 dagar användes i april, och någon skrev timmar på den 31:a.", "--record", "attendance", "--month", "2016-04")
def _(f):
    b = book("Blad1")
    table(b.active, ["Personnr"] + list(range(1, 32)), [[PEOPLE[0][1]] + [5] * 8 + [None] * 22 + [4]])
    b.save(f / "lista.xlsx")


@story("skottdagen", "Närvaro den 29 februari 2016, som finns, och den 30, som inte finns.")
def _(f):
    b = book("Februari")
    table(b.active, LONG, [(PEOPLE[0][1], PEOPLE[0][2], "2016-02-29", 6, "praktik"), (PEOPLE[0][1], PEOPLE[0][2], "2016-02-30", 6, "praktik")])
    b.save(f / "narvaro februari.xlsx")


@story("dold-rad-och-dolt-blad", "En rad är dold i listan, en kolumn med telefonnummer också, och bladet Anteckningar är dolt.")
def _(f):
    b = book("Mars")
    s = b.active
    table(s, LONG + ["Telefon anhörig"], [r + ("054-10 00 00",) for r in attendance(MARCH)])
    s.row_dimensions[3].hidden = True
    s.column_dimensions["F"].hidden = True
    n = b.create_sheet("Anteckningar")
    n["A1"] = "Ring Karin om frånvaron"
    n.sheet_state = "hidden"
    b.save(f / "narvaro.xlsx")


@story("filtrerad-lista", "Handläggaren hade filtrerat fram en person när filen sparades.")
def _(f):
    b = book("Mars")
    s = b.active
    last = table(s, LONG, attendance(MARCH))
    s.auto_filter.ref = f"A1:E{last}"
    s.auto_filter.add_filter_column(1, ["Öberg, Åsa"])
    for r in range(4, last + 1):
        s.row_dimensions[r].hidden = True
    b.save(f / "narvaro.xlsx")


@story("timmar-som-klockslag", "Tiden står som [h]:mm, som text 6:30, som 6 h 30 min och som 390 min.")
def _(f):
    b = book("Mars")
    s = b.active
    table(s, LONG, attendance([(0, day(2016, 3, 1), datetime.timedelta(hours=6, minutes=30), "praktik"), (0, day(2016, 3, 2), "6:30", "praktik"),
                               (1, day(2016, 3, 1), "6 h 30 min", "praktik"), (1, day(2016, 3, 2), "390 min", "praktik")]))
    s["D2"].number_format = "[h]:mm"
    b.save(f / "narvaro.xlsx")


@story("punkt-eller-minuter", "7.30 som text kan vara sju och en halv timme eller 7,3 timmar: det ska frågas, inte gissas.")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), "7.30", "praktik"), (0, day(2016, 3, 2), "6.15", "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("punkt-besvarad", "Samma lista, med svaret att punkten skiljer timmar och minuter.", "--read-as", "hours.minutes")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), "7.30", "praktik"), (0, day(2016, 3, 2), "6.15", "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("minuter-i-timkolumnen", "Kolumnen heter Timmar men innehåller minuter.")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance([(p, d, h * 60, a) for p, d, h, a in MARCH]))
    b.save(f / "narvaro.xlsx")


@story("engelsk-datumordning", "Datumen står som 02/03/2016 och kan läsas på två sätt.")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance([(0, "02/03/2016", 6, "praktik"), (1, "03/03/2016", 4, "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("summor-mitt-i", "Delsummor efter varje person och en total som inte stämmer med raderna.")
def _(f):
    b = book("Mars")
    rows = attendance(MARCH[:2]) + [("Delsumma", None, None, 12.5, None)] + attendance(MARCH[2:3]) + [("Totalt", None, None, 17, None)]
    table(b.active, LONG, rows)
    b.save(f / "narvaro.xlsx")


@story("anmarkningar-under", "Under listan står anmärkningar och en underskrift.")
def _(f):
    b = book("Mars")
    s = b.active
    last = table(s, ["Datum", "Personnummer", "Timmar", "Aktivitet"], [(d, PEOPLE[p][1], h, a) for p, d, h, a in MARCH])
    s.cell(last + 2, 1, "Frånvaro anmäls till Lisa senast kl. 9")
    s.cell(last + 3, 1, "Underskrift")
    s.cell(last + 3, 4, "Lisa Berg")
    b.save(f / "narvaro.xlsx")


@story("okand-person", "En rad gäller någon som inte finns i registret; numret är rätt men personen är inte inläst.")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance(MARCH[:2]) + [(number("19950606", "985"), "Ek, Bodil", day(2016, 3, 2), 4, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("fel-kontrollsiffra", "Två siffror har bytt plats i ett personnummer.")
def _(f):
    b = book("Deltagare")
    wrong = PEOPLE[0][1][:-2] + PEOPLE[0][1][-1] + PEOPLE[0][1][-2]
    table(b.active, ["Personnummer", "Namn", "Startdatum"], [(wrong, PEOPLE[0][2], PEOPLE[0][4]), (PEOPLE[1][1], PEOPLE[1][2], PEOPLE[1][4])])
    b.save(f / "deltagare.xlsx")


@story("fore-start-och-i-framtiden", "Närvaro före startdagen, på en söndag och efter dagen då filen läses.")
def _(f):
    b = book("Närvaro")
    table(b.active, LONG, attendance([(4, day(2016, 2, 10), 4, "praktik"), (0, day(2016, 3, 6), 4, "praktik"), (0, day(2016, 5, 2), 4, "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("for-manga-timmar", "Fjorton timmar på en dag, och samma dag två gånger.")
def _(f):
    b = book("Närvaro")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), 14, "praktik"), (1, day(2016, 3, 1), 5, "praktik"), (1, day(2016, 3, 1), 5, "praktik"),
                                      (2, day(2016, 3, 1), 25, "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("ett-blad-per-manad", "Februari och mars ligger på var sitt blad med samma rubriker.")
def _(f):
    b = book("Februari")
    table(b.active, LONG, attendance([(0, day(2016, 2, 15), 6, "praktik")]))
    table(b.create_sheet("Mars"), LONG, attendance(MARCH))
    b.create_sheet("Telefonlista")["A1"] = "Karin 054-10 00 00"
    b.save(f / "narvaro var.xlsx")


@story("rubrik-i-tva-rader", "Rubriken ligger i två rader med sammanslagna celler.", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    s = b.active
    s["A1"], s["C1"] = "Deltagare", "Dag i mars 2016"
    s.merge_cells("A1:B1")
    s.merge_cells("C1:J1")
    s["C1"].alignment = Alignment(horizontal="center")
    table(s, ["Personnr", "Namn", 1, 2, 3, 4, 7, 8, 9, 10], [[PEOPLE[0][1], PEOPLE[0][2], 6, 6, None, 4], [PEOPLE[2][1], PEOPLE[2][2], None, 3]], 2)
    b.save(f / "narvaro.xlsx")


@story("formel-utan-varde", "Filen skrevs av ett program som inte räknar ut formlerna; en cell har dessutom felet #REF!.")
def _(f):
    b = book("Mars")
    s = b.active
    table(s, LONG, attendance([(0, day(2016, 3, 1), "=3+3", "praktik"), (1, day(2016, 3, 1), "#REF!", "praktik")]))
    s["D3"].data_type = "e"
    b.save(f / "narvaro.xlsx")


@story("stavade-rubriker", "Rubrikerna är felstavade och förkortade.")
def _(f):
    b = book("Mars")
    table(b.active, ["Personumer", "Deltagarens namn", "Närvarodatum", "Hur länge", "Akitvitet"], attendance(MARCH))
    b.save(f / "narvaro.xlsx")


@story("okand-aktivitet", "Aktiviteten PRAO finns inte i projektet.")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), 6, "PRAO"), (0, day(2016, 3, 2), 6, "praktikk")]))
    b.save(f / "narvaro.xlsx")


@story("okand-aktivitet-besvarad", "Samma lista, med svaret att PRAO och praktikk är praktik.", "--read-as", "activity:PRAO=work_placement", "--read-as", "activity:praktikk=work_placement")
def _(f):
    b = book("Mars")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), 6, "PRAO"), (0, day(2016, 3, 2), 6, "praktikk")]))
    b.save(f / "narvaro.xlsx")


@story("personaltid", "Personalens tidrapport för en vecka, med tjänstgöringsgrad i procent.", "--record", "staff-time")
def _(f):
    b = book("Vecka 9")
    table(b.active, ["Anställningsnummer", "Namn", "Funktion", "Tjänstgöringsgrad", "Datum", "Aktivitet", "Timmar", "Beskrivning"],
          [("10417", "Berg, Lisa", "projektledare", "50 %", day(2016, 2, 29), "annat", 4, "Planering"),
           ("10417", "Berg, Lisa", "projektledare", "50 %", day(2016, 3, 1), "annat", 3.5, "Samtal med arbetsgivare")])
    b.save(f / "personaltid.xlsx")


@story("avslut", "Avslutslistan: en fullföljde och fick arbete, en flyttade, en slutade innan hen började.")
def _(f):
    b = book("Avslut")
    table(b.active, ["Deltagar-id", "Slutdatum", "Genomfört", "Avslutsorsak", "Status efter"],
          [("UH-1", day(2016, 3, 31), "ja", "arbete", "anställd"), ("UH-2", day(2016, 3, 15), "nej", "flyttat", "okänt"),
           ("UH-3", day(2016, 1, 15), "nej", "avbrott", "arbetslös")])
    b.save(f / "avslut.xlsx")


@story("underlag", "Underlagen som styrker kraven, med var de förvaras.", "--record", "evidence")
def _(f):
    b = book("Underlag")
    table(b.active, ["Deltagar-id", "Krav", "Typ av underlag", "Datum", "Utfärdat av", "Förvaras hos"],
          [("UH-1", "bosättning", "registerutdrag", day(2016, 1, 25), "Skatteverket", "Karlstads kommun"),
           ("UH-2", "arbetslöshet", "intyg", day(2016, 2, 1), "Arbetsförmedlingen", "Karlstads kommun")])
    b.save(f / "underlag.xlsx")


@story("andrat-register", "Registret en månad senare: en har flyttat, en är ny, två finns inte med.")
def _(f):
    b = book("Deltagare")
    rows = [(p[0], p[1], p[2], "Kil" if p[0] == "UH-2" else p[3], p[4]) for p in PEOPLE[:4]]
    rows.append(("UH-7", number("19990101", "988"), "Åkesson, Gry", "Karlstad", day(2016, 4, 4)))
    table(b.active, ["Deltagar-id", "Personnummer", "Namn", "Hemkommun", "Startdatum"], rows)
    b.save(f / "deltagare april.xlsx")


@story("kommentarer-och-farger", "Listan har kommentarer, färger, ett 1904-datumsystem och en titel i fetstil.")
def _(f):
    b = book("Mars")
    b.epoch = datetime.datetime(1904, 1, 1)
    s = b.active
    table(s, LONG, attendance(MARCH))
    s["D2"].comment = Comment("Stämt av med praktikplatsen", "Lisa")
    s["D2"].fill = PatternFill("solid", fgColor="FFFF00")
    b.save(f / "narvaro.xlsx")


@story("iso-datum", "Ett program har skrivit datumen som ISO-text i datumceller.")
def _(f):
    b = book("Mars")
    b.iso_dates = True
    table(b.active, LONG, attendance(MARCH))
    b.save(f / "narvaro.xlsx")


@story("narvlista-skolan", "Skolans Närv.lista mars: rubrik över två sammanfogade rader, veckodag över dagens nummer, x för hel dag och "
       "h:mm där det blev kortare; ingen har sagt hur lång en hel dag är.", "--record", "attendance")
def _(f):
    b = book("Närv.lista mars 2016")
    s = b.active
    s["A1"] = "Närv.lista Ung Horisont, Nyköpingsgatan 4"
    s.merge_cells("A1:M1")
    s["C3"] = "Vecka 9"
    s.merge_cells("C3:G3")
    table(s, ["Personnr", "Namn"] + list(range(1, 11)) + ["Tot."], [], 4)
    for r, (p, marks) in enumerate([(0, ["x", "x", datetime.time(4, 30), "x"]), (1, [None, "X", "x", datetime.time(3, 15)])], 5):
        s.cell(r, 1, PEOPLE[p][1])
        s.cell(r, 2, PEOPLE[p][2])
        for c, mark in enumerate(marks, 3):
            if mark is not None:
                s.cell(r, c, mark)
    b.save(f / "lista.xlsx")


@story("narvlista-besvarad", "Samma lista när kontoret har svarat att ett x är sex timmar.", "--record", "attendance", "--read-as", "day:x=360")
def _(f):
    stories["narvlista-skolan"][2](f)


@story("ettor-i-rutorna", "Varje närvarodag är en etta: en timme, eller att personen var där?", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Personnr", "Namn"] + list(range(1, 32)),
          [[PEOPLE[0][1], PEOPLE[0][2], 1, 1, 1, 1, None, None, 1, 1, 1, 1], [PEOPLE[1][1], PEOPLE[1][2], None, 1, 1, 1, None, None, 1, 1, None, 1]])
    b.save(f / "narvaro.xlsx")


@story("bara-farger", "Närvaron är gröna rutor och frånvaron röda; i cellerna står ingenting.", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    s = b.active
    table(s, ["Personnr", "Namn"] + list(range(1, 32)), [[PEOPLE[p][1], PEOPLE[p][2]] for p in range(3)])
    for r in range(2, 5):
        for c in range(3, 20):
            s.cell(r, c).fill = PatternFill("solid", fgColor="00B050" if (r + c) % 4 else "FF0000")
    b.save(f / "narvaro.xlsx")


@story("ett-blad-per-person", "Ett blad för varje deltagare: namn och personnummer överst, datum och timmar i en tabell under.", "--record", "attendance")
def _(f):
    b = book("x")
    b.remove(b.active)
    for p in (0, 1):
        s = b.create_sheet(PEOPLE[p][2].split(",")[0])
        s["A1"] = "Närvarorapport"
        s["A3"], s["B3"] = "Namn:", PEOPLE[p][2]
        s["A4"], s["B4"] = "Personnummer:", PEOPLE[p][1]
        s["A5"], s["B5"] = "Handledare:", "Lisa"
        table(s, ["Datum", "Aktivitet", "Timmar"], [(day(2016, 3, 1 + i), "praktik", 6) for i in range(4)] + [("Summa", None, "=SUM(C8:C11)")], 7)
    b.save(f / "narvaro per person.xlsx")


@story("ett-blad-per-person-utan-nummer", "Ett blad per deltagare där personnumret glömdes på det andra bladet.", "--record", "attendance")
def _(f):
    b = book("x")
    b.remove(b.active)
    for p in (0, 1):
        s = b.create_sheet(f"Deltagare {p + 1}")
        s["A1"], s["B1"] = "Personnr", PEOPLE[p][1] if p == 0 else None
        s["A2"], s["B2"] = "Namn", PEOPLE[p][2]
        table(s, ["Datum", "Tim", "Aktivitet"], [(day(2016, 3, 1 + i), 5, "praktik") for i in range(3)], 4)
    b.save(f / "narvaro.xlsx")


@story("veckosummor", "Listan har en summarad efter varje vecka, och den andra veckan räknades fel.")
def _(f):
    b = book("Mars")
    rows = attendance(MARCH)
    table(b.active, LONG, rows[:3] + [("Summa v. 9", None, None, 16.5, None)] + rows[3:] + [("Summa v. 10", None, None, 9, None), ("Totalt", None, None, 24.5, None)])
    b.save(f / "narvaro.xlsx")


@story("tva-perioder-i-en-kolumn", "Start och slut står i samma cell, som 2016-02-01 - 2016-06-30.")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Personnummer", "Namn", "Startdatum"],
          [(PEOPLE[0][1], PEOPLE[0][2], "2016-02-01 - 2016-06-30"), (PEOPLE[1][1], PEOPLE[1][2], "vt 16"), (PEOPLE[2][1], PEOPLE[2][2], "v. 6")])
    b.save(f / "deltagare.xlsx")


@story("tvasiffriga-ar", "Gymnasieskolan skriver datumen 16-02-01 och 160208, och en har skrivit 1/2 -16.")
def _(f):
    b = book("Elever")
    table(b.active, ["Pers.nr", "Elevens namn", "Startdatum"],
          [(PEOPLE[0][1][2:], "Öberg, Åsa", "16-02-01"), (PEOPLE[1][1][2:], "Ek, Bo", "160208"), (PEOPLE[2][1][2:], "Al-Hassan, Cia", "1/2 -16")])
    b.save(f / "elever vt16.xlsx")


@story("timmar-och-minuter-var-for-sig", "Timmar och minuter står i varsin kolumn: 6 och 30 är sex och en halv timme.")
def _(f):
    b = book("Mars")
    table(b.active, ["Personnummer", "Datum", "Timmar", "Minuter", "Aktivitet"],
          [(PEOPLE[0][1], day(2016, 3, 1), 6, 30, "praktik"), (PEOPLE[1][1], day(2016, 3, 1), 4, 0, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("samma-dag-tva-ganger", "Förmiddag och eftermiddag står på var sin rad, och en rad har klistrats in två gånger.")
def _(f):
    b = book("Mars")
    rows = [(PEOPLE[0][1], day(2016, 3, 1), 3, "praktik"), (PEOPLE[0][1], day(2016, 3, 1), 2.5, "SYV"), (PEOPLE[0][1], day(2016, 3, 1), 3, "praktik"),
            (PEOPLE[1][1], day(2016, 3, 1), 3, "praktik"), (PEOPLE[1][1], day(2016, 3, 1), 2, "praktik")]
    table(b.active, ["Personnummer", "Datum", "Timmar", "Aktivitet"], rows)
    b.save(f / "narvaro.xlsx")


@story("franvaro-i-timmar", "Kommunen fyller i frånvarotimmar i dagarna och närvaro bara som en summa.", "--record", "attendance")
def _(f):
    b = book("Frånvaro mars 2016")
    s = b.active
    s["A1"] = "Frånvarotimmar mars 2016"
    table(s, ["Personnr", "Namn"] + list(range(1, 32)), [[PEOPLE[0][1], PEOPLE[0][2], 2, None, 3], [PEOPLE[1][1], PEOPLE[1][2], None, 6]], 3)
    b.save(f / "franvaro.xlsx")


@story("planerad-och-verklig", "Två kolumner med timmar: planerad tid och närvarotid.")
def _(f):
    b = book("Mars")
    table(b.active, ["Personnummer", "Datum", "Planerad tid", "Närvarotid", "Aktivitet"],
          [(PEOPLE[0][1], day(2016, 3, 1), 8, 6, "praktik"), (PEOPLE[1][1], day(2016, 3, 1), 8, 0, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("samma-namn-tva-nummer", "Registret har Ek, Bo en gång till med två siffror omkastade och ett samordningsnummer för Lind, Disa.")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Deltagar-id", "Personnummer", "Namn", "Startdatum"],
          [(p[0], p[1], p[2], p[4]) for p in PEOPLE[:2]] +
          [("UH-8", number("19980330", "980"), "Ek, Bo", day(2016, 3, 1)), ("UH-9", number("20000271", "985"), "Lind, Disa", day(2016, 3, 1))])
    b.save(f / "deltagare.xlsx")


FORM = [("Namn:", 2), ("Personnummer:", 1), ("Deltagar-id", 0), ("Hemkommun", 3), ("Startdatum:", 4)]


def form(sheet, p, title="Inskrivning i projektet", more=()):
    sheet["A1"] = title
    sheet["A1"].font = HEAD
    for r, (label, value) in enumerate(list(FORM) + list(more), 3):
        sheet.cell(r, 1, label).font = HEAD
        sheet.cell(r, 2, p[value] if isinstance(value, int) else value)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 28


NEW = [("UH-11", number("19980714", "981"), "Holm, Gun", "Karlstad", day(2016, 3, 7)),
       ("UH-12", number("19990102", "982"), "Dahl, Hugo", "Karlstad", day(2016, 3, 9)),
       ("UH-13", number("20000303", "983"), "Ali, Iman", "Karlstad", day(2016, 3, 14))]


@story("formular-ett-blad-per-person", "Ett inskrivningsblad för varje deltagare: etiketterna till vänster och svaren till höger, kryssrutor för ja och nej, "
       "en tom blankett sist och ett dolt blad med en tidigare deltagare.")
def _(f):
    b = book("x")
    b.remove(b.active)
    for i, p in enumerate(NEW):
        s = b.create_sheet(p[2].split(",")[0])
        form(s, p, more=[("Sysselsättning", "arbetslös"), ("Studerar?", "☐ Ja ☒ Nej" if i else "☒ Ja ☐ Nej"),
                         ("Inskriven på Arbetsförmedlingen", None), ("Favoritfärg", "blå"), ("Anmärkning:", None)])
        s["B10"], s["C10"], s["D10"], s["E10"] = ("Ja", "x", "Nej", None) if i else ("Ja", None, "Nej", "x")
        s["A15"] = "Blanketten lämnas till projektledaren senast dagen efter inskrivningen."
    form(b.create_sheet("Tom blankett"), [None] * 5)
    s = b.create_sheet("Gammal")
    form(s, ("UH-14", number("19970101", "984"), "Berg, Jan", "Karlstad", day(2016, 2, 1)))
    s.sheet_state = "hidden"
    b.save(f / "inskrivning.xlsx")


@story("formular-i-tva-spalter", "Inskrivningsblanketten har två spalter med etikett och svar, och sysselsättningen kryssas i en lista.")
def _(f):
    b = book("Blankett")
    s, p = b.active, NEW[0]
    s["A1"] = "Inskrivning"
    pairs = [[("Namn:", p[2]), ("Personnummer:", p[1])], [("Startdatum:", p[4]), ("Slutdatum:", None)],
             [("Hemkommun:", p[3]), ("Skola", None)], [("E-post:", "okänt"), ("Mobil:", "okänt")]]
    for r, row in enumerate(pairs, 3):
        for c, (label, value) in zip((1, 4), row):
            s.cell(r, c, label)
            s.cell(r, c + 1, value)
    s["A8"] = "Sysselsättning"
    for r, (box, text) in enumerate([("☒", "arbetslös"), ("☐", "anställd"), ("☐", "ej i arbetskraften")], 8):
        s.cell(r, 2, box + " " + text)
    s["A12"], s["B12"] = "Fullständiga gymnasiebetyg", "☐ Ja  ☒ Nej"
    b.save(f / "blankett.xlsx")


@story("formular-med-etiketten-ovanfor", "Blanketten har etiketten ovanför svaret, två i bredd.")
def _(f):
    b = book("Blankett")
    s, p = b.active, NEW[1]
    s["A1"] = "Inskrivning"
    for r, ((one, a), (other, c)) in enumerate([(("Namn", p[2]), ("Personnummer", p[1])), (("Startdatum", p[4]), ("Hemkommun", p[3])),
                                                (("Deltagar-id", p[0]), ("Studerar", "nej")), (("Handledare", "Lisa"), ("Önskemål", "utomhus"))]):
        s.cell(3 + 3 * r, 1, one)
        s.cell(4 + 3 * r, 1, a)
        s.cell(3 + 3 * r, 3, other)
        s.cell(4 + 3 * r, 3, c)
    b.save(f / "blankett.xlsx")


@story("formular-med-fel", "I blanketten är två rutor kryssade och personnumrets sista siffra är fel.")
def _(f):
    b = book("Ett")
    p = NEW[0]
    form(b.active, (p[0], p[1][:-1] + str((int(p[1][-1]) + 1) % 10), *p[2:]), more=[("Studerar", "☒ Ja ☒ Nej")])
    b.save(f / "blankett.xlsx")


@story("formular-med-etikett-tva-ganger", "Blanketten har Namn två gånger utan att säga vems. Vilket som är deltagarens gissas inte.")
def _(f):
    b = book("Blankett")
    form(b.active, NEW[0], more=[("Namn:", "Holm, Karin")])
    b.save(f / "blankett.xlsx")


@story("formular-med-vardnadshavare", "Under rubriken Vårdnadshavare står namn, mobil och e-post som inte är deltagarens; under Insats är det deltagarens igen. "
       "Överst står titeln Deltagare.")
def _(f):
    b = book("Blankett")
    s = b.active
    form(s, NEW[0], more=[("Vårdnadshavare", None), ("Namn:", "Holm, Karin"), ("E-post", "karin@example.org"), ("Relation", "mor"),
                          ("Mobil", "070-000 00 01"), ("Insats", None), ("Sysselsättning", "arbetslös")])
    s["A1"] = "Deltagare"
    b.save(f / "blankett.xlsx")


@story("formular-med-handlaggare", "Under Handläggare på Arbetsförmedlingen står dennes namn och mobil; under Insats är det deltagarens igen.")
def _(f):
    b = book("Blankett")
    form(b.active, NEW[0], more=[("Handläggare på Arbetsförmedlingen", None), ("Namn", "Berg, Lisa"), ("Mobil", "070-000 00 02"), ("Insats", None),
                                 ("Sysselsättning", "arbetslös")])
    b.save(f / "blankett.xlsx")


@story("formular-med-rutor-efter-orden", "Rutorna står efter sina ord: raden börjar med ett ord och slutar med en ruta. I en rad står de på båda sidor.")
def _(f):
    b = book("Blankett")
    s = b.active
    form(s, NEW[0], more=[("Studerar", "Ja ☐ Nej ☒"), ("Sysselsättning", "arbetslös ☐ anställd ☒ ej i arbetskraften ☐"), ("KAA", "Ja ☒ Nej")])
    s["A12"], s["B12"], s["C12"], s["D12"], s["E12"] = "I annan utbildning eller praktik", "Ja", "☐", "Nej", "☒"
    b.save(f / "blankett.xlsx")


@story("formular-med-kryss-under-orden", "Alternativen står i en rad och krysset i raden under; i en fråga är inget kryssat, i en annan är två det.")
def _(f):
    b = book("Blankett")
    s = b.active
    form(s, NEW[0])
    for r, (label, cross) in enumerate([("Studerar", (3,)), ("KAA", ()), ("I annan utbildning eller praktik", (2, 3))]):
        s.cell(9 + 2 * r, 1, label)
        s.cell(9 + 2 * r, 2, "Ja")
        s.cell(9 + 2 * r, 3, "Nej")
        for c in cross:
            s.cell(10 + 2 * r, c, "x")
    b.save(f / "blankett.xlsx")


@story("formular-med-tva-startdatum", "Vid Startdatum står två datum bredvid varandra, och namnet är ett annat än det som är känt för numret.")
def _(f):
    b = book("Blankett")
    s, p = b.active, PEOPLE[0]
    form(s, (p[0], p[1], "Lundqvist, Greta", p[3], p[4]))
    for r in range(1, 15):
        if s.cell(r, 1).value and str(s.cell(r, 1).value).startswith("Startdatum"):
            s.cell(r, 3, day(2016, 3, 1))
    b.save(f / "blankett.xlsx")


@story("register-med-summarad", "Under registret står hur många de är: Summa i numrets spalt och antalet bredvid.")
def _(f):
    b = book("Deltagare")
    s = b.active
    end = table(s, ["Deltagar-id", "Personnummer", "Namn", "Hemkommun", "Startdatum"], [(p[0], p[1], p[2], p[3], p[4]) for p in PEOPLE])
    s.cell(end + 1, 1, "Summa")
    s.cell(end + 1, 2, len(PEOPLE))
    b.save(f / "register.xlsx")


@story("formular-vid-avslut", "Ett avslutsblad för en deltagare: personnummer, slutdatum, orsak och läget efteråt.")
def _(f):
    b = book("Avslut")
    s, p = b.active, PEOPLE[1]
    for r, (label, value) in enumerate([("1. Personnummer (ÅÅÅÅMMDD-NNNN)", p[1]), ("2. Slutdatum", day(2016, 3, 18)), ("3. Avslutsorsak", "studier"),
                                        ("4. Sysselsättning efter", "ej i arbetskraften"), ("5. Studerar efter", "Ja [x]  Nej [ ]"), ("6. Anmärkning", None)], 2):
        s.cell(r, 2, label)
        s.cell(r, 4, value)
    b.save(f / "avslut.xlsx")


@story("delat-personnummer", "Födelsedatum och sista fyra står i var sin kolumn; Excel har tappat nollan i 0812.")
def _(f):
    b = book("Deltagare")
    rows = [(i + 1, p[2], p[1][:8], p[1][-4:] if i else int(p[1][-4:]), "K" if i % 2 == 0 else "M", p[4], None)
            for i, p in enumerate(PEOPLE[:4])]
    table(b.active, ["Nr", "Namn (efternamn, förnamn)", "Födelsedatum", "Sista fyra", "Man/Kvinna", "Inskriven", "Utskriven"],
          rows + [(5, "Utan, Siffror", "19980101", None, "M", day(2016, 3, 1), None)])
    b.save(f / "register.xlsx")


@story("kryss-under-rubriker", "Kön och sysselsättning är kryss under två rubrikrader; den tredje har två kryss.")
def _(f):
    b = book("Register")
    s = b.active
    s.append(["Person", None, "Kön", None, "Situation vid start", None, None, "Datum", None])
    for area in ("A1:B1", "C1:D1", "E1:G1", "H1:I1"):
        s.merge_cells(area)
    table(s, ["Personnummer", "Namn", "K", "M", "Arbetslös", "Anställd", "Okänt", "In", "Ut"],
          [(PEOPLE[0][1], PEOPLE[0][2], "x", None, "x", None, None, PEOPLE[0][4], "pågår"),
           (PEOPLE[1][1], PEOPLE[1][2], None, "X", None, "x", "-", PEOPLE[1][4], day(2016, 6, 30)),
           (PEOPLE[2][1], PEOPLE[2][2], "x", "x", "x", None, None, PEOPLE[2][4], None)], 2)
    b.save(f / "register.xlsx")


@story("kvinna-och-man-i-var-sin-kolumn", "Två kolumner med kryss heter Kvinna och Man.")
def _(f):
    b = book("Register")
    table(b.active, ["Personnummer", "Namn", "Kvinna", "Man", "Startdatum"],
          [(p[1], p[2], "x" if i % 2 == 0 else None, None if i % 2 == 0 else "x", p[4]) for i, p in enumerate(PEOPLE[:3])])
    b.save(f / "register.xlsx")


@story("veckor-som-kolumner", "Timmar per vecka i kolumner; vecka 9 2016 ligger i både februari och mars.")
def _(f):
    b = book("2016")
    s = b.active
    s["A1"] = "Timmar per vecka 2016"
    table(s, ["Personnr", "Namn", "v. 7", "v. 8", "v. 9", "v. 10", "Summa"],
          [(PEOPLE[0][1], PEOPLE[0][2], 12, 30, None, 8, 50), (PEOPLE[1][1], PEOPLE[1][2], 6, 7.5, 5, None, 18.5)], 3)
    b.save(f / "veckor.xlsx")


@story("veckodagar-under-veckans-nummer", "Två veckor med veckans nummer ovanför veckodagarna, en flik per klass.")
def _(f):
    b = book("Klass 9A")
    for title, who in (("Klass 9A", (0, 1)), ("Klass 9B", (2,))):
        s = b.active if title == "Klass 9A" else b.create_sheet(title)
        s.append(["Närvaro vt 2016"])
        s.append([None, None, "Vecka 10"] + [None] * 4 + ["Vecka 11"])
        s.merge_cells("C2:G2")
        s.merge_cells("H2:L2")
        table(s, ["Elev", "Personnummer"] + ["Mån", "Tis", "Ons", "Tors", "Fre"] * 2,
              [(PEOPLE[p][2], PEOPLE[p][1], 2, 2, None, 1.5, 3, "s", 2, 2, None, 3) for p in who], 3)
    b.save(f / "klasser.xlsx")


@story("veckodagar-utan-vecka", "Veckodagar som kolumner, och ingenstans står vilken vecka.")
def _(f):
    b = book("Närvaro")
    table(b.active, ["Personnummer", "Må", "Ti", "On", "To", "Fr"], [(PEOPLE[0][1], 2, 2, 2, 2, 2)])
    b.save(f / "lista.xlsx")


@story("veckodagar-och-titel", "En vecka, och veckans nummer i titeln.")
def _(f):
    b = book("Närvaro")
    s = b.active
    s["A1"] = "Närvaro vecka 53 2015"
    table(s, ["Personnummer", "Må", "Ti", "On", "To", "Fr"], [(PEOPLE[0][1], 2, 2, 2, 2, 2)], 3)
    b.save(f / "lista.xlsx")


@story("fem-datum-som-kolumner", "En veckas datum som kolumner.")
def _(f):
    b = book("Närvaro")
    table(b.active, ["Personnummer"] + [day(2016, 3, d) for d in range(7, 12)], [(PEOPLE[0][1], 2, 2.5, None, "f", 3)])
    b.save(f / "lista.xlsx")


@story("avslut-med-egna-ord", "Avslutslistan känns igen utan att någon säger vad den är; rubrikerna har anvisningar inom parentes.")
def _(f):
    b = book("Avslut")
    table(b.active, ["Pers.nr", "Förnamn", "Efternamn", "Slutdatum", "Orsak till avslut", "Sysselsättning efter avslut", "Fullföljt (ja/nej)"],
          [(PEOPLE[0][1], "Åsa", "Öberg", day(2016, 6, 10), "Arbete", "Anställd", "JA"),
           (PEOPLE[1][1], "Bo", "Ek", day(2016, 6, 11), "Planenligt", "Egen firma", "ja"),
           (PEOPLE[2][1], "Cia", "Al-Hassan", day(2016, 6, 12), "Hoppat av", "Komvux", "nej")])
    b.save(f / "avslut.xlsx")


@story("tidrapport-med-dagnummer", "Personalens månadsblad: namn, funktion och månad ovanför, dagens nummer i raden, timmarna under projektets namn.")
def _(f):
    b = book("Tidrapport")
    s = b.active
    for row, (label, value) in enumerate([("Tidrapport", None), ("Namn:", "Berg, Lisa"), ("Anst.nr:", "10417"), ("Månad:", "februari 2016"),
                                          ("Funktion:", "projektledare")], 1):
        s.cell(row, 1, label)
        s.cell(row, 2, value)
    end = table(s, ["Dag", "Projekt Ung Horisont", "Övrig tid", "Vad jag gjorde"],
                [(d, 6 if day(2016, 2, d).weekday() < 5 else None, 2 if day(2016, 2, d).weekday() < 5 else None,
                  "handledning" if day(2016, 2, d).weekday() < 5 else None) for d in range(1, 30)], 7)
    s.cell(end + 1, 1, "Summa")
    s.cell(end + 1, 2, 126)
    s.cell(end + 3, 1, "Underskrift:")
    b.save(f / "tidrapport.xlsx")


@story("dag-som-inte-finns-i-bladets-manad", "En deltagares blad för februari 2016 med dagens nummer; den 29 finns, den 30 finns inte.")
def _(f):
    b = book("Februari 2016")
    s = b.active
    s["A1"], s["B1"] = "Personnummer:", PEOPLE[0][1]
    table(s, ["Dag", "Timmar", "Aktivitet"], [(28, None, None), (29, 6, "praktik"), (30, 6, "praktik")], 3)
    b.save(f / "blad.xlsx")


@story("perioder-med-timmar-om-dagen", "En lista med perioder och timmar om dagen är varken register eller närvaro per dag: den läses inte som något annat.")
def _(f):
    b = book("Kurser")
    table(b.active, ["Personnummer", "Från", "Till", "Tim/dag", "Aktivitet"],
          [(PEOPLE[0][1], day(2016, 3, 1), day(2016, 3, 4), "6h", "praktik")])
    b.save(f / "perioder.xlsx")


@story("in-och-ut", "Stämplingar: In, Ut och Rast som klockslag.")
def _(f):
    b = book("Stämpling")
    table(b.active, ["Datum", "Veckodag", "Deltagare", "Personnummer", "In", "Ut", "Rast", "Anm"],
          [(day(2016, 3, 1), "ti", PEOPLE[0][2], PEOPLE[0][1], datetime.time(8, 30), datetime.time(15, 45), "0:45", None),
           (day(2016, 3, 2), "on", PEOPLE[0][2], PEOPLE[0][1], datetime.time(8, 30), datetime.time(15, 45), datetime.time(0, 45), "bra dag"),
           (day(2016, 3, 3), "to", PEOPLE[0][2], PEOPLE[0][1], datetime.time(8, 30), datetime.time(15, 45), 45, None)])
    b.save(f / "stampling.xlsx")


@story("parentes-som-betyder-nagot", "Telefon (vårdnadshavare) är inte deltagarens; Fullständiga gymnasiebetyg (ja/nej) är det den heter.")
def _(f):
    b = book("Register")
    table(b.active, ["Personnummer", "Namn", "Startdatum", "Telefon (vårdnadshavare)", "Fullständiga gymnasiebetyg (ja/nej)"],
          [(p[1], p[2], p[4], "070-1740605", "nej") for p in PEOPLE[:2]])
    b.save(f / "register.xlsx")


@story("dagslista-med-datum-ovanfor", "Närvarolista för en dag: datum och aktivitet står ovanför tabellen.")
def _(f):
    b = book("Blad1")
    s = b.active
    for row, (label, value) in enumerate([("Närvarolista jobbverkstad", None), ("Datum:", day(2016, 3, 1)), ("Aktivitet:", "individuellt stöd")], 1):
        s.cell(row, 1, label)
        s.cell(row, 2, value)
    table(s, ["Namn", "Personnummer", "Närvarande", "Timmar"], [(p[2], p[1], "x", 3) for p in PEOPLE[:3]], 5)
    b.save(f / "dagslista.xlsx")


@story("aktiviteter-som-kolumner", "En rad per deltagare och dag, och timmarna i en kolumn per aktivitet.")
def _(f):
    b = book("Mars")
    table(b.active, ["Personnummer", "Datum", "Praktik", "SYV", "Individuellt stöd", "Summa"],
          [(PEOPLE[0][1], day(2016, 3, 1), 3, None, 2, 5), (PEOPLE[0][1], day(2016, 3, 2), None, 1.5, None, 1.5),
           (PEOPLE[1][1], day(2016, 3, 1), "s", 1, 2, 4), (PEOPLE[2][1], None, 3, None, None, 3)])
    b.save(f / "aktiviteter.xlsx")


@story("manader-som-kolumner", "Timmar per månad i kolumner, året i bladets namn.")
def _(f):
    b = book("2016")
    table(b.active, ["Namn", "Personnr", "Jan", "Feb", "Mars", "Totalt"],
          [(PEOPLE[0][2], PEOPLE[0][1], None, 40, 62.5, 102.5), (PEOPLE[1][2], PEOPLE[1][1], 3, 20, 30, 50)])
    b.save(f / "manader.xlsx")


@story("datum-och-klockslag", "Start och slut är datum med klockslag, och ingen kolumn har dagen.")
def _(f):
    b = book("Logg")
    t = datetime.datetime
    table(b.active, ["Pnr", "Start", "Slut", "Aktivitet"],
          [(PEOPLE[0][1], t(2016, 3, 1, 9, 0), t(2016, 3, 1, 12, 30), "praktik"),
           (PEOPLE[1][1], t(2016, 3, 2, 8, 15), t(2016, 3, 2, 11, 0), "praktik")])
    b.save(f / "logg.xlsx")


@story("klockslag-i-en-kolumn", "Tiden står som 9-12 och 09.00–12.30 i en kolumn; den femte raden slutar före den börjar.")
def _(f):
    b = book("Mars")
    table(b.active, ["Pnr", "Datum", "Tid", "Aktivitet"],
          [(PEOPLE[p][1], day(2016, 3, 1 + i), text, "praktik")
           for i, (p, text) in enumerate([(0, "9-12"), (1, "09.00–12.30"), (2, "kl 9:00 - 15:30"), (3, "13 till 16"), (0, "12-9"), (1, "3,5")])])
    b.save(f / "mars.xlsx")


@story("intervall-under-timmar", "Under rubriken Timmar kan 6-7 vara sex till sju timmar eller klockan sex till sju; 8.30-11 är klockslag.")
def _(f):
    b = book("Mars")
    table(b.active, ["Pnr", "Datum", "Timmar", "Aktivitet"], [(PEOPLE[0][1], day(2016, 3, 10), "6-7", "praktik"), (PEOPLE[0][1], day(2016, 3, 11), "8.30-11", "praktik")])
    b.save(f / "mars.xlsx")


@story("personaltid-med-ar-och-manad", "Personalens månadssummor med året i en egen kolumn och timmarna under projektets namn.")
def _(f):
    b = book("Tid")
    table(b.active, ["Namn", "Anst.nr", "Funktion", "År", "Månad", "Timmar Ung Horisont", "Timmar övrigt", "Underskrivet"],
          [("Berg, Lisa", "10417", "projektledare", 2016, "februari", 120, 40, day(2016, 3, 1)),
           ("Berg, Lisa", "10417", "projektledare", 2016, 3, 96.5, 40, day(2016, 4, 1))])
    b.save(f / "tid.xlsx")


def of_names(f):
    b = book("Mars")
    s = b.active
    s["A1"] = "Närvaro mars 2016"

    def person(row, name, **hours):
        return [name] + [hours.get(f"d{d}") for d in range(1, 32)] + [f"=SUM(B{row}:AF{row})"]
    table(s, ["Namn"] + list(range(1, 32)) + ["Summa"],
          [person(4, "Åsa Öberg", d1=6, d2=6.5), person(5, "Ek, Bo", d1=4, d3=4), person(6, "Cia Alhassan", d3=3, d4=3),
           person(7, "Gun Ny", d1=2), person(8, "UH-4", d2=5), ["Lisa"],
           ["Summa"] + [f"=SUM({get_column_letter(c)}4:{get_column_letter(c)}8)" for c in range(2, 34)]], 3)
    b.save(f / "narvaro mars.xlsx")


story("bara-namn", "Närvarolistan har namn och inga nummer; längst ner står handledaren.", "--record", "attendance")(of_names)
story("bara-namn-besvarad", "Samma lista, med svaret att namnen får tas: ett är stavat annorlunda, ett är nytt, ett är en referens.",
      "--record", "attendance", "--read-as", "by-name")(of_names)


@story("resultat-med-bara-namn", "Avslut med namn och inga nummer, med svaret att namnen får tas.", "--record", "results", "--read-as", "by-name")
def _(f):
    b = book("Avslut")
    table(b.active, ["Namn", "Slutdatum", "Sysselsättning efter avslut"],
          [("Öberg Åsa", day(2016, 3, 31), "Arbete"), ("Bo Ek", day(2016, 3, 18), "Studier"), ("Okänd Person", day(2016, 3, 18), "Studier")])
    b.save(f / "avslut.xlsx")


@story("klockslag-i-dagrutor", "Dagarna är kolumner, och i rutorna står från och till; en ruta går över midnatt och en säger lektion 1-2.", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Personnr", "Namn"] + list(range(1, 32)),
          [[PEOPLE[0][1], PEOPLE[0][2], "08:00-12:00", "kl 9–12", "1½"] + [None] * 28,
           [PEOPLE[1][1], PEOPLE[1][2], None, "9.00–15.30", None, "6"] + [None] * 27,
           [PEOPLE[2][1], PEOPLE[2][2], None, "22:00-02:00"] + [None] * 29,
           [PEOPLE[3][1], PEOPLE[3][2], None, "1-2"] + [None] * 29])
    b.save(f / "narvaro mars.xlsx")


def merged_people(f, merged):
    b = book("Mars")
    s = b.active
    table(s, LONG, [(PEOPLE[0][1], PEOPLE[0][2], day(2016, 3, 1), 6, "praktik"), (None, None, day(2016, 3, 2), 6, "praktik"),
                    (None, None, day(2016, 3, 3), 5, "studiebesök"), (PEOPLE[1][1], PEOPLE[1][2], day(2016, 3, 1), 4, "praktik"),
                    (None, None, day(2016, 3, 2), 4, "praktik"), (None, None, None, None, None), ("Frånvaro anmäls till Lisa",), ("Summa", None, None, "=SUM(D2:D6)")])
    if merged:
        for cells in ("A2:A4", "B2:B4", "A5:A6", "B5:B6"):
            s.merge_cells(cells)
    b.save(f / "narvaro mars.xlsx")


@story("sammanfogade-personer", "Numret och namnet är sammanfogade över personens rader.")
def _(f):
    merged_people(f, True)


@story("person-pa-forsta-raden", "Numret och namnet står bara på personens första rad, utan att cellerna är sammanfogade.")
def _(f):
    merged_people(f, False)


@story("person-pa-forsta-raden-besvarad", "Samma lista, med svaret att raderna under gäller samma person.", "--read-as", "carry-person")
def _(f):
    merged_people(f, False)


@story("person-pa-forsta-raden-bredvid-olast-namn", "Som ovan, men Förnamn och Efternamn läses inte: Bos rader får inte bli Åsas.", "--read-as", "carry-person")
def _(f):
    b = book("Mars")
    table(b.active, ["Personnummer", "Förnamn", "Efternamn", "Datum", "Timmar", "Aktivitet"],
          [(PEOPLE[0][1], "Åsa", "Öberg", day(2016, 3, 1), 6, "praktik"), (None, "Bo", "Ek", day(2016, 3, 2), 6.5, "praktik"),
           (None, None, None, day(2016, 3, 3), 6, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("sammanfogade-timmar", "Timmarna står i celler som är sammanfogade över flera dagar och över två deltagare.", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    s = b.active
    table(s, ["Personnr", "Namn"] + list(range(1, 32)),
          [[PEOPLE[0][1], PEOPLE[0][2], 12, None, 6], [PEOPLE[1][1], PEOPLE[1][2], None, 6], [PEOPLE[2][1], PEOPLE[2][2], None, None], [PEOPLE[3][1], PEOPLE[3][2], 5]])
    s.merge_cells("C2:D2")
    s.merge_cells("D3:D4")
    b.save(f / "narvaro.xlsx")


@story("rubrik-som-ingen-aktivitet-ar", "Aktiviteterna står över sina rader, men en av rubrikerna är ingen aktivitet i projektet.", "--record", "attendance")
def _(f):
    b = book("Mars")
    table(b.active, ["Namn", "Personnr", "Datum", "Timmar"],
          [("Praktik",), (PEOPLE[0][2], PEOPLE[0][1], day(2016, 3, 1), 6), ("Språkcafé",), (PEOPLE[1][2], PEOPLE[1][1], day(2016, 3, 1), 6),
           ("Frånvaro anmäls till Lisa",)])
    b.save(f / "narvaro.xlsx")


@story("datum-i-titeln-som-inte-ar-dagens", "Titeln säger mars och ett datum för versionen: listan är månadens summor.", "--record", "attendance")
def _(f):
    b = book("Blad1")
    s = b.active
    s["A1"], s["A2"] = "Närvarolista mars 2016", "Version 2016-04-02"
    table(s, ["Personnr", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[0][1], PEOPLE[0][2], 60, "praktik"), (PEOPLE[1][1], PEOPLE[1][2], 35.5, "studiebesök")], 4)
    b.save(f / "lista.xlsx")


@story("dag-i-titeln", "Närvarolistan är en dags, och dagen står i titeln; ovanför står när listan skrevs ut.")
def _(f):
    b = book("Blad1")
    s = b.active
    s["A1"], s["A2"] = "Utskriven 2016-04-02", "Närvaro tisdag 1 mars 2016"
    table(s, ["Personnr", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[0][1], PEOPLE[0][2], 6, "praktik"), (PEOPLE[1][1], PEOPLE[1][2], 3.5, "studiebesök")], 4)
    b.save(f / "lista.xlsx")


@story("aktivitet-som-mellanrubrik", "Aktiviteten står som rubrik över sina rader, och under rubrikerna står hur numret och datumet ska skrivas.")
def _(f):
    b = book("Mars")
    table(b.active, ["Namn", "Personnr", "Datum", "Timmar"],
          [("Förnamn Efternamn", "ÅÅÅÅMMDD-NNNN", "ÅÅÅÅ-MM-DD", "tim"), ("Praktik",), (PEOPLE[0][2], PEOPLE[0][1], day(2016, 3, 1), 6),
           (PEOPLE[1][2], PEOPLE[1][1], day(2016, 3, 1), 6), ("Studiebesök:",), (PEOPLE[2][2], PEOPLE[2][1], day(2016, 3, 3), 3)])
    b.save(f / "narvaro.xlsx")


@story("personaltid-med-manader-som-kolumner", "Personalens timmar per månad i kolumner: en post för varje, året ur bladets namn, summan i raden jämförd.")
def _(f):
    b = book("Personal 2016")
    table(b.active, ["Namn", "Anställningsnummer", "Funktion", "Jan", "Feb", "Mars", "Summa"],
          [("Berg, Lisa", "10417", "projektledare", 120, 130.5, 96.5, "=SUM(D2:F2)"), ("Ek, Ola", "10418", "projektmedarbetare", 80, 80, 80, "=SUM(D3:F3)")])
    b.save(f / "tid.xlsx")


@story("personaltid-med-ar-och-manad-som-rubriker", "Titel och sammanfogad rubrik ovanför, månaderna som 2016-01, en tom kolumn, en summarad: en summa stämmer inte.")
def _(f):
    b = book("Tid")
    s = b.active
    s["A1"] = "Personalens projekttid"
    s.merge_cells("A1:G1")
    s["D2"] = "Timmar i projektet"
    s.merge_cells("D2:F2")
    table(s, ["Anställningsnummer", "Medarbetare", "Funktion", "2016-01", "2016-02", "2016-03", None, "Summa", "Totalt arbetad tid"],
          [("10417", "Berg, Lisa", "projektledare", 120, 130.5, 96.5, None, 347, 480),
           ("10418", "Ek, Ola", "projektmedarbetare", 80, None, "-", None, 160, 480),
           ("10419", "Alm, Pia", "projektmedarbetare", 0, 12, "7:30", None, 19.5, 480),
           ("Summa", None, None, 200, 142.5, 104, None, 446.5, None)], start=3)
    b.save(f / "tid.xlsx")


@story("personaltid-med-dagar-som-kolumner", "Mars månads dagar som kolumner för personalen; en dag säger sjuk.")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Anst.nr", "Namn", "Funktion"] + list(range(1, 32)) + ["Summa"],
          [["10417", "Berg, Lisa", "projektledare"] + [8, 8, 7.5, 8] + [None] * 27 + [31.5],
           ["10418", "Ek, Ola", "projektmedarbetare"] + ["sjuk", 8] + [None] * 29 + [8]])
    b.save(f / "tid.xlsx")


@story("personaltid-med-manader-utan-ar", "Månader som kolumner och inget år någonstans: december ligger i två av projektets år.")
def _(f):
    b = book("Personal")
    table(b.active, ["Anst.nr", "Funktion", "November", "December"], [("10417", "projektledare", 120, 130)])
    b.save(f / "tid.xlsx")


@story("deltagare-som-kolumner", "Dagarna som rader och deltagarna som kolumner, med nummer under namnen, summor åt båda hållen och en sjuk.")
def _(f):
    b = book("Mars 2016")
    s = b.active
    s["A1"] = "Närvaro Ung Horisont"
    s.merge_cells("A1:E1")
    table(s, ["Datum", "Öberg, Åsa", "Ek, Bo", "Lind, Disa", "Summa"],
          [(None, PEOPLE[0][1], PEOPLE[1][1], PEOPLE[3][1], None),
           (day(2016, 3, 1), 6, "7:30", None, 13.5),
           (day(2016, 3, 2), 6, "sjuk", 3, 9),
           (day(2016, 3, 3), 5.5, 4, 0, 10),
           ("Summa", 17.5, 11.5, 3, 32)], start=3)
    b.save(f / "narvaro.xlsx")


@story("deltagare-som-kolumner-bara-namn", "Dagarna som rader, deltagarna vid namn och ett enda förnamn över kolumnerna: ingen tas på namnet utan svar.")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Dag", "Åsa Öberg", "Bo Ek", "Farid", "Anmärkning"],
          [(1, 6, 6, 6, None), (2, 6, "X", 3, "utflykt"), (3, 5, 4, 3, None)])
    b.save(f / "narvaro.xlsx")


@story("deltagare-som-kolumner-besvarad", "Som ovan, med svaret att namn får tas; en heter nästan som en deltagare, ett förnamn är ingens.", "--read-as", "by-name")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Dag", "Åsa Öberg", "Bo Ekk", "Farid", "Anmärkning"],
          [(1, 6, 6, 6, None), (2, 6, 5, 3, "utflykt"), (3, 5, 4, 3, None)])
    b.save(f / "narvaro.xlsx")


@story("deltagare-som-kolumner-med-referenser", "Referenser som rubriker, en okänd, en rad med timmar och utan dag, en kolumn som ingen är.")
def _(f):
    b = book("Blad1")
    table(b.active, ["", "UH-1", "UH-2", number("19950101", "987"), "Vecka"],
          [(day(2016, 3, 1), 6, 7, 2, 9), (day(2016, 3, 2), 6, 7, None, 9), (None, 3, None, None, 9), ("Frånvaro anmäls till Lisa på kontoret", None, None, None, None)])
    b.save(f / "narvaro.xlsx")


@story("veckodag-som-inte-stammer", "Måndag framför den 1 mars 2016, som var en tisdag; i en egen kolumn står onsdag för en torsdag.")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Deltagar-id", "Veckodag", "Datum", "Timmar"],
          [("UH-1", "tis", "Måndag 2016-03-01", 6), ("UH-1", "onsdag", day(2016, 3, 3), 6), ("UH-2", "Tors", day(2016, 3, 3), 6)])
    b.save(f / "narvaro.xlsx")


@story("veckodagar-over-fel-dagar", "I raden ovanför dagarnas nummer står mån över den 1 mars 2016, som var en tisdag.")
def _(f):
    b = book("Mars 2016")
    s = b.active
    for d in range(1, 9):
        s.cell(1, 2 + d, ["mån", "ons", "tor", "fre", "lör", "sön", "mån", "tis"][d - 1])
    table(s, ["Deltagar-id", "Namn"] + list(range(1, 9)), [["UH-1", "Öberg, Åsa"] + [6, 6] + [None] * 6], start=2)
    b.save(f / "narvaro.xlsx")


@story("komma-bland-klockslag", "I dagarnas celler står 7,30 som text bredvid 7:30: decimal eller timmar och minuter?")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Deltagar-id"] + list(range(1, 9)), [["UH-1", "7,30", "7:30", 6] + [None] * 5, ["UH-2", 6, 6] + [None] * 6])
    b.save(f / "narvaro.xlsx")


@story("klockslag-under-tid", "Under Tid står 09:00 och 13:15, och ingen annan tid finns: nio timmar, eller klockan nio?")
def _(f):
    b = book("Blad1")
    table(b.active, ["Deltagar-id", "Datum", "Tid"], [("UH-1", day(2016, 3, 1), "09:00"), ("UH-2", day(2016, 3, 1), "13:15")])
    b.save(f / "narvaro.xlsx")


@story("halv-i-dagrutorna", "½ och en halv ensamma i dagarnas celler: trettio minuter erbjuds som svar.")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Deltagar-id"] + list(range(1, 9)), [["UH-1", "½", 6, "1½"] + [None] * 5, ["UH-2", "en halv", 6] + [None] * 6])
    b.save(f / "narvaro.xlsx")


@story("halv-i-dagrutorna-besvarad", "Som ovan, med svaret att ½ är trettio minuter och att en halv är ingenting.", "--read-as", "day:½=30", "--read-as", "day:en halv=empty")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Deltagar-id"] + list(range(1, 9)), [["UH-1", "½", 6, "1½"] + [None] * 5, ["UH-2", "en halv", 6] + [None] * 6])
    b.save(f / "narvaro.xlsx")


@story("veckosummor-som-kolumner", "En summa för varje vecka bland dagarna och en för månaden: en veckas är fel.")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Deltagar-id", 1, 2, 3, 4, "Summa v 9", 7, 8, 9, 10, 11, "Summa v 10", "Summa"],
          [["UH-1", 6, 6, 6, 6, 24, 5, 5, 5, None, None, 15, 39], ["UH-2", 6, None, None, 3, 10, 4, None, None, None, None, 4, 13]])
    b.save(f / "narvaro.xlsx")


@story("formular-med-handlaggare-pa-raden", "Handläggarens namn står bredvid ordet, med telefon och e-post under; Mor har telefon bredvid sig, och Tidigare insats egna datum.")
def _(f):
    b = book("Blankett")
    s = b.active
    form(s, NEW[0], more=[("Arbetsförmedlingens handläggare", "Berg, Lisa"), ("Telefon", "054-00 00 02"), ("E-post", "lisa@example.org"),
                          ("Mor", "Holm, Karin"), ("Mobil", "070-000 00 01"), ("Tidigare insats", None), ("Startdatum", day(2014, 1, 7)), ("Slutdatum", day(2014, 6, 1)),
                          ("Insats", None), ("Sysselsättning", "arbetslös")])
    b.save(f / "blankett.xlsx")


@story("namn-som-ingen-heter", "Namn som inte är någons: de närmaste nämns, av ett förnamn, av två bytta bokstäver och av ett efternamn.", "--read-as", "by-name")
def _(f):
    b = book("Blad1")
    table(b.active, ["Namn", "Datum", "Timmar"], [("Farid", day(2016, 3, 1), 6), ("Nyströmm, Emil", day(2016, 3, 1), 6), ("Lind, Maria", day(2016, 3, 1), 6),
                                                  ("Zetterberg, Qvist", day(2016, 3, 1), 6)])
    b.save(f / "narvaro.xlsx")


@story("namn-utan-mer-pa-raden", "I deltagarlistan står ett namn utan något mer, under det en anmärkning med versal.")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Personnummer", "Namn", "Hemkommun", "Startdatum"],
          [(number("19990101", "989"), "Ny, Gun", "Karlstad", day(2016, 3, 1)), (None, "Alm-Berg, Örjan", None, None), (None, "Listan ses över i maj", None, None)])
    b.save(f / "deltagare.xlsx")


@story("deltagare-som-kolumner-pa-engelska", "English: days down, two persons across under a merged title with one empty column between, a code and a weekday that is wrong.")
def _(f):
    b = book("March 2016")
    s = b.active
    s["A1"] = "Attendance"
    s.merge_cells("A1:E1")
    table(s, ["Date", "Weekday", "UH-1 Öberg, Åsa", None, "UH-2 Ek, Bo", "Total"],
          [(day(2016, 3, 1), "Tue", 6, None, "7h30", 13.5), (day(2016, 3, 2), "Thu", "absent", None, 4, 4), ("Total", None, 6, None, 11.5, 17.5)], start=2)
    b.save(f / "attendance.xlsx")


@story("deltagare-som-kolumner-samma-person-tva-ganger", "Samma deltagare har två kolumner, med namn och med nummer; de säger olika.")
def _(f):
    b = book("Blad1")
    table(b.active, ["Datum", "UH-1", PEOPLE[0][1], "UH-2"], [(day(2016, 3, 1), 6, 6, 3), (day(2016, 3, 2), 6, 4, 3)])
    b.save(f / "narvaro.xlsx")


@story("personaltid-med-manader-som-blev-datum", "Excel tog två av månadernas rubriker för datum; den tredje är text, och ett kvartal står bredvid.")
def _(f):
    b = book("2016")
    table(b.active, ["Anst.nr", "Namn", "Funktion", day(2016, 1, 1), day(2016, 2, 1), "Mars", "Kvartal 1"],
          [("10417", "Berg, Lisa", "projektledare", 10, 20, 30, 60)])
    b.save(f / "tid.xlsx")


@story("deltagare-som-kolumner-med-nummer-i-siffror", "Under namnen står numren som tal, ett av dem ingens; dagarna är nummer och månaden bladets namn.")
def _(f):
    b = book("mars 2016")
    table(b.active, ["Dag", "Åsa Öberg", "Bo Ek"],
          [("Personnr", int(number("19990517", "981", False)), int(number("19950101", "987", False))), (1, 6, 7), (2, 6, 7), (3, "7,30", "7:15")])
    b.save(f / "narvaro.xlsx")


@story("vantelista-pa-eget-blad", "Väntelistan och de som inte antogs har egna blad med samma rubriker som de aktiva.")
def _(f):
    b = book("Aktiva")
    headings = ["Personnummer", "Namn", "Startdatum"]
    table(b.active, headings, [(number("19990203", "989"), "Ny, Gun", day(2016, 3, 1))])
    table(b.create_sheet("Väntelista"), headings, [(number("19980203", "988"), "Sen, Åke", day(2016, 3, 1))])
    table(b.create_sheet("Ej antagna"), headings, [(number("19970203", "987"), "Nej, Pål", day(2016, 3, 1))])
    b.save(f / "deltagare.xlsx")


@story("vantelista-pa-eget-blad-besvarad", "Väntelistan läses inte, och de som inte antogs då är med nu.", "--read-as", "part:Väntelista=skip",
       "--read-as", "part:Ej antagna=keep")
def _(f):
    stories["vantelista-pa-eget-blad"][2](f)


@story("schema-och-narvaro-i-var-sin-rad", "Varje deltagare har en rad för schemat och en för närvaron; kolumnen som säger det har ingen rubrik.", "--record", "attendance")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Personnr", "Namn", None] + list(range(1, 32)),
          [[PEOPLE[0][1], PEOPLE[0][2], "Schema", 6, 6], [PEOPLE[0][1], PEOPLE[0][2], "Närvaro", 4, None],
           [PEOPLE[1][1], PEOPLE[1][2], "Schema", 6, 6], [PEOPLE[1][1], PEOPLE[1][2], "Närvaro", 6, 5]])
    b.save(f / "narvaro.xlsx")


@story("schema-och-narvaro-i-var-sin-rad-besvarad", "Schemats rader läses inte.", "--record", "attendance", "--read-as", "part:Schema=skip")
def _(f):
    stories["schema-och-narvaro-i-var-sin-rad"][2](f)


@story("marken-for-narvaro-besvarade", "Timmarna är lika för alla och ett kryss säger vilka som var där; de andra var borta.", "--read-as", "present:unmarked=absent")
def _(f):
    b = book("Mars")
    table(b.active, LONG + ["Närvarande"], [row + (mark,) for row, mark in zip(attendance(MARCH), ["x", None, "x", "-", "x"])])
    b.save(f / "narvaro.xlsx")


@story("varav-projektet-besvarad", "Personalens timmar är alla timmar, och en kolumn bredvid säger hur många som är projektets.", "--record", "staff-time", "--read-as",
       "Varav Ung Horisont=hours")
def _(f):
    b = book("Tid")
    table(b.active, ["Anst.nr", "Namn", "Datum", "Timmar", "Varav Ung Horisont"], [("10417", "Berg, Karin", day(2016, 3, 1), 8, 4), ("10417", "Berg, Karin", day(2016, 3, 2), 8, 2.5)])
    b.save(f / "tid.xlsx")


@story("nollor-borta-i-fodelsedatum-och-fyra-sista", "Födelsedatum och de fyra sista är tal, så de som är födda 2000 har tappat nollor i båda.")
def _(f):
    b = book("Deltagare")
    new = [number("20010303", "995"), number("20000105", "992")]
    table(b.active, ["Födelsedatum", "Fyra sista", "Namn", "Startdatum"],
          [(int(n[2:8]), int(n[9:]), name, day(2016, 3, 1)) for n, name in zip(new, ["Ny, Gun", "Sen, Åke"])])
    b.save(f / "deltagare.xlsx")


@story("overstrukna-rader", "En rad är överstruken i stället för borttagen.")
def _(f):
    b = book("Mars")
    s = b.active
    table(s, LONG, attendance(MARCH))
    for cell in s[3]:
        cell.font = Font(strike=True)
    b.save(f / "narvaro.xlsx")


def matrix(f, name, title=None, sheet="Blad1", rows=None, days=range(1, 32)):
    """One row for each person and a column for each day; `rows` are (person, {day: value})."""
    b = book(sheet)
    s = b.active
    if title:
        s["A1"] = title
    days = list(days)
    table(s, ["Personnr", "Namn", "Aktivitet"] + days,
          [[PEOPLE[p][1], PEOPLE[p][2], "praktik"] + [cells.get(d) for d in days] for p, cells in rows or [(0, {1: 6, 2: 6.5}), (1, {1: 4})]],
          3 if title else 1)
    b.save(f / name)


@story("manad-bredvid-en-sparad-dag", "Titeln säger när listan ändrades; månaden är bladets, och dagen i titeln är ingen månad.")
def _(f):
    matrix(f, "narvaro.xlsx", "Närvarolista (senast ändrad 28 feb 2016)", "Mars")


@story("bara-en-sparad-dag", "Det enda som nämner en månad är när filen sparades: då frågas det.")
def _(f):
    matrix(f, "narvaro sparad 28 feb 2016.xlsx", "Närvarolista")


@story("utbetalning-avser-en-annan-manad", "Titeln nämner två månader: den ena betalas, den andra gäller.")
def _(f):
    matrix(f, "narvaro.xlsx", "Utbetalning april 2016 avser mars 2016")


@story("manad-i-fyra-siffror", "Filen heter 1603 och inget annat säger månaden: den läses, med en varning.")
def _(f):
    matrix(f, "narvaro 1603.xlsx", "Närvaro")


@story("schema-i-titeln", "Ett schema är inte närvaro: det frågas.")
def _(f):
    matrix(f, "lista.xlsx", "Schema mars 2016")


@story("schema-i-titeln-besvarad", "Som ovan, och någon har svarat att talen är närvaro.", "--read-as", "attended")
def _(f):
    matrix(f, "lista.xlsx", "Schema mars 2016")


@story("uteblivna-i-bladets-namn", "Bladet heter Uteblivna: talen är inte närvaro.")
def _(f):
    matrix(f, "lista.xlsx", "Ung Horisont", "Uteblivna mars 2016")


@story("minuter-i-titeln", "Titeln säger minuter: talen är lästa så, och det sägs.")
def _(f):
    matrix(f, "lista.xlsx", "Närvaro i minuter mars 2016", rows=[(0, {1: 300, 2: 15}), (1, {1: 45})])


@story("datum-som-rubriker-i-annat-ar", "Rubrikerna är datum i mars 2016 och bladet säger mars 2017.")
def _(f):
    matrix(f, "narvaro.xlsx", sheet="Mars 2017", rows=[(0, {day(2016, 3, 1): 6})], days=[day(2016, 3, d) for d in range(1, 8)])


@story("vanda-datum", "Excel har vänt dag och månad i det som gick och lämnat resten som text.")
def _(f):
    b = book("Närvaro")
    table(b.active, LONG, attendance([(0, day(2016, 1, 3), 6, "praktik"), (0, day(2016, 2, 3), 6, "praktik"), (0, day(2016, 3, 3), 6, "praktik"),
                                      (0, "14/03/2016", 6, "praktik"), (0, "15/03/2016", 6, "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("en-period-pa-raden", "Datum och T.o.m.: en veckas timmar på en rad läggs inte på första dagen.")
def _(f):
    b = book("Närvaro")
    table(b.active, ["Personnummer", "Datum", "T.o.m.", "Timmar", "Aktivitet"],
          [(PEOPLE[0][1], day(2016, 3, 7), day(2016, 3, 11), 20, "praktik"), (PEOPLE[1][1], day(2016, 3, 7), day(2016, 3, 7), 6, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("sju-trettio-blev-sju-komma-tre", "Någon skrev 7,30 för en halvtimme och Excel gjorde 7,3 av det: det frågas.")
def _(f):
    b = book("Närvaro")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), 7.3, "praktik"), (0, day(2016, 3, 2), 6.45, "praktik"), (1, day(2016, 3, 1), 5, "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("delar-av-ett-dygn", "En inklistrad tid utan sitt format: 0,3125 är 7:30.")
def _(f):
    b = book("Närvaro")
    table(b.active, LONG, attendance([(0, day(2016, 3, 1), 0.3125, "praktik"), (0, day(2016, 3, 2), 0.25, "praktik")]))
    b.save(f / "narvaro.xlsx")


@story("minuter-under-tid", "Femton, tjugo och tio under Tid är minuter snarare än timmar: det frågas.")
def _(f):
    b = book("Närvaro")
    table(b.active, ["Personnummer", "Datum", "Tid", "Aktivitet"],
          [(PEOPLE[0][1], day(2016, 3, 1), 15, "praktik"), (PEOPLE[0][1], day(2016, 3, 2), 20, "praktik"), (PEOPLE[1][1], day(2016, 3, 1), 10, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("startdatum-i-tva-former", "Startdatum med sex siffror och med punkter: ett svar om det ena vänder inte det andra.", "--read-as", "dmy")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Personnummer", "Namn", "Startdatum"],
          [(number("19990203", "985"), "Modig, Siv", "160301"), (number("20000105", "988"), "Åkerman, Björn", "7.3.2016")])
    b.save(f / "deltagare.xlsx")


@story("start-fore-fodelsen", "Ett startdatum långt före projektets deltagare kan börja: året är fel.")
def _(f):
    b = book("Deltagare")
    table(b.active, ["Personnummer", "Namn", "Startdatum"], [(number("19990203", "985"), "Modig, Siv", day(2001, 3, 16))])
    b.save(f / "deltagare.xlsx")


@story("ett-blad-for-varje-dag", "Bladen heter 7 mars och 8 mars, utan år: raderna är dagarnas, och året är den angivna månadens.", "--month", "2016-03")
def _(f):
    b = book("7 mars")
    for d in (7, 8):
        s = b.active if d == 7 else b.create_sheet(f"{d} mars")
        table(s, ["Personnummer", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[p][1], PEOPLE[p][2], 3, "praktik") for p in (0, 1)])
    b.save(f / "narvaro.xlsx")


@story("ett-blad-for-varje-dag-utan-ar", "Bladet heter 7 mars och inget säger året, men projektet har bara en mars som har varit.")
def _(f):
    b = book("7 mars")
    b.active["A1"] = "Ung Horisont"
    table(b.active, ["Personnummer", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[p][1], PEOPLE[p][2], 3, "praktik") for p in (0, 1)], 2)
    b.save(f / "narvaro.xlsx")


@story("en-dags-lista-med-franvarande", "Dagen står i titeln som ons 9/3 2016, med aktiviteten framför; en person på listan har inget i raden och var inte där.")
def _(f):
    b = book("Lista")
    b.active["A1"] = "Närvaro praktik ons 9/3 2016"
    table(b.active, ["Personnummer", "Namn", "Timmar", "Aktivitet"],
          [(PEOPLE[0][1], PEOPLE[0][2], 6, "praktik"), (PEOPLE[1][1], PEOPLE[1][2]), (PEOPLE[2][1], PEOPLE[2][2], "4,5", "praktik")], 3)
    b.save(f / "lista.xlsx")


@story("dagen-i-titeln-och-en-annan-i-bladets-namn", "Bladet är kopierat: titeln säger 7 mars och namnet 8 mars.")
def _(f):
    b = book("8 mars")
    b.active["A1"] = "Närvaro 7 mars 2016"
    table(b.active, ["Personnummer", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[0][1], PEOPLE[0][2], 6, "praktik")], 2)
    b.save(f / "narvaro.xlsx")


@story("dag-i-filens-namn", "Dagen står bara i filens namn, och rubrikerna på första raden.")
def _(f):
    b = book("Blad1")
    table(b.active, ["Personnummer", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[0][1], PEOPLE[0][2], 6, "praktik"), (PEOPLE[1][1], PEOPLE[1][2], 3, "praktik")])
    b.save(f / "Närvaro 2016-03-07.xlsx")


@story("lunch-som-dras-av-i-titeln", "Titeln säger att lunchen dras av, och i dagarna står tider från och till: de räknas hela, och det sägs.")
def _(f):
    b = book("Mars 2016")
    b.active["A1"] = "Närvaro mars 2016 (30 min lunch avdras)"
    table(b.active, ["Personnr", "Namn"] + list(range(1, 9)), [(PEOPLE[0][1], PEOPLE[0][2], "8-15", "8-15", None, "8.30-15"), (PEOPLE[1][1], PEOPLE[1][2], "8-12", None, "8-12", None)], 2)
    b.save(f / "narvaro.xlsx")


def times_under_days(f, cells):
    b = book("Mars 2016")
    s = b.active
    s["A1"] = "Närvaro mars 2016"
    s["A3"], s["B3"] = "Namn", "Personnr"
    for i, d in enumerate((1, 2, 3)):
        s.cell(2, 3 + 2 * i, d)
        s.merge_cells(start_row=2, end_row=2, start_column=3 + 2 * i, end_column=4 + 2 * i)
        s.cell(3, 3 + 2 * i, "Från"), s.cell(3, 4 + 2 * i, "Till")
    for r, (p, times) in enumerate(cells, 4):
        s.cell(r, 1, PEOPLE[p][2]), s.cell(r, 2, PEOPLE[p][1])
        for c, value in enumerate(times, 3):
            if value is not None:
                s.cell(r, c, value)
    b.save(f / "narvaro.xlsx")


@story("fran-och-till-under-dagarna", "Under varje dag står Från och Till: klockslag som tid, text och tal, och ett ord i stället.")
def _(f):
    clock = datetime.time
    times_under_days(f, [(0, [clock(8, 0), clock(12, 30), "08:15", "15.00", None, None]), (1, [8, 12, "sjuk", None, "13:00", "16:00"])])


@story("fran-utan-till-under-dagarna", "Under dagarna står en gång bara Från, och en gång står Till före Från: cellerna sägs, och inget gissas.")
def _(f):
    times_under_days(f, [(0, ["08:00", None, None, "15:00", "14:00", "09:00"]), (1, ["08:00", "12:00", None, None, None, None])])


@story("in-och-ut-pa-var-sin-rad", "Varje person har två rader, In och Ut, med klockslag under dagarna; ett Ut saknas, och sägs i sin cell.")
def _(f):
    clock = datetime.time
    b = book("Mars 2016")
    table(b.active, ["Namn", "Personnr", ""] + list(range(1, 9)),
          [(PEOPLE[0][2], PEOPLE[0][1], "In", clock(8, 0), clock(8, 15), "08:30", "sjuk", None, None, clock(9, 0)), (None, None, "Ut", clock(15, 0), clock(12, 15), "14:30", None, None, None, clock(12, 0)),
           (PEOPLE[1][2], PEOPLE[1][1], "In", clock(8, 0), clock(9, 0)), (None, None, "Ut", clock(12, 0))])
    b.save(f / "narvaro.xlsx")


@story("manadssummor-med-manaden-angiven", "Timmar för hela månaden utan datum, och månaden angiven.", "--month", "2016-03")
def _(f):
    b = book("Mars 2016")
    table(b.active, ["Personnummer", "Namn", "Timmar", "Aktivitet"], [(PEOPLE[0][1], PEOPLE[0][2], 48.5, "praktik"), (PEOPLE[1][1], PEOPLE[1][2], 20, "praktik")])
    b.save(f / "narvaro.xlsx")


@story("dagar-utan-ar", "Dagarna har inget år; bladet säger mars 2016.")
def _(f):
    b = book("Mars 2016")
    table(b.active, LONG, attendance([(0, "4 mars", 6, "praktik"), (0, "fre 11/3", 6, "praktik"), (1, "17/3", 4, "praktik"), (1, "18/4", 4, "praktik")]))
    b.save(f / "narvaro.xlsx")


def fixed(path):
    """The same bytes each time: zip entries without the clock."""
    with zipfile.ZipFile(path) as z:
        parts = [(i.filename, z.read(i)) for i in z.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            z.writestr(zipfile.ZipInfo(name, (2016, 4, 1, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)


def main():
    with open(HERE / "register.csv", "w", encoding="utf-8") as out:
        out.write("Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\n")
        for p in PEOPLE:
            out.write(";".join([p[0], p[1], p[2], p[3], p[4].isoformat()]) + "\n")
    for name, (text, arguments, make) in stories.items():
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        make(folder)
        for workbook in folder.glob("*.xlsx"):
            fixed(workbook)
        (folder / "story.txt").write_text(text + "\n" + "".join(a + "\n" for a in arguments), encoding="utf-8")
    print(len(stories), "scenarios")


if __name__ == "__main__":
    main()
