/* Numbers and losses as a person reads them. */
#include "report/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* The locale's decimal mark, of one byte or several, becomes a point. */
static void
mend_point(char *text)
{
    size_t begin = strspn(text, "-0123456789");
    size_t mark = strcspn(text + begin, "0123456789");
    if (mark == 0)
        return;
    text[begin] = '.';
    memmove(text + begin + 1, text + begin + mark, strlen(text + begin + mark) + 1);
}

char *
cas_fixed_text(double value, unsigned decimals, char out[CAS_FIXED_SIZE])
{
    if (!isfinite(value))
        return strcpy(out, "–");
    if (fabs(value) >= 1e15)
        return cas_number_text(value, out);
    bool nothing = fabs(value) < 0.5 * pow(10, -(double)decimals); /* no "-0.000" */
    snprintf(out, CAS_FIXED_SIZE, "%.*f", decimals < 15 ? (int)decimals : 15,
             nothing ? 0.0 : value);
    mend_point(out);
    return out;
}

unsigned
cas_fixed_decimals(double largest, bool all_whole)
{
    if (all_whole)
        return 0;
    double digits = largest > 0 ? 2 - floor(log10(largest)) : 3;
    return digits < 3 ? 3 : digits > 9 ? 9 : (unsigned)digits;
}

static void
add_part(char out[CAS_FIGURE_SIZE], const char *before, int64_t people)
{
    size_t n = strlen(out);
    if (people < 0)
        snprintf(out + n, CAS_FIGURE_SIZE - n, "%s?", before);
    else
        snprintf(out + n, CAS_FIGURE_SIZE - n, "%s%" PRId64, before, people);
}

char *
cas_figure_text(const struct casus_figure *figure, char out[CAS_FIGURE_SIZE])
{
    int64_t low = figure->low, best = figure->best, high = figure->high;
    out[0] = '\0';
    if (!casus_figure_known(figure)) {
        strcpy(out, "–");
    } else if (low == high && (best < 0 || best == low)) {
        add_part(out, "", low);
    } else if (best < 0 && low < 0) {
        add_part(out, "≤", high);
    } else if (best < 0 && high < 0) {
        add_part(out, "≥", low);
    } else if (low < 0 && high < 0) {
        add_part(out, "", best);
    } else {
        add_part(out, "", low);
        if (best >= 0)
            add_part(out, "–", best);
        add_part(out, "–", high);
    }
    return out;
}

const char *
cas_plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}
