/* Structural balance of a graph: signs, triads, walks, two camps, blocs.
 *
 * Invariant: lists stand in the result's arena, by actor or by dyad; the ties of the signed graph
 * are dyads[dyad_of[i]]. What is not defined is NaN and says why.
 */
#include <casus/balance.h>

#include <math.h>
#include <pthread.h>

#include "analysis/balance/clustering.h"
#include "analysis/balance/communities.h"
#include "analysis/balance/frustration.h"
#include "analysis/balance/signs.h"
#include "analysis/balance/triads.h"
#include "base/child.h"
#include "base/fault.h"
#include "base/parallel.h"

#define SECONDS 60.0
enum { MOST = 200000 };

struct casus_balance {
    struct cas_arena arena;
    struct cas_signs signs;
    struct casus_balance_facts facts;
    const struct casus_graph *graph; /* while it is made */
    double start;                    /* by cas_clock() */
    uint32_t n;
    uint8_t *camp;
    uint32_t *part, *bloc;
    const uint32_t *community;
    bool *swing;
};

const char *
casus_triad_name(unsigned negative)
{
    static const char *const names[CASUS_TRIAD_COUNT] = {"+++", "++-", "+--", "---"};
    return negative < CASUS_TRIAD_COUNT ? names[negative] : NULL;
}

/* --- what there is ------------------------------------------------------------------------ */

static void
count_dyads(struct casus_balance *balance)
{
    struct casus_balance_facts *facts = &balance->facts;
    for (uint32_t i = 0; i < balance->signs.count; i++) {
        const struct casus_signed_tie *dyad = &balance->signs.dyads[i];
        facts->positive += dyad->sign > 0;
        facts->negative += dyad->sign < 0;
        facts->ambivalent += dyad->ambivalent;
        facts->left_out += !dyad->sign;
    }
}

/* Parts numbered anew, without the actors that stand alone. */
static enum casus_status
find_parts(struct casus_balance *balance, struct casus_error *err)
{
    const struct cas_signed *graph = balance->signs.graph;
    uint32_t count;
    enum casus_status status = cas_signed_parts(graph, balance->part, &count, err);
    uint32_t *number = cas_zalloc((size_t)graph->n + 1, sizeof *number);
    if (status != CASUS_OK || !number) {
        cas_free(number);
        return status == CASUS_OK ? cas_fail_memory(err) : status;
    }
    for (uint32_t v = 0; v < graph->n; v++) {
        if (graph->begin[v] == graph->begin[v + 1]) {
            balance->part[v] = 0;
            continue;
        }
        uint32_t *known = &number[balance->part[v]];
        *known = *known ? *known : ++balance->facts.parts;
        balance->part[v] = *known;
        balance->facts.actors++;
    }
    cas_free(number);
    return CASUS_OK;
}

static bool
alloc_lists(struct casus_balance *balance)
{
    size_t room = (size_t)balance->n + 1;
    balance->camp = cas_arena_alloc(&balance->arena, room * sizeof *balance->camp);
    balance->part = cas_arena_alloc(&balance->arena, room * sizeof *balance->part);
    balance->bloc = cas_arena_alloc(&balance->arena, room * sizeof *balance->bloc);
    balance->swing = cas_arena_alloc(&balance->arena, room * sizeof *balance->swing);
    if (!balance->camp || !balance->part || !balance->bloc || !balance->swing)
        return false;
    for (size_t v = 0; v < room; v++) {
        balance->camp[v] = 0;
        balance->part[v] = balance->bloc[v] = 0;
        balance->swing[v] = false;
    }
    return true;
}

/* --- triads and walks --------------------------------------------------------------------- */

/* Why nothing about signs is defined, or NULL. */
static const char *
nothing_signed(const struct casus_balance *balance)
{
    const struct casus_balance_facts *facts = &balance->facts;
    if (balance->signs.graph->m)
        return NULL;
    if (balance->n < 2)
        return "one actor alone has no tie";
    if (facts->positive + facts->negative)
        return "every signed tie has weight 0";
    return facts->ambivalent ? "all dyads are ambivalent and left out"
                             : "no attack or support joins two actors";
}

