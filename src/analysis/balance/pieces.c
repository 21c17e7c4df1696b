/* Taking apart with a stack of networks still to look at. */
#include "analysis/balance/pieces.h"

#include <string.h>

#include "analysis/balance/blocks.h"
#include "analysis/joined.h"

struct piece {
    struct cas_net *net;
    uint32_t *actor; /* in the whole */
};

struct saw {
    struct cas_pieces *out;
    struct piece *stack;
    uint32_t count;
    size_t room;
};

static void
piece_free(struct piece *piece)
{
    cas_net_free(piece->net);
    cas_free(piece->actor);
}

/* Put a part of a piece on the stack. */
static bool
push_part(struct saw *saw, const struct piece *piece, const uint32_t *edge, uint32_t m,
          uint32_t *scratch)
{
    struct piece part;

    if (!cas_grow(&saw->stack, &saw->room, (size_t)saw->count + 1, sizeof(*saw->stack))) {
        return false;
    }
    part.net = cas_net_of_edges(piece->net, edge, m, scratch, &part.actor);
    if (!part.net) {
        return false;
    }
    for (uint32_t v = 0; v < part.net->n; v++) {
        part.actor[v] = piece->actor[part.actor[v]];
    }
    saw->stack[saw->count++] = part;
    return true;
}

/* Takes the piece. */
static bool
add_leaf(struct saw *saw, struct piece *piece)
{
    struct cas_pieces *out = saw->out;
    struct cas_bloc_leaf leaf = {.net = piece->net, .actor = piece->actor};

    leaf.bloc = cas_zalloc((size_t)leaf.net->n + 1, sizeof(*leaf.bloc));
    if (!leaf.bloc ||
        !cas_grow(&out->leaves, &out->room, (size_t)out->count + 1, sizeof(*out->leaves))) {
        cas_free(leaf.bloc);
        piece_free(piece);
        return false;
    }
    leaf.upper = cas_blocs_cost(leaf.net, leaf.bloc);
    out->leaves[out->count++] = leaf;
    return true;
}

/* --- friendly parts ----------------------------------------------------------------------- */

/* `part` gets the first actor of each actor's friendly part. @return whether there are several */
static bool
friendly_parts(const struct cas_net *net, uint32_t *part, bool *out_hostile)
{
    bool several = false;

    *out_hostile = false;
    for (uint32_t v = 0; v < net->n; v++) {
        part[v] = v;
    }
    for (uint32_t e = 0; e < net->m; e++) {
        if (net->edges[e].pull > 0) {
            cas_joined_join(part, net->edges[e].a, net->edges[e].b);
        } else {
            *out_hostile = true;
        }
    }
    for (uint32_t v = 0; v < net->n; v++) {
        part[v] = cas_joined_first(part, v);
        several = several || part[v] != 0;
    }
    return several;
}

/* Edges inside of a part, part by part (a counting sort by its first actor). */
static bool
split_parts(struct saw *saw, const struct piece *piece, const uint32_t *part, uint32_t *scratch)
{
    const struct cas_net *net = piece->net;
    uint32_t *edge = cas_alloc(((size_t)net->m + 1) * sizeof(*edge));
    uint32_t *begin = cas_zalloc((size_t)net->n + 2, sizeof(*begin));
    bool good = edge && begin;

    for (uint32_t e = 0; good && e < net->m; e++) {
        begin[part[net->edges[e].a] + 1] += part[net->edges[e].a] == part[net->edges[e].b];
    }
    for (uint32_t v = 0; good && v < net->n; v++) {
        begin[v + 1] += begin[v];
    }
    for (uint32_t e = 0; good && e < net->m; e++) {
        if (part[net->edges[e].a] == part[net->edges[e].b]) {
            edge[begin[part[net->edges[e].a]]++] = e;
        }
    }
    for (uint32_t v = 0, at = 0; good && v < net->n; v++) {
        good = begin[v] == at || push_part(saw, piece, edge + at, begin[v] - at, scratch);
        at = begin[v];
    }
    cas_free(edge);
    cas_free(begin);
    return good;
}

/* --- blocks ------------------------------------------------------------------------------- */

