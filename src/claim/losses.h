/* Losses reconciled: what several tellers say of one event becomes one figure. Never an average.
 *
 * A teller is one claim, or the data set itself (its own figures). Rules, in this order:
 *
 * 1. A teller that gives an actor's loss of one kind in several rows (after roll-up: for several
 *    parts of the actor) means their sum.
 * 2. Between tellers of the same actor and kind: low is the least that anybody gives, high the
 *    most, and a teller without an upper bound ("at least 12") leaves none; best stands only where
 *    all who give a best give the same.
 * 3. Between actors, and between events, figures add up: low is the sum of the least, high the sum
 *    of the most (no bound where one has none), best only where every figure has one.
 * 4. A figure for a set of kinds ("12 killed or missing") is a floor or ceiling of their sum. It
 *    gives no figure for one kind, and caps none: it counts in `figures` (evidence.c), not here.
 *
 * Figures of a part and of its whole are figures of two actors, unless roll-up makes them one.
 */
#ifndef CAS_LOSSES_H
#define CAS_LOSSES_H

#include <casus/evidence.h>

/* One row: what `teller` says that `actor` lost. `actor` CASUS_NONE: of nobody known. */
struct cas_told {
    uint32_t actor, teller;
    uint8_t what;
    struct casus_figure figure;
};

/* What one actor lost in one event. */
struct cas_lost {
    uint32_t actor;
    struct casus_figure of[CASUS_LOSS_COUNT];
};

/* Rule 3. All zero is the empty sum. Adding is commutative and associative. */
struct cas_sum {
    int64_t low, best, high;
    uint32_t figures; /* added */
    uint32_t lows, bests,
        highs; /* of these: with a low or best; with a best; with an upper bound */
};
/* Add a figure as somebody gave it; one that is not known adds nothing. */
void cas_sum_add(struct cas_sum *sum, const struct casus_figure *figure);
/* Add a reconciled figure or a sum: there a high of -1 is no bound, whatever the best. */
void cas_sum_add_whole(struct cas_sum *sum, const struct casus_figure *figure);
void cas_sum_merge(struct cas_sum *sum, const struct cas_sum *other);
struct casus_figure cas_sum_figure(const struct cas_sum *sum);
/* a + b of counts that are not negative; stays at INT64_MAX. */
static inline int64_t
cas_count_add(int64_t a, int64_t b)
{
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}
/* cas_sum_add_whole() of a figure of which low, best and high are given. */
static inline void
cas_sum_add_given(struct cas_sum *sum, const struct casus_figure *figure)
{
    sum->low = cas_count_add(sum->low, figure->low);
    sum->best = cas_count_add(sum->best, figure->best);
    sum->high = cas_count_add(sum->high, figure->high);
    sum->figures++;
    sum->lows++;
    sum->bests++;
    sum->highs++;
}

/* Reconcile one event. Reorders `told`. Writes one row an actor into `out` (room for `count`), in
 * order of number, and the sums over actors. @return rows written */
size_t cas_losses(struct cas_told *told, size_t count, struct cas_lost *out,
                  struct casus_figure out_total[CASUS_LOSS_COUNT]);

#endif
