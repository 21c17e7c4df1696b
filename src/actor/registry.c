/* Who is who. See registry.h for the invariant.
 *
 * Declarations are `firm` (a dossier, a registry) or soft (`again`: a data set that names its
 * actors on each row). A firm one after a soft one replaces it, a soft one after any changes
 * nothing; in both orders the soft one adds aliases, and a kind, a side and parents where the firm
 * one has none.
 * Two firm ones are a problem.
 *
 * Parents: any circle is a problem, also one whose dates never meet. A roll-up over all times
 * would walk around it for ever. The circle is cut at the parent that closes it.
 */
#include "actor/registry.h"

#include "actor/roster.h"
#include "actor/spelling.h"

enum { AMBIGUOUS = UINT32_MAX, WAY_SHOWN = 5 };
enum { FIRM = 1, LISTED = 2 }; /* bits of firm[] */

struct cas_registry {
    struct cas_arena *arena;
    struct cas_roster roster;
    struct casus_actor *actors; /* by number; named by its id alone until declared */
    size_t *parent_refs;        /* by number: refs[] of its first parent */
    uint8_t *firm;              /* by number: FIRM, LISTED */
    const char *scheme;         /* the first id that a register lists, or NULL */
    uint32_t scheme_input;      /* of that register */
    size_t actor_room, parent_room, firm_room;
    uint32_t count;         /* actors that have a row in the arrays above */
    struct cas_intern keys; /* of names and aliases, once finished */
    uint32_t *bearers;      /* by key: the actor, or AMBIGUOUS */
    size_t bearer_room;
    uint32_t *rows; /* by first number, once settled; else NULL */
};

enum casus_status
cas_registry_new(struct cas_arena *arena, struct cas_registry **out, struct casus_error *err)
{
    struct cas_registry *registry = cas_zalloc(1, sizeof *registry);
    if (!registry)
        return cas_fail_memory(err);
    registry->arena = arena;
    cas_roster_init(&registry->roster);
    cas_intern_init(&registry->keys);
    *out = registry;
    return CASUS_OK;
}

