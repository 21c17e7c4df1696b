/* Change points by permutation. */
#include "analysis/change/shifts.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/random.h"

enum { SIDE = 2 }; /* numbers that a side of a cut holds at least */

/* Of the numbers before a cut: their sum where nothing changes, and how far off it must be to be as
 * far as it is. */
struct bound {
    double expected, off;
};

/* What is left of a series without the windows that have no number. */
struct kept {
    double *numbers, *spare;
    struct bound *bounds;
    uint32_t *windows, count;
};

static double
sum_of(const double *numbers, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum;
}

/* The sum of the first k of these numbers where nothing changes. */
static double
expected(uint32_t k, uint32_t count, double all)
{
    return (double)k / count * all;
}

/* By what the difference from that is divided. */
static double
scale(uint32_t k, uint32_t count)
{
    return sqrt((double)k / count * (count - k));
}

static double
cut(const double *numbers, uint32_t count, uint32_t *out_at)
{
    double all = sum_of(numbers, count), sum = 0, best = -1;
    for (uint32_t k = 1; k + SIDE <= count; k++) {
        sum += numbers[k - 1];
        double size = fabs(sum - expected(k, count, all)) / scale(k, count);
        if (k >= SIDE && size > best * (1 + 1e-12)) {
            best = size;
            *out_at = k;
        }
    }
    return best;
}

static bool
reaches(const double *numbers, uint32_t count, const struct bound *bounds)
{
    double sum = 0;
    for (uint32_t k = 1; k + SIDE <= count; k++) {
        sum += numbers[k - 1];
        if (fabs(sum - bounds[k].expected) >= bounds[k].off)
            return true;
    }
    return false;
}

static double
mean(const double *numbers, uint32_t count)
{
    return sum_of(numbers, count) / count;
}

/* cas_random_between(0, i - 1) for each i in turn, whose mask is halved as i comes down. */
static void
shuffle(double *numbers, uint32_t count, struct cas_random *random)
{
    uint64_t mask = UINT32_MAX;
    for (uint32_t i = count; i > 1; i--) {
        uint64_t j;
        while (mask >> 1 >= i - 1)
            mask >>= 1;
        do
            j = cas_random_next(random) & mask;
        while (j > i - 1);
        double swap = numbers[i - 1];
        numbers[i - 1] = numbers[j];
        numbers[j] = swap;
    }
}

/* The luck of a test belongs to its series and to where it looks, not to how many came before. */
static double
chance(const struct cas_shifts *shifts, enum casus_series series, const struct kept *kept,
       uint32_t begin, uint32_t end, double size)
{
    uint32_t as_good = 0, count = end - begin;
    uint64_t thing = (uint64_t)series << 48 | (uint64_t)begin << 24 | end;
    struct cas_random random = cas_random_of(shifts->seed, 0, thing);
    double all = sum_of(kept->numbers + begin, count);
    for (uint32_t i = 0; i < count; i++) {
        kept->spare[i] = kept->numbers[begin + i];
        kept->bounds[i] = (struct bound){expected(i, count, all),
                                         i < SIDE ? INFINITY : size * (1 - 1e-9) * scale(i, count)};
    }
    for (uint32_t i = 0; i < shifts->permutations; i++) {
        shuffle(kept->spare, count, &random);
        as_good += reaches(kept->spare, count, kept->bounds);
    }
    return (1.0 + as_good) / (1.0 + shifts->permutations);
}

static bool
test(struct cas_shifts *shifts, enum casus_series series, const struct kept *kept, uint32_t begin,
     uint32_t end)
{
    uint32_t at = 0;
    if (end - begin < CAS_SHIFT_LEAST)
        return true;
    double size = cut(kept->numbers + begin, end - begin, &at);
    at += begin;
    struct casus_shift shift = {.series = series,
                                .begin = kept->windows[begin],
                                .end = kept->windows[end - 1] + 1,
                                .at = kept->windows[at],
                                .before = mean(kept->numbers + begin, at - begin),
                                .after = mean(kept->numbers + at, end - at),
                                .p = chance(shifts, series, kept, begin, end, size)};
    if (!cas_grow(&shifts->tests, &shifts->room, (size_t)shifts->count + 1, sizeof *shifts->tests))
        return false;
    shifts->tests[shifts->count++] = shift;
    if (shift.p > 0.05)
        return true;
    return test(shifts, series, kept, begin, at) && test(shifts, series, kept, at, end);
}

bool
cas_shifts_find(struct cas_shifts *shifts, enum casus_series series, const double *numbers,
                uint32_t count)
{
    struct kept kept = {.numbers = cas_zalloc((size_t)count + 1, sizeof(double)),
                        .spare = cas_zalloc((size_t)count + 1, sizeof(double)),
                        .bounds = cas_zalloc((size_t)count + 1, sizeof(struct bound)),
                        .windows = cas_zalloc((size_t)count + 1, sizeof(uint32_t))};
    bool done = kept.numbers && kept.spare && kept.bounds && kept.windows;
    for (uint32_t i = 0; done && i < count; i++) {
        if (!isnan(numbers[i])) {
            kept.windows[kept.count] = i;
            kept.numbers[kept.count++] = numbers[i];
        }
    }
    done = done && test(shifts, series, &kept, 0, kept.count);
    cas_free(kept.numbers);
    cas_free(kept.spare);
    cas_free(kept.bounds);
    cas_free(kept.windows);
    return done;
}

struct ranked {
    double p;
    uint32_t test;
};

static int
by_p(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->p < b->p || a->p > b->p)
        return a->p < b->p ? -1 : 1;
    return (a->test > b->test) - (a->test < b->test);
}

bool
cas_shifts_correct(struct cas_shifts *shifts)
{
    struct ranked *ranked = cas_zalloc((size_t)shifts->count + 1, sizeof *ranked);
    if (!ranked)
        return false;
    for (uint32_t i = 0; i < shifts->count; i++)
        ranked[i] = (struct ranked){shifts->tests[i].p, i};
    qsort(ranked, shifts->count, sizeof *ranked, by_p);
    double least = 0;
    for (uint32_t i = 0; i < shifts->count; i++) {
        double corrected = ranked[i].p * (shifts->count - i);
        least = corrected > least ? corrected : least;
        shifts->tests[ranked[i].test].corrected = least < 1 ? least : 1;
    }
    cas_free(ranked);
    return true;
}
