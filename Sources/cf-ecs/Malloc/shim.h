// mallopt(3), which Swift's Glibc module leaves out.

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// Makes free(3) give each buffer of 1 MiB or more back to the system.
///
/// By default glibc does so only until a large buffer is freed for the first time: then it raises its limit
/// to that size, up to 32 MiB, and keeps up to 64 MiB for each thread. After a record of 8 MB, eight workers
/// took 94 to 163 MiB more than one; with this they take 14 more. Other C libraries need no such setting. It
/// replaces what the environment says (`MALLOC_MMAP_THRESHOLD_`).
static inline void cfecs_malloc_give_back_large_buffers(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}
