/* The fields of --where. A field is a row: how it takes a value, and when it holds.
 *
 * A comparison holds where any of its values fits any of the event's: its parties, its claimants,
 * its sources. What an event lacks fits nothing. Dates compare by what they may mean: an event of
 * 2019-04 fits every day of that month. Losses compare by the event's total, reconciled (losses.h):
 * the best figure, else the low one; of an event of which nobody tells them, nothing is known.
 */
#include "claim/condition.h"

#include "actor/spelling.h"
#include "claim/dossier.h"
#include "claim/losses.h"

struct cas_field {
    const char *name;
    unsigned operators; /* bits */
    enum casus_status (*add)(struct cas_asking *, struct cas_comparison *, struct cas_text value,
                             struct casus_error *fault);
    bool (*holds)(struct cas_asking *, const struct cas_comparison *, uint32_t index,
                  const struct casus_event *);
};

/* --- texts ------------------------------------------------------------------------------------ */

/* The text folded, in scratch until the next is. */
static const struct cas_buffer *
fold(struct cas_asking *asking, const char *s, size_t n)
{
    bool failed = asking->scratch.failed;
    cas_buffer_clear(&asking->scratch);
    cas_spelling_fold(&asking->scratch, s, n);
    asking->scratch.failed = asking->scratch.failed || failed;
    return &asking->scratch;
}

static enum casus_status
add_text(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value)
{
    char *kept = cas_arena_text(asking->arena, value.s, value.n);
    if (!kept)
        return CASUS_ENOMEM;
    comparison->values[comparison->count++].text = (struct cas_text){kept, value.n, NULL};
    return CASUS_OK;
}

static enum casus_status
add_folded(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
           struct casus_error *fault)
{
    const struct cas_buffer *folded = fold(asking, value.s, value.n);
    if (folded->failed)
        return CASUS_ENOMEM;
    return add_text(asking, comparison, (struct cas_text){folded->s, folded->n, NULL});
}

/* An id or a type: exact where equal, folded where a part is asked for. */
static enum casus_status
add_exact(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
          struct casus_error *fault)
{
    if (comparison->op == CAS_HOLDS)
        return add_folded(asking, comparison, value, fault);
    return add_text(asking, comparison, value);
}

static bool
same_text(struct cas_text a, const char *s, size_t n)
{
    return a.n == n && (!n || memcmp(a.s, s, n) == 0);
}

static bool
fits_folded(struct cas_asking *asking, const struct cas_comparison *comparison, const char *text)
{
    if (!text)
        return false;
    const struct cas_buffer *folded = fold(asking, text, strlen(text));
    for (size_t i = 0; i < comparison->count; i++) {
        struct cas_text value = comparison->values[i].text;
        if (comparison->op == CAS_HOLDS ? cas_spelling_holds(folded, value)
                                        : same_text(value, folded->s, folded->n))
            return true;
    }
    return false;
}

static bool
fits_exact(struct cas_asking *asking, const struct cas_comparison *comparison, const char *text)
{
    if (comparison->op == CAS_HOLDS)
        return fits_folded(asking, comparison, text);
    for (size_t i = 0; i < comparison->count; i++) {
        if (cas_text_is(comparison->values[i].text, text))
            return true;
    }
    return false;
}

static enum casus_status
fault_unknown(struct casus_error *fault, const char *noun, struct cas_text value, const char *near)
{
    int shown = cas_shown(value.s, value.n);
    if (near)
        cas_fault_text(fault, CAS_MSG_WHERE, "no %s '%.*s'; did you mean '%.*s'?", noun, shown,
                       value.s, cas_shown(near, strlen(near)), near);
    else
        cas_fault_text(fault, CAS_MSG_WHERE, "no %s '%.*s'", noun, shown, value.s);
    return CASUS_EINVAL;
}

/* --- dates ------------------------------------------------------------------------------------ */

static enum casus_status
add_date(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
         struct casus_error *fault)
{
    struct casus_date date;
    int shown = cas_shown(value.s, value.n);
    switch (casus_date_parse(value.s, value.n, &date)) {
    case CASUS_DATE_OK: break;
    case CASUS_DATE_NONE_SUCH:
        cas_fault_text(fault, CAS_MSG_WHERE, "the calendar has no date '%.*s'", shown, value.s);
        return CASUS_EINVAL;
    default:
        cas_fault_text(fault, CAS_MSG_WHERE,
                       "expected a date such as 2020-05-02, 2020-05 or 2020, found '%.*s'", shown,
                       value.s);
        return CASUS_EINVAL;
    }
    comparison->values[comparison->count++] =
        (struct cas_value){.first = casus_date_first_day(date), .last = casus_date_last_day(date)};
    return CASUS_OK;
}

