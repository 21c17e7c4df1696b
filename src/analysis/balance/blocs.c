/* A good partition by local moves, level by level: actors move to the bloc that pulls them most,
 * then blocs become actors of a smaller network, until nothing moves. */
#include "analysis/balance/blocs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int64_t
cas_blocs_cost(const struct cas_net *net, const uint32_t *bloc)
{
    int64_t cost = 0;

    for (uint32_t e = 0; e < net->m; e++) {
        cost += cas_disagrees(&net->edges[e], bloc) ? cas_weight(net->edges[e].pull) : 0;
    }
    return cost;
}

uint32_t
cas_blocs_number(uint32_t n, uint32_t *bloc, uint32_t *scratch)
{
    uint32_t count = 0;

    memset(scratch, 0xff, n * sizeof(*scratch));
    for (uint32_t v = 0; v < n; v++) {
        uint32_t *number = &scratch[bloc[v]];
        *number = *number == UINT32_MAX ? count++ : *number;
        bloc[v] = *number;
    }
    return count;
}

/* --- moves -------------------------------------------------------------------------------- */

struct moves {
    const struct cas_net *net;
    uint32_t *bloc; /* numbers below n */
    uint32_t *size; /* by bloc */
    int64_t *pull;  /* by bloc: on the actor in hand */
    uint32_t *near; /* blocs that pull on it, or push */
    uint32_t *order;
    uint32_t *vacant, vacant_count; /* blocs of nobody */
};

static bool
moves_init(struct moves *m, const struct cas_net *net, uint32_t *bloc)
{
    size_t n = (size_t)net->n + 1;

    *m = (struct moves){.net = net, .bloc = bloc};
    m->size = cas_zalloc(n, sizeof(*m->size));
    m->pull = cas_zalloc(n, sizeof(*m->pull));
    m->near = cas_alloc(n * sizeof(*m->near));
    m->order = cas_alloc(n * sizeof(*m->order));
    m->vacant = cas_alloc(n * sizeof(*m->vacant));
    if (!m->size || !m->pull || !m->near || !m->order || !m->vacant) {
        return false;
    }
    for (uint32_t v = 0; v < net->n; v++) {
        m->size[bloc[v]]++;
    }
    for (uint32_t b = net->n; b-- > 0;) {
        if (m->size[b] == 0) {
            m->vacant[m->vacant_count++] = b;
        }
    }
    return true;
}

static void
moves_done(struct moves *m)
{
    cas_free(m->size);
    cas_free(m->pull);
    cas_free(m->near);
    cas_free(m->order);
    cas_free(m->vacant);
}

static void
shuffle(struct moves *m, struct cas_random *random)
{
    for (uint32_t i = 0; i < m->net->n; i++) {
        uint32_t j = cas_random_below(random, i + 1);
        m->order[i] = m->order[j];
        m->order[j] = i;
    }
}

/* The bloc that pulls most on v, its own first among equals, then the one met first; one of
 * nobody pulls 0. UINT32_MAX: that one. */
static uint32_t
best_bloc(struct moves *m, uint32_t v)
{
    const struct cas_net *net = m->net;
    uint32_t own = m->bloc[v], best = own, count = 0;
    int64_t most;

    for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
        uint32_t b = m->bloc[net->arcs[i].to];
        m->near[count++] = b;
        m->pull[b] += net->edges[net->arcs[i].edge].pull;
    }
    most = m->pull[own];
    for (uint32_t i = 0; i < count; i++) {
        if (m->pull[m->near[i]] > most) {
            best = m->near[i];
            most = m->pull[best];
        }
    }
    if (most < 0) {
        best = UINT32_MAX;
    }
    for (uint32_t i = 0; i < count; i++) {
        m->pull[m->near[i]] = 0;
    }
    return best;
}

static bool
move(struct moves *m, uint32_t v)
{
    uint32_t own = m->bloc[v], to = best_bloc(m, v);

    if (to == own) {
        return false;
    }
    if (--m->size[own] == 0) {
        m->vacant[m->vacant_count++] = own;
    }
    if (to == UINT32_MAX) {
        to = m->vacant[--m->vacant_count];
    }
    m->bloc[v] = to;
    m->size[to]++;
    return true;
}

/* Every move lowers the cost, so this ends. @return whether anything moved */
static bool
move_all(struct moves *m, struct cas_random *random)
{
    bool moved = true, ever = false;

    while (moved) {
        moved = false;
        shuffle(m, random);
        for (uint32_t i = 0; i < m->net->n; i++) {
            moved = move(m, m->order[i]) || moved;
        }
        ever = ever || moved;
    }
    return ever;
}

/* --- levels ------------------------------------------------------------------------------- */

static int
by_ends(const void *x, const void *y)
{
    const struct cas_edge *a = x, *b = y;
    return a->a != b->a ? (a->a < b->a ? -1 : 1) : a->b != b->b ? (a->b < b->b ? -1 : 1) : 0;
}

/* Edges of one dyad become one, those that cancel out none. @return how many are left */
static uint32_t
add_up(struct cas_edge *edges, uint32_t count)
{
    uint32_t kept = 0;

    qsort(edges, count, sizeof(*edges), by_ends);
    for (uint32_t e = 0; e < count; e++) {
        if (kept > 0 && by_ends(&edges[kept - 1], &edges[e]) == 0) {
            edges[kept - 1].pull += edges[e].pull;
            continue;
        }
        kept -= kept > 0 && edges[kept - 1].pull == 0;
        edges[kept++] = edges[e];
    }
    return kept - (kept > 0 && edges[kept - 1].pull == 0);
}

