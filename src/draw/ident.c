/* Numbers for names. Invariant: an even number, 2k + 2, is the k-th name met; an odd one belongs to
 * a thing without a name. */
#include "draw/agraph.h"

#include <stdlib.h>

struct ident {
    struct cas_intern names;
    IDTYPE nameless;
};

static void *
ident_open(Agraph_t *graph, Agdisc_t *discipline)
{
    struct ident *ident = cas_zalloc(1, sizeof(*ident));
    if (!ident)
        abort();
    cas_intern_init(&ident->names);
    ident->nameless = 1;
    return ident;
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
    size_t n = strlen(name);
    uint32_t number =
        create ? cas_intern_add(&ident->names, name, n) : cas_intern_find(&ident->names, name, n);
    if (number == UINT32_MAX && create)
        abort(); /* no memory: the parent reads it as what it is */
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
    return (char *)ident->names.texts[id / 2 - 1];
}

static void
ident_close(void *state)
{
    struct ident *ident = state;
    cas_intern_done(&ident->names);
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
