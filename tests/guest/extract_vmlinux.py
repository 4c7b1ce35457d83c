#!/usr/bin/env python3
"""Takes the ELF kernel out of a bzImage, so that the guest does not have to unpack it under emulation.

usage: extract_vmlinux.py BZIMAGE VMLINUX
"""
import lzma
import struct
import subprocess
import sys
import zlib

source, target = sys.argv[1:3]
with open(source, "rb") as file:
    image = file.read()
# The x86 boot protocol (Documentation/x86/boot.rst): the set-up code's sectors, then the payload's place and length.
setup_sectors = image[0x1F1] or 4
start = (setup_sectors + 1) * 512
offset, length = struct.unpack_from("<II", image, 0x248)
payload = image[start + offset:start + offset + length]
if payload[:6] == b"\xfd7zXZ\0":
    kernel = lzma.LZMADecompressor().decompress(payload)
elif payload[:2] == b"\x1f\x8b":
    kernel = zlib.decompressobj(31).decompress(payload)
elif payload[:4] == b"\x28\xb5\x2f\xfd":
    kernel = subprocess.run(["zstd", "-dc"], input=payload[:-4], stdout=subprocess.PIPE, check=False).stdout
else:
    sys.exit(f"{source}: packed in a way this script does not know ({payload[:6].hex()})")
if kernel[:4] != b"\x7fELF":
    sys.exit(f"{source}: what it holds is no ELF file")
with open(target, "wb") as file:
    file.write(kernel)
