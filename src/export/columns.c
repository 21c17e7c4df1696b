/* What is said of an actor, of a tie and of the graph: one list each, for every format. */
#include "export/job.h"

#include <assert.h>
#include <casus/report.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *
cas_job_actor_id(const struct cas_job *job, uint32_t actor)
{
    return casus_graph_actor_at(job->graph, actor)->id;
}

bool
cas_job_tie_has_dates(const struct cas_job *job, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, index);
    return job->options->dossier && tie->relation != CASUS_CLAIM && tie->events &&
           casus_graph_tie_event(job->graph, index, 0) != CASUS_NONE;
}

const char *
cas_tie_key(const struct casus_tie *tie)
{
    static const char *const undirected[CASUS_RELATION_COUNT] = {
        "attack-undirected", "support-undirected", "claim-undirected"};
    return tie->directed ? casus_relation_name(tie->relation) : undirected[tie->relation];
}

/* Empties a buffer; that it failed once stays, so that the writer's end sees it. */
static void
empty(struct cas_buffer *buffer)
{
    buffer->n = 0;
    if (buffer->s)
        buffer->s[0] = '\0';
}

static const char *
text_of(const struct cas_buffer *buffer)
{
    return buffer->s && !buffer->failed ? buffer->s : "";
}

const char *
cas_job_tie_id(const struct cas_job *job, uint32_t tie, struct cas_buffer *out)
{
    char digits[12];
    size_t at = sizeof digits;
    for (uint64_t left = (uint64_t)tie + 1; left; left /= 10)
        digits[--at] = (char)('0' + left % 10);
    empty(out);
    cas_buffer_add(out, job->tie_prefix.s, job->tie_prefix.n);
    cas_buffer_add(out, digits + at, sizeof digits - at);
    return text_of(out);
}

/* --- values ------------------------------------------------------------------------------- */

static bool
give_text(struct cas_value *out, const char *text)
{
    out->text = text;
    return text != NULL;
}

static bool
give_count(struct cas_value *out, int64_t count)
{
    out->count = count;
    return count >= 0;
}

static bool
give_truth(struct cas_value *out, bool truth)
{
    out->truth = truth;
    return true;
}

static bool
give_number(struct cas_value *out, double number)
{
    out->number = number;
    return isfinite(number);
}

static bool
give_date(struct cas_value *out, struct casus_date date)
{
    out->text = casus_date_format(date, out->date);
    return casus_date_known(date);
}

/* `which` of a loss: its kind times three, and low, best or high. */
static bool
give_loss(struct cas_value *out, const struct casus_figure *losses, unsigned which)
{
    const struct casus_figure *figure = &losses[which / 3];
    const int64_t parts[3] = {figure->low, figure->best, figure->high};
    return give_count(out, parts[which % 3]);
}

/* --- actors ------------------------------------------------------------------------------- */

enum { NAME, KIND, SIDE, PARENT, PARENT_NAME };

static bool
actor_word(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_node *actor = casus_graph_actor_at(job->graph, record);
    switch (which) {
    case NAME: return give_text(out, actor->name);
    case KIND: return give_text(out, casus_kind_name(actor->kind));
    case SIDE: return give_text(out, actor->side);
    case PARENT: return give_text(out, actor->parent_id);
    default: return give_text(out, actor->parent_name);
    }
}

static bool
actor_generic(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_truth(out, casus_graph_actor_at(job->graph, record)->generic);
}

enum { EVENTS, ATTACKS, ATTACKED, BATTLES, BACKS, BACKED, CLAIMS, CARRIED, INTERNAL };

static bool
actor_count(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_node *actor = casus_graph_actor_at(job->graph, record);
    const uint32_t counts[] = {
        [EVENTS] = actor->events,   [ATTACKS] = actor->attacks, [ATTACKED] = actor->attacked,
        [BATTLES] = actor->battles, [BACKS] = actor->backs,     [BACKED] = actor->backed,
        [CLAIMS] = actor->claims,   [CARRIED] = actor->carried, [INTERNAL] = actor->internal,
    };
    return give_count(out, counts[which]);
}

