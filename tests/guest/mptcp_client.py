#!/usr/bin/env python3
"""mptcp_client.py PORT: sends standard input to 127.0.0.1 by Multipath TCP, and writes what comes back to the output."""
import socket
import sys
import threading

with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_MPTCP) as connection:
    connection.connect(("127.0.0.1", int(sys.argv[1])))

    def send():
        connection.sendall(sys.stdin.buffer.read())
        connection.shutdown(socket.SHUT_WR)

    sender = threading.Thread(target=send)
    sender.start()
    while data := connection.recv(65536):
        sys.stdout.buffer.write(data)
    sender.join()
