/* Shortest directed paths: betweenness, closeness, harmonic closeness.
 *
 * By hops with kernels of our own: a breadth-first search from each actor, level by level, and for
 * betweenness the way back (Brandes 2001). Each step between two levels goes over the arcs out of
 * the nearer or into the farther, whichever are fewer (Beamer et al. 2012). Dense graphs have a
 * kernel for themselves (paths_dense.c). By lengths 1/weight with igraph.
 */
#include "analysis/paths.h"

#include <math.h>
#include <string.h>

#include "analysis/measure.h"
#include "base/fault.h"

static const uint32_t unseen = UINT32_MAX;

/* A search from one actor. Level k is queue[begin[k] .. begin[k + 1]). */
struct search {
    const struct cas_contact *contact;
    uint32_t *queue, *begin, *hops;
    double *paths; /* shortest paths to each */
    double *share; /* (1 + dependency) / paths, on the way back */
    double *owed;  /* the sum of shares behind each, on the way back */
    uint32_t reached, levels;
    size_t arcs_beyond; /* into those not yet reached */
    bool counting;      /* paths; else one is as good as all */
};

static bool
search_init(struct search *search, const struct cas_contact *contact, bool counting)
{
    size_t n = (size_t)contact->arcs.n + 2;

    *search = (struct search){.contact = contact, .counting = counting};
    search->queue = cas_zalloc(n, sizeof(*search->queue));
    search->begin = cas_zalloc(n, sizeof(*search->begin));
    search->hops = cas_zalloc(n, sizeof(*search->hops));
    search->paths = cas_zalloc(n, sizeof(*search->paths));
    search->share = cas_zalloc(n, sizeof(*search->share));
    search->owed = cas_zalloc(n, sizeof(*search->owed));
    if (!search->queue || !search->begin || !search->hops || !search->paths || !search->share ||
        !search->owed) {
        return false;
    }
    memset(search->hops, 0xff, n * sizeof(*search->hops));
    return true;
}

static void
search_done(struct search *search)
{
    cas_free(search->queue);
    cas_free(search->begin);
    cas_free(search->hops);
    cas_free(search->paths);
    cas_free(search->share);
    cas_free(search->owed);
}

static size_t
arcs_of(const struct search *search, const size_t *index, uint32_t level)
{
    size_t sum = 0;
    for (uint32_t at = search->begin[level]; at < search->begin[level + 1]; at++) {
        uint32_t v = search->queue[at];
        sum += index[v + 1] - index[v];
    }
    return sum;
}

static void
discover(struct search *search, uint32_t v, uint32_t hops, double paths)
{
    const size_t *index = search->contact->in_begin;

    search->hops[v] = hops;
    search->paths[v] = paths;
    search->queue[search->reached++] = v;
    search->arcs_beyond -= index[v + 1] - index[v];
}

/* The next level, from the arcs that leave this one. */
static void
reach_forward(struct search *search, uint32_t level)
{
    const struct cas_contact *contact = search->contact;

    for (uint32_t at = search->begin[level]; at < search->begin[level + 1]; at++) {
        uint32_t v = search->queue[at];
        for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
            uint32_t w = contact->arcs.to[i];
            if (search->hops[w] == unseen) {
                discover(search, w, level + 1, search->paths[v]);
            } else if (search->hops[w] == level + 1) {
                search->paths[w] += search->paths[v];
            }
        }
    }
}

/* The same, from the arcs into all that are not reached yet. */
static void
reach_backward(struct search *search, uint32_t level)
{
    const struct cas_contact *contact = search->contact;

    for (uint32_t w = 0; w < contact->arcs.n; w++) {
        double paths = 0;
        if (search->hops[w] != unseen) {
            continue;
        }
        for (size_t i = contact->in_begin[w]; i < contact->in_begin[w + 1]; i++) {
            uint32_t v = contact->in_from[i];
            if (paths > 0 && !search->counting) {
                break;
            }
            paths += search->hops[v] == level ? search->paths[v] : 0;
        }
        if (paths > 0) {
            discover(search, w, level + 1, paths);
        }
    }
}

