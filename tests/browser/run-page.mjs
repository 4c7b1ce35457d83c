// node run-page.mjs [OPTIONS] URL: opens a page in headless Chromium and copies its console to stdout. Exits with N when
// the page logs a line "EVERYSOCK-EXIT N", with 124 after the time limit, with 1 on an uncaught error.
//   --seconds N         time limit (60)
//   --serve DIRECTORY   serve DIRECTORY and this script's own (page.html), cross-origin isolated; URL is then a path
//   --out FILE          write window.everysockReport (a string) there at the end
//   --screenshot FILE   write a PNG at the end; --width N, --height N (1280 x 800), --dark
//   --settle N          the page is a document: end with 0 after N seconds, without waiting for EVERYSOCK-EXIT
// EVERYSOCK_CHROMIUM names another Chromium than /usr/bin/chromium.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    serve: { type: 'string' },
    out: { type: 'string' },
    screenshot: { type: 'string' },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '800' },
    dark: { type: 'boolean', default: false },
    settle: { type: 'string' },
  },
});
if (positionals.length !== 1) {
  console.error('usage: run-page.mjs [OPTIONS] URL (the head of this file has the options)');
  process.exit(2);
}

const site = options.serve && (await serve([options.serve, fileURLToPath(new URL('.', import.meta.url))]));
const url = new URL(positionals[0], site?.origin).href;

const browser = await chromium.launch({
  executablePath: process.env.EVERYSOCK_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', // containers run as root; the pages are our own
    '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-component-update',
    '--disable-background-networking', '--disable-sync',
    // A page nobody looks at keeps its timers exact.
    '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
  ],
});

async function run(page) {
  const ended = new Promise((resolve) => {
    const fail = (text) => {
      console.log(text);
      resolve(1);
    };
    page.on('console', (message) => {
      console.log(message.text());
      const exit = /^EVERYSOCK-EXIT (\d+)$/.exec(message.text());
      if (exit) resolve(Number(exit[1]));
    });
    page.on('pageerror', (error) => fail(`uncaught: ${error.stack ?? error}`));
    page.on('crash', () => fail('the page crashed'));
    setTimeout(() => {
      console.log(`no EVERYSOCK-EXIT within ${options.seconds} s: ${url}`);
      resolve(124);
    }, Number(options.seconds) * 1000);
  });
  const response = await page.goto(url);
  if (response && !response.ok()) { // none for about: and data: pages
    console.log(`${url}: HTTP ${response.status()}`);
    return 1;
  }
  if (!options.settle) return ended;
  return Promise.race([ended, sleep(Number(options.settle) * 1000, 0)]);
}

async function collect(page) {
  if (options.screenshot) await page.screenshot({ path: options.screenshot });
  if (options.out) {
    const report = await page.evaluate(() => window.everysockReport);
    if (typeof report !== 'string') throw new Error('the page set no window.everysockReport');
    fs.mkdirSync(path.dirname(options.out), { recursive: true });
    fs.writeFileSync(options.out, report);
  }
}

let status = 1;
try {
  const page = await browser.newPage({
    viewport: { width: Number(options.width), height: Number(options.height) },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  status = await run(page);
  // A page that hangs answers nothing any more.
  await Promise.race([collect(page), sleep(10000).then(() => { throw new Error('the page does not answer'); })]);
} catch (error) {
  console.log(String(error));
  status ||= 1;
}
await browser.close();
process.exit(status);
