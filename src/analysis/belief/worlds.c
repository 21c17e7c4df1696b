/* Worlds folded and ranked. See worlds.h. */
#include "analysis/belief/worlds.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/centrality/measure.h"
#include "base/child.h"
#include "base/fault.h"
#include "graph/tally.h"

/* --- a graph as a list of events -------------------------------------------------------------- */

static unsigned
relations_of(const struct casus_basis *basis)
{
    unsigned asked = basis->scoring ? basis->scoring->relations : 0;
    return asked ? asked : CASUS_CONTACT;
}

static void
take_ties(struct cas_worlds *worlds)
{
    const struct casus_graph *graph = worlds->basis->graph;
    unsigned relations = relations_of(worlds->basis);
    uint32_t at = 0;
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (!(relations & CASUS_BIT(tie->relation)))
            continue;
        worlds->begin[worlds->tie_count] = at;
        worlds->ties[worlds->tie_count++] =
            (struct cas_contact_tie){tie->from, tie->to, tie->weight, tie->relation, tie->directed};
        for (uint32_t e = 0; tie->relation != CASUS_CLAIM && e < tie->events; e++)
            worlds->of_tie[at++] = casus_graph_tie_event(graph, i, e);
    }
    worlds->begin[worlds->tie_count] = at;
}

static size_t
count_events(const struct casus_basis *basis)
{
    size_t count = 0;
    for (uint32_t i = 0; i < casus_graph_tie_count(basis->graph); i++)
        count += casus_graph_tie_at(basis->graph, i)->events;
    return count;
}

/* From numbers of the dossier to numbers of `events`. */
static bool
number_events(struct cas_worlds *worlds)
{
    uint32_t all = casus_dossier_event_count(worlds->basis->dossier);
    uint32_t *number = cas_zalloc((size_t)all + 1, sizeof *number);
    if (!number)
        return false;
    for (uint32_t i = 0; i < worlds->begin[worlds->tie_count]; i++)
        number[worlds->of_tie[i]] = 1;
    for (uint32_t i = 0; i < all; i++)
        worlds->event_count += number[i];
    worlds->events = cas_zalloc((size_t)worlds->event_count + 1, sizeof *worlds->events);
    for (uint32_t i = 0, next = 0; i < all && worlds->events; i++) {
        if (number[i]) {
            worlds->events[next] = i;
            number[i] = next++;
        }
    }
    for (uint32_t i = 0; i < worlds->begin[worlds->tie_count] && worlds->events; i++)
        worlds->of_tie[i] = number[worlds->of_tie[i]];
    cas_free(number);
    return worlds->events != NULL;
}

static bool
find_ages(struct cas_worlds *worlds)
{
    const struct casus_totals *totals = casus_graph_totals(worlds->basis->graph);
    if (!(totals->half_life > 0))
        return true;
    const struct cas_decay decay = {totals->half_life, casus_date_last_day(totals->at)};
    worlds->age = cas_zalloc((size_t)worlds->event_count + 1, sizeof *worlds->age);
    for (uint32_t i = 0; worlds->age && i < worlds->event_count; i++)
        worlds->age[i] = cas_decay_weight(
            &decay, &casus_dossier_event_at(worlds->basis->dossier, worlds->events[i])->date);
    return worlds->age;
}

enum casus_status
cas_worlds_init(struct cas_worlds *worlds, const struct casus_basis *basis, struct casus_error *err)
{
    const struct casus_graph *graph = basis->graph;
    size_t ties = casus_graph_tie_count(graph);
    *worlds = (struct cas_worlds){.basis = basis, .n = casus_graph_actor_count(graph)};
    worlds->min_events = basis->selection ? basis->selection->min_events : 0;
    worlds->ties = cas_zalloc(ties + 1, sizeof *worlds->ties);
    worlds->begin = cas_zalloc(ties + 1, sizeof *worlds->begin);
    worlds->of_tie = cas_zalloc(count_events(basis) + 1, sizeof *worlds->of_tie);
    worlds->generic = cas_zalloc((size_t)worlds->n + 1, sizeof *worlds->generic);
    bool made = worlds->ties && worlds->begin && worlds->of_tie && worlds->generic;
    if (made) {
        take_ties(worlds);
        for (uint32_t v = 0; v < worlds->n; v++)
            worlds->generic[v] = casus_graph_actor_at(graph, v)->generic;
        made = number_events(worlds) && find_ages(worlds);
    }
    if (made)
        return CASUS_OK;
    cas_worlds_done(worlds);
    return cas_fail_memory(err);
}