static void
search_from(struct search *search, uint32_t source)
{
    const struct cas_contact *contact = search->contact;
    uint32_t level = 0;

    search->reached = 0;
    search->arcs_beyond = contact->arcs.count;
    discover(search, source, 0, 1);
    search->begin[0] = 0;
    search->begin[1] = 1;
    while (search->begin[level] < search->reached) {
        size_t ahead = arcs_of(search, contact->out_begin, level);
        if (search->reached < contact->arcs.n && search->arcs_beyond > 0) {
            (ahead <= search->arcs_beyond + contact->arcs.n ? reach_forward
                                                            : reach_backward)(search, level);
        }
        level++;
        search->begin[level + 1] = search->reached;
    }
    search->levels = level;
}

static void
search_forget(struct search *search)
{
    for (uint32_t at = 0; at < search->reached; at++) {
        search->hops[search->queue[at]] = unseen;
    }
}

/* Sum the shares of level + 1 at those of level, over the arcs out of the nearer. */
static void
owe_forward(struct search *search, uint32_t level)
{
    const struct cas_contact *contact = search->contact;

    for (uint32_t at = search->begin[level]; at < search->begin[level + 1]; at++) {
        uint32_t v = search->queue[at];
        double sum = 0;
        for (size_t i = contact->out_begin[v]; i < contact->out_begin[v + 1]; i++) {
            uint32_t w = contact->arcs.to[i];
            sum += search->hops[w] == level + 1 ? search->share[w] : 0;
        }
        search->owed[v] = sum;
    }
}

/* The same, over the arcs into the farther. */
static void
owe_backward(struct search *search, uint32_t level)
{
    const struct cas_contact *contact = search->contact;

    for (uint32_t at = search->begin[level]; at < search->begin[level + 1]; at++) {
        search->owed[search->queue[at]] = 0;
    }
    for (uint32_t at = search->begin[level + 1]; at < search->begin[level + 2]; at++) {
        uint32_t w = search->queue[at];
        for (size_t i = contact->in_begin[w]; i < contact->in_begin[w + 1]; i++) {
            uint32_t v = contact->in_from[i];
            if (search->hops[v] == level) {
                search->owed[v] += search->share[w];
            }
        }
    }
}

/* Back from the farthest level: what the paths from the source owe to each actor between. False
 * where there are more paths than a double counts. */
static bool
add_dependencies(struct search *search, double *out)
{
    const struct cas_contact *contact = search->contact;

    for (uint32_t level = search->levels; level-- > 0;) {
        bool fewer = level + 1 < search->levels && arcs_of(search, contact->in_begin, level + 1) <
                                                       arcs_of(search, contact->out_begin, level);
        (fewer || level + 1 == search->levels ? owe_backward : owe_forward)(search, level);
        for (uint32_t at = search->begin[level]; at < search->begin[level + 1]; at++) {
            uint32_t v = search->queue[at];
            double debt = search->owed[v] * search->paths[v];
            if (!isfinite(search->paths[v])) {
                return false;
            }
            search->share[v] = (1 + debt) / search->paths[v];
            out[v] += level > 0 ? debt : 0;
        }
    }
    return true;
}

enum casus_status
cas_sparse_betweenness(const struct cas_contact *contact, double *out, bool *out_countable,
                       struct casus_error *err)
{
    uint32_t n = contact->arcs.n;
    struct search search;
    bool countable = true;

    if (!search_init(&search, contact, true)) {
        search_done(&search);
        return cas_fail_memory(err);
    }
    memset(out, 0, n * sizeof(*out));
    for (uint32_t v = 0; countable && v < n; v++) {
        search_from(&search, v);
        countable = add_dependencies(&search, out);
        search_forget(&search);
    }
    *out_countable = countable;
    search_done(&search);
    return CASUS_OK;
}

static struct cas_reach
sum_hops(const struct search *search)
{
    struct cas_reach reach = {.reached = search->reached - 1};

    for (uint32_t level = 1; level < search->levels; level++) {
        double actors = search->begin[level + 1] - search->begin[level];
        reach.hops += actors * level;
        reach.inverse += actors / level;
    }
    return reach;
}

