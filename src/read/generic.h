/* Nobody's names: "Civilians", "Unknown", "Unidentified Armed Group". What bears such a name in two
 * countries is not one actor: it is one actor a country, marked generic. */
#ifndef CAS_READ_GENERIC_H
#define CAS_READ_GENERIC_H

#include "read/rows.h"

/* Whether a name is nobody's, with or without a country in parentheses behind. */
bool cas_is_generic(struct cas_text name);
/* "Civilians (Norland)": the name with its country behind, unless one stands there already or none
 * is known. */
struct cas_text cas_generic_id(struct cas_rows *rows, struct cas_text name,
                               struct cas_text country);

#endif
