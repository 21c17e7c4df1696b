/* The ledger of claims: one file a family of layouts, and the words that they share. */
#ifndef CAS_CLAIMS_H
#define CAS_CLAIMS_H

#include <casus/report.h>

#include "base/text.h"

enum casus_status cas_claims_page(const struct casus_claims *claims, enum casus_layout layout,
                                  struct casus_output *output, struct casus_error *err);
enum casus_status cas_claims_json(const struct casus_claims *claims, struct casus_output *output,
                                  struct casus_error *err);
enum casus_status cas_claims_csv(const struct casus_claims *claims, struct casus_output *output,
                                 struct casus_error *err);

/* "Islamic State", "the source Gazette", "the data set" */
void cas_claims_voice(struct cas_buffer *out, const struct casus_claims *claims,
                      struct casus_voice voice);
/* An id of its kind; NULL for the data set and a source without a name. */
const char *cas_claims_voice_id(const struct casus_claims *claims, struct casus_voice voice);
/* The name of an actor; "people of nobody known". */
const char *cas_claims_loser(const struct casus_claims *claims, uint32_t actor);
/* "killed", "killed or missing" */
void cas_claims_kinds(struct cas_buffer *out, uint8_t what, const char *between);
/* "15 killed of Pro-government forces" for each of a claim's losses, with commas. */
void cas_claims_losses(struct cas_buffer *out, const struct casus_claims *claims,
                       const struct casus_claim *claim);
/* One sentence, with a full stop, that can be quoted: what, whom, when, where; who says so, via
 * whom, with which figures. Long lists are cut and say so. */
void cas_claims_sentence(struct cas_buffer *out, const struct casus_claims *claims, uint32_t index);
/* The probability of a claim by its grade, or NaN. */
double cas_claims_probability(const struct casus_claims *claims, const struct casus_claim *claim);

#endif