static enum casus_status
measure_triads(struct casus_balance *balance, const char *nothing, struct casus_error *err)
{
    struct casus_balance_facts *facts = &balance->facts;
    struct cas_triads triads;
    enum casus_status status = cas_triads_count(balance->signs.graph, &triads, err);
    if (status != CASUS_OK)
        return status;
    for (int i = 0; i < CASUS_TRIAD_COUNT; i++)
        facts->triads[i] = triads.count[i];
    facts->strict = cas_triads_strict(&triads);
    facts->weak = cas_triads_weak(&triads);
    if (isnan(facts->strict))
        facts->strict_undefined = nothing ? nothing : "no three actors are all joined";
    facts->walk = NAN;
    facts->walk_undefined = nothing;
    return CASUS_OK;
}

static enum casus_status
find_walks(struct casus_balance *balance, const struct cas_limits *limits, struct casus_error *err)
{
    struct casus_balance_facts *facts = &balance->facts;
    if (facts->used.no_walks) {
        facts->walk = NAN;
        facts->walk_undefined = "not asked for";
        return CASUS_OK;
    }
    return cas_walk_balance(balance->signs.graph, limits->deadline, &facts->walk,
                            &facts->walk_undefined, err);
}

/* --- camps -------------------------------------------------------------------------------- */

static void
undefine(struct casus_bounds *bounds, const char *why)
{
    *bounds = (struct casus_bounds){.lower = NAN, .upper = NAN, .total = NAN, .undefined = why};
}

static void
take_camps(struct casus_balance *balance, const struct cas_frustration *found)
{
    struct casus_balance_facts *facts = &balance->facts;
    facts->frustration = (struct casus_bounds){.lower = found->lower,
                                               .upper = found->upper,
                                               .total = found->total,
                                               .proved = found->proved,
                                               .stopped = found->stopped};
    facts->score[0] = 1 - 2 * found->upper / found->total;
    facts->score[1] = 1 - 2 * found->lower / found->total;
    facts->other = found->other == CAS_UNKNOWN ? -1 : found->other == CAS_YES;
    facts->swing_settled = found->settled;
    facts->swing = found->swing_count;
    for (uint32_t v = 0; v < balance->n; v++) {
        balance->camp[v] = found->camp[v] ? found->camp[v] > 0 ? 1 : 2 : 0;
        balance->swing[v] = found->swing[v];
    }
    for (uint32_t i = 0; i < found->tie_count; i++)
        balance->signs.dyads[balance->signs.dyad_of[found->tie[i]]].frustrated = true;
}

static enum casus_status
find_camps(struct casus_balance *balance, const struct cas_limits *limits, struct casus_error *err)
{
    struct cas_frustration *found;
    enum casus_status status = cas_frustration_new(balance->signs.graph, limits, &found, err);
    if (status != CASUS_OK)
        return status;
    take_camps(balance, found);
    cas_frustration_free(found);
    return CASUS_OK;
}

/* --- blocs -------------------------------------------------------------------------------- */

static void
take_blocs(struct casus_balance *balance, uint32_t *number, const struct cas_clustering *found)
{
    struct casus_balance_facts *facts = &balance->facts;
    facts->disagreement = (struct casus_bounds){.lower = found->lower,
                                                .upper = found->upper,
                                                .total = found->total,
                                                .proved = found->proved,
                                                .stopped = found->stopped};
    facts->agreement = found->agreement;
    facts->least_agreement = found->least_agreement;
    facts->seeds = found->seeds;
    for (uint32_t v = 0; v < balance->n; v++) {
        uint32_t *known = &number[found->bloc[v]];
        if (!balance->part[v])
            continue;
        *known = *known ? *known : ++facts->blocs;
        balance->bloc[v] = *known;
    }
    for (uint32_t i = 0; i < found->tie_count; i++)
        balance->signs.dyads[balance->signs.dyad_of[found->tie[i]]].disagrees = true;
}

