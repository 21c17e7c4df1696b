/* Blocks by depth-first search (Hopcroft and Tarjan 1973) with a stack of our own.
 *
 * A block is complete where a subtree does not reach above its parent; its edges are then on top
 * of the stack of edges. Children are found before parents, so the order is turned at the end.
 */
#include "analysis/balance/blocks.h"

#include <string.h>

struct search {
    const struct cas_net *net;
    uint32_t *order, *low; /* by actor; order 0: not seen */
    uint32_t *parent, *at; /* edge to the parent; next arc */
    uint32_t *path, path_count;
    uint32_t *open, open_count; /* edges of blocks not complete */
    uint32_t *edge, edge_count; /* edges of complete blocks */
    uint32_t *end, *root, count;
    uint32_t seen;
    struct cas_arena arena;
};

static bool
search_alloc(struct search *s)
{
    size_t n = ((size_t)s->net->n + 1) * sizeof(uint32_t);
    size_t m = ((size_t)s->net->m + 1) * sizeof(uint32_t);

    s->order = cas_arena_alloc(&s->arena, n);
    s->low = cas_arena_alloc(&s->arena, n);
    s->parent = cas_arena_alloc(&s->arena, n);
    s->at = cas_arena_alloc(&s->arena, n);
    s->path = cas_arena_alloc(&s->arena, n);
    s->root = cas_arena_alloc(&s->arena, n);
    s->end = cas_arena_alloc(&s->arena, n);
    s->open = cas_arena_alloc(&s->arena, m);
    s->edge = cas_arena_alloc(&s->arena, m);
    return s->order && s->low && s->parent && s->at && s->path && s->root && s->end && s->open &&
           s->edge;
}

static void
enter(struct search *s, uint32_t v, uint32_t edge)
{
    s->order[v] = s->low[v] = ++s->seen;
    s->parent[v] = edge;
    s->at[v] = s->net->begin[v];
    s->path[s->path_count++] = v;
}

/* The edges above and with `edge` on the stack are a block that hangs on `root`. */
static void
close_block(struct search *s, uint32_t edge, uint32_t root)
{
    uint32_t top;

    do {
        top = s->open[--s->open_count];
        s->edge[s->edge_count++] = top;
    } while (top != edge);
    s->root[s->count] = root;
    s->end[s->count++] = s->edge_count;
}

static void
leave(struct search *s, uint32_t v)
{
    uint32_t up;

    s->path_count--;
    if (s->path_count == 0) {
        return;
    }
    up = s->path[s->path_count - 1];
    s->low[up] = s->low[v] < s->low[up] ? s->low[v] : s->low[up];
    if (s->low[v] >= s->order[up]) {
        close_block(s, s->parent[v], up);
    }
}

static void
step(struct search *s)
{
    uint32_t v = s->path[s->path_count - 1];
    const struct cas_arc *arc;

    if (s->at[v] == s->net->begin[v + 1]) {
        leave(s, v);
        return;
    }
    arc = &s->net->arcs[s->at[v]++];
    if (s->order[arc->to] == 0) {
        s->open[s->open_count++] = arc->edge;
        enter(s, arc->to, arc->edge);
    } else if (arc->edge != s->parent[v] && s->order[arc->to] < s->order[v]) {
        s->open[s->open_count++] = arc->edge;
        s->low[v] = s->order[arc->to] < s->low[v] ? s->order[arc->to] : s->low[v];
    }
}

static void
find(struct search *s)
{
    memset(s->order, 0, s->net->n * sizeof(*s->order));
    for (uint32_t v = 0; v < s->net->n; v++) {
        if (s->order[v] == 0) {
            enter(s, v, UINT32_MAX);
            while (s->path_count > 0) {
                step(s);
            }
        }
    }
}

static bool
turn(const struct search *s, struct cas_blocks *blocks)
{
    size_t count = s->count;
    uint32_t *begin = cas_arena_alloc(&blocks->arena, (count + 1) * sizeof(*begin));
    uint32_t *root = cas_arena_alloc(&blocks->arena, (count + 1) * sizeof(*root));
    uint32_t *edge = cas_arena_alloc(&blocks->arena, ((size_t)s->net->m + 1) * sizeof(*edge));
    uint32_t at = 0;

    if (!begin || !root || !edge) {
        return false;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t from = s->count - 1 - i;
        uint32_t first = from ? s->end[from - 1] : 0;
        begin[i] = at;
        root[i] = s->root[from];
        memcpy(edge + at, s->edge + first, (s->end[from] - first) * sizeof(*edge));
        at += s->end[from] - first;
    }
    begin[count] = at;
    blocks->count = s->count;
    blocks->begin = begin;
    blocks->root = root;
    blocks->edge = edge;
    return true;
}

struct cas_blocks *
cas_blocks_find(const struct cas_net *net)
{
    struct search s = {.net = net};
    struct cas_blocks *blocks = cas_zalloc(1, sizeof(*blocks));
    bool done = false;

    if (blocks && search_alloc(&s)) {
        find(&s);
        done = turn(&s, blocks);
    }
    cas_arena_done(&s.arena);
    if (!done) {
        cas_blocks_free(blocks);
        return NULL;
    }
    return blocks;
}

void
cas_blocks_free(struct cas_blocks *blocks)
{
    if (blocks) {
        cas_arena_done(&blocks->arena);
        cas_free(blocks);
    }
}

struct cas_net *
cas_blocks_net(const struct cas_net *net, const struct cas_blocks *blocks, uint32_t index,
               uint32_t *scratch, uint32_t **out_actor)
{
    uint32_t first = blocks->begin[index], last = blocks->begin[index + 1];

    return cas_net_of_edges(net, blocks->edge + first, last - first, scratch, out_actor);
}
