#!/usr/bin/env python3
"""A client of the proxy that waits for its goodbye.

usage: goodbye.py URL FILE: opens a WebSocket, writes FILE, prints the code and the reason of the close frame that comes.
"""
import pathlib
import socket
import sys
import urllib.parse

url, opened = urllib.parse.urlsplit(sys.argv[1]), pathlib.Path(sys.argv[2])
connection = socket.create_connection((url.hostname, url.port), timeout=20)
connection.sendall(f"GET {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                   "Sec-WebSocket-Protocol: everysock.v1\r\n\r\n".encode())
stream = connection.makefile("rb")
status = stream.readline().decode().strip()
if " 101 " not in status:
    sys.exit(f"the server answered {status}")
while stream.readline().strip():
    pass
opened.write_text("open\n")
CLOSE = 0x88
while True:
    kind, size = stream.read(2)
    if size > 125:
        sys.exit("a longer frame than the proxy sends to who has not greeted it")
    payload = stream.read(size)
    if kind == CLOSE:
        break
print("closed", int.from_bytes(payload[:2], "big"), payload[2:].decode())
