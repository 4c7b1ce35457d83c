# What everysock is built from, each as an imported target:
#   always                  absl::*, tl::expected
#   EVERYSOCK_BUILD_TESTS   doctest::doctest, nlohmann_json::nlohmann_json, CLI11::CLI11
#   EVERYSOCK_BUILD_WEB     wslay::wslay, Boost::headers (Beast's HTTP parser), nlohmann_json::nlohmann_json, CLI11::CLI11
# An installed package comes first; with EVERYSOCK_FETCH_DEPENDENCIES what is missing is downloaded at a pinned tag.
include_guard(GLOBAL)
include(FetchContent)

option(EVERYSOCK_FETCH_DEPENDENCIES "Download the dependencies that are not installed" ON)

# everysock_dependency(PACKAGE TARGET DEBIAN_PACKAGE GIT_REPOSITORY GIT_TAG [find_package arguments...])
function(everysock_dependency package target debian repository tag)
  if(NOT TARGET ${target}) # a parent project may bring it
    find_package(${package} QUIET ${ARGN})
  endif()
  if(TARGET ${target})
    return()
  endif()
  if(NOT EVERYSOCK_FETCH_DEPENDENCIES)
    message(FATAL_ERROR "everysock needs ${package} (Debian: ${debian}; platform/setup/packages installs it), "
                        "or EVERYSOCK_FETCH_DEPENDENCIES=ON to download it.")
  endif()
  string(TOLOWER "${package}" name)
  FetchContent_Declare(${name} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON SYSTEM)
  FetchContent_MakeAvailable(${name})
endfunction()

# everysock_host_headers(TARGET DIRECTORY HEADER): for cross builds, a header-only library of the build machine.
# A cross compiler that saw the whole of /usr/include would take the wrong C library, so it gets a directory with
# nothing but links to the libraries named here.
function(everysock_host_headers target directory header)
  find_path(EVERYSOCK_HOST_${directory} ${header} PATHS /usr/include /usr/local/include /opt/homebrew/include
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  mark_as_advanced(EVERYSOCK_HOST_${directory})
  if(TARGET ${target} OR NOT EVERYSOCK_HOST_${directory})
    return()
  endif()
  set(farm ${CMAKE_BINARY_DIR}/host-headers)
  file(MAKE_DIRECTORY ${farm})
  file(CREATE_LINK ${EVERYSOCK_HOST_${directory}}/${directory} ${farm}/${directory} SYMBOLIC)
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${farm})
endfunction()

if(CMAKE_CROSSCOMPILING)
  everysock_host_headers(tl::expected tl tl/expected.hpp)
  everysock_host_headers(doctest::doctest doctest doctest/doctest.h)
  everysock_host_headers(nlohmann_json::nlohmann_json nlohmann nlohmann/json.hpp)
  everysock_host_headers(CLI11::CLI11 CLI CLI/CLI.hpp)
  everysock_host_headers(Boost::headers boost boost/beast/http.hpp)
endif()

# Our own toolchain files name themselves; platform/setup/abseil has built abseil with exactly that file. Asked each
# time, because a changed toolchain file wants another build.
if(EVERYSOCK_TOOLCHAIN)
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../setup/abseil --where ${EVERYSOCK_TOOLCHAIN}
                  OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(absl_DIR ${prefix}/lib/cmake/absl CACHE PATH "abseil built by platform/setup/abseil" FORCE)
endif()

# Debian has wslay for its own systems alone.
if(EVERYSOCK_TOOLCHAIN STREQUAL "mingw" AND EVERYSOCK_BUILD_WEB)
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../setup/wslay --where ${EVERYSOCK_TOOLCHAIN}
                  OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  add_library(wslay::wslay STATIC IMPORTED GLOBAL)
  set_target_properties(wslay::wslay PROPERTIES IMPORTED_LOCATION ${prefix}/lib/libwslay.a
                                                INTERFACE_INCLUDE_DIRECTORIES ${prefix}/include
                                                INTERFACE_LINK_LIBRARIES ws2_32)
endif()

set(ABSL_PROPAGATE_CXX_STD ON)
everysock_dependency(absl absl::status libabsl-dev
                     https://github.com/abseil/abseil-cpp.git 20240722.0)
everysock_dependency(tl-expected tl::expected libexpected-dev
                     https://github.com/TartanLlama/expected.git v1.1.0)

if(EVERYSOCK_BUILD_TESTS)
  everysock_dependency(doctest doctest::doctest doctest-dev
                       https://github.com/doctest/doctest.git v2.4.11)
endif()

if(EVERYSOCK_BUILD_TESTS OR EVERYSOCK_BUILD_WEB)
  everysock_dependency(nlohmann_json nlohmann_json::nlohmann_json nlohmann-json3-dev
                       https://github.com/nlohmann/json.git v3.11.3)
  everysock_dependency(CLI11 CLI11::CLI11 libcli11-dev
                       https://github.com/CLIUtils/CLI11.git v2.4.2)
endif()

if(EVERYSOCK_BUILD_WEB AND NOT EMSCRIPTEN)
  if(NOT TARGET wslay::wslay)
    everysock_dependency(wslay wslay libwslay-dev
                         https://github.com/tatsuhiro-t/wslay.git release-1.1.1)
    add_library(wslay::wslay INTERFACE IMPORTED GLOBAL)
    target_link_libraries(wslay::wslay INTERFACE wslay)
  endif()

  set(BOOST_INCLUDE_LIBRARIES beast)
  everysock_dependency(Boost Boost::headers libboost-dev
                       https://github.com/boostorg/boost.git boost-1.84.0 1.74)
endif()
