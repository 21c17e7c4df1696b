/* A dossier as a CSV set, in the form that read/csvset.c and read/sheet.h lay down: dossier.csv,
 * actors.csv, sources.csv, events.csv and claims.csv, each with its header at least.
 *
 * Each table has all its columns, and behind them one for each x- key that one of its records has.
 * Own keys inside of an alias, a parent, a place, a loss or an interval have no cell and are left
 * out: JSON keeps them. A claim takes a row a loss. Rows that agree in all but the loss are read as one claim, so of
 * claims that agree all but the first bear a label in the column `claim`.
 */
#include <casus/export.h>

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/fault.h"
#include "export/terms.h"
#include "report/csv.h"
#include "report/json.h"

struct table {
    const struct casus_dossier *dossier;
    const uint8_t *chosen; /* a byte an event, or NULL: all */
    struct cas_csv csv;
    struct cas_buffer cell, key, value;
    struct cas_intern own;  /* x- keys of this table's records, in order of first sight */
    struct cas_intern said; /* what a claim says but for its losses */
    uint32_t *times;        /* by number in `said`: how often it came */
    size_t times_room;
    bool failed;
};

/* --- what is written --------------------------------------------------------------------------- */

static bool
is_chosen(const struct table *table, uint32_t event)
{
    return !table->chosen || table->chosen[event];
}

/* How many of a claim's events are written. */
static uint32_t
count_about(const struct table *table, const struct casus_claim *claim)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < claim->about_count; i++)
        count += is_chosen(table, claim->about[i]);
    return count;
}

static bool
is_about_chosen(const struct table *table, uint32_t claim)
{
    return count_about(table, casus_dossier_claim_at(table->dossier, claim)) > 0;
}

/* --- cells ------------------------------------------------------------------------------------ */

/* An element of a list. Blanks at its ends would fall away. */
static void
add_escaped(struct cas_buffer *out, const char *text, const char *special)
{
    for (const char *at = text; *at; at++) {
        bool end = at == text || !at[1];
        if (strchr(special, *at) || (end && strchr(" \t", *at)))
            cas_buffer_char(out, '\\');
        cas_buffer_char(out, *at);
    }
}

static void
begin_element(struct cas_buffer *out, uint32_t index)
{
    if (index)
        cas_buffer_char(out, '|');
}

/* Writes the cell that was put together and empties it. */
static void
end_cell(struct table *table)
{
    table->failed = table->failed || table->cell.failed;
    cas_csv_text(&table->csv, table->cell.n ? table->cell.s : NULL);
    cas_buffer_clear(&table->cell);
}

static const char *
actor_id(const struct table *table, uint32_t actor)
{
    return actor == CASUS_NONE ? NULL : casus_dossier_actor_at(table->dossier, actor)->id;
}

static const char *
source_id(const struct table *table, uint32_t source)
{
    return source == CASUS_NONE ? NULL : casus_dossier_source_at(table->dossier, source)->id;
}

static const char *
event_id(const struct table *table, uint32_t event)
{
    return casus_dossier_event_at(table->dossier, event)->id;
}

static void
write_ids(struct table *table, const uint32_t *records, uint32_t count,
          const char *(*id_of)(const struct table *, uint32_t))
{
    for (uint32_t i = 0; i < count; i++) {
        begin_element(&table->cell, i);
        add_escaped(&table->cell, id_of(table, records[i]), "|\\");
    }
    end_cell(table);
}

static void
add_bound(struct cas_buffer *out, uint8_t bound, struct casus_date date)
{
    char text[12];
    if (bound == CASUS_BOUND_OPEN)
        cas_buffer_text(out, "..");
    else if (bound == CASUS_BOUND_DATE)
        cas_buffer_text(out, casus_date_format(date, text));
}

static void
add_period(struct cas_buffer *out, const struct casus_period *period)
{
    char text[12];
    if (!period->interval) {
        cas_buffer_text(out, casus_date_format(period->from, text));
        return;
    }
    add_bound(out, period->from_bound, period->from);
    cas_buffer_char(out, '/');
    add_bound(out, period->until_bound, period->until);
}

