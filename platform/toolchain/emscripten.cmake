# Emscripten as everysock uses it: threads, and WebAssembly's own exceptions. It finds emcc as platform/setup/emscripten
# does. Programs need further flags at link time, which everysock's target brings (backends/websocket).
# platform/setup/abseil keys its builds by the content of this file.
set(EVERYSOCK_TOOLCHAIN emscripten)

if(NOT EMSCRIPTEN_ROOT_PATH)
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../setup/emscripten --where
                  OUTPUT_VARIABLE EMSCRIPTEN_ROOT_PATH OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE result)
  if(result)
    message(FATAL_ERROR "No Emscripten; platform/setup/abseil emscripten sets it up.")
  endif()
endif()

set(CMAKE_C_FLAGS_INIT "-pthread")
set(CMAKE_CXX_FLAGS_INIT "-pthread -fwasm-exceptions")
find_program(EVERYSOCK_NODE NAMES node nodejs REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${EVERYSOCK_NODE})

include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
