/* What a file is whose bytes are no text: named, so that its owner knows what to do. */
#ifndef CAS_READ_FOREIGN_H
#define CAS_READ_FOREIGN_H

#include "base/fault.h"

/* Of a file that begins so. @return CASUS_OK where it may be a text; CASUS_EINPUT (CAS-200: another
 * kind of file, CAS-201: UTF-16 or UTF-32) */
enum casus_status cas_foreign_refuse(const char *name, const char *head, size_t n,
                                     struct casus_error *err);

#endif
