/* Numbers as text, with '.' whatever the locale: the C library's own follow LC_NUMERIC. */
#include "base/text.h"

#include <casus/output.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char
point(void)
{
    const char *mark = localeconv()->decimal_point;
    return mark[0] && !mark[1] ? mark[0] : '.';
}

char *
cas_number_text(double value, char out[32])
{
    if (!isfinite(value))
        return strcpy(out, "null");
    if (fabs(value) < 1e15 && value == trunc(value)) {
        snprintf(out, 32, "%.0f", value == 0 ? 0.0 : value);
        return out;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, value);
        if (digits == 17 || strtod(out, NULL) == value)
            break;
    }
    char mark = point();
    char *at = mark == '.' ? NULL : strchr(out, mark);
    if (at)
        *at = '.';
    return out;
}

bool
cas_number_read(const char *s, size_t n, double *out)
{
    char copy[64];
    if (n == 0 || n >= sizeof copy)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool known = (s[i] >= '0' && s[i] <= '9') || strchr("+-.eE", s[i]);
        if (!known || s[i] == '\0')
            return false;
        copy[i] = s[i] == '.' ? point() : s[i];
    }
    copy[n] = '\0';
    char *end;
    double value = strtod(copy, &end);
    if (end != copy + n || !isfinite(value))
        return false;
    *out = value;
    return true;
}

bool
casus_number_parse(const char *text, double *out)
{
    return cas_number_read(text, strlen(text), out);
}
