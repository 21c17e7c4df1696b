/* Numbers for names. Invariant: an even number, 2k + 2, is the k-th name met; an odd one belongs to
 * a thing without a name. What ident_print() returns is a string of cgraph's own (agstrdup()), as
 * it looks at what stands in memory before it. */
#include "draw/agraph.h"

#include <stdlib.h>

struct ident {
    Agraph_t *graph;
    struct cas_intern names;
    char **kept; /* the names again, as cgraph wants them */
    size_t room;
    IDTYPE nameless;
};

static void *
ident_open(Agraph_t *graph, Agdisc_t *discipline)
{
    struct ident *ident = cas_zalloc(1, sizeof(*ident));
    if (!ident)
        abort();
    cas_intern_init(&ident->names);
    ident->graph = graph;
    ident->nameless = 1;
    return ident;
}

/* Out of memory there is no way to say so; the parent reads the end as what it is. */
static uint32_t
add_name(struct ident *ident, char *name)
{
    uint32_t count = ident->names.count;
    uint32_t number = cas_intern_add(&ident->names, name, strlen(name));
    if (number == UINT32_MAX ||
        !cas_grow(&ident->kept, &ident->room, (size_t)number + 1, sizeof(*ident->kept)))
        abort();
    if (number == count)
        ident->kept[number] = agstrdup(ident->graph, name);
    return number;
}

static long
ident_map(void *state, int kind, char *name, IDTYPE *out, int create)
{
    struct ident *ident = state;
    if (!name) {
        *out = ident->nameless;
        ident->nameless += create ? 2 : 0;
        return create;
    }
    uint32_t number =
        create ? add_name(ident, name) : cas_intern_find(&ident->names, name, strlen(name));
    *out = (IDTYPE)number * 2 + 2;
    return number != UINT32_MAX;
}

/* Whoever asks for a number of its own choice gets none. */
static long
ident_alloc(void *state, int kind, IDTYPE id)
{
    return 0;
}

static void
ident_free(void *state, int kind, IDTYPE id)
{
}

static char *
ident_print(void *state, int kind, IDTYPE id)
{
    struct ident *ident = state;
    if (id % 2 == 1 || id == 0 || id / 2 > ident->names.count)
        return NULL;
    return ident->kept[id / 2 - 1];
}

static void
ident_close(void *state)
{
    struct ident *ident = state;
    cas_intern_done(&ident->names);
    cas_free(ident->kept);
    cas_free(ident);
}

static void
ident_register(void *state, int kind, void *object)
{
}

Agdisc_t *
cas_agraph_discipline(void)
{
    static Agiddisc_t idents = {ident_open,  ident_map,   ident_alloc,   ident_free,
                                ident_print, ident_close, ident_register};
    static Agdisc_t discipline = {&AgMemDisc, &idents, &AgIoDisc};
    return &discipline;
}
