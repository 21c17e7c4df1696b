/* What the reader of a registry gives and a registry takes: rows with borrowed texts. */
#ifndef CAS_REGISTRY_ROW_H
#define CAS_REGISTRY_ROW_H

#include <casus/registry.h>

#include "base/text.h"

enum cas_judgement { CAS_YES, CAS_NO, CAS_UNSURE };
#define CAS_JUDGEMENTS                                                                             \
    {                                                                                              \
        "yes", "no", "unsure"                                                                      \
    }

/* Texts are absent where a cell is empty; all but `actor` may be. */
struct cas_registry_row {
    struct cas_text alias, actor, parent, side, source;
    struct casus_period period; /* undated: always */
    enum casus_kind kind;
    bool kind_given;
    enum cas_judgement judgement;
};

struct casus_registry {
    void *self;
    enum casus_status (*row)(struct casus_registry *, const struct cas_registry_row *,
                             struct casus_error *);
};

#endif
