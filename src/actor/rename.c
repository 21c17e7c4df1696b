/* A sink before a sink: what passes names its actors as the registry does.
 *
 * An id is an entry: whom the registry takes it for. That is guessed at a reference and known at a
 * declaration, which also has a name; the guess may prove wrong, and then all is to be read again
 * (entries keep what they know). What is told to the inner sink of a known actor:
 *   - itself declared by an input: that declaration, with what the registry says put over it
 *   - another that is merged into it: a soft declaration of it, whose names are aliases
 *   - nothing of both, but a reference: a soft declaration from the registry alone
 * So an actor that only the registry knows and nobody refers to never comes up, and parents come
 * with their children. An actor that dated rows alone rename, softly declared, is held back until
 * something refers to it outside of their time.
 */
#include "actor/names.h"
#include "actor/spelling.h"

struct entry {
    const struct cas_bearers *bearers; /* NULL: the registry does not know it */
    struct cas_rec_actor *held;        /* in this reading: the soft declaration that waits */
    bool known;                        /* from a declaration: no guess */
    bool used;                         /* in this reading: by a reference */
    bool passed;                       /* in this reading: declared, or told as an alias */
    bool firm;                         /* in this reading: declared firmly */
    uint64_t said;                     /* in this reading: what its last declaration said */
};

struct renamer {
    struct casus_registry face;
    struct casus_sink sink;
    struct casus_sink *inner;
    struct cas_names names;
    struct cas_intern ids; /* of entries */
    struct entry *entries;
    uint8_t *told;  /* by known actor: the inner sink has a declaration of it */
    uint32_t *todo; /* known actors whose parents are to be told */
    struct cas_buffer key;
    struct cas_arena scratch; /* for one record */
    struct cas_arena held;    /* for one reading */
    size_t entry_room, todo_count, todo_room;
    bool again;
};

/* One record on its way. */
struct passage {
    struct renamer *renamer;
    const struct cas_locator *locator;
    const struct cas_text *at; /* of the record */
    struct casus_error *err;
};

/* --- entries ---------------------------------------------------------------------------------- */

/* As it stands, else by spelling. */
static const struct cas_bearers *
look_up(struct renamer *renamer, struct cas_text text)
{
    const struct cas_bearers *found = cas_names_by_text(&renamer->names, text);
    return found ? found : cas_names_by_key(&renamer->names, text, &renamer->key);
}

/* CASUS_NONE without memory. */
static uint32_t
entry_of(struct renamer *renamer, struct cas_text id)
{
    uint32_t before = renamer->ids.count;
    if (!cas_grow(&renamer->entries, &renamer->entry_room, (size_t)before + 1,
                  sizeof *renamer->entries))
        return CASUS_NONE;
    uint32_t number = cas_intern_add(&renamer->ids, id.s, id.n);
    if (number == before)
        renamer->entries[number] = (struct entry){.bearers = look_up(renamer, id)};
    return renamer->key.failed ? CASUS_NONE : number;
}

/* Who is declared: by id as it stands, then by name; by the id's spelling if it has no name. */
static const struct cas_bearers *
look_up_actor(struct renamer *renamer, const struct cas_rec_actor *record)
{
    const struct cas_bearers *found = cas_names_by_text(&renamer->names, record->id);
    if (found)
        return found;
    return look_up(renamer, record->name.n ? record->name : record->id);
}

/* What a declaration says ends the guessing; a data set may declare an id again by another name. */
static void
learn(struct renamer *renamer, struct entry *entry, const struct cas_rec_actor *record)
{
    if (entry->known && entry->bearers)
        return;
    const struct cas_bearers *bearers = look_up_actor(renamer, record);
    if (bearers != entry->bearers && entry->used)
        renamer->again = true;
    entry->bearers = bearers;
    entry->known = true;
}

/* --- declarations ----------------------------------------------------------------------------- */

static enum casus_status
give(const struct passage *passage, const struct cas_rec_actor *record)
{
    struct casus_sink *inner = passage->renamer->inner;
    return inner->actor(inner, record, passage->locator, passage->err);
}

