// node page_test.mjs SCREENSHOTS: starts web/demo as a user does, opens its page in Chromium and looks at what goes wrong:
// a target that no rule allows, a port where nobody listens, a port that is taken, a page without isolation, and a
// demo that is ended. The last line is "demo: N passed, N failed, 0 skipped".
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { chromium } = createRequire(path.join(root, 'tests/browser/'))('playwright-core');
const screenshots = path.resolve(process.argv[2] ?? path.join(root, 'build/demo'));
const limit = 60000; // milliseconds, for any one thing to happen

async function startDemo() {
  const demo = spawn(path.join(root, 'web/demo'), ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    demo.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /^The page: (.*)$/m.exec(said)?.[1];
      if (found) resolve(found);
    });
    demo.once('exit', () => reject(new Error(`web/demo ended:\n${said}`)));
  });
  return { demo, url };
}

// The demo's files, from a server that knows nothing of isolation. What it lacks it says only once `released`.
async function servePlainly(directory, released) {
  const server = http.createServer(async (request, response) => {
    const file = path.join(directory, request.url === '/' ? 'index.html' : new URL(request.url, 'http://x').pathname);
    if (!fs.existsSync(file)) await released;
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }[path.extname(file)];
    response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream' });
    return fs.createReadStream(file).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const connects = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('connect', () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
});

const panel = (page, name) => page.locator(`section[aria-labelledby="${name}-title"]`);
const here = (page, name) => panel(page, name).locator('.column').nth(1);

async function runAgain(page, name, field, value) {
  await panel(page, name).getByLabel(field).fill(value);
  await panel(page, name).getByRole('button', { name: 'Run' }).click();
}

// Waits until `locator` says what `pattern` says.
async function says(locator, pattern) {
  const deadline = Date.now() + limit;
  let text;
  do {
    text = await locator.innerText();
    if (pattern.test(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (Date.now() < deadline);
  assert.match(text, pattern);
}

const picture = (page, name) => page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage: true });

let passed = 0;
let failed = 0;
async function check(name, body) {
  try {
    await body();
    passed += 1;
    console.log(`passed   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED   ${name}\n${error.stack ?? error}`);
  }
}

fs.mkdirSync(screenshots, { recursive: true });
const { demo, url } = await startDemo();
const browser = await chromium.launch({
  executablePath: process.env.EVERYSOCK_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
});
const facts = await (await fetch(new URL('demo.json', url))).json();
const taken = net.createServer().listen(0, '127.0.0.1');
await once(taken, 'listening');

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(limit);
  await page.goto(url);

  await check('all three examples run, and a native client visits', async () => {
    for (const name of ['redis_ping', 'http_get']) await says(here(page, name), /ended well/);
    await says(panel(page, 'page_server'), /on the websocket backend/);
  });
  await check('a target that no rule allows: the rule to add', async () => {
    await runAgain(page, 'redis_ping', 'Port', '1');
    await says(here(page, 'redis_ping'), /EACCES[^]*--allow-connect 127\.0\.0\.1:1 /);
    await picture(page, 'page-denied');
  });
  await check('the same program again, with the right port', async () => {
    await runAgain(page, 'redis_ping', 'Port', String(facts.redis.port));
    await says(here(page, 'redis_ping'), /GET greeting: Hello from the page[^]*ended well/);
  });
  await check('a document that is not there', async () => {
    await runAgain(page, 'http_get', 'Path', '/nowhere');
    await says(here(page, 'http_get'), /404 Not Found[^]*ended well/);
  });
  await check('a server on a port that no rule allows', async () => {
    await panel(page, 'page_server').getByRole('button', { name: 'Stop' }).click();
    await says(here(page, 'page_server'), /stopped/);
    await runAgain(page, 'page_server', 'Port', String(taken.address().port));
    await says(here(page, 'page_server'), /EACCES[^]*--allow-bind/);
  });
  await check('the server again, and a native client again', async () => {
    await runAgain(page, 'page_server', 'Port', String(facts.server.port));
    await says(here(page, 'page_server'), /visitor 1: /);
    await says(panel(page, 'page_server').locator('.column').first(), /on the websocket backend/);
    const visit = await fetch(`http://127.0.0.1:${facts.server.port}/`);
    assert.match(await visit.text(), /visitor 2 of/);
  });
  await check('a page without the headers for isolation', async () => {
    let release;
    const server = await servePlainly(path.join(root, 'build/demo/site'), new Promise((resolve) => { release = resolve; }));
    const plain = await browser.newPage();
    await plain.goto(`http://127.0.0.1:${server.address().port}/`);
    const wanted = /Cross-Origin-Opener-Policy[^]*Cross-Origin-Embedder-Policy/;
    await says(plain.locator('#notice'), wanted);
    // That somebody answers for the proxy does not make the page isolated.
    release();
    await says(plain.locator('#link'), /answers/);
    assert.match(await plain.locator('#notice').innerText(), wanted);
    await plain.close();
    server.close();
  });
  await check('the source is shown', async () => {
    await panel(page, 'redis_ping').locator('summary').click();
    await says(panel(page, 'redis_ping').locator('.listing'), /create_connection/);
  });

  await check('Ctrl-C ends web/demo and all that it started', async () => {
    const ended = once(demo, 'exit');
    demo.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
    for (const port of [facts.redis.port, facts.nginx.port, facts.server.port, Number(new URL(url).port)]) {
      assert.equal(await connects(port), false, `port ${port}`);
    }
  });
  await check('the page says so', async () => {
    await says(page.locator('#notice'), /does not answer any more/);
    await says(page.locator('#link'), /No answer/);
    await says(here(page, 'page_server'), /ENETDOWN[^]*link to the proxy is gone/);
    await says(page.locator('#live-problem'), /ENETDOWN/);
    await picture(page, 'page-down');
  });
} finally {
  await browser.close();
  demo.kill('SIGTERM');
  taken.close();
}
console.log(`demo: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
