/* Ties become arcs: two stable counting sorts, then equal neighbours are folded. Weights of a pair
 * are added in the order of its ties, so the sums depend on nothing else. */
#include "analysis/centrality/contact.h"

#include <string.h>

#include "base/fault.h"

struct arc {
    uint32_t from, to;
    double weight;
};

/* Stable, by `to` or by `from`. `begin` holds n + 1. */
static void
sort_arcs(const struct arc *arcs, size_t count, uint32_t n, bool by_to, size_t *begin,
          struct arc *out)
{
    memset(begin, 0, ((size_t)n + 1) * sizeof(*begin));
    for (size_t i = 0; i < count; i++) {
        begin[(by_to ? arcs[i].to : arcs[i].from) + 1]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        begin[v + 1] += begin[v];
    }
    for (size_t i = 0; i < count; i++) {
        out[begin[by_to ? arcs[i].to : arcs[i].from]++] = arcs[i];
    }
}

static size_t
fold_arcs(struct arc *arcs, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct arc *last = kept ? &arcs[kept - 1] : NULL;
        if (last && last->from == arcs[i].from && last->to == arcs[i].to) {
            last->weight += arcs[i].weight;
        } else {
            arcs[kept++] = arcs[i];
        }
    }
    return kept;
}

struct columns {
    uint32_t *from, *to, *in_arc, *in_from;
    double *weight;
    size_t *out_begin, *in_begin;
};

static bool
columns_alloc(struct cas_arena *arena, uint32_t n, size_t count, struct columns *out)
{
    out->from = cas_arena_alloc(arena, (count + 1) * sizeof(*out->from));
    out->to = cas_arena_alloc(arena, (count + 1) * sizeof(*out->to));
    out->in_arc = cas_arena_alloc(arena, (count + 1) * sizeof(*out->in_arc));
    out->in_from = cas_arena_alloc(arena, (count + 1) * sizeof(*out->in_from));
    out->weight = cas_arena_alloc(arena, (count + 1) * sizeof(*out->weight));
    out->out_begin = cas_arena_alloc(arena, ((size_t)n + 2) * sizeof(*out->out_begin));
    out->in_begin = cas_arena_alloc(arena, ((size_t)n + 2) * sizeof(*out->in_begin));
    return out->from && out->to && out->in_arc && out->in_from && out->weight && out->out_begin &&
           out->in_begin;
}

/* `begin` gets two slots more than n: filling shifts it by one, so that it ends as the index. */
static void
index_ends(const uint32_t *ends, size_t count, uint32_t n, size_t *begin, uint32_t *order)
{
    memset(begin, 0, ((size_t)n + 2) * sizeof(*begin));
    for (size_t i = 0; i < count; i++) {
        begin[ends[i] + 2]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        begin[v + 2] += begin[v + 1];
    }
    for (size_t i = 0; i < count; i++) {
        size_t slot = begin[ends[i] + 1]++;
        if (order) {
            order[slot] = (uint32_t)i;
        }
    }
}

static enum casus_status
contact_fill(struct cas_contact *contact, uint32_t n, const struct arc *arcs, size_t count,
             struct casus_error *err)
{
    struct columns columns;

    if (!columns_alloc(&contact->arena, n, count, &columns)) {
        return cas_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        columns.from[i] = arcs[i].from;
        columns.to[i] = arcs[i].to;
        columns.weight[i] = arcs[i].weight;
    }
    index_ends(columns.from, count, n, columns.out_begin, NULL);
    index_ends(columns.to, count, n, columns.in_begin, columns.in_arc);
    for (size_t i = 0; i < count; i++) {
        columns.in_from[i] = arcs[columns.in_arc[i]].from;
    }
    contact->arcs = (struct cas_arcs){n, count, columns.from, columns.to, columns.weight};
    contact->out_begin = columns.out_begin;
    contact->in_begin = columns.in_begin;
    contact->in_arc = columns.in_arc;
    contact->in_from = columns.in_from;
    return CASUS_OK;
}

/* From arcs in order, each pair once. */
static enum casus_status
contact_of_arcs(uint32_t n, const struct arc *arcs, size_t count, struct cas_contact **out,
                struct casus_error *err)
{
    struct cas_contact *contact = cas_alloc(sizeof(*contact));
    enum casus_status status;

    if (!contact) {
        return cas_fail_memory(err);
    }
    cas_arena_init(&contact->arena);
    status = contact_fill(contact, n, arcs, count, err);
    if (status != CASUS_OK) {
        cas_contact_free(contact);
        return status;
    }
    *out = contact;
    return CASUS_OK;
}