static void
write_period(struct table *table, const struct casus_period *period)
{
    if (casus_period_known(period))
        add_period(&table->cell, period);
    end_cell(table);
}

/* --- x- keys ---------------------------------------------------------------------------------- */

static void
collect_own(struct table *table, const char *extra)
{
    while (extra && cas_json_next_member(&extra, &table->key, &table->value)) {
        if (cas_intern_add(&table->own, table->key.s, table->key.n) == UINT32_MAX)
            table->failed = true;
    }
    table->failed = table->failed || table->key.failed;
}

static void
write_own_cell(struct table *table, const char *extra, const char *key)
{
    while (extra && cas_json_next_member(&extra, &table->key, &table->value)) {
        if (strcmp(table->key.s, key) != 0)
            continue;
        cas_json_cell(table->value.s, &table->cell);
        break;
    }
    table->failed = table->failed || table->key.failed;
    end_cell(table);
}

static void
end_row(struct table *table, const char *extra)
{
    for (uint32_t i = 0; i < table->own.count; i++)
        write_own_cell(table, extra, table->own.texts[i]);
    cas_csv_end_row(&table->csv);
}

/* --- actors, sources, events ------------------------------------------------------------------ */

static void
write_aliases(struct table *table, const struct casus_actor *actor)
{
    for (uint32_t i = 0; i < actor->alias_count; i++) {
        begin_element(&table->cell, i);
        add_escaped(&table->cell, actor->aliases[i].name, "|\\@");
        if (!actor->aliases[i].lang)
            continue;
        cas_buffer_char(&table->cell, '@');
        add_escaped(&table->cell, actor->aliases[i].lang, "|\\@");
    }
    end_cell(table);
}

static void
write_parents(struct table *table, const struct casus_actor *actor)
{
    for (uint32_t i = 0; i < actor->parent_count; i++) {
        const struct casus_parent *parent = &actor->parents[i];
        begin_element(&table->cell, i);
        add_escaped(&table->cell, actor_id(table, parent->actor), "|\\@");
        if (!casus_period_known(&parent->period))
            continue;
        cas_buffer_char(&table->cell, '@');
        add_period(&table->cell, &parent->period);
    }
    end_cell(table);
}

static void
write_actor(struct table *table, uint32_t index)
{
    const struct casus_actor *actor = casus_dossier_actor_at(table->dossier, index);
    cas_csv_text(&table->csv, actor->id);
    cas_csv_text(&table->csv, strcmp(actor->name, actor->id) ? actor->name : NULL);
    write_aliases(table, actor);
    cas_csv_text(&table->csv, actor->kind_given ? casus_kind_name(actor->kind) : NULL);
    write_parents(table, actor);
    cas_csv_text(&table->csv, actor->side);
    cas_csv_text(&table->csv, actor->note);
    cas_csv_text(&table->csv, actor->generic ? "true" : NULL);
    end_row(table, actor->extra);
}

static void
write_source(struct table *table, uint32_t index)
{
    const struct casus_source *source = casus_dossier_source_at(table->dossier, index);
    const char reliability[2] = {source->reliability, '\0'};
    bool named = source->name && strcmp(source->name, source->id) != 0;
    cas_csv_text(&table->csv, source->id);
    cas_csv_text(&table->csv, named ? source->name : NULL);
    cas_csv_text(&table->csv, source->type);
    cas_csv_text(&table->csv, reliability);
    write_period(table, &source->date);
    cas_csv_text(&table->csv, source->url);
    cas_csv_text(&table->csv, source->archive_url);
    cas_csv_text(&table->csv, source->note);
    end_row(table, source->extra);
}

/* date and until: a date alone, or the two ends of an interval. */
static void
write_dates(struct table *table, const struct casus_period *period)
{
    if (!period->interval || !casus_period_known(period)) {
        write_period(table, period);
        end_cell(table);
        return;
    }
    add_bound(&table->cell, period->from_bound, period->from);
    end_cell(table);
    add_bound(&table->cell, period->until_bound, period->until);
    if (period->until_bound == CASUS_BOUND_UNKNOWN)
        cas_buffer_char(&table->cell, '?');
    end_cell(table);
}

