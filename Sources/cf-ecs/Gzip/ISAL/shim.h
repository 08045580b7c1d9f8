#include <isa-l/igzip_lib.h>

/* The memory that compression at level 1 needs, as ISA-L recommends it. Swift does not import the macro. */
enum { CFECS_ISAL_LEVEL_MEMORY = ISAL_DEF_LVL1_DEFAULT };

/* ISA-L 2.31 may leave the upper halves of the vector registers in use, which makes whatever is compiled for SSE slower:
   zlib's compression by a fifth. To be called after each call of ISA-L. */
#ifdef __x86_64__
__attribute__((target("avx"))) static void cfecs_clear_upper_halves(void) { __builtin_ia32_vzeroupper(); }
#endif

static inline void cfecs_isal_end(void) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx")) cfecs_clear_upper_halves();
#endif
}
