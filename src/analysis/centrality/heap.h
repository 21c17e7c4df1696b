/* A heap of 64-bit keys, the smallest on top: a length above, what it belongs to below. */
#ifndef CAS_HEAP_H
#define CAS_HEAP_H

#include "base/mem.h"

struct cas_heap {
    uint64_t *keys;
    size_t count, room;
    bool failed;
};

static inline void
cas_heap_push(struct cas_heap *heap, uint64_t key)
{
    size_t i = heap->count;

    if (!cas_grow(&heap->keys, &heap->room, i + 1, sizeof(*heap->keys))) {
        heap->failed = true;
        return;
    }
    heap->count++;
    for (; i > 0 && heap->keys[(i - 1) / 2] > key; i = (i - 1) / 2) {
        heap->keys[i] = heap->keys[(i - 1) / 2];
    }
    heap->keys[i] = key;
}

/* Not empty. */
static inline uint64_t
cas_heap_pop(struct cas_heap *heap)
{
    uint64_t *keys = heap->keys, top = keys[0], last = keys[--heap->count];
    size_t i = 0, child;

    while ((child = 2 * i + 1) < heap->count) {
        child += child + 1 < heap->count && keys[child + 1] < keys[child];
        if (keys[child] >= last) {
            break;
        }
        keys[i] = keys[child];
        i = child;
    }
    keys[i] = last;
    return top;
}

#endif