static void
write_event(struct table *table, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(table->dossier, index);
    cas_csv_text(&table->csv, event->id);
    cas_csv_text(&table->csv, event->type);
    cas_csv_text(&table->csv, casus_relation_name(event->relation));
    cas_csv_text(&table->csv, event->directed ? "true" : "false");
    write_dates(table, &event->date);
    cas_csv_text(&table->csv, event->place_name);
    cas_csv_number(&table->csv, event->lat);
    cas_csv_number(&table->csv, event->lon);
    cas_csv_text(&table->csv, event->place_note);
    write_ids(table, event->from, event->from_count, actor_id);
    write_ids(table, event->to, event->to_count, actor_id);
    write_ids(table, event->sources, event->source_count, source_id);
    cas_csv_text(&table->csv, event->note);
    end_row(table, event->extra);
}

/* --- claims ----------------------------------------------------------------------------------- */

static void
write_count(struct table *table, int64_t count)
{
    if (count < 0)
        cas_csv_text(&table->csv, NULL);
    else
        cas_csv_count(&table->csv, (uint64_t)count);
}

/* actor, what, low, best, high; NULL leaves them empty. */
static void
write_loss(struct table *table, const struct casus_loss *loss)
{
    static const struct casus_loss none = {.actor = CASUS_NONE, .figure = {-1, -1, -1}};
    loss = loss ? loss : &none;
    cas_csv_text(&table->csv, actor_id(table, loss->actor));
    for (unsigned kind = 0, written = 0; kind < CASUS_LOSS_COUNT; kind++) {
        if (!(loss->what & CASUS_BIT(kind)))
            continue;
        begin_element(&table->cell, written++);
        cas_buffer_text(&table->cell, casus_loss_name(kind));
    }
    end_cell(table);
    if (loss->some)
        cas_csv_text(&table->csv, "some");
    else
        write_count(table, loss->figure.low);
    write_count(table, loss->figure.best);
    write_count(table, loss->figure.high);
}

static void
write_about(struct table *table, const struct casus_claim *claim)
{
    for (uint32_t i = 0, written = 0; i < claim->about_count; i++) {
        if (!is_chosen(table, claim->about[i]))
            continue;
        begin_element(&table->cell, written++);
        add_escaped(&table->cell, event_id(table, claim->about[i]), "|\\");
    }
    end_cell(table);
}

/* Everything that read/csvset_claims.c looks at, each part with its length. */
static void
add_said(const struct table *table, struct cas_buffer *out, const struct casus_claim *claim)
{
    const uint32_t numbers[] = {claim->by,
                                claim->via,
                                claim->of,
                                claim->source,
                                claim->credibility,
                                (uint32_t)claim->stance,
                                count_about(table, claim)};
    const char *const texts[] = {claim->url, claim->note, claim->extra};
    cas_buffer_add(out, numbers, sizeof numbers);
    for (uint32_t i = 0; i < claim->about_count; i++) {
        if (is_chosen(table, claim->about[i]))
            cas_buffer_add(out, &claim->about[i], sizeof claim->about[i]);
    }
    add_period(out, &claim->date);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t n = texts[i] ? strlen(texts[i]) : 0;
        cas_buffer_printf(out, "%zu:", n);
        cas_buffer_add(out, texts[i] ? texts[i] : "", n);
    }
}

/* How many claims before this one say the same. */
static uint32_t
count_said(struct table *table, const struct casus_claim *claim)
{
    cas_buffer_clear(&table->value);
    add_said(table, &table->value, claim);
    uint32_t known = table->said.count;
    uint32_t number = table->value.failed
                          ? UINT32_MAX
                          : cas_intern_add(&table->said, table->value.s, table->value.n);
    if (number == UINT32_MAX ||
        !cas_grow(&table->times, &table->times_room, (size_t)number + 1, sizeof *table->times)) {
        table->failed = true;
        return 0;
    }
    if (number == known)
        table->times[number] = 0;
    return table->times[number]++;
}

