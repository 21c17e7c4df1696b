/* What an answer is about: the facts at the head of a page. */
#ifndef CAS_SUMMARY_H
#define CAS_SUMMARY_H

#include "report/envelope.h"
#include "report/page.h"

enum { CAS_SUMMARY_WIDTH = 9 }; /* of the names of its facts */

/* The selection, what it left out, the period, the inputs, events and graph: facts, to be written
 * between cas_page_open_facts() and cas_page_close_facts(). */
void cas_summary_write(struct cas_page *page, const struct casus_heading *heading,
                       const struct casus_graph *graph);

/* The inputs, each with its citation and licence, and what was passed over in them: facts. */
void cas_summary_inputs(struct cas_page *page, const struct casus_heading *heading,
                        const struct cas_inputs *inputs);

/* What a selection left out, by reason: "2 of other dates, 1 by the condition". */
void cas_removed_words(struct cas_buffer *out, const struct casus_removed *removed);
/* Rows of a table. */
uint32_t cas_summary_top(const struct casus_heading *heading);
/* Say how many rows of how many were shown, where it was not all. */
void cas_summary_shown(struct cas_page *page, size_t shown, size_t all);

#endif
