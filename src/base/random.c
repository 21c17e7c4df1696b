/* SplitMix64 from a start that mixes seed, round and thing. See random.h. */
#include "base/random.h"

#include <assert.h>

#define STEP UINT64_C(0x9E3779B97F4A7C15)

static uint64_t
mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

struct cas_random
cas_random_of(uint64_t seed, uint64_t round, uint64_t thing)
{
    /* One after the other, so that seed and round are not each other's. */
    uint64_t state = mix(mix(mix(seed + STEP) + round + STEP) + thing + STEP);
    return (struct cas_random){state};
}

uint64_t
cas_random_next(struct cas_random *random)
{
    random->state += STEP;
    return mix(random->state);
}

double
cas_random_unit(struct cas_random *random)
{
    return (double)(cas_random_next(random) >> 11) * 0x1p-53;
}

bool
cas_random_chance(struct cas_random *random, double p)
{
    return cas_random_unit(random) < p;
}

int64_t
cas_random_between(struct cas_random *random, int64_t low, int64_t high)
{
    assert(low <= high);
    uint64_t width = (uint64_t)high - (uint64_t)low, mask = width, draw;
    for (unsigned shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    do {
        draw = cas_random_next(random) & mask;
    } while (draw > width);
    return (int64_t)((uint64_t)low + draw);
}
