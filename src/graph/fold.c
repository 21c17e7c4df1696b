/* The sink that folds: each event becomes ties at once and is forgotten.
 *
 * It knows actors by number and nothing else of what was read, so it stops with CASUS_EKEEP
 * wherever the rules ask for more: a claim that names its events, an announcement by one that is
 * itself no party (its ancestors and side decide), an id twice, a name that nobody declares, no
 * event at all. The dossier then reads again and says what is to be said, so that a problem reads
 * the same whichever sink met it.
 *
 * Ids of events are remembered, to find those given twice, as seen.h says. Two that are one by their
 * hashes cost a second reading.
 */
#include "graph/graph.h"

#include "actor/roster.h"
#include "base/fault.h"
#include "base/mem.h"
#include "claim/claimant.h"
#include "claim/dossier.h"
#include "claim/sieve.h"
#include "graph/choose.h"
#include "graph/log.h"
#include "graph/seen.h"
#include "graph/windows.h"

struct casus_fold {
    struct casus_sink sink;
    struct cas_arena arena;
    struct cas_registry *registry;
    struct cas_roster sources;
    struct cas_seen ids; /* of events */
    struct casus_selection selection;
    struct cas_sieve *sieve;
    struct cas_tally tally;
    struct cas_log log; /* only where windows are wanted */
    bool keeps_log;
    bool judges; /* evidence */
    struct casus_removed removed;
    struct casus_input *inputs;
    const char *title;
    size_t input_room;
    uint32_t input_count;
    uint64_t events_kept;
    /* of the event at hand, by number */
    uint32_t *from, *to;
    struct cas_told *told;
    struct cas_lost *lost;
    struct cas_target *targets;
    uint32_t number; /* its place in the log, or CASUS_NONE */
    int evidence;    /* or -1: not judged */
    size_t from_room, to_room, told_room, lost_room, target_room;
    size_t from_count, to_count, told_count, target_count;
};

/* --- inputs and the head ---------------------------------------------------------------------- */

static bool
keep_text(struct casus_fold *fold, const char *text, const char **out)
{
    *out = text ? cas_arena_text(&fold->arena, text, strlen(text)) : NULL;
    return !text || *out;
}

static bool
keep_input(struct casus_fold *fold, const struct casus_input *from, struct casus_input *out)
{
    *out = *from;
    return keep_text(fold, from->name, &out->name) && keep_text(fold, from->format, &out->format) &&
           keep_text(fold, from->citation, &out->citation) &&
           keep_text(fold, from->licence, &out->licence);
}

static enum casus_status
begin(struct casus_sink *sink, const struct casus_input *input, uint32_t *out_index,
      struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    struct casus_input kept;
    if (!cas_grow(&fold->inputs, &fold->input_room, (size_t)fold->input_count + 1,
                  sizeof *fold->inputs) ||
        !keep_input(fold, input, &kept))
        return cas_fail_memory(err);
    kept.events = 0;
    *out_index = fold->input_count;
    fold->inputs[fold->input_count++] = kept;
    return CASUS_OK;
}

static enum casus_status
end(struct casus_sink *sink, const struct casus_input *input, struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    struct casus_input *begun = &fold->inputs[fold->input_count - 1], kept;
    if (!keep_input(fold, input, &kept))
        return cas_fail_memory(err);
    kept.events = begun->events;
    kept.left_out = input->left_out + begun->left_out;
    *begun = kept;
    return CASUS_OK;
}

static enum casus_status
head(struct casus_sink *sink, const struct cas_rec_head *record, const struct cas_locator *locator,
     struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    (void)locator;
    if (fold->title || !record->title.s)
        return CASUS_OK;
    fold->title = cas_arena_text(&fold->arena, record->title.s, record->title.n);
    return fold->title ? CASUS_OK : cas_fail_memory(err);
}

/* --- declarations ----------------------------------------------------------------------------- */

static enum casus_status
actor(struct casus_sink *sink, const struct cas_rec_actor *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    return cas_registry_declare(fold->registry, record, locator, sink->problems, err);
}

/* Declare an id. CASUS_EKEEP where it stands already and may not. */
static enum casus_status
declare(struct cas_roster *roster, struct cas_text id, bool again, struct casus_error *err)
{
    uint32_t number;
    enum casus_status status = cas_roster_number(roster, id, &number, err);
    if (status != CASUS_OK)
        return status;
    if (cas_roster_state(roster, number) != CAS_UNDECLARED)
        return again ? CASUS_OK : CASUS_EKEEP;
    cas_roster_set(roster, number, CAS_DECLARED);
    return CASUS_OK;
}

