/* Names as ACLED writes them: blanks of many kinds, and the years of a government behind.
 *
 *   Military Forces of Sudan (2019-)               Military Forces of Sudan, 2019 -
 *   Police Forces of X (2011-2019) Prison Guards   Police Forces of X Prison Guards, 2011 - 2019
 *   Unidentified Armed Group (Y)                   stays: no years
 *
 * What is left is one name for all years; the name with its years is an alias that says when.
 */
#ifndef CAS_READ_PEEL_H
#define CAS_READ_PEEL_H

#include <casus/date.h>

#include "base/text.h"

struct cas_peeled {
    struct cas_text whole;      /* each run of blanks one space, none at the ends */
    struct cas_text name;       /* the same without the years */
    struct casus_period period; /* undated where there are none */
};

/* Texts are borrowed from `raw`, or from `arena` where something had to be changed; `at` is raw's.
 * False without memory. */
bool cas_peel(struct cas_text raw, struct cas_arena *arena, struct cas_peeled *out);
/* The first of the two alone: blanks (U+00A0 and U+202F and their like among them) made plain. */
bool cas_plain_blanks(struct cas_text raw, struct cas_arena *arena, struct cas_text *out);

#endif