static bool
date_fits(enum cas_operator op, const struct casus_period *period, const struct cas_value *value)
{
    switch (op) {
    case CAS_BELOW: return casus_period_first_day(period) < value->first;
    case CAS_AT_MOST: return casus_period_first_day(period) <= value->last;
    case CAS_ABOVE: return casus_period_last_day(period) > value->last;
    case CAS_AT_LEAST: return casus_period_last_day(period) >= value->first;
    default: return casus_period_may_overlap(period, value->first, value->last);
    }
}

static bool
date_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
           const struct casus_event *event)
{
    if (!casus_period_known(&event->date))
        return false;
    for (size_t i = 0; i < comparison->count; i++) {
        if (date_fits(comparison->op, &event->date, &comparison->values[i]))
            return true;
    }
    return false;
}

/* --- words: relation, evidence, kind ---------------------------------------------------------- */

static const char *
relation_word(int value)
{
    return casus_relation_name((enum casus_relation)value);
}

static const char *
evidence_word(int value)
{
    return casus_evidence_name((enum casus_evidence)value);
}

static const char *
kind_word(int value)
{
    return casus_kind_name((enum casus_kind)value);
}

static enum casus_status
add_word(struct cas_comparison *comparison, struct cas_text value, const char *noun, int found,
         const char *(*word)(int), int count, struct casus_error *fault)
{
    if (found >= 0) {
        comparison->mask |= CASUS_BIT(found);
        return CASUS_OK;
    }
    const char *words[CASUS_KIND_COUNT];
    for (int i = 0; i < count; i++)
        words[i] = word(i);
    return fault_unknown(fault, noun, value,
                         cas_text_nearest(value.s, value.n, words, (size_t)count));
}

static enum casus_status
add_relation(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
             struct casus_error *fault)
{
    return add_word(comparison, value, "relation", casus_relation_find(value.s, value.n),
                    relation_word, CASUS_RELATION_COUNT, fault);
}

static enum casus_status
add_evidence(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
             struct casus_error *fault)
{
    return add_word(comparison, value, "evidence", casus_evidence_find(value.s, value.n),
                    evidence_word, CASUS_EVIDENCE_COUNT, fault);
}

static enum casus_status
add_kind(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
         struct casus_error *fault)
{
    return add_word(comparison, value, "kind", casus_kind_find(value.s, value.n), kind_word,
                    CASUS_KIND_COUNT, fault);
}

static bool
relation_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
               const struct casus_event *event)
{
    return comparison->mask & CASUS_BIT(event->relation);
}

static bool
evidence_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
               const struct casus_event *event)
{
    return comparison->mask & CASUS_BIT(casus_verdicts_evidence(asking->verdicts, index));
}

/* --- parties ---------------------------------------------------------------------------------- */

/* The `i`-th party of an event, `from` first; CASUS_NONE after the last. */
static uint32_t
party(const struct casus_event *event, uint32_t i)
{
    if (i < event->from_count)
        return event->from[i];
    i -= event->from_count;
    return i < event->to_count ? event->to[i] : CASUS_NONE;
}

static bool
kind_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
           const struct casus_event *event)
{
    for (uint32_t i = 0, actor; (actor = party(event, i)) != CASUS_NONE; i++) {
        if (comparison->mask & CASUS_BIT(casus_dossier_actor_at(asking->dossier, actor)->kind))
            return true;
    }
    return false;
}

static bool
bears_part(struct cas_asking *asking, const struct casus_actor *actor, struct cas_text part)
{
    bool found = cas_spelling_holds(fold(asking, actor->id, strlen(actor->id)), part) ||
                 cas_spelling_holds(fold(asking, actor->name, strlen(actor->name)), part);
    for (uint32_t i = 0; i < actor->alias_count && !found; i++) {
        const char *alias = actor->aliases[i].name;
        found = cas_spelling_holds(fold(asking, alias, strlen(alias)), part);
    }
    return found;
}

/* Room for one mark an actor or source. */
static bool
need_set(struct cas_asking *asking, struct cas_comparison *comparison, uint32_t count)
{
    if (comparison->set)
        return true;
    comparison->set = cas_arena_alloc(asking->arena, count);
    if (comparison->set)
        memset(comparison->set, 0, count);
    return comparison->set != NULL;
}

