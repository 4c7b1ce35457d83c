// node speed.mjs PAGES PROXY [ROUNDS]: the ways of a page to a TCP server, measured in turns: speed.cc (blocking calls of
// everysock, through PROXY) and plain.html (a plain JavaScript WebSocket through websockify, on the page's own thread and
// in a worker). Prints medians and ratios; build/report/browser-speed.json has every round.
import fs from 'node:fs';
import path from 'node:path';
import net from 'node:net';
import { launch, openPage, start, startPeer, startProxy, stopAll } from './harness.mjs';

const [pages, proxyProgram] = process.argv.slice(2, 4).map((each) => path.resolve(each));
const rounds = Number(process.argv[4] ?? 30);
const trips = 2000;
const megabytes = 64;

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const answers = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

const peer = await startPeer();
const proxy = await startProxy(proxyProgram, pages);
const port = await freePort();
const bridge = start('websockify', [`127.0.0.1:${port}`, `127.0.0.1:${peer}`]);
for (let i = 0; !(await answers(port)); i++) {
  if (i > 300 || bridge.exitCode !== null) throw new Error(`no websockify:\n${bridge.output.text()}`);
  await new Promise((resolve) => { setTimeout(resolve, 50); });
}

const plain = `${proxy.origin}/plain.html?port=${port}&trips=${trips}&megabytes=${megabytes}`;
const ways = {
  'plain, page': plain,
  'plain, worker': `${plain}&worker`,
  everysock: `${proxy.origin}/page.html?js=speed.js&arg=127.0.0.1&arg=${peer}&arg=${trips}&arg=${megabytes}`,
};
const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
const browser = await launch();
for (let round = 0; round < rounds; round++) {
  for (const [name, url] of Object.entries(ways)) {
    const { page, output } = await openPage(browser, url);
    results[name].push(JSON.parse((await output.find(/^\{/)).line));
    await page.close();
  }
}
await browser.close();
stopAll();

fs.mkdirSync('build/report', { recursive: true });
fs.writeFileSync('build/report/browser-speed.json', JSON.stringify({ trips, megabytes, rounds: results }, null, 1));
for (const key of Object.keys(results.everysock[0])) {
  const row = Object.entries(results).map(([name, each]) => `${name} ${median(each.map((result) => result[key]))}`);
  const ratio = median(results.everysock.map((result, i) => result[key] / results['plain, page'][i][key]));
  console.log(`${key}: ${row.join(', ')}; everysock / plain, page: ${ratio.toFixed(2)}`);
}
process.exit(0);
