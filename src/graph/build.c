/* A finished dossier becomes a graph.
 *
 * Order: events are selected; actors rolled up at each event's date; all folded (tally.h); then,
 * with a focus, the actors within `depth` ties of it (ties of the selected relations and of at
 * least min_events, direction ignored) are found and everything is folded once more for them
 * alone: a party that is not kept is left out of its event, and an event one of whose known sides
 * is thereby empty is not counted.
 */
#include "graph/graph.h"

#include <string.h>

#include "base/fault.h"
#include "base/mem.h"
#include "claim/claimant.h"
#include "claim/dossier.h"
#include "claim/grade.h"
#include "graph/choose.h"
#include "graph/log.h"
#include "graph/windows.h"

struct build {
    const struct casus_dossier *dossier;
    const struct cas_registry *registry;
    const struct casus_selection *selection; /* never NULL */
    const struct casus_verdicts *verdicts;   /* or NULL */
    struct cas_level level;
    struct casus_removed removed;
    struct cas_tally tally;
    enum casus_weight weight;
    const struct casus_probabilities *probabilities;
    struct cas_decay decay;
    struct cas_log *log;   /* or NULL: nothing is told again */
    uint8_t *passes;       /* by event: selected */
    uint8_t *counted;      /* by event: selected and folded */
    uint8_t *kept;         /* by actor: within the focus; NULL: all are */
    const uint8_t *silent; /* by claim: its losses are not heard; NULL: all are */
    /* of the event or claim at hand */
    uint32_t *from, *to;
    struct cas_told *told;
    struct cas_lost *lost;
    struct cas_target *targets;
    size_t from_room, to_room, told_room, lost_room, target_room;
    size_t from_count, to_count, told_count, target_count;
    /* what a teller has named, by actor: the round, and one bit for each set of kinds */
    struct named {
        uint64_t round;
        uint16_t sets;
    } * named;
    uint64_t round;
};

static uint32_t
roll(const struct build *build, uint32_t actor, const struct casus_period *at)
{
    if (actor == CASUS_NONE || build->level.by == CAS_LEVEL_NONE)
        return actor;
    return cas_registry_roll(build->registry, actor, &build->level, at);
}

static bool
is_kept(const struct build *build, uint32_t actor)
{
    return !build->kept || build->kept[actor];
}

/* --- losses ----------------------------------------------------------------------------------- */

/* After roll-up a whole and its part are one actor: where a teller gives both, the part is
 * contained in the whole and must not be added to it. */
static bool
is_part_of_named(const struct build *build, const struct casus_loss *loss,
                 const struct casus_period *at)
{
    uint32_t actor = loss->actor;
    for (uint32_t step = 0; step < 1000; step++) {
        actor = cas_registry_parent(build->registry, actor, at);
        if (actor == CASUS_NONE)
            return false;
        const struct named *named = &build->named[actor];
        if (named->round == build->round && (named->sets & (1u << loss->what)))
            return true;
    }
    return false;
}

static void
name_losers(struct build *build, const struct casus_loss *losses, uint32_t count)
{
    build->round++;
    for (uint32_t i = 0; i < count; i++) {
        if (losses[i].actor == CASUS_NONE)
            continue;
        struct named *named = &build->named[losses[i].actor];
        if (named->round != build->round)
            *named = (struct named){.round = build->round};
        named->sets |= (uint16_t)(1u << losses[i].what);
    }
}

static bool
tell(struct build *build, uint32_t teller, const struct casus_loss *losses, uint32_t count,
     const struct casus_period *at)
{
    bool rolled = build->level.by != CAS_LEVEL_NONE;
    if (!cas_grow(&build->told, &build->told_room, build->told_count + count, sizeof *build->told))
        return false;
    if (rolled)
        name_losers(build, losses, count);
    for (uint32_t i = 0; i < count; i++) {
        if (rolled && losses[i].actor != CASUS_NONE && is_part_of_named(build, &losses[i], at))
            continue;
        build->told[build->told_count++] = (struct cas_told){
            roll(build, losses[i].actor, at), teller, losses[i].what, losses[i].figure};
    }
    return true;
}

static bool
tell_all(struct build *build, const struct casus_event *event)
{
    build->told_count = 0;
    if (!tell(build, 0, event->losses, event->loss_count, &event->date))
        return false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(build->dossier, event->claims[i]);
        if (claim->about_count == 1 && !(build->silent && build->silent[event->claims[i]]) &&
            !tell(build, i + 1, claim->losses, claim->loss_count, &event->date))
            return false;
    }
    return cas_grow(&build->lost, &build->lost_room, build->told_count, sizeof *build->lost);
}

