/* XML as a stream: the one place of libxml2's writer.
 *
 * What XML 1.0 cannot hold (control characters, U+FFFE, U+FFFF, bytes that are no UTF-8) becomes
 * U+FFFD. Line breaks and tabs stay what they are, in attributes too. Failure sticks and shows at
 * cas_xml_free().
 */
#ifndef CAS_EXPORT_XML_H
#define CAS_EXPORT_XML_H

#include <casus/output.h>

#include "export/job.h"

struct cas_xml;

/* Begins the document. @return owned, or NULL without memory */
struct cas_xml *cas_xml_new(struct casus_output *output);
/* Closes what is open and ends the document. NULL is without memory. @return CASUS_OK, CASUS_ENOMEM */
enum casus_status cas_xml_free(struct cas_xml *xml, struct casus_error *err);

void cas_xml_open(struct cas_xml *xml, const char *name);
void cas_xml_close(struct cas_xml *xml);
void cas_xml_attribute(struct cas_xml *xml, const char *name, const char *text);
void cas_xml_text(struct cas_xml *xml, const char *text);
/* <name>text</name> */
void cas_xml_element(struct cas_xml *xml, const char *name, const char *text);

/* Ids of actors, made fit for XML and still apart from each other: one that XML cannot hold gets
 * its number behind it. */
void cas_xml_actor_id(struct cas_xml *xml, const char *name, const struct cas_job *job,
                      uint32_t actor);
/* cas_column_text() with a buffer of the document's own. */
const char *cas_xml_value(struct cas_xml *xml, const struct cas_column *column,
                          const struct cas_job *job, uint32_t record);
const char *cas_xml_tie_id(struct cas_xml *xml, const struct cas_job *job, uint32_t tie);

#endif
