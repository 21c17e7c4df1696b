/* Nobody's names. */
#include "read/generic.h"

#include <strings.h>

/* Words that such a name begins with. */
static const char *const words[] = {"civilians",    "protesters", "rioters",
                                    "unidentified", "unknown",    "unspecified"};

bool
cas_is_generic(struct cas_text name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (name.n >= n && strncasecmp(name.s, words[i], n) == 0 &&
            (name.n == n || name.s[n] == ' '))
            return true;
    }
    return false;
}

struct cas_text
cas_generic_id(struct cas_rows *rows, struct cas_text name, struct cas_text country)
{
    bool named = name.n && name.s[name.n - 1] == ')';
    if (!country.n || named)
        return name;
    char *id = cas_record_alloc(&rows->record, name.n + country.n + 3, 1);
    if (!id)
        return (struct cas_text){0};
    memcpy(id, name.s, name.n);
    memcpy(id + name.n, " (", 2);
    memcpy(id + name.n + 2, country.s, country.n);
    id[name.n + 2 + country.n] = ')';
    return (struct cas_text){id, name.n + country.n + 3, name.at};
}