void
cas_registry_free(struct cas_registry *registry)
{
    if (!registry)
        return;
    cas_roster_done(&registry->roster);
    cas_intern_done(&registry->keys);
    cas_free(registry->actors);
    cas_free(registry->parent_refs);
    cas_free(registry->firm);
    cas_free(registry->bearers);
    cas_free(registry->rows);
    cas_free(registry);
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Rows for all numbers that the roster has given. */
static enum casus_status
add_rows(struct cas_registry *registry, struct casus_error *err)
{
    size_t count = cas_roster_count(&registry->roster);
    if (count == registry->count)
        return CASUS_OK;
    if (!cas_grow(&registry->actors, &registry->actor_room, count, sizeof *registry->actors) ||
        !cas_grow(&registry->parent_refs, &registry->parent_room, count,
                  sizeof *registry->parent_refs) ||
        !cas_grow(&registry->firm, &registry->firm_room, count, 1))
        return cas_fail_memory(err);
    for (uint32_t i = registry->count; i < count; i++) {
        const char *id = cas_roster_id(&registry->roster, i);
        char *kept = cas_arena_text(registry->arena, id, strlen(id));
        if (!kept)
            return cas_fail_memory(err);
        registry->actors[i] =
            (struct casus_actor){.id = kept, .name = kept, .kind = CASUS_KIND_OTHER};
        registry->parent_refs[i] = 0;
        registry->firm[i] = 0;
        registry->count = i + 1;
    }
    return CASUS_OK;
}

static enum casus_status
refer(struct cas_registry *registry, struct cas_text id, const struct cas_locator *locator,
      uint32_t *out_actor, struct casus_error *err)
{
    enum casus_status status = cas_roster_refer(&registry->roster, id, locator, out_actor, err);
    return status == CASUS_OK ? add_rows(registry, err) : status;
}

uint32_t
cas_registry_refer(struct cas_registry *registry, struct cas_text id,
                   const struct cas_locator *locator, struct casus_error *err)
{
    uint32_t actor;
    return refer(registry, id, locator, &actor, err) == CASUS_OK ? actor : CASUS_NONE;
}

/* --- declarations ----------------------------------------------------------------------------- */

/* NULL stays NULL. */
static bool
keep_text(struct cas_arena *arena, struct cas_text text, const char **out)
{
    *out = text.s ? cas_arena_text(arena, text.s, text.n) : NULL;
    return !text.s || *out;
}

static enum casus_status
keep_aliases(struct cas_registry *registry, const struct cas_rec_actor *record,
             struct casus_actor *out, struct casus_error *err)
{
    if (!record->alias_count)
        return CASUS_OK;
    struct casus_alias *aliases =
        cas_arena_alloc(registry->arena, record->alias_count * sizeof *aliases);
    if (!aliases)
        return cas_fail_memory(err);
    for (size_t i = 0; i < record->alias_count; i++) {
        if (!keep_text(registry->arena, record->aliases[i].name, &aliases[i].name) ||
            !keep_text(registry->arena, record->aliases[i].lang, &aliases[i].lang) ||
            !keep_text(registry->arena, record->aliases[i].extra, &aliases[i].extra))
            return cas_fail_memory(err);
    }
    out->aliases = aliases;
    out->alias_count = (uint32_t)record->alias_count;
    return CASUS_OK;
}

/* The place of every parent is remembered: a circle is told at the parent that closes it. */
static enum casus_status
keep_parents(struct cas_registry *registry, const struct cas_rec_actor *record,
             const struct cas_locator *locator, struct casus_actor *out, struct casus_error *err)
{
    if (!record->parent_count)
        return CASUS_OK;
    struct casus_parent *parents =
        cas_arena_alloc(registry->arena, record->parent_count * sizeof *parents);
    if (!parents)
        return cas_fail_memory(err);
    uint32_t count = 0;
    enum casus_status status = CASUS_OK;
    for (size_t i = 0; i < record->parent_count && status == CASUS_OK; i++) {
        struct cas_text id = record->parents[i].id;
        if (!id.s)
            continue;
        struct casus_parent *parent = &parents[count++];
        parent->period = record->parents[i].period;
        if (!keep_text(registry->arena, record->parents[i].extra, &parent->extra))
            return cas_fail_memory(err);
        status = cas_roster_number(&registry->roster, id, &parent->actor, err);
        if (status == CASUS_OK)
            status = cas_roster_remember(&registry->roster, parent->actor, id.at, locator, err);
    }
    out->parents = parents;
    out->parent_count = count;
    return status == CASUS_OK ? add_rows(registry, err) : status;
}

/* A record with faults of its own declares its id and no more: what it says may be what is wrong. */
static enum casus_status
keep(struct cas_registry *registry, uint32_t number, const struct cas_rec_actor *record,
     const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_actor actor = registry->actors[number];
    size_t first_ref = registry->roster.ref_count;
    enum casus_status status = keep_parents(registry, record, locator, &actor, err);
    if (status != CASUS_OK)
        return status;
    actor.place = (struct casus_place_in){locator->input, locator->where};
    if (record->bad) {
        actor.parents = NULL;
        actor.parent_count = 0;
        registry->actors[number] = actor;
        return CASUS_OK;
    }
    struct cas_arena *arena = registry->arena;
    if ((record->name.s && !keep_text(arena, record->name, &actor.name)) ||
        !keep_text(arena, record->side, &actor.side) ||
        !keep_text(arena, record->note, &actor.note) ||
        !keep_text(arena, record->extra, &actor.extra))
        return cas_fail_memory(err);
    actor.kind = record->kind_given ? record->kind : CASUS_KIND_OTHER;
    actor.kind_given = record->kind_given;
    actor.generic = record->generic;
    status = keep_aliases(registry, record, &actor, err);
    if (status != CASUS_OK)
        return status;
    registry->actors[number] = actor;
    registry->parent_refs[number] = first_ref;
    return CASUS_OK;
}

static bool
bears(const struct casus_actor *actor, struct cas_text name)
{
    if (cas_text_is(name, actor->name))
        return true;
    for (uint32_t i = 0; i < actor->alias_count; i++) {
        if (cas_text_is(name, actor->aliases[i].name))
            return true;
    }
    return false;
}

static enum casus_status
add_alias(struct cas_registry *registry, struct casus_actor *actor, struct cas_text name,
          struct casus_error *err)
{
    if (!name.s || bears(actor, name))
        return CASUS_OK;
    size_t count = actor->alias_count;
    struct casus_alias *aliases = cas_arena_alloc(registry->arena, (count + 1) * sizeof *aliases);
    struct casus_alias added = {NULL, NULL, NULL};
    if (!aliases || !keep_text(registry->arena, name, &added.name))
        return cas_fail_memory(err);
    if (count)
        memcpy(aliases, actor->aliases, count * sizeof *aliases);
    aliases[count] = added;
    actor->aliases = aliases;
    actor->alias_count = (uint32_t)(count + 1);
    return CASUS_OK;
}

static enum casus_status
add_parents(struct cas_registry *registry, uint32_t number, const struct cas_rec_actor *record,
            const struct cas_locator *locator, struct casus_error *err)
{
    struct casus_actor actor = registry->actors[number];
    size_t first_ref = registry->roster.ref_count;
    if (actor.parent_count || !record->parent_count || record->bad)
        return CASUS_OK;
    enum casus_status status = keep_parents(registry, record, locator, &actor, err);
    if (status != CASUS_OK)
        return status;
    registry->actors[number] = actor;
    registry->parent_refs[number] = first_ref;
    return CASUS_OK;
}

/* What a row of a data set adds to what is known already: never a change. */
static enum casus_status
add_lacking(struct cas_registry *registry, uint32_t number, const struct cas_rec_actor *record,
            const struct cas_locator *locator, struct casus_error *err)
{
    enum casus_status status = add_parents(registry, number, record, locator, err);
    if (status != CASUS_OK)
        return status;
    struct casus_actor *actor = &registry->actors[number];
    if (!actor->kind_given && record->kind_given) {
        actor->kind = record->kind;
        actor->kind_given = true;
    }
    if (!actor->side && !keep_text(registry->arena, record->side, &actor->side))
        return cas_fail_memory(err);
    bool unnamed = !(registry->firm[number] & FIRM) && strcmp(actor->name, actor->id) == 0;
    if (unnamed && record->name.s && !keep_text(registry->arena, record->name, &actor->name))
        return cas_fail_memory(err);
    status = add_alias(registry, actor, record->name, err);
    for (size_t i = 0; i < record->alias_count && status == CASUS_OK; i++)
        status = add_alias(registry, actor, record->aliases[i].name, err);
    return status;
}

/* What was known from rows of a data set before the declaration, as if they came after it. */
static enum casus_status
keep_lacking(struct cas_registry *registry, uint32_t number, const struct casus_actor *before,
             struct casus_error *err)
{
    struct casus_actor *actor = &registry->actors[number];
    if (!actor->kind_given && before->kind_given) {
        actor->kind = before->kind;
        actor->kind_given = true;
    }
    if (!actor->side)
        actor->side = before->side;
    enum casus_status status = CASUS_OK;
    if (strcmp(before->name, before->id) != 0)
        status = add_alias(registry, actor, cas_text_of(before->name), err);
    for (uint32_t i = 0; i < before->alias_count && status == CASUS_OK; i++)
        status = add_alias(registry, actor, cas_text_of(before->aliases[i].name), err);
    return status;
}

static enum casus_status
report_twice(const struct cas_registry *registry, uint32_t number,
             const struct cas_rec_actor *record, const struct cas_locator *locator,
             struct casus_problems *problems, struct casus_error *err)
{
    const struct casus_actor *actor = &registry->actors[number];
    struct casus_error fault;
    cas_fault_text(&fault, CAS_MSG_DUPLICATE_ID, "actor '%.*s' stands already at line %u",
                   cas_shown(actor->id, strlen(actor->id)), actor->id, actor->place.where.line);
    locator->locate(locator->context, record->id.at, &fault);
    return cas_problem(problems, &fault, err);
}

static void
note_listed(struct cas_registry *registry, uint32_t number, const struct cas_locator *locator)
{
    registry->firm[number] |= LISTED;
    if (registry->scheme)
        return;
    registry->scheme = registry->actors[number].id;
    registry->scheme_input = locator->input;
}

enum casus_status
cas_registry_declare(struct cas_registry *registry, const struct cas_rec_actor *record,
                     const struct cas_locator *locator, struct casus_problems *problems,
                     struct casus_error *err)
{
    if (!record->id.s)
        return CASUS_OK;
    uint32_t number, before_it = cas_roster_count(&registry->roster);
    enum casus_status status = cas_roster_number(&registry->roster, record->id, &number, err);
    if (status == CASUS_OK)
        status = add_rows(registry, err);
    if (status != CASUS_OK)
        return status;
    bool known = cas_roster_state(&registry->roster, number) != CAS_UNDECLARED;
    if (record->listed)
        note_listed(registry, number, locator);
    if (known && record->again) {
        if (!record->listed)
            cas_roster_set(&registry->roster, number, CAS_DECLARED);
        return add_lacking(registry, number, record, locator, err);
    }
    if (known && registry->firm[number] & FIRM)
        return report_twice(registry, number, record, locator, problems, err);
    struct casus_actor before = registry->actors[number];
    status = keep(registry, number, record, locator, err);
    if (status == CASUS_OK && known && !record->bad)
        status = keep_lacking(registry, number, &before, err);
    if (status != CASUS_OK)
        return status;
    /* What was named before it was listed is named. */
    bool waits = record->listed && number == before_it;
    cas_roster_set(&registry->roster, number, waits ? CAS_LISTED : CAS_DECLARED);
    if (!record->again)
        registry->firm[number] |= FIRM;
    return CASUS_OK;
}

/* --- names ------------------------------------------------------------------------------------ */

static enum casus_status
index_name(struct cas_registry *registry, uint32_t actor, const char *name, struct cas_buffer *key,
           struct casus_error *err)
{
    cas_buffer_clear(key);
    cas_spelling_key(key, name, strlen(name));
    if (key->failed)
        return cas_fail_memory(err);
    if (!key->n)
        return CASUS_OK;
    uint32_t before = registry->keys.count;
    if (!cas_grow(&registry->bearers, &registry->bearer_room, (size_t)before + 1,
                  sizeof *registry->bearers))
        return cas_fail_memory(err);
    uint32_t number = cas_intern_add(&registry->keys, key->s, key->n);
    if (number == UINT32_MAX)
        return cas_fail_memory(err);
    if (registry->keys.count > before)
        registry->bearers[number] = actor;
    else if (registry->bearers[number] != actor)
        registry->bearers[number] = AMBIGUOUS;
    return CASUS_OK;
}

static enum casus_status
index_names(struct cas_registry *registry, struct casus_error *err)
{
    struct cas_buffer key;
    cas_buffer_init(&key);
    enum casus_status status = CASUS_OK;
    for (uint32_t i = 0; i < registry->count && status == CASUS_OK; i++) {
        const struct casus_actor *actor = &registry->actors[i];
        if (!cas_registry_declared(registry, i))
            continue;
        status = index_name(registry, i, actor->name, &key, err);
        for (uint32_t j = 0; j < actor->alias_count && status == CASUS_OK; j++)
            status = index_name(registry, i, actor->aliases[j].name, &key, err);
    }
    cas_buffer_done(&key);
    return status;
}

static uint32_t
find_name(const struct cas_registry *registry, const char *name, size_t n)
{
    struct cas_buffer key;
    cas_buffer_init(&key);
    cas_spelling_key(&key, name, n);
    uint32_t number = UINT32_MAX;
    if (key.n && !key.failed)
        number = cas_intern_find(&registry->keys, key.s, key.n);
    cas_buffer_done(&key);
    if (number == UINT32_MAX || registry->bearers[number] == AMBIGUOUS)
        return CASUS_NONE;
    return registry->bearers[number];
}

uint32_t
cas_registry_find_id(const struct cas_registry *registry, const char *id, size_t n)
{
    return cas_registry_settled(registry, cas_roster_find(&registry->roster, id, n));
}

uint32_t
cas_registry_find(const struct cas_registry *registry, const char *name, size_t n)
{
    uint32_t actor = cas_registry_find_id(registry, name, n);
    if (actor != CASUS_NONE && cas_registry_declared(registry, actor))
        return actor;
    return find_name(registry, name, n);
}

static const char *
hint_by_name(const void *context, const char *id, size_t n)
{
    const struct cas_registry *registry = context;
    uint32_t actor = find_name(registry, id, n);
    return actor == CASUS_NONE ? NULL : registry->actors[actor].id;
}

const char *
cas_registry_nearest(const struct cas_registry *registry, const char *id, size_t n)
{
    const char *hint = hint_by_name(registry, id, n);
    return hint ? hint : cas_roster_nearest(&registry->roster, id, n);
}

/* --- circles ---------------------------------------------------------------------------------- */

/* A walk up all parents, without recursion: a chain may be as long as there are actors. */
struct walk {
    uint8_t *states; /* by actor: not seen, on the way, done */
    uint32_t *way;   /* from where the walk began */
    uint32_t *next;  /* by place on the way: its next parent */
    size_t length;
};

enum { NOT_SEEN, ON_THE_WAY, DONE };

static bool
walk_init(struct walk *walk, size_t count)
{
    *walk = (struct walk){.states = cas_zalloc(count, 1),
                          .way = cas_zalloc(count, sizeof *walk->way),
                          .next = cas_zalloc(count, sizeof *walk->next)};
    return walk->states && walk->way && walk->next;
}

static void
walk_done(struct walk *walk)
{
    cas_free(walk->states);
    cas_free(walk->way);
    cas_free(walk->next);
}

static void
step_onto(struct walk *walk, uint32_t actor)
{
    walk->states[actor] = ON_THE_WAY;
    walk->way[walk->length] = actor;
    walk->next[walk->length++] = 0;
}

/* "a → b → a"; of a long way its begin and how many follow. */
static void
write_way(struct cas_buffer *out, const struct cas_registry *registry, const struct walk *walk,
          size_t from)
{
    size_t length = walk->length - from;
    for (size_t i = 0; i < length && i < WAY_SHOWN; i++) {
        const char *id = registry->actors[walk->way[from + i]].id;
        cas_buffer_printf(out, "%.*s → ", cas_shown(id, strlen(id)), id);
    }
    if (length > WAY_SHOWN)
        cas_buffer_printf(out, "%zu more → ", length - WAY_SHOWN);
    cas_buffer_text(out, registry->actors[walk->way[from]].id);
}

static enum casus_status
report_circle(const struct cas_registry *registry, const struct walk *walk, uint32_t ancestor,
              size_t ref, struct casus_problems *problems, struct casus_error *err)
{
    size_t from = walk->length - 1;
    while (walk->way[from] != ancestor)
        from--;
    struct cas_buffer way;
    cas_buffer_init(&way);
    write_way(&way, registry, walk, from);
    if (way.failed) {
        cas_buffer_done(&way);
        return cas_fail_memory(err);
    }
    struct casus_error fault;
    cas_fault_text(&fault, CAS_MSG_CYCLE, "a circle of parents: %s", way.s);
    cas_buffer_done(&way);
    cas_roster_place(&registry->roster, &registry->roster.refs[ref], &fault);
    return cas_problem(problems, &fault, err);
}

/* The arena's own memory, so that it may be changed until the registry is finished. */
static struct casus_parent *
parents_of(struct cas_registry *registry, uint32_t actor)
{
    return (struct casus_parent *)registry->actors[actor].parents;
}

/* Go one parent further from the end of the way, or one step back. */
static enum casus_status
walk_on(struct cas_registry *registry, struct walk *walk, struct casus_problems *problems,
        struct casus_error *err)
{
    uint32_t actor = walk->way[walk->length - 1];
    uint32_t index = walk->next[walk->length - 1]++;
    if (index == registry->actors[actor].parent_count) {
        walk->states[actor] = DONE;
        walk->length--;
        return CASUS_OK;
    }
    struct casus_parent *parent = &parents_of(registry, actor)[index];
    if (!cas_registry_declared(registry, parent->actor)) {
        parent->actor = CASUS_NONE;
        return CASUS_OK;
    }
    if (walk->states[parent->actor] == NOT_SEEN)
        step_onto(walk, parent->actor);
    else if (walk->states[parent->actor] == ON_THE_WAY) {
        uint32_t ancestor = parent->actor;
        parent->actor = CASUS_NONE;
        return report_circle(registry, walk, ancestor, registry->parent_refs[actor] + index,
                             problems, err);
    }
    return CASUS_OK;
}

static void
drop_cut_parents(struct cas_registry *registry)
{
    for (uint32_t i = 0; i < registry->count; i++) {
        struct casus_parent *parents = parents_of(registry, i);
        uint32_t kept = 0;
        for (uint32_t j = 0; j < registry->actors[i].parent_count; j++) {
            if (parents[j].actor != CASUS_NONE)
                parents[kept++] = parents[j];
        }
        registry->actors[i].parent_count = kept;
    }
}

static enum casus_status
cut_circles(struct cas_registry *registry, struct casus_problems *problems, struct casus_error *err)
{
    struct walk walk;
    enum casus_status status = CASUS_OK;
    if (!walk_init(&walk, registry->count))
        status = cas_fail_memory(err);
    for (uint32_t i = 0; i < registry->count && status == CASUS_OK; i++) {
        if (walk.states[i] == NOT_SEEN)
            step_onto(&walk, i);
        while (walk.length && status == CASUS_OK)
            status = walk_on(registry, &walk, problems, err);
    }
    walk_done(&walk);
    if (status == CASUS_OK)
        drop_cut_parents(registry);
    return status;
}

enum casus_status
cas_registry_finish(struct cas_registry *registry, struct casus_problems *problems,
                    struct casus_error *err)
{
    const struct cas_roster_words words = {CAS_MSG_NO_ACTOR, "actor", hint_by_name, registry};
    enum casus_status status = index_names(registry, err);
    if (status == CASUS_OK)
        status = cas_roster_report(&registry->roster, &words, problems, err);
    if (status == CASUS_OK)
        status = cut_circles(registry, problems, err);
    return status;
}

/* --- dropping what nobody declared ------------------------------------------------------------ */

static void
renumber(struct cas_registry *registry)
{
    for (uint32_t i = 0; i < registry->count; i++) {
        struct casus_parent *parents = parents_of(registry, i);
        for (uint32_t j = 0; j < registry->actors[i].parent_count; j++)
            parents[j].actor = registry->rows[parents[j].actor];
    }
    for (uint32_t i = 0; i < registry->keys.count; i++) {
        if (registry->bearers[i] != AMBIGUOUS)
            registry->bearers[i] = registry->rows[registry->bearers[i]];
    }
}

enum casus_status
cas_registry_settle(struct cas_registry *registry, struct casus_error *err)
{
    uint32_t *rows = cas_zalloc(registry->count, sizeof *rows);
    if (!rows)
        return cas_fail_memory(err);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < registry->count; i++) {
        rows[i] = CASUS_NONE;
        if (!cas_registry_declared(registry, i))
            continue;
        registry->actors[kept] = registry->actors[i];
        rows[i] = kept++;
    }
    registry->rows = rows;
    registry->count = kept;
    renumber(registry);
    return CASUS_OK;
}