/* --- events ----------------------------------------------------------------------------------- */

static size_t
roll_parties(const struct build *build, const uint32_t *actors, uint32_t count,
             const struct casus_period *at, uint32_t *out)
{
    size_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t actor = roll(build, actors[i], at);
        if (is_kept(build, actor))
            out[kept++] = actor;
    }
    return kept;
}

static bool
gather_parties(struct build *build, const struct casus_event *event)
{
    if (!cas_grow(&build->from, &build->from_room, event->from_count, sizeof *build->from) ||
        !cas_grow(&build->to, &build->to_room, event->to_count, sizeof *build->to))
        return false;
    build->from_count =
        roll_parties(build, event->from, event->from_count, &event->date, build->from);
    build->to_count = roll_parties(build, event->to, event->to_count, &event->date, build->to);
    return true;
}

static int
evidence_of(const struct build *build, uint32_t event)
{
    return build->verdicts ? (int)casus_verdicts_evidence(build->verdicts, event) : -1;
}

static enum casus_status
fold_event(struct build *build, uint32_t index, struct casus_error *err)
{
    const struct casus_event *event = casus_dossier_event_at(build->dossier, index);
    if (!cas_pairs_allowed(event->from_count, event->to_count))
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_TOO_MANY,
                        "event '%.80s' relates %u to %u parties; at most %u pairs are taken",
                        event->id, event->from_count, event->to_count, CAS_PAIRS_MAX);
    if (!gather_parties(build, event))
        return cas_fail_memory(err);
    if ((event->from_count && !build->from_count) || (event->to_count && !build->to_count))
        return CASUS_OK;
    if (!tell_all(build, event))
        return cas_fail_memory(err);
    struct cas_deed deed = {.from = build->from,
                            .from_count = build->from_count,
                            .to = build->to,
                            .to_count = build->to_count,
                            .losses = build->lost,
                            .date = event->date,
                            .relation = event->relation,
                            .directed = event->directed,
                            .evidence = evidence_of(build, index),
                            .number = index};
    if (build->weight == CASUS_WEIGHT_EVIDENCE)
        deed.sure = cas_event_evidence(build->dossier, index, build->verdicts,
                                       build->probabilities, &deed.graded);
    deed.loss_count = cas_losses(build->told, build->told_count, build->lost, deed.lost);
    build->counted[index] = 1;
    enum casus_status status = cas_tally_event(&build->tally, &deed, err);
    return status == CASUS_OK && build->log ? cas_log_event(build->log, &deed, NULL, err) : status;
}

/* --- claims ----------------------------------------------------------------------------------- */

static bool
aim_at(struct build *build, const uint32_t *actors, uint32_t count, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(build->dossier, index);
    size_t need = build->target_count + count;
    if (!cas_grow(&build->targets, &build->target_room, need, sizeof *build->targets))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t actor = roll(build, actors[i], &event->date);
        if (is_kept(build, actor))
            build->targets[build->target_count++] =
                (struct cas_target){actor, index, evidence_of(build, index)};
    }
    return true;
}

static bool
aim(struct build *build, const struct casus_claim *claim, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(build->dossier, index);
    enum cas_aim aim = cas_aim_of(claim->stance, claim->of != CASUS_NONE);
    if (claim->by == CASUS_NONE)
        return true;
    if (aim == CAS_AIM_ANSWERED)
        return aim_at(build, &claim->of, 1, index);
    if (aim == CAS_AIM_OTHER_SIDE)
        aim = cas_stand_of(build->dossier, event, claim->by) == CAS_STANDS_FROM ? CAS_AIM_TO
                                                                                : CAS_AIM_FROM;
    if (aim == CAS_AIM_TO)
        return aim_at(build, event->to, event->to_count, index);
    return aim_at(build, event->from, event->from_count, index);
}

/* The first folded event that the claim is about, or NULL. */
static const struct casus_event *
first_told_of(const struct build *build, const struct casus_claim *claim)
{
    for (uint32_t i = 0; i < claim->about_count; i++)
        if (build->counted[claim->about[i]])
            return casus_dossier_event_at(build->dossier, claim->about[i]);
    return NULL;
}

static uint32_t
roll_kept(const struct build *build, uint32_t actor, const struct casus_period *at)
{
    uint32_t rolled = roll(build, actor, at);
    return rolled != CASUS_NONE && is_kept(build, rolled) ? rolled : CASUS_NONE;
}

