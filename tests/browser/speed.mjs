// node speed.mjs PAGES PROXY BRIDGE [--rounds N] [--append]: the ways of a page to a TCP server, measured in turns:
//   page, worker  a plain JavaScript WebSocket through websockify, on the page's own thread and in a worker (plain.html)
//   direct        the same in a worker, to an echo server of WebSockets, with no proxy in between (websocket_peer.mjs):
//                 request and response alone. No way that goes through a proxy can be faster
//   everysock     blocking calls through PROXY (speed.cc)
//   suspending    the same on the page's own thread, which is suspended meanwhile
//   SOCKFS        Emscripten's BSD sockets through websockify (bsd_speed.cc)
//   bridge        Emscripten's BSD sockets through BRIDGE, its websocket_to_posix_proxy as it is shipped (bsd_speed.cc):
//                 request and response alone, since a large transfer kills the connection
// Writes build/benchmark/browser-speed.json, prints medians and ratios, and exits with 1 where a bound is missed. --append
// adds the rounds to those of an earlier run.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { start, startBrowser, startPeer, startProxy, stopAll } from './harness.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '30' }, append: { type: 'boolean', default: false } },
});
const [pages, proxyProgram, bridgeProgram] = positionals.map((each) => path.resolve(each));
const report = 'build/benchmark/browser-speed.json';
const trips = 10000;
const bridgeTrips = 20; // about 90 ms each
const megabytes = 64;
const patience = 120000;

const ours = ['everysock', 'suspending'];
const cases = [
  {
    id: 'round_trips_per_second', title: '64-byte request/response', unit: 'round trips/s',
    bounds: [{ base: 'page', limit: 1.0 }, { base: 'SOCKFS', limit: 3 }, { base: 'bridge', limit: 50 }],
  },
  { id: 'received_mb_per_second', title: '64 MiB received', unit: 'MiB/s', bounds: [{ base: 'page', limit: 0.9 }] },
  { id: 'sent_mb_per_second', title: '64 MiB sent', unit: 'MiB/s', bounds: [{ base: 'page', limit: 0.9 }] },
];

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

