// A month-end and an auditor's visit as people make them, with scripts and without, and every page looked at by axe.
//   node visits.mjs PROGRAM [--shots DIR]
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const program = process.argv[2];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'horisont-browser-'));
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const horisont = (...words) => execFileSync(program, words, { encoding: 'utf8' });

const register = `Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA;E-post;Mobil
UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja;asa@example.org;0701740601
UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja;bo@example.org;0701740602
`;
const attendance = `Deltagar-id;Datum;Timmar;Aktivitet
UH-1;2016-03-01;7,5;praktik
UH-2;2016-03-02;hel;praktik
UH-1;2016-03-03;hel;praktik
UH-9;2016-03-02;6;praktik
`;
// What comes back from the office: the days in hours, and the participant under the right number.
const corrected = attendance.replaceAll('hel;', '6;').replace('UH-9;2016-03-02', 'UH-2;2016-03-04');
const evidence = `Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos
UH-1;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 2016-1;2016-01-26;Karin Berg;Karlstads kommun
UH-2;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 2016-2;2016-01-26;Karin Berg;Karlstads kommun
`;
fs.writeFileSync(path.join(folder, 'Underlag.csv'), evidence);
fs.writeFileSync(path.join(folder, 'Deltagare.csv'), register);
fs.writeFileSync(path.join(folder, 'Närvaro mars.csv'), attendance);
fs.mkdirSync(path.join(folder, 'rättad'));
fs.writeFileSync(path.join(folder, 'rättad', 'Närvaro mars.csv'), corrected);
// Fills 0 into each unit's cell for its error, as somebody who found nothing wrong does in a spreadsheet program.
const fillIn = (workbook) => execFileSync('/usr/bin/python3', ['-c', `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
filled = 0
for sheet in book:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in ('Fel', 'Fel (belopp)', 'Granskarens fel', 'Felbelopp') or (isinstance(cell.value, str) and cell.value.startswith('Fel')):
                for below in range(cell.row + 1, sheet.max_row + 1):
                    if sheet.cell(below, 1).value is not None and sheet.cell(below, cell.column).value is None:
                        sheet.cell(below, cell.column).value = 0
                        filled += 1
book.save(sys.argv[1])
print(filled)
`, workbook], { encoding: 'utf8' }).trim();

let failed = 0, passed = 0;
const story = async (sentence, what) => {
  try {
    await what();
    passed += 1;
    console.log(`ok      ${sentence}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${sentence}\n        ${error.message.split('\n').slice(0, 6).join('\n        ')}`);
  }
};