static bool
actor_lost(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_loss(out, casus_graph_actor_at(job->graph, record)->lost, which);
}

static bool
actor_score(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_number(out, casus_scores_at(job->options->scores, which, record));
}

#define LOSS_COLUMNS(prefix, kind, number, get)                                                    \
    {prefix #kind "_low", CAS_VALUE_COUNT, get, 3 * (number)},                                     \
        {prefix #kind "_best", CAS_VALUE_COUNT, get, 3 * (number) + 1},                            \
    {                                                                                              \
        prefix #kind "_high", CAS_VALUE_COUNT, get, 3 * (number) + 2                               \
    }

static const struct cas_column actor_columns[] = {
    {"name", CAS_VALUE_TEXT, actor_word, NAME},
    {"kind", CAS_VALUE_TEXT, actor_word, KIND},
    {"side", CAS_VALUE_TEXT, actor_word, SIDE},
    {"parent", CAS_VALUE_TEXT, actor_word, PARENT},
    {"parent_name", CAS_VALUE_TEXT, actor_word, PARENT_NAME},
    {"generic", CAS_VALUE_TRUTH, actor_generic},
    {"events", CAS_VALUE_COUNT, actor_count, EVENTS},
    {"attacks", CAS_VALUE_COUNT, actor_count, ATTACKS},
    {"attacked", CAS_VALUE_COUNT, actor_count, ATTACKED},
    {"battles", CAS_VALUE_COUNT, actor_count, BATTLES},
    {"backs", CAS_VALUE_COUNT, actor_count, BACKS},
    {"backed", CAS_VALUE_COUNT, actor_count, BACKED},
    {"claims", CAS_VALUE_COUNT, actor_count, CLAIMS},
    {"carried", CAS_VALUE_COUNT, actor_count, CARRIED},
    {"internal", CAS_VALUE_COUNT, actor_count, INTERNAL},
    LOSS_COLUMNS("lost_", killed, CASUS_KILLED, actor_lost),
    LOSS_COLUMNS("lost_", wounded, CASUS_WOUNDED, actor_lost),
    LOSS_COLUMNS("lost_", captured, CASUS_CAPTURED, actor_lost),
    LOSS_COLUMNS("lost_", missing, CASUS_MISSING, actor_lost),
};

static const struct cas_column score_columns[] = {
    {"in_degree", CAS_VALUE_NUMBER, actor_score, CASUS_IN_DEGREE},
    {"out_degree", CAS_VALUE_NUMBER, actor_score, CASUS_OUT_DEGREE},
    {"in_strength", CAS_VALUE_NUMBER, actor_score, CASUS_IN_STRENGTH},
    {"out_strength", CAS_VALUE_NUMBER, actor_score, CASUS_OUT_STRENGTH},
    {"pagerank", CAS_VALUE_NUMBER, actor_score, CASUS_PAGERANK},
    {"hub", CAS_VALUE_NUMBER, actor_score, CASUS_HUB},
    {"authority", CAS_VALUE_NUMBER, actor_score, CASUS_AUTHORITY},
    {"betweenness", CAS_VALUE_NUMBER, actor_score, CASUS_BETWEENNESS},
    {"closeness", CAS_VALUE_NUMBER, actor_score, CASUS_CLOSENESS},
    {"harmonic", CAS_VALUE_NUMBER, actor_score, CASUS_HARMONIC},
    {"eigenvector", CAS_VALUE_NUMBER, actor_score, CASUS_EIGENVECTOR},
    {"coreness", CAS_VALUE_NUMBER, actor_score, CASUS_CORENESS},
    {"constraint", CAS_VALUE_NUMBER, actor_score, CASUS_CONSTRAINT},
    {"signed_degree", CAS_VALUE_NUMBER, actor_score, CASUS_SIGNED_DEGREE},
    {"pn", CAS_VALUE_NUMBER, actor_score, CASUS_PN},
    {"signed_eigenvector", CAS_VALUE_NUMBER, actor_score, CASUS_SIGNED_EIGENVECTOR},
};

/* --- where actors stand --------------------------------------------------------------------- */

/* Of a point: finer than any screen, and short as text. */
static double
hundredth(double value)
{
    return round(value * 100) / 100;
}

static bool
actor_place(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_positions *positions = job->options->positions;
    const struct casus_position *at = casus_positions_at(positions, record);
    if (which == 0)
        return give_number(out, hundredth(at->x));
    return give_number(out,
                       hundredth(job->y_up ? casus_positions_height(positions) - at->y : at->y));
}

static const struct cas_column place_columns[] = {
    {"x", CAS_VALUE_NUMBER, actor_place, 0},
    {"y", CAS_VALUE_NUMBER, actor_place, 1},
};

/* --- signs: blocs and what fits ----------------------------------------------------------- */

enum { CAMP, PART, BLOC, COMMUNITY };

/* An actor without signed ties has none. */
static bool
actor_group(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_balance *balance = job->options->balance;
    const uint32_t groups[] = {
        (uint32_t)casus_balance_camp(balance, record), casus_balance_part(balance, record),
        casus_balance_bloc(balance, record), casus_balance_community(balance, record)};
    return groups[which] && give_count(out, groups[which]);
}

static bool
actor_swings(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_truth(out, casus_balance_swings(job->options->balance, record));
}

static const struct cas_column group_columns[] = {
    {"bloc", CAS_VALUE_COUNT, actor_group, BLOC},
    {"camp", CAS_VALUE_COUNT, actor_group, CAMP},
    {"part", CAS_VALUE_COUNT, actor_group, PART},
    {"community", CAS_VALUE_COUNT, actor_group, COMMUNITY},
    {"swings", CAS_VALUE_TRUTH, actor_swings},
};

enum { AMBIVALENT, FRUSTRATED, DISAGREES };

/* A claim has no sign; an ambivalent dyad that was left out fits and misfits nothing. */
static bool
tie_fits(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, record);
    const struct casus_signed_tie *dyad =
        casus_balance_tie_between(job->options->balance, tie->from, tie->to);
    if (tie->relation == CASUS_CLAIM || !dyad)
        return false;
    const bool truths[] = {dyad->ambivalent, dyad->frustrated, dyad->disagrees};
    return (which == AMBIVALENT || dyad->sign) && give_truth(out, truths[which]);
}

static const struct cas_column fit_columns[] = {
    {"ambivalent", CAS_VALUE_TRUTH, tie_fits, AMBIVALENT},
    {"frustrated", CAS_VALUE_TRUTH, tie_fits, FRUSTRATED},
    {"disagrees", CAS_VALUE_TRUTH, tie_fits, DISAGREES},
};

/* --- ties --------------------------------------------------------------------------------- */

static bool
tie_weight(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_number(out, casus_graph_tie_at(job->graph, record)->weight);
}

static bool
tie_undirected(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_truth(out, !casus_graph_tie_at(job->graph, record)->directed);
}

static bool
tie_relation(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_text(out, casus_relation_name(casus_graph_tie_at(job->graph, record)->relation));
}

static bool
tie_events(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_count(out, casus_graph_tie_at(job->graph, record)->events);
}

static bool
tie_date(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, record);
    return give_date(out, which ? tie->last : tie->first);
}

