#include "AllocationCounter.h"
#include <stdatomic.h>
#include <stddef.h>
// In the executable, these come before the C library's own, for the Swift runtime too.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
static atomic_ulong blocks;
void *malloc(size_t size) { blocks++; return __libc_malloc(size); }
void *calloc(size_t count, size_t size) { blocks++; return __libc_calloc(count, size); }
void *realloc(void *block, size_t size) { blocks++; return __libc_realloc(block, size); }
unsigned long allocation_count(void) { return blocks; }
