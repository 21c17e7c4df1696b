/* Numbers by key, for many threads that look and one that adds.
 *
 * Invariant: an entry never moves once it can be found, nor do its key and its numbers change but
 * from CAS_UNKNOWN to a number; a table that was outgrown stays until the end, as somebody may be
 * looking through it. So a look-up needs no lock: it finds an entry or, at worst, misses one (or a
 * number) that was added just now.
 */
#ifndef CAS_READ_KEYED_H
#define CAS_READ_KEYED_H

#include <stdatomic.h>

#include "base/text.h"

enum { CAS_KEYED = 3 }; /* numbers of an entry */
#define CAS_UNKNOWN UINT32_MAX

struct cas_keyed_entry {
    uint64_t hash;
    _Atomic uint32_t numbers[CAS_KEYED];
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
    size_t count, most;
};

/* A table of at most so many keys. False without memory; to be done with all the same. */
bool cas_keyed_init(struct cas_keyed *keyed, size_t most);
void cas_keyed_done(struct cas_keyed *keyed);
/* Any thread. NULL where the key is not found. `hash` is the key's. */
struct cas_keyed_entry *cas_keyed_find(const struct cas_keyed *keyed, const char *key, size_t n,
                                       uint64_t hash);
/* Any thread: ask for the memory where the key will be looked for. */
void cas_keyed_expect(const struct cas_keyed *keyed, uint64_t hash);
/* One thread: note numbers of a key, CAS_UNKNOWN for those that are not known; what stands already
 * stays. Beyond the most of keys no new one is added. False without memory. */
bool cas_keyed_note(struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash,
                    const uint32_t numbers[CAS_KEYED]);

static inline uint32_t
cas_keyed_number(const struct cas_keyed_entry *entry, int which)
{
    return entry ? atomic_load_explicit(&entry->numbers[which], memory_order_relaxed) : CAS_UNKNOWN;
}

#endif
