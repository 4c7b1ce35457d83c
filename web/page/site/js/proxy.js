// The proxy as seen from here: whether it answers, and its figures.
import { byId, bytes, count, setText } from './dom.js';

const period = 1000; // milliseconds

// The metrics by name, without prefix and suffix: "sockets", "operations_refused", "bytes_to_clients".
export function parseMetrics(text) {
  const values = {};
  for (const line of text.split('\n')) {
    const found = /^everysock_proxy_([a-z_]+?)(?:_total)?(?:\{.*\})? ([0-9.e+]+)$/.exec(line);
    if (found) values[found[1]] = Number(found[2]);
  }
  return values;
}

function show(values) {
  const texts = {
    clients: count(values.clients),
    sockets: `${count(values.sockets)} (${count(values.listeners)})`,
    operations: `${count(values.operations)} (${count(values.operations_refused)})`,
    sent: bytes(values.bytes_from_clients),
    received: bytes(values.bytes_to_clients),
  };
  for (const [name, text] of Object.entries(texts)) {
    setText(document.querySelector(`#proxy [data-metric=${name}]`), text);
  }
}

function showState(state, text) {
  const link = byId('link');
  link.dataset.state = state;
  setText(link, text);
}

// Watches the proxy for as long as the page lives; calls `changed(up)` when it comes or goes.
export async function watchProxy(changed) {
  let was;
  for (;;) {
    let up = false;
    try {
      const response = await fetch('metrics', { cache: 'no-store', signal: AbortSignal.timeout(3000) });
      up = true;
      if (response.ok) {
        show(parseMetrics(await response.text()));
        showState('up', `everysock-proxy answers on ${location.host}`);
      } else {
        showState('up', `everysock-proxy answers, but not with its figures (HTTP ${response.status})`);
      }
    } catch {
      showState('down', `No answer from everysock-proxy on ${location.host}`);
    }
    if (up !== was) changed(up, was !== undefined);
    was = up;
    await new Promise((resolve) => setTimeout(resolve, period));
  }
}
