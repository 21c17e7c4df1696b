/* Numbers that look random and depend on nothing but what they are asked with.
 *
 * A stream belongs to (seed, round, thing): it is the same whoever asks for it, in whatever order
 * and in whichever process, so that one thing's luck never depends on that of others.
 * Source: SplitMix64, Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195.
 */
#ifndef CAS_RANDOM_H
#define CAS_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct cas_random {
    uint64_t state;
};

struct cas_random cas_random_of(uint64_t seed, uint64_t round, uint64_t thing);
uint64_t cas_random_next(struct cas_random *random);
/* Uniform in [0, 1). */
double cas_random_unit(struct cas_random *random);
/* True with probability p: never for 0, always for 1. */
bool cas_random_chance(struct cas_random *random, double p);
/* Uniform among low .. high, both included; low <= high. */
int64_t cas_random_between(struct cas_random *random, int64_t low, int64_t high);

#endif