// The pages of an installation of its own.
const served = async (name) => {
  const home = path.join(folder, name);
  horisont('init', '--home', home);
  const process_ = spawn(program, ['ui', '--no-browser', '--home', home, '--port', '8460', '--today', '2016-04-15'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await new Promise((resolve) => {
    let text = '';
    process_.stdout.on('data', (more) => { text += more; if (text.includes('\n')) resolve(text.trim()); });
  });
  return { address, stop: () => process_.kill() };
};

const text = (page) => page.locator('main').innerText();

// Without scripts a page of work that goes on is asked for again by hand.
const settled = async (page) => {
  for (let i = 0; i < 60 && /\/arbete\//.test(page.url()); ++i) {
    await page.waitForTimeout(500);
    await page.reload();
  }
};

const monthEnd = async (page) => {
  await page.getByRole('link', { name: 'ung-horisont' }).click();
  await page.getByRole('link', { name: 'Läs in: Deltagarlista' }).click();
  await page.setInputFiles('#fil', path.join(folder, 'Deltagare.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  await settled(page);
  assert.match(await text(page), /2 nya/);
  await page.getByRole('button', { name: 'Läs in', exact: true }).click();
  await settled(page);
  assert.match(await text(page), /I-1 är inläst/);
  await page.getByRole('link', { name: 'Inläsning' }).click();
  await page.setInputFiles('#fil', path.join(folder, 'Närvaro mars.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  await settled(page);
  assert.match(page.url(), /utkast\/U-\d+\/problem$/);
  // One cell is fixed on the page, with all that say the same.
  await page.getByRole('link', { name: 'Rätta C3' }).click();
  await page.getByLabel('Ska läsas som').fill('8');
  await page.getByLabel('Skäl', { exact: true }).fill('enligt underskriven lista');
  await page.getByLabel(/^Alla 2 likadana/).check();
  await page.getByRole('button', { name: 'Rätta', exact: true }).click();
  assert.match(await text(page), /Läses som "8" i stället för "hel"/);
  assert.match(await text(page), /1 rader har fel|1 rad har fel/);
  const [marked] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Hämta Excel' }).click()]);
  assert.equal(fs.readFileSync(await marked.path()).subarray(0, 2).toString(), 'PK');
  // The file comes back corrected and takes the draft's place.
  const before = page.url();
  await page.setInputFiles('#fil', path.join(folder, 'rättad', 'Närvaro mars.csv'));
  await page.getByRole('button', { name: /^Läs / }).click();
  await settled(page);
  await page.waitForURL(/skillnad$/);
  assert.match(await text(page), /4 nya/);
  await page.goto(before);
  assert.match(page.url(), /utkast\/U-4\/problem$/, 'the back button leads to the draft as it is now');
  await page.getByRole('link', { name: 'Vidare: Skillnad' }).click();
  await page.getByRole('button', { name: 'Läs in', exact: true }).click();
  await settled(page);
  assert.match(await text(page), /I-2 är inläst/);
  await page.getByRole('link', { name: 'Till månadens lista' }).click();
  assert.match(await text(page), /Mars 2016/);
  await page.getByRole('link', { name: 'Förhandsgranska: Rapporter' }).click();
  assert.match(await text(page), /Avstämningar|Blad/i);
  await page.getByRole('button', { name: 'Skapa Excel' }).click();
  await settled(page);
  const [report] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Hämta / }).first().click()]);
  assert.equal(fs.readFileSync(await report.path()).subarray(0, 2).toString(), 'PK');
  await page.getByRole('link', { name: 'Rapporter', exact: true }).click();
  assert.match(await text(page), /R-2016-03-001/);
};

// From the made report to a closed month, and a change of it afterwards, whose effect is shown first.
const monthIsClosed = async (page) => {
  const month = new URL('/p/ung-horisont/manad/2016-02', page.url()).href;
  await page.goto(new URL('/p/ung-horisont/inlasningar', page.url()).href);
  await page.setInputFiles('#fil', path.join(folder, 'Underlag.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  await settled(page);
  await page.getByRole('button', { name: 'Läs in', exact: true }).click();
  await settled(page);
  assert.match(await text(page), /I-3 är inläst/);
  await page.goto(month);
  await page.getByRole('button', { name: 'Attestera månaden' }).click();
  assert.match(await text(page), /Klart: månadens läge är ändrat/);
  await page.getByRole('link', { name: 'Skapa SCB-filen för månaden' }).click();
  await page.getByRole('button', { name: 'Skapa Excel' }).click();
  await settled(page);
  await page.goto(month);
  // A second tab with the month as it is now.
  const other = await page.context().newPage();
  await other.goto(month);
  await page.getByRole('button', { name: 'Anteckna som lämnad' }).click();
  assert.match(await text(page), /Klart: månadens läge är ändrat/);
  await other.getByRole('button', { name: 'Anteckna som lämnad' }).click();
  assert.match(await text(other), /redan|inte/i);
  await other.close();
  await page.getByRole('button', { name: 'Stäng månaden' }).click();
  assert.match(await text(page), /Klart: månadens läge är ändrat/);
  await page.goto(new URL('/p/ung-horisont/deltagare/D-0002', page.url()).href);
  await page.getByLabel('Uppgift', { exact: true }).selectOption('entry_date');
  await page.getByLabel('Nytt värde').fill('2016-02-10');
  await page.getByLabel('Skäl', { exact: true }).fill('beslutet säger den tionde');
  await page.getByRole('button', { name: 'Visa följderna' }).click();
  assert.match(await text(page), /Ingenting är sparat än/);
  assert.match(await text(page), /2016-02/);
  await page.getByRole('button', { name: 'Spara rättelsen' }).click();
  await page.goto(new URL('/p/ung-horisont/manader', page.url()).href);
  assert.match(await text(page), /Ska skickas om/);
};

const auditorsVisit = async (page, scripts) => {
  await page.getByRole('link', { name: 'ung-horisont' }).click();
  await page.getByRole('link', { name: 'Granskning' }).click();
  await page.getByRole('link', { name: 'Till timmarna' }).click();
  await page.getByLabel('Visa per').selectOption('participant');
  // With scripts the choice sends itself.
  if (!scripts) await page.getByRole('button', { name: 'Visa', exact: true }).click();
  await page.waitForURL(/per=participant/);
  await page.getByRole('link', { name: 'D-0001' }).first().click();
  await page.getByRole('link', { name: 'Visa varför' }).click();
  assert.match(await text(page), /P04/);
  assert.match(await text(page), /Deltagare\.csv/);
  await page.getByRole('link', { name: 'P04', exact: true }).click();
  assert.match(await text(page), /P04/);
  await page.goBack();
  await page.getByRole('link', { name: 'Logg', exact: true }).click();
  await page.getByRole('link', { name: 'Kontrollera loggen' }).click();
  assert.match(await text(page), /Kedjan är hel/);
  await page.getByLabel('Sidor').getByRole('link', { name: 'Logg', exact: true }).click();
  const [log] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Hämta loggen' }).click()]);
  assert.ok(fs.statSync(await log.path()).size > 500);
  await page.getByRole('link', { name: 'Rapporter', exact: true }).click();
  await page.getByRole('link', { name: /^R-/ }).first().click();
  const [filed] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /\.xlsx/ }).first().click()]);
  const workbook = path.join(folder, 'inlämnad.xlsx');
  await filed.saveAs(workbook);
  await page.getByRole('link', { name: 'Granskning' }).click();
  await page.setInputFiles('#fil', workbook);
  await page.getByRole('button', { name: 'Jämför' }).click();
  assert.match(await text(page), /byte för byte den som skapades/);
  await page.getByRole('link', { name: 'Rapporter', exact: true }).click();
  await page.getByRole('link', { name: 'R-2016-02-001' }).first().click();
  await page.locator('tbody a[href*="/tal?"]').first().click();
  assert.match(await text(page), /skillnad 0/);
  await page.getByRole('link', { name: 'Granskning' }).click();
  await page.getByRole('link', { name: 'Till stickproven' }).click();
  await page.getByLabel('Storlek').fill('2');
  await page.getByLabel('Granskarens frö').fill('00112233445566778899aabbccddeeff');
  await page.getByRole('button', { name: 'Dra', exact: true }).click();
  assert.match(await text(page), /Stickprov S-1/);
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Hämta arbetsboken att fylla i' }).click()]);
  const sample = path.join(folder, 'S-1.xlsx');
  await sheet.saveAs(sample);
  await page.setInputFiles('#fil', sample);
  await page.getByRole('button', { name: 'Räkna upp' }).click();
  assert.match(await text(page), /inget fel ifyllt/);
  assert.ok(Number(fillIn(sample)) >= 2);
  await page.goto(new URL('/p/ung-horisont/stickprov/S-1', page.url()).href);
  await page.setInputFiles('#fil', sample);
  await page.getByRole('button', { name: 'Räkna upp' }).click();
  assert.match(await text(page), /Vad felen säger om helheten/);
  await page.goto(new URL('/p/ung-horisont/paket?stickprov=S-1', page.url()).href);
  await page.getByRole('button', { name: /paket/ }).click();
  await page.waitForURL(/paket\/[^?]+\?lista=/);
  const [pack] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Hämta / }).first().click()]);
  assert.equal(fs.readFileSync(await pack.path()).subarray(0, 2).toString(), 'PK');
  // Looking at a number is asked why, and stands in the list of looks.
  await page.goto(new URL('/p/ung-horisont/deltagare/D-0001', page.url()).href);
  assert.ok(!(await text(page)).includes('19990517-9819'));
  await page.getByLabel(/Varför|Syfte/).fill('jämför med närvarolistan');
  await page.getByRole('button', { name: /^Visa namn/ }).click();
  assert.match(await text(page), /19990517-9819/);
  await page.goto(new URL('/p/ung-horisont/visningar', page.url()).href);
  assert.match(await text(page), /jämför med närvarolistan/);
};