static enum casus_status
source(struct casus_sink *sink, const struct cas_rec_source *record,
       const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    (void)locator;
    return record->id.s ? declare(&fold->sources, record->id, record->again, err) : CASUS_OK;
}

static enum casus_status
claim(struct casus_sink *sink, const struct cas_rec_claim *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    (void)sink;
    (void)record;
    (void)locator;
    (void)err;
    return CASUS_EKEEP;
}

/* --- names to numbers ------------------------------------------------------------------------- */

static enum casus_status
refer(struct casus_fold *fold, struct cas_text id, const struct cas_locator *locator, uint32_t *out,
      struct casus_error *err)
{
    *out = cas_registry_refer(fold->registry, id, locator, err);
    return *out == CASUS_NONE && id.s ? CASUS_ENOMEM : CASUS_OK;
}

static enum casus_status
refer_source(struct casus_fold *fold, struct cas_text id, const struct cas_locator *locator,
             struct casus_error *err)
{
    uint32_t number;
    return cas_roster_refer(&fold->sources, id, locator, &number, err);
}

static enum casus_status
refer_all(struct casus_fold *fold, const struct cas_text *ids, size_t count,
          const struct cas_locator *locator, uint32_t *out, size_t *out_count,
          struct casus_error *err)
{
    *out_count = 0;
    for (size_t i = 0; i < count; i++) {
        enum casus_status status = refer(fold, ids[i], locator, &out[*out_count], err);
        if (status != CASUS_OK)
            return status;
        *out_count += out[*out_count] != CASUS_NONE;
    }
    return CASUS_OK;
}

static enum casus_status
refer_parties(struct casus_fold *fold, const struct cas_rec_event *record,
              const struct cas_locator *locator, struct casus_error *err)
{
    if (!cas_grow(&fold->from, &fold->from_room, record->from_count, sizeof *fold->from) ||
        !cas_grow(&fold->to, &fold->to_room, record->to_count, sizeof *fold->to))
        return cas_fail_memory(err);
    enum casus_status status = refer_all(fold, record->from, record->from_count, locator,
                                         fold->from, &fold->from_count, err);
    if (status == CASUS_OK)
        status =
            refer_all(fold, record->to, record->to_count, locator, fold->to, &fold->to_count, err);
    for (size_t i = 0; i < record->source_count && status == CASUS_OK; i++)
        status = refer_source(fold, record->sources[i], locator, err);
    return status;
}

static enum casus_status
tell(struct casus_fold *fold, uint32_t teller, const struct cas_rec_loss *losses, size_t count,
     const struct cas_locator *locator, struct casus_error *err)
{
    if (!cas_grow(&fold->told, &fold->told_room, fold->told_count + count, sizeof *fold->told))
        return cas_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        struct cas_told told = {
            .teller = teller, .what = losses[i].what, .figure = losses[i].figure};
        enum casus_status status = refer(fold, losses[i].actor, locator, &told.actor, err);
        if (status != CASUS_OK)
            return status;
        fold->told[fold->told_count++] = told;
    }
    return CASUS_OK;
}

static enum casus_status
tell_all(struct casus_fold *fold, const struct cas_rec_event *record,
         const struct cas_locator *locator, struct casus_error *err)
{
    fold->told_count = 0;
    enum casus_status status = tell(fold, 0, record->losses, record->loss_count, locator, err);
    for (size_t i = 0; i < record->claim_count && status == CASUS_OK; i++)
        status = tell(fold, (uint32_t)(i + 1), record->claims[i].losses,
                      record->claims[i].loss_count, locator, err);
    if (status == CASUS_OK &&
        !cas_grow(&fold->lost, &fold->lost_room, fold->told_count, sizeof *fold->lost))
        return cas_fail_memory(err);
    return status;
}

/* --- claims ----------------------------------------------------------------------------------- */

static bool
aim_at(struct casus_fold *fold, const uint32_t *actors, size_t count)
{
    if (!cas_grow(&fold->targets, &fold->target_room, count, sizeof *fold->targets))
        return false;
    for (size_t i = 0; i < count; i++)
        fold->targets[i] = (struct cas_target){actors[i], fold->number, fold->evidence};
    fold->target_count = count;
    return true;
}

static bool
is_in(const uint32_t *actors, size_t count, uint32_t actor)
{
    for (size_t i = 0; i < count; i++)
        if (actors[i] == actor)
            return true;
    return false;
}

