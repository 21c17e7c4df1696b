/* Communities of support: the pairs, igraph's answer for each seed, the best of them. */
#include "analysis/balance/communities.h"

#include <math.h>
#include <string.h>

#include "analysis/balance/blocs.h"
#include "analysis/balance/proofs.h"
#include "analysis/centrality/measure.h"
#include "base/child.h"
#include "base/fault.h"

struct search {
    struct cas_arcs pairs;
    uint32_t *from, *to;
    double *weight, *answer, *inside, *strength;
    uint32_t *found[CAS_COMMUNITY_SEEDS]; /* from 0 by their first actor */
    bool *joined;                         /* the actor has support */
};

/* --- pairs -------------------------------------------------------------------------------- */

static enum casus_status
take_support(const struct casus_graph *graph, struct cas_dyad **out, size_t *out_count,
             struct casus_error *err)
{
    uint32_t all = casus_graph_tie_count(graph);
    size_t count = 0;
    struct cas_contact_tie *ties = cas_alloc(((size_t)all + 1) * sizeof *ties);
    if (!ties)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < all; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (tie->relation == CASUS_SUPPORT)
            ties[count++] = (struct cas_contact_tie){tie->from, tie->to, tie->weight, tie->relation,
                                                     tie->directed};
    }
    enum casus_status status =
        cas_dyads(casus_graph_actor_count(graph), ties, count, out, out_count, err);
    cas_free(ties);
    return status;
}

static bool
search_alloc(struct search *search, uint32_t n, size_t pairs)
{
    search->from = cas_alloc((pairs + 1) * sizeof *search->from);
    search->to = cas_alloc((pairs + 1) * sizeof *search->to);
    search->weight = cas_alloc((pairs + 1) * sizeof *search->weight);
    search->answer = cas_zalloc((size_t)n + 1, sizeof *search->answer);
    search->inside = cas_zalloc((size_t)n + 1, sizeof *search->inside);
    search->strength = cas_zalloc((size_t)n + 1, sizeof *search->strength);
    search->joined = cas_zalloc((size_t)n + 1, sizeof *search->joined);
    bool good = search->from && search->to && search->weight && search->answer && search->inside &&
                search->strength && search->joined;
    for (int i = 0; i < CAS_COMMUNITY_SEEDS; i++) {
        search->found[i] = cas_zalloc((size_t)n + 1, sizeof *search->found[i]);
        good = good && search->found[i];
    }
    return good;
}

static void
search_done(struct search *search)
{
    cas_free(search->from);
    cas_free(search->to);
    cas_free(search->weight);
    cas_free(search->answer);
    cas_free(search->inside);
    cas_free(search->strength);
    cas_free(search->joined);
    for (int i = 0; i < CAS_COMMUNITY_SEEDS; i++)
        cas_free(search->found[i]);
}

static void
set_pairs(struct search *search, uint32_t n, const struct cas_dyad *dyads, size_t count,
          bool weighted)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cas_dyad *dyad = &dyads[i];
        if (weighted && !(dyad->positive > 0))
            continue;
        search->from[kept] = dyad->a;
        search->to[kept] = dyad->b;
        search->weight[kept++] = weighted ? dyad->positive : 1;
        search->joined[dyad->a] = search->joined[dyad->b] = true;
    }
    search->pairs = (struct cas_arcs){n, kept, search->from, search->to, search->weight};
}

/* --- seeds -------------------------------------------------------------------------------- */

static enum casus_status
ask(struct search *search, uint64_t seed, uint32_t *out, uint32_t *scratch, struct casus_error *err)
{
    enum casus_status status = cas_igraph_leiden(&search->pairs, seed, search->answer, err);
    if (status != CASUS_OK)
        return status;
    for (uint32_t v = 0; v < search->pairs.n; v++)
        out[v] = (uint32_t)search->answer[v];
    cas_blocs_number(search->pairs.n, out, scratch);
    return CASUS_OK;
}

static enum casus_status
ask_all(struct search *search, uint64_t seed, struct casus_error *err)
{
    uint32_t *scratch = cas_alloc(((size_t)search->pairs.n + 1) * sizeof *scratch);
    enum casus_status status = scratch ? CASUS_OK : cas_fail_memory(err);
    for (uint32_t i = 0; status == CASUS_OK && i < CAS_COMMUNITY_SEEDS; i++)
        status = ask(search, seed + i, search->found[i], scratch, err);
    cas_free(scratch);
    return status;
}

/* Sum over communities of (weight inside) / m − (strength / 2m)². */
static double
modularity(struct search *search, const uint32_t *of)
{
    const struct cas_arcs *pairs = &search->pairs;
    double all = 0, sum = 0;
    for (uint32_t v = 0; v < pairs->n; v++)
        search->inside[v] = search->strength[v] = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t a = of[pairs->from[i]], b = of[pairs->to[i]];
        all += pairs->weight[i];
        search->strength[a] += pairs->weight[i];
        search->strength[b] += pairs->weight[i];
        search->inside[a] += a == b ? pairs->weight[i] : 0;
    }
    for (uint32_t c = 0; c < pairs->n; c++) {
        double share = search->strength[c] / (2 * all);
        sum += search->inside[c] / all - share * share;
    }
    return sum;
}

