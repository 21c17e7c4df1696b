/* A dossier as a CSV set: actors.csv, sources.csv, events.csv, claims.csv in a folder.
 *
 * The form, which read/csvset.c reads (columns by name, each but the first may be missing):
 *
 *   actors.csv   id,name,aliases,kind,parent,side,note
 *   sources.csv  id,name,type,reliability,date,url,archive_url,note
 *   events.csv   id,type,relation,directed,date,until,place,lat,lon,place_note,from,to,source,note
 *   claims.csv   about,by,via,stance,of,date,source,credibility,actor,what,low,best,high,url,note
 *
 * and behind these a column for each x- key that a record of that table has.
 *
 * cell     RFC 4180. Empty is absent. A cell that a spreadsheet would take for a formula (= + - @,
 *          tab or line break at its begin, after any number of ') has one ' in front that reading
 *          takes away, but for plain numbers.
 * list     a|b. Inside of an element \| is a bar and \\ a backslash; in aliases and parent \@ is
 *          an at sign. Lists: aliases, parent, from, to, source (of events), about, what.
 * alias    name, or name@lang
 * parent   id, or id@PERIOD
 * date     2020-05-02, 2020-05, 2020; or, but in events.csv, a PERIOD
 * PERIOD   FROM/TO, each a date, '..' (open) or empty (unknown): 2012/.., 2012/, ../2014, /2014
 * until    makes an interval that begins at `date`: a date, '..' (open) or '?' (unknown); `date`
 *          may then be '..' (open) or empty (unknown)
 * loss     one row each: what is a list of kinds, counted together; low 'some' is a number unknown.
 *          A row continues the claim of the row before it where both have a loss and all else is
 *          equal. A row without a stance is a figure of the event's own.
 * x- key   JSON where the cell reads as JSON, else a text
 *
 * The dossier's own title, note and x- keys have no place in a set.
 */
#include <casus/export.h>

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/fault.h"
#include "report/csv.h"
#include "report/json.h"

struct table {
    const struct casus_dossier *dossier;
    struct cas_csv csv;
    struct cas_buffer cell, key, value;
    struct cas_intern own; /* x- keys of this table's records, in order of first sight */
    bool failed;
};

/* --- cells ------------------------------------------------------------------------------------ */

static void
add_escaped(struct cas_buffer *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            cas_buffer_char(out, '\\');
        cas_buffer_char(out, *text);
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
write_claim_row(struct table *table, const struct casus_claim *claim, const struct casus_loss *loss)
{
    write_ids(table, claim->about, claim->about_count, event_id);
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
    end_row(table, claim->extra);
}

static void
write_claim(struct table *table, uint32_t index)
{
    const struct casus_claim *claim = casus_dossier_claim_at(table->dossier, index);
    if (!claim->loss_count)
        write_claim_row(table, claim, NULL);
    for (uint32_t i = 0; i < claim->loss_count; i++)
        write_claim_row(table, claim, &claim->losses[i]);
}

/* Figures that nobody claims: rows of an event without a stance. */
static void
write_own_losses(struct table *table)
{
    enum { BETWEEN = 7, BEHIND = 2 }; /* by to credibility; url and note */
    for (uint32_t i = 0; i < casus_dossier_event_count(table->dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(table->dossier, i);
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

static const struct part {
    const char *file, *columns;
    uint32_t (*count)(const struct casus_dossier *);
    const char *(*extra)(const struct casus_dossier *, uint32_t);
    void (*write)(struct table *, uint32_t);
    void (*before)(struct table *);
} parts[] = {
    {"actors.csv", "id,name,aliases,kind,parent,side,note", casus_dossier_actor_count, actor_extra,
     write_actor, NULL},
    {"sources.csv", "id,name,type,reliability,date,url,archive_url,note",
     casus_dossier_source_count, source_extra, write_source, NULL},
    {"events.csv",
     "id,type,relation,directed,date,until,place,lat,lon,place_note,from,to,source,note",
     casus_dossier_event_count, event_extra, write_event, NULL},
    {"claims.csv",
     "about,by,via,stance,of,date,source,credibility,actor,what,low,best,high,url,note",
     casus_dossier_claim_count, claim_extra, write_claim, write_own_losses},
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

static enum casus_status
write_part(const struct casus_dossier *dossier, const struct part *part,
           struct casus_output *output, struct casus_error *err)
{
    struct table table = {.dossier = dossier};
    uint32_t count = part->count(dossier);
    cas_csv_init(&table.csv, output);
    cas_intern_init(&table.own);
    for (uint32_t i = 0; i < count; i++)
        collect_own(&table, part->extra(dossier, i));
    write_head(&table, part);
    if (part->before)
        part->before(&table);
    for (uint32_t i = 0; i < count; i++)
        part->write(&table, i);
    bool failed = table.failed;
    cas_buffer_done(&table.cell);
    cas_buffer_done(&table.key);
    cas_buffer_done(&table.value);
    cas_intern_done(&table.own);
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
casus_dossier_write_csv(const struct casus_dossier *dossier, const char *folder,
                        struct casus_error *err)
{
    struct casus_output *outputs[PARTS] = {NULL};
    enum casus_status status = CASUS_OK;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return cas_fail(err, CASUS_EIO, CAS_MSG_WRITE, "%.100s: %s", folder, strerror(errno));
    for (size_t i = 0; i < PARTS && status == CASUS_OK; i++)
        status = open_part(folder, &parts[i], &outputs[i], err);
    for (size_t i = 0; i < PARTS && status == CASUS_OK; i++)
        status = write_part(dossier, &parts[i], outputs[i], err);
    for (size_t i = 0; i < PARTS; i++) {
        if (status == CASUS_OK)
            status = casus_output_close(outputs[i], err);
        else
            casus_output_discard(outputs[i]);
    }
    return status;
}
