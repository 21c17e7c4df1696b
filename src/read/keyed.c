/* Open addressing, at most half full; slots are filled once and published by the store. */
#include "read/keyed.h"

enum { FIRST_SLOTS = 1 << 12 };

static struct cas_keyed_table *
make_table(size_t slots)
{
    struct cas_keyed_table *table = cas_zalloc(1, sizeof *table + slots * sizeof *table->slots);
    if (table)
        table->mask = slots - 1;
    return table;
}

bool
cas_keyed_init(struct cas_keyed *keyed, size_t most)
{
    struct cas_keyed_table *table = make_table(FIRST_SLOTS);
    cas_arena_init(&keyed->arena);
    keyed->count = 0;
    keyed->most = most;
    atomic_init(&keyed->table, table);
    return table;
}

void
cas_keyed_done(struct cas_keyed *keyed)
{
    struct cas_keyed_table *table = atomic_load(&keyed->table), *next;
    for (; table; table = next) {
        next = table->outgrown;
        cas_free(table);
    }
    cas_arena_done(&keyed->arena);
}

struct cas_keyed_entry *
cas_keyed_find(const struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash)
{
    const struct cas_keyed_table *table = atomic_load_explicit(&keyed->table, memory_order_acquire);
    for (size_t at = hash & table->mask;; at = (at + 1) & table->mask) {
        struct cas_keyed_entry *entry =
            atomic_load_explicit(&table->slots[at], memory_order_acquire);
        if (!entry)
            return NULL;
        if (entry->hash == hash && entry->n == n && memcmp(entry->key, key, n) == 0)
            return entry;
    }
}

/* Of several keys behind one slot the first will do. */
void
cas_keyed_expect(const struct cas_keyed *keyed, uint64_t hash)
{
    enum { LINE = 64, LINES = 3 };
    const struct cas_keyed_table *table = atomic_load_explicit(&keyed->table, memory_order_acquire);
    const void *entry =
        atomic_load_explicit(&table->slots[hash & table->mask], memory_order_relaxed);
    for (int i = 0; entry && i < LINES; i++)
        __builtin_prefetch((const char *)entry + (ptrdiff_t)i * LINE);
}

static void
put(struct cas_keyed_table *table, struct cas_keyed_entry *entry)
{
    size_t at = entry->hash & table->mask;
    while (atomic_load_explicit(&table->slots[at], memory_order_relaxed))
        at = (at + 1) & table->mask;
    atomic_store_explicit(&table->slots[at], entry, memory_order_release);
}

static bool
widen(struct cas_keyed *keyed)
{
    struct cas_keyed_table *old = atomic_load_explicit(&keyed->table, memory_order_relaxed);
    struct cas_keyed_table *table = make_table((old->mask + 1) * 4);
    if (!table)
        return false;
    for (size_t i = 0; i <= old->mask; i++) {
        struct cas_keyed_entry *entry = atomic_load_explicit(&old->slots[i], memory_order_relaxed);
        if (entry)
            put(table, entry);
    }
    table->outgrown = old;
    atomic_store_explicit(&keyed->table, table, memory_order_release);
    return true;
}

static bool
add(struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash,
    const uint32_t numbers[CAS_KEYED])
{
    const struct cas_keyed_table *table = atomic_load_explicit(&keyed->table, memory_order_relaxed);
    if (keyed->count >= keyed->most || n > UINT32_MAX)
        return true;
    if (keyed->count * 2 > table->mask && !widen(keyed))
        return false;
    struct cas_keyed_entry *entry = cas_arena_alloc(&keyed->arena, sizeof *entry + n);
    if (!entry)
        return false;
    entry->hash = hash;
    entry->n = (uint32_t)n;
    for (int i = 0; i < CAS_KEYED; i++)
        atomic_init(&entry->numbers[i], numbers[i]);
    memcpy(entry->key, key, n);
    put(atomic_load_explicit(&keyed->table, memory_order_relaxed), entry);
    keyed->count++;
    return true;
}

bool
cas_keyed_note(struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash,
               const uint32_t numbers[CAS_KEYED])
{
    struct cas_keyed_entry *entry = cas_keyed_find(keyed, key, n, hash);
    if (!entry)
        return add(keyed, key, n, hash, numbers);
    for (int i = 0; i < CAS_KEYED; i++)
        if (cas_keyed_number(entry, i) == CAS_UNKNOWN)
            atomic_store_explicit(&entry->numbers[i], numbers[i], memory_order_relaxed);
    return true;
}