/* Whether a declaration names the same parents as the registry: it then keeps its own keys of them. */
static bool
says_the_parents(const struct cas_known *known, const struct cas_rec_actor *record)
{
    bool same = known->parent_count == record->parent_count;
    for (size_t i = 0; same && i < record->parent_count; i++) {
        const struct cas_rec_parent *own = &record->parents[i], *given = &known->parents[i];
        same = own->id.n == given->id.n && memcmp(own->id.s, given->id.s, own->id.n) == 0 &&
               cas_period_same(&own->period, &given->period);
    }
    return same;
}

/* Put what the registry says over a declaration. */
static void
put_over(const struct cas_known *known, struct cas_rec_actor *record)
{
    record->id = (struct cas_text){known->id.s, known->id.n, record->id.at};
    if (known->kind_given) {
        record->kind = known->kind;
        record->kind_given = true;
    }
    if (known->side)
        record->side = cas_text_of(known->side);
    if (known->parent_count && !says_the_parents(known, record)) {
        record->parents = known->parents;
        record->parent_count = known->parent_count;
    }
}

static bool
add_todo(struct renamer *renamer, uint32_t actor)
{
    if (!cas_grow(&renamer->todo, &renamer->todo_room, renamer->todo_count + 1,
                  sizeof *renamer->todo))
        return false;
    renamer->todo[renamer->todo_count++] = actor;
    return true;
}

/* From the registry alone. */
static enum casus_status
give_known(const struct passage *passage, uint32_t actor, const struct cas_rec_alias *alias)
{
    struct renamer *renamer = passage->renamer;
    const struct cas_known *known = &renamer->names.known[actor];
    struct cas_rec_actor record = {.at = *passage->at,
                                   .name = cas_text_of(known->name),
                                   .kind = CASUS_KIND_OTHER,
                                   .aliases = alias,
                                   .alias_count = alias ? 1 : 0,
                                   .again = true};
    put_over(known, &record);
    bool first = !renamer->told[actor];
    renamer->told[actor] = 1;
    if (first && known->parent_count && !add_todo(renamer, actor))
        return cas_fail_memory(passage->err);
    return give(passage, &record);
}

/* Parents that the registry names are known to it; without recursion, for they may be many. */
static enum casus_status
give_parents(const struct passage *passage)
{
    struct renamer *renamer = passage->renamer;
    enum casus_status status = CASUS_OK;
    while (renamer->todo_count && status == CASUS_OK) {
        const struct cas_known *known = &renamer->names.known[renamer->todo[--renamer->todo_count]];
        for (size_t i = 0; i < known->parent_count && status == CASUS_OK; i++) {
            struct cas_text id = known->parents[i].id;
            uint32_t parent = cas_intern_find(&renamer->names.ids, id.s, id.n);
            if (!renamer->told[parent])
                status = give_known(passage, parent, NULL);
        }
    }
    return status;
}

/* A known actor is about to be referred to, by a text that may be new as an alias of it. */
static enum casus_status
tell_known(const struct passage *passage, uint32_t actor, struct cas_text text, struct entry *entry)
{
    struct renamer *renamer = passage->renamer;
    struct cas_text id = renamer->names.known[actor].id;
    bool own = id.n == text.n && memcmp(id.s, text.s, id.n) == 0;
    struct cas_rec_alias alias = {.name = text};
    bool new = !own && !entry->known && !entry->passed;
    if (renamer->told[actor] && !new)
        return CASUS_OK;
    entry->passed |= new;
    enum casus_status status = give_known(passage, actor, new ? &alias : NULL);
    return status == CASUS_OK ? give_parents(passage) : status;
}

/* --- references ------------------------------------------------------------------------------- */

/* Give what was held back of an actor that does come up. */
static enum casus_status
release(const struct passage *passage, struct entry *entry)
{
    struct cas_rec_actor *held = entry->held;
    entry->held = NULL;
    entry->passed = true;
    return held ? give(passage, held) : CASUS_OK;
}

