# CMake has no such platform of its own.
set(WASI 1)
set(CMAKE_EXECUTABLE_SUFFIX .wasm)