// Printed: A4, the page without what only a screen needs, and a long table's headings on every sheet of paper.
const printed = async (page) => {
  const has = (() => { try { execFileSync('pdftotext', ['-v'], { stdio: 'ignore' }); return true; } catch { return false; } })();
  if (!has) return console.log('        pdftotext is not here: printing was not looked at');
  for (const [address, must, heading, sheets] of [
    ['/p/ung-horisont/manad/2016-03', /Mars 2016/, null, 1],
    ['/p/ung-horisont/deltagare/D-0001/bedomning', /P04/, /Fråga/, 1],
    ['/p/ung-horisont/installningar?rader=500', /Diarienummer|diarienummer/, /Säkerhet/, 3],
    ['/p/ung-horisont/rapporter/R-2016-02-001', /SCB-rapport/, null, 1]]) {
    await page.goto(new URL(address, page.url()).href);
    const file = path.join(folder, 'sida.pdf');
    await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true });
    const paper = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    assert.match(paper, /Page size:\s+59\d(\.\d+)? x 84\d(\.\d+)? pts/, `${address} is not A4`);
    const words = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    assert.match(words, must, `${address} printed without its text`);
    for (const never of [/Till innehållet/, /Avsluta/, /Egen sida, med filter/, /In English/, /Inläsning\s+Problem/])
      assert.doesNotMatch(words, never, `${address} printed with what only a screen needs`);
    const papers = words.split('\f').filter((one) => one.trim());
    assert.ok(papers.length >= sheets, `${address}: ${papers.length} sheets`);
    if (heading && sheets > 1)
      for (const paper_ of papers.slice(1, -1)) assert.match(paper_, heading, `${address}: a sheet of paper without the table's headings`);
  }
};

