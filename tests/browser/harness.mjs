// What check.mjs and speed.mjs share: processes, what they print, and a browser.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const patience = 60000;
export const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'everysock-page-'));
export const running = new Set();

export function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.output = new Output();
  child.stdout.on('data', child.output.add);
  child.stderr.on('data', child.output.add);
  child.on('error', (error) => child.output.add(`${program}: ${error.message}`));
  child.ended = new Promise((resolve) => child.on('close', (status) => {
    running.delete(child);
    resolve(status);
  }));
  return child;
}

// Ends what was started, but for those in `keep`.
export function stopAll(keep = new Set()) {
  for (const child of running) if (!keep.has(child)) child.kill('SIGKILL');
  if (keep.size === 0) fs.rmSync(scratch, { recursive: true, force: true });
}

// The lines that something prints, each with the moment it came.
export class Output {
  #lines = [];
  #wake = () => {};
  add = (text) => {
    for (const line of String(text).split('\n')) if (line) this.#lines.push({ line, at: performance.now() });
    this.#wake();
  };
  // Waits for the first line, from `from` on, that matches.
  async find(pattern, from = 0) {
    const deadline = performance.now() + patience;
    for (;;) {
      const found = this.#lines.slice(from).find(({ line }) => pattern.test(line));
      if (found) return found;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`nothing matches ${pattern} in:\n${this.text()}`);
      await Promise.race([new Promise((resolve) => { this.#wake = resolve; }), sleep(left)]);
    }
  }
  all(pattern) {
    return this.#lines.filter(({ line }) => pattern.test(line));
  }
  text() {
    return this.#lines.map(({ line }) => `  ${line}`).join('\n');
  }
}

// An everysock-proxy that serves `pages` and lets programs reach this machine.
export async function startProxy(program, pages, { options = [], env = {}, port: wanted = 0 } = {}) {
  const ready = path.join(scratch, `ready-${Math.random()}.json`);
  const child = start(program, ['--serve', pages, '--ready-file', ready, '--port', String(wanted),
                                '--allow-connect', '127.0.0.1', '--allow-bind', '127.0.0.1', ...options], env);
  const deadline = performance.now() + patience;
  while (!fs.existsSync(ready)) {
    if (child.exitCode !== null) throw new Error(`the proxy ended:\n${child.output.text()}`);
    if (performance.now() > deadline) throw new Error('the proxy does not start');
    await sleep(20);
  }
  const { port } = JSON.parse(fs.readFileSync(ready, 'utf8'));
  return { child, port, origin: `http://127.0.0.1:${port}`, url: `ws://127.0.0.1:${port}/everysock` };
}

// The port of a peer.mjs, or of another server that prints its port.
export async function startPeer(script = 'peer.mjs') {
  const { output } = start(process.execPath, [path.join(here, script)]);
  return Number((await output.find(/^\d+$/)).line);
}

const executablePath = process.env.EVERYSOCK_CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
              '--disable-component-update', '--disable-background-networking', '--disable-sync',
              '--disable-background-timer-throttling', '--disable-renderer-backgrounding'];

export const launch = () => chromium.launch({ executablePath, args });

// A browser that shows `url` and has no debugger attached.
export const startBrowser = (url) =>
  start(executablePath, [...args, '--headless=new', `--user-data-dir=${path.join(scratch, 'browser')}`, url]);

// Opens a page, in which the script `before` runs first; what its console gets is in `output`.
export async function openPage(browser, url, before = '') {
  const page = await browser.newPage();
  await page.addInitScript(before);
  const output = new Output();
  page.on('console', (message) => output.add(message.text()));
  page.on('pageerror', (error) => output.add(`uncaught: ${error}`));
  await page.goto(url);
  return { page, output };
}