static void
write_claim_row(struct table *table, const struct casus_claim *claim, const struct casus_loss *loss,
                uint32_t said)
{
    write_about(table, claim);
    cas_csv_text(&table->csv, actor_id(table, claim->by));
    cas_csv_text(&table->csv, actor_id(table, claim->via));
    cas_csv_text(&table->csv, casus_stance_name(claim->stance));
    cas_csv_text(&table->csv, actor_id(table, claim->of));
    write_period(table, &claim->date);
    cas_csv_text(&table->csv, source_id(table, claim->source));
    write_count(table, claim->credibility ? claim->credibility : -1);
    write_loss(table, loss);
    cas_csv_text(&table->csv, claim->url);
    cas_csv_text(&table->csv, claim->note);
    write_count(table, said ? (int64_t)said + 1 : -1);
    end_row(table, claim->extra);
}

/* Losses of several events are a sum: where some are left out it is of nothing that is written. */
static void
write_claim(struct table *table, uint32_t index)
{
    const struct casus_claim *claim = casus_dossier_claim_at(table->dossier, index);
    uint32_t said = count_said(table, claim);
    uint32_t losses = count_about(table, claim) == claim->about_count ? claim->loss_count : 0;
    if (!losses)
        write_claim_row(table, claim, NULL, said);
    for (uint32_t i = 0; i < losses; i++)
        write_claim_row(table, claim, &claim->losses[i], said);
}

