/* What a search may take, and where its chance comes from. */
#ifndef CAS_LIMITS_H
#define CAS_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* What is known so far; both bounds hold at any time. */
struct cas_progress {
    const char *phase; /* a constant */
    double lower, upper;
    double seconds; /* since the start */
};

struct cas_limits {
    double seconds;  /* > 0; what is found by then is the answer. INFINITY: until it is proved */
    double deadline; /* by cas_clock(); 0: `seconds` from now */
    uint64_t seed;
    bool weighted; /* ties count by their weight, not one each */
    bool once;     /* one best solution will do: do not look for others */
    void (*progress)(void *self, const struct cas_progress *progress); /* may be NULL */
    void *self;
};

/* Seconds on a clock that only goes forward. */
static inline double
cas_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine. */
struct cas_random {
    uint64_t state;
};

static inline uint64_t
cas_random_next(struct cas_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* When what begins now ends at the latest. */
static inline double
cas_limits_deadline(const struct cas_limits *limits)
{
    return limits->deadline > 0 ? limits->deadline : cas_clock() + limits->seconds;
}

/* A number below `bound` > 0; the bias is below bound / 2^32. */
static inline uint32_t
cas_random_below(struct cas_random *random, uint32_t bound)
{
    return (uint32_t)(((cas_random_next(random) >> 32) * bound) >> 32);
}

#endif
