// node record.mjs FILE PROGRAM ARGUMENTS...: runs PROGRAM and writes to FILE, as JSON, what it was asked, what it said
// and how it ended. FILE appears as a whole or not at all. Ends with the program's own status.
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';

const [file, program, ...args] = process.argv.slice(2);
const limit = 20000; // milliseconds
const started = Date.now();
const clock = performance.now();
let output = '';

const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: limit });
for (const stream of [child.stdout, child.stderr]) {
  stream.setEncoding('utf8').on('data', (text) => { output += text; });
}
child.on('error', (error) => finish(127, `${program}: ${error.message}\n`));
child.on('close', (status, signal) => {
  finish(status ?? 124, signal ? `ended by ${signal} after ${Math.round(performance.now() - clock)} ms\n` : '');
});

function finish(status, more) {
  const run = {
    program: path.basename(program), arguments: args, output: output + more, status, started,
    milliseconds: performance.now() - clock,
  };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.part`, JSON.stringify(run));
  fs.renameSync(`${file}.part`, file);
  process.exit(status);
}
