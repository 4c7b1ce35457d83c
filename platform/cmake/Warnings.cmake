# everysock_compile_options(TARGET): how the project compiles its own sources; never inherited by users of the library.
include_guard(GLOBAL)

option(EVERYSOCK_WERROR "Treat warnings in everysock's own sources as errors" OFF)
option(EVERYSOCK_NO_EXCEPTIONS "Compile the library with -fno-exceptions, to prove that it needs none" OFF)

add_library(everysock_warnings INTERFACE)
if(MSVC)
  target_compile_options(everysock_warnings INTERFACE /W4 $<$<BOOL:${EVERYSOCK_WERROR}>:/WX>)
else()
  target_compile_options(everysock_warnings INTERFACE -Wall -Wextra -Wconversion
                                                      $<$<BOOL:${EVERYSOCK_WERROR}>:-Werror>)
endif()

# BUILD_INTERFACE keeps the warnings out of the exported targets, which know nothing of everysock_warnings.
function(everysock_compile_options target)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:everysock_warnings>)
  get_target_property(type ${target} TYPE)
  if(EVERYSOCK_NO_EXCEPTIONS AND NOT type STREQUAL "EXECUTABLE")
    target_compile_options(${target} PRIVATE -fno-exceptions)
  endif()
endfunction()
