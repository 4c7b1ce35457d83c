// node check.mjs PAGES PROXY: what only a page, or only Node.js, can show of programs built by Emscripten in PAGES, with
// PROXY, an everysock-proxy: the page's own thread, missing headers, wrong tokens, a proxy that dies and comes back. The
// last line is "page-checks: N passed, N failed, 0 skipped".
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { launch, openPage, running, scratch, start, startPeer, startProxy as startProxyProgram, stopAll } from './harness.mjs';

const [pages, proxyProgram] = process.argv.slice(2).map((each) => path.resolve(each));
const startProxy = (options = [], more = {}) => startProxyProgram(proxyProgram, pages, { options, ...more });

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

// A page that runs a program; what it prints is in `output`, with "EVERYSOCK-EXIT N" at the end. The script `before` runs
// first.
function open(browser, origin, program, args, settings = {}, before = '') {
  const query = new URLSearchParams([['js', `${program}.js`], ...args.map((each) => ['arg', each]),
                                     ...Object.entries(settings)]);
  return openPage(browser, `${origin}/page.html?${query}`, before);
}

function inNode(program, args, env) {
  const child = start(process.execPath, [path.join(pages, `${program}.js`), ...args], env);
  child.ended.then((status) => child.output.add(`EVERYSOCK-EXIT ${status}`));
  return child;
}

