/* Dossiers written inside a test: a text becomes a file, is read and finished. */
#ifndef TEST_INLINE_H
#define TEST_INLINE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <casus/casus.h>

/* The name of a new file that holds `text`; to be unlinked and freed. */
static inline char *
inline_file(const char *text)
{
    char *path = strdup("/tmp/casus-inline-XXXXXX");
    assert_non_null(path);
    int file = mkstemp(path);
    assert_true(file >= 0);
    size_t n = strlen(text);
    assert_true(write(file, text, n) == (ssize_t)n);
    close(file);
    return path;
}

static inline enum casus_status
inline_read(const char *text, struct casus_sink *sink, struct casus_problems *problems,
            struct casus_error *err)
{
    char *path = inline_file(text);
    enum casus_status status = casus_read(path, NULL, sink, problems, err);
    unlink(path);
    free(path);
    return status;
}

/* A finished dossier of a text that is known to be good. */
static inline struct casus_dossier *
inline_dossier(const char *text)
{
    struct casus_error err = {0};
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_dossier *dossier = casus_dossier_new();
    assert_non_null(problems);
    assert_non_null(dossier);
    enum casus_status status = inline_read(text, casus_dossier_sink(dossier), problems, &err);
    if (status == CASUS_OK)
        status = casus_dossier_finish(dossier, problems, &err);
    if (status != CASUS_OK)
        fail_msg("line %u: CAS-%u %s", err.where.line, err.code, err.text);
    casus_problems_free(problems);
    return dossier;
}

/* The number of an event by its id. */
static inline uint32_t
inline_event(const struct casus_dossier *dossier, const char *id)
{
    for (uint32_t i = 0; i < casus_dossier_event_count(dossier); i++)
        if (strcmp(casus_dossier_event_at(dossier, i)->id, id) == 0)
            return i;
    fail_msg("no event %s", id);
    return CASUS_NONE;
}

#endif