/* Figures that nobody claims: rows of an event without a stance. */
static void
write_own_losses(struct table *table)
{
    enum { BETWEEN = 7, BEHIND = 3 }; /* by to credibility; url to claim */
    for (uint32_t i = 0; i < casus_dossier_event_count(table->dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(table->dossier, i);
        if (!is_chosen(table, i))
            continue;
        for (uint32_t j = 0; j < event->loss_count; j++) {
            write_ids(table, &i, 1, event_id);
            for (int cell = 0; cell < BETWEEN; cell++)
                cas_csv_text(&table->csv, NULL);
            write_loss(table, &event->losses[j]);
            for (int cell = 0; cell < BEHIND; cell++)
                cas_csv_text(&table->csv, NULL);
            end_row(table, NULL);
        }
    }
}

/* --- the set ---------------------------------------------------------------------------------- */

static const char *
actor_extra(const struct casus_dossier *dossier, uint32_t index)
{
    return casus_dossier_actor_at(dossier, index)->extra;
}

static const char *
source_extra(const struct casus_dossier *dossier, uint32_t index)
{
    return casus_dossier_source_at(dossier, index)->extra;
}

static const char *
event_extra(const struct casus_dossier *dossier, uint32_t index)
{
    return casus_dossier_event_at(dossier, index)->extra;
}

static const char *
claim_extra(const struct casus_dossier *dossier, uint32_t index)
{
    return casus_dossier_claim_at(dossier, index)->extra;
}

static uint32_t
head_count(const struct casus_dossier *dossier)
{
    const char *title = casus_dossier_title(dossier), *note = casus_dossier_note(dossier);
    struct cas_buffer terms;
    cas_buffer_init(&terms);
    cas_terms_citation(&terms, dossier);
    cas_terms_licence(&terms, dossier);
    bool termed = terms.n || terms.failed;
    cas_buffer_done(&terms);
    return (title && *title) || (note && *note) || casus_dossier_extra(dossier) || termed;
}

static const char *
head_extra(const struct casus_dossier *dossier, uint32_t index)
{
    return casus_dossier_extra(dossier);
}

static void
write_dossier(struct table *table, uint32_t index)
{
    cas_csv_text(&table->csv, casus_dossier_title(table->dossier));
    cas_csv_text(&table->csv, casus_dossier_note(table->dossier));
    cas_terms_citation(&table->cell, table->dossier);
    end_cell(table);
    cas_terms_licence(&table->cell, table->dossier);
    end_cell(table);
    end_row(table, casus_dossier_extra(table->dossier));
}

static const struct part {
    const char *file, *columns;
    uint32_t (*count)(const struct casus_dossier *);
    const char *(*extra)(const struct casus_dossier *, uint32_t);
    void (*write)(struct table *, uint32_t);
    void (*before)(struct table *);
    bool (*passes)(const struct table *, uint32_t);
} parts[] = {
    {"dossier.csv", "title,note,citation,licence", head_count, head_extra, write_dossier, NULL,
     NULL},
    {"actors.csv", "id,name,aliases,kind,parent,side,note,generic", casus_dossier_actor_count,
     actor_extra, write_actor, NULL, NULL},
    {"sources.csv", "id,name,type,reliability,date,url,archive_url,note",
     casus_dossier_source_count, source_extra, write_source, NULL, NULL},
    {"events.csv",
     "id,type,relation,directed,date,until,place,lat,lon,place_note,from,to,source,note",
     casus_dossier_event_count, event_extra, write_event, NULL, is_chosen},
    {"claims.csv",
     "about,by,via,stance,of,date,source,credibility,actor,what,low,best,high,url,note,claim",
     casus_dossier_claim_count, claim_extra, write_claim, write_own_losses, is_about_chosen},
};

enum { PARTS = sizeof parts / sizeof parts[0] };

static void
write_head(struct table *table, const struct part *part)
{
    casus_output_text(table->csv.output, part->columns);
    table->csv.begun = true;
    for (uint32_t i = 0; i < table->own.count; i++)
        cas_csv_text(&table->csv, table->own.texts[i]);
    cas_csv_end_row(&table->csv);
}

static bool
passes(const struct table *table, const struct part *part, uint32_t index)
{
    return !part->passes || part->passes(table, index);
}

static enum casus_status
write_part(const struct casus_dossier *dossier, const uint8_t *chosen, const struct part *part,
           struct casus_output *output, struct casus_error *err)
{
    struct table table = {.dossier = dossier, .chosen = chosen};
    uint32_t count = part->count(dossier);
    cas_csv_init(&table.csv, output);
    cas_intern_init(&table.own);
    cas_intern_init(&table.said);
    for (uint32_t i = 0; i < count; i++) {
        if (passes(&table, part, i))
            collect_own(&table, part->extra(dossier, i));
    }
    write_head(&table, part);
    if (part->before)
        part->before(&table);
    for (uint32_t i = 0; i < count; i++) {
        if (passes(&table, part, i))
            part->write(&table, i);
    }
    bool failed = table.failed;
    cas_buffer_done(&table.cell);
    cas_buffer_done(&table.key);
    cas_buffer_done(&table.value);
    cas_intern_done(&table.own);
    cas_intern_done(&table.said);
    cas_free(table.times);
    enum casus_status status = cas_csv_done(&table.csv, err);
    return failed ? cas_fail_memory(err) : status;
}

static enum casus_status
open_part(const char *folder, const struct part *part, struct casus_output **out,
          struct casus_error *err)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/%s", folder, part->file);
    if (n < 0 || (size_t)n >= sizeof path)
        return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: the path is too long", folder);
    return casus_output_open(path, out, err);
}

/* All files are written before the first takes its name. */
enum casus_status
casus_dossier_write_csv(const struct casus_dossier *dossier, const uint8_t *chosen,
                        const char *folder, struct casus_error *err)
{
    struct casus_output *outputs[PARTS] = {NULL};
    enum casus_status status = CASUS_OK;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: %s", folder, strerror(errno));
    for (size_t i = 0; i < PARTS && status == CASUS_OK; i++)
        status = open_part(folder, &parts[i], &outputs[i], err);
    for (size_t i = 0; i < PARTS && status == CASUS_OK; i++)
        status = write_part(dossier, chosen, &parts[i], outputs[i], err);
    for (size_t i = 0; i < PARTS; i++) {
        if (status == CASUS_OK)
            status = casus_output_close(outputs[i], err);
        else
            casus_output_discard(outputs[i]);
    }
    return status;
}
