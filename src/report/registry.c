/* The actors as a registry to edit: alias,actor,kind,parent,side,from,until,judgement,source.
 *
 * One row a name: the actor's own first, with its kind, side and first parent; each further parent
 * is the own name again with that parent and its dates; then its aliases, with judgement yes. At
 * the end come likely duplicates: a name of one actor as a possible alias of the other, with
 * judgement unsure and the reason as its source. To merge the two, write yes; to keep them apart
 * for good, write no.
 */
#include <casus/report.h>

#include <inttypes.h>

#include "base/fault.h"
#include "report/csv.h"
#include "report/duplicates.h"

struct registry {
    struct cas_csv csv;
    const struct casus_dossier *dossier;
    struct cas_buffer words;
};

static void
write_date(struct registry *registry, bool given, struct casus_date date)
{
    char text[12];
    cas_csv_text(&registry->csv, given ? casus_date_format(date, text) : NULL);
}

static void
write_period(struct registry *registry, const struct casus_period *period)
{
    static const struct casus_period always;
    const struct casus_period *p = period ? period : &always;
    bool one = !p->interval && casus_date_known(p->from);
    write_date(registry, one || p->from_bound == CASUS_BOUND_DATE, p->from);
    write_date(registry, one || p->until_bound == CASUS_BOUND_DATE, one ? p->from : p->until);
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

/* `parent` may be NULL. */
static void
write_name(struct registry *registry, const struct casus_actor *actor, const char *alias,
           const struct casus_parent *parent)
{
    struct cas_csv *csv = &registry->csv;
    cas_csv_text(csv, alias);
    cas_csv_text(csv, actor->id);
    cas_csv_text(csv, casus_kind_name(actor->kind));
    cas_csv_text(csv, parent ? casus_dossier_actor_at(registry->dossier, parent->actor)->id : NULL);
    cas_csv_text(csv, actor->side);
    write_period(registry, parent ? &parent->period : NULL);
    cas_csv_text(csv, "yes");
    write_place(registry, actor);
    cas_csv_end_row(csv);
}

static void
write_actor(struct registry *registry, const struct casus_actor *actor)
{
    write_name(registry, actor, actor->name, actor->parent_count ? &actor->parents[0] : NULL);
    for (uint32_t i = 1; i < actor->parent_count; i++)
        write_name(registry, actor, actor->name, &actor->parents[i]);
    for (uint32_t i = 0; i < actor->alias_count; i++)
        write_name(registry, actor, actor->aliases[i].name, NULL);
}

static void
write_duplicate(struct registry *registry, const struct cas_duplicate *pair)
{
    struct cas_csv *csv = &registry->csv;
    cas_csv_text(csv, pair->b_name);
    cas_csv_text(csv, casus_dossier_actor_at(registry->dossier, pair->a)->id);
    for (int empty = 0; empty < 5; empty++)
        cas_csv_text(csv, NULL);
    cas_csv_text(csv, "unsure");
    cas_csv_text(csv, pair->reason);
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

enum casus_status
casus_registry_write(const struct casus_dossier *dossier, struct casus_output *output,
                     struct casus_error *err)
{
    struct registry registry = {.dossier = dossier};
    struct cas_duplicates duplicates = {0};
    uint32_t *order = cas_actors_in_order(dossier);
    if (!order)
        return cas_fail_memory(err);
    enum casus_status status = cas_duplicates_find(dossier, &duplicates, err);
    cas_csv_init(&registry.csv, output);
    cas_buffer_init(&registry.words);
    if (status == CASUS_OK) {
        write_head(&registry);
        for (uint32_t i = 0; i < casus_dossier_actor_count(dossier); i++)
            write_actor(&registry, casus_dossier_actor_at(dossier, order[i]));
        for (size_t i = 0; i < duplicates.count; i++)
            write_duplicate(&registry, &duplicates.at[i]);
    }
    cas_buffer_done(&registry.words);
    cas_duplicates_done(&duplicates);
    cas_free(order);
    enum casus_status written = cas_csv_done(&registry.csv, err);
    return status != CASUS_OK ? status : written;
}