/* The first rule of cas_stand_of(); what it leaves open needs the dossier. */
static enum casus_status
other_side(const struct casus_fold *fold, uint32_t by, enum cas_aim *out)
{
    bool from = is_in(fold->from, fold->from_count, by);
    bool to = is_in(fold->to, fold->to_count, by);
    *out = from ? CAS_AIM_TO : CAS_AIM_FROM;
    return from == to ? CASUS_EKEEP : CASUS_OK;
}

static enum casus_status
aim(struct casus_fold *fold, const struct cas_saying *saying, struct casus_error *err)
{
    enum cas_aim aim = cas_aim_of(saying->stance, saying->of != CASUS_NONE);
    enum casus_status status = CASUS_OK;
    fold->target_count = 0;
    if (saying->by == CASUS_NONE)
        return CASUS_OK;
    if (aim == CAS_AIM_OTHER_SIDE)
        status = other_side(fold, saying->by, &aim);
    if (status != CASUS_OK)
        return status;
    bool aimed = aim == CAS_AIM_ANSWERED ? aim_at(fold, &saying->of, 1)
                 : aim == CAS_AIM_TO     ? aim_at(fold, fold->to, fold->to_count)
                                         : aim_at(fold, fold->from, fold->from_count);
    return aimed ? CASUS_OK : cas_fail_memory(err);
}

/* What a claim names is looked up in any case; it is folded where its event is. */
static enum casus_status
fold_claim(struct casus_fold *fold, const struct cas_rec_claim *record,
           const struct casus_period *told, bool chosen, const struct cas_locator *locator,
           struct casus_error *err)
{
    struct cas_saying saying = {.told = *told, .date = record->date, .stance = record->stance};
    enum casus_status status = refer(fold, record->by, locator, &saying.by, err);
    if (status == CASUS_OK)
        status = refer(fold, record->via, locator, &saying.via, err);
    if (status == CASUS_OK)
        status = refer(fold, record->of, locator, &saying.of, err);
    if (status == CASUS_OK)
        status = refer_source(fold, record->source, locator, err);
    if (status == CASUS_OK && chosen)
        status = aim(fold, &saying, err);
    if (status != CASUS_OK || !chosen)
        return status;
    saying.targets = fold->targets;
    saying.target_count = fold->target_count;
    status = cas_tally_claim(&fold->tally, &saying, err);
    return status == CASUS_OK && fold->keeps_log
               ? cas_log_claim(&fold->log, &saying, &fold->number, 1, err)
               : status;
}

/* --- events ----------------------------------------------------------------------------------- */

static bool
is_chosen(struct casus_fold *fold, const struct cas_rec_event *record)
{
    if (!cas_sieve_passes(fold->sieve, &record->date, record->type, record->place_name,
                          &fold->removed))
        return false;
    bool passes =
        cas_relation_passes(fold->selection.relations, record->relation, record->claim_count != 0);
    fold->removed.relations += !passes;
    return passes;
}

/* What the event is but for its losses. */
static struct cas_deed
deed_of(const struct casus_fold *fold, const struct cas_rec_event *record)
{
    return (struct cas_deed){.from = fold->from,
                             .from_count = fold->from_count,
                             .to = fold->to,
                             .to_count = fold->to_count,
                             .date = record->date,
                             .relation = record->relation,
                             .directed = record->directed,
                             .evidence = fold->evidence,
                             .number = fold->number};
}

/* --- evidence --------------------------------------------------------------------------------- */

/* Who claims for itself, denies or is denied needs sides, parents and other events. */
static bool
is_of_source(const struct cas_rec_claim *claim)
{
    return !claim->by.s && claim->stance != CASUS_DENY;
}

static bool
same_source(const struct cas_rec_claim *a, const struct cas_rec_claim *b)
{
    return a->source.n == b->source.n &&
           (!a->source.n || memcmp(a->source.s, b->source.s, a->source.n) == 0);
}

/* The verdict of evidence.c on an event that sources alone tell of: each is an independent observer
 * of no side. CASUS_EKEEP where more is to be known. */
static enum casus_status
judge(struct casus_fold *fold, const struct cas_rec_event *record)
{
    const struct cas_rec_claim *claims = record->claims;
    bool several = false;
    fold->evidence = -1;
    if (!fold->judges)
        return CASUS_OK;
    for (size_t i = 0; i < record->claim_count; i++) {
        bool known = record->claim_count == 1 || claims[i].source.s;
        if (!known || !is_of_source(&claims[i]))
            return CASUS_EKEEP;
        several = several || !same_source(&claims[0], &claims[i]);
    }
    bool told = record->claim_count || record->source_count || record->sourced;
    fold->evidence = several ? CASUS_CORROBORATED : told ? CASUS_SINGLE : CASUS_UNSOURCED;
    return CASUS_OK;
}

