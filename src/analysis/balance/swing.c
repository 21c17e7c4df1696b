/* Best splits other than the one known.
 *
 * The partition into groups starts with all actors in one and is refined by every best split that
 * is found: by walking over single changes that cost nothing, then by branch and cut with a small
 * bonus for each tie inside of a group that stands otherwise than before. When there is none, all neighbours
 * of one group are inseparable; pairs without a tie are asked about by a tie of no weight. First
 * the prices of the linear program tell of most ties that they are the same in every best split;
 * their ends become one actor.
 */
#include "analysis/balance/swing.h"
#include "analysis/joined.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/balance/odd.h"

enum { WALK_FACTOR = 50 };

struct swing {
    const struct cas_net *net; /* weights, with ties of no weight at the end */
    uint32_t weighty;          /* ties of weight */
    const int8_t *camp;
    int64_t cost, grain;
    double unit, deadline;
    double value, bonus; /* of `camp`; of a tie that stands otherwise */
    uint32_t *group;
    uint32_t *first; /* scratch: n + 1, twice */
    int8_t *other;   /* a split in the making */
    struct cas_odd *odd;
    struct cas_rows pool; /* cuts found so far */
    bool found, failed;
};

/* --- groups ------------------------------------------------------------------------------- */

/* Part the actors of a group that stand otherwise to each other in `other` than in `camp`. */
static void
refine(struct swing *s, const int8_t *other)
{
    uint32_t n = s->net->n;

    /* the first actor of each group, by whether the split agrees with `camp` */
    for (uint32_t i = 0; i < 2 * n; i++) {
        s->first[i] = UINT32_MAX;
    }
    for (uint32_t v = 0; v < n; v++) {
        uint32_t *slot = &s->first[2 * s->group[v] + (other[v] == s->camp[v])];
        *slot = *slot == UINT32_MAX ? v : *slot;
        s->group[v] = *slot;
    }
}

static int64_t
weighty_cost(const struct swing *s, const int8_t *camp)
{
    int64_t cost = 0;

    for (uint32_t e = 0; e < s->weighty; e++) {
        const struct cas_edge *edge = &s->net->edges[e];
        cost += cas_frustrated(edge, camp) ? cas_weight(edge->pull) : 0;
    }
    return cost;
}

/* What a change of v's camp costs. */
static int64_t
price(const struct swing *s, const int8_t *camp, uint32_t v)
{
    int64_t sum = 0;

    for (uint32_t i = s->net->begin[v]; i < s->net->begin[v + 1]; i++) {
        struct cas_arc arc = s->net->arcs[i];
        int64_t pull = arc.edge < s->weighty ? s->net->edges[arc.edge].pull : 0;
        sum += camp[arc.to] == camp[v] ? pull : -pull;
    }
    return sum;
}

/* An actor that can change camp at no cost parts from everybody. */
static void
walk_plateau(struct swing *s, struct cas_random *random)
{
    uint32_t n = s->net->n;

    for (uint32_t i = 0; i < WALK_FACTOR * n && (i % 1024 != 0 || cas_clock() < s->deadline); i++) {
        uint32_t v = cas_random_below(random, n);
        if (price(s, s->other, v) == 0) {
            s->other[v] = (int8_t)-s->other[v];
            refine(s, s->other);
        }
    }
}

/* --- the program: another best split ------------------------------------------------------ */

static void
separate(void *self, const double *x, struct cas_rows *out)
{
    struct swing *s = self;

    cas_odd_separate(s->odd, x, INT32_MAX, out);
    for (int r = 0; r < out->count; r++) {
        for (int k = out->begin[r]; k < out->begin[r + 1]; k++) {
            cas_rows_entry(&s->pool, (uint32_t)out->index[k], out->value[k]);
        }
        cas_rows_close(&s->pool, out->lower[r]);
    }
    s->failed = s->failed || s->pool.failed;
}

static bool
imply(void *self, int8_t *fixed)
{
    struct swing *s = self;
    return cas_odd_imply(s->odd, fixed);
}

static bool
parts_a_group(const struct swing *s, const int8_t *other)
{
    for (uint32_t v = 0; v < s->net->n; v++) {
        uint32_t u = s->group[v];
        if ((other[v] == s->camp[v]) != (other[u] == s->camp[u])) {
            return true;
        }
    }
    return false;
}

/* Any new best split ends the search, as the next one asks for less. */
static double
look(void *self, const double *x)
{
    struct swing *s = self;

    cas_odd_round(s->odd, x, s->other);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t v = 0; v < s->net->n; v++) {
            if (price(s, s->other, v) < 0) {
                s->other[v] = (int8_t)-s->other[v];
                changed = true;
            }
        }
    }
    if (weighty_cost(s, s->other) == s->cost && parts_a_group(s, s->other)) {
        s->found = true;
        return -HUGE_VAL;
    }
    return HUGE_VAL;
}

