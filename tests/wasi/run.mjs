// node tests/wasi/run.mjs DIRECTORY [ARGUMENT...]: runs a program that tests/wasi/component has made ready there, with
// this process's standard streams, and ends with its status.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const directory = resolve(process.argv[2]);
const { instantiate } = await import(pathToFileURL(join(directory, 'program.js')));
const { WASIShim, _setArgs } = await import(pathToFileURL(join(directory, 'shim.js')));
_setArgs(['program', ...process.argv.slice(3)]);
const coreModule = async (name) => WebAssembly.compile(await readFile(join(directory, name)));
const { run } = await instantiate(coreModule, new WASIShim().getImportObject());
run.run();
process.exit(0);