/* The same of one in bulk, which has at most one claim. */
static int
evidence_of(const struct casus_fold *fold, const struct cas_bulk_event *event)
{
    if (!fold->judges)
        return -1;
    return event->claims || event->sourced ? CASUS_SINGLE : CASUS_UNSOURCED;
}

/* --- an event --------------------------------------------------------------------------------- */

/* With the id that a dossier would give it. */
static enum casus_status
log_event(struct casus_fold *fold, const struct cas_deed *deed, const struct cas_rec_event *record,
          const struct cas_locator *locator, struct casus_error *err)
{
    char made[CAS_EVENT_ID_SIZE];
    struct cas_text id = record->id;
    if (!id.s)
        id = cas_text_of(cas_event_id(&fold->inputs[locator->input], locator->input, made));
    return cas_log_event(&fold->log, deed, &id, err);
}

static enum casus_status
fold_event(struct casus_fold *fold, struct cas_deed *deed, const struct cas_rec_event *record,
           const struct cas_locator *locator, struct casus_error *err)
{
    deed->loss_count = cas_losses(fold->told, fold->told_count, fold->lost, deed->lost);
    deed->losses = fold->lost;
    enum casus_status status = cas_tally_event(&fold->tally, deed, err);
    return status == CASUS_OK && fold->keeps_log ? log_event(fold, deed, record, locator, err)
                                                 : status;
}

/* Resolve all that the event names. */
static enum casus_status
refer_event(struct casus_fold *fold, const struct cas_rec_event *record,
            const struct cas_locator *locator, struct cas_deed *out, bool *out_new,
            struct casus_error *err)
{
    fold->number = fold->keeps_log ? fold->log.event_count : CASUS_NONE;
    enum casus_status status = refer_parties(fold, record, locator, err);
    if (status == CASUS_OK) {
        *out = deed_of(fold, record);
        cas_tally_expect(&fold->tally, out);
        status = tell_all(fold, record, locator, err);
    }
    *out_new = true;
    if (status == CASUS_OK && record->id.s && !cas_seen_text(&fold->ids, record->id, out_new))
        status = cas_fail_memory(err);
    return status;
}

static enum casus_status
event(struct casus_sink *sink, const struct cas_rec_event *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    struct cas_deed deed;
    bool is_new;
    if (!cas_pairs_allowed(record->from_count, record->to_count))
        return CASUS_EKEEP;
    enum casus_status status = judge(fold, record);
    if (status == CASUS_OK)
        status = refer_event(fold, record, locator, &deed, &is_new, err);
    if (status == CASUS_OK && !is_new && !record->again)
        return CASUS_EKEEP;
    if (status != CASUS_OK)
        return status;
    if (!is_new) {
        sink->repeated++;
        return CASUS_OK;
    }
    bool chosen = !record->bad && is_chosen(fold, record);
    if (chosen)
        status = fold_event(fold, &deed, record, locator, err);
    for (size_t i = 0; i < record->claim_count && status == CASUS_OK; i++)
        status = fold_claim(fold, &record->claims[i], &record->date, chosen, locator, err);
    fold->events_kept += !record->bad;
    fold->inputs[locator->input].events += !record->bad;
    return status;
}

/* --- in bulk ---------------------------------------------------------------------------------- */

static enum casus_status
number(struct casus_sink *sink, struct cas_text id, uint32_t *out, struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    *out = cas_registry_find_id(fold->registry, id.s, id.n);
    return *out == CASUS_NONE ? CASUS_EKEEP : CASUS_OK;
}

/* Whether the event is new and chosen. */
static bool
takes(struct casus_fold *fold, const struct cas_bulk_event *event, uint32_t space,
      const struct casus_type *type, bool *out_memory)
{
    bool is_new;
    if (!cas_seen_number(&fold->ids, space, event->id, &is_new)) {
        *out_memory = false;
        return false;
    }
    if (!is_new) {
        fold->sink.repeated++;
        return false;
    }
    fold->events_kept++;
    if (cas_chooses_events(&fold->selection) &&
        !cas_sieve_passes(fold->sieve, &event->date, cas_text_of(type->name), (struct cas_text){0},
                          &fold->removed))
        return false;
    bool passes =
        cas_relation_passes(fold->selection.relations, type->relation, event->claims != 0);
    fold->removed.relations += !passes;
    return passes;
}