void
cas_worlds_done(struct cas_worlds *worlds)
{
    cas_free(worlds->ties);
    cas_free(worlds->begin);
    cas_free(worlds->of_tie);
    cas_free(worlds->events);
    cas_free(worlds->generic);
    cas_free(worlds->age);
}

/* --- one world -------------------------------------------------------------------------------- */

bool
cas_world_init(struct cas_world *world, const struct cas_worlds *worlds, bool merges)
{
    *world = (struct cas_world){0};
    world->present = cas_zalloc((size_t)worlds->event_count + 1, 1);
    world->weight = cas_zalloc((size_t)worlds->event_count + 1, sizeof *world->weight);
    if (merges)
        world->merged = cas_zalloc((size_t)worlds->n + 1, sizeof *world->merged);
    if (world->present && world->weight && (!merges || world->merged))
        return true;
    cas_world_done(world);
    return false;
}

void
cas_world_done(struct cas_world *world)
{
    cas_free(world->present);
    cas_free(world->weight);
    cas_free(world->merged);
    *world = (struct cas_world){0};
}

/* What ranking one world needs, kept from one to the next. */
struct bench {
    const struct cas_worlds *worlds;
    struct cas_world world;
    struct cas_contact_tie *ties;
    uint32_t *order;  /* ties, those that merging makes one beside each other */
    uint32_t *seen;   /* by event: the tie + 1 that counted it last */
    uint32_t *record; /* the index, then the ranks */
};

static size_t
rank_count(const struct cas_worlds *worlds)
{
    return (size_t)worlds->n * CASUS_MEASURE_COUNT;
}

static void
bench_done(struct bench *bench)
{
    cas_world_done(&bench->world);
    cas_free(bench->ties);
    cas_free(bench->order);
    cas_free(bench->seen);
    cas_free(bench->record);
}

static enum casus_status
bench_init(struct bench *bench, const struct cas_worlds_job *job, struct casus_error *err)
{
    const struct cas_worlds *worlds = job->worlds;
    *bench = (struct bench){.worlds = worlds};
    bench->ties = cas_zalloc((size_t)worlds->tie_count + 1, sizeof *bench->ties);
    bench->order = cas_zalloc((size_t)worlds->tie_count + 1, sizeof *bench->order);
    bench->seen = cas_zalloc((size_t)worlds->event_count + 1, sizeof *bench->seen);
    bench->record = cas_zalloc(rank_count(worlds) + 1, sizeof *bench->record);
    if (bench->ties && bench->order && bench->seen && bench->record &&
        cas_world_init(&bench->world, worlds, job->merges))
        return CASUS_OK;
    bench_done(bench);
    return cas_fail_memory(err);
}

/* What a tie's events come to; `stamp` is that of the ties which count as one. */
static uint32_t
add_events(struct bench *bench, uint32_t tie, uint32_t stamp, double *weight)
{
    const struct cas_worlds *worlds = bench->worlds;
    uint32_t count = 0;
    for (uint32_t i = worlds->begin[tie]; i < worlds->begin[tie + 1]; i++) {
        uint32_t event = worlds->of_tie[i];
        if (!bench->world.present[event] || bench->seen[event] == stamp)
            continue;
        bench->seen[event] = stamp;
        *weight += bench->world.weight[event] * (worlds->age ? worlds->age[event] : 1);
        count++;
    }
    return count;
}

static bool
is_enough(const struct cas_worlds *worlds, uint32_t events)
{
    return events && events >= worlds->min_events;
}

static size_t
fold_ties(struct bench *bench)
{
    const struct cas_worlds *worlds = bench->worlds;
    size_t count = 0;
    memset(bench->seen, 0, worlds->event_count * sizeof *bench->seen);
    for (uint32_t i = 0; i < worlds->tie_count; i++) {
        struct cas_contact_tie tie = worlds->ties[i];
        uint32_t events = worlds->min_events + 1;
        if (tie.relation != CASUS_CLAIM) {
            tie.weight = 0;
            events = add_events(bench, i, i + 1, &tie.weight);
        }
        if (is_enough(worlds, events))
            bench->ties[count++] = tie;
    }
    return count;
}

