/* The backbone: what is drawn where everything would be a tangle.
 *
 * A pair is two actors with ties, its weight the sum over those of attack and support. A pair stands
 * out where, at one of its ends, of k pairs and strength s, alpha = (1 - w/s)^(k-1) is below 0.05:
 * were the end's strength spread at random, so heavy a pair were that rare (the disparity filter;
 * Serrano, Boguñá and Vespignani 2009, doi:10.1073/pnas.0808904106). An end of one pair says
 * nothing.
 *
 * Order: pairs that are highlighted; pairs with a contact before those of statements alone; those that stand out first; then by
 * weight, by the strength of both ends, by ids. Pairs are drawn in that order, with all their ties,
 * up to a count of pairs; one that would bring in an actor too many is passed over.
 */
#include "draw/choice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALPHA      0.05
#define PAIRS_MOST 100

struct pair {
    uint32_t a, b; /* a < b */
    double contact, claims;
    double strength; /* of both ends */
    bool lit;        /* highlighted: drawn before all others */
    bool stands_out, chosen;
};

struct end {
    uint32_t pairs;
    double strength;
    bool drawn;
};

struct choosing {
    const struct casus_graph *graph;
    const struct cas_marks *marks;
    struct cas_arena *arena;
    struct pair *pairs;
    struct end *ends;
    uint32_t *pair_of; /* of each tie */
    uint32_t count;
};

struct ends {
    uint32_t a, b, tie;
};

static int
by_ends(const void *left, const void *right)
{
    const struct ends *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

static void *
room(struct cas_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count + 1, size, &bytes))
        return NULL;
    void *memory = cas_arena_alloc(arena, bytes);
    if (memory)
        memset(memory, 0, bytes);
    return memory;
}

static struct ends *
sort_ties(const struct casus_graph *graph)
{
    uint32_t count = casus_graph_tie_count(graph);
    struct ends *ends = cas_zalloc((size_t)count + 1, sizeof(*ends));
    for (uint32_t i = 0; ends && i < count; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        bool turned = tie->from > tie->to;
        ends[i] = (struct ends){turned ? tie->to : tie->from, turned ? tie->from : tie->to, i};
    }
    if (ends)
        qsort(ends, count, sizeof(*ends), by_ends);
    return ends;
}

static bool
find_pairs(struct choosing *choosing)
{
    uint32_t ties = casus_graph_tie_count(choosing->graph);
    struct ends *ends = sort_ties(choosing->graph);
    choosing->pairs = room(choosing->arena, ties, sizeof(*choosing->pairs));
    choosing->pair_of = room(choosing->arena, ties, sizeof(*choosing->pair_of));
    bool done = ends && choosing->pairs && choosing->pair_of;
    for (uint32_t i = 0; done && i < ties; i++) {
        const struct casus_tie *tie = casus_graph_tie_at(choosing->graph, ends[i].tie);
        if (i == 0 || ends[i].a != ends[i - 1].a || ends[i].b != ends[i - 1].b)
            choosing->pairs[choosing->count++] = (struct pair){.a = ends[i].a, .b = ends[i].b};
        struct pair *pair = &choosing->pairs[choosing->count - 1];
        *(tie->relation == CASUS_CLAIM ? &pair->claims : &pair->contact) += tie->weight;
        pair->lit = pair->lit || (choosing->marks->ties && choosing->marks->ties[ends[i].tie]);
        choosing->pair_of[ends[i].tie] = choosing->count - 1;
    }
    cas_free(ends);
    return done;
}

static double
alpha_at(const struct end *end, double weight)
{
    if (end->pairs < 2 || end->strength <= 0)
        return 1;
    return pow(1 - weight / end->strength, end->pairs - 1);
}

static void
judge_pairs(struct choosing *choosing)
{
    for (uint32_t i = 0; i < choosing->count; i++) {
        const struct pair *pair = &choosing->pairs[i];
        uint32_t both[] = {pair->a, pair->b};
        for (int end = 0; end < 2 && pair->contact > 0; end++) {
            choosing->ends[both[end]].pairs++;
            choosing->ends[both[end]].strength += pair->contact;
        }
    }
    for (uint32_t i = 0; i < choosing->count; i++) {
        struct pair *pair = &choosing->pairs[i];
        const struct end *a = &choosing->ends[pair->a], *b = &choosing->ends[pair->b];
        pair->strength = a->strength + b->strength;
        pair->stands_out = fmin(alpha_at(a, pair->contact), alpha_at(b, pair->contact)) < ALPHA;
    }
}

/* Falling; equal numbers go on to the next question. */
static int
compare(double x, double y)
{
    return (x < y) - (x > y);
}

