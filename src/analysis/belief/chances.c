/* Worlds drawn from what is claimed.
 *
 * Rules
 * - An event is in a world by its probability (src/claim/grade.c): that of the best graded claim
 *   which affirms it, by STIX 2.1's table for the Admiralty credibility (1 to 5: 0.9, 0.7, 0.5,
 *   0.3, 0.1) or the user's. Where evidence is the weight, a graded event weighs 1 in the worlds
 *   that it is in: it would otherwise be discounted twice.
 * - An event without such a claim (none graded, 6, or denied only) has no probability: it is in
 *   every world and is counted as ungraded. It is never a silent half.
 * - Those killed, where they are the weight, are drawn evenly from the widest range that is told of
 *   the event, over all actors. A range without an upper bound is not drawn: its best, else its
 *   low, stands in every world, and it is counted.
 * - A date, where a selection of dates is active, is drawn evenly from the days that it may mean;
 *   of an interval each end; an end that is open or not known stays so. The event is in the world
 *   if what was drawn touches the days selected. Actors stay at the level and under the parents
 *   of the plain report.
 * - Two actors that a registry calls unsure are one in every second world.
 * - Each draws from a stream of its own (random.h), by its id: no row's place, no other event and
 *   no worker changes its luck. Draws are independent of each other.
 * Source: STIX 2.1, appendix A (confidence scales).
 */
#include "analysis/belief/chances.h"

#include <math.h>
#include <string.h>

#include "actor/names.h"
#include "base/fault.h"
#include "base/random.h"
#include "base/text.h"
#include "claim/grade.h"
#include "graph/graph.h"

/* --- what it cost ----------------------------------------------------------------------------- */

static double
plain_killed(const struct casus_figure *killed)
{
    return (double)(killed->best >= 0 ? killed->best : killed->low >= 0 ? killed->low : 0);
}

static void
weigh_killed(struct cas_chances *chances, struct cas_chance *chance,
             const struct casus_figure *killed)
{
    chance->weight = plain_killed(killed);
    if (!casus_figure_known(killed))
        return;
    chance->low = killed->low >= 0 ? killed->low : killed->best >= 0 ? killed->best : 0;
    chance->high = killed->high >= 0 ? killed->high : chance->low;
    chances->info.unbounded += killed->high < 0;
    chances->info.losses += chance->low < chance->high;
}

static enum casus_status
weigh_all_killed(struct cas_chances *chances, struct casus_error *err)
{
    const struct cas_worlds *worlds = chances->worlds;
    const struct casus_basis *basis = worlds->basis;
    struct casus_figure *killed = cas_zalloc((size_t)worlds->event_count + 1, sizeof *killed);
    if (!killed)
        return cas_fail_memory(err);
    enum casus_status status = cas_graph_killed(basis->dossier, basis->selection, NULL,
                                                worlds->events, worlds->event_count, killed, err);
    for (uint32_t i = 0; i < worlds->event_count && status == CASUS_OK; i++)
        weigh_killed(chances, &chances->at[i], &killed[i]);
    cas_free(killed);
    return status;
}

static double
plain_weight(const struct casus_basis *basis, const struct cas_chance *chance, uint32_t event)
{
    bool graded = !isnan(chance->probability);
    if (basis->weight != CASUS_WEIGHT_EVIDENCE || graded)
        return 1;
    return cas_verdict_weight(casus_verdicts_evidence(basis->verdicts, event));
}

static enum casus_status
weigh_all(struct cas_chances *chances, struct casus_error *err)
{
    const struct cas_worlds *worlds = chances->worlds;
    if (worlds->basis->weight == CASUS_WEIGHT_KILLED)
        return weigh_all_killed(chances, err);
    for (uint32_t i = 0; i < worlds->event_count; i++)
        chances->at[i].weight = plain_weight(worlds->basis, &chances->at[i], worlds->events[i]);
    return CASUS_OK;
}

/* --- when it was ------------------------------------------------------------------------------ */

static void
days_of(uint8_t bound, struct casus_date date, int32_t otherwise, int32_t out[2])
{
    bool known = bound == CASUS_BOUND_DATE && casus_date_known(date);
    out[0] = known ? casus_date_first_day(date) : otherwise;
    out[1] = known ? casus_date_last_day(date) : otherwise;
}

