#include "tests/benchmark/harness/allocation_count.h"

#include <cstdlib>
#include <new>

namespace {

// Of this thread: the other ends allocate in threads of this process.
thread_local std::uint64_t count = 0;

void* allocate(std::size_t size) {
  ++count;
  if (void* const memory = std::malloc(size != 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// Windows lets nobody take the place of malloc(); all other forms of new come to these.
void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace everysock::benchmark {

std::uint64_t allocations() noexcept { return count; }

}  // namespace everysock::benchmark
