/* Disjoint sets over 0 … n - 1, as an array in which each names another of its set, the first of
 * the set itself (Galler and Fischer 1964; halving paths: Tarjan and van Leeuwen 1984). */
#ifndef CAS_ANALYSIS_JOINED_H
#define CAS_ANALYSIS_JOINED_H

#include <stdint.h>

static inline uint32_t
cas_joined_first(uint32_t *up, uint32_t v)
{
    while (up[v] != v) {
        up[v] = up[up[v]];
        v = up[v];
    }
    return v;
}

/* The least of both sets stays first. */
static inline void
cas_joined_join(uint32_t *up, uint32_t a, uint32_t b)
{
    uint32_t x = cas_joined_first(up, a), y = cas_joined_first(up, b);
    up[x > y ? x : y] = x > y ? y : x;
}

#endif