// Waits until the proxy has so many clients.
async function clients(proxy, wanted) {
  const deadline = performance.now() + 10000;
  for (;;) {
    const text = await (await fetch(`${proxy.origin}/metrics`)).text();
    const count = Number(/^everysock_proxy_clients (\d+)$/m.exec(text)?.[1]);
    if (count === wanted) return;
    expect(performance.now() < deadline, `the proxy has ${count} clients, not ${wanted}:\n${text}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

// Kills the proxy while a program is blocked in every way, and starts another on the same port.
async function lose(proxy, { output }) {
  await output.find(/^blocked$/);
  expect(output.all(/^ended/).length === 0, `a call returned before:\n${output.text()}`);
  const killed = performance.now();
  proxy.child.kill('SIGKILL');
  const last = await output.find(/^all returned$/);
  const ended = output.all(/^ended: /);
  expect(ended.length === 7, `seven calls return:\n${output.text()}`);
  for (const { line, at } of ended) {
    expect(/Network is down \[ENETDOWN\]$/.test(line), line);
    expect(at - killed < 1000, `${line}, after ${Math.round(at - killed)} ms`);
  }
  console.log(`         the last of ${ended.length} calls returned ${Math.round(last.at - killed)} ms after the proxy's death`);
  await output.find(/^close: returned without an error$/);
  await proxy.child.ended;
  const again = await startProxy([], { port: proxy.port });
  await output.find(/^recovered$/);
  await output.find(/^EVERYSOCK-EXIT 0$/);
  again.child.kill();
  await again.child.ended;
}

const browser = await launch();
const peer = String(await startPeer());
const token = 'open-sesame-if-you-please';

const checks = {
  async 'the page\'s own thread: Selector, callback, and what would block'() {
    const proxy = await startProxy();
    const { output } = await open(browser, proxy.origin, 'page_thread_test', []);
    await output.find(/^PASSED$/);
    await output.find(/^EVERYSOCK-EXIT 0$/);
  },
  async 'the main thread of Node.js: the same'() {
    const proxy = await startProxy();
    const { output } = inNode('page_thread_test', [], { EVERYSOCK_PROXY_URL: proxy.url });
    await output.find(/^PASSED$/);
    await output.find(/^EVERYSOCK-EXIT 0$/);
  },
  async 'suspended on the page\'s own thread: beside its event loop, and beside threads'() {
    const proxy = await startProxy();
    // Without the second's timer, which would make up for a wake that was lost.
    const args = ['together', '127.0.0.1', peer];
    const { output } = await open(browser, proxy.origin, 'suspending_test', args, {}, 'setInterval = () => 0');
    await output.find(/^PASSED$/);
    await output.find(/^EVERYSOCK-EXIT 0$/);
    await clients(proxy, 0);
  },
  async 'suspended: the proxy is killed and started again'() {
    const proxy = await startProxy();
    const { output } = await open(browser, proxy.origin, 'suspending_test', ['loss', '127.0.0.1', peer]);
    await output.find(/^blocked$/);
    const killed = performance.now();
    proxy.child.kill('SIGKILL');
    const { line, at } = await output.find(/^ended: /);
    expect(/Network is down \[ENETDOWN\]$/.test(line), line);
    expect(at - killed < 1000, `${line}, after ${Math.round(at - killed)} ms`);
    await proxy.child.ended;
    await startProxy([], { port: proxy.port });
    await output.find(/^recovered$/);
    await output.find(/^EVERYSOCK-EXIT 0$/);
  },
  async 'suspended: the WebSocket ends with the program, not with the page'() {
    const proxy = await startProxy();
    // After an abort, only a timer is left to notice it; where the program ends by itself, none is needed.
    for (const [end, status, before] of [['exit', 7, 'setInterval = () => 0'], ['abort', 134, '']]) {
      const { output } = await open(browser, proxy.origin, 'suspending_test', [end, '127.0.0.1', peer], {}, before);
      await output.find(/^connected$/);
      await output.find(new RegExp(`^EVERYSOCK-EXIT ${status}$`));
      await clients(proxy, 0);
    }
  },
  async 'an engine that cannot suspend programs is told so'() {
    const proxy = await startProxy();
    const args = ['exit', '127.0.0.1', peer];
    const { output } = await open(browser, proxy.origin, 'suspending_test', args, {}, 'delete WebAssembly.Suspending');
    await output.find(/^everysock: .*JavaScript Promise Integration.*Link it without SUSPENDING/);
    await output.find(/^EVERYSOCK-EXIT 134$/);
  },
  async 'a page: the proxy is killed in mid-transfer and started again'() {
    const proxy = await startProxy();
    await lose(proxy, await open(browser, proxy.origin, 'link_test', ['loss', '127.0.0.1', peer]));
  },
  async 'Node.js: the proxy is killed in mid-transfer and started again'() {
    const proxy = await startProxy();
    await lose(proxy, inNode('link_test', ['loss', '127.0.0.1', peer], { EVERYSOCK_PROXY_URL: proxy.url }));
  },
  async 'Node.js without Atomics.waitAsync: messages wake the I/O thread'() {
    const proxy = await startProxy();
    const preload = path.join(scratch, 'no-wait-async.cjs');
    fs.writeFileSync(preload, 'delete Atomics.waitAsync;');
    const env = { EVERYSOCK_PROXY_URL: proxy.url, NODE_OPTIONS: `--require ${preload}` };
    await lose(proxy, inNode('link_test', ['loss', '127.0.0.1', peer], env));
  },
  async 'a page: no proxy is ENETDOWN, and the console says where none was found'() {
    const proxy = await startProxy();
    const nowhere = 'ws://127.0.0.1:9/everysock';
    const { output } = await open(browser, proxy.origin, 'link_test', ['open', '127.0.0.1', peer], { url: nowhere });
    await output.find(/Network is down \[ENETDOWN\]$/);
    await output.find(/^everysock: no WebSocket to ws:\/\/127.0.0.1:9\/everysock/);
  },
  async 'a page: the token of Module.everysock opens the proxy, another one is EACCES'() {
    const proxy = await startProxy([], { env: { EVERYSOCK_PROXY_TOKEN: token } });
    const args = ['open', '127.0.0.1', peer];
    const right = await open(browser, proxy.origin, 'link_test', args, { token });
    await right.output.find(/^connected$/);
    const wrong = await open(browser, proxy.origin, 'link_test', args, { token: token.toUpperCase() });
    await wrong.output.find(/Permission denied \[EACCES\]$/);
  },
  async 'Node.js: the same with EVERYSOCK_PROXY_TOKEN'() {
    const proxy = await startProxy([], { env: { EVERYSOCK_PROXY_TOKEN: token } });
    const args = ['open', '127.0.0.1', peer];
    const env = { EVERYSOCK_PROXY_URL: proxy.url, EVERYSOCK_PROXY_TOKEN: token };
    await inNode('link_test', args, env).output.find(/^connected$/);
    await inNode('link_test', args, { ...env, EVERYSOCK_PROXY_TOKEN: token.toUpperCase() }).output.find(/\[EACCES\]$/);
  },
  async 'a page of another origin is refused until --origin allows it'() {
    const proxy = await startProxy();
    const page = await startProxy();
    const args = ['open', '127.0.0.1', peer];
    const refused = await open(browser, page.origin, 'link_test', args, { url: proxy.url });
    await refused.output.find(/Permission denied \[EACCES\]$/);
    await refused.output.find(/^everysock: .* does not let pages of this origin in/);
    const open_to_it = await startProxy(['--origin', page.origin]);
    const allowed = await open(browser, page.origin, 'link_test', args, { url: open_to_it.url });
    await allowed.output.find(/^connected$/);
  },
  async 'a page, Node.js: a name that the proxy does not go by is EACCES'() {
    const proxy = await startProxy();
    const args = ['open', '127.0.0.1', peer];
    // Browsers know that all names below localhost are this machine's.
    const url = `ws://elsewhere.localhost:${proxy.port}/everysock`;
    const { output } = await open(browser, proxy.origin, 'link_test', args, { url });
    await output.find(/Permission denied \[EACCES\]$/);
    await output.find(/^everysock: .* does not go by this name/);
    const env = { EVERYSOCK_PROXY_URL: `ws://[::ffff:127.0.0.1]:${proxy.port}/everysock` };
    await inNode('link_test', args, env).output.find(/Permission denied \[EACCES\]$/);
  },
  async 'a page served without COOP and COEP says which headers are missing'() {
    const server = http.createServer((request, response) => {
      const file = path.join(pages, path.basename(new URL(request.url, 'http://localhost').pathname));
      response.setHeader('Content-Type', file.endsWith('.html') ? 'text/html' : 'text/javascript');
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      fs.createReadStream(file).on('error', () => response.writeHead(404).end()).pipe(response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    const { output } = await open(browser, origin, 'link_test', ['open', '127.0.0.1', peer]);
    await output.find(/without the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy/);
    await output.find(/^everysock: Cross-Origin-Opener-Policy is same-origin$/);
    await output.find(/^everysock: Cross-Origin-Embedder-Policy is missing$/);
    await output.find(/^EVERYSOCK-EXIT [1-9]/);
    server.close();
  },
};

let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const before = new Set(running);
  try {
    await check();
    passed++;
    console.log(`passed   ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED   ${name}\n${String(error.message).replace(/^/gm, '         ')}`);
  }
  for (const context of browser.contexts()) await context.close();
  stopAll(before);
}
await browser.close();
stopAll();
console.log(`page-checks: ${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