/* The cost of a split, and a little less for each tie inside of a group that stands otherwise than
 * in `camp`: so little that all of it together is less than the next higher cost.
 * @return how many ties are asked about */
static uint32_t
objective(struct swing *s, double *cost)
{
    uint32_t asked = 0;

    for (uint32_t e = 0; e < s->net->m; e++) {
        const struct cas_edge *edge = &s->net->edges[e];
        asked += s->group[edge->a] == s->group[edge->b];
    }
    s->bonus = (double)s->grain / s->unit / (2.0 * asked + 2);
    s->value = (double)s->cost / s->unit;
    for (uint32_t e = 0; e < s->net->m; e++) {
        const struct cas_edge *edge = &s->net->edges[e];
        bool bad = cas_frustrated(edge, s->camp);
        cost[e] = e < s->weighty ? (double)cas_weight(edge->pull) / s->unit : 0;
        if (s->group[edge->a] == s->group[edge->b]) {
            cost[e] += bad ? s->bonus : -s->bonus;
            s->value += bad ? s->bonus : 0;
        }
    }
    return asked;
}

/* @return CAS_BRANCH_DONE with s->found: a new best split is in s->other; without: there is none */
static enum cas_branch_answer
ask(struct swing *s)
{
    double *cost = cas_alloc(((size_t)s->net->m + 1) * sizeof(*cost)), lower;
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;

    s->found = false;
    if (s->net->m == 0) {
        answer = CAS_BRANCH_DONE;
    } else if (cost) {
        struct cas_branch problem = {.columns = s->net->m,
                                     .cost = cost,
                                     .self = s,
                                     .deadline = s->deadline,
                                     .first = &s->pool,
                                     .separate = separate,
                                     .imply = imply,
                                     .round = look};
        if (objective(s, cost) == 0) {
            answer = CAS_BRANCH_DONE;
        } else if (s->bonus < 1e-8 * (1 + s->value)) {
            answer = CAS_BRANCH_STOPPED; /* a bonus that drowns in rounding would prove anything */
        } else {
            problem.upper = s->value - s->bonus / 2;
            answer = cas_branch_run(&problem, &lower);
        }
    }
    cas_free(cost);
    return s->failed ? CAS_BRANCH_NO_MEMORY : answer;
}

/* --- pairs without a tie ------------------------------------------------------------------ */

/* Where a group is in pieces that no tie inside of it joins, join them by ties of no weight (a
 * pull of 1, for its sign). @return how many, or UINT32_MAX without memory */
static uint32_t
add_ties(struct swing *s, struct cas_net **inout_own)
{
    const struct cas_net *net = s->net;
    struct cas_edge *edges = cas_alloc(((size_t)net->m + net->n + 1) * sizeof(*edges));
    uint32_t *up = s->first, count = 0;
    struct cas_net *grown = NULL;

    for (uint32_t v = 0; v < net->n; v++) {
        up[v] = v;
    }
    for (uint32_t e = 0; e < net->m && edges; e++) {
        edges[e] = net->edges[e];
        if (s->group[edges[e].a] == s->group[edges[e].b]) {
            cas_joined_join(up, edges[e].a, edges[e].b);
        }
    }
    for (uint32_t v = 0; v < net->n && edges; v++) {
        if (cas_joined_first(up, v) == v && s->group[v] != v) {
            int64_t pull = s->camp[v] == s->camp[s->group[v]] ? 1 : -1;
            edges[net->m + count++] = (struct cas_edge){s->group[v], v, pull};
        }
    }
    if (edges && count > 0) {
        grown = cas_net_new(net->n, edges, net->m + count);
    }
    cas_free(edges);
    if (!edges || (count > 0 && !grown)) {
        return UINT32_MAX;
    }
    if (grown) {
        cas_net_free(*inout_own);
        *inout_own = grown;
        s->net = grown;
    }
    return count;
}

/* --- one network -------------------------------------------------------------------------- */

static bool
swing_init(struct swing *s)
{
    size_t n = (size_t)s->net->n + 1;

    s->weighty = s->net->m;
    s->cost = weighty_cost(s, s->camp);
    s->group = cas_zalloc(n, sizeof(*s->group));
    s->first = cas_alloc(2 * n * sizeof(*s->first));
    s->other = cas_alloc(n);
    s->unit = s->net->m == 0;
    for (uint32_t e = 0; e < s->net->m; e++) {
        s->unit += (double)cas_weight(s->net->edges[e].pull) / s->net->m;
    }
    return s->group && s->first && s->other;
}