static enum casus_status
fold_claim(struct build *build, const struct casus_claim *claim, struct casus_error *err)
{
    const struct casus_event *event = first_told_of(build, claim);
    if (!event)
        return CASUS_OK;
    struct cas_saying saying = {.by = roll_kept(build, claim->by, &event->date),
                                .via = roll_kept(build, claim->via, &event->date),
                                .of = roll_kept(build, claim->of, &event->date),
                                .told = event->date,
                                .date = claim->date,
                                .stance = claim->stance};
    if (claim->by != CASUS_NONE && saying.by == CASUS_NONE)
        return CASUS_OK;
    build->target_count = 0;
    for (uint32_t i = 0; i < claim->about_count; i++)
        if (build->counted[claim->about[i]] && !aim(build, claim, claim->about[i]))
            return cas_fail_memory(err);
    saying.targets = build->targets;
    saying.target_count = build->target_count;
    enum casus_status status = cas_tally_claim(&build->tally, &saying, err);
    return status == CASUS_OK && build->log
               ? cas_log_claim(build->log, &saying, claim->about, claim->about_count, err)
               : status;
}

static enum casus_status
fold_all(struct build *build, struct casus_error *err)
{
    uint32_t events = casus_dossier_event_count(build->dossier);
    uint32_t claims = casus_dossier_claim_count(build->dossier);
    enum casus_status status = CASUS_OK;
    cas_tally_done(&build->tally);
    cas_tally_init(&build->tally, build->weight, true);
    build->tally.decay = build->decay;
    if (build->log)
        cas_log_done(build->log);
    memset(build->counted, 0, events);
    for (uint32_t i = 0; i < events && status == CASUS_OK; i++)
        if (build->passes[i])
            status = fold_event(build, i, err);
    for (uint32_t i = 0; i < claims && status == CASUS_OK; i++)
        status = fold_claim(build, casus_dossier_claim_at(build->dossier, i), err);
    if (status == CASUS_OK && !build->tally.totals.events)
        status = casus_selection_fail_empty(&build->removed, events, err);
    return status;
}

/* --- actors ----------------------------------------------------------------------------------- */

static void
choose_actors(const struct build *build, uint8_t *stands)
{
    uint32_t count = cas_registry_count(build->registry);
    bool all = !cas_chooses_events(build->selection);
    for (uint32_t i = 0; i < count; i++) {
        if (cas_tally_actor(&build->tally, i).takes_part)
            stands[i] = 1;
        if (all)
            stands[roll(build, i, NULL)] = 1;
    }
    for (uint32_t i = 0; i < count; i++)
        stands[i] &= is_kept(build, i);
}

static struct cas_making
making_of(const struct build *build, const uint8_t *stands)
{
    return (struct cas_making){.tally = &build->tally,
                               .registry = build->registry,
                               .stands = stands,
                               .relations = build->selection->relations,
                               .min_events = build->selection->min_events,
                               .removed = build->removed,
                               .title = casus_dossier_title(build->dossier),
                               .inputs = build->dossier->inputs,
                               .input_count = build->dossier->input_count};
}

static enum casus_status
make_graph(const struct build *build, struct casus_graph **out, struct casus_error *err)
{
    uint8_t *stands = cas_zalloc(cas_registry_count(build->registry), 1);
    if (!stands)
        return cas_fail_memory(err);
    choose_actors(build, stands);
    struct cas_making making = making_of(build, stands);
    enum casus_status status = cas_graph_make(&making, out, err);
    cas_free(stands);
    return status;
}

static enum casus_status
make_windows(const struct build *build, const struct casus_windowing *windowing,
             struct casus_windows **out, struct casus_error *err)
{
    uint8_t *stands = cas_zalloc(cas_registry_count(build->registry), 1);
    if (!stands)
        return cas_fail_memory(err);
    choose_actors(build, stands);
    struct cas_making making = making_of(build, stands);
    const struct cas_windows_source source = {.log = build->log,
                                              .making = &making,
                                              .dossier = build->dossier,
                                              .since = build->selection->since,
                                              .until = build->selection->until};
    enum casus_status status = cas_windows_make(&source, windowing, out, err);
    cas_free(stands);
    return status;
}

/* --- focus ------------------------------------------------------------------------------------ */

/* Mark what one more tie reaches. @return true where that is anything */
static bool
spread(const struct casus_graph *graph, uint32_t *steps, uint32_t step)
{
    bool reached = false;
    for (uint32_t i = 0; i < casus_graph_tie_count(graph); i++) {
        const struct casus_tie *tie = casus_graph_tie_at(graph, i);
        if (steps[tie->from] == step && !steps[tie->to]) {
            steps[tie->to] = step + 1;
            reached = true;
        }
        if (steps[tie->to] == step && !steps[tie->from]) {
            steps[tie->from] = step + 1;
            reached = true;
        }
    }
    return reached;
}

