/* Numbers in order. Lists of events are short as a rule, and often in order already. */
#ifndef CAS_SORT_H
#define CAS_SORT_H

#include <stddef.h>
#include <stdint.h>

void cas_sort_numbers(uint32_t *numbers, size_t count);
/* The same, then each once. @return how many are left */
size_t cas_sort_once(uint32_t *numbers, size_t count);

#endif