static enum casus_status
take_pairs(struct casus_fold *fold, const struct cas_pair *pairs, size_t count, uint32_t space,
           struct casus_error *err)
{
    enum casus_status status = cas_tally_pairs(&fold->tally, pairs, count, err);
    for (size_t i = 0; fold->keeps_log && i < count && status == CASUS_OK; i++)
        status = cas_log_pair(&fold->log, &pairs[i], space, err);
    return status;
}

static enum casus_status
bulk(struct casus_sink *sink, const struct cas_bulk *events, struct casus_error *err)
{
    struct casus_fold *fold = sink->self;
    struct cas_pair pairs[CAS_PAIRS];
    uint32_t seen = cas_seen_space(&fold->ids, events->space);
    uint32_t space = fold->keeps_log ? cas_log_space(&fold->log, events->space) : 0;
    uint64_t before = fold->events_kept;
    bool memory = seen != UINT32_MAX && space != UINT32_MAX;
    enum casus_status status = CASUS_OK;
    for (size_t i = 0, n = 0; memory && status == CASUS_OK && i < events->count; i++) {
        const struct cas_bulk_event *event = &events->events[i];
        const struct casus_type *type = casus_type_at(event->type);
        uint32_t number = fold->log.event_count + (uint32_t)n;
        if (takes(fold, event, seen, type, &memory))
            pairs[n++] =
                (struct cas_pair){event, events->losses + event->losses, type->relation,
                                  fold->keeps_log ? number : CASUS_NONE, evidence_of(fold, event)};
        if (n == CAS_PAIRS || i + 1 == events->count) {
            status = take_pairs(fold, pairs, n, space, err);
            n = 0;
        }
    }
    fold->inputs[events->input].events += fold->events_kept - before;
    return memory ? status : cas_fail_memory(err);
}

/* Places are texts, which a bulk has not. */
static bool
takes_bulk(const struct casus_fold *fold)
{
    return !fold->selection.place_count && !fold->selection.where;
}

/* --- its life --------------------------------------------------------------------------------- */

static enum casus_status
refuse(const struct casus_selection *selection, const struct casus_folding *folding,
       struct casus_error *err)
{
    if (folding && folding->weight == CASUS_WEIGHT_EVIDENCE)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "weight by evidence needs a dossier: events that are kept");
    if (folding && folding->half_life > 0 && !casus_date_known(folding->at))
        return CASUS_EKEEP; /* the last day is known at the end */
    if (selection && selection->focus_count)
        return CASUS_EKEEP; /* everything is folded twice: once to find who stands near */
    if (selection && casus_selection_needs_dossier(selection))
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "this selection needs a dossier: events that are kept");
    return CASUS_OK;
}

static void
plug(struct casus_fold *fold)
{
    fold->sink = (struct casus_sink){.self = fold,
                                     .forgets = true,
                                     .begin = begin,
                                     .head = head,
                                     .actor = actor,
                                     .source = source,
                                     .event = event,
                                     .claim = claim,
                                     .end = end};
}

static void
take_folding(struct casus_fold *fold, const struct casus_folding *folding)
{
    fold->keeps_log = folding && folding->windows;
    fold->judges = folding && folding->evidence;
    cas_log_init(&fold->log);
    cas_tally_init(&fold->tally, folding ? folding->weight : CASUS_WEIGHT_EVENTS, false);
    if (folding && folding->half_life > 0)
        fold->tally.decay =
            (struct cas_decay){folding->half_life, casus_date_last_day(folding->at)};
}

enum casus_status
casus_fold_new(const struct casus_selection *selection, const struct casus_folding *folding,
               struct casus_fold **out, struct casus_error *err)
{
    enum casus_status status = refuse(selection, folding, err);
    if (status != CASUS_OK)
        return status;
    struct casus_fold *fold = cas_zalloc(1, sizeof *fold);
    if (!fold)
        return cas_fail_memory(err);
    if (selection)
        fold->selection = *selection;
    cas_arena_init(&fold->arena);
    cas_roster_init(&fold->sources);
    cas_seen_init(&fold->ids);
    take_folding(fold, folding);
    plug(fold);
    if (takes_bulk(fold)) {
        fold->sink.number = number;
        fold->sink.bulk = bulk;
    }
    status = cas_registry_new(&fold->arena, &fold->registry, err);
    if (status == CASUS_OK)
        status = cas_sieve_new(&fold->selection, &fold->sieve, err);
    if (status != CASUS_OK) {
        casus_fold_free(fold);
        return status;
    }
    *out = fold;
    return CASUS_OK;
}

