/* What abseil wants of <pthread.h>, for WASI programs, which have one thread. Debian's C library for WASI has no such
 * header. Locks count, so that locking one twice shows; waiting for another thread, which could never end, aborts. */
#ifndef EVERYSOCK_PLATFORM_WASI_PTHREAD_H_
#define EVERYSOCK_PLATFORM_WASI_PTHREAD_H_
#define __NEED_pthread_t
#define __NEED_pthread_attr_t
#define __NEED_pthread_mutex_t
#define __NEED_pthread_mutexattr_t
#define __NEED_pthread_cond_t
#define __NEED_pthread_condattr_t
#define __NEED_pthread_key_t
#define __NEED_pthread_once_t
#define __NEED_struct_timespec
#include <bits/alltypes.h>
#include <errno.h>
#include <stdlib.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PTHREAD_MUTEX_INITIALIZER \
  {                               \
    {                             \
      { 0 }                       \
    }                             \
  }
#define PTHREAD_COND_INITIALIZER \
  {                              \
    {                            \
      { 0 }                      \
    }                            \
  }
#define PTHREAD_ONCE_INIT 0

static inline pthread_t pthread_self(void) { return (pthread_t)1; }

static inline int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
  (void)attributes;
  mutex->__u.__i[0] = 0;
  return 0;
}
static inline int pthread_mutex_destroy(pthread_mutex_t* mutex) {
  (void)mutex;
  return 0;
}
static inline int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  if (mutex->__u.__i[0]) return EBUSY;
  mutex->__u.__i[0] = 1;
  return 0;
}
static inline int pthread_mutex_lock(pthread_mutex_t* mutex) {
  if (pthread_mutex_trylock(mutex) != 0) abort();
  return 0;
}
static inline int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  mutex->__u.__i[0] = 0;
  return 0;
}

static inline int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) {
  (void)condition, (void)attributes;
  return 0;
}
static inline int pthread_cond_destroy(pthread_cond_t* condition) {
  (void)condition;
  return 0;
}
static inline int pthread_cond_signal(pthread_cond_t* condition) {
  (void)condition;
  return 0;
}
static inline int pthread_cond_broadcast(pthread_cond_t* condition) {
  (void)condition;
  return 0;
}
static inline int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  (void)condition, (void)mutex;
  abort();
}
static inline int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                         const struct timespec* deadline) {
  (void)condition, (void)mutex, (void)deadline;
  return ETIMEDOUT;
}

/* Values of the one thread. Defined in platform/wasi/runtime.cc. */
#define EVERYSOCK_WASI_KEYS 16
extern void* everysock_wasi_values[EVERYSOCK_WASI_KEYS];
extern unsigned everysock_wasi_keys;
static inline int pthread_key_create(pthread_key_t* key, void (*at_exit)(void*)) {
  (void)at_exit; /* the thread ends with the program */
  if (everysock_wasi_keys == EVERYSOCK_WASI_KEYS) return EAGAIN;
  *key = everysock_wasi_keys++;
  return 0;
}
static inline int pthread_setspecific(pthread_key_t key, const void* value) {
  everysock_wasi_values[key] = (void*)value;
  return 0;
}
static inline void* pthread_getspecific(pthread_key_t key) { return everysock_wasi_values[key]; }
static inline int pthread_once(pthread_once_t* once, void (*body)(void)) {
  if (*once == 0) {
    *once = 1;
    body();
  }
  return 0;
}
static inline int pthread_sigmask(int how, const void* set, void* before) {
  (void)how, (void)set, (void)before;
  return 0;
}

#ifdef __cplusplus
}
#endif

#endif /* EVERYSOCK_PLATFORM_WASI_PTHREAD_H_ */