static bool
tie_open(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_truth(out, casus_graph_tie_at(job->graph, record)->open);
}

static bool
tie_loss(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_loss(out, casus_graph_tie_at(job->graph, record)->losses, which);
}

/* A tie whose events were not judged has no verdicts at all, rather than six zeros. */
static bool
tie_evidence(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, record);
    bool judged = false;
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++)
        judged = judged || tie->evidence[i];
    return judged && give_count(out, tie->evidence[which]);
}

static bool
tie_stance(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, record);
    return tie->relation == CASUS_CLAIM && give_count(out, tie->stances[which]);
}

/* A graph that was folded while reading kept no events. */
static bool
tie_event_ids(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, record);
    return tie->events && casus_graph_tie_event(job->graph, record, 0) != CASUS_NONE &&
           give_count(out, tie->events);
}

static const char *
tie_event_id(const struct cas_job *job, uint32_t record, uint32_t index)
{
    uint32_t event = casus_graph_tie_event(job->graph, record, index);
    return event == CASUS_NONE ? NULL : casus_dossier_event_at(job->options->dossier, event)->id;
}

static const struct cas_column tie_columns[] = {
    [CAS_TIE_WEIGHT] = {"weight", CAS_VALUE_NUMBER, tie_weight},
    [CAS_TIE_UNDIRECTED] = {"undirected", CAS_VALUE_TRUTH, tie_undirected},
    [CAS_TIE_RELATION] = {"relation", CAS_VALUE_TEXT, tie_relation},
    {"events", CAS_VALUE_COUNT, tie_events},
    {"first", CAS_VALUE_TEXT, tie_date, 0},
    {"last", CAS_VALUE_TEXT, tie_date, 1},
    {"open", CAS_VALUE_TRUTH, tie_open},
    LOSS_COLUMNS("", killed, CASUS_KILLED, tie_loss),
    LOSS_COLUMNS("", wounded, CASUS_WOUNDED, tie_loss),
    LOSS_COLUMNS("", captured, CASUS_CAPTURED, tie_loss),
    LOSS_COLUMNS("", missing, CASUS_MISSING, tie_loss),
    {"evidence_disputed", CAS_VALUE_COUNT, tie_evidence, CASUS_DISPUTED},
    {"evidence_corroborated", CAS_VALUE_COUNT, tie_evidence, CASUS_CORROBORATED},
    {"evidence_admitted", CAS_VALUE_COUNT, tie_evidence, CASUS_ADMITTED},
    {"evidence_one_sided", CAS_VALUE_COUNT, tie_evidence, CASUS_ONE_SIDED},
    {"evidence_single", CAS_VALUE_COUNT, tie_evidence, CASUS_SINGLE},
    {"evidence_unsourced", CAS_VALUE_COUNT, tie_evidence, CASUS_UNSOURCED},
    {"stance_responsibility", CAS_VALUE_COUNT, tie_stance, CASUS_RESPONSIBILITY},
    {"stance_report", CAS_VALUE_COUNT, tie_stance, CASUS_REPORT},
    {"stance_announce", CAS_VALUE_COUNT, tie_stance, CASUS_ANNOUNCE},
    {"stance_blame", CAS_VALUE_COUNT, tie_stance, CASUS_BLAME},
    {"stance_deny", CAS_VALUE_COUNT, tie_stance, CASUS_DENY},
    {"stance_corroborate", CAS_VALUE_COUNT, tie_stance, CASUS_CORROBORATE},
};

