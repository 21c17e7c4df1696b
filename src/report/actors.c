/* Who is in a dossier: ids, names, parents, sides, how often each is used, likely duplicates. */
#include <inttypes.h>

#include "report/csv.h"
#include "report/duplicates.h"
#include "report/envelope.h"
#include "report/page.h"
#include "report/read_as.h"

#include "base/fault.h"

/* How often an actor is named, and as what. */
struct usage {
    uint32_t events; /* a party to */
    uint32_t claims, carried, answered;
    uint32_t losses; /* rows, by data sets and claimants */
};

/* What the layouts share. */
struct listing {
    const struct casus_dossier *dossier;
    const struct casus_heading *heading;
    uint32_t *order; /* actors in order of ids */
    struct usage *usages;
    struct cas_duplicates duplicates;
    struct cas_reads reads;
};

/* --- usage -------------------------------------------------------------------------------- */

static bool
is_in(const uint32_t *actors, uint32_t count, uint32_t actor)
{
    for (uint32_t i = 0; i < count; i++) {
        if (actors[i] == actor)
            return true;
    }
    return false;
}

static void
count_losses(struct usage *usages, const struct casus_loss *losses, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (losses[i].actor != CASUS_NONE)
            usages[losses[i].actor].losses++;
    }
}

static void
count_event(struct usage *usages, const struct casus_event *event)
{
    for (uint32_t i = 0; i < event->from_count; i++)
        usages[event->from[i]].events++;
    for (uint32_t i = 0; i < event->to_count; i++) {
        if (!is_in(event->from, event->from_count, event->to[i]))
            usages[event->to[i]].events++;
    }
    count_losses(usages, event->losses, event->loss_count);
}

static void
count_claim(struct usage *usages, const struct casus_claim *claim)
{
    if (claim->by != CASUS_NONE)
        usages[claim->by].claims++;
    if (claim->via != CASUS_NONE)
        usages[claim->via].carried++;
    if (claim->of != CASUS_NONE)
        usages[claim->of].answered++;
    count_losses(usages, claim->losses, claim->loss_count);
}

static void
count_usages(struct listing *listing)
{
    for (uint32_t i = 0; i < casus_dossier_event_count(listing->dossier); i++)
        count_event(listing->usages, casus_dossier_event_at(listing->dossier, i));
    for (uint32_t i = 0; i < casus_dossier_claim_count(listing->dossier); i++)
        count_claim(listing->usages, casus_dossier_claim_at(listing->dossier, i));
}

static void
listing_done(struct listing *listing)
{
    cas_free(listing->order);
    cas_free(listing->usages);
    cas_duplicates_done(&listing->duplicates);
    cas_reads_done(&listing->reads);
}

static enum casus_status
listing_init(struct listing *listing, const struct casus_actors *actors, struct casus_error *err)
{
    const struct casus_dossier *dossier = actors->dossier;
    *listing = (struct listing){.dossier = dossier, .heading = &actors->heading};
    listing->order = cas_actors_in_order(dossier);
    listing->usages = cas_zalloc(casus_dossier_actor_count(dossier), sizeof *listing->usages);
    if (!listing->order || !listing->usages) {
        listing_done(listing);
        return cas_fail_memory(err);
    }
    count_usages(listing);
    enum casus_status status =
        cas_duplicates_find(dossier, actors->registry, &listing->duplicates, err);
    if (status == CASUS_OK)
        status = cas_reads_find(dossier, actors->sightings, &listing->reads, err);
    if (status != CASUS_OK)
        listing_done(listing);
    return status;
}

/* --- words -------------------------------------------------------------------------------- */

static const struct casus_actor *
actor_at(const struct listing *listing, uint32_t actor)
{
    return casus_dossier_actor_at(listing->dossier, actor);
}

/* "army (2012 – 2014), republic" */
static void
parents_words(struct cas_buffer *out, const struct listing *listing,
              const struct casus_actor *actor)
{
    char period[40];
    for (uint32_t i = 0; i < actor->parent_count; i++) {
        const struct casus_parent *parent = &actor->parents[i];
        cas_buffer_printf(out, "%s%s", i ? ", " : "", actor_at(listing, parent->actor)->id);
        if (casus_period_known(&parent->period))
            cas_buffer_printf(out, " (%s)", casus_period_format(&parent->period, period));
    }
}