enum casus_status
cas_sparse_reach(const struct cas_contact *contact, struct cas_reach *out, struct casus_error *err)
{
    struct search search;

    if (!search_init(&search, contact, false)) {
        search_done(&search);
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < contact->arcs.n; v++) {
        search_from(&search, v);
        out[v] = sum_hops(&search);
        search_forget(&search);
    }
    search_done(&search);
    return CASUS_OK;
}

/* --- by hops ------------------------------------------------------------------------------ */

enum casus_status
cas_hop_betweenness(const struct cas_contact *contact, double *out, const char **out_why,
                    struct casus_error *err)
{
    bool countable = true;
    enum casus_status status =
        (cas_contact_is_dense(contact) ? cas_dense_betweenness
                                       : cas_sparse_betweenness)(contact, out, &countable, err);

    if (status == CASUS_OK && !countable) {
        for (uint32_t v = 0; v < contact->arcs.n; v++) {
            out[v] = NAN;
        }
        *out_why = "more shortest paths than can be counted";
    }
    return status;
}

static const char reaches_nobody[] = "reaches nobody";

static void
explain_closeness(const double *closeness, uint32_t n, const char **out_why)
{
    for (uint32_t v = 0; v < n; v++) {
        if (isnan(closeness[v])) {
            *out_why = reaches_nobody;
        }
    }
}

enum casus_status
cas_hop_distances(const struct cas_contact *contact, bool normalized, double *out_closeness,
                  double *out_harmonic, const char **out_why, struct casus_error *err)
{
    uint32_t n = contact->arcs.n;
    struct cas_reach *reach = cas_zalloc(n, sizeof(*reach));
    enum casus_status status;

    if (!reach) {
        return cas_fail_memory(err);
    }
    status =
        (cas_contact_is_dense(contact) ? cas_dense_reach : cas_sparse_reach)(contact, reach, err);
    for (uint32_t v = 0; status == CASUS_OK && v < n; v++) {
        double closeness = (normalized ? reach[v].reached : 1) / reach[v].hops;
        out_closeness[v] = reach[v].reached ? closeness : NAN;
        out_harmonic[v] = reach[v].inverse;
    }
    if (status == CASUS_OK) {
        explain_closeness(out_closeness, n, out_why);
    }
    cas_free(reach);
    return status;
}

/* --- lengths 1/weight --------------------------------------------------------------------- */

/* @return owned; NULL without memory */
static double *
lengths_of(const struct cas_arcs *arcs)
{
    double *lengths = cas_zalloc(arcs->count + 1, sizeof(*lengths));

    for (size_t i = 0; lengths && i < arcs->count; i++) {
        lengths[i] = 1 / arcs->weight[i];
    }
    return lengths;
}

enum casus_status
cas_reciprocal_betweenness(const struct cas_contact *weighted, double *out, struct casus_error *err)
{
    struct cas_arcs arcs = weighted->arcs;
    double *lengths = lengths_of(&arcs);
    enum casus_status status = CASUS_OK;

    if (!lengths) {
        return cas_fail_memory(err);
    }
    arcs.weight = lengths;
    if (arcs.n > 0) {
        status = cas_igraph_betweenness(&arcs, out, err);
    }
    cas_free(lengths);
    return status;
}

enum casus_status
cas_reciprocal_distances(const struct cas_contact *weighted, bool normalized, double *out_closeness,
                         double *out_harmonic, const char **out_why, struct casus_error *err)
{
    struct cas_arcs arcs = weighted->arcs;
    double *lengths = lengths_of(&arcs);
    enum casus_status status = CASUS_OK;

    if (!lengths) {
        return cas_fail_memory(err);
    }
    arcs.weight = lengths;
    if (arcs.n > 0) {
        status = cas_igraph_closeness(&arcs, normalized, out_closeness, err);
    }
    if (arcs.n > 0 && status == CASUS_OK) {
        status = cas_igraph_harmonic(&arcs, out_harmonic, err);
    }
    cas_free(lengths);
    if (status == CASUS_OK) {
        explain_closeness(out_closeness, arcs.n, out_why);
    }
    return status;
}