static size_t
arcs_of_ties(const struct cas_contact_tie *ties, size_t count, struct arc *out)
{
    size_t arcs = 0;

    for (size_t i = 0; i < count; i++) {
        if (ties[i].from == ties[i].to) {
            continue;
        }
        out[arcs++] = (struct arc){ties[i].from, ties[i].to, ties[i].weight};
        if (!ties[i].directed) {
            out[arcs++] = (struct arc){ties[i].to, ties[i].from, ties[i].weight};
        }
    }
    return arcs;
}

enum casus_status
cas_contact_new(uint32_t n, const struct cas_contact_tie *ties, size_t count,
                struct cas_contact **out, struct casus_error *err)
{
    enum casus_status status;
    struct arc *arcs, *spare;
    size_t *begin;

    if (n == UINT32_MAX || count > UINT32_MAX / 2) {
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_TOO_MANY, "%zu ties; up to %u can be analysed",
                        count, UINT32_MAX / 2);
    }
    arcs = cas_zalloc(2 * count + 1, sizeof(*arcs));
    spare = cas_zalloc(2 * count + 1, sizeof(*spare));
    begin = cas_zalloc((size_t)n + 1, sizeof(*begin));
    if (!arcs || !spare || !begin) {
        status = cas_fail_memory(err);
    } else {
        count = arcs_of_ties(ties, count, arcs);
        sort_arcs(arcs, count, n, true, begin, spare);
        sort_arcs(spare, count, n, false, begin, arcs);
        count = fold_arcs(arcs, count);
        status = contact_of_arcs(n, arcs, count, out, err);
    }
    cas_free(arcs);
    cas_free(spare);
    cas_free(begin);
    return status;
}

enum casus_status
cas_contact_filter(const struct cas_contact *contact, bool weighted, const bool *absent,
                   struct cas_contact **out, struct casus_error *err)
{
    const struct cas_arcs *all = &contact->arcs;
    struct arc *arcs = cas_zalloc(all->count + 1, sizeof(*arcs));
    enum casus_status status;
    size_t kept = 0;

    if (!arcs) {
        return cas_fail_memory(err);
    }
    for (size_t i = 0; i < all->count; i++) {
        if ((weighted && !(all->weight[i] > 0)) ||
            (absent && (absent[all->from[i]] || absent[all->to[i]]))) {
            continue;
        }
        arcs[kept++] = (struct arc){all->from[i], all->to[i], all->weight[i]};
    }
    status = contact_of_arcs(all->n, arcs, kept, out, err);
    cas_free(arcs);
    return status;
}

void
cas_contact_free(struct cas_contact *contact)
{
    if (contact) {
        cas_arena_done(&contact->arena);
        cas_free(contact);
    }
}

bool
cas_contact_is_dense(const struct cas_contact *contact)
{
    uint64_t n = contact->arcs.n;
    return n * n / 16 <= contact->arcs.count;
}

/* --- parts -------------------------------------------------------------------------------- */

/* The smallest vertex of a part is its root: roots only ever point down. */
static uint32_t
root_of(uint32_t *parent, uint32_t v)
{
    while (parent[v] != v) {
        parent[v] = parent[parent[v]];
        v = parent[v];
    }
    return v;
}

uint32_t
cas_components(uint32_t n, const uint32_t *from, const uint32_t *to, size_t count,
               uint32_t *out_label)
{
    uint32_t *parent = cas_zalloc((size_t)n + 1, sizeof(*parent));
    uint32_t parts = 0;

    if (!parent) {
        return UINT32_MAX;
    }
    for (uint32_t v = 0; v < n; v++) {
        parent[v] = v;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t a = root_of(parent, from[i]), b = root_of(parent, to[i]);
        parent[a > b ? a : b] = a > b ? b : a;
    }
    for (uint32_t v = 0; v < n; v++) {
        uint32_t root = root_of(parent, v);
        out_label[v] = root == v ? parts++ : out_label[root];
    }
    cas_free(parent);
    return parts;
}

enum casus_status
cas_contact_components(const struct cas_contact *contact, uint32_t *out_count,
                       struct casus_error *err)
{
    const struct cas_arcs *arcs = &contact->arcs;
    uint32_t *label = cas_zalloc((size_t)arcs->n + 1, sizeof(*label));
    uint32_t parts;

    if (!label) {
        return cas_fail_memory(err);
    }
    parts = cas_components(arcs->n, arcs->from, arcs->to, arcs->count, label);
    cas_free(label);
    if (parts == UINT32_MAX) {
        return cas_fail_memory(err);
    }
    *out_count = parts;
    return CASUS_OK;
}
