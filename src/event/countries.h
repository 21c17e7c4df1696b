/* Countries by the codes of three letters that CAMEO uses (ISO 3166 and a few of its own), and what
 * codes of actors that begin with one read as. The table is countries.def. */
#ifndef CAS_COUNTRIES_H
#define CAS_COUNTRIES_H

#include "base/text.h"

/* "Syria" of "SYR"; NULL where the table has none. */
const char *cas_country_name(struct cas_text code);
/* "Syria, military" of "SYRMIL", "military" of "MIL", "Syria" of "SYR"; absent where a part of the
 * code is not known, or without memory. */
struct cas_text cas_code_name(struct cas_text code, struct cas_arena *arena);

#endif
