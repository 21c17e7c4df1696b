/* Numbers and losses as a person reads them. */
#ifndef CAS_FORMAT_H
#define CAS_FORMAT_H

#include <casus/model.h>

enum { CAS_FIXED_SIZE = 48, CAS_FIGURE_SIZE = 72 };

/* With that many decimals (at most 15) and '.' in every locale; "–" where not finite. */
char *cas_fixed_text(double value, unsigned decimals, char out[CAS_FIXED_SIZE]);
/* Decimals that show three digits of the largest value: none where all are whole, else 3 to 9. */
unsigned cas_fixed_decimals(double largest, bool all_whole);
/* "–", "15", "≥12", "≤20", "12–20", low–best–high as "12–15–20" with ? where one is not given. */
char *cas_figure_text(const struct casus_figure *figure, char out[CAS_FIGURE_SIZE]);
/* "" for 1, else "s". */
const char *cas_plural(uint64_t count);

#endif
