#!/usr/bin/env python3
"""Runs preview1_echo.wasm in Node.js with a connected socket as its standard input, and talks to it.

usage: preview1.py PROGRAM.wasm
"""
import socket
import subprocess
import sys

HOST = """
import { WASI } from 'node:wasi';
import { readFile } from 'node:fs/promises';
const wasi = new WASI({ version: 'preview1' });
const module = await WebAssembly.compile(await readFile(process.argv[1]));
const others = WebAssembly.Module.imports(module).filter(({ module }) => module !== 'wasi_snapshot_preview1');
if (others.length) throw new Error('not preview 1: ' + JSON.stringify(others[0]));
wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
"""

with socket.create_server(("127.0.0.1", 0)) as listener:
    ours = socket.create_connection(listener.getsockname(), timeout=20)
    theirs, _ = listener.accept()
program = subprocess.Popen(["node", "--no-warnings", "--input-type=module", "-e", HOST, sys.argv[1]], stdin=theirs,
                           stderr=subprocess.PIPE, text=True)
theirs.close()
ours.sendall(b"one")
assert ours.recv(100) == b"echo one"
ours.sendall(b"two")
assert ours.recv(100) == b"echo two"
ours.shutdown(socket.SHUT_WR)
said = program.communicate(timeout=20)[1].splitlines()
print("\n".join(said))
assert program.returncode == 0, program.returncode
assert said[0].startswith("socket: Address family not supported by protocol [EAFNOSUPPORT]"), said[0]
assert said[1] == "type stream", said[1]
assert said[2].startswith("getsockname: Operation not supported [EOPNOTSUPP]"), said[2]