// With the keyboard alone: the first stop leads past the menus, every stop is seen, and nothing holds the focus.
const byKeyboard = async (page) => {
  for (const address of ['/p/ung-horisont', '/p/ung-horisont/deltagare', '/p/ung-horisont/manad/2016-03', '/p/ung-horisont/inlasningar']) {
    await page.goto(new URL(address, page.url()).href);
    const stops = [];
    for (let i = 0; i < 200; ++i) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return null;
        const style = getComputedStyle(at), box = at.getBoundingClientRect();
        const order = [...document.querySelectorAll('*')].indexOf(at);
        return { order, what: at.tagName + ' ' + (at.textContent || at.name || '').trim().slice(0, 30),
                 seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
                 there: box.width > 0 && box.height > 0 };
      });
      if (!stop || (stops.length && stop.order === stops[0].order)) break;
      stops.push(stop);
    }
    assert.ok(stops.length > 12, `${address}: ${stops.length} stops`);
    assert.match(stops[0].what, /Till innehållet/, `${address}: the first stop`);
    for (let i = 1; i < stops.length; ++i) assert.ok(stops[i].order > stops[i - 1].order, `${address}: ${stops[i].what} comes before ${stops[i - 1].what}`);
    for (const stop of stops) assert.ok(stop.there && stop.seen, `${address}: the focus is not seen on ${stop.what}`);
  }
  // A form filled in and sent without a mouse.
  await page.goto(new URL('/p/ung-horisont/timmar', page.url()).href);
  await page.getByLabel('Visa per').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/per=reason/);
};

const pages = ['/', '/p/ung-horisont', '/p/ung-horisont/manad/2016-03', '/p/ung-horisont/manad/2016-02', '/p/ung-horisont/manader', '/p/ung-horisont/inlasningar', '/p/ung-horisont/inlasningar/I-2',
  '/p/ung-horisont/problem', '/p/ung-horisont/problem?level=error', '/p/ung-horisont/deltagare', '/p/ung-horisont/deltagare?verdict=undecided',
  '/p/ung-horisont/deltagare/D-0001', '/p/ung-horisont/deltagare/D-0001/bedomning', '/p/ung-horisont/timmar',
  '/p/ung-horisont/timmar?per=reason', '/p/ung-horisont/rapporter', '/p/ung-horisont/rapporter/ny?mall=scb-month&period=2016-03',
  '/p/ung-horisont/rapporter/R-2016-02-001', '/p/ung-horisont/rapporter/R-2016-02-001/tal?cell=Deltagare!D2', '/p/ung-horisont/stickprov', '/p/ung-horisont/stickprov/S-1',
  '/p/ung-horisont/ekonomi', '/p/ung-horisont/underlag', '/p/ung-horisont/beslut', '/p/ung-horisont/visningar', '/p/ung-horisont/deltagare/D-0001/historik',
  '/p/ung-horisont/rapporter/ny?mall=project-outcome', '/p/ung-horisont/rapporter/ny?mall=indicators-yei', '/p/ung-horisont/paket', '/p/ung-horisont/granskning', '/p/ung-horisont/granskning?kand=2016-04-01', '/p/ung-horisont/logg', '/p/ung-horisont/logg/kontroll',
  '/p/ung-horisont/installningar', '/regler', '/regler/youth.dmn', '/hjalp', '/hjalp/manadsslut', '/hjalp/problem', '/tillganglighet'];

