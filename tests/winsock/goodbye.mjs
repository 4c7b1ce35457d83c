// goodbye.mjs URL FILE: a client of the proxy, with Node.js's own WebSocket. Writes FILE once it is connected, prints how the
// proxy ends the connection.
import { writeFileSync } from 'node:fs';

const [url, file] = process.argv.slice(2);
const patience = setTimeout(() => {
  console.error('not done within 20 s');
  process.exit(1);
}, 20000);
const socket = new WebSocket(url, 'everysock.v1');
socket.onopen = () => writeFileSync(file, 'open\n');
socket.onclose = ({ code, reason }) => {
  console.log(`closed ${code} ${reason}`);
  clearTimeout(patience);
};