/* `out` is the text by which the inner sink knows whom `text` means. */
static enum casus_status
rename_text(const struct passage *passage, struct cas_text text, const struct casus_period *at,
            struct cas_text *out)
{
    struct renamer *renamer = passage->renamer;
    *out = text;
    if (!text.s)
        return CASUS_OK;
    uint32_t number = entry_of(renamer, text);
    if (number == CASUS_NONE)
        return cas_fail_memory(passage->err);
    struct entry *entry = &renamer->entries[number];
    entry->used = true;
    if (!entry->bearers)
        return CASUS_OK;
    uint32_t actor = cas_names_target(&renamer->names, entry->bearers, at);
    if (actor == CASUS_NONE)
        return release(passage, entry);
    struct cas_text id = renamer->names.known[actor].id;
    *out = (struct cas_text){id.s, id.n, text.at};
    return tell_known(passage, actor, text, entry);
}

static bool
same_text(struct cas_text a, struct cas_text b)
{
    return a.n == b.n && (a.s == b.s || memcmp(a.s, b.s, a.n) == 0);
}

static enum casus_status
rename_list(const struct passage *passage, const struct cas_text **list, size_t count,
            const struct casus_period *at)
{
    struct cas_text *changed = NULL, text;
    for (size_t i = 0; i < count; i++) {
        enum casus_status status = rename_text(passage, (*list)[i], at, &text);
        if (status != CASUS_OK)
            return status;
        if (!changed && !same_text(text, (*list)[i]) &&
            !(changed = cas_arena_copy(&passage->renamer->scratch, *list, count, sizeof **list)))
            return cas_fail_memory(passage->err);
        if (changed)
            changed[i] = text;
    }
    *list = changed ? changed : *list;
    return CASUS_OK;
}

static enum casus_status
rename_losses(const struct passage *passage, const struct cas_rec_loss **losses, size_t count,
              const struct casus_period *at)
{
    struct cas_rec_loss *changed = NULL;
    struct cas_text text;
    for (size_t i = 0; i < count; i++) {
        enum casus_status status = rename_text(passage, (*losses)[i].actor, at, &text);
        if (status != CASUS_OK)
            return status;
        if (!changed && !same_text(text, (*losses)[i].actor) &&
            !(changed =
                  cas_arena_copy(&passage->renamer->scratch, *losses, count, sizeof **losses)))
            return cas_fail_memory(passage->err);
        if (changed)
            changed[i].actor = text;
    }
    *losses = changed ? changed : *losses;
    return CASUS_OK;
}

/* Who speaks is meant at the time of the claim; who is lost, at that of the event. */
static enum casus_status
rename_claim(const struct passage *passage, struct cas_rec_claim *claim,
             const struct casus_period *event)
{
    struct casus_period said = claim->date;
    const struct casus_period *at = casus_period_known(&said) ? &said : event;
    enum casus_status status = rename_text(passage, claim->by, at, &claim->by);
    if (status == CASUS_OK)
        status = rename_text(passage, claim->via, at, &claim->via);
    if (status == CASUS_OK)
        status = rename_text(passage, claim->of, at, &claim->of);
    if (status == CASUS_OK)
        status = rename_losses(passage, &claim->losses, claim->loss_count, event ? event : at);
    return status;
}

static enum casus_status
rename_claims(const struct passage *passage, struct cas_rec_event *event)
{
    if (!event->claim_count)
        return CASUS_OK;
    struct cas_rec_claim *claims = cas_arena_copy(&passage->renamer->scratch, event->claims,
                                                  event->claim_count, sizeof *claims);
    if (!claims)
        return cas_fail_memory(passage->err);
    event->claims = claims;
    enum casus_status status = CASUS_OK;
    for (size_t i = 0; i < event->claim_count && status == CASUS_OK; i++)
        status = rename_claim(passage, &claims[i], &event->date);
    return status;
}

/* --- actors ----------------------------------------------------------------------------------- */

/* The record's own parents by the registry's names. Who becomes its own parent has none; who said
 * so itself, as `id`, keeps the fault. */
