// node tests/wasi/conformance.mjs DIRECTORY --out FILE --commit COMMIT [--filter TEXT] [--expectations FILE]
//   [--require PROBES]
// Runs the cases of the conformance suite, transpiled by jco into DIRECTORY, each in an instance of its own, in two
// processes. Writes the report and ends with the line "conformance/wasi: N passed, N failed, N skipped". A case that
// traps, or is not done in 20 s, has failed.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals: [directory] } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' }, commit: { type: 'string', default: 'unknown' }, filter: { type: 'string', default: '' },
    expectations: { type: 'string' }, require: { type: 'string', default: '' },
  },
});
const caseSeconds = 20;
const startSeconds = 60;
const files = mkdtempSync(join(tmpdir(), 'everysock-wasi-'));
process.on('exit', () => rmSync(files, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

class Host {
  async start() {
    this.process = fork(fileURLToPath(new URL('instances.mjs', import.meta.url)),
                        [directory, mkdtempSync(join(files, 'host-'))]);
    await this.answer(startSeconds);
  }
  // What comes next, or why nothing does.
  answer(seconds) {
    return new Promise((resolve) => {
      const done = (value) => {
        clearTimeout(timer);
        this.process.removeAllListeners();
        resolve(value);
      };
      const timer = setTimeout(() => done({ printed: '', lost: `not done after ${seconds} s` }), seconds * 1000);
      this.process.once('message', done);
      this.process.once('exit', (code, signal) => done({ printed: '', lost: `the host ended (${signal ?? code})` }));
    });
  }
  async run(args) {
    if (!this.process) await this.start();
    this.process.send(args);
    const answer = await this.answer(caseSeconds);
    if (answer.lost || answer.trap) this.stop();
    return answer;
  }
  stop() {
    this.process?.kill('SIGKILL');
    this.process = undefined;
  }
}

async function readExpectations(file) {
  const found = new Map();
  if (!file) return found;
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, id, reason] = line.match(/^\s*([^#\s]\S*)\s+(\S.*)$/) ?? [];
    if (id) found.set(id, reason.trim());
  }
  return found;
}

const first = new Host();
const ids = (await first.run(['--list'])).printed.split('\n').filter(Boolean);
const facts = (await first.run(['--facts'])).printed.trim().split('\n')[0];
if (ids.length === 0 || !facts.startsWith('{')) throw new Error('the component lists no cases');
const expectations = await readExpectations(options.expectations);
for (const id of expectations.keys()) {
  if (!ids.includes(id)) throw new Error(`the expectations name a case that does not exist: ${id}`);
}
const pattern = new RegExp(`^(${options.filter.split(',').map((each) => each.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  .replaceAll('*', '.*').replaceAll('?', '.')).join('|')})$`);
const wanted = options.filter ? ids.filter((id) => pattern.test(id)) : ids;

const results = new Map();
const bad = (result) => result.outcome === 'failed' || result.outcome === 'unexpected-pass';
async function work(host, queue) {
  for (let id; (id = queue.shift()) !== undefined;) {
    const args = [id, '--require', options.require];
    if (expectations.has(id)) args.push('--expect', expectations.get(id));
    const started = performance.now();
    const answer = await host.run(args);
    const ended = answer.trap ? `trap: ${answer.trap}` : answer.lost;
    let result;
    try {
      // The last line: the first says that the case did not run.
      result = JSON.parse(answer.printed.trim().split('\n').at(-1));
    } catch {
      result = { id, rows: [], outcome: 'failed' };
    }
    if (ended) {
      result = { ...result, outcome: 'failed', ms: Math.round(performance.now() - started), reason: ended };
    }
    results.set(id, result);
    if (bad(result)) console.log(`${result.outcome}: ${id}: ${result.reason}`);
  }
  host.stop();
}
const queue = [...wanted];
await Promise.all([work(first, queue), work(new Host(), queue)]);

const head = facts.replace('"commit":"unknown"', `"commit":${JSON.stringify(options.commit)}`);
const lines = wanted.map((id) => JSON.stringify(results.get(id)));
if (options.out) await writeFile(options.out, `${head}"cases":[\n${lines.join(',\n')}\n]}\n`);
const count = (...outcomes) => [...results.values()].filter(({ outcome }) => outcomes.includes(outcome)).length;
console.log(`of the passed, ${count('refused')} were refused as documented and ${count('expected-failure')} fail as expected`);
const failed = count('failed', 'unexpected-pass');
console.log(`conformance/wasi: ${count('passed', 'refused', 'expected-failure')} passed, ${failed} failed, ` +
            `${count('environment')} skipped`);
process.exit(failed === 0 ? 0 : 1);
