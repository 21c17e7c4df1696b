/* The CSV set. */
#include "read/record.h"

#include <stdio.h>
#include <unistd.h>

bool
cas_csv_set_is(const char *folder)
{
    (void)folder;
    return false;
}

static enum casus_status
read_csv_set(struct cas_input *input, struct casus_error *err)
{
    return cas_fail(err, CASUS_EINPUT, CAS_MSG_FOLDER, "%s: expected a folder", input->path);
}

const struct cas_reader cas_reader_csv_set = {
    .format = {"csv-set", "casus dossier: a folder of CSV files", NULL, NULL},
    .sniff = NULL,
    .read = read_csv_set,
};