static enum casus_status
rename_parents(const struct passage *passage, struct cas_text id, struct cas_rec_actor *record)
{
    if (!record->parent_count)
        return CASUS_OK;
    struct cas_rec_parent *parents = cas_arena_copy(&passage->renamer->scratch, record->parents,
                                                    record->parent_count, sizeof *parents);
    if (!parents)
        return cas_fail_memory(passage->err);
    size_t kept = 0;
    for (size_t i = 0; i < record->parent_count; i++) {
        struct cas_rec_parent parent = parents[i];
        struct cas_text before = parent.id;
        enum casus_status status = rename_text(passage, before, &parent.period, &parent.id);
        if (status != CASUS_OK)
            return status;
        bool itself = !same_text(before, id) && same_text(parent.id, record->id);
        if (!itself)
            parents[kept++] = parent;
    }
    record->parents = parents;
    record->parent_count = kept;
    return CASUS_OK;
}

/* A copy of what a soft declaration says, for as long as the reading lasts. */
static enum casus_status
hold(const struct passage *passage, struct entry *entry, const struct cas_rec_actor *record)
{
    struct cas_arena *arena = &passage->renamer->held;
    struct cas_rec_actor *held = cas_arena_alloc(arena, sizeof *held);
    if (!held)
        return cas_fail_memory(passage->err);
    *held = (struct cas_rec_actor){.at = {0},
                                   .id = record->id,
                                   .name = record->name,
                                   .side = record->side,
                                   .kind = record->kind,
                                   .kind_given = record->kind_given,
                                   .generic = record->generic,
                                   .again = true,
                                   .listed = record->listed};
    struct cas_text *texts[] = {&held->id, &held->name, &held->side};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        texts[i]->at = NULL;
        if (texts[i]->s && !(texts[i]->s = cas_arena_text(arena, texts[i]->s, texts[i]->n)))
            return cas_fail_memory(passage->err);
    }
    entry->held = held;
    return CASUS_OK;
}

static enum casus_status
report_twice(const struct passage *passage, const struct cas_rec_actor *record)
{
    struct casus_error fault;
    cas_fault_text(&fault, CAS_MSG_DUPLICATE_ID, "actor '%.*s' stands already",
                   record->id.n < 60 ? (int)record->id.n : 60, record->id.s);
    passage->locator->locate(passage->locator->context, record->id.at, &fault);
    return cas_problem(passage->renamer->sink.problems, &fault, passage->err);
}

static uint64_t
hash_of(struct cas_text text)
{
    return text.s ? cas_hash(text.s, text.n) : 0;
}

/* Rows of a data set declare their actors over and over: what an alias of another says is told when
 * it is new. Never 0. */
static uint64_t
saying_of(const struct cas_rec_actor *record)
{
    uint64_t said = hash_of(record->name) * 31 + hash_of(record->side);
    said = said * 31 + (uint64_t)record->kind * 2 + record->kind_given;
    return said ? said : 1;
}

static bool
is_old(struct entry *entry, const struct cas_rec_actor *record)
{
    uint64_t said = record->again && !record->alias_count ? saying_of(record) : 0;
    bool old = said && said == entry->said;
    entry->said = said;
    return old;
}

/* Its names become aliases of the actor that it is merged into. */
static enum casus_status
make_alias(const struct passage *passage, uint32_t actor, struct cas_rec_actor *record)
{
    struct renamer *renamer = passage->renamer;
    size_t count = record->alias_count;
    struct cas_rec_alias *aliases =
        cas_arena_alloc(&renamer->scratch, (count + 2) * sizeof *aliases);
    if (!aliases)
        return cas_fail_memory(passage->err);
    size_t own = 0;
    aliases[own++] = (struct cas_rec_alias){.name = record->id};
    if (record->name.n && !same_text(record->name, record->id))
        aliases[own++] = (struct cas_rec_alias){.name = record->name};
    if (count)
        memcpy(aliases + own, record->aliases, count * sizeof *aliases);
    record->aliases = aliases;
    record->alias_count = count + own;
    record->name = cas_text_of(renamer->told[actor] ? NULL : renamer->names.known[actor].name);
    record->again = true;
    return CASUS_OK;
}