static void
aliases_words(struct cas_buffer *out, const struct casus_actor *actor, const char *separator)
{
    for (uint32_t i = 0; i < actor->alias_count; i++)
        cas_buffer_printf(out, "%s%s", i ? separator : "", actor->aliases[i].name);
}

static const char *
file_of(const struct listing *listing, const struct casus_actor *actor)
{
    uint32_t file = actor->place.file;
    return file < casus_dossier_input_count(listing->dossier)
               ? casus_dossier_input_at(listing->dossier, file)->name
               : NULL;
}

static void
place_words(struct cas_buffer *out, const struct listing *listing, const struct casus_actor *actor)
{
    const char *file = file_of(listing, actor);
    cas_buffer_text(out, file ? file : "");
    if (actor->place.where.line)
        cas_buffer_printf(out, ":%" PRIu32, actor->place.where.line);
}

/* --- the page ----------------------------------------------------------------------------- */

static void
move_cell(struct cas_table *table, struct cas_buffer *words)
{
    table->failed |= words->failed;
    cas_table_text(table, words->failed ? NULL : words->s);
    cas_buffer_clear(words);
}

/* "Islamic State; also ISIS, Daesh; part of x (2012 –); side y; declared at file:line" */
static void
who_words(struct cas_buffer *out, const struct listing *listing, uint32_t number)
{
    const struct casus_actor *actor = actor_at(listing, number);
    cas_buffer_text(out, actor->name);
    if (actor->alias_count)
        cas_buffer_text(out, "; also ");
    aliases_words(out, actor, ", ");
    if (actor->parent_count)
        cas_buffer_text(out, "; part of ");
    parents_words(out, listing, actor);
    if (actor->side)
        cas_buffer_printf(out, "; side %s", actor->side);
    if (actor->generic)
        cas_buffer_text(out, "; nobody's name");
    size_t before = out->n;
    cas_buffer_text(out, "; read as ");
    size_t begun = out->n;
    cas_reads_words(out, listing->dossier, &listing->reads, number, true, ", ");
    if (out->n == begun && !out->failed)
        out->n = before;
    cas_buffer_text(out, "; declared at ");
    place_words(out, listing, actor);
}

static void
write_overview(struct cas_page *page, const struct listing *listing)
{
    static const struct cas_column columns[] = {
        {"id", false},     {"kind", false},  {"events", true},     {"claims", true},
        {"carried", true}, {"losses", true}, {"name", false, true}};
    struct cas_table table;
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (uint32_t i = 0; i < casus_dossier_actor_count(listing->dossier); i++) {
        const struct casus_actor *actor = actor_at(listing, listing->order[i]);
        const struct usage *usage = &listing->usages[listing->order[i]];
        cas_table_text(&table, actor->id);
        cas_table_text(&table, casus_kind_name(actor->kind));
        cas_table_number(&table, usage->events);
        cas_table_number(&table, usage->claims);
        cas_table_number(&table, usage->carried);
        cas_table_number(&table, usage->losses);
        who_words(&words, listing, listing->order[i]);
        move_cell(&table, &words);
    }
    cas_page_table(page, &table);
    cas_table_done(&table);
    cas_buffer_done(&words);
}

static void
write_duplicates(struct cas_page *page, const struct listing *listing)
{
    static const struct cas_column columns[] = {{"likeness", true}, {"id", false},
                                                {"name", false},    {"id", false},
                                                {"name", false},    {"why", false, true}};
    const struct cas_duplicates *duplicates = &listing->duplicates;
    struct cas_table table;
    cas_page_section(page, "Likely duplicates");
    if (duplicates->count == 0) {
        cas_page_paragraph(page, "No two names nearly meet.");
        return;
    }
    cas_table_init(&table, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < duplicates->count; i++) {
        const struct cas_duplicate *pair = &duplicates->at[i];
        cas_table_number(&table, pair->score);
        cas_table_text(&table, actor_at(listing, pair->a)->id);
        cas_table_text(&table, pair->a_name);
        cas_table_text(&table, actor_at(listing, pair->b)->id);
        cas_table_text(&table, pair->b_name);
        cas_table_text(&table, pair->reason);
    }
    cas_page_table(page, &table);
    cas_page_paragraph(page, "Suggestions only: nothing was merged.");
    cas_table_done(&table);
}

