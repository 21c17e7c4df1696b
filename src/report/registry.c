/* The actors as a registry to edit; include/casus/registry.h says what its columns mean.
 *
 * The rows of the registry that the actors were read with come first, as they stand: no judgement
 * of the analyst's is lost. Then each actor that it does not name: a row of its name with kind,
 * side and parent; a row without an alias for each dated parent; its aliases. Of actors that it
 * names, the names that it lacks. At the end likely duplicates that are not judged yet: the id of
 * one as an alias of the other, with judgement unsure and the reason as its source. To merge the
 * two, write yes; to keep them apart for good, write no.
 *
 * A name that is another actor's id is left out: as an alias it would merge the two.
 */
#include <casus/report.h>

#include <inttypes.h>

#include "actor/names.h"
#include "base/fault.h"
#include "report/csv.h"
#include "report/duplicates.h"

struct registry {
    struct cas_csv csv;
    const struct casus_dossier *dossier;
    const struct cas_names *names; /* of the registry that was given, or NULL */
    struct cas_intern judged;      /* alias and actor of its rows */
    struct cas_intern named;       /* the actors of those judged yes */
    struct cas_buffer words;
    bool failed;
};

static void
write_date(struct registry *registry, uint8_t bound, struct casus_date date)
{
    char text[12];
    const char *words = bound == CASUS_BOUND_DATE   ? casus_date_format(date, text)
                        : bound == CASUS_BOUND_OPEN ? ".."
                                                    : NULL;
    cas_csv_text(&registry->csv, words);
}

static void
write_period(struct registry *registry, const struct casus_period *period)
{
    static const struct casus_period always;
    const struct casus_period *p = period ? period : &always;
    uint8_t one = casus_date_known(p->from) ? CASUS_BOUND_DATE : CASUS_BOUND_UNKNOWN;
    write_date(registry, p->interval ? p->from_bound : one, p->from);
    write_date(registry, p->interval ? p->until_bound : one, p->interval ? p->until : p->from);
}

/* Where the actor was declared, as file:line. */
static void
write_place(struct registry *registry, const struct casus_actor *actor)
{
    uint32_t file = actor->place.file;
    cas_buffer_clear(&registry->words);
    if (file < casus_dossier_input_count(registry->dossier))
        cas_buffer_text(&registry->words, casus_dossier_input_at(registry->dossier, file)->name);
    if (actor->place.where.line)
        cas_buffer_printf(&registry->words, ":%" PRIu32, actor->place.where.line);
    registry->csv.failed |= registry->words.failed;
    cas_csv_text(&registry->csv, registry->words.failed ? NULL : registry->words.s);
}

/* --- rows that were given --------------------------------------------------------------------- */

/* "alias NUL actor" in `words`: what a row is known by. */
static void
pair_words(struct registry *registry, const char *alias, const char *actor)
{
    cas_buffer_clear(&registry->words);
    cas_buffer_text(&registry->words, alias);
    cas_buffer_add(&registry->words, "", 1);
    cas_buffer_text(&registry->words, actor);
    registry->failed |= registry->words.failed;
}

static bool
is_judged(struct registry *registry, const char *alias, const char *actor)
{
    pair_words(registry, alias, actor);
    return !registry->words.failed &&
           cas_intern_find(&registry->judged, registry->words.s, registry->words.n) != UINT32_MAX;
}

static void
note_given(struct registry *registry, const struct cas_name_row *row)
{
    pair_words(registry, row->alias ? row->alias : "", row->actor);
    if (registry->failed ||
        cas_intern_add(&registry->judged, registry->words.s, registry->words.n) == UINT32_MAX ||
        (row->judgement == CAS_YES &&
         cas_intern_add(&registry->named, row->actor, strlen(row->actor)) == UINT32_MAX))
        registry->failed = true;
}

static void
write_given(struct registry *registry)
{
    static const char *const judgements[] = CAS_JUDGEMENTS;
    struct cas_csv *csv = &registry->csv;
    for (size_t i = 0; registry->names && i < registry->names->row_count; i++) {
        const struct cas_name_row *row = &registry->names->rows[i];
        note_given(registry, row);
        cas_csv_text(csv, row->alias);
        cas_csv_text(csv, row->actor);
        cas_csv_text(csv, row->kind_given ? casus_kind_name(row->kind) : NULL);
        cas_csv_text(csv, row->parent);
        cas_csv_text(csv, row->side);
        write_period(registry, &row->period);
        cas_csv_text(csv, judgements[row->judgement]);
        cas_csv_text(csv, row->source);
        cas_csv_end_row(csv);
    }
}

/* --- actors ----------------------------------------------------------------------------------- */

static bool
is_id_of_another(const struct registry *registry, const char *name, const struct casus_actor *actor)
{
    uint32_t found = casus_dossier_actor_find(registry->dossier, name);
    const char *id =
        found == CASUS_NONE ? "" : casus_dossier_actor_at(registry->dossier, found)->id;
    return strcmp(id, name) == 0 && strcmp(id, actor->id) != 0;
}

