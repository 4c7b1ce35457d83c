// serve(DIRECTORIES, PORT = 0): an HTTP server on 127.0.0.1 for the files of the first directory that has them, with the
// headers that a page needs to share memory between threads (it is "cross-origin isolated"). By hand:
//   node serve.mjs DIRECTORY [PORT]
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.wasm': 'application/wasm', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
};
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

function find(directories, pathname) {
  const name = path.normalize('/' + decodeURIComponent(pathname)); // no dots lead out of the directory
  return directories.map((directory) => path.join(directory, name)).find((file) =>
    fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

export async function serve(directories, port = 0) {
  const server = http.createServer((request, response) => {
    const file = find(directories, new URL(request.url, 'http://localhost').pathname);
    if (!file) {
      response.writeHead(404, isolation).end('not found\n');
      return;
    }
    response.writeHead(200, { ...isolation, 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [directory = '.', port = '0'] = process.argv.slice(2);
  const { origin } = await serve([directory, path.dirname(process.argv[1])], Number(port));
  console.log(origin);
}