static void
date_one(struct cas_chances *chances, struct cas_chance *chance, const struct casus_period *date)
{
    if (!casus_period_known(date))
        return;
    chance->interval = date->interval;
    days_of(date->interval ? date->from_bound : (uint8_t)CASUS_BOUND_DATE, date->from,
            CASUS_DAY_MIN, chance->begins);
    if (date->interval)
        days_of(date->until_bound, date->until, CASUS_DAY_MAX, chance->ends);
    else
        memcpy(chance->ends, chance->begins, sizeof chance->ends);
    int32_t ends = date->interval ? chance->ends[0] : chance->begins[0];
    chance->dated = chance->begins[1] > chances->until || ends < chances->since;
    chances->info.dates += chance->dated;
}

static int32_t
day_of(const char *text, bool first, int32_t otherwise)
{
    struct casus_date date;
    if (!text || casus_date_parse(text, strlen(text), &date) != CASUS_DATE_OK)
        return otherwise;
    return first ? casus_date_first_day(date) : casus_date_last_day(date);
}

static void
date_all(struct cas_chances *chances)
{
    const struct cas_worlds *worlds = chances->worlds;
    const struct casus_selection *selection = worlds->basis->selection;
    chances->since = day_of(selection ? selection->since : NULL, true, CASUS_DAY_MIN);
    chances->until = day_of(selection ? selection->until : NULL, false, CASUS_DAY_MAX);
    for (uint32_t i = 0; i < worlds->event_count; i++)
        date_one(chances, &chances->at[i],
                 &casus_dossier_event_at(worlds->basis->dossier, worlds->events[i])->date);
}

/* --- who is who ------------------------------------------------------------------------------- */

/* Where an actor named in a registry stands in the graph, or CASUS_NONE. */
static uint32_t
node_of(const struct casus_basis *basis, const char *name)
{
    uint32_t actor = name ? casus_dossier_actor_find(basis->dossier, name) : CASUS_NONE;
    if (actor == CASUS_NONE)
        return CASUS_NONE;
    return casus_graph_actor_find(basis->graph, casus_dossier_actor_at(basis->dossier, actor)->id);
}

static void
add_pair(struct cas_chances *chances, uint32_t a, uint32_t b)
{
    const struct casus_graph *graph = chances->worlds->basis->graph;
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    const char *low_id = casus_graph_actor_at(graph, low)->id;
    const char *high_id = casus_graph_actor_at(graph, high)->id;
    for (uint32_t i = 0; i < chances->pair_count; i++)
        if (chances->pairs[i][0] == low && chances->pairs[i][1] == high)
            return;
    chances->pairs[chances->pair_count][0] = low;
    chances->pairs[chances->pair_count][1] = high;
    chances->pair_keys[chances->pair_count++] =
        cas_hash(low_id, strlen(low_id)) * 31 + cas_hash(high_id, strlen(high_id));
}

/* Which pairs there are does not depend on the order of rows: whom they make one does not either,
 * for each flips a coin of its own. */
static enum casus_status
pair_all(struct cas_chances *chances, const struct casus_registry *registry,
         struct casus_error *err)
{
    const struct cas_names *names = registry ? cas_names_of(registry) : NULL;
    size_t rows = names ? names->row_count : 0;
    chances->pairs = cas_zalloc(rows + 1, sizeof *chances->pairs);
    chances->pair_keys = cas_zalloc(rows + 1, sizeof *chances->pair_keys);
    if (!chances->pairs || !chances->pair_keys)
        return cas_fail_memory(err);
    for (size_t i = 0; i < rows; i++) {
        const struct cas_name_row *row = &names->rows[i];
        if (row->judgement != CAS_UNSURE)
            continue;
        uint32_t a = node_of(chances->worlds->basis, row->alias);
        uint32_t b = node_of(chances->worlds->basis, row->actor);
        if (a != CASUS_NONE && b != CASUS_NONE && a != b)
            add_pair(chances, a, b);
    }
    chances->info.merges = chances->pair_count;
    return CASUS_OK;
}

/* --- getting ready ---------------------------------------------------------------------------- */

