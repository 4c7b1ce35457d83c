// One object for each thread.
#ifndef EVERYSOCK_PLATFORM_PER_THREAD_H_
#define EVERYSOCK_PLATFORM_PER_THREAD_H_

namespace everysock::platform {

#if defined(_WIN32)

// Holds an object for each thread and destroys it when the thread ends (windows/thread_slot.cc).
class ThreadSlot {
 public:
  explicit ThreadSlot(void (*destroy)(void* object));
  void* get() const noexcept;  // null before set()
  void set(void* object) const;

 private:
  void (*destroy_)(void* object);
  unsigned long index_;
};

// The calling thread's T, made with its first call. MinGW-w64 may free what is thread_local before it calls the
// destructor (GCC bug 80816), so that only what needs no destructor may be thread_local there.
template <typename T>
T& per_thread() {
  static const ThreadSlot slot([](void* object) { delete static_cast<T*>(object); });
  if (void* const object = slot.get()) return *static_cast<T*>(object);
  T* const object = new T;
  slot.set(object);
  return *object;
}

#else

template <typename T>
T& per_thread() {
  thread_local T object;
  return object;
}

#endif

}  // namespace everysock::platform

#endif  // EVERYSOCK_PLATFORM_PER_THREAD_H_
