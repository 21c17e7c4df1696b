/* Actors that may be one.
 *
 * Invariant: of the names that were compared, each pair of actors stands once in the result, with
 * the names that meet best.
 */
#include "report/duplicates.h"

#include <stdlib.h>

#include "actor/names.h"
#include "actor/spelling.h"
#include "base/fault.h"

enum { ALL_PAIRS = 400, NEIGHBOURS = 12, MOST_STEPS = 1000 };

static const double likely = 0.7;

/* --- actors in order ---------------------------------------------------------------------- */

struct identity {
    const char *id;
    uint32_t actor;
};

static int
by_id(const void *a, const void *b)
{
    return strcmp(((const struct identity *)a)->id, ((const struct identity *)b)->id);
}

uint32_t *
cas_actors_in_order(const struct casus_dossier *dossier)
{
    uint32_t n = casus_dossier_actor_count(dossier);
    struct identity *identities = cas_zalloc(n, sizeof *identities);
    uint32_t *order = cas_zalloc(n, sizeof *order);
    if (!identities || !order) {
        cas_free(identities);
        cas_free(order);
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++)
        identities[i] = (struct identity){casus_dossier_actor_at(dossier, i)->id, i};
    qsort(identities, n, sizeof *identities, by_id);
    for (uint32_t i = 0; i < n; i++)
        order[i] = identities[i].actor;
    cas_free(identities);
    return order;
}

/* --- names -------------------------------------------------------------------------------- */

struct name {
    const char *text;
    size_t key;            /* offset in `keys` */
    uint32_t actor, place; /* place: of the actor in the order of ids */
};

struct search {
    const struct casus_dossier *dossier;
    struct name *names;
    size_t count, room;
    struct cas_buffer keys; /* each name's key, forwards and from the end, with NULs */
    struct cas_duplicates *out;
    bool failed;
};

static void
add_reversed(struct cas_buffer *keys, size_t begin, size_t length)
{
    for (size_t i = length; i > 0 && !keys->failed; i--)
        cas_buffer_char(keys, keys->s[begin + i - 1]);
    cas_buffer_add(keys, "", 1);
}

static void
add_name(struct search *search, const char *text, uint32_t actor, uint32_t place)
{
    size_t begin = search->keys.n;
    cas_spelling_key(&search->keys, text, strlen(text));
    size_t length = search->keys.n - begin;
    cas_buffer_add(&search->keys, "", 1);
    add_reversed(&search->keys, begin, length);
    if (search->keys.failed ||
        !cas_grow(&search->names, &search->room, search->count + 1, sizeof *search->names))
        search->failed = true;
    else
        search->names[search->count++] = (struct name){text, begin, actor, place};
}

static void
add_names(struct search *search)
{
    uint32_t *order = cas_actors_in_order(search->dossier);
    search->failed |= !order;
    for (uint32_t i = 0; !search->failed && i < casus_dossier_actor_count(search->dossier); i++) {
        const struct casus_actor *actor = casus_dossier_actor_at(search->dossier, order[i]);
        add_name(search, actor->name, order[i], i);
        for (uint32_t k = 0; k < actor->alias_count && !search->failed; k++)
            add_name(search, actor->aliases[k].name, order[i], i);
    }
    cas_free(order);
}

/* --- comparing ---------------------------------------------------------------------------- */

/* `steps` bounds the walk: with many dated parents a level the ways up are without number. */
static bool
is_part_of(const struct casus_dossier *dossier, uint32_t part, uint32_t whole, unsigned *steps)
{
    const struct casus_actor *actor = casus_dossier_actor_at(dossier, part);
    for (uint32_t i = 0; i < actor->parent_count && *steps; i++) {
        uint32_t parent = actor->parents[i].actor;
        --*steps;
        if (parent == whole || is_part_of(dossier, parent, whole, steps))
            return true;
    }
    return false;
}

static bool
is_kin(const struct casus_dossier *dossier, uint32_t a, uint32_t b)
{
    unsigned up = MOST_STEPS, down = MOST_STEPS;
    return is_part_of(dossier, a, b, &up) || is_part_of(dossier, b, a, &down);
}

static void
compare(struct search *search, const struct name *a, const struct name *b)
{
    struct cas_likeness likeness;
    if (a->actor == b->actor || search->failed)
        return;
    if (a->place > b->place) {
        const struct name *c = a;
        a = b;
        b = c;
    }
    search->failed |=
        !cas_spelling_compare(a->text, strlen(a->text), b->text, strlen(b->text), &likeness);
    if (search->failed || likeness.score < likely || is_kin(search->dossier, a->actor, b->actor))
        return;
    struct cas_duplicates *out = search->out;
    if (cas_grow(&out->at, &out->room, out->count + 1, sizeof *out->at))
        out->at[out->count++] = (struct cas_duplicate){a->actor, b->actor,        a->text,
                                                       b->text,  likeness.reason, likeness.score};
    else
        search->failed = true;
}

static void
compare_all(struct search *search)
{
    for (size_t i = 0; i < search->count; i++) {
        for (size_t k = i + 1; k < search->count && !search->failed; k++)
            compare(search, &search->names[i], &search->names[k]);
    }
}

