// The other end of peer.cc's conversation, with Node.js's own sockets: node peer.mjs serve FILE | ask TCP_PORT UDP_PORT.
import dgram from 'node:dgram';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import net from 'node:net';

const pieces = 10;
const piece = 10000;
const pattern = (size, seed) => Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + seed * 7) & 0xff));
const patience = setTimeout(() => {
  console.error('not done within 20 s');
  process.exit(1);
}, 20000);

async function serve(file) {
  const listener = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  const datagrams = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await Promise.all([once(listener, 'listening'), once(datagrams, 'listening')]);
  let count = 0;
  const last = new Promise((resolve) => datagrams.on('message', (data, from) => {
    datagrams.send(data, from.port, from.address, () => { if (data.length === 0) resolve(); });
    if (data.length !== 0) ++count;
  }));
  writeFileSync(`${file}.part`, `${listener.address().port} ${datagrams.address().port}\n`);
  renameSync(`${file}.part`, file);

  const [connection] = await once(listener, 'connection');
  let bytes = 0;
  connection.on('data', (data) => { bytes += data.length; });
  connection.pipe(connection);
  await once(connection, 'close');
  await last;
  console.log(`served ${bytes} bytes, ${count} datagrams`);
}

async function ask(tcpPort, udpPort) {
  const connection = net.connect(tcpPort, '127.0.0.1');
  await once(connection, 'connect');
  const incoming = connection[Symbol.asyncIterator]();
  for (let i = 0; i < pieces; ++i) {
    const sent = pattern(piece, i);
    connection.write(sent);
    let back = Buffer.alloc(0);
    while (back.length < piece) {
      const { value, done } = await incoming.next();
      if (done) throw new Error('the connection ended early');
      back = Buffer.concat([back, value]);
    }
    if (!back.equals(sent)) throw new Error('what came back is not what was sent');
  }
  connection.end();
  if (!(await incoming.next()).done) throw new Error('more came back than was sent');

  const datagrams = dgram.createSocket('udp4');
  for (const size of [1, 1472, 9000, 0]) {
    const sent = pattern(size, size);
    datagrams.send(sent, udpPort, '127.0.0.1');
    const [back, from] = await once(datagrams, 'message');
    if (!back.equals(sent) || from.port !== udpPort) throw new Error(`another datagram came back, of ${size} bytes`);
  }
  datagrams.close();
  console.log(`asked ${pieces * piece} bytes, 3 datagrams`);
}

const [what, ...rest] = process.argv.slice(2);
if (what === 'serve') await serve(...rest);
else await ask(...rest.map(Number));
clearTimeout(patience);
process.exit(0);
