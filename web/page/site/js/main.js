// The demo page. web/demo writes demo.json (who serves what where) and native/*.json (what ran in the terminal).
import { report } from './check.js';
import { byId, element, setText } from './dom.js';
import { Live } from './live.js';
import { Panel } from './panel.js';
import { watchProxy } from './proxy.js';

const json = async (name) => {
  const response = await fetch(name, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
  return response.json();
};

// A paragraph for each cause: one that is gone takes its own away and no other. No text: the cause is gone.
function notice(cause, text) {
  byId('notice').querySelector(`[data-cause=${cause}]`)?.remove();
  if (text) byId('notice').append(element('p', { class: 'problem', 'data-cause': cause }, text));
}

// Without isolation there is no shared memory, and without that no thread that may block.
async function isolated() {
  if (crossOriginIsolated) return true;
  const wanted = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  const headers = (await fetch(location.href, { method: 'HEAD' }).catch(() => null))?.headers;
  const missing = Object.entries(wanted).filter(([name, value]) => headers?.get(name) !== value).map((pair) => pair.join(': '));
  notice('isolation', missing.length
    ? `The programs need threads, which a page has only if it comes with the headers ${missing.join(' and ')}. ` +
      'everysock-proxy --serve sends them; another server has to be told to.'
    : `The programs need threads, which a page has only on https or on localhost, and not at ${location.origin}.`);
  return false;
}

// web/demo sees that the port is listened on and runs a native client against it.
async function nativeVisitor(panel, since) {
  for (let tries = 0; tries < 100; ++tries) {
    const run = await json('native/page_server.json').catch(() => null);
    if (run && run.started >= since) {
      panel.showNative(run);
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  panel.waitNative('Nobody came. web/demo sends a native client as long as it runs.');
  return null;
}

function panels(demo) {
  const address = [{ label: 'Host', value: '127.0.0.1', size: 10 }];
  const port = (value) => ({ label: 'Port', value, size: 5 });
  const native = `posix backend, ${demo.system}`;
  const page = 'websocket backend, WebAssembly';
  let visitor = null;
  const made = {
    redis_ping: new Panel({
      name: 'redis_ping', what: `PING, SET and GET against redis-server ${demo.redis.version}.`, native, page,
      fields: [...address, port(demo.redis.port), { label: 'Value', value: 'Hello from the page', size: 19 }],
    }),
    http_get: new Panel({
      name: 'http_get', what: `A document from nginx ${demo.nginx.version}.`, native, page,
      fields: [...address, port(demo.nginx.port), { label: 'Path', value: demo.nginx.path, size: 12 }],
    }),
    page_server: new Panel({
      name: 'page_server', what: 'A web server in this page. A native http_get is its first visitor; open the link to be the next.',
      native: 'http_get, posix backend', page, bind: true,
      fields: [...address, port(demo.server.port)],
      line(line, panel) {
        const where = /^listening on (.*)$/.exec(line)?.[1];
        if (!where) return;
        panel.listening(`http://${where}/`);
        panel.waitNative('a native client is on its way');
        visitor = nativeVisitor(panel, demo.clock());
      },
    }),
  };
  made.page_server.waitNative('waiting for the server in the page');
  return { made, visitor: () => visitor };
}

async function main() {
  let demo;
  try {
    demo = await json('demo.json');
  } catch (error) {
    notice('demo', `This page was not started by web/demo, which says where the servers are (${error.message}).`);
    return;
  }
  // The two clocks are this machine's; a second's grace covers how they are read.
  demo.clock = () => Date.now() - 1000;
  setText(byId('proxy-command'), demo.command);
  setText(byId('built'), `Commit ${demo.commit}. Natively ${demo.compiler}; here ${demo.emscripten}.`);

  const { made, visitor } = panels(demo);
  byId('programs').append(...Object.values(made).map((panel) => panel.node));
  const live = new Live({ host: '127.0.0.1', port: demo.redis.port });
  const natively = async (name, show) => {
    try {
      show(await json(`native/${name}.json`));
    } catch (error) {
      made[name]?.waitNative(`web/demo left no record of it (${error.message})`);
    }
  };
  await Promise.all([
    natively('redis_ping', (run) => made.redis_ping.showNative(run)),
    natively('http_get', (run) => made.http_get.showNative(run)),
    natively('pulse', (run) => live.showNative(run)),
  ]);

  watchProxy(async (up, before) => {
    notice('proxy', up ? '' : 'The proxy does not answer any more: every socket of this page is gone. ' +
      'Start web/demo again; if it comes back at this address, the page goes on by itself.');
    if (!up || !before) return;
    // Another web/demo has other servers.
    if ((await json('demo.json').catch(() => demo)).command !== demo.command) location.reload();
    else live.update();
  });
  if (!(await isolated())) return;

  const results = { redis_ping: await made.redis_ping.run(), http_get: await made.http_get.run() };
  const serving = made.page_server.run();
  live.update();
  if (new URLSearchParams(location.search).has('check')) await report({ demo, made, results, serving, visitor, live });
}

main();