struct keyed {
    const char *key;
    const struct name *name;
};

static int
by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : x->name < y->name ? -1 : x->name > y->name;
}

/* A pass over the names in order of their keys, or of their keys from the end. */
static void
compare_neighbours(struct search *search, bool reversed)
{
    struct keyed *keyed = cas_zalloc(search->count, sizeof *keyed);
    search->failed |= !keyed;
    for (size_t i = 0; i < search->count && keyed; i++) {
        const char *key = search->keys.s + search->names[i].key;
        keyed[i] = (struct keyed){reversed ? key + strlen(key) + 1 : key, &search->names[i]};
    }
    if (keyed)
        qsort(keyed, search->count, sizeof *keyed, by_key);
    for (size_t i = 0; i < search->count && keyed; i++) {
        for (size_t k = i + 1; k < search->count && k <= i + NEIGHBOURS; k++)
            compare(search, keyed[i].name, keyed[k].name);
    }
    cas_free(keyed);
}

/* --- the result --------------------------------------------------------------------------- */

static const char *
id_of(const struct casus_dossier *dossier, uint32_t actor)
{
    return casus_dossier_actor_at(dossier, actor)->id;
}

/* The best of a pair first; then the texts, so that the choice hangs on no order of reading. */
static int
by_pair(const void *a, const void *b, void *dossier)
{
    const struct cas_duplicate *x = a, *y = b;
    int order = strcmp(id_of(dossier, x->a), id_of(dossier, y->a));
    if (!order)
        order = strcmp(id_of(dossier, x->b), id_of(dossier, y->b));
    if (!order)
        order = x->score < y->score ? 1 : x->score > y->score ? -1 : 0;
    if (!order)
        order = strcmp(x->a_name, y->a_name);
    return order ? order : strcmp(x->b_name, y->b_name);
}

static int
by_score(const void *a, const void *b, void *dossier)
{
    const struct cas_duplicate *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return by_pair(a, b, dossier);
}

static void
keep_best(struct cas_duplicates *out, const struct casus_dossier *dossier)
{
    size_t kept = 0;
    void *context = (void *)(uintptr_t)dossier;
    qsort_r(out->at, out->count, sizeof *out->at, by_pair, context);
    for (size_t i = 0; i < out->count; i++) {
        if (!kept || out->at[i].a != out->at[kept - 1].a || out->at[i].b != out->at[kept - 1].b)
            out->at[kept++] = out->at[i];
    }
    out->count = kept;
    qsort_r(out->at, out->count, sizeof *out->at, by_score, context);
}

/* --- judged no ---------------------------------------------------------------------------- */

/* A pair of actors, the lower number first, as the bytes of a key. */
struct pair {
    uint32_t actors[2];
};

static struct pair
pair_of(uint32_t a, uint32_t b)
{
    return a < b ? (struct pair){{a, b}} : (struct pair){{b, a}};
}

static bool
collect_apart(const struct casus_dossier *dossier, const struct cas_names *names,
              struct cas_intern *apart)
{
    for (size_t i = 0; i < names->row_count; i++) {
        const struct cas_name_row *row = &names->rows[i];
        if (row->judgement != CAS_NO)
            continue;
        struct pair pair = pair_of(casus_dossier_actor_find(dossier, row->alias),
                                   casus_dossier_actor_find(dossier, row->actor));
        if (pair.actors[1] != CASUS_NONE &&
            cas_intern_add(apart, (const char *)&pair, sizeof pair) == UINT32_MAX)
            return false;
    }
    return true;
}

static bool
drop_apart(struct cas_duplicates *out, const struct casus_dossier *dossier,
           const struct casus_registry *registry)
{
    struct cas_intern apart;
    size_t kept = 0;
    cas_intern_init(&apart);
    bool whole = collect_apart(dossier, cas_names_of(registry), &apart);
    for (size_t i = 0; i < out->count; i++) {
        struct pair pair = pair_of(out->at[i].a, out->at[i].b);
        if (cas_intern_find(&apart, (const char *)&pair, sizeof pair) == UINT32_MAX)
            out->at[kept++] = out->at[i];
    }
    out->count = kept;
    cas_intern_done(&apart);
    return whole;
}

enum casus_status
cas_duplicates_find(const struct casus_dossier *dossier, const struct casus_registry *registry,
                    struct cas_duplicates *out, struct casus_error *err)
{
    struct cas_duplicates found = {0};
    struct search search = {.dossier = dossier, .out = &found};
    cas_buffer_init(&search.keys);
    add_names(&search);
    if (!search.failed && search.count <= ALL_PAIRS) {
        compare_all(&search);
    } else if (!search.failed) {
        compare_neighbours(&search, false);
        compare_neighbours(&search, true);
    }
    cas_buffer_done(&search.keys);
    cas_free(search.names);
    if (!search.failed && registry)
        search.failed = !drop_apart(&found, dossier, registry);
    if (search.failed) {
        cas_free(found.at);
        return cas_fail_memory(err);
    }
    if (found.count)
        keep_best(&found, dossier);
    *out = found;
    return CASUS_OK;
}

void
cas_duplicates_done(struct cas_duplicates *duplicates)
{
    cas_free(duplicates->at);
}
