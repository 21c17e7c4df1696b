/* Actors of UCDP. */
#include "read/ucdp.h"

bool
cas_ucdp_is_government(struct cas_text name)
{
    static const char begin[] = "Government of ";
    return name.n > sizeof begin - 1 && memcmp(name.s, begin, sizeof begin - 1) == 0;
}

struct cas_text
cas_ucdp_number(struct cas_rows *rows, int column, struct cas_text text)
{
    char quoted[CAS_QUOTED];
    size_t digits = 0;
    while (digits < text.n && text.s[digits] >= '0' && text.s[digits] <= '9')
        digits++;
    if (text.n && digits == text.n && digits <= 9)
        return text;
    cas_record_problem(&rows->record, cas_rows_at(rows, column), CAS_MSG_TYPE,
                       "'%s': expected a number of UCDP's, found %s",
                       rows->format->columns[column].name,
                       text.s ? cas_quoted(text, quoted) : "nothing");
    return (struct cas_text){0};
}

struct cas_text
cas_ucdp_actor(struct cas_rows *rows, struct cas_text number, struct cas_text name, int otherwise)
{
    struct cas_rec_actor actor = {.id = cas_rows_id(rows, CAS_UCDP, number), .name = name};
    int kind = cas_ucdp_is_government(name) ? CASUS_KIND_STATE : otherwise;
    cas_check_name(&rows->record, actor.id);
    cas_check_name(&rows->record, name);
    if (!actor.id.s)
        return actor.id;
    actor.kind_given = kind >= 0;
    actor.kind = kind >= 0 ? (enum casus_kind)kind : CASUS_KIND_OTHER;
    cas_rows_actor(rows, &actor);
    return actor.id;
}
