# WASI: Debian's clang 19 and its C and C++ libraries for wasm32-wasi (platform/setup/packages wasi). One thread and no
# stack to unwind: a `throw` compiles, and ends the program with its text (platform/wasi/throw.cc).
# platform/setup/abseil keys its builds by the content of this file.
set(EVERYSOCK_TOOLCHAIN wasi)
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)

find_program(EVERYSOCK_CLANG NAMES clang-19 REQUIRED)
get_filename_component(clang ${EVERYSOCK_CLANG} REALPATH)
get_filename_component(llvm ${clang}/../.. ABSOLUTE)
set(CMAKE_C_COMPILER ${llvm}/bin/clang)
set(CMAKE_CXX_COMPILER ${llvm}/bin/clang++)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR ${llvm}/bin/llvm-ar)
set(CMAKE_RANLIB ${llvm}/bin/llvm-ranlib)

# Left to itself clang looks into /usr/include as well.
set(c_headers "-isystem ${CMAKE_CURRENT_LIST_DIR}/../wasi/include -isystem ${llvm}/lib/clang/19/include \
-isystem /usr/include/wasm32-wasi")
set(emulated "-D_WASI_EMULATED_MMAN -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_GETPID")
set(CMAKE_C_FLAGS_INIT "-nostdinc ${c_headers} ${emulated}")
set(CMAKE_CXX_FLAGS_INIT
    "-nostdinc -nostdinc++ -isystem ${llvm}/include/wasm32-wasi/c++/v1 ${c_headers} ${emulated}")
# The start file by name: with another one the linker wraps every export, those for the component's host among them, in
# a start of the program.
set(CMAKE_EXE_LINKER_FLAGS_INIT
    "-nostartfiles /usr/lib/wasm32-wasi/crt1.o -Wl,-z,stack-size=1048576 -lwasi-emulated-mman -lwasi-emulated-signal \
-lwasi-emulated-getpid")

list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY) # programs need platform/wasi/runtime.cc
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_HAVE_LIBC_PTHREAD 1) # FindThreads: there are none, and nothing to link with
