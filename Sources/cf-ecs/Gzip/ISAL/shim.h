#include <isa-l/igzip_lib.h>

/* The memory that compression at level 1 needs, as ISA-L recommends it. Swift does not import the macro. */
enum { CFECS_ISAL_LEVEL_MEMORY = ISAL_DEF_LVL1_DEFAULT };