// The steps of a draft that waits are pages, too.
const draftPages = async (page) => {
  await page.goto(new URL('/p/ung-horisont/inlasningar', page.url()).href);
  await page.setInputFiles('#fil', path.join(folder, 'Närvaro mars.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  await settled(page);
  const draft = new URL(page.url()).pathname.replace(/\/[a-z]+$/, '');
  return ['fil', 'blad', 'kolumner', 'problem', 'skillnad', 'rader', 'ratta?cell=C3'].map((step) => `${draft}/${step}`);
};

// What does not belong in the file is left out with a reason, and the rest is read in.
const rowsLeftOut = async (page) => {
  await page.goto(new URL('/p/ung-horisont/inlasningar', page.url()).href);
  await page.setInputFiles('#fil', path.join(folder, 'Närvaro mars.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  await settled(page);
  await page.getByRole('link', { name: /^Välj bland 3 rader/ }).click();
  await page.getByRole('button', { name: 'Lämna valda rader utanför' }).waitFor();
  await page.getByLabel(/^Rad 5:/).check();
  await page.getByLabel(/^Rad 3:/).check();
  await page.getByLabel('Skäl', { exact: true }).fill('hör till ett annat projekt');
  await page.getByRole('button', { name: 'Lämna valda rader utanför' }).click();
  assert.match(await text(page), /lämnas utanför[^]*hör till ett annat projekt/);
  await page.getByRole('link', { name: 'Vidare: Skillnad' }).click();
  assert.match(await text(page), /1 rad(er)? har fel[^]*/);
  await page.getByRole('button', { name: 'Släng utkastet' }).click();
};

const everyPage = async (page) => {
  const found = [], all = [...pages, ...await draftPages(page)];
  page.on('console', (message) => message.type() === 'error' && found.push(`${page.url()}: ${message.text()}`));
  for (const lang of ['sv', 'en'])
    for (const one of all) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(new URL(`${one}${one.includes('?') ? '&' : '?'}lang=${lang}`, page.url()).href);
      await page.evaluate(axe);
      const result = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      for (const violation of result.violations) found.push(`${lang} ${one}: ${violation.id} ${violation.nodes[0].target}`);
      await page.setViewportSize({ width: 320, height: 640 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) found.push(`${lang} ${one}: ${over} px too wide at 320`);
    }
  assert.deepEqual(found, []);
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'] });  // no sandbox only because checks run as root
try {
  for (const scripts of [true, false]) {
    const how = scripts ? 'with scripts' : 'without scripts';
    const pages_ = await served(scripts ? 'with' : 'without');
    const context = await browser.newContext({ javaScriptEnabled: scripts, locale: 'sv-SE', acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(pages_.address);
    await story(`a month-end, ${how}`, () => monthEnd(page));
    await story(`a month attested, filed and closed, and a change of it shown first, ${how}`, () => monthIsClosed(page));
    await story(`rows that do not belong left out with a reason, ${how}`, () => rowsLeftOut(page));
    await page.goto(new URL('/', page.url()).href);
    await story(`an auditor's visit, ${how}`, () => auditorsVisit(page, scripts));
    if (scripts) await story('pages on paper: A4, no menus, headings on every sheet', () => printed(page));
    if (scripts) await story('with the keyboard alone: order, focus that is seen, a form sent', () => byKeyboard(page));
    if (scripts) await story(`${pages.length + 7} pages in two languages: no violation, nothing too wide, no fault told by the browser`, () => everyPage(page));
    await story(`the address that opened the pages opens them once, ${how}`, async () => {
      const other = await (await browser.newContext()).newPage();
      assert.equal((await other.goto(pages_.address)).status(), 403);
    });
    await context.close();
    pages_.stop();
  }
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