/* A tie between those that the actors are in this world. */
static struct cas_contact_tie
merged_tie(const struct bench *bench, uint32_t index)
{
    struct cas_contact_tie tie = bench->worlds->ties[index];
    uint32_t from = bench->world.merged[tie.from], to = bench->world.merged[tie.to];
    bool turn = !tie.directed && from > to;
    tie.from = turn ? to : from;
    tie.to = turn ? from : to;
    return tie;
}

static int
by_ends(const void *left, const void *right, void *context)
{
    const struct bench *bench = context;
    uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
    struct cas_contact_tie a = merged_tie(bench, x), b = merged_tie(bench, y);
    if (a.from != b.from)
        return a.from < b.from ? -1 : 1;
    if (a.to != b.to)
        return a.to < b.to ? -1 : 1;
    if (a.relation != b.relation)
        return a.relation < b.relation ? -1 : 1;
    if (a.directed != b.directed)
        return a.directed < b.directed ? -1 : 1;
    return (x > y) - (x < y);
}

static bool
is_same(const struct cas_contact_tie *a, const struct cas_contact_tie *b)
{
    return a->from == b->from && a->to == b->to && a->relation == b->relation &&
           a->directed == b->directed;
}

static size_t
fold_merged(struct bench *bench)
{
    const struct cas_worlds *worlds = bench->worlds;
    size_t count = 0;
    memset(bench->seen, 0, worlds->event_count * sizeof *bench->seen);
    for (uint32_t i = 0; i < worlds->tie_count; i++)
        bench->order[i] = i;
    qsort_r(bench->order, worlds->tie_count, sizeof *bench->order, by_ends, bench);
    for (uint32_t i = 0, end; i < worlds->tie_count; i = end) {
        struct cas_contact_tie tie = merged_tie(bench, bench->order[i]);
        uint32_t events = tie.relation == CASUS_CLAIM ? worlds->min_events + 1 : 0;
        tie.weight = 0;
        for (end = i; end < worlds->tie_count; end++) {
            struct cas_contact_tie other = merged_tie(bench, bench->order[end]);
            if (!is_same(&tie, &other))
                break;
            if (tie.relation == CASUS_CLAIM)
                tie.weight += other.weight;
            else
                events += add_events(bench, bench->order[end], i + 1, &tie.weight);
        }
        if (tie.from != tie.to && is_enough(worlds, events))
            bench->ties[count++] = tie;
    }
    return count;
}

static bool
merges_any(const struct bench *bench)
{
    for (uint32_t v = 0; bench->world.merged && v < bench->worlds->n; v++)
        if (bench->world.merged[v] != v)
            return true;
    return false;
}

static void
take_ranks(struct bench *bench, const struct casus_scores *scores)
{
    uint32_t n = bench->worlds->n, *out = bench->record + 1;
    const uint32_t *merged = bench->world.merged;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++)
        for (uint32_t v = 0; v < n; v++)
            *out++ = casus_scores_rank(scores, (enum casus_measure)m, merged ? merged[v] : v);
}

static enum casus_status
rank_one(struct bench *bench, const struct cas_worlds_job *job, uint32_t index,
         struct casus_error *err)
{
    const struct cas_worlds *worlds = bench->worlds;
    struct casus_scores *scores;
    enum casus_status status = job->fill(job->context, index, &bench->world, err);
    if (status != CASUS_OK)
        return status;
    size_t count = merges_any(bench) ? fold_merged(bench) : fold_ties(bench);
    status = cas_scores_of_ties(worlds->n, bench->ties, count, worlds->generic,
                                worlds->basis->scoring, &scores, err);
    if (status != CASUS_OK)
        return status;
    bench->record[0] = index;
    take_ranks(bench, scores);
    casus_scores_free(scores);
    return CASUS_OK;
}

/* --- in this process -------------------------------------------------------------------------- */

static void
tell(const struct cas_worlds_job *job, uint32_t done)
{
    if (job->progress)
        job->progress(job->progress_context, job->name, done, job->count);
}

static enum casus_status
run_here(const struct cas_worlds_job *job, struct casus_error *err)
{
    struct bench bench;
    enum casus_status status = bench_init(&bench, job, err);
    if (status != CASUS_OK)
        return status;
    for (uint32_t i = 0; i < job->count && status == CASUS_OK; i++) {
        status = rank_one(&bench, job, i, err);
        if (status == CASUS_OK && !job->take(job->taker, i, bench.record + 1))
            status = cas_fail_memory(err);
        tell(job, i + 1);
    }
    bench_done(&bench);
    return status;
}