void
casus_fold_free(struct casus_fold *fold)
{
    if (!fold)
        return;
    cas_registry_free(fold->registry);
    cas_roster_done(&fold->sources);
    cas_seen_done(&fold->ids);
    cas_sieve_free(fold->sieve);
    cas_tally_done(&fold->tally);
    cas_log_done(&fold->log);
    cas_arena_done(&fold->arena);
    cas_free(fold->inputs);
    cas_free(fold->from);
    cas_free(fold->to);
    cas_free(fold->told);
    cas_free(fold->lost);
    cas_free(fold->targets);
    cas_free(fold);
}

struct casus_sink *
casus_fold_sink(struct casus_fold *fold)
{
    return &fold->sink;
}

/* --- the end ---------------------------------------------------------------------------------- */

static bool
all_declared(const struct casus_fold *fold)
{
    for (uint32_t i = 0; i < cas_registry_count(fold->registry); i++)
        if (cas_registry_lacks(fold->registry, i))
            return false;
    for (uint32_t i = 0; i < cas_roster_count(&fold->sources); i++)
        if (cas_roster_state(&fold->sources, i) == CAS_UNDECLARED)
            return false;
    return true;
}

static void
choose_actors(const struct casus_fold *fold, uint8_t *stands)
{
    bool all = !cas_chooses_events(&fold->selection);
    for (uint32_t i = 0; i < cas_registry_count(fold->registry); i++)
        stands[i] = (all && cas_registry_declared(fold->registry, i)) ||
                    cas_tally_actor(&fold->tally, i).takes_part;
}

/* Nothing more is read: everything named is declared, and something is left. */
static enum casus_status
settle(struct casus_fold *fold, struct casus_problems *problems, struct casus_error *err)
{
    if (!fold->events_kept || !all_declared(fold))
        return CASUS_EKEEP;
    enum casus_status status = cas_registry_finish(fold->registry, problems, err);
    uint32_t input;
    uint64_t unlisted = cas_registry_unlisted(fold->registry, &input);
    if (unlisted)
        cas_input_remark(&fold->inputs[input], CAS_UNLISTED, unlisted);
    if (status == CASUS_OK)
        status = cas_sieve_finish(fold->sieve, err);
    if (status == CASUS_OK && !fold->tally.totals.events)
        status = casus_selection_fail_empty(&fold->removed, fold->events_kept, err);
    return status;
}

static struct cas_making
making_of(const struct casus_fold *fold, const uint8_t *stands)
{
    return (struct cas_making){.tally = &fold->tally,
                               .registry = fold->registry,
                               .stands = stands,
                               .relations = fold->selection.relations,
                               .min_events = fold->selection.min_events,
                               .removed = fold->removed,
                               .title = fold->title,
                               .inputs = fold->inputs,
                               .input_count = fold->input_count};
}

enum casus_status
casus_fold_finish(struct casus_fold *fold, struct casus_problems *problems,
                  struct casus_graph **out, struct casus_error *err)
{
    enum casus_status status = settle(fold, problems, err);
    if (status != CASUS_OK)
        return status;
    uint8_t *stands = cas_zalloc(cas_registry_count(fold->registry), 1);
    if (!stands)
        return cas_fail_memory(err);
    choose_actors(fold, stands);
    cas_ties_settle(&fold->tally.ties);
    struct cas_making making = making_of(fold, stands);
    status = cas_graph_make(&making, out, err);
    cas_free(stands);
    return status;
}

enum casus_status
casus_fold_windows(struct casus_fold *fold, struct casus_problems *problems,
                   const struct casus_windowing *windowing, struct casus_windows **out,
                   struct casus_error *err)
{
    enum casus_status status = settle(fold, problems, err);
    if (status != CASUS_OK)
        return status;
    uint8_t *stands = cas_zalloc(cas_registry_count(fold->registry), 1);
    if (!stands)
        return cas_fail_memory(err);
    choose_actors(fold, stands);
    struct cas_making making = making_of(fold, stands);
    const struct cas_windows_source source = {.log = &fold->log,
                                              .making = &making,
                                              .since = fold->selection.since,
                                              .until = fold->selection.until};
    status = cas_windows_make(&source, windowing, out, err);
    cas_free(stands);
    return status;
}
