/* UCDP Actor Dataset: a register of the actors of UCDP's data sets, their names and their descent.
 *
 * It holds no event. As an input it lists actors: one that no other input names stands in no graph.
 * As a registry (--actors) it gives its names to what inputs call otherwise.
 *
 * A change of name makes aliases. Descent is kept as keys of the actor, and makes no tie:
 *   x-splinter-of     Splinter: it left that actor
 *   x-split-from      SplitTemp: it left it for a time
 *   x-merged-into     Alliance, which is a merger into a new actor
 *   x-joined          JoinGroup: it entered that group
 *
 * Source: UCDP Actor Dataset Codebook 22.1. Org is 4 of governments.
 */
#include "event/registry_row.h"
#include "read/tape.h"
#include "read/ucdp.h"

enum { NAMES = 7, DESCENTS = 4 };

enum {
    ID,
    NAME, /* and NAMES - 1 more */
    ORG = NAME + NAMES,
    SPLINTER, /* flag and numbers, DESCENTS times */
    COLUMNS = SPLINTER + 2 * DESCENTS
};

static const struct cas_rows_column columns[COLUMNS] = {
    [ID] = {"ActorId", true},
    [NAME] = {"NameData", true},
    [NAME + 1] = {"NameOrig", false},
    [NAME + 2] = {"NameOrigFull", false},
    [NAME + 3] = {"NameOrigFullEng", false},
    [NAME + 4] = {"NewName", false},
    [NAME + 5] = {"NewNameFullMotherTongue", false},
    [NAME + 6] = {"NewNameFullEng", false},
    [ORG] = {"Org", true},
    [SPLINTER] = {"Splinter", false},
    [SPLINTER + 1] = {"ActorIdPrev", false},
    [SPLINTER + 2] = {"SplitTemp", false},
    [SPLINTER + 3] = {"ActorIdSplitTemp", false},
    [SPLINTER + 4] = {"Alliance", false},
    [SPLINTER + 5] = {"ActorIdAlliance", false},
    [SPLINTER + 6] = {"JoinGroup", false},
    [SPLINTER + 7] = {"ActorIdGroup", false},
};

/* The actor's names, each once, NameData first. @return how many */
static size_t
read_names(struct cas_rows *rows, struct cas_text names[NAMES])
{
    size_t count = 0;
    for (int i = 0; i < NAMES; i++) {
        struct cas_text name = cas_rows_text(rows, NAME + i);
        bool known = !name.s || cas_text_is(name, "n/a");
        for (size_t j = 0; j < count; j++)
            known = known || (names[j].n == name.n && memcmp(names[j].s, name.s, name.n) == 0);
        if (known)
            continue;
        cas_check_name(&rows->record, name);
        names[count++] = name;
    }
    return count;
}

static enum casus_kind
kind_of(struct cas_rows *rows, struct cas_text name)
{
    bool state = cas_text_is(cas_rows_text(rows, ORG), "4") || cas_ucdp_is_government(name);
    return state ? CASUS_KIND_STATE : CASUS_KIND_ARMED_GROUP;
}

/* --- as an input ------------------------------------------------------------------------------ */

static void
add_descent(struct cas_rows *rows, struct cas_buffer *out, const char *key, int flag)
{
    size_t count;
    if (!cas_text_is(cas_rows_text(rows, flag), "1"))
        return;
    struct cas_text *numbers = cas_rows_list(rows, cas_rows_text(rows, flag + 1), ',', &count);
    for (size_t i = 0; i < count; i++) {
        struct cas_text number = cas_ucdp_number(rows, flag + 1, numbers[i]);
        if (!i)
            cas_buffer_printf(out, "%s\"%s\":[", out->n ? "," : "", key);
        cas_buffer_text(out, i ? "," : "");
        cas_tape_quote(cas_rows_id(rows, CAS_UCDP, number), out);
    }
    cas_buffer_text(out, count ? "]" : "");
}

static struct cas_text
descent_of(struct cas_rows *rows)
{
    static const char *const keys[DESCENTS] = {"x-splinter-of", "x-split-from", "x-merged-into",
                                               "x-joined"};
    struct cas_buffer out;
    cas_buffer_init(&out);
    for (int i = 0; i < DESCENTS; i++)
        add_descent(rows, &out, keys[i], SPLINTER + 2 * i);
    struct cas_text extra = cas_record_keep(&rows->record, &out);
    cas_buffer_done(&out);
    return extra.n ? extra : (struct cas_text){0};
}

static void
read_row(struct cas_rows *rows)
{
    struct cas_text names[NAMES];
    struct cas_text number = cas_ucdp_number(rows, ID, cas_rows_text(rows, ID));
    size_t count = read_names(rows, names);
    struct cas_rec_alias *aliases = cas_record_alloc(&rows->record, NAMES, sizeof *aliases);
    if (!count || !aliases || rows->record.bad) {
        cas_rows_need(rows, NAME);
        return;
    }
    for (size_t i = 1; i < count; i++)
        aliases[i - 1].name = names[i];
    struct cas_rec_actor actor = {.id = cas_rows_id(rows, CAS_UCDP, number),
                                  .name = names[0],
                                  .aliases = aliases,
                                  .alias_count = count - 1,
                                  .kind = kind_of(rows, names[0]),
                                  .kind_given = true,
                                  .listed = true,
                                  .extra = descent_of(rows)};
    cas_rows_actor(rows, &actor);
    cas_rows_skip(rows, "that list an actor");
}

static const struct cas_rows_format table = {
    .columns = columns, .column_count = COLUMNS, .row = read_row};

const struct cas_reader cas_reader_ucdp_actor = {
    .format = {"ucdp-actor", "UCDP Actor Dataset, a register of actors (also for --actors)",
               "UCDP Actor Dataset, Uppsala Conflict Data Program, ucdp.uu.se", "CC BY 4.0"},
    .table = &table,
};

/* --- as a registry ---------------------------------------------------------------------------- */

/* Invariant: `format` comes first, so that the format of the rows leads to the registry. */
struct register_format {
    struct cas_rows_format format;
    struct casus_registry *registry;
};

static void
give_name(struct cas_rows *rows, struct cas_text id, struct cas_text name)
{
    struct casus_registry *registry = ((const struct register_format *)rows->format)->registry;
    struct cas_registry_row row = {.alias = name,
                                   .actor = id,
                                   .source = CAS_TEXT("UCDP Actor Dataset"),
                                   .kind = kind_of(rows, name),
                                   .kind_given = true};
    if (rows->record.status == CASUS_OK)
        rows->record.status = registry->row(registry, &row, rows->err);
}

static void
read_registry_row(struct cas_rows *rows)
{
    struct cas_text names[NAMES];
    struct cas_text number = cas_ucdp_number(rows, ID, cas_rows_text(rows, ID));
    struct cas_text id = cas_rows_id(rows, CAS_UCDP, number);
    size_t count = read_names(rows, names);
    for (size_t i = 0; i < count && !rows->record.bad; i++)
        give_name(rows, id, names[i]);
}

bool
cas_ucdp_actor_is(const char *head, size_t n)
{
    return cas_rows_sniff(&table, head, n) > 0;
}

enum casus_status
cas_ucdp_actor_registry(struct cas_input *input, struct casus_registry *registry,
                        struct casus_error *err)
{
    struct casus_sink none = {.forgets = true};
    struct register_format format = {table, registry};
    format.format.row = read_registry_row;
    input->sink = &none;
    enum casus_status status = cas_rows_read(input, &format.format, err);
    input->sink = NULL;
    return status;
}