uint32_t
cas_registry_settled(const struct cas_registry *registry, uint32_t number)
{
    return number == CASUS_NONE || !registry->rows ? number : registry->rows[number];
}

/* --- reading ---------------------------------------------------------------------------------- */

bool
cas_registry_lacks(const struct cas_registry *registry, uint32_t actor)
{
    return !registry->rows && cas_roster_state(&registry->roster, actor) == CAS_UNDECLARED;
}

/* The bytes of an id up to its last colon, which say whose numbers it is of. */
static size_t
scheme_of(const char *id)
{
    const char *colon = strrchr(id, ':');
    return colon ? (size_t)(colon - id) : 0;
}

uint64_t
cas_registry_unlisted(const struct cas_registry *registry, uint32_t *out_input)
{
    uint64_t count = 0;
    const char *scheme = registry->scheme;
    size_t n = scheme ? scheme_of(scheme) : 0;
    *out_input = registry->scheme_input;
    for (uint32_t i = 0; n && i < cas_roster_count(&registry->roster); i++) {
        const char *id = cas_roster_id(&registry->roster, i);
        bool named = cas_roster_state(&registry->roster, i) == CAS_DECLARED;
        bool listed = registry->firm[i] & LISTED;
        count += named && !listed && scheme_of(id) == n && memcmp(id, scheme, n) == 0;
    }
    return count;
}