/* Where a focus stands in a graph; CASUS_NONE where the selection left it without. */
static enum casus_status
find_focus(const struct build *build, const struct casus_graph *graph, const char *name,
           uint32_t *out, struct casus_error *err)
{
    uint32_t actor = casus_dossier_actor_find(build->dossier, name);
    if (actor == CASUS_NONE) {
        const char *nearest = cas_registry_nearest(build->registry, name, strlen(name));
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_NO_FOCUS, "no actor '%.80s'%s%.80s%s", name,
                        nearest ? "; did you mean '" : "", nearest ? nearest : "",
                        nearest ? "'?" : "");
    }
    actor = roll(build, actor, NULL);
    *out = casus_graph_actor_find(graph, cas_registry_at(build->registry, actor)->id);
    return CASUS_OK;
}

/* steps[i]: 1 + the ties between an actor and the focus; 0 where it is further than `depth`. */
static enum casus_status
walk_from_focus(const struct build *build, const struct casus_graph *graph, uint32_t *steps,
                struct casus_error *err)
{
    const struct casus_selection *selection = build->selection;
    uint32_t depth = selection->depth ? selection->depth : 1;
    for (uint32_t i = 0; i < selection->focus_count; i++) {
        uint32_t at = CASUS_NONE;
        enum casus_status status = find_focus(build, graph, selection->focus[i], &at, err);
        if (status != CASUS_OK)
            return status;
        if (at != CASUS_NONE)
            steps[at] = 1;
    }
    for (uint32_t step = 1; step <= depth && spread(graph, steps, step); step++)
        ;
    return CASUS_OK;
}

static enum casus_status
find_kept(struct build *build, const struct casus_graph *graph, struct casus_error *err)
{
    uint32_t *steps = cas_zalloc(casus_graph_actor_count(graph), sizeof *steps);
    uint32_t all = cas_registry_count(build->registry);
    build->kept = cas_zalloc(all, 1);
    enum casus_status status =
        steps && build->kept ? walk_from_focus(build, graph, steps, err) : cas_fail_memory(err);
    for (uint32_t i = 0; i < all && status == CASUS_OK; i++) {
        uint32_t at = casus_graph_actor_find(graph, cas_registry_at(build->registry, i)->id);
        build->kept[i] = at != CASUS_NONE && steps[at];
    }
    cas_free(steps);
    return status;
}

static enum casus_status
focus(struct build *build, struct casus_graph **graph, struct casus_error *err)
{
    struct casus_graph *whole = *graph;
    *graph = NULL;
    enum casus_status status = find_kept(build, whole, err);
    casus_graph_free(whole);
    if (status == CASUS_OK)
        status = fold_all(build, err);
    return status == CASUS_OK ? make_graph(build, graph, err) : status;
}

/* --- all of it -------------------------------------------------------------------------------- */

static enum casus_status
prepare(struct build *build, struct casus_error *err)
{
    uint32_t events = casus_dossier_event_count(build->dossier);
    if (!events)
        return cas_fail(err, CASUS_EINPUT, CAS_MSG_NO_EVENTS, "the input holds no event");
    build->passes = cas_zalloc(events, 1);
    build->counted = cas_zalloc(events, 1);
    build->named = cas_zalloc(cas_registry_count(build->registry), sizeof *build->named);
    if (!build->passes || !build->counted || !build->named)
        return cas_fail_memory(err);
    enum casus_status status = CASUS_OK;
    if (build->selection->level)
        status = cas_level_parse(build->selection->level, &build->level, err);
    if (status == CASUS_OK)
        status = casus_selection_apply(build->selection, build->dossier, build->passes,
                                       &build->removed, err);
    return status;
}

static void
build_done(struct build *build)
{
    cas_tally_done(&build->tally);
    cas_free(build->passes);
    cas_free(build->counted);
    cas_free(build->kept);
    cas_free(build->from);
    cas_free(build->to);
    cas_free(build->told);
    cas_free(build->lost);
    cas_free(build->targets);
    cas_free(build->named);
}

/* The last day of any event that passes; of an end that is open or not known, that of its begin. */
static int32_t
last_day(const struct build *build)
{
    int32_t last = CASUS_DAY_MIN;
    for (uint32_t i = 0; i < casus_dossier_event_count(build->dossier); i++) {
        const struct casus_period *date = &casus_dossier_event_at(build->dossier, i)->date;
        int32_t day = casus_period_last_day(date);
        if (day == CASUS_DAY_MAX && date->from_bound == CASUS_BOUND_DATE)
            day = casus_date_last_day(date->from);
        if (build->passes[i] && day != CASUS_DAY_MAX && day > last)
            last = day;
    }
    return last;
}