/* A row of what stands beside an alias; each may be NULL. */
static void
write_row(struct registry *registry, const struct casus_actor *actor, const char *alias,
          const struct casus_parent *parent, bool describes)
{
    struct cas_csv *csv = &registry->csv;
    bool kind = describes && actor->kind_given;
    cas_csv_text(csv, alias);
    cas_csv_text(csv, actor->id);
    cas_csv_text(csv, kind ? casus_kind_name(actor->kind) : NULL);
    cas_csv_text(csv, parent ? casus_dossier_actor_at(registry->dossier, parent->actor)->id : NULL);
    cas_csv_text(csv, describes ? actor->side : NULL);
    write_period(registry, parent ? &parent->period : NULL);
    cas_csv_text(csv, "yes");
    write_place(registry, actor);
    cas_csv_end_row(csv);
}

static void
write_alias(struct registry *registry, const struct casus_actor *actor, const char *alias)
{
    if (!is_judged(registry, alias, actor->id) && !is_id_of_another(registry, alias, actor))
        write_row(registry, actor, alias, NULL, false);
}

/* Its name, kind and side, and the parent if that one holds always. */
static void
write_description(struct registry *registry, const struct casus_actor *actor)
{
    bool always = actor->parent_count && !casus_period_known(&actor->parents[0].period);
    bool own = !is_id_of_another(registry, actor->name, actor);
    write_row(registry, actor, own ? actor->name : NULL, always ? &actor->parents[0] : NULL, true);
    for (uint32_t i = always; i < actor->parent_count; i++)
        write_row(registry, actor, NULL, &actor->parents[i], false);
}

static void
write_actor(struct registry *registry, const struct casus_actor *actor)
{
    if (cas_intern_find(&registry->named, actor->id, strlen(actor->id)) == UINT32_MAX)
        write_description(registry, actor);
    else
        write_alias(registry, actor, actor->name);
    for (uint32_t i = 0; i < actor->alias_count; i++)
        write_alias(registry, actor, actor->aliases[i].name);
}

/* --- duplicates ------------------------------------------------------------------------------- */

static void
write_duplicate(struct registry *registry, const struct cas_duplicate *pair)
{
    struct cas_csv *csv = &registry->csv;
    const char *a = casus_dossier_actor_at(registry->dossier, pair->a)->id;
    const char *b = casus_dossier_actor_at(registry->dossier, pair->b)->id;
    if (is_judged(registry, b, a) || is_judged(registry, a, b) ||
        is_judged(registry, pair->b_name, a) || is_judged(registry, pair->a_name, b))
        return;
    cas_csv_text(csv, b);
    cas_csv_text(csv, a);
    for (int empty = 0; empty < 5; empty++)
        cas_csv_text(csv, NULL);
    cas_csv_text(csv, "unsure");
    cas_buffer_clear(&registry->words);
    cas_buffer_printf(&registry->words, "%s ~ %s: %s", pair->a_name, pair->b_name, pair->reason);
    registry->failed |= registry->words.failed;
    cas_csv_text(csv, registry->words.failed ? NULL : registry->words.s);
    cas_csv_end_row(csv);
}

static void
write_head(struct registry *registry)
{
    static const char *const titles[] = {"alias", "actor", "kind",      "parent", "side",
                                         "from",  "until", "judgement", "source"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        cas_csv_text(&registry->csv, titles[i]);
    cas_csv_end_row(&registry->csv);
}

static void
write_all(struct registry *registry, const uint32_t *order, const struct cas_duplicates *duplicates)
{
    write_head(registry);
    write_given(registry);
    for (uint32_t i = 0; i < casus_dossier_actor_count(registry->dossier); i++)
        write_actor(registry, casus_dossier_actor_at(registry->dossier, order[i]));
    for (size_t i = 0; i < duplicates->count; i++)
        write_duplicate(registry, &duplicates->at[i]);
}

enum casus_status
casus_registry_write(const struct casus_dossier *dossier, const struct casus_registry *given,
                     struct casus_output *output, struct casus_error *err)
{
    struct registry registry = {.dossier = dossier, .names = given ? cas_names_of(given) : NULL};
    struct cas_duplicates duplicates = {0};
    uint32_t *order = cas_actors_in_order(dossier);
    if (!order)
        return cas_fail_memory(err);
    enum casus_status status = cas_duplicates_find(dossier, given, &duplicates, err);
    cas_csv_init(&registry.csv, output);
    cas_buffer_init(&registry.words);
    cas_intern_init(&registry.judged);
    cas_intern_init(&registry.named);
    if (status == CASUS_OK)
        write_all(&registry, order, &duplicates);
    if (status == CASUS_OK && registry.failed)
        status = cas_fail_memory(err);
    cas_buffer_done(&registry.words);
    cas_intern_done(&registry.judged);
    cas_intern_done(&registry.named);
    cas_duplicates_done(&duplicates);
    cas_free(order);
    enum casus_status written = cas_csv_done(&registry.csv, err);
    return status != CASUS_OK ? status : written;
}
