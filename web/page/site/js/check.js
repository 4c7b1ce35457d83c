// web/demo --check opens the page with ?check: says on the console, and in window.everysockReport, how everything went.

const seconds = (n) => new Promise((resolve) => setTimeout(resolve, n * 1000));

async function until(condition, limit) {
  for (let waited = 0; waited < limit; waited += 0.2) {
    if (condition()) return true;
    await seconds(0.2);
  }
  return false;
}

export async function report({ demo, made, results, serving, visitor, live }) {
  const server = Promise.race([serving, seconds(30).then(() => null)]);
  await until(() => visitor() !== null, 20);
  const visit = await visitor();
  const pulses = await until(() => live.samples >= 10, 60);

  const said = {
    redis_ping: results.redis_ping,
    http_get: results.http_get,
    page_server: { lines: made.page_server.lines, visitor: visit },
    pulses: live.samples,
  };
  const redis = results.redis_ping.lines;
  const checks = {
    'redis_ping in the page: PING': redis.includes('PING: PONG'),
    'redis_ping in the page: SET': redis.includes('SET greeting: OK'),
    'redis_ping in the page: GET': redis.includes('GET greeting: Hello from the page'),
    'redis_ping in the page ended well': results.redis_ping.status === 0,
    'http_get in the page: 200 from nginx': results.http_get.status === 0 && /^HTTP\/1\.1 200/.test(results.http_get.lines[0] ?? ''),
    'a native client reached the server in the page': visit?.status === 0 && /on the websocket backend/.test(visit.output),
    'live figures': pulses,
  };
  for (const [what, good] of Object.entries(checks)) console.log(`${good ? 'passed' : 'FAILED'}   ${what}`);
  window.everysockReport = JSON.stringify({ commit: demo.commit, checks, said }, null, 1);
  // A server that ended by itself says why in its column.
  if (!Object.values(checks).every(Boolean)) console.log(JSON.stringify({ said, server: await Promise.race([server, null]) }));
  console.log(`EVERYSOCK-EXIT ${Object.values(checks).every(Boolean) ? 0 : 1}`);
}
