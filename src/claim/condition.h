/* One comparison of --where: a field, an operator, values; made ready once, asked of each event. */
#ifndef CAS_CONDITION_H
#define CAS_CONDITION_H

#include <casus/evidence.h>

#include "base/fault.h"
#include "base/text.h"

/* != and "in" are made of CAS_EQUAL by the parser. */
enum cas_operator {
    CAS_EQUAL,
    CAS_BELOW,
    CAS_AT_MOST,
    CAS_ABOVE,
    CAS_AT_LEAST,
    CAS_HOLDS, /* ~ */
    CAS_OPERATOR_COUNT
};

struct cas_field;
/* @return the field of that name, or NULL */
const struct cas_field *cas_field_find(const char *name, size_t n);
const char *cas_field_name(const struct cas_field *field);
bool cas_field_takes(const struct cas_field *field, enum cas_operator op);
/* True where it asks for verdicts. */
bool cas_field_judges(const struct cas_field *field);
/* The nearest name of a field, or NULL. */
const char *cas_field_nearest(const char *name, size_t n);
/* "date, relation, ... or id" */
void cas_field_list(struct cas_buffer *out);

/* What comparisons are made from and asked with. */
struct cas_asking {
    const struct casus_dossier *dossier;
    const struct casus_verdicts *verdicts; /* NULL while none is asked for */
    struct cas_arena *arena;               /* of what comparisons keep */
    struct cas_buffer scratch;             /* `failed` sticks: without memory */
    struct cas_told *told;                 /* the losses of the event at hand, */
    struct cas_lost *lost;                 /* and room to reconcile them */
    size_t told_room, lost_room;
};
void cas_asking_done(struct cas_asking *asking);

struct cas_value {
    struct cas_text text; /* folded where it is compared folded */
    int32_t first, last;  /* of a date: days */
    double count;         /* of losses */
};

struct cas_comparison {
    const struct cas_field *field;
    enum cas_operator op;
    struct cas_value *values;
    size_t count;
    unsigned mask; /* of words: the values that are asked for */
    uint8_t *set;  /* by actor or by source: 1 where it is asked for */
};

/* Make a comparison ready to take `count` values. False without memory. */
bool cas_comparison_init(struct cas_asking *asking, const struct cas_field *field,
                         enum cas_operator op, size_t count, struct cas_comparison *out);
/* Add a value. Text without memory: CASUS_ENOMEM. A value that the field does not know:
 * CASUS_EINVAL and the text of `fault`. */
enum casus_status cas_comparison_add(struct cas_asking *asking, struct cas_comparison *comparison,
                                     struct cas_text value, struct casus_error *fault);
bool cas_comparison_holds(struct cas_asking *asking, const struct cas_comparison *comparison,
                          uint32_t event);

#endif
