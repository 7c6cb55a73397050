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
UH-2;2016-03-02;6;praktik
UH-9;2016-03-02;6;praktik
`;
const evidence = `Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos
UH-1;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 2016-1;2016-01-26;Karin Berg;Karlstads kommun
UH-2;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 2016-2;2016-01-26;Karin Berg;Karlstads kommun
`;
fs.writeFileSync(path.join(folder, 'Underlag.csv'), evidence);
fs.writeFileSync(path.join(folder, 'Deltagare.csv'), register);
fs.writeFileSync(path.join(folder, 'Närvaro mars.csv'), attendance);

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

const monthEnd = async (page) => {
  await page.getByRole('link', { name: 'ung-horisont' }).click();
  await page.getByRole('link', { name: 'Läs in: Deltagarlista' }).click();
  await page.setInputFiles('#fil', path.join(folder, 'Deltagare.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  assert.match(await text(page), /2 nya/);
  await page.getByRole('button', { name: 'Läs in', exact: true }).click();
  assert.match(await text(page), /I-1 är inläst/);
  await page.getByRole('link', { name: 'Inläsning' }).click();
  await page.setInputFiles('#fil', path.join(folder, 'Närvaro mars.csv'));
  await page.getByRole('button', { name: 'Läs filen' }).click();
  assert.match(page.url(), /utkast\/U-\d+\/problem$/);
  assert.match(await text(page), /1 rader har fel/);
  const [marked] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Hämta Excel' }).click()]);
  assert.equal(fs.readFileSync(await marked.path()).subarray(0, 2).toString(), 'PK');
  await page.getByRole('link', { name: 'Vidare: Skillnad' }).click();
  await page.getByRole('button', { name: 'Läs in raderna utan fel' }).click();
  assert.match(await text(page), /I-2 är inläst/);
  await page.getByRole('link', { name: 'Till månadens lista' }).click();
  assert.match(await text(page), /Mars 2016/);
  await page.getByRole('link', { name: 'Förhandsgranska: Rapporter' }).click();
  assert.match(await text(page), /Avstämningar|Blad/i);
  await page.getByRole('button', { name: 'Skapa Excel' }).click();
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
  await page.getByRole('button', { name: 'Läs in', exact: true }).click();
  assert.match(await text(page), /I-3 är inläst/);
  await page.goto(month);
  await page.getByRole('button', { name: 'Attestera månaden' }).click();
  assert.match(await text(page), /Klart: månadens läge är ändrat/);
  await page.getByRole('link', { name: 'Skapa SCB-filen för månaden' }).click();
  await page.getByRole('button', { name: 'Skapa Excel' }).click();
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
};

const pages = ['/', '/p/ung-horisont', '/p/ung-horisont/manad/2016-03', '/p/ung-horisont/manad/2016-02', '/p/ung-horisont/manader', '/p/ung-horisont/inlasningar', '/p/ung-horisont/inlasningar/I-2',
  '/p/ung-horisont/problem', '/p/ung-horisont/problem?level=error', '/p/ung-horisont/deltagare', '/p/ung-horisont/deltagare?verdict=undecided',
  '/p/ung-horisont/deltagare/D-0001', '/p/ung-horisont/deltagare/D-0001/bedomning', '/p/ung-horisont/timmar',
  '/p/ung-horisont/timmar?per=reason', '/p/ung-horisont/rapporter', '/p/ung-horisont/rapporter/ny?mall=scb-month&period=2016-03',
  '/p/ung-horisont/rapporter/R-2016-02-001', '/p/ung-horisont/rapporter/R-2016-02-001/tal?cell=Deltagare!D2', '/p/ung-horisont/stickprov', '/p/ung-horisont/stickprov/S-1',
  '/p/ung-horisont/granskning', '/p/ung-horisont/granskning?kand=2016-04-01', '/p/ung-horisont/logg', '/p/ung-horisont/logg/kontroll',
  '/p/ung-horisont/installningar', '/regler', '/regler/youth.dmn', '/hjalp', '/hjalp/manadsslut', '/hjalp/problem', '/tillganglighet'];

const everyPage = async (page, shots) => {
  const found = [];
  page.on('console', (message) => message.type() === 'error' && found.push(`${page.url()}: ${message.text()}`));
  for (const lang of ['sv', 'en'])
    for (const one of pages) {
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
    await page.goto(new URL('/', page.url()).href);
    await story(`an auditor's visit, ${how}`, () => auditorsVisit(page, scripts));
    if (scripts) await story(`${pages.length} pages in two languages: no violation, nothing too wide, no fault told by the browser`, () => everyPage(page));
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