static const struct cas_column event_columns[] = {
    {"event_ids", CAS_VALUE_LIST, tie_event_ids, 0, tie_event_id},
};

/* --- the graph ---------------------------------------------------------------------------- */

static bool
about_title(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_text(out, casus_graph_title(job->graph));
}

static bool
about_version(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    return give_text(out, casus_version());
}

static bool
about_count(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const uint64_t counts[] = {casus_graph_actor_count(job->graph),
                               casus_graph_tie_count(job->graph),
                               casus_graph_totals(job->graph)->events};
    return give_count(out, (int64_t)counts[which]);
}

static bool
about_date(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    const struct casus_totals *totals = casus_graph_totals(job->graph);
    return give_date(out, which ? totals->last : totals->first);
}

static const char *
term_of(const struct casus_input *input, unsigned which)
{
    return which ? input->licence : input->citation;
}

static const char *
term_at(const struct cas_job *job, uint32_t index, unsigned which)
{
    const char *term = term_of(casus_graph_input_at(job->graph, index), which);
    for (uint32_t i = 0; term && i < index; i++) {
        const char *before = term_of(casus_graph_input_at(job->graph, i), which);
        if (before && strcmp(before, term) == 0)
            return NULL;
    }
    return term;
}

static const char *
citation_at(const struct cas_job *job, uint32_t record, uint32_t index)
{
    return term_at(job, index, 0);
}

