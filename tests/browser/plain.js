// The measurements of plain.html. Written as one writes a plain WebSocket program that wants to be fast. 0 bytes leave
// receiving and sending out.
async function measure({ port, trips, bytes }) {
  const connect = (line) => new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'binary');
    socket.binaryType = 'arraybuffer';
    socket.onerror = reject;
    socket.onopen = () => {
      socket.send(new TextEncoder().encode(line + '\n'));
      resolve(socket);
    };
  });

  const echo = await connect('echo 0');
  const request = new Uint8Array(64);
  const times = [];
  await new Promise((resolve) => {
    let left = Math.floor(trips / 10) + trips;
    let start = 0;
    let have = 0;
    const ask = () => {
      start = performance.now();
      echo.send(request);
    };
    echo.onmessage = (event) => {
      have += event.data.byteLength;
      if (have < request.length) return;
      have = 0;
      if (left <= trips) times.push(performance.now() - start);
      if (--left > 0) ask();
      else resolve();
    };
    ask();
  });
  echo.close();
  const sum = times.reduce((a, b) => a + b);
  times.sort((a, b) => a - b);

  const result = {
    round_trips_per_second: Math.round(times.length / sum * 1000),
    p50_us: Math.round(times[times.length >> 1] * 1000),
    p99_us: Math.round(times[Math.floor(times.length * 0.99)] * 1000),
  };
  if (bytes === 0) return result;

  let start = performance.now();
  const source = await connect(`give ${bytes}`);
  await new Promise((resolve) => {
    let have = 0;
    source.onmessage = (event) => {
      have += event.data.byteLength;
      if (have >= bytes) resolve();
    };
  });
  const receiving = performance.now() - start;
  source.close();

  start = performance.now();
  const sink = await connect(`take ${bytes}`);
  const piece = new Uint8Array(65536);
  const turn = new MessageChannel();
  await new Promise((resolve) => {
    let left = bytes;
    sink.onmessage = resolve;
    const go = () => {
      while (left > 0 && sink.bufferedAmount < 4 << 20) {
        sink.send(piece);
        left -= piece.length;
      }
      if (left > 0) turn.port2.postMessage(0);
    };
    turn.port1.onmessage = go;
    go();
  });
  const sending = performance.now() - start;
  sink.close();

  result.received_mb_per_second = Math.round(bytes / 1048576 / receiving * 10000) / 10;
  result.sent_mb_per_second = Math.round(bytes / 1048576 / sending * 10000) / 10;
  return result;
}

if (typeof WorkerGlobalScope != 'undefined') onmessage = async (event) => postMessage(await measure(event.data));
