#!/usr/bin/env python3
"""Makes two Bluetooth controllers, hci0 and hci1, that hear each other, and runs them until it is killed.

usage: bluetooth_controllers.py

They are emulated by `btvirt -s` of BlueZ, which must be running. Its synchronous links (SCO) are half done in 5.66: a
controller says that it has no buffers for such data, and the called one never hears of a call. This takes the called
one's part and carries the data; everything else passes through. The packets are those of the Bluetooth Core
Specification, volume 4, parts A (UART) and E.
"""
import os
import select
import socket
import struct

EMULATOR = "/tmp/bt-server-bredrle"
COMMAND, SCO_DATA, EVENT, VENDOR = 1, 3, 4, 0xFF
# Commands.
DISCONNECT = 0x0406
ACCEPT, REJECT, ENHANCED_ACCEPT = 0x0429, 0x042A, 0x043E
READ_BUFFER_SIZE, READ_BD_ADDR = 0x1005, 0x1009
# Events.
CONNECTION_REQUEST, DISCONNECTED, COMMAND_COMPLETE, COMMAND_STATUS = 0x04, 0x05, 0x0E, 0x0F
COMPLETED_PACKETS, SYNCHRONOUS_CONNECTED = 0x13, 0x2C
ESCO, AIR_MODE_CVSD = 2, 2
CALLED_HANDLE = 0x60  # above those that btvirt gives
SCO_MTU, SCO_PACKETS = 64, 8
LOCAL_HOST_ENDED = 0x16


def event(code, parameters):
    return bytes([EVENT, code, len(parameters)]) + parameters


class Controller:
    def __init__(self):
        self.emulator = socket.socket(socket.AF_UNIX)
        self.emulator.connect(EMULATOR)
        self.kernel = os.open("/dev/vhci", os.O_RDWR)
        os.write(self.kernel, bytes([VENDOR, 0]))  # make one
        self.received = b""  # from the emulator, not yet whole
        self.address = bytes(6)
        self.handle = None  # of the synchronous link
        self.called = False  # the link is one of ours, and this its called end
        self.held = b""  # that the link is there, until the other end has taken it

    def tell(self, code, parameters):
        os.write(self.kernel, event(code, parameters))

    def release(self, status=0):
        if self.held:
            os.write(self.kernel, self.held[:3] + bytes([status]) + self.held[4:])
            self.held = b""

    def ended(self, reason):
        self.tell(DISCONNECTED, struct.pack("<BHB", 0, self.handle, reason))
        self.handle = None
        self.called = False

    def packets(self):
        """Those that are whole among what the emulator has sent."""
        self.received += self.emulator.recv(4096)
        while len(self.received) >= 5:
            kind = self.received[0]
            if kind == EVENT:
                size = 3 + self.received[2]
            elif kind == SCO_DATA:
                size = 4 + self.received[3]
            else:
                size = 5 + struct.unpack_from("<H", self.received, 3)[0]
            if len(self.received) < size:
                return
            yield self.received[:size]
            self.received = self.received[size:]


def from_kernel(packet, here, there):
    kind = packet[0]
    if kind == VENDOR:
        return
    if kind == SCO_DATA:
        if there.handle is not None:
            os.write(there.kernel, packet[:1] + struct.pack("<H", there.handle) + packet[3:])
        handle = struct.unpack_from("<H", packet, 1)[0] & 0xFFF
        here.tell(COMPLETED_PACKETS, struct.pack("<BHH", 1, handle, 1))
        return
    if kind == COMMAND:
        code = struct.unpack_from("<H", packet, 1)[0]
        status = struct.pack("<BBH", 0, 1, code)
        if code in (ACCEPT, ENHANCED_ACCEPT):
            here.tell(COMMAND_STATUS, status)
            here.handle, here.called = CALLED_HANDLE, True
            here.tell(SYNCHRONOUS_CONNECTED, struct.pack("<BH6sBBBHHB", 0, here.handle, there.address, ESCO, 12, 6, 60, 60,
                                                         AIR_MODE_CVSD))
            there.release()
            return
        if code == REJECT:
            here.tell(COMMAND_STATUS, status)
            there.release(packet[-1])
            there.handle = None
            return
        if code == DISCONNECT and here.called and struct.unpack_from("<H", packet, 4)[0] == here.handle:
            here.tell(COMMAND_STATUS, status)
            here.ended(LOCAL_HOST_ENDED)
            if there.handle is not None:
                there.ended(packet[6])
            return
    here.emulator.sendall(packet)


def from_emulator(packet, here, there):
    if packet[0] == EVENT:
        code = packet[1]
        command = struct.unpack_from("<H", packet, 4)[0] if code == COMMAND_COMPLETE else None
        if command == READ_BUFFER_SIZE and len(packet) >= 14:
            packet = packet[:9] + struct.pack("<B", SCO_MTU) + packet[10:12] + struct.pack("<H", SCO_PACKETS) + packet[14:]
        elif command == READ_BD_ADDR and len(packet) >= 13:
            here.address = packet[7:13]
        elif code == SYNCHRONOUS_CONNECTED and packet[3] == 0:
            here.handle = struct.unpack_from("<H", packet, 4)[0]
            here.held = packet
            there.tell(CONNECTION_REQUEST, here.address + bytes([0, 0, 0, ESCO]))
            return
        elif code == DISCONNECTED and here.handle is not None and not here.called:
            if struct.unpack_from("<H", packet, 4)[0] == here.handle:
                here.handle = None
                if there.called:
                    there.ended(packet[6])
    os.write(here.kernel, packet)


def main():
    controllers = [Controller(), Controller()]
    readable = {}
    poll = select.poll()
    for here, there in (controllers, controllers[::-1]):
        readable[here.kernel] = lambda a=here, b=there: from_kernel(os.read(a.kernel, 4096), a, b)
        readable[here.emulator.fileno()] = lambda a=here, b=there: [from_emulator(p, a, b) for p in a.packets()]
    for descriptor in readable:
        poll.register(descriptor, select.POLLIN)
    while True:
        for descriptor, _ in poll.poll():
            readable[descriptor]()


if __name__ == "__main__":
    main()