/* Blocs as actors. NULL without memory. */
static struct cas_net *
shrink(const struct cas_net *net, const uint32_t *bloc, uint32_t blocs)
{
    struct cas_edge *edges = cas_alloc(((size_t)net->m + 1) * sizeof(*edges));
    struct cas_net *small = NULL;
    uint32_t count = 0;

    for (uint32_t e = 0; edges && e < net->m; e++) {
        uint32_t a = bloc[net->edges[e].a], b = bloc[net->edges[e].b];
        if (a != b) {
            edges[count++] = (struct cas_edge){a < b ? a : b, a < b ? b : a, net->edges[e].pull};
        }
    }
    if (edges) {
        small = cas_net_new(blocs, edges, add_up(edges, count));
    }
    cas_free(edges);
    return small;
}

static bool
move_actors(const struct cas_net *net, struct cas_random *random, uint32_t *bloc, bool *out_moved)
{
    struct moves moves;
    bool good = moves_init(&moves, net, bloc);

    *out_moved = good && move_all(&moves, random);
    moves_done(&moves);
    return good;
}

/* Blocs move as a whole: the same one level up, as often as something moves there. */
static bool
move_blocs(const struct cas_net *net, struct cas_random *random, uint32_t *bloc, bool *out_moved)
{
    uint32_t *scratch = cas_alloc(((size_t)net->n + 1) * sizeof(*scratch));
    uint32_t *above = cas_alloc(((size_t)net->n + 1) * sizeof(*above));
    bool good = scratch && above, moved = good;

    *out_moved = false;
    while (good && moved) {
        uint32_t count = cas_blocs_number(net->n, bloc, scratch);
        struct cas_net *small = shrink(net, bloc, count);
        good = small != NULL;
        for (uint32_t b = 0; b < count; b++) {
            above[b] = b;
        }
        good = good && move_actors(small, random, above, &moved);
        for (uint32_t v = 0; good && v < net->n; v++) {
            bloc[v] = above[bloc[v]];
        }
        *out_moved = *out_moved || (good && moved);
        cas_net_free(small);
    }
    cas_free(scratch);
    cas_free(above);
    return good;
}

bool
cas_blocs_improve(const struct cas_net *net, struct cas_random *random, uint32_t *bloc)
{
    bool good = true, moved = true, first = true;

    while (good && (moved || first)) {
        bool alone = false, together = false;
        good = move_actors(net, random, bloc, &alone) &&
               (!(alone || first) || move_blocs(net, random, bloc, &together));
        moved = together;
        first = false;
    }
    return good;
}

/* --- agreement ---------------------------------------------------------------------------- */

/* Two partitions laid beside one another: blocs of x in turn, each as its actors' blocs in y. */
struct meeting {
    uint32_t *end;   /* by bloc of x: where it ends in `other`, until laid: where it goes on */
    uint32_t *other; /* blocs of y */
    uint32_t *size;  /* by bloc of y */
};

/* Pairs that share a bloc, counted as actors come: each pairs with all that came before it. */
static double
count_pairs(const uint32_t *blocs, uint32_t count, uint32_t *size)
{
    double pairs = 0;
    for (uint32_t i = 0; i < count; i++)
        pairs += size[blocs[i]]++;
    return pairs;
}

/* From sizes to where each bloc begins. */
static void
lay_blocs(uint32_t n, uint32_t *size)
{
    for (uint32_t bloc = 0, begin = 0; bloc < n; bloc++) {
        uint32_t here = size[bloc];
        size[bloc] = begin;
        begin += here;
    }
}

/* Pairs that share a bloc in both. `size` is all zero before and after. */
static double
count_shared(uint32_t n, const struct meeting *meeting)
{
    double pairs = 0;
    for (uint32_t bloc = 0, begin = 0; bloc < n; begin = meeting->end[bloc++]) {
        const uint32_t *other = meeting->other + begin;
        uint32_t count = meeting->end[bloc] - begin;
        pairs += count_pairs(other, count, meeting->size);
        for (uint32_t i = 0; i < count; i++)
            meeting->size[other[i]] = 0;
    }
    return pairs;
}

double
cas_adjusted_rand(uint32_t n, const uint32_t *x, const uint32_t *y, const bool *counts)
{
    uint32_t *memory = cas_zalloc((size_t)n + 1, 3 * sizeof(*memory));
    double both, in_x = 0, in_y, all, chance;
    uint32_t count = 0;

    if (!memory) {
        return NAN;
    }
    struct meeting meeting = {memory, memory + n, memory + 2 * (size_t)n};
    for (uint32_t v = 0; v < n; v++) {
        if (!counts || counts[v]) {
            in_x += meeting.end[x[v]]++;
            count++;
        }
    }
    lay_blocs(n, meeting.end);
    for (uint32_t v = 0; v < n; v++) {
        if (!counts || counts[v]) {
            meeting.other[meeting.end[x[v]]++] = y[v];
        }
    }
    in_y = count_pairs(meeting.other, count, meeting.size);
    memset(meeting.size, 0, n * sizeof(*meeting.size));
    both = count_shared(n, &meeting);
    cas_free(memory);
    all = (double)count * ((double)count - 1) / 2;
    chance = all > 0 ? in_x * in_y / all : 0;
    /* both are all in one bloc, or all alone: the same */
    return in_x + in_y == 2 * chance ? 1 : (both - chance) / ((in_x + in_y) / 2 - chance);
}
