/* What every answer says of itself: the version, the command, the inputs, the selection. */
#ifndef CAS_ENVELOPE_H
#define CAS_ENVELOPE_H

#include <casus/report.h>

#include "base/text.h"
#include "report/json.h"

/* Where the inputs are read from; one of the two is NULL. */
struct cas_inputs {
    const struct casus_graph *graph;
    const struct casus_dossier *dossier;
};
uint32_t cas_inputs_count(const struct cas_inputs *inputs);
const struct casus_input *cas_inputs_at(const struct cas_inputs *inputs, uint32_t index);

/* Open the answer's object: "casus", "command", "input" (if `inputs` is not NULL), "selection",
 * "graph" (if there is one). The caller adds its own keys and closes the object. */
void cas_envelope_open(struct cas_json *json, const struct casus_heading *heading,
                       const struct cas_inputs *inputs);

/* A caveat into the open array: what a cas_…_caveats_each() takes, with the answer as its context. */
void cas_json_caveat(void *json, const char *name, const char *text);

/* The selection in words ("since 2019-04-01; relation attack"), nothing added for none. */
void cas_selection_words(struct cas_buffer *out, const struct casus_selection *selection);
/* What was passed over while reading, by message. */
void cas_problems_words(struct cas_buffer *out, const struct casus_problems *problems);
/* One input in words: its name, format and counts of records; what is no event, and why. */
void cas_input_counts(struct cas_buffer *out, const struct casus_input *input);
/* The same, and how to cite it. */
void cas_input_words(struct cas_buffer *out, const struct casus_input *input);

#endif