/* A declaration of an actor that the registry knows, or takes for another. */
static enum casus_status
pass_known(const struct passage *passage, struct entry *entry, struct cas_rec_actor *record,
           uint32_t actor)
{
    struct renamer *renamer = passage->renamer;
    const struct cas_known *known = &renamer->names.known[actor];
    struct cas_text id = record->id;
    enum casus_status status = CASUS_OK;
    if (same_text(record->id, known->id)) {
        /* declared without a name its id is its name, whatever stood there before */
        record->name = record->name.s || record->again ? record->name : record->id;
    } else {
        if (is_old(entry, record))
            return CASUS_OK;
        if (entry->firm && !record->again)
            return report_twice(passage, record);
        entry->firm |= !record->again;
        status = make_alias(passage, actor, record);
    }
    entry->passed = true;
    bool first = !renamer->told[actor];
    renamer->told[actor] = 1;
    put_over(known, record);
    if (status == CASUS_OK && !known->parent_count)
        status = rename_parents(passage, id, record);
    if (status == CASUS_OK && first && known->parent_count && !add_todo(renamer, actor))
        status = cas_fail_memory(passage->err);
    if (status == CASUS_OK)
        status = give(passage, record);
    return status == CASUS_OK ? give_parents(passage) : status;
}

static enum casus_status
pass_actor(const struct passage *passage, const struct cas_rec_actor *given)
{
    struct renamer *renamer = passage->renamer;
    struct cas_rec_actor record = *given;
    uint32_t number = record.id.s ? entry_of(renamer, record.id) : CASUS_NONE;
    if (record.id.s && number == CASUS_NONE)
        return cas_fail_memory(passage->err);
    if (number == CASUS_NONE)
        return give(passage, given);
    struct entry *entry = &renamer->entries[number];
    learn(renamer, entry, given);
    if (renamer->key.failed)
        return cas_fail_memory(passage->err);
    if (entry->bearers && entry->bearers->fixed != CASUS_NONE)
        return pass_known(passage, entry, &record, entry->bearers->fixed);
    if (entry->bearers && given->again && !given->bad && !entry->passed)
        return entry->held ? CASUS_OK : hold(passage, entry, given);
    entry->passed = true;
    enum casus_status status = rename_parents(passage, record.id, &record);
    return status == CASUS_OK ? give(passage, &record) : status;
}

/* --- the sink --------------------------------------------------------------------------------- */

static struct renamer *
renamer_of(struct casus_sink *sink)
{
    struct renamer *renamer = sink->self;
    renamer->inner->problems = sink->problems;
    cas_arena_clear(&renamer->scratch);
    return renamer;
}

static enum casus_status
begin(struct casus_sink *sink, const struct casus_input *input, uint32_t *out_index,
      struct casus_error *err)
{
    struct renamer *renamer = renamer_of(sink);
    return renamer->inner->begin(renamer->inner, input, out_index, err);
}

static enum casus_status
head(struct casus_sink *sink, const struct cas_rec_head *record, const struct cas_locator *locator,
     struct casus_error *err)
{
    struct renamer *renamer = renamer_of(sink);
    return renamer->inner->head(renamer->inner, record, locator, err);
}

static enum casus_status
actor(struct casus_sink *sink, const struct cas_rec_actor *record,
      const struct cas_locator *locator, struct casus_error *err)
{
    struct passage passage = {renamer_of(sink), locator, &record->at, err};
    return pass_actor(&passage, record);
}

static enum casus_status
source(struct casus_sink *sink, const struct cas_rec_source *record,
       const struct cas_locator *locator, struct casus_error *err)
{
    struct renamer *renamer = renamer_of(sink);
    return renamer->inner->source(renamer->inner, record, locator, err);
}

static enum casus_status
event(struct casus_sink *sink, const struct cas_rec_event *given, const struct cas_locator *locator,
      struct casus_error *err)
{
    struct passage passage = {renamer_of(sink), locator, &given->at, err};
    struct casus_sink *inner = passage.renamer->inner;
    struct cas_rec_event record = *given;
    enum casus_status status = rename_list(&passage, &record.from, record.from_count, &record.date);
    if (status == CASUS_OK)
        status = rename_list(&passage, &record.to, record.to_count, &record.date);
    if (status == CASUS_OK)
        status = rename_losses(&passage, &record.losses, record.loss_count, &record.date);
    if (status == CASUS_OK)
        status = rename_claims(&passage, &record);
    if (status == CASUS_OK)
        status = inner->event(inner, &record, locator, err);
    sink->repeated = inner->repeated;
    return status;
}

