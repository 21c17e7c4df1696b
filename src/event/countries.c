/* Codes of actors read as names. */
#include "event/countries.h"

#include <stdlib.h>

struct entry {
    char code[4];
    const char *name;
};

/* In the order of codes. */
static const struct entry countries[] = {
#define COUNTRY(code, name) {code, name},
#include "event/countries.def"
};

static const struct entry agents[] = {
#define AGENT(code, name) {code, name},
#include "event/countries.def"
};

static int
compare(const void *code, const void *entry)
{
    return memcmp(code, ((const struct entry *)entry)->code, 3);
}

#define FIND(code, table)                                                                          \
    bsearch(code, table, sizeof(table) / sizeof *(table), sizeof *(table), compare)

const char *
cas_country_name(struct cas_text code)
{
    const struct entry *found = code.n == 3 ? FIND(code.s, countries) : NULL;
    return found ? found->name : NULL;
}

/* The country and then each agent, or false. */
static bool
spell(struct cas_text code, struct cas_buffer *out)
{
    for (size_t i = 0; i < code.n; i += 3) {
        const struct entry *country = i == 0 ? FIND(code.s, countries) : NULL;
        const struct entry *part = country ? country : FIND(code.s + i, agents);
        if (!part)
            return false;
        if (i)
            cas_buffer_text(out, ", ");
        cas_buffer_text(out, part->name);
    }
    return !out->failed;
}

struct cas_text
cas_code_name(struct cas_text code, struct cas_arena *arena)
{
    struct cas_text name = {0};
    struct cas_buffer buffer;
    if (!code.n || code.n % 3)
        return name;
    cas_buffer_init(&buffer);
    if (spell(code, &buffer) && (name.s = cas_arena_text(arena, buffer.s, buffer.n)))
        name.n = buffer.n;
    cas_buffer_done(&buffer);
    return name;
}