static void
swing_done(struct swing *s)
{
    cas_free(s->group);
    cas_free(s->first);
    cas_free(s->other);
    cas_rows_done(&s->pool);
    cas_odd_free(s->odd);
}

/* Ask until there is nothing new about the ties that there are. */
static enum cas_branch_answer
ask_all(struct swing *s, struct cas_random *random)
{
    enum cas_branch_answer answer;

    cas_odd_free(s->odd);
    s->odd = cas_odd_new(s->net, s->camp);
    if (!s->odd) {
        return CAS_BRANCH_NO_MEMORY;
    }
    do {
        answer = ask(s);
        if (answer == CAS_BRANCH_DONE && s->found) {
            refine(s, s->other);
            walk_plateau(s, random);
        }
    } while (answer == CAS_BRANCH_DONE && s->found);
    return answer;
}

static enum cas_branch_answer
search(const struct cas_net *net, const int8_t *camp, int64_t grain, double deadline,
       uint32_t *out_group)
{
    struct swing s = {.net = net, .camp = camp, .grain = grain, .deadline = deadline};
    struct cas_random random = {1};
    struct cas_net *own = NULL;
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;

    if (swing_init(&s)) {
        uint32_t added;
        memcpy(s.other, camp, net->n);
        walk_plateau(&s, &random);
        do {
            answer = ask_all(&s, &random);
            added = answer == CAS_BRANCH_DONE ? add_ties(&s, &own) : 0;
        } while (added > 0 && added != UINT32_MAX);
        answer = added == UINT32_MAX ? CAS_BRANCH_NO_MEMORY : answer;
        memcpy(out_group, s.group, net->n * sizeof(*out_group));
    }
    swing_done(&s);
    cas_net_free(own);
    return answer;
}

static void
exhaust(const struct cas_net *net, uint32_t *out_group)
{
    uint32_t together[CAS_EXHAUST_MAX];
    int8_t camp[CAS_EXHAUST_MAX];

    cas_exhaust(net, camp, together);
    for (uint32_t v = 0; v < net->n; v++) {
        out_group[v] = (uint32_t)__builtin_ctz(together[v]);
    }
}

static enum cas_branch_answer
groups_of(const struct cas_net *net, const int8_t *camp, int64_t grain, double deadline,
          uint32_t *out_group)
{
    if (net->n <= CAS_EXHAUST_MAX) {
        exhaust(net, out_group);
        return CAS_BRANCH_DONE;
    }
    return search(net, camp, grain, deadline, out_group);
}

/* --- what prices tell --------------------------------------------------------------------- */

struct prices {
    struct cas_odd *odd;
};

static void
separate_prices(void *self, const double *x, struct cas_rows *out)
{
    struct prices *prices = self;
    cas_odd_separate(prices->odd, x, INT32_MAX, out);
}

static bool
imply_prices(void *self, int8_t *fixed)
{
    struct prices *prices = self;
    return cas_odd_imply(prices->odd, fixed);
}

static double
no_better(void *self, const double *x)
{
    return HUGE_VAL;
}

/* The program whose solutions are worse than best are of no interest, at its root. */
static bool
fix_by_prices(const struct cas_net *net, const int8_t *camp, int64_t grain, double deadline,
              int8_t *fixed)
{
    struct prices prices = {cas_odd_new(net, camp)};
    double *cost = cas_alloc(((size_t)net->m + 1) * sizeof(*cost)), unit = 0, lower;
    struct cas_cycles cycles = {0};
    struct cas_rows first = {0};
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;
    int64_t sum;

    memset(fixed, -1, net->m);
    for (uint32_t e = 0; e < net->m; e++) {
        unit += (double)cas_weight(net->edges[e].pull) / net->m;
    }
    cas_pack(net, camp, deadline, &cycles, &sum);
    cas_odd_rows(&cycles, &first);
    if (prices.odd && cost && !first.failed && sum != INT64_MIN) {
        double best = (double)cas_net_cost(net, camp) / unit, step = (double)grain / unit;
        struct cas_branch problem = {.columns = net->m,
                                     .cost = cost,
                                     .offset = best,
                                     .grain = step,
                                     .upper = best + fmax(step, 1e-6 * best),
                                     .deadline = deadline,
                                     .self = &prices,
                                     .first = &first,
                                     .separate = separate_prices,
                                     .imply = imply_prices,
                                     .round = no_better,
                                     .root = fixed};
        for (uint32_t e = 0; e < net->m; e++) {
            cost[e] = (double)cas_weight(net->edges[e].pull) / unit;
        }
        problem.grain = step < 1e-7 * (1 + best) ? 0 : step;
        answer = cas_branch_run(&problem, &lower);
    }
    cas_odd_free(prices.odd);
    cas_rows_done(&first);
    cas_cycles_done(&cycles);
    cas_free(cost);
    return answer != CAS_BRANCH_NO_MEMORY;
}

