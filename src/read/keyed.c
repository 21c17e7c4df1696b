/* Open addressing, at most half full; slots are filled once and published by the store. */
#include "read/keyed.h"

enum { FIRST_SLOTS = 1 << 12, MOST_KEYS = 1 << 18 };

static struct cas_keyed_table *
make_table(size_t slots)
{
    struct cas_keyed_table *table = cas_zalloc(1, sizeof *table + slots * sizeof *table->slots);
    if (table)
        table->mask = slots - 1;
    return table;
}

bool
cas_keyed_init(struct cas_keyed *keyed)
{
    struct cas_keyed_table *table = make_table(FIRST_SLOTS);
    cas_arena_init(&keyed->arena);
    keyed->count = 0;
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

uint32_t
cas_keyed_find(const struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash)
{
    const struct cas_keyed_table *table = atomic_load_explicit(&keyed->table, memory_order_acquire);
    for (size_t at = hash & table->mask;; at = (at + 1) & table->mask) {
        const struct cas_keyed_entry *entry =
            atomic_load_explicit(&table->slots[at], memory_order_acquire);
        if (!entry)
            return UINT32_MAX;
        if (entry->hash == hash && entry->n == n && memcmp(entry->key, key, n) == 0)
            return entry->number;
    }
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

bool
cas_keyed_add(struct cas_keyed *keyed, const char *key, size_t n, uint64_t hash, uint32_t number)
{
    const struct cas_keyed_table *table = atomic_load_explicit(&keyed->table, memory_order_relaxed);
    if (keyed->count >= MOST_KEYS || n > UINT32_MAX)
        return true;
    if (keyed->count * 2 > table->mask && !widen(keyed))
        return false;
    struct cas_keyed_entry *entry = cas_arena_alloc(&keyed->arena, sizeof *entry + n);
    if (!entry)
        return false;
    *entry = (struct cas_keyed_entry){.hash = hash, .number = number, .n = (uint32_t)n};
    memcpy(entry->key, key, n);
    put(atomic_load_explicit(&keyed->table, memory_order_relaxed), entry);
    keyed->count++;
    return true;
}
