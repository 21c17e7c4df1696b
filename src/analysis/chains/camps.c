/* Camps are numbered in the order of their sides, then of their topmost ancestors' ids. */
#include "analysis/chains/camps.h"

#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "claim/dossier.h"

struct key {
    const char *side, *family, *label;
    uint32_t actor;
};

static int
compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (!a->side != !b->side)
        return a->side ? -1 : 1;
    return a->side ? strcmp(a->side, b->side) : strcmp(a->family, b->family);
}

static struct key
key_by_dossier(const struct casus_dossier *dossier, const struct casus_node *node)
{
    const struct cas_registry *registry = cas_dossier_registry(dossier);
    uint32_t number = cas_registry_find_id(registry, node->id, strlen(node->id));
    const struct casus_actor *top =
        cas_registry_at(registry, cas_registry_level(registry, number, 0, NULL));
    const char *side = cas_dossier_side(dossier, number, NULL);
    return (struct key){.side = side, .family = top->id, .label = side ? side : top->name};
}

/* Parents make no circle, but a graph has them at the end of what was read: count the steps. */
static struct key
key_by_graph(const struct casus_graph *graph, const struct casus_node *node)
{
    uint32_t left = casus_graph_actor_count(graph);
    while (!node->side && node->parent != CASUS_NONE && left--)
        node = casus_graph_actor_at(graph, node->parent);
    if (node->side)
        return (struct key){.side = node->side, .label = node->side};
    bool outside = node->parent_id;
    return (struct key){.family = outside ? node->parent_id : node->id,
                        .label = outside ? node->parent_name : node->name};
}

static void
number_camps(struct key *keys, uint32_t n, uint32_t *of, const char **label, uint32_t *count)
{
    if (n)
        qsort(keys, n, sizeof *keys, compare_keys);
    *count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!i || compare_keys(&keys[i - 1], &keys[i]) != 0)
            label[(*count)++] = keys[i].label;
        of[keys[i].actor] = *count - 1;
    }
}

enum casus_status
cas_camps_find(struct cas_arena *arena, const struct casus_graph *graph,
               const struct casus_dossier *dossier, struct cas_camps *out, struct casus_error *err)
{
    uint32_t n = casus_graph_actor_count(graph);
    struct key *keys = cas_zalloc(n, sizeof *keys);
    uint32_t *of = cas_arena_alloc(arena, (size_t)n * sizeof *of);
    const char **label = cas_arena_alloc(arena, (size_t)n * sizeof *label);
    if (!keys || !of || !label) {
        cas_free(keys);
        return cas_fail_memory(err);
    }
    for (uint32_t v = 0; v < n; v++) {
        const struct casus_node *node = casus_graph_actor_at(graph, v);
        keys[v] = dossier ? key_by_dossier(dossier, node) : key_by_graph(graph, node);
        keys[v].actor = v;
    }
    out->of = of;
    out->label = label;
    number_camps(keys, n, of, label, &out->count);
    cas_free(keys);
    return CASUS_OK;
}