static int
by_ends(const void *x, const void *y)
{
    const struct cas_edge *a = x, *b = y;
    return a->a != b->a ? (a->a < b->a ? -1 : 1) : a->b != b->b ? (a->b < b->b ? -1 : 1) : 0;
}

/* The network of what ties of known relation join, as seen from `camp`: every camp +1. `place`
 * gets the number of each actor in it. NULL without memory. */
static struct cas_net *
contract(const struct cas_net *net, const int8_t *camp, const int8_t *fixed, uint32_t *place)
{
    struct cas_edge *edges = cas_alloc(((size_t)net->m + 1) * sizeof(*edges));
    struct cas_net *small = NULL;
    uint32_t count = 0, kept = 0, actors = 0;

    for (uint32_t v = 0; v < net->n; v++) {
        place[v] = v;
    }
    for (uint32_t e = 0; e < net->m; e++) {
        if (fixed[e] == cas_frustrated(&net->edges[e], camp)) {
            cas_joined_join(place, net->edges[e].a, net->edges[e].b);
        }
    }
    for (uint32_t v = 0; v < net->n; v++) { /* a representative is the first of its own */
        uint32_t root = cas_joined_first(place, v);
        place[v] = root == v ? v : root;
    }
    for (uint32_t v = 0; v < net->n; v++) {
        place[v] = place[v] == v ? actors++ : place[place[v]];
    }
    for (uint32_t e = 0; e < net->m && edges; e++) {
        const struct cas_edge *edge = &net->edges[e];
        uint32_t a = place[edge->a], b = place[edge->b];
        if (a != b) {
            edges[count++] = (struct cas_edge){a < b ? a : b, a < b ? b : a,
                                               edge->pull * camp[edge->a] * camp[edge->b]};
        }
    }
    if (edges) {
        qsort(edges, count, sizeof(*edges), by_ends);
        for (uint32_t e = 0; e < count; e++) {
            if (kept > 0 && by_ends(&edges[kept - 1], &edges[e]) == 0) {
                edges[kept - 1].pull += edges[e].pull;
            } else {
                kept += kept > 0 && edges[kept - 1].pull == 0 ? 0 : 1;
                edges[kept - 1] = edges[e];
            }
        }
        kept -= kept > 0 && edges[kept - 1].pull == 0;
        small = cas_net_new(actors, edges, kept);
    }
    cas_free(edges);
    return small;
}

static enum cas_branch_answer
groups_by_contraction(const struct cas_net *net, const struct cas_net *small, int64_t grain,
                      double deadline, const uint32_t *place, uint32_t *out_group)
{
    uint32_t *group = cas_alloc(((size_t)small->n + 1) * sizeof(*group));
    uint32_t *first = cas_alloc(((size_t)small->n + 1) * sizeof(*first));
    int8_t *camp = cas_alloc((size_t)small->n + 1);
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;

    if (group && first && camp) {
        memset(camp, 1, small->n);
        answer = groups_of(small, camp, grain, deadline, group);
        memset(first, 0xff, small->n * sizeof(*first));
        for (uint32_t v = 0; v < net->n && answer != CAS_BRANCH_NO_MEMORY; v++) {
            uint32_t *slot = &first[group[place[v]]];
            *slot = *slot == UINT32_MAX ? v : *slot;
            out_group[v] = *slot;
        }
    }
    cas_free(group);
    cas_free(first);
    cas_free(camp);
    return answer;
}

/* Half of the time that is left. */
static double
half_way(double deadline)
{
    double now = cas_clock();
    return isfinite(deadline) ? now + (deadline - now) / 2 : deadline;
}

enum cas_branch_answer
cas_swing_groups(const struct cas_net *net, const int8_t *camp, int64_t grain, double deadline,
                 uint32_t *out_group)
{
    int8_t *fixed = cas_alloc((size_t)net->m + 1);
    uint32_t *place = cas_alloc(((size_t)net->n + 1) * sizeof(*place));
    enum cas_branch_answer answer = CAS_BRANCH_NO_MEMORY;

    if (net->n <= CAS_EXHAUST_MAX) {
        answer = groups_of(net, camp, grain, deadline, out_group);
    } else if (fixed && place && fix_by_prices(net, camp, grain, half_way(deadline), fixed)) {
        struct cas_net *small = contract(net, camp, fixed, place);
        if (small) {
            answer = groups_by_contraction(net, small, grain, deadline, place, out_group);
        }
        cas_net_free(small);
    }
    cas_free(fixed);
    cas_free(place);
    return answer;
}