static enum casus_status
add_actors_of_part(struct cas_asking *asking, struct cas_comparison *comparison,
                   struct cas_text value)
{
    size_t at = comparison->count;
    enum casus_status status = add_folded(asking, comparison, value, NULL);
    if (status != CASUS_OK)
        return status;
    struct cas_text part = comparison->values[at].text;
    for (uint32_t i = 0; i < casus_dossier_actor_count(asking->dossier); i++) {
        if (bears_part(asking, casus_dossier_actor_at(asking->dossier, i), part))
            comparison->set[i] = 1;
    }
    return asking->scratch.failed ? CASUS_ENOMEM : CASUS_OK;
}

static enum casus_status
add_actor(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
          struct casus_error *fault)
{
    const struct cas_registry *registry = cas_dossier_registry(asking->dossier);
    if (!need_set(asking, comparison, cas_registry_count(registry)))
        return CASUS_ENOMEM;
    if (comparison->op == CAS_HOLDS)
        return add_actors_of_part(asking, comparison, value);
    uint32_t actor = cas_registry_find(registry, value.s, value.n);
    if (actor == CASUS_NONE)
        return fault_unknown(fault, "actor", value,
                             cas_registry_nearest(registry, value.s, value.n));
    comparison->set[actor] = 1;
    return CASUS_OK;
}

static bool
any_in(const uint8_t *set, const uint32_t *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (set[numbers[i]])
            return true;
    }
    return false;
}

static bool
from_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
           const struct casus_event *event)
{
    return any_in(comparison->set, event->from, event->from_count);
}

static bool
to_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
         const struct casus_event *event)
{
    return any_in(comparison->set, event->to, event->to_count);
}

static bool
actor_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
            const struct casus_event *event)
{
    return from_holds(asking, comparison, index, event) ||
           to_holds(asking, comparison, index, event);
}

static bool
claimant_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
               const struct casus_event *event)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        uint32_t by = casus_dossier_claim_at(asking->dossier, event->claims[i])->by;
        if (by != CASUS_NONE && comparison->set[by])
            return true;
    }
    return false;
}

/* --- sides ------------------------------------------------------------------------------------ */

static bool
is_side(struct cas_asking *asking, const struct cas_comparison *comparison)
{
    for (uint32_t i = 0; i < casus_dossier_actor_count(asking->dossier); i++) {
        const char *side = casus_dossier_actor_at(asking->dossier, i)->side;
        if (fits_folded(asking, comparison, side))
            return true;
    }
    return false;
}

/* A side that no actor bears is a slip of the pen. */
static enum casus_status
add_side(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
         struct casus_error *fault)
{
    enum casus_status status = add_folded(asking, comparison, value, fault);
    if (status != CASUS_OK || comparison->op == CAS_HOLDS)
        return status;
    struct cas_comparison last = *comparison;
    last.values += comparison->count - 1;
    last.count = 1;
    bool known = is_side(asking, &last);
    if (asking->scratch.failed)
        return CASUS_ENOMEM;
    return known ? CASUS_OK : fault_unknown(fault, "side", value, NULL);
}

static bool
side_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
           const struct casus_event *event)
{
    for (uint32_t i = 0, actor; (actor = party(event, i)) != CASUS_NONE; i++) {
        if (fits_folded(asking, comparison, cas_dossier_side(asking->dossier, actor, &event->date)))
            return true;
    }
    return false;
}

/* --- sources ---------------------------------------------------------------------------------- */

static bool
source_fits(struct cas_asking *asking, const struct casus_source *source, enum cas_operator op,
            struct cas_text folded)
{
    struct cas_value value = {.text = folded};
    struct cas_comparison one = {.op = op, .values = &value, .count = 1};
    return fits_folded(asking, &one, source->id) || fits_folded(asking, &one, source->name);
}

static const char *
nearest_source(struct cas_asking *asking, struct cas_text value)
{
    uint32_t count = casus_dossier_source_count(asking->dossier);
    const char **ids = cas_arena_alloc(asking->arena, count * sizeof *ids);
    if (!ids)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        ids[i] = casus_dossier_source_at(asking->dossier, i)->id;
    return cas_text_nearest(value.s, value.n, ids, count);
}

