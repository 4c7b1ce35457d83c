# everysock_precompile(TARGET HEADER...): compiles the headers once for all files of TARGET. Only for speed: every file
# includes what it uses, and compiles without (as in the builds of users, where the option is off).
# Not with -O2: there g++ 12 warns of the standard library's insides once they are precompiled.
# On two cores: a file of the conformance suite 5.8 s -> 1.9 s of CPU time (g++ 12, -O0).
include_guard(GLOBAL)

option(EVERYSOCK_PRECOMPILE_HEADERS "Precompile the headers that most of everysock's own sources include" OFF)

function(everysock_precompile target)
  if(NOT EVERYSOCK_PRECOMPILE_HEADERS)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE ${ARGN})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess) # ccache asks for it
  endif()
endfunction()