/* @return the best, the first of equals */
static const uint32_t *
choose(struct search *search, double *out_modularity)
{
    const uint32_t *best = NULL;
    for (int i = 0; i < CAS_COMMUNITY_SEEDS; i++) {
        double quality = modularity(search, search->found[i]);
        if (!best || quality > *out_modularity + 1e-12) {
            best = search->found[i];
            *out_modularity = quality;
        }
    }
    return best;
}

static bool
compare(const struct search *search, struct cas_communities *out)
{
    double sum = 0, pairs = 0;
    out->least_agreement = 1;
    for (int i = 0; i < CAS_COMMUNITY_SEEDS; i++) {
        for (int j = 0; j < i; j++, pairs++) {
            double index = cas_adjusted_rand(search->pairs.n, search->found[i], search->found[j],
                                             search->joined);
            sum += index;
            out->least_agreement = fmin(out->least_agreement, index);
        }
    }
    out->agreement = sum / pairs;
    return !isnan(sum);
}

static void
number_joined(const struct search *search, const uint32_t *of, uint32_t *number,
              struct cas_communities *out)
{
    for (uint32_t v = 0; v < search->pairs.n; v++)
        number[v] = 0;
    for (uint32_t v = 0; v < search->pairs.n; v++) {
        uint32_t *known = &number[of[v]];
        if (search->joined[v] && !*known)
            *known = ++out->count;
        out->of[v] = search->joined[v] ? *known : 0;
    }
}

static enum casus_status
find(struct search *search, uint64_t seed, struct cas_communities *out, struct casus_error *err)
{
    uint32_t *number = cas_alloc(((size_t)search->pairs.n + 1) * sizeof *number);
    enum casus_status status = number ? ask_all(search, seed, err) : cas_fail_memory(err);
    if (status == CASUS_OK && !compare(search, out))
        status = cas_fail_memory(err);
    if (status == CASUS_OK)
        number_joined(search, choose(search, &out->modularity), number, out);
    cas_free(number);
    return status;
}

/* --- in time ------------------------------------------------------------------------------ */

enum { SOON_DONE = 5000 }; /* ties: some tenths of a second */

struct errand {
    struct search *search;
    uint64_t seed;
    struct cas_communities *out;
};

/* The answer, then the number of each actor. */
static bool
work(void *context, int fd)
{
    struct errand *errand = context;
    struct cas_communities *out = errand->out;
    return find(errand->search, errand->seed, out, NULL) == CASUS_OK &&
           cas_child_send(fd, out, sizeof *out) &&
           cas_child_send(fd, out->of, errand->search->pairs.n * sizeof *out->of);
}

static const char *
reason(enum cas_child_end end)
{
    return end == CAS_CHILD_TIME ? "the time limit was reached"
                                 : "the search died, most likely for want of memory";
}

/* igraph knows no deadline: so in a process that can be ended. */
static void
find_in_time(struct search *search, const struct cas_limits *limits, struct cas_communities *out)
{
    struct errand errand = {search, limits->seed, out};
    struct cas_buffer inbox;
    uint32_t *of = out->of;
    size_t size = search->pairs.n * sizeof *of;
    double left = cas_limits_deadline(limits) - cas_clock();
    enum cas_child_end end = CAS_CHILD_TIME;
    cas_buffer_init(&inbox);
    if (left > 0)
        end = cas_child_run(work, &errand, left, CAS_WORKER_MEMORY, &inbox);
    if (end == CAS_CHILD_DONE && inbox.n == sizeof *out + size) {
        memcpy(out, inbox.s, sizeof *out);
        memcpy(of, inbox.s + sizeof *out, size);
        out->of = of;
    } else {
        out->undefined = reason(end);
    }
    cas_buffer_done(&inbox);
}

/* --- all of it ---------------------------------------------------------------------------- */

static enum casus_status
search_pairs(struct search *search, const struct cas_limits *limits, struct cas_communities *out,
             struct casus_error *err)
{
    for (uint32_t v = 0; v < search->pairs.n; v++)
        out->of[v] = 0;
    if (!search->pairs.count)
        out->undefined = "no support joins two actors";
    else if (search->pairs.count <= SOON_DONE)
        return find(search, limits->seed, out, err);
    else
        find_in_time(search, limits, out);
    return CASUS_OK;
}

enum casus_status
cas_communities_find(struct cas_arena *arena, const struct casus_graph *graph,
                     const struct cas_limits *limits, struct cas_communities *out,
                     struct casus_error *err)
{
    uint32_t n = casus_graph_actor_count(graph);
    struct search search = {0};
    struct cas_dyad *dyads = NULL;
    size_t count = 0;
    struct cas_communities made = {.modularity = NAN,
                                   .agreement = NAN,
                                   .least_agreement = NAN,
                                   .of = cas_arena_alloc(arena, ((size_t)n + 1) * sizeof *made.of)};
    enum casus_status status =
        made.of ? take_support(graph, &dyads, &count, err) : cas_fail_memory(err);
    if (status == CASUS_OK && !search_alloc(&search, n, count))
        status = cas_fail_memory(err);
    if (status == CASUS_OK) {
        set_pairs(&search, n, dyads, count, limits->weighted);
        status = search_pairs(&search, limits, &made, err);
    }
    search_done(&search);
    cas_free(dyads);
    if (status == CASUS_OK)
        *out = made;
    return status;
}
