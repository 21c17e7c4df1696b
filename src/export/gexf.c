/* GEXF 1.3 for Gephi, Gephi Lite and graphology: meta, graph, attributes, nodes, edges, in that
 * order.
 *
 * A tie exists in its spells: those of its events where the dossier is there, else one from its
 * first to its last date. A date of a month is a spell of that month. An undated tie has no spell,
 * which is always. Gephi refuses spells that overlap, so they are merged. The first day of the first
 * spell and the last of the last are plain attributes too, `start` and `end`, since Gephi Lite
 * passes over spells; without a bound there is none. `kind` keeps the ties of a pair apart.
 */
#include "export/xml.h"

#include <stdio.h>
#include <stdlib.h>

#include <casus/report.h>

#include "base/fault.h"

struct spell {
    int32_t begin, end; /* days, both included; CASUS_DAY_MIN, _MAX: no bound */
};

struct spells {
    struct spell *at;
    size_t count, room;
    bool failed;
};

static const char *
type_of(enum cas_value_type type)
{
    switch (type) {
    case CAS_VALUE_COUNT: return "long";
    case CAS_VALUE_NUMBER: return "double";
    case CAS_VALUE_TRUTH: return "boolean";
    default: return "string";
    }
}

/* --- spells --------------------------------------------------------------------------------- */

static void
add_spell(struct spells *spells, struct spell spell)
{
    if (spell.begin == CASUS_DAY_MIN && spell.end == CASUS_DAY_MAX)
        return;
    if (cas_grow(&spells->at, &spells->room, spells->count + 1, sizeof *spells->at))
        spells->at[spells->count++] = spell;
    else
        spells->failed = true;
}

static int
compare_spells(const void *a, const void *b)
{
    const struct spell *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Spells that overlap or follow on one another become one. */
static void
merge_spells(struct spells *spells)
{
    if (spells->count < 2)
        return;
    qsort(spells->at, spells->count, sizeof *spells->at, compare_spells);
    size_t kept = 0;
    for (size_t i = 1; i < spells->count; i++) {
        struct spell *last = &spells->at[kept], next = spells->at[i];
        if (last->end == CASUS_DAY_MAX || next.begin <= last->end + 1)
            last->end = next.end > last->end ? next.end : last->end;
        else
            spells->at[++kept] = next;
    }
    spells->count = kept + 1;
}

static void
collect_events(struct spells *spells, const struct cas_job *job, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, index);
    for (uint32_t i = 0; i < tie->events; i++) {
        uint32_t event = casus_graph_tie_event(job->graph, index, i);
        const struct casus_period *date =
            &casus_dossier_event_at(job->options->dossier, event)->date;
        add_spell(spells,
                  (struct spell){casus_period_first_day(date), casus_period_last_day(date)});
    }
}

static void
collect_spells(struct spells *spells, const struct cas_job *job, uint32_t index)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, index);
    spells->count = 0;
    if (cas_job_tie_has_dates(job, index)) {
        collect_events(spells, job, index);
        merge_spells(spells);
    } else if (casus_date_known(tie->first)) {
        bool ends = casus_date_known(tie->last) && !tie->open;
        add_spell(spells, (struct spell){casus_date_first_day(tie->first),
                                         ends ? casus_date_last_day(tie->last) : CASUS_DAY_MAX});
    }
}

static void
write_bound(struct cas_xml *xml, const char *name, int32_t day, int32_t none)
{
    char text[12];
    if (day != none)
        cas_xml_attribute(xml, name, casus_date_format(casus_date_of_day(day), text));
}

static void
write_dated(struct cas_xml *xml, const char *name, int32_t day, int32_t none)
{
    if (day == none)
        return;
    cas_xml_open(xml, "attvalue");
    cas_xml_attribute(xml, "for", name);
    write_bound(xml, "value", day, none);
    cas_xml_close(xml);
}

static void
write_spells(struct cas_xml *xml, const struct spells *spells)
{
    if (!spells->count)
        return;
    cas_xml_open(xml, "spells");
    for (size_t i = 0; i < spells->count; i++) {
        cas_xml_open(xml, "spell");
        write_bound(xml, "start", spells->at[i].begin, CASUS_DAY_MIN);
        write_bound(xml, "end", spells->at[i].end, CASUS_DAY_MAX);
        cas_xml_close(xml);
    }
    cas_xml_close(xml);
}

static void
write_span(struct cas_xml *xml, const struct spells *spells)
{
    if (!spells->count)
        return;
    write_dated(xml, "start", spells->at[0].begin, CASUS_DAY_MIN);
    write_dated(xml, "end", spells->at[spells->count - 1].end, CASUS_DAY_MAX);
}

/* --- attributes ----------------------------------------------------------------------------- */

static void
declare_one(struct cas_xml *xml, const char *name, const char *type)
{
    cas_xml_open(xml, "attribute");
    cas_xml_attribute(xml, "id", name);
    cas_xml_attribute(xml, "title", name);
    cas_xml_attribute(xml, "type", type);
    cas_xml_close(xml);
}

/* Opens the list, to be closed by the caller. */
static void
declare(struct cas_xml *xml, const char *class, struct cas_columns columns, size_t first)
{
    cas_xml_open(xml, "attributes");
    cas_xml_attribute(xml, "class", class);
    cas_xml_attribute(xml, "mode", "static");
    for (size_t i = first; i < columns.count; i++)
        declare_one(xml, columns.at[i].name, type_of(columns.at[i].type));
}