static int
by_rank(const void *left, const void *right)
{
    const struct pair *x = *(struct pair *const *)left, *y = *(struct pair *const *)right;
    int order = compare(x->lit, y->lit);
    order = order ? order : compare(x->contact > 0, y->contact > 0);
    order = order ? order : compare(x->stands_out, y->stands_out);
    order = order ? order : compare(x->contact, y->contact);
    order = order ? order : compare(x->claims, y->claims);
    order = order ? order : compare(x->strength, y->strength);
    return order ? order : (x > y) - (x < y); /* as they stand: by ids */
}

static bool
take_pair(struct choosing *choosing, struct pair *pair, uint32_t *actors, uint32_t actors_most)
{
    struct end *a = &choosing->ends[pair->a], *b = &choosing->ends[pair->b];
    uint32_t more = (uint32_t)!a->drawn + (uint32_t)!b->drawn;
    if (*actors + more > actors_most)
        return false;
    *actors += more;
    a->drawn = b->drawn = pair->chosen = true;
    return true;
}

static bool
choose_pairs(struct choosing *choosing, uint32_t pairs_most, uint32_t actors_most,
             struct cas_choice *out)
{
    struct pair **order = cas_zalloc((size_t)choosing->count + 1, sizeof(*order));
    uint32_t actors = 0;
    if (!order)
        return false;
    for (uint32_t i = 0; i < choosing->count; i++)
        order[i] = &choosing->pairs[i];
    qsort(order, choosing->count, sizeof(*order), by_rank);
    for (uint32_t i = 0; i < choosing->count && out->pairs < pairs_most; i++) {
        if (!take_pair(choosing, order[i], &actors, actors_most))
            continue;
        out->pairs++;
        out->standing_out += order[i]->stands_out;
    }
    cas_free(order);
    return true;
}

/* @return false without memory */
static bool
make_lists(const struct casus_graph *graph, struct cas_arena *arena, struct cas_choice *out)
{
    uint32_t actors = casus_graph_actor_count(graph), ties = casus_graph_tie_count(graph);
    out->actors = room(arena, actors, sizeof(*out->actors));
    out->drawn = room(arena, actors, sizeof(*out->drawn));
    out->ties = room(arena, ties, sizeof(*out->ties));
    return out->actors && out->drawn && out->ties;
}

bool
cas_choice_all(const struct casus_graph *graph, struct cas_arena *arena, struct cas_choice *out)
{
    *out = (struct cas_choice){.actor_count = casus_graph_actor_count(graph),
                               .tie_count = casus_graph_tie_count(graph)};
    if (!make_lists(graph, arena, out))
        return false;
    for (uint32_t i = 0; i < out->actor_count; i++)
        out->actors[i] = out->drawn[i] = i;
    for (uint32_t i = 0; i < out->tie_count; i++)
        out->ties[i] = i;
    return true;
}

static void
list_chosen(const struct choosing *choosing, struct cas_choice *out)
{
    for (uint32_t i = 0; i < casus_graph_actor_count(choosing->graph); i++) {
        bool drawn = choosing->ends[i].drawn;
        out->drawn[i] = drawn ? out->actor_count : CASUS_NONE;
        if (drawn)
            out->actors[out->actor_count++] = i;
    }
    for (uint32_t i = 0; i < casus_graph_tie_count(choosing->graph); i++) {
        if (choosing->pairs[choosing->pair_of[i]].chosen)
            out->ties[out->tie_count++] = i;
    }
}

bool
cas_choice_make(const struct casus_graph *graph, const struct casus_drawing *drawing,
                const struct cas_marks *marks, struct cas_arena *arena, struct cas_choice *out)
{
    struct choosing choosing = {.graph = graph, .marks = marks, .arena = arena};
    uint32_t actors = casus_graph_actor_count(graph);
    if (drawing->all)
        return cas_choice_all(graph, arena, out);
    if (!find_pairs(&choosing))
        return false;
    bool small = actors <= CAS_CHOICE_ACTORS && choosing.count <= CAS_CHOICE_PAIRS;
    if (drawing->top ? choosing.count <= drawing->top : small)
        return cas_choice_all(graph, arena, out);
    *out = (struct cas_choice){.backbone = true};
    choosing.ends = room(arena, actors, sizeof(*choosing.ends));
    if (!choosing.ends || !make_lists(graph, arena, out))
        return false;
    judge_pairs(&choosing);
    uint32_t pairs_most = drawing->top ? drawing->top : PAIRS_MOST;
    if (!choose_pairs(&choosing, pairs_most, drawing->top ? actors : CAS_CHOICE_ACTORS, out))
        return false;
    list_chosen(&choosing, out);
    return true;
}
