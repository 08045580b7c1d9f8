// Makes chosen calls of the C library fail: preloaded into the command by calls.py.
//
//   FAULT=CALL:FIRST:LAST:ERROR   the calls number FIRST to LAST of CALL fail with this errno
//   FAULT=CALL:FIRST:LAST:block   they wait until a signal comes, then end with EINTR; of a call that takes a
//                                 descriptor only those on the descriptor of call number FIRST
//   FAULT=CALL:FIRST:LAST:short   read and write move one byte
//   FAULT_COUNTS=FILE             at the end the file gets the number of calls of each name, a line each
//   FAULT_MARK=FILE               the file is created when the first of the calls fails or waits
//
// It sees what the command and the Swift runtime call, not what the C library calls in itself.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NAMES(X)                                                                                          \
  X(open) X(read) X(write) X(fsync) X(rename) X(close) X(stat) X(fstat) X(lstat) X(readlink) X(access)    \
  X(fchmod) X(unlink) X(opendir) X(readdir) X(closedir) X(pipe) X(poll) X(fcntl) X(pthread_create)        \
  X(mmap) X(fopen) X(malloc)

enum {
#define X(name) call_##name,
  NAMES(X)
#undef X
  call_count
};
static const char *const names[] = {
#define X(name) #name,
    NAMES(X)
#undef X
};

enum { BLOCK = -1, SHORT = -2 };
static int chosen = -1, error;
static long first, last;
static atomic_long counts[call_count];
static atomic_int blocked_descriptor = -1;

__attribute__((constructor)) static void begin(void) {
  const char *fault = getenv("FAULT");
  char name[32], outcome[16];
  if (!fault || sscanf(fault, "%31[^:]:%ld:%ld:%15s", name, &first, &last, outcome) != 4) return;
  error = !strcmp(outcome, "block") ? BLOCK : !strcmp(outcome, "short") ? SHORT : atoi(outcome);
  for (int call = 0; call < call_count; call++)
    if (!strcmp(name, names[call])) chosen = call;
  // What the loader and the C library did before is not counted.
  for (int call = 0; call < call_count; call++) counts[call] = 0;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNTS");
  if (!path) return;
  chosen = -1;
  int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (int call = 0; call < call_count; call++) {
    char line[64];
    int length = snprintf(line, sizeof line, "%s %ld\n", names[call], atomic_load(&counts[call]));
    syscall(SYS_write, file, line, length);
  }
  syscall(SYS_close, file);
}

static void leave_mark(void) {
  const char *path = getenv("FAULT_MARK");
  if (path) syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0600));
}

// Counts a call. Whether it is to fail; then errno is set.
static int fails(int call, int descriptor) {
  long number = ++counts[call];
  if (call != chosen || number < first || number > last) return 0;
  if (number == first) leave_mark();
  if (error == SHORT) return 0;
  if (error == BLOCK) {
    int none = -1;
    atomic_compare_exchange_strong(&blocked_descriptor, &none, descriptor);
    if (descriptor >= 0 && descriptor != blocked_descriptor) return 0;
    syscall(SYS_ppoll, NULL, 0, NULL, NULL, 0);
    errno = EINTR;
  } else {
    errno = error;
  }
  return 1;
}

static size_t allowed(int call, size_t count) {
  long number = counts[call];
  return call == chosen && error == SHORT && number >= first && number <= last && count > 1 ? 1 : count;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(result, name, failure, descriptor, parameters, arguments) \
  result name parameters {                                             \
    if (fails(call_##name, descriptor)) return failure;                \
    return NEXT(name) arguments;                                       \
  }

WRAP(int, fsync, -1, file, (int file), (file))
WRAP(int, rename, -1, -1, (const char *from, const char *to), (from, to))
WRAP(int, stat, -1, -1, (const char *path, struct stat *status), (path, status))
WRAP(int, fstat, -1, file, (int file, struct stat *status), (file, status))
WRAP(int, lstat, -1, -1, (const char *path, struct stat *status), (path, status))
WRAP(ssize_t, readlink, -1, -1, (const char *path, char *text, size_t size), (path, text, size))
WRAP(int, access, -1, -1, (const char *path, int mode), (path, mode))
WRAP(int, fchmod, -1, file, (int file, mode_t mode), (file, mode))
WRAP(int, unlink, -1, -1, (const char *path), (path))
WRAP(DIR *, opendir, NULL, -1, (const char *path), (path))
WRAP(struct dirent *, readdir, NULL, -1, (DIR * stream), (stream))
WRAP(int, pipe, -1, -1, (int ends[2]), (ends))
WRAP(FILE *, fopen, NULL, -1, (const char *path, const char *mode), (path, mode))
WRAP(void *, mmap, MAP_FAILED, -1, (void *start, size_t length, int access, int flags, int file, off_t offset),
     (start, length, access, flags, file, offset))

// A descriptor on which calls wait is not ready.
int poll(struct pollfd *entries, nfds_t count, int time) {
  if (fails(call_poll, -1)) return -1;
  if (count == 1 && entries[0].fd >= 0 && entries[0].fd == blocked_descriptor) count = 0;
  return NEXT(poll)(entries, count, time);
}

// As Linux does it: after a failed close the descriptor is free.
int close(int file) {
  int failed = fails(call_close, file), code = errno, result = NEXT(close)(file);
  if (failed) errno = code;
  return failed ? -1 : result;
}

int closedir(DIR *stream) {
  int failed = fails(call_closedir, -1), result = NEXT(closedir)(stream);
  return failed ? -1 : result;
}

ssize_t read(int file, void *bytes, size_t count) {
  if (fails(call_read, file)) return -1;
  return syscall(SYS_read, file, bytes, allowed(call_read, count));
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (fails(call_write, file)) return -1;
  return syscall(SYS_write, file, bytes, allowed(call_write, count));
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (fails(call_open, -1)) return -1;
  return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int fcntl(int file, int command, ...) {
  va_list rest;
  va_start(rest, command);
  long argument = va_arg(rest, long);
  va_end(rest);
  if (fails(call_fcntl, file)) return -1;
  return syscall(SYS_fcntl, file, command, argument);
}

// Of threads and of allocations the result is the error.
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *context) {
  if (fails(call_pthread_create, -1)) return errno;
  return NEXT(pthread_create)(thread, attributes, body, context);
}

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);

void *malloc(size_t size) { return fails(call_malloc, -1) ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) {
  return fails(call_malloc, -1) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  return fails(call_malloc, -1) ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return fails(call_malloc, -1) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (fails(call_malloc, -1)) return ENOMEM;
  *result = __libc_memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}
