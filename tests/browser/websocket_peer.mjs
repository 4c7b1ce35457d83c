// node websocket_peer.mjs: a WebSocket server on 127.0.0.1 that prints its port and sends every message back, but for the
// line "echo 0" that peer.mjs is asked with.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data) => {
    if (data.toString('latin1') !== 'echo 0\n') socket.send(data);
  });
});
server.on('listening', () => console.log(server.address().port));