static enum casus_status
add_source(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
           struct casus_error *fault)
{
    uint32_t count = casus_dossier_source_count(asking->dossier);
    if (!need_set(asking, comparison, count))
        return CASUS_ENOMEM;
    size_t at = comparison->count;
    enum casus_status status = add_folded(asking, comparison, value, fault);
    if (status != CASUS_OK)
        return status;
    bool found = comparison->op == CAS_HOLDS;
    for (uint32_t i = 0; i < count; i++) {
        if (source_fits(asking, casus_dossier_source_at(asking->dossier, i), comparison->op,
                        comparison->values[at].text)) {
            comparison->set[i] = 1;
            found = true;
        }
    }
    if (asking->scratch.failed)
        return CASUS_ENOMEM;
    return found ? CASUS_OK : fault_unknown(fault, "source", value, nearest_source(asking, value));
}

/* The event's own sources and those of the claims about it. */
static bool
source_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
             const struct casus_event *event)
{
    if (any_in(comparison->set, event->sources, event->source_count))
        return true;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        uint32_t source = casus_dossier_claim_at(asking->dossier, event->claims[i])->source;
        if (source != CASUS_NONE && comparison->set[source])
            return true;
    }
    return false;
}

/* --- type, place, id -------------------------------------------------------------------------- */

static enum casus_status
add_type(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
         struct casus_error *fault)
{
    bool known = comparison->op == CAS_HOLDS || casus_type_find(value.s, value.n);
    for (uint32_t i = 0; i < casus_dossier_event_count(asking->dossier) && !known; i++)
        known = cas_text_is(value, casus_dossier_event_at(asking->dossier, i)->type);
    if (known)
        return add_exact(asking, comparison, value, fault);
    const char **names = cas_arena_alloc(asking->arena, casus_type_count() * sizeof *names);
    if (!names)
        return CASUS_ENOMEM;
    for (size_t i = 0; i < casus_type_count(); i++)
        names[i] = casus_type_at(i)->name;
    return fault_unknown(fault, "type", value,
                         cas_text_nearest(value.s, value.n, names, casus_type_count()));
}

static bool
type_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
           const struct casus_event *event)
{
    return fits_exact(asking, comparison, event->type);
}

static bool
id_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
         const struct casus_event *event)
{
    return fits_exact(asking, comparison, event->id);
}

static bool
place_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
            const struct casus_event *event)
{
    return fits_folded(asking, comparison, event->place_name);
}

/* --- losses ----------------------------------------------------------------------------------- */

static enum casus_status
add_count(struct cas_asking *asking, struct cas_comparison *comparison, struct cas_text value,
          struct casus_error *fault)
{
    double count;
    if (!cas_number_read(value.s, value.n, &count) || !(count >= 0)) {
        cas_fault_text(fault, CAS_MSG_WHERE, "expected a number such as 25, found '%.*s'",
                       cas_shown(value.s, value.n), value.s);
        return CASUS_EINVAL;
    }
    comparison->values[comparison->count++] = (struct cas_value){.count = count};
    return CASUS_OK;
}

static bool
tell(struct cas_asking *asking, size_t *inout_count, uint32_t teller,
     const struct casus_loss *losses, uint32_t count)
{
    if (!cas_grow(&asking->told, &asking->told_room, *inout_count + count, sizeof *asking->told))
        return false;
    for (uint32_t i = 0; i < count; i++)
        asking->told[(*inout_count)++] =
            (struct cas_told){losses[i].actor, teller, losses[i].what, losses[i].figure};
    return true;
}

/* What the data set and each claim about this event alone tell of it. */
static bool
tell_all(struct cas_asking *asking, const struct casus_event *event, size_t *out_count)
{
    *out_count = 0;
    if (!tell(asking, out_count, 0, event->losses, event->loss_count))
        return false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(asking->dossier, event->claims[i]);
        if (claim->about_count == 1 &&
            !tell(asking, out_count, i + 1, claim->losses, claim->loss_count))
            return false;
    }
    return cas_grow(&asking->lost, &asking->lost_room, *out_count, sizeof *asking->lost);
}

static bool
count_fits(enum cas_operator op, double count, double value)
{
    switch (op) {
    case CAS_BELOW: return count < value;
    case CAS_AT_MOST: return count <= value;
    case CAS_ABOVE: return count > value;
    case CAS_AT_LEAST: return count >= value;
    default: return count == value;
    }
}

static bool
lost_holds(struct cas_asking *asking, const struct cas_comparison *comparison,
           const struct casus_event *event, enum casus_loss_kind kind)
{
    struct casus_figure total[CASUS_LOSS_COUNT];
    size_t count;
    if (!tell_all(asking, event, &count)) {
        asking->scratch.failed = true;
        return false;
    }
    cas_losses(asking->told, count, asking->lost, total);
    if (!casus_figure_known(&total[kind]))
        return false;
    double lost = (double)(total[kind].best >= 0 ? total[kind].best
                                                 : casus_figure_least(&total[kind]));
    for (size_t i = 0; i < comparison->count; i++) {
        if (count_fits(comparison->op, lost, comparison->values[i].count))
            return true;
    }
    return false;
}