uint32_t
cas_registry_count(const struct cas_registry *registry)
{
    return registry->count;
}

const struct casus_actor *
cas_registry_at(const struct cas_registry *registry, uint32_t actor)
{
    return &registry->actors[actor];
}

bool
cas_registry_declared(const struct cas_registry *registry, uint32_t actor)
{
    enum cas_declared state = CAS_DECLARED;
    if (!registry->rows)
        state = cas_roster_state(&registry->roster, actor);
    return state == CAS_DECLARED || state == CAS_SPOILT;
}

/* --- levels ----------------------------------------------------------------------------------- */

uint32_t
cas_registry_parent(const struct cas_registry *registry, uint32_t actor,
                    const struct casus_period *at)
{
    const struct casus_actor *row = &registry->actors[actor];
    bool dated = at && casus_period_known(at);
    for (uint32_t i = row->parent_count; i-- > 0;) {
        const struct casus_period *period = &row->parents[i].period;
        if (!dated || !casus_period_known(period) ||
            casus_period_may_overlap(period, casus_period_first_day(at), casus_period_last_day(at)))
            return row->parents[i].actor;
    }
    return CASUS_NONE;
}

uint32_t
cas_registry_level(const struct cas_registry *registry, uint32_t actor, unsigned level,
                   const struct casus_period *at)
{
    unsigned depth = 0;
    for (uint32_t up = actor; (up = cas_registry_parent(registry, up, at)) != CASUS_NONE;)
        depth++;
    for (; depth > level; depth--)
        actor = cas_registry_parent(registry, actor, at);
    return actor;
}