/* Opens the list, to be closed by the caller. */
static void
write_values(struct cas_xml *xml, const struct cas_job *job, struct cas_columns columns,
             size_t first, uint32_t record)
{
    cas_xml_open(xml, "attvalues");
    for (size_t i = first; i < columns.count; i++) {
        const char *text = cas_xml_value(xml, &columns.at[i], job, record);
        if (!text)
            continue;
        cas_xml_open(xml, "attvalue");
        cas_xml_attribute(xml, "for", columns.at[i].name);
        cas_xml_attribute(xml, "value", text);
        cas_xml_close(xml);
    }
}

/* --- the document --------------------------------------------------------------------------- */

/* Gephi's own module for what things look like. */
static void
write_place(struct cas_xml *xml, const struct cas_job *job, uint32_t actor)
{
    if (!job->places.count)
        return;
    cas_xml_open(xml, "viz:position");
    for (size_t i = 0; i < job->places.count; i++)
        cas_xml_attribute(xml, job->places.at[i].name,
                          cas_xml_value(xml, &job->places.at[i], job, actor));
    cas_xml_attribute(xml, "z", "0");
    cas_xml_close(xml);
}

static void
write_node(struct cas_xml *xml, const struct cas_job *job, uint32_t actor)
{
    cas_xml_open(xml, "node");
    cas_xml_actor_id(xml, "id", job, actor);
    cas_xml_attribute(xml, "label", casus_graph_actor_at(job->graph, actor)->name);
    write_values(xml, job, job->actors, 0, actor);
    cas_xml_close(xml);
    write_place(xml, job, actor);
    cas_xml_close(xml);
}

static void
write_edge(struct cas_xml *xml, const struct cas_job *job, uint32_t index, struct spells *spells)
{
    const struct casus_tie *tie = casus_graph_tie_at(job->graph, index);
    cas_xml_open(xml, "edge");
    cas_xml_attribute(xml, "id", cas_xml_tie_id(xml, job, index));
    cas_xml_actor_id(xml, "source", job, tie->from);
    cas_xml_actor_id(xml, "target", job, tie->to);
    cas_xml_attribute(xml, "type", tie->directed ? "directed" : "undirected");
    cas_xml_attribute(xml, "kind", cas_tie_key(tie));
    cas_xml_attribute(xml, "weight", cas_xml_value(xml, &job->ties.at[CAS_TIE_WEIGHT], job, index));
    collect_spells(spells, job, index);
    write_values(xml, job, job->ties, CAS_TIE_UNDIRECTED, index);
    write_span(xml, spells);
    cas_xml_close(xml);
    write_spells(xml, spells);
    cas_xml_close(xml);
}

static const struct cas_column *
find_about(const struct cas_job *job, const char *name)
{
    for (size_t i = 0; i < job->about.count; i++) {
        if (strcmp(job->about.at[i].name, name) == 0)
            return &job->about.at[i];
    }
    return NULL;
}

/* GEXF has one text for all that a graph says of itself. False without memory. */
static bool
write_description(struct cas_xml *xml, const struct cas_job *job)
{
    static const struct {
        const char *name, *words;
    } parts[] = {{"title", ""}, {"citation", "Cite as: "}, {"licence", "Licence: "}};
    struct cas_buffer all;
    cas_buffer_init(&all);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *text = cas_xml_value(xml, find_about(job, parts[i].name), job, 0);
        if (text)
            cas_buffer_printf(&all, "%s%s%s", all.n ? ". " : "", parts[i].words, text);
    }
    bool failed = all.failed;
    if (all.n && !failed)
        cas_xml_element(xml, "description", all.s);
    cas_buffer_done(&all);
    return !failed;
}

static bool
write_meta(struct cas_xml *xml, const struct cas_job *job)
{
    char creator[64];
    snprintf(creator, sizeof creator, "casus %s", casus_version());
    cas_xml_open(xml, "meta");
    cas_xml_element(xml, "creator", creator);
    bool whole = write_description(xml, job);
    cas_xml_close(xml);
    return whole;
}

static void
write_graph(struct cas_xml *xml, const struct cas_job *job, struct spells *spells)
{
    cas_xml_open(xml, "graph");
    cas_xml_attribute(xml, "mode", "dynamic");
    cas_xml_attribute(xml, "timeformat", "date");
    cas_xml_attribute(xml, "timerepresentation", "interval");
    cas_xml_attribute(xml, "defaultedgetype", "directed");
    declare(xml, "node", job->actors, 0);
    cas_xml_close(xml);
    declare(xml, "edge", job->ties, CAS_TIE_UNDIRECTED);
    declare_one(xml, "start", "string");
    declare_one(xml, "end", "string");
    cas_xml_close(xml);
    cas_xml_open(xml, "nodes");
    for (uint32_t i = 0; i < casus_graph_actor_count(job->graph); i++)
        write_node(xml, job, i);
    cas_xml_close(xml);
    cas_xml_open(xml, "edges");
    for (uint32_t i = 0; i < casus_graph_tie_count(job->graph); i++)
        write_edge(xml, job, i, spells);
    cas_xml_close(xml);
    cas_xml_close(xml);
}

enum casus_status
cas_write_gexf(const struct cas_job *job, struct casus_error *err)
{
    struct cas_xml *xml = cas_xml_new(job->output);
    if (!xml)
        return cas_fail_memory(err);
    struct spells spells = {0};
    cas_xml_open(xml, "gexf");
    cas_xml_attribute(xml, "xmlns", "http://gexf.net/1.3");
    if (job->places.count)
        cas_xml_attribute(xml, "xmlns:viz", "http://gexf.net/1.3/viz");
    cas_xml_attribute(xml, "version", "1.3");
    spells.failed = !write_meta(xml, job);
    write_graph(xml, job, &spells);
    cas_xml_close(xml);
    cas_free(spells.at);
    bool failed = spells.failed;
    enum casus_status status = cas_xml_free(xml, err);
    return failed ? cas_fail_memory(err) : status;
}