static void
grade_all(struct cas_chances *chances, const struct casus_probabilities *table)
{
    const struct cas_worlds *worlds = chances->worlds;
    for (uint32_t i = 0; i < worlds->event_count; i++) {
        const struct casus_event *event =
            casus_dossier_event_at(worlds->basis->dossier, worlds->events[i]);
        struct cas_chance *chance = &chances->at[i];
        chance->key = cas_hash(event->id, strlen(event->id));
        chance->probability =
            casus_event_probability(worlds->basis->dossier, worlds->events[i], table);
        chances->info.ungraded += isnan(chance->probability);
        chances->info.certain += chance->probability == 1;
    }
}

enum casus_status
cas_chances_init(struct cas_chances *chances, const struct cas_worlds *worlds,
                 const struct casus_sampling *sampling, struct casus_error *err)
{
    struct casus_probabilities stix;
    casus_probabilities_init(&stix);
    *chances = (struct cas_chances){.worlds = worlds, .seed = sampling->seed};
    chances->info.events = worlds->event_count;
    chances->info.seed = sampling->seed;
    chances->at = cas_zalloc((size_t)worlds->event_count + 1, sizeof *chances->at);
    enum casus_status status = chances->at ? CASUS_OK : cas_fail_memory(err);
    if (status == CASUS_OK) {
        grade_all(chances, sampling->probabilities ? sampling->probabilities : &stix);
        date_all(chances);
        status = weigh_all(chances, err);
    }
    if (status == CASUS_OK)
        status = pair_all(chances, sampling->registry, err);
    if (status != CASUS_OK)
        cas_chances_done(chances);
    return status;
}

void
cas_chances_done(struct cas_chances *chances)
{
    cas_free(chances->at);
    cas_free(chances->pairs);
    cas_free(chances->pair_keys);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static bool
is_in_time(const struct cas_chances *chances, const struct cas_chance *chance,
           struct cas_random *luck)
{
    int64_t begin = cas_random_between(luck, chance->begins[0], chance->begins[1]);
    int64_t end = begin;
    if (chance->interval)
        end = cas_random_between(luck, chance->ends[0], chance->ends[1]);
    end = end < begin ? begin : end;
    return begin <= chances->until && end >= chances->since;
}

static void
draw_event(const struct cas_chances *chances, uint32_t round, uint32_t i, struct cas_world *world)
{
    const struct cas_chance *chance = &chances->at[i];
    struct cas_random luck = cas_random_of(chances->seed, round, chance->key);
    bool was = cas_random_chance(&luck, isnan(chance->probability) ? 1 : chance->probability);
    world->weight[i] = chance->weight;
    if (chance->low < chance->high)
        world->weight[i] = (double)cas_random_between(&luck, chance->low, chance->high);
    world->present[i] = was && (!chance->dated || is_in_time(chances, chance, &luck));
}

static uint32_t
root_of(const uint32_t *merged, uint32_t actor)
{
    while (merged[actor] != actor)
        actor = merged[actor];
    return actor;
}

static void
draw_merges(const struct cas_chances *chances, uint32_t round, uint32_t *merged)
{
    uint32_t n = chances->worlds->n;
    for (uint32_t v = 0; v < n; v++)
        merged[v] = v;
    for (uint32_t i = 0; i < chances->pair_count; i++) {
        struct cas_random luck = cas_random_of(chances->seed, round, chances->pair_keys[i]);
        uint32_t a = root_of(merged, chances->pairs[i][0]);
        uint32_t b = root_of(merged, chances->pairs[i][1]);
        if (cas_random_chance(&luck, 0.5))
            merged[a < b ? b : a] = a < b ? a : b;
    }
    for (uint32_t v = 0; v < n; v++)
        merged[v] = root_of(merged, v);
}

enum casus_status
cas_chances_draw(const void *context, uint32_t index, struct cas_world *world,
                 struct casus_error *err)
{
    const struct cas_chances *chances = context;
    for (uint32_t i = 0; i < chances->worlds->event_count; i++)
        draw_event(chances, index, i, world);
    if (world->merged)
        draw_merges(chances, index, world->merged);
    return CASUS_OK;
}
