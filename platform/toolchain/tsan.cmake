# ThreadSanitizer. It must see abseil's own locks, or it reports races that they prevent; so this is a toolchain of its
# own, for which platform/setup/abseil tsan builds abseil.
set(EVERYSOCK_TOOLCHAIN tsan)
set(CMAKE_C_FLAGS_INIT "-fsanitize=thread -fno-omit-frame-pointer -g1")
set(CMAKE_CXX_FLAGS_INIT "-fsanitize=thread -fno-omit-frame-pointer -g1")
