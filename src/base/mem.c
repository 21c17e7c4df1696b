/* Allocation and arenas.
 *
 * Invariant of an arena: [at, end) is the free part of the newest block; blocks are freed only
 * together. A request larger than a block gets a block of its own.
 */
#include "base/mem.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 2 * 1024 * 1024 };

static atomic_long allocations_left = -1;

void
cas_mem_fail_after(long n)
{
    atomic_store(&allocations_left, n);
}

static bool
may_allocate(void)
{
    long left = atomic_load_explicit(&allocations_left, memory_order_relaxed);
    while (left > 0 && !atomic_compare_exchange_weak(&allocations_left, &left, left - 1))
        continue;
    return left != 0;
}

/* What is large is looked at here and there: on small pages each look walks through tables first,
 * and each page is a fault of its own. Whole pages are asked for, as the system gives no other large
 * ones; where it has none nothing is lost. */
static void *
large_alloc(size_t size)
{
    size_t whole = size + (LARGE_PAGE - size % LARGE_PAGE) % LARGE_PAGE;
    void *memory = whole >= size ? aligned_alloc(LARGE_PAGE, whole) : NULL;
#ifdef MADV_HUGEPAGE
    if (memory)
        madvise(memory, whole, MADV_HUGEPAGE);
#endif
    return memory;
}

void *
cas_alloc(size_t size)
{
    if (!may_allocate())
        return NULL;
    return size < LARGE_PAGE ? malloc(size ? size : 1) : large_alloc(size);
}

/* Zeros twice where the memory is new: still far less than a fault for each small page. */
static void *
large_zalloc(size_t bytes)
{
    void *memory = large_alloc(bytes);
    return memory ? memset(memory, 0, bytes) : NULL;
}

void *
cas_zalloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || !may_allocate())
        return NULL;
    return bytes < LARGE_PAGE ? calloc(bytes ? bytes : 1, 1) : large_zalloc(bytes);
}

void *
cas_realloc(void *memory, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || !may_allocate())
        return NULL;
    return realloc(memory, bytes ? bytes : 1);
}

void
cas_free(void *memory)
{
    free(memory);
}

/* A large block moves to one that lies on large pages from its begin: what grows will be filled. */
static void *
grow(void *old, size_t room, size_t wanted, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(wanted, size, &bytes) || bytes < LARGE_PAGE / 2)
        return cas_realloc(old, wanted, size);
    void *grown = may_allocate() ? large_alloc(bytes) : NULL;
    if (grown && room)
        memcpy(grown, old, room * size);
    if (grown)
        cas_free(old);
    return grown;
}

bool
cas_grow_to(void *array, size_t *room, size_t need, size_t size)
{
    size_t wanted = *room < 8 ? 8 : *room;
    while (wanted < need) {
        if (__builtin_mul_overflow(wanted, (size_t)2, &wanted))
            return false;
    }
    void *old;
    memcpy(&old, array, sizeof old);
    void *grown = grow(old, *room, wanted, size);
    if (!grown)
        return false;
    memcpy(array, &grown, sizeof grown);
    *room = wanted;
    return true;
}

struct cas_arena_block {
    struct cas_arena_block *next;
    size_t size; /* of `bytes` */
    alignas(max_align_t) char bytes[];
};

/* The largest is a large page, as a whole. */
enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = LARGE_PAGE - (int)sizeof(struct cas_arena_block) };

void
cas_arena_init(struct cas_arena *arena)
{
    *arena = (struct cas_arena){0};
}

void
cas_arena_done(struct cas_arena *arena)
{
    for (struct cas_arena_block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        cas_free(block);
    }
    cas_arena_init(arena);
}

void
cas_arena_clear(struct cas_arena *arena)
{
    struct cas_arena_block *kept = NULL;
    for (struct cas_arena_block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        bool current = block->bytes + block->size == arena->end;
        if (current && block->size <= LARGEST_BLOCK)
            kept = block;
        else
            cas_free(block);
    }
    arena->blocks = kept;
    arena->at = kept ? kept->bytes : NULL;
    arena->end = kept ? arena->end : NULL;
    arena->used = kept ? (size_t)(arena->end - arena->at) : 0;
    if (kept)
        kept->next = NULL;
}

static void *
own_block(struct cas_arena *arena, size_t size)
{
    size_t bytes;
    if (__builtin_add_overflow(size, sizeof(struct cas_arena_block), &bytes))
        return NULL;
    struct cas_arena_block *block = cas_alloc(bytes);
    if (!block)
        return NULL;
    block->next = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->used += size;
    return block->bytes;
}

void *
cas_arena_alloc(struct cas_arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit)
        return NULL;
    size = size ? (size + unit - 1) / unit * unit : unit;
    if (size > (size_t)(arena->end - arena->at)) {
        size_t block = arena->used < FIRST_BLOCK ? FIRST_BLOCK : arena->used;
        block = block > LARGEST_BLOCK ? LARGEST_BLOCK : block;
        if (size > block / 4)
            return own_block(arena, size);
        char *bytes = own_block(arena, block);
        if (!bytes)
            return NULL;
        arena->at = bytes;
        arena->end = bytes + block;
    }
    void *out = arena->at;
    arena->at += size;
    return out;
}

char *
cas_arena_text(struct cas_arena *arena, const char *text, size_t length)
{
    char *out = length < SIZE_MAX ? cas_arena_alloc(arena, length + 1) : NULL;
    if (!out)
        return NULL;
    if (length)
        memcpy(out, text, length);
    out[length] = '\0';
    return out;
}

void *
cas_arena_copy(struct cas_arena *arena, const void *elements, size_t count, size_t size)
{
    size_t bytes;
    if (!count || __builtin_mul_overflow(count, size, &bytes))
        return NULL;
    void *out = cas_arena_alloc(arena, bytes);
    if (out)
        memcpy(out, elements, bytes);
    return out;
}
