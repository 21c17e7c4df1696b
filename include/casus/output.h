/** Where answers go: a file that appears whole or not at all, standard output, or memory. */
#ifndef CASUS_OUTPUT_H
#define CASUS_OUTPUT_H

#include <stdarg.h>

#include <casus/error.h>

/** Buffered; the first failure sticks and shows at casus_output_close(). */
struct casus_output;

/** A file under a temporary name beside `path`, renamed on close. "-" is standard output. */
CASUS_API enum casus_status casus_output_open(const char *path, struct casus_output **out,
                                              struct casus_error *err);
/** Memory; read it with casus_output_bytes() before closing. */
CASUS_API enum casus_status casus_output_memory(struct casus_output **out, struct casus_error *err);
CASUS_API void casus_output_write(struct casus_output *output, const void *bytes, size_t length);
CASUS_API void casus_output_text(struct casus_output *output, const char *text);
CASUS_API void casus_output_printf(struct casus_output *output, const char *format, ...)
    CASUS_PRINTF(2, 3);
/** What memory holds so far; borrowed until the next write. */
CASUS_API const char *casus_output_bytes(const struct casus_output *output, size_t *out_length);
/** Flush, rename, free. @return CASUS_OK, CASUS_EIO (CAS-182), CASUS_ENOMEM */
CASUS_API enum casus_status casus_output_close(struct casus_output *output,
                                               struct casus_error *err);
/** Drop what was written and free; nothing is left on disk. */
CASUS_API void casus_output_discard(struct casus_output *output);
/** Remove temporary files of all open outputs: the one call that a signal handler may make. */
CASUS_API void casus_output_abandon_all(void);

/** Read a whole text as a number, '.' for the point in every locale; false where it is none. */
CASUS_API bool casus_number_parse(const char *text, double *out);

#endif