static enum casus_status
write_page(const struct listing *listing, enum casus_layout layout, struct casus_output *output,
           struct casus_error *err)
{
    struct cas_page page;
    const char *title = casus_dossier_title(listing->dossier);
    cas_page_init(&page, listing->heading, layout, output);
    cas_page_title(&page, title && title[0] ? title : "Actors");
    cas_page_paragraph(&page,
                       "%" PRIu32 " actors: events to which each is a party, claims that it "
                       "makes, claims that are carried by it, losses told of it.",
                       casus_dossier_actor_count(listing->dossier));
    write_overview(&page, listing);
    write_duplicates(&page, listing);
    return cas_page_done(&page, err);
}

/* --- JSON --------------------------------------------------------------------------------- */

/* As a dossier writes it: null is open, an absent key unknown. */
static void
add_bound(struct cas_json *json, struct cJSON *object, const char *key, enum casus_bound bound,
          struct casus_date date)
{
    if (bound == CASUS_BOUND_DATE)
        cas_json_add_date(json, object, key, date);
    else if (bound == CASUS_BOUND_OPEN)
        cas_json_add_null(json, object, key);
}

static void
add_parents(struct cas_json *json, struct cJSON *object, const struct listing *listing,
            const struct casus_actor *actor)
{
    struct cJSON *parents = cas_json_add_array(json, object, "parents");
    for (uint32_t i = 0; i < actor->parent_count; i++) {
        const struct casus_period *period = &actor->parents[i].period;
        struct cJSON *parent = cas_json_add_object(json, parents, NULL);
        cas_json_add_text(json, parent, "id", actor_at(listing, actor->parents[i].actor)->id);
        if (!period->interval && casus_date_known(period->from)) {
            cas_json_add_date(json, parent, "from", period->from);
            cas_json_add_date(json, parent, "to", period->from);
        } else {
            add_bound(json, parent, "from", (enum casus_bound)period->from_bound, period->from);
            add_bound(json, parent, "to", (enum casus_bound)period->until_bound, period->until);
        }
    }
}

static void
add_usage(struct cas_json *json, struct cJSON *object, const struct usage *usage)
{
    struct cJSON *counts = cas_json_add_object(json, object, "counts");
    cas_json_add_count(json, counts, "events", usage->events);
    cas_json_add_count(json, counts, "claims", usage->claims);
    cas_json_add_count(json, counts, "carried", usage->carried);
    cas_json_add_count(json, counts, "answered", usage->answered);
    cas_json_add_count(json, counts, "losses", usage->losses);
}

static void
add_place(struct cas_json *json, struct cJSON *object, const struct listing *listing,
          const struct casus_actor *actor)
{
    struct cJSON *place = cas_json_add_object(json, object, "declared");
    cas_json_add_text(json, place, "file", file_of(listing, actor));
    if (actor->place.where.line)
        cas_json_add_count(json, place, "line", actor->place.where.line);
    else
        cas_json_add_null(json, place, "line");
}

static void
put_actor(struct cas_json *json, const struct listing *listing, uint32_t number)
{
    const struct casus_actor *actor = actor_at(listing, number);
    struct cJSON *object = cas_json_object(json);
    cas_json_add_text(json, object, "id", actor->id);
    cas_json_add_text(json, object, "name", actor->name);
    cas_json_add_text(json, object, "kind", casus_kind_name(actor->kind));
    add_parents(json, object, listing, actor);
    cas_json_add_text(json, object, "side", actor->side);
    cas_json_add_bool(json, object, "generic", actor->generic);
    struct cJSON *aliases = cas_json_add_array(json, object, "aliases");
    for (uint32_t i = 0; i < actor->alias_count; i++)
        cas_json_add_text(json, aliases, NULL, actor->aliases[i].name);
    cas_reads_add(json, object, listing->dossier, &listing->reads, number);
    add_usage(json, object, &listing->usages[number]);
    add_place(json, object, listing, actor);
    cas_json_put(json, NULL, object);
}

