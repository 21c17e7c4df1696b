/* Allocation: every byte of ours comes through here, so that tests can make any of it fail. */
#ifndef CAS_MEM_H
#define CAS_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *cas_alloc(size_t size);                /* NULL without memory; size 0 gives a pointer */
void *cas_zalloc(size_t count, size_t size); /* zeroed; NULL on overflow too */
void *cas_realloc(void *memory, size_t count, size_t size); /* old block stays on failure */
void cas_free(void *memory);

/* Let `n` more allocations succeed, then fail all; negative: never fail. For tests. */
void cas_mem_fail_after(long n);

bool cas_grow_to(void *array, size_t *room, size_t need, size_t size);
/* Grow `*array` (of `size`-byte elements, capacity `*room`) to hold `need`. False without memory;
 * the array is then as it was. */
static inline bool
cas_grow(void *array, size_t *room, size_t need, size_t size)
{
    return need <= *room || cas_grow_to(array, room, need, size);
}

/* Memory that lives and dies together: no single free. */
struct cas_arena {
    struct cas_arena_block *blocks;
    char *at, *end;
    size_t used;
};
void cas_arena_init(struct cas_arena *arena);
void cas_arena_done(struct cas_arena *arena);
void cas_arena_clear(struct cas_arena *arena); /* all of it is free again; one block is kept */
void *cas_arena_alloc(struct cas_arena *arena, size_t size); /* aligned for any type */
char *cas_arena_text(struct cas_arena *arena, const char *text, size_t length); /* adds a NUL */
/* A copy of `count` elements; NULL for count 0 too, so ask for the count first. */
void *cas_arena_copy(struct cas_arena *arena, const void *elements, size_t count, size_t size);

#endif