/* --- in several ------------------------------------------------------------------------------- */

/* One process's share: every `workers`-th world. */
struct share {
    const struct cas_worlds_job *job;
    unsigned first, step;
    char *record; /* as much of one as has come */
    size_t come;
};

struct gathering {
    const struct cas_worlds_job *job;
    struct share shares[CAS_CREW_MAX];
    size_t record_size;
    uint32_t done;
};

/* A record of no world says that memory is out. @return false, for `return` */
static bool
give_up(enum casus_status status, int fd)
{
    const uint32_t none = CASUS_NONE;
    if (status == CASUS_ENOMEM)
        cas_child_send(fd, &none, sizeof none);
    return false;
}

static bool
work(void *context, int fd)
{
    const struct share *share = context;
    const struct cas_worlds_job *job = share->job;
    size_t size = (rank_count(job->worlds) + 1) * sizeof(uint32_t);
    struct bench bench;
    enum casus_status status = bench_init(&bench, job, NULL);
    if (status != CASUS_OK)
        return give_up(status, fd);
    bool sent = true;
    for (uint64_t i = share->first; i < job->count && status == CASUS_OK && sent;
         i += share->step) {
        status = rank_one(&bench, job, (uint32_t)i, NULL);
        sent = status == CASUS_OK && cas_child_send(fd, bench.record, size);
    }
    bench_done(&bench);
    return status == CASUS_OK ? sent : give_up(status, fd);
}

static bool
take_record(struct gathering *all, const struct share *share)
{
    const struct cas_worlds_job *job = all->job;
    const uint32_t *record = (const uint32_t *)(const void *)share->record;
    if (!job->take(job->taker, record[0], record + 1))
        return false;
    tell(job, ++all->done);
    return true;
}

static bool
gather(void *taker, unsigned child, const char *bytes, size_t n)
{
    const uint32_t none = CASUS_NONE;
    struct gathering *all = taker;
    struct share *share = &all->shares[child];
    while (n > 0) {
        size_t wanted = all->record_size - share->come, part = n < wanted ? n : wanted;
        memcpy(share->record + share->come, bytes, part);
        share->come += part;
        bytes += part;
        n -= part;
        if (share->come >= sizeof none && memcmp(share->record, &none, sizeof none) == 0)
            return false;
        if (share->come < all->record_size)
            continue;
        share->come = 0;
        if (!take_record(all, share))
            return false;
    }
    return true;
}

static enum casus_status
crew_status(enum cas_child_end end, const struct gathering *all, struct casus_error *err)
{
    if (end == CAS_CHILD_NO_FORK)
        return run_here(all->job, err);
    if (end == CAS_CHILD_NO_MEMORY)
        return cas_fail_memory(err);
    if (end != CAS_CHILD_DONE || all->done != all->job->count)
        return cas_fail(err, CASUS_EENGINE, CAS_MSG_ENGINE,
                        "a worker process ended before its worlds were ranked");
    return CASUS_OK;
}

static enum casus_status
run_crew(const struct cas_worlds_job *job, unsigned workers, struct casus_error *err)
{
    struct gathering *all = cas_zalloc(1, sizeof *all);
    void *contexts[CAS_CREW_MAX];
    bool made = all != NULL;
    for (unsigned i = 0; made && i < workers; i++) {
        all->shares[i] = (struct share){.job = job, .first = i, .step = workers};
        all->record_size = (rank_count(job->worlds) + 1) * sizeof(uint32_t);
        all->shares[i].record = cas_alloc(all->record_size);
        contexts[i] = &all->shares[i];
        made = all->shares[i].record != NULL;
    }
    enum casus_status status = CASUS_ENOMEM;
    if (made) {
        all->job = job;
        struct cas_crew crew = {work, contexts, workers, gather, all};
        status = crew_status(cas_child_crew(&crew), all, err);
    } else {
        cas_fail_memory(err);
    }
    for (unsigned i = 0; all && i < workers; i++)
        cas_free(all->shares[i].record);
    cas_free(all);
    return status;
}

enum casus_status
cas_worlds_run(const struct cas_worlds_job *job, struct casus_error *err)
{
    unsigned workers = job->workers ? job->workers : cas_child_processors();
    workers = workers > CAS_CREW_MAX ? CAS_CREW_MAX : workers;
    workers = workers > job->count ? job->count : workers;
    return workers > 1 ? run_crew(job, workers, err) : run_here(job, err);
}