static void
put_duplicate(struct cas_json *json, const struct listing *listing,
              const struct cas_duplicate *pair)
{
    struct cJSON *object = cas_json_object(json);
    struct cJSON *actors = cas_json_add_array(json, object, "actors");
    cas_json_add_text(json, actors, NULL, actor_at(listing, pair->a)->id);
    cas_json_add_text(json, actors, NULL, actor_at(listing, pair->b)->id);
    struct cJSON *names = cas_json_add_array(json, object, "names");
    cas_json_add_text(json, names, NULL, pair->a_name);
    cas_json_add_text(json, names, NULL, pair->b_name);
    cas_json_add_number(json, object, "score", pair->score);
    cas_json_add_text(json, object, "reason", pair->reason);
    cas_json_put(json, NULL, object);
}

static enum casus_status
write_json(const struct listing *listing, struct casus_output *output, struct casus_error *err)
{
    const struct cas_inputs inputs = {.dossier = listing->dossier};
    struct cas_json json;
    cas_json_init(&json, output);
    cas_envelope_open(&json, listing->heading, &inputs);
    cas_json_open_array(&json, "actors");
    for (uint32_t i = 0; i < casus_dossier_actor_count(listing->dossier); i++)
        put_actor(&json, listing, listing->order[i]);
    cas_json_close(&json);
    cas_json_open_array(&json, "duplicates");
    for (size_t i = 0; i < listing->duplicates.count; i++)
        put_duplicate(&json, listing, &listing->duplicates.at[i]);
    cas_json_close(&json);
    cas_json_close(&json);
    return cas_json_done(&json, err);
}

/* --- CSV: one row an actor; lists are separated by | -------------------------------------- */

static void
parents_ids(struct cas_buffer *out, const struct listing *listing, const struct casus_actor *actor)
{
    for (uint32_t i = 0; i < actor->parent_count; i++)
        cas_buffer_printf(out, "%s%s", i ? "|" : "",
                          actor_at(listing, actor->parents[i].actor)->id);
}

static void
write_csv_words(struct cas_csv *csv, struct cas_buffer *words)
{
    csv->failed |= words->failed;
    cas_csv_text(csv, words->failed ? NULL : words->s);
    cas_buffer_clear(words);
}

static void
write_csv_actor(struct cas_csv *csv, struct cas_buffer *words, const struct listing *listing,
                uint32_t number)
{
    const struct casus_actor *actor = actor_at(listing, number);
    const struct usage *usage = &listing->usages[number];
    cas_csv_text(csv, actor->id);
    cas_csv_text(csv, actor->name);
    cas_csv_text(csv, casus_kind_name(actor->kind));
    parents_ids(words, listing, actor);
    write_csv_words(csv, words);
    cas_csv_text(csv, actor->side);
    aliases_words(words, actor, "|");
    write_csv_words(csv, words);
    cas_csv_count(csv, usage->events);
    cas_csv_count(csv, usage->claims);
    cas_csv_count(csv, usage->carried);
    cas_csv_count(csv, usage->answered);
    cas_csv_count(csv, usage->losses);
    place_words(words, listing, actor);
    write_csv_words(csv, words);
    cas_reads_words(words, listing->dossier, &listing->reads, number, false, "|");
    write_csv_words(csv, words);
    cas_csv_end_row(csv);
}

static enum casus_status
write_csv(const struct listing *listing, struct casus_output *output, struct casus_error *err)
{
    static const char *const titles[] = {"id",      "name",     "kind",   "parent",  "side",
                                         "aliases", "events",   "claims", "carried", "answered",
                                         "losses",  "declared", "read_as"};
    struct cas_csv csv;
    struct cas_buffer words;
    cas_buffer_init(&words);
    cas_csv_init(&csv, output);
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        cas_csv_text(&csv, titles[i]);
    cas_csv_end_row(&csv);
    for (uint32_t i = 0; i < casus_dossier_actor_count(listing->dossier); i++)
        write_csv_actor(&csv, &words, listing, listing->order[i]);
    cas_buffer_done(&words);
    return cas_csv_done(&csv, err);
}

enum casus_status
casus_actors_write(const struct casus_actors *actors, enum casus_layout layout,
                   struct casus_output *output, struct casus_error *err)
{
    struct listing listing;
    enum casus_status status = listing_init(&listing, actors, err);
    if (status != CASUS_OK)
        return status;
    if (layout == CASUS_JSON)
        status = write_json(&listing, output, err);
    else if (layout == CASUS_CSV)
        status = write_csv(&listing, output, err);
    else
        status = write_page(&listing, layout, output, err);
    listing_done(&listing);
    return status;
}
