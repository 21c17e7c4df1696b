/* The version, as the build was told it. */
#include <casus/report.h>

#include "config.h"

const char *
casus_version(void)
{
    return CASUS_VERSION;
}