static enum casus_status
find_blocs(struct casus_balance *balance, const struct cas_limits *limits, struct casus_error *err)
{
    struct cas_clustering *found;
    uint32_t *number = cas_zalloc((size_t)balance->n + 1, sizeof *number);
    if (!number)
        return cas_fail_memory(err);
    enum casus_status status = cas_clustering_new(balance->signs.graph, limits, &found, err);
    if (status == CASUS_OK) {
        take_blocs(balance, number, found);
        cas_clustering_free(found);
    }
    cas_free(number);
    return status;
}

/* --- communities -------------------------------------------------------------------------- */

static enum casus_status
leave_communities(struct casus_balance *balance, struct casus_error *err)
{
    size_t size = ((size_t)balance->n + 1) * sizeof(uint32_t);
    uint32_t *none = cas_arena_alloc(&balance->arena, size);
    if (!none)
        return cas_fail_memory(err);
    balance->community = memset(none, 0, size);
    balance->facts.communities = (struct casus_community_facts){
        .modularity = NAN, .agreement = NAN, .least_agreement = NAN, .undefined = "not asked for"};
    return CASUS_OK;
}

static enum casus_status
find_communities(struct casus_balance *balance, const struct cas_limits *limits,
                 struct casus_error *err)
{
    struct cas_communities found;
    if (balance->facts.used.no_communities)
        return leave_communities(balance, err);
    enum casus_status status =
        cas_communities_find(&balance->arena, balance->graph, limits, &found, err);
    if (status != CASUS_OK)
        return status;
    balance->community = found.of;
    balance->facts.communities =
        (struct casus_community_facts){.count = found.count,
                                       .modularity = found.modularity,
                                       .agreement = found.agreement,
                                       .least_agreement = found.least_agreement,
                                       .seeds = CAS_COMMUNITY_SEEDS,
                                       .undefined = found.undefined};
    return CASUS_OK;
}

/* --- all of it ---------------------------------------------------------------------------- */

/* Side by side; each writes lists and facts of its own, and does the worst of its work in a child.
 * What is quick comes first: where they can only run one after the other, all share one limit of
 * time. */
enum { COMMUNITIES, WALKS, BLOCS, CAMPS, SEARCHES };

struct searches {
    struct casus_balance *balance;
    struct cas_limits limits[SEARCHES];
    struct casus_error errors[SEARCHES];
    enum casus_status statuses[SEARCHES];
    pthread_mutex_t lock; /* of `now` and of the caller's function */
    struct casus_balance_progress now;
};

static void
tell(struct searches *searches, double bounds[2], const struct cas_progress *progress)
{
    const struct casus_balancing *used = &searches->balance->facts.used;
    pthread_mutex_lock(&searches->lock);
    bounds[0] = progress->lower;
    bounds[1] = progress->upper;
    searches->now.seconds = cas_clock() - searches->balance->start;
    used->progress(used->context, &searches->now);
    pthread_mutex_unlock(&searches->lock);
}

static void
tell_camps(void *self, const struct cas_progress *progress)
{
    struct searches *searches = self;
    tell(searches, searches->now.camps, progress);
}

static void
tell_blocs(void *self, const struct cas_progress *progress)
{
    struct searches *searches = self;
    tell(searches, searches->now.blocs, progress);
}

static void
run_search(void *context, size_t index)
{
    static enum casus_status (*const finds[SEARCHES])(
        struct casus_balance *, const struct cas_limits *,
        struct casus_error *) = {[CAMPS] = find_camps,
                                 [BLOCS] = find_blocs,
                                 [WALKS] = find_walks,
                                 [COMMUNITIES] = find_communities};
    struct searches *searches = context;
    searches->statuses[index] =
        finds[index](searches->balance, &searches->limits[index], &searches->errors[index]);
}

