# everysock_page_program(TARGET [THREADS N] [ON_PAGE_THREAD | SUSPENDING]): links an executable built by Emscripten as
# everysock's programs need it, so that TARGET.js and TARGET.wasm run in a page and in Node.js. Elsewhere it does nothing:
# call it for any program.
#
#   add_executable(redis_ping redis_ping.cc)
#   target_link_libraries(redis_ping PRIVATE everysock::everysock)
#   everysock_page_program(redis_ping)
#
# main() runs on a thread of its own and may block; when it returns, the program has ended.
#   THREADS N        start with N threads at hand (4) beside the page's own; more are made when needed, a little later
#   ON_PAGE_THREAD   main() runs on the page's own thread: it must not block, and returns to the event loop. The program
#                    goes on, called by its callbacks
#   SUSPENDING       main() runs on the page's own thread and may block: the browser suspends it meanwhile. Faster than a
#                    thread, where the browser has JavaScript Promise Integration (Chromium 137 and later);
#                    docs/browser.md says what it must not do
include_guard(GLOBAL)
set(EVERYSOCK_PAGE_ISOLATION_JS ${CMAKE_CURRENT_LIST_DIR}/page_isolation.js)
set(EVERYSOCK_PAGE_SUSPENSION_JS ${CMAKE_CURRENT_LIST_DIR}/page_suspension.js)

function(everysock_page_program target)
  if(NOT EMSCRIPTEN)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 page "ON_PAGE_THREAD;SUSPENDING" "THREADS" "")
  if(page_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "everysock_page_program: what is ${page_UNPARSED_ARGUMENTS}?")
  endif()
  if(page_ON_PAGE_THREAD AND page_SUSPENDING)
    message(FATAL_ERROR "everysock_page_program(${target}): ON_PAGE_THREAD returns to the event loop, SUSPENDING does not")
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
  if(page_SUSPENDING)
    target_link_options(${target} PRIVATE
      -sJSPI -sJSPI_IMPORTS=everysock_suspend -Wno-experimental -sEXIT_RUNTIME --pre-js=${EVERYSOCK_PAGE_SUSPENSION_JS})
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${EVERYSOCK_PAGE_SUSPENSION_JS})
  elseif(NOT page_ON_PAGE_THREAD)
    target_link_options(${target} PRIVATE -sPROXY_TO_PTHREAD -sEXIT_RUNTIME)
  endif()
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${EVERYSOCK_PAGE_ISOLATION_JS})
endfunction()