static bool
killed_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
             const struct casus_event *event)
{
    return lost_holds(asking, comparison, event, CASUS_KILLED);
}

static bool
wounded_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
              const struct casus_event *event)
{
    return lost_holds(asking, comparison, event, CASUS_WOUNDED);
}

static bool
captured_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
               const struct casus_event *event)
{
    return lost_holds(asking, comparison, event, CASUS_CAPTURED);
}

static bool
missing_holds(struct cas_asking *asking, const struct cas_comparison *comparison, uint32_t index,
              const struct casus_event *event)
{
    return lost_holds(asking, comparison, event, CASUS_MISSING);
}

void
cas_asking_done(struct cas_asking *asking)
{
    cas_buffer_done(&asking->scratch);
    cas_free(asking->told);
    cas_free(asking->lost);
}

/* --- the table -------------------------------------------------------------------------------- */

#define EQUAL   CASUS_BIT(CAS_EQUAL)
#define TEXTUAL (CASUS_BIT(CAS_EQUAL) | CASUS_BIT(CAS_HOLDS))
#define ORDERED (CASUS_BIT(CAS_HOLDS) - 1)

static const struct cas_field fields[] = {
    {"date", ORDERED, add_date, date_holds},
    {"relation", EQUAL, add_relation, relation_holds},
    {"type", TEXTUAL, add_type, type_holds},
    {"actor", TEXTUAL, add_actor, actor_holds},
    {"from", TEXTUAL, add_actor, from_holds},
    {"to", TEXTUAL, add_actor, to_holds},
    {"kind", EQUAL, add_kind, kind_holds},
    {"side", TEXTUAL, add_side, side_holds},
    {"place", TEXTUAL, add_folded, place_holds},
    {"source", TEXTUAL, add_source, source_holds},
    {"claimant", TEXTUAL, add_actor, claimant_holds},
    {"evidence", EQUAL, add_evidence, evidence_holds},
    {"killed", ORDERED, add_count, killed_holds},
    {"wounded", ORDERED, add_count, wounded_holds},
    {"captured", ORDERED, add_count, captured_holds},
    {"missing", ORDERED, add_count, missing_holds},
    {"id", TEXTUAL, add_exact, id_holds},
};

enum { FIELDS = sizeof fields / sizeof *fields };

const struct cas_field *
cas_field_find(const char *name, size_t n)
{
    for (size_t i = 0; i < FIELDS; i++) {
        if (cas_text_is((struct cas_text){name, n, NULL}, fields[i].name))
            return &fields[i];
    }
    return NULL;
}

const char *
cas_field_name(const struct cas_field *field)
{
    return field->name;
}

bool
cas_field_takes(const struct cas_field *field, enum cas_operator op)
{
    return field->operators & CASUS_BIT(op);
}

bool
cas_field_judges(const struct cas_field *field)
{
    return field->holds == evidence_holds;
}

const char *
cas_field_nearest(const char *name, size_t n)
{
    const char *names[FIELDS];
    for (size_t i = 0; i < FIELDS; i++)
        names[i] = fields[i].name;
    return cas_text_nearest(name, n, names, FIELDS);
}

void
cas_field_list(struct cas_buffer *out)
{
    for (size_t i = 0; i < FIELDS; i++) {
        cas_buffer_text(out, i == 0 ? "" : i + 1 < FIELDS ? ", " : " or ");
        cas_buffer_text(out, fields[i].name);
    }
}

/* --- comparisons ------------------------------------------------------------------------------ */

bool
cas_comparison_init(struct cas_asking *asking, const struct cas_field *field, enum cas_operator op,
                    size_t count, struct cas_comparison *out)
{
    *out = (struct cas_comparison){.field = field, .op = op};
    out->values = cas_arena_alloc(asking->arena, count * sizeof *out->values);
    return out->values != NULL;
}

enum casus_status
cas_comparison_add(struct cas_asking *asking, struct cas_comparison *comparison,
                   struct cas_text value, struct casus_error *fault)
{
    return comparison->field->add(asking, comparison, value, fault);
}

bool
cas_comparison_holds(struct cas_asking *asking, const struct cas_comparison *comparison,
                     uint32_t event)
{
    return comparison->field->holds(asking, comparison, event,
                                    casus_dossier_event_at(asking->dossier, event));
}