static enum casus_status
claim(struct casus_sink *sink, const struct cas_rec_claim *given, const struct cas_locator *locator,
      struct casus_error *err)
{
    struct passage passage = {renamer_of(sink), locator, &given->at, err};
    struct casus_sink *inner = passage.renamer->inner;
    struct cas_rec_claim record = *given;
    enum casus_status status = rename_claim(&passage, &record, NULL);
    return status == CASUS_OK ? inner->claim(inner, &record, locator, err) : status;
}

static enum casus_status
end(struct casus_sink *sink, const struct casus_input *input, struct casus_error *err)
{
    struct renamer *renamer = renamer_of(sink);
    return renamer->inner->end(renamer->inner, input, err);
}

/* --- the registry ----------------------------------------------------------------------------- */

static enum casus_status
take_row(struct casus_registry *registry, const struct cas_registry_row *row,
         struct casus_error *err)
{
    struct renamer *renamer = registry->self;
    return cas_names_add(&renamer->names, row, err);
}

struct casus_registry *
casus_registry_new(void)
{
    struct renamer *renamer = cas_zalloc(1, sizeof *renamer);
    if (!renamer)
        return NULL;
    renamer->face = (struct casus_registry){renamer, take_row};
    renamer->sink = (struct casus_sink){.self = renamer,
                                        .begin = begin,
                                        .head = head,
                                        .actor = actor,
                                        .source = source,
                                        .event = event,
                                        .claim = claim,
                                        .end = end};
    cas_names_init(&renamer->names);
    cas_intern_init(&renamer->ids);
    cas_buffer_init(&renamer->key);
    cas_arena_init(&renamer->scratch);
    cas_arena_init(&renamer->held);
    return &renamer->face;
}

void
casus_registry_free(struct casus_registry *registry)
{
    struct renamer *renamer = registry ? registry->self : NULL;
    if (!renamer)
        return;
    cas_names_done(&renamer->names);
    cas_intern_done(&renamer->ids);
    cas_buffer_done(&renamer->key);
    cas_arena_done(&renamer->scratch);
    cas_arena_done(&renamer->held);
    cas_free(renamer->entries);
    cas_free(renamer->told);
    cas_free(renamer->todo);
    cas_free(renamer);
}

enum casus_status
casus_registry_sink(struct casus_registry *registry, struct casus_sink *inner,
                    struct casus_sink **out_sink, struct casus_error *err)
{
    struct renamer *renamer = registry->self;
    enum casus_status status = cas_names_seal(&renamer->names, err);
    if (status != CASUS_OK)
        return status;
    cas_free(renamer->told);
    renamer->told = cas_zalloc(renamer->names.ids.count, 1);
    if (!renamer->told)
        return cas_fail_memory(err);
    for (uint32_t i = 0; i < renamer->ids.count; i++) {
        struct entry *entry = &renamer->entries[i];
        *entry = (struct entry){.bearers = entry->bearers, .known = entry->known};
    }
    cas_arena_clear(&renamer->held);
    renamer->todo_count = 0;
    renamer->again = false;
    renamer->inner = inner;
    renamer->sink.forgets = inner->forgets;
    renamer->sink.repeated = inner->repeated;
    *out_sink = &renamer->sink;
    return CASUS_OK;
}

bool
casus_registry_reads_again(const struct casus_registry *registry)
{
    const struct renamer *renamer = registry->self;
    return renamer->again;
}

struct casus_registry_counts
casus_registry_count(const struct casus_registry *registry)
{
    return cas_names_count(cas_names_of(registry));
}

const struct cas_names *
cas_names_of(const struct casus_registry *registry)
{
    const struct renamer *renamer = registry->self;
    return &renamer->names;
}
