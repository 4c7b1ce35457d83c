// The child process of conformance.mjs: runs the component of the directory in argv[2] in a new instance for each list of
// arguments that it is sent, and sends back what the program printed, and how it ended where it did not return. The
// directory in argv[3] is the program's /tmp.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const directory = resolve(process.argv[2]);
const load = (name) => import(pathToFileURL(join(directory, name)));
const { instantiate } = await load('program.js');
const { WASIShim, _setArgs, _addPreopen } = await load('shim.js');
_addPreopen('/tmp', process.argv[3]);

const modules = new Map();
async function coreModule(name) {
  if (!modules.has(name)) modules.set(name, await WebAssembly.compile(await readFile(join(directory, name))));
  return modules.get(name);
}

class Exit extends Error {}
let printed = '';
process.stdout.write = (chunk) => {
  printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
  return true;
};

async function run(args) {
  printed = '';
  _setArgs(['conformance', ...args]);
  const imports = new WASIShim().getImportObject();
  // The host's own would end this process.
  imports['wasi:cli/exit'] = { exit: () => { throw new Exit(); }, exitWithCode: () => { throw new Exit(); } };
  try {
    const { run: command } = await instantiate(coreModule, imports);
    command.run();
  } catch (error) {
    if (!(error instanceof Exit)) return { printed, trap: String(error?.stack ?? error).split('\n').slice(0, 12).join('\n') };
  }
  return { printed };
}

process.on('message', async (args) => process.send(await run(args)));
process.send('ready');