/* The nearest ancestor-or-self of that kind, else the actor itself. */
static uint32_t
of_kind(const struct cas_registry *registry, uint32_t actor, enum casus_kind kind,
        const struct casus_period *at)
{
    for (uint32_t up = actor; up != CASUS_NONE; up = cas_registry_parent(registry, up, at)) {
        if (registry->actors[up].kind == kind)
            return up;
    }
    return actor;
}

static bool
read_depth(const char *text, unsigned *out)
{
    unsigned depth = 0;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9' || depth > 100000)
            return false;
        depth = depth * 10 + (unsigned)(*at - '0');
    }
    *out = depth;
    return *text != '\0';
}

static enum casus_status
fail_level(const char *text, struct casus_error *err)
{
    const char *names[CASUS_KIND_COUNT];
    for (int i = 0; i < CASUS_KIND_COUNT; i++)
        names[i] = casus_kind_name((enum casus_kind)i);
    size_t n = strlen(text);
    const char *near = cas_text_nearest(text, n, names, CASUS_KIND_COUNT);
    if (near)
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                        "a level is a number of steps or a kind, not '%.*s'; did you mean '%s'?",
                        cas_shown(text, n), text, near);
    return cas_fail(err, CASUS_EINVAL, CAS_MSG_OPTION,
                    "a level is a number of steps below the top or a kind, not '%.*s'",
                    cas_shown(text, n), text);
}

enum casus_status
cas_level_parse(const char *text, struct cas_level *out, struct casus_error *err)
{
    struct cas_level level = {.by = CAS_LEVEL_NONE};
    int kind = text ? casus_kind_find(text, strlen(text)) : -1;
    if (kind >= 0) {
        level.by = CAS_LEVEL_KIND;
        level.kind = (enum casus_kind)kind;
    } else if (text && read_depth(text, &level.depth)) {
        level.by = CAS_LEVEL_DEPTH;
    } else if (text) {
        return fail_level(text, err);
    }
    *out = level;
    return CASUS_OK;
}

uint32_t
cas_registry_roll(const struct cas_registry *registry, uint32_t actor,
                  const struct cas_level *level, const struct casus_period *at)
{
    switch (level->by) {
    case CAS_LEVEL_DEPTH: return cas_registry_level(registry, actor, level->depth, at);
    case CAS_LEVEL_KIND: return of_kind(registry, actor, level->kind, at);
    case CAS_LEVEL_NONE: break;
    }
    return actor;
}