static enum casus_status
take_folding(struct build *build, const struct casus_folding *folding, struct casus_error *err)
{
    build->weight = folding ? folding->weight : CASUS_WEIGHT_EVENTS;
    build->probabilities = folding ? folding->probabilities : NULL;
    if (build->weight == CASUS_WEIGHT_EVIDENCE && !build->verdicts)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION, "weight by evidence needs verdicts");
    return CASUS_OK;
}

/* Once it is known what passes. */
static void
take_decay(struct build *build, const struct casus_folding *folding)
{
    if (!folding || folding->half_life <= 0)
        return;
    build->decay.half_life = folding->half_life;
    build->decay.at =
        casus_date_known(folding->at) ? casus_date_last_day(folding->at) : last_day(build);
}

/* Select, fold and, where there is a focus, fold again: a tally, a log where one is asked for, and
 * the graph of the whole. */
static enum casus_status
run(struct build *build, const struct casus_folding *folding, struct casus_graph **out,
    struct casus_error *err)
{
    enum casus_status status = take_folding(build, folding, err);
    if (status == CASUS_OK)
        status = prepare(build, err);
    if (status == CASUS_OK) {
        take_decay(build, folding);
        status = fold_all(build, err);
    }
    if (status == CASUS_OK)
        status = make_graph(build, out, err);
    if (status == CASUS_OK && build->selection->focus_count)
        status = focus(build, out, err);
    return status;
}

static struct build
build_of(const struct casus_dossier *dossier, const struct casus_selection *selection,
         const struct casus_verdicts *verdicts)
{
    static const struct casus_selection everything = {0};
    return (struct build){.dossier = dossier,
                          .registry = cas_dossier_registry(dossier),
                          .selection = selection ? selection : &everything,
                          .verdicts = verdicts};
}

enum casus_status
casus_graph_build(const struct casus_dossier *dossier, const struct casus_selection *selection,
                  const struct casus_verdicts *verdicts, const struct casus_folding *folding,
                  struct casus_graph **out, struct casus_error *err)
{
    struct build build = build_of(dossier, selection, verdicts);
    struct casus_graph *graph = NULL;
    enum casus_status status = run(&build, folding, &graph, err);
    build_done(&build);
    if (status == CASUS_OK)
        *out = graph;
    return status;
}

enum casus_status
casus_windows_new(const struct casus_dossier *dossier, const struct casus_selection *selection,
                  const struct casus_verdicts *verdicts, const struct casus_folding *folding,
                  const struct casus_windowing *windowing, struct casus_windows **out,
                  struct casus_error *err)
{
    struct build build = build_of(dossier, selection, verdicts);
    struct casus_graph *graph = NULL;
    struct cas_log log;
    cas_log_init(&log);
    build.log = &log;
    enum casus_status status = run(&build, folding, &graph, err);
    casus_graph_free(graph);
    if (status == CASUS_OK)
        status = make_windows(&build, windowing, out, err);
    cas_log_done(&log);
    build_done(&build);
    return status;
}

/* --- killed, one event at a time -------------------------------------------------------------- */

static enum casus_status
killed_of(struct build *build, uint32_t index, struct casus_figure *out, struct casus_error *err)
{
    struct casus_figure lost[CASUS_LOSS_COUNT];
    if (!tell_all(build, casus_dossier_event_at(build->dossier, index)))
        return cas_fail_memory(err);
    cas_losses(build->told, build->told_count, build->lost, lost);
    *out = lost[CASUS_KILLED];
    return CASUS_OK;
}

enum casus_status
cas_graph_killed(const struct casus_dossier *dossier, const struct casus_selection *selection,
                 const uint8_t *silent, const uint32_t *events, uint32_t count,
                 struct casus_figure *out, struct casus_error *err)
{
    struct build build = build_of(dossier, selection, NULL);
    enum casus_status status = CASUS_OK;
    build.silent = silent;
    build.named = cas_zalloc(cas_registry_count(build.registry), sizeof *build.named);
    if (!build.named)
        return cas_fail_memory(err);
    if (build.selection->level)
        status = cas_level_parse(build.selection->level, &build.level, err);
    for (uint32_t i = 0; i < count && status == CASUS_OK; i++)
        status = killed_of(&build, events[i], &out[i], err);
    build_done(&build);
    return status;
}
