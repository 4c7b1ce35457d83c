// node peer.mjs: a TCP server on 127.0.0.1 that prints its port. A client's first line says what it does for it: "echo 0"
// (sends back all), "give BYTES" (sends so many), "take BYTES" (answers with one byte when so many have come).
import net from 'node:net';

const piece = Buffer.alloc(65536, 0x67);

function give(socket, bytes) {
  const more = () => {
    while (bytes > 0) {
      const some = bytes < piece.length ? piece.subarray(0, bytes) : piece;
      bytes -= some.length;
      if (!socket.write(some)) return;
    }
    socket.off('drain', more);
  };
  socket.on('drain', more);
  more();
}

const server = net.createServer((socket) => {
  let line = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', function first(data) {
    line = Buffer.concat([line, data]);
    const end = line.indexOf(10);
    if (end < 0) return;
    socket.off('data', first);
    const [what, bytes] = line.subarray(0, end).toString().split(' ');
    const rest = line.subarray(end + 1);
    if (what === 'echo') {
      socket.write(rest);
      socket.pipe(socket);
    } else if (what === 'give') {
      give(socket, Number(bytes));
    } else if (what === 'take') {
      let left = Number(bytes);
      const count = (some) => {
        left -= some.length;
        if (left <= 0) socket.write('.');
      };
      socket.on('data', count);
      count(rest);
    } else {
      socket.destroy();
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
