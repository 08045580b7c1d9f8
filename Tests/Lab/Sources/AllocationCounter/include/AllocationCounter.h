/// The number of heap blocks that this process has asked for so far.
unsigned long allocation_count(void);