static struct cas_limits
limits_of(struct searches *searches, size_t index)
{
    const struct casus_balance *balance = searches->balance;
    const struct casus_balancing *used = &balance->facts.used;
    return (struct cas_limits){.seconds = used->seconds,
                               .deadline = balance->start + used->seconds,
                               .seed = used->seed,
                               .weighted = used->weighted,
                               .progress = !used->progress  ? NULL
                                           : index == CAMPS ? tell_camps
                                                            : tell_blocs,
                               .self = searches};
}

static enum casus_status
run_searches(struct casus_balance *balance, struct casus_error *err)
{
    struct searches searches = {.balance = balance,
                                .lock = PTHREAD_MUTEX_INITIALIZER,
                                .now = {{NAN, NAN}, {NAN, NAN}, 0, balance->facts.used.seconds}};
    for (size_t i = 0; i < SEARCHES; i++)
        searches.limits[i] = limits_of(&searches, i);
    cas_parallel(cas_child_beside_threads() ? SEARCHES : 1, SEARCHES, run_search, &searches);
    for (int i = 0; i < SEARCHES; i++) {
        if (searches.statuses[i] != CASUS_OK) {
            if (err && err->status == CASUS_OK)
                *err = searches.errors[i];
            return searches.statuses[i];
        }
    }
    return CASUS_OK;
}

/* Blocs numbered by their first actor, each camp of each part being one. */
static bool
take_camps_as_blocs(struct casus_balance *balance)
{
    struct casus_balance_facts *facts = &balance->facts;
    uint32_t *number = cas_zalloc(2 * ((size_t)facts->parts + 1), sizeof *number);
    if (!number)
        return false;
    facts->blocs = 0;
    for (uint32_t v = 0; v < balance->n; v++) {
        uint32_t *known = &number[2 * balance->part[v] + (balance->camp[v] == 2)];
        if (!balance->camp[v]) {
            balance->bloc[v] = 0;
            continue;
        }
        *known = *known ? *known : ++facts->blocs;
        balance->bloc[v] = *known;
    }
    for (uint32_t i = 0; i < balance->signs.count; i++)
        balance->signs.dyads[i].disagrees = balance->signs.dyads[i].frustrated;
    facts->disagreement.upper = facts->frustration.upper;
    cas_free(number);
    return true;
}

static void
close_bounds(struct casus_bounds *bounds, double lower)
{
    bounds->lower = fmin(fmax(bounds->lower, lower), bounds->upper);
    bounds->proved = bounds->lower >= bounds->upper;
    bounds->stopped = bounds->proved ? NULL : bounds->stopped;
}

/* Camps are blocs too, so the best blocs misfit no more: each search tells the other something. */
static enum casus_status
share_bounds(struct casus_balance *balance, struct casus_error *err)
{
    struct casus_balance_facts *facts = &balance->facts;
    struct casus_bounds *camps = &facts->frustration, *blocs = &facts->disagreement;
    if (camps->upper < blocs->upper && !take_camps_as_blocs(balance))
        return cas_fail_memory(err);
    close_bounds(blocs, blocs->lower);
    if (!camps->proved)
        close_bounds(camps, blocs->lower);
    facts->score[1] = 1 - 2 * camps->lower / camps->total;
    return CASUS_OK;
}

static void
undefine_searches(struct casus_balance *balance, const char *nothing)
{
    struct casus_balance_facts *facts = &balance->facts;
    facts->score[0] = facts->score[1] = facts->agreement = facts->least_agreement = NAN;
    facts->other = -1;
    undefine(&facts->frustration, nothing);
    undefine(&facts->disagreement, nothing);
}

static enum casus_status
search(struct casus_balance *balance, const char *nothing, struct casus_error *err)
{
    const struct casus_balance_facts *facts = &balance->facts;
    bool too_many = !nothing && facts->actors > facts->used.most;
    struct searches plain = {.balance = balance};
    struct cas_limits limits = limits_of(&plain, WALKS);
    undefine_searches(balance,
                      too_many ? "more actors with signed ties than are searched" : nothing);
    enum casus_status status;
    if (!nothing && !too_many) {
        status = run_searches(balance, err);
        return status == CASUS_OK ? share_bounds(balance, err) : status;
    }
    status = too_many ? find_walks(balance, &limits, err) : CASUS_OK;
    return status == CASUS_OK ? find_communities(balance, &limits, err) : status;
}