static bool
split_blocks(struct saw *saw, const struct piece *piece, uint32_t *scratch, bool *out_whole)
{
    struct cas_blocks *blocks = cas_blocks_find(piece->net);
    bool good = blocks != NULL;

    *out_whole = good && blocks->count == 1;
    for (uint32_t b = 0; good && !*out_whole && b < blocks->count; b++) {
        uint32_t first = blocks->begin[b];
        good = push_part(saw, piece, blocks->edge + first, blocks->begin[b + 1] - first, scratch);
    }
    cas_blocks_free(blocks);
    return good;
}

static void
join_all(struct saw *saw, const struct piece *piece)
{
    for (uint32_t v = 1; v < piece->net->n; v++) {
        cas_joined_join(saw->out->up, piece->actor[0], piece->actor[v]);
    }
}

/* Takes the piece. */
static bool
look_at(struct saw *saw, struct piece *piece)
{
    uint32_t n = piece->net->n;
    uint32_t *part = cas_alloc(((size_t)n + 1) * sizeof(*part));
    uint32_t *scratch = cas_alloc(((size_t)n + 1) * sizeof(*scratch));
    bool good = part && scratch, hostile = false, whole = false;

    if (good && friendly_parts(piece->net, part, &hostile)) {
        good = split_parts(saw, piece, part, scratch);
    } else if (good && !hostile) {
        join_all(saw, piece);
    } else if (good) {
        good = split_blocks(saw, piece, scratch, &whole);
    }
    cas_free(part);
    cas_free(scratch);
    if (whole) {
        return add_leaf(saw, piece);
    }
    piece_free(piece);
    return good;
}

bool
cas_pieces_init(struct cas_pieces *pieces, const struct cas_net *net)
{
    struct saw saw = {.out = pieces};
    uint32_t *edge = cas_alloc(((size_t)net->m + 1) * sizeof(*edge));
    uint32_t *scratch = cas_alloc(((size_t)net->n + 1) * sizeof(*scratch));
    uint32_t *actor = cas_alloc(((size_t)net->n + 1) * sizeof(*actor));
    struct piece whole = {(struct cas_net *)net, actor}; /* only read */
    bool good;

    *pieces = (struct cas_pieces){0};
    pieces->up = cas_alloc(((size_t)net->n + 1) * sizeof(*pieces->up));
    good = edge && scratch && actor && pieces->up;
    for (uint32_t v = 0; good && v < net->n; v++) {
        actor[v] = pieces->up[v] = v;
    }
    for (uint32_t e = 0; good && e < net->m; e++) {
        edge[e] = e;
    }
    good = good && (net->m == 0 || push_part(&saw, &whole, edge, net->m, scratch));
    while (saw.count > 0) {
        struct piece piece = saw.stack[--saw.count];
        if (good) {
            good = look_at(&saw, &piece);
        } else {
            piece_free(&piece);
        }
    }
    cas_free(saw.stack);
    cas_free(edge);
    cas_free(scratch);
    cas_free(actor);
    return good;
}

void
cas_pieces_done(struct cas_pieces *pieces)
{
    for (uint32_t i = 0; i < pieces->count; i++) {
        cas_net_free(pieces->leaves[i].net);
        cas_free(pieces->leaves[i].actor);
        cas_free(pieces->leaves[i].bloc);
    }
    cas_free(pieces->leaves);
    cas_free(pieces->up);
}

static bool
join_leaf(const struct cas_bloc_leaf *leaf, uint32_t *up)
{
    uint32_t n = leaf->net->n;
    uint32_t *first = cas_alloc(((size_t)n + 1) * sizeof(*first));

    if (!first) {
        return false;
    }
    memset(first, 0xff, n * sizeof(*first));
    for (uint32_t v = 0; v < n; v++) {
        uint32_t *slot = &first[leaf->bloc[v]];
        *slot = *slot == UINT32_MAX ? v : *slot;
        cas_joined_join(up, leaf->actor[*slot], leaf->actor[v]);
    }
    cas_free(first);
    return true;
}

bool
cas_pieces_compose(const struct cas_pieces *pieces, uint32_t n, uint32_t *out_bloc)
{
    memcpy(out_bloc, pieces->up, n * sizeof(*out_bloc));
    for (uint32_t i = 0; i < pieces->count; i++) {
        if (!join_leaf(&pieces->leaves[i], out_bloc)) {
            return false;
        }
    }
    for (uint32_t v = 0; v < n; v++) {
        out_bloc[v] = cas_joined_first(out_bloc, v);
    }
    return true;
}