static const char *
licence_at(const struct cas_job *job, uint32_t record, uint32_t index)
{
    return term_at(job, index, 1);
}

/* Data sets are cited and licensed; a dossier of one's own is neither. */
static bool
about_terms(const struct cas_job *job, uint32_t record, unsigned which, struct cas_value *out)
{
    uint32_t inputs = casus_graph_input_count(job->graph);
    for (uint32_t i = 0; i < inputs; i++) {
        if (term_of(casus_graph_input_at(job->graph, i), which))
            return give_count(out, inputs);
    }
    return false;
}

static const struct cas_column about_columns[] = {
    {"title", CAS_VALUE_TEXT, about_title},
    {"casus", CAS_VALUE_TEXT, about_version},
    {"actors", CAS_VALUE_COUNT, about_count, 0},
    {"ties", CAS_VALUE_COUNT, about_count, 1},
    {"events", CAS_VALUE_COUNT, about_count, 2},
    {"first", CAS_VALUE_TEXT, about_date, 0},
    {"last", CAS_VALUE_TEXT, about_date, 1},
    {"citation", CAS_VALUE_LIST, about_terms, 0, citation_at},
    {"licence", CAS_VALUE_LIST, about_terms, 1, licence_at},
};

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static void
append(struct cas_columns *columns, struct cas_column *list, const struct cas_column *more,
       size_t count)
{
    assert(columns->count + count <= CAS_MOST_COLUMNS);
    memcpy(list + columns->count, more, count * sizeof *more);
    *columns = (struct cas_columns){list, columns->count + count};
}

#define APPEND(job, what, more) append(&(job)->what##s, (job)->what##_list, more, LENGTH(more))

void
cas_job_set_columns(struct cas_job *job)
{
    const struct casus_exporting *options = job->options;
    job->places =
        (struct cas_columns){place_columns, options->positions ? LENGTH(place_columns) : 0};
    job->about = (struct cas_columns){about_columns, LENGTH(about_columns)};
    job->actors = job->ties = (struct cas_columns){0};
    APPEND(job, actor, actor_columns);
    APPEND(job, tie, tie_columns);
    if (options->scores)
        APPEND(job, actor, score_columns);
    if (options->balance) {
        APPEND(job, actor, group_columns);
        APPEND(job, tie, fit_columns);
    }
    if (options->dossier)
        APPEND(job, tie, event_columns);
}

/* --- as one text -------------------------------------------------------------------------- */

static const char *
join(const struct cas_column *column, const struct cas_job *job, uint32_t record, int64_t count,
     struct cas_buffer *scratch)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *item = column->item(job, record, i);
        if (item && scratch->n)
            cas_buffer_char(scratch, '|');
        if (item)
            cas_buffer_text(scratch, item);
    }
    return text_of(scratch);
}

const char *
cas_column_text(const struct cas_column *column, const struct cas_job *job, uint32_t record,
                struct cas_buffer *scratch)
{
    struct cas_value value;
    char number[32];
    if (!column->get(job, record, column->which, &value))
        return NULL;
    empty(scratch);
    switch (column->type) {
    case CAS_VALUE_TRUTH: return value.truth ? "true" : "false";
    case CAS_VALUE_LIST: return join(column, job, record, value.count, scratch);
    case CAS_VALUE_COUNT: cas_buffer_printf(scratch, "%" PRId64, value.count); break;
    case CAS_VALUE_NUMBER: cas_buffer_text(scratch, cas_number_text(value.number, number)); break;
    case CAS_VALUE_TEXT: cas_buffer_text(scratch, value.text); break; /* it may lie in `value` */
    }
    return text_of(scratch);
}