static enum casus_status
fill(struct casus_balance *balance, const struct casus_graph *graph, struct casus_error *err)
{
    const struct casus_balancing *used = &balance->facts.used;
    if (!alloc_lists(balance))
        return cas_fail_memory(err);
    enum casus_status status = cas_signs_find(&balance->arena, graph, used->ambivalent,
                                              used->weighted, &balance->signs, err);
    if (status != CASUS_OK)
        return status;
    count_dyads(balance);
    const char *nothing = nothing_signed(balance);
    status = find_parts(balance, err);
    if (status == CASUS_OK)
        status = measure_triads(balance, nothing, err);
    return status == CASUS_OK ? search(balance, nothing, err) : status;
}

static enum casus_status
take_options(const struct casus_balancing *balancing, struct casus_balancing *out,
             struct casus_error *err)
{
    *out = balancing ? *balancing : (struct casus_balancing){0};
    if (isnan(out->seconds) || out->seconds < 0)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "a time limit is a number of seconds above 0");
    out->seconds = out->seconds > 0 ? out->seconds : SECONDS;
    out->seed = out->seed ? out->seed : 1;
    out->most = out->most ? out->most : MOST;
    return CASUS_OK;
}

enum casus_status
casus_balance_new(const struct casus_graph *graph, const struct casus_balancing *balancing,
                  struct casus_balance **out, struct casus_error *err)
{
    struct casus_balance *balance = cas_zalloc(1, sizeof *balance);
    if (!balance)
        return cas_fail_memory(err);
    cas_arena_init(&balance->arena);
    balance->n = casus_graph_actor_count(graph);
    balance->start = cas_clock();
    balance->graph = graph;
    enum casus_status status = take_options(balancing, &balance->facts.used, err);
    if (status == CASUS_OK)
        status = fill(balance, graph, err);
    cas_signed_free(balance->signs.graph);
    balance->signs.graph = NULL;
    balance->graph = NULL;
    if (status != CASUS_OK) {
        casus_balance_free(balance);
        return status;
    }
    *out = balance;
    return CASUS_OK;
}

void
casus_balance_free(struct casus_balance *balance)
{
    if (balance) {
        cas_arena_done(&balance->arena);
        cas_free(balance);
    }
}

/* --- reading ------------------------------------------------------------------------------ */

const struct casus_balance_facts *
casus_balance_facts(const struct casus_balance *balance)
{
    return &balance->facts;
}

uint32_t
casus_balance_tie_count(const struct casus_balance *balance)
{
    return balance->signs.count;
}

const struct casus_signed_tie *
casus_balance_tie_at(const struct casus_balance *balance, uint32_t index)
{
    return &balance->signs.dyads[index];
}

const struct casus_signed_tie *
casus_balance_tie_between(const struct casus_balance *balance, uint32_t x, uint32_t y)
{
    const struct casus_signed_tie *dyads = balance->signs.dyads;
    uint32_t a = x < y ? x : y, b = x < y ? y : x, low = 0, high = balance->signs.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (dyads[middle].a < a || (dyads[middle].a == a && dyads[middle].b < b))
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < balance->signs.count && dyads[low].a == a && dyads[low].b == b;
    return found ? &dyads[low] : NULL;
}

int
casus_balance_camp(const struct casus_balance *balance, uint32_t actor)
{
    return balance->camp[actor];
}

uint32_t
casus_balance_part(const struct casus_balance *balance, uint32_t actor)
{
    return balance->part[actor];
}

uint32_t
casus_balance_bloc(const struct casus_balance *balance, uint32_t actor)
{
    return balance->bloc[actor];
}

uint32_t
casus_balance_community(const struct casus_balance *balance, uint32_t actor)
{
    return balance->community[actor];
}

bool
casus_balance_swings(const struct casus_balance *balance, uint32_t actor)
{
    return balance->swing[actor];
}
