/* Numbers by key, for many threads that look and one that adds.
 *
 * Invariant: an entry never changes nor moves once it can be found; a table that was outgrown stays
 * until the end, as somebody may be looking through it. So a look-up needs no lock: it finds an
 * entry or, at worst, misses one that was added just now.
 */
#ifndef CAS_READ_KEYED_H
#define CAS_READ_KEYED_H

#include <stdatomic.h>

#include "base/text.h"

struct cas_keyed_entry {
    uint64_t hash;
    uint32_t number;
    uint32_t n;
    char key[];
};

struct cas_keyed_table {
    struct cas_keyed_table *outgrown;
    size_t mask;
    _Atomic(struct cas_keyed_entry *) slots[];
};

struct cas_keyed {
    _Atomic(struct cas_keyed_table *) table;
    struct cas_arena arena;
    size_t count;
};

bool cas_keyed_init(struct cas_keyed *keyed);
void cas_keyed_done(struct cas_keyed *keyed);
/* Any thread. UINT32_MAX where the key is not found. `hash` is the key's. */
uint32_t cas_keyed_find(const struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash);
/* One thread. Beyond a number of keys nothing is added any more. False without memory. */
bool cas_keyed_add(struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash,
                   uint32_t number);

#endif