// Starts a server whose arguments are known once it has a port, and waits until it listens there.
async function startServer(program, argumentsAt) {
  const port = await freePort();
  const server = start(program, argumentsAt(port));
  for (let i = 0; !(await answers(port)); i++) {
    if (i > 300 || server.exitCode !== null) throw new Error(`no ${program}:\n${server.output.text()}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return port;
}

// What speed.html posts, until it has ended or says nothing for too long.
async function collect(server, browser, rounds) {
  const results = [];
  let late;
  await new Promise((resolve, reject) => {
    const wait = () => {
      clearTimeout(late);
      late = setTimeout(() => reject(new Error(`the page has said nothing for ${patience / 1000} s`)), patience);
    };
    wait();
    browser.ended.then((status) => reject(new Error(`the browser ended (${status}):\n${browser.output.text()}`)));
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (some) => { text += some; });
      request.on('end', () => {
        response.writeHead(204, { 'Access-Control-Allow-Origin': '*' }).end();
        const { round, way, result, ended, failure } = JSON.parse(text);
        if (failure) return reject(new Error(failure));
        if (ended) return resolve();
        (results[round] ??= {})[way] = result;
        process.stderr.write(`\rround ${round + 1} of ${rounds}: ${way.padEnd(12)}`);
        wait();
      });
    });
  }).finally(() => clearTimeout(late));
  process.stderr.write('\n');
  return results;
}

async function measure(rounds) {
  const peer = await startPeer();
  const echo = await startPeer('websocket_peer.mjs');
  const proxy = await startProxy(proxyProgram, pages);
  const websockify = await startServer('websockify', (port) => [`127.0.0.1:${port}`, `127.0.0.1:${peer}`]);
  const bridge = await startServer(bridgeProgram, (port) => [String(port)]);

  const plain = (port, size) => `/plain.html?port=${port}&trips=${trips}&megabytes=${size}`;
  const program = (name, ...args) =>
    `/page.html?js=${name}.js&${['127.0.0.1', ...args].map((each) => `arg=${each}`).join('&')}`;
  const ways = {
    page: plain(websockify, megabytes),
    worker: `${plain(websockify, megabytes)}&worker`,
    direct: `${plain(echo, 0)}&worker`,
    everysock: program('speed', peer, trips, megabytes),
    suspending: program('speed_suspending', peer, trips, megabytes),
    SOCKFS: program('speed_sockfs', websockify, trips, megabytes),
    bridge: program('speed_bridge', peer, bridgeTrips, 0, `ws://127.0.0.1:${bridge}/`),
  };
  const reports = http.createServer();
  await new Promise((resolve) => { reports.listen(0, '127.0.0.1', resolve); });
  const wish = { ways, rounds, report: `http://127.0.0.1:${reports.address().port}/` };
  const browser = startBrowser(`${proxy.origin}/speed.html#${encodeURIComponent(JSON.stringify(wish))}`);
  try {
    return await collect(reports, browser, rounds);
  } finally {
    reports.close();
    browser.kill();
    await browser.ended; // it writes to its directory until then
    stopAll();
  }
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => {
    const below = Math.floor(part * (sorted.length - 1));
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (part * (sorted.length - 1) - below);
  };
  return { median: at(0.5), p10: at(0.1), p90: at(0.9) };
}

// What a case says of all rounds: rates, their ratios to the first way's round by round, and the bounds.
function summary({ id, title, unit, bounds }, rounds) {
  const ratio = (name, base) => spread(rounds.map((each) => each[name][id] / each[base][id]));
  const rows = Object.keys(rounds[0]).filter((name) => id in rounds[0][name]).map((name) =>
    ({ name, rate: spread(rounds.map((each) => each[name][id])), rate_ratio: ratio(name, 'page') }));
  rows.sort((a, b) => a.name.localeCompare(b.name)).sort((a, b) => (b.name === 'page') - (a.name === 'page'));
  return {
    id, title, unit, rounds: rounds.length, rows,
    bounds: ours.flatMap((row) => bounds.map(({ base, limit }) => {
      const value = ratio(row, base);
      return { row, base, limit, value, met: value.median >= limit };
    })),
  };
}

const text = ({ median, p10, p90 }, digits) => `${median.toFixed(digits)} [${p10.toFixed(digits)} ${p90.toFixed(digits)}]`;

const earlier = options.append ? JSON.parse(fs.readFileSync(report, 'utf8')) : { trips, megabytes, measured: [] };
if (earlier.trips !== trips || earlier.megabytes !== megabytes) {
  console.error(`--append: ${report} is of ${earlier.trips} round trips and ${earlier.megabytes} MiB,`,
                `not of ${trips} and ${megabytes}`);
  process.exit(2);
}
const measured = [...earlier.measured, ...await measure(Number(options.rounds))];
const entries = cases.map((each) => summary(each, measured));
fs.mkdirSync(path.dirname(report), { recursive: true });
fs.writeFileSync(report, JSON.stringify({ suite: 'browser-speed', trips, megabytes, cases: entries, measured }, null, 1));
for (const { title, unit, rounds, rows, bounds } of entries) {
  console.log(`\n${title} (${unit}, ${rounds} rounds)`);
  for (const { name, rate, rate_ratio } of rows) {
    console.log(`  ${name.padEnd(10)} ${text(rate, 1).padEnd(28)} of page's: ${text(rate_ratio, 3)}`);
  }
  for (const { row, base, limit, value, met } of bounds) {
    console.log(`  ${met ? 'met   ' : 'MISSED'} ${row} / ${base}: ${text(value, 2)}, at least ${limit}`);
  }
}
process.exit(entries.every(({ bounds }) => bounds.every(({ met }) => met)) ? 0 : 1);
