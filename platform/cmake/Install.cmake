# cmake --install: the library, its headers, a package for find_package(everysock) and one for pkg-config.
include(CMakePackageConfigHelpers)

get_target_property(imported absl::status IMPORTED)
if(NOT imported)
  message(STATUS "everysock: abseil is built along, so there is no install target (installed dependencies make one)")
  return()
endif()

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/everysock)

install(TARGETS everysock EXPORT everysock-targets)
install(DIRECTORY core/include/everysock DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# A backend's factory is included as <everysock/NAME_backend.h>.
foreach(backend posix winsock memory websocket wasi)
  if(EXISTS ${PROJECT_SOURCE_DIR}/backends/${backend}/CMakeLists.txt)
    install(FILES backends/${backend}/${backend}_backend.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/everysock OPTIONAL)
  endif()
endforeach()
if(TARGET everysock-proxy)
  install(TARGETS everysock-proxy)
endif()

# The native WebSocket transport brings wslay, whose package has neither a namespace nor a file for pkg-config.
get_target_property(libraries everysock INTERFACE_LINK_LIBRARIES)
set(everysock_links_wslay OFF)
set(pc_libs)
if("$<LINK_ONLY:wslay::wslay>" IN_LIST libraries)
  set(everysock_links_wslay ON)
  set(pc_libs " -lwslay")
endif()

# A cross build takes tl::expected from the build machine (everysock_host_headers), where users of the installed library
# do not look: it comes along.
set(everysock_brings_expected OFF)
if(CMAKE_CROSSCOMPILING AND EVERYSOCK_HOST_tl)
  set(everysock_brings_expected ON)
  install(FILES ${EVERYSOCK_HOST_tl}/tl/expected.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tl)
endif()

install(EXPORT everysock-targets NAMESPACE everysock:: DESTINATION ${package_directory})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/everysock-config.cmake.in
                              ${PROJECT_BINARY_DIR}/everysock-config.cmake INSTALL_DESTINATION ${package_directory})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/everysock-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/everysock-config.cmake ${PROJECT_BINARY_DIR}/everysock-config-version.cmake
              ${CMAKE_CURRENT_LIST_DIR}/PageProgram.cmake ${CMAKE_CURRENT_LIST_DIR}/page_isolation.js
              ${CMAKE_CURRENT_LIST_DIR}/page_suspension.js
        DESTINATION ${package_directory})

# What everysock links, said in pkg-config's words. The library is static unless asked otherwise, and its headers use
# abseil's, so these are plain requirements: `pkg-config --libs everysock` alone links a program.
set(pc_requires)
foreach(library ${libraries})
  string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" library "${library}")
  if(library MATCHES "^absl::(.+)$")
    list(APPEND pc_requires absl_${CMAKE_MATCH_1})
  elseif(library MATCHES "^(ws2_32|mswsock|iphlpapi|ntdll)$") # of Windows
    string(APPEND pc_libs " -l${library}")
  elseif(NOT library MATCHES "^(tl::expected|Threads::Threads|wslay::wslay)$|BUILD_INTERFACE|^::@")
    message(FATAL_ERROR "everysock links ${library}: say here what pkg-config calls it, and find it in "
                        "everysock-config.cmake.in")
  endif()
endforeach()
list(REMOVE_DUPLICATES pc_requires)
list(JOIN pc_requires " " pc_requires)
# tl::expected has no package of pkg-config's; it matters only where it is out of the compiler's sight.
set(pc_cflags)
set(directories)
if(NOT everysock_brings_expected)
  get_target_property(directories tl::expected INTERFACE_INCLUDE_DIRECTORIES)
endif()
list(REMOVE_DUPLICATES directories)
foreach(directory ${directories})
  if(NOT directory IN_LIST CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
    string(APPEND pc_cflags " -I${directory}")
  endif()
endforeach()
# ${pcfiledir} is where the file lies, so that an installed tree can be moved.
file(RELATIVE_PATH pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" pc_prefix ${pc_prefix})
configure_file(${CMAKE_CURRENT_LIST_DIR}/everysock.pc.in ${PROJECT_BINARY_DIR}/everysock.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/everysock.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
