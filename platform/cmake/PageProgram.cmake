# everysock_page_program(TARGET [THREADS N] [ON_PAGE_THREAD]): links an executable built by Emscripten as everysock's
# programs need it, so that TARGET.js and TARGET.wasm run in a page and in Node.js. Elsewhere it does nothing: call it
# for any program.
#
#   add_executable(redis_ping redis_ping.cc)
#   target_link_libraries(redis_ping PRIVATE everysock::everysock)
#   everysock_page_program(redis_ping)
#
# main() runs on a thread of its own and may block; when it returns, the program has ended.
#   THREADS N        start with N threads at hand (4) beside the page's own; more are made when needed, a little later
#   ON_PAGE_THREAD   main() runs on the page's own thread: it must not block, and returns to the event loop. The program
#                    goes on, called by its callbacks
include_guard(GLOBAL)
set(EVERYSOCK_PAGE_ISOLATION_JS ${CMAKE_CURRENT_LIST_DIR}/page_isolation.js)

function(everysock_page_program target)
  if(NOT EMSCRIPTEN)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 page "ON_PAGE_THREAD" "THREADS" "")
  if(page_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "everysock_page_program: what is ${page_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT page_THREADS)
    set(page_THREADS 4)
  endif()
  target_link_options(${target} PRIVATE
    -pthread
    -sPTHREAD_POOL_SIZE=${page_THREADS}
    -sPTHREAD_POOL_SIZE_STRICT=0
    -sALLOW_MEMORY_GROWTH -Wno-pthreads-mem-growth
    # Emscripten's 64 KiB are overrun silently by what C++ programs put on their stacks.
    -sSTACK_SIZE=1MB -sDEFAULT_PTHREAD_STACK_SIZE=256KB
    -sENVIRONMENT=web,worker,node
    --pre-js=${EVERYSOCK_PAGE_ISOLATION_JS})
  if(NOT page_ON_PAGE_THREAD)
    target_link_options(${target} PRIVATE -sPROXY_TO_PTHREAD -sEXIT_RUNTIME)
  endif()
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${EVERYSOCK_PAGE_ISOLATION_JS})
endfunction()
