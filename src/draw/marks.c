/* From answers to marks. Ties of claims are never lit: they are neither support nor attack. */
#include "draw/marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct marking {
    const struct casus_graph *graph;
    const struct casus_drawing *drawing;
    struct cas_marks *out;
};

static bool
same_pair(const struct casus_tie *tie, uint32_t a, uint32_t b)
{
    return (tie->from == a && tie->to == b) || (tie->from == b && tie->to == a);
}

static void
light(struct marking *marking, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(marking->graph, index);
    marking->out->lit_ties += !marking->out->ties[index];
    marking->out->ties[index] = 1;
    marking->out->actors[tie->from] = marking->out->actors[tie->to] = 1;
}

static int
by_pair(const void *left, const void *right)
{
    const uint32_t *x = left, *y = right;
    if (x[0] != y[0])
        return x[0] < y[0] ? -1 : 1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

static const struct casus_signed_tie *
find_dyad(const struct casus_balance *balance, uint32_t a, uint32_t b)
{
    uint32_t low = 0, high = casus_balance_tie_count(balance);
    uint32_t wanted[2] = {a < b ? a : b, a < b ? b : a};
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct casus_signed_tie *tie = casus_balance_tie_at(balance, middle);
        uint32_t here[2] = {tie->a, tie->b};
        int order = by_pair(here, wanted);
        if (order == 0)
            return tie;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool
stands_out(const struct marking *marking, const struct casus_signed_tie *dyad)
{
    const struct casus_balance *balance = marking->drawing->balance;
    if (marking->drawing->highlight == CASUS_HIGHLIGHT_FRUSTRATED)
        return dyad->frustrated;
    uint32_t bloc = casus_balance_bloc(balance, dyad->a);
    return dyad->disagrees || (bloc && bloc == casus_balance_bloc(balance, dyad->b));
}

static void
light_dyads(struct marking *marking)
{
    for (uint32_t i = 0; i < casus_graph_tie_count(marking->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(marking->graph, i);
        if (tie->relation == CASUS_CLAIM)
            continue;
        const struct casus_signed_tie *dyad =
            find_dyad(marking->drawing->balance, tie->from, tie->to);
        if (dyad && stands_out(marking, dyad))
            light(marking, i);
    }
}

/* The pairs of all steps that a chain takes, in order, each once. */
static uint32_t *
chain_pairs(const struct casus_chains *chains, uint32_t *out_count)
{
    uint32_t count = casus_chains_step_count(chains), kept = 0;
    uint8_t *used = cas_zalloc((size_t)count + 1, 1);
    uint32_t *pairs = cas_zalloc((size_t)count + 1, 2 * sizeof(*pairs));
    for (uint32_t i = 0; used && i < casus_chains_count(chains); i++) {
        const struct casus_chain *chain = casus_chains_at(chains, i);
        for (uint32_t j = 0; j < chain->length; j++)
            used[chain->steps[j]] = 1;
    }
    for (uint32_t i = 0; used && pairs && i < count; i++) {
        const struct casus_step *step = casus_chains_step_at(chains, i);
        if (!used[i])
            continue;
        pairs[2 * kept] = step->from;
        pairs[2 * kept++ + 1] = step->to;
    }
    if (used && pairs)
        qsort(pairs, kept, 2 * sizeof(*pairs), by_pair);
    cas_free(used);
    *out_count = kept;
    return pairs;
}

static bool
is_step(const uint32_t *pairs, uint32_t count, uint32_t from, uint32_t to)
{
    uint32_t wanted[] = {from, to};
    return bsearch(wanted, pairs, count, sizeof(wanted), by_pair) != NULL;
}

static bool
light_chains(struct marking *marking)
{
    uint32_t count = 0;
    uint32_t *pairs = chain_pairs(marking->drawing->chains, &count);
    for (uint32_t i = 0; pairs && i < casus_graph_tie_count(marking->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(marking->graph, i);
        if (tie->relation == CASUS_SUPPORT &&
            (is_step(pairs, count, tie->from, tie->to) ||
             (!tie->directed && is_step(pairs, count, tie->to, tie->from))))
            light(marking, i);
    }
    cas_free(pairs);
    return pairs;
}

static void
embolden(struct marking *marking, uint32_t actor)
{
    marking->out->bold_count += !marking->out->bold[actor];
    marking->out->bold[actor] = 1;
}

static void
light_cuts(struct marking *marking)
{
    const struct casus_brokers *brokers = marking->drawing->brokers;
    for (uint32_t i = 0; i < casus_brokers_point_count(brokers, CASUS_GROUND_CONTACT); i++) {
        uint32_t actor = casus_brokers_point_at(brokers, CASUS_GROUND_CONTACT, i)->actor;
        embolden(marking, actor);
        marking->out->actors[actor] = 1;
    }
    uint32_t at = 0, count = casus_brokers_bridge_count(brokers, CASUS_GROUND_CONTACT);
    for (uint32_t i = 0; i < casus_graph_tie_count(marking->graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(marking->graph, i);
        for (at = 0; tie->relation != CASUS_CLAIM && at < count; at++) {
            const struct casus_bridge *bridge =
                casus_brokers_bridge_at(brokers, CASUS_GROUND_CONTACT, at);
            if (same_pair(tie, bridge->a, bridge->b))
                light(marking, i);
        }
    }
}

static void
find_focus(struct marking *marking)
{
    const struct casus_drawing *drawing = marking->drawing;
    for (uint32_t i = 0; drawing->dossier && i < drawing->focus_count; i++) {
        uint32_t actor = casus_dossier_actor_find(drawing->dossier, drawing->focus[i]);
        if (actor == CASUS_NONE)
            continue;
        const char *id = casus_dossier_actor_at(drawing->dossier, actor)->id;
        uint32_t drawn = casus_graph_actor_find(marking->graph, id);
        if (drawn != CASUS_NONE)
            embolden(marking, drawn);
    }
}

static bool
find_implied(struct marking *marking, struct cas_arena *arena)
{
    const struct casus_chains *chains = marking->drawing->chains;
    uint32_t count = casus_chains_faced_count(chains);
    marking->out->implied = cas_arena_alloc(arena, (count + 1) * sizeof(*marking->out->implied));
    for (uint32_t i = 0; marking->out->implied && i < count; i++) {
        const struct casus_faced *faced = casus_chains_faced_at(chains, i);
        marking->out->implied[marking->out->implied_count++] = (struct cas_implied){
            faced->backers[0], faced->backers[1], faced->front_count, faced->event_count};
    }
    return marking->out->implied;
}

/* Nothing stands out: no tie, and no cut point without a bridge. */
static bool
is_dark(const struct cas_marks *marks, uint32_t actors)
{
    return !memchr(marks->actors, 1, actors);
}

static const char *
write_darkness(const struct marking *marking, struct cas_arena *arena)
{
    static const char *const reasons[] = {
        [CASUS_HIGHLIGHT_FRUSTRATED] = "all signed ties fit two camps",
        [CASUS_HIGHLIGHT_CHAINS] = "no chain of support leads from a backer to a fighter",
        [CASUS_HIGHLIGHT_CUTS] =
            "there is no tie and no actor without which others lose each other",
        [CASUS_HIGHLIGHT_BLOCS] = "no tie lies inside of a bloc, and none disagrees with the blocs",
    };
    const struct casus_drawing *drawing = marking->drawing;
    const char *undefined = drawing->highlight == CASUS_HIGHLIGHT_FRUSTRATED ||
                                    drawing->highlight == CASUS_HIGHLIGHT_BLOCS
                                ? casus_balance_facts(drawing->balance)->frustration.undefined
                                : NULL;
    char text[320];
    int n = snprintf(text, sizeof(text), "Nothing to highlight: %s.",
                     undefined ? undefined : reasons[drawing->highlight]);
    return cas_arena_text(arena, text, (size_t)n);
}

static const char *
write_note(const struct marking *marking, struct cas_arena *arena)
{
    static const char *const heads[] = {
        [CASUS_HIGHLIGHT_FRUSTRATED] = "ties that do not fit two camps",
        [CASUS_HIGHLIGHT_CHAINS] = "support on a chain from a backer to a fighter",
        [CASUS_HIGHLIGHT_CUTS] = "ties without which others lose each other (bridges), and in bold "
                                 "the actors of whom that is true",
        [CASUS_HIGHLIGHT_BLOCS] = "ties inside of a bloc, and those that disagree with the blocs",
    };
    char text[320], proof[80] = "";
    const struct casus_drawing *drawing = marking->drawing;
    if (drawing->highlight == CASUS_HIGHLIGHT_FRUSTRATED) {
        const struct casus_bounds *bounds = &casus_balance_facts(drawing->balance)->frustration;
        if (!bounds->undefined && !bounds->proved)
            snprintf(proof, sizeof(proof), " (found; no proof that fewer than %.0f will not do)",
                     bounds->upper);
    }
    int n = snprintf(text, sizeof(text), "Highlighted: %s: %u of them%s.",
                     heads[drawing->highlight], marking->out->lit_ties, proof);
    return cas_arena_text(arena, text, (size_t)n);
}

static bool
light_up(struct marking *marking)
{
    switch (marking->drawing->highlight) {
    case CASUS_HIGHLIGHT_NONE: break;
    case CASUS_HIGHLIGHT_FRUSTRATED:
    case CASUS_HIGHLIGHT_BLOCS: light_dyads(marking); break;
    case CASUS_HIGHLIGHT_CHAINS: return light_chains(marking);
    case CASUS_HIGHLIGHT_CUTS: light_cuts(marking); break;
    }
    return true;
}

static uint8_t *
flags(struct cas_arena *arena, uint32_t count)
{
    uint8_t *at = cas_arena_alloc(arena, (size_t)count + 1);
    if (at)
        memset(at, 0, (size_t)count + 1);
    return at;
}

bool
cas_marks_make(const struct casus_graph *graph, const struct casus_drawing *drawing,
               struct cas_arena *arena, struct cas_marks *out)
{
    struct marking marking = {graph, drawing, out};
    uint32_t actors = casus_graph_actor_count(graph), ties = casus_graph_tie_count(graph);
    *out = (struct cas_marks){.bold = flags(arena, actors)};
    if (!out->bold)
        return false;
    find_focus(&marking);
    if (drawing->implied && !find_implied(&marking, arena))
        return false;
    if (drawing->highlight == CASUS_HIGHLIGHT_NONE)
        return true;
    out->actors = flags(arena, actors);
    out->ties = flags(arena, ties);
    if (!out->actors || !out->ties || !light_up(&marking))
        return false;
    if (is_dark(out, actors)) {
        out->actors = out->ties = NULL; /* a picture all of which is faint shows nothing */
        out->note = write_darkness(&marking, arena);
    } else {
        out->note = write_note(&marking, arena);
    }
    return out->note;
}
