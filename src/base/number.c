/* Numbers as text, with '.' whatever the locale: the C library's own follow LC_NUMERIC. */
#include "base/text.h"

#include <casus/output.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The locale's decimal mark: one byte in most, two in some (fa_IR). */
static const char *
mark(void)
{
    const char *text = localeconv()->decimal_point;
    return *text && strlen(text) <= 4 ? text : ".";
}

static void
put_point(char *text)
{
    const char *from = mark();
    char *at = strcmp(from, ".") ? strstr(text, from) : NULL;
    if (!at)
        return;
    *at = '.';
    memmove(at + 1, at + strlen(from), strlen(at + strlen(from)) + 1);
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
    put_point(out);
    return out;
}

bool
cas_number_read(const char *s, size_t n, double *out)
{
    char copy[80];
    size_t length = 0;
    if (n == 0 || n >= 64)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.' && memchr(s, '.', n) == s + i)
            length += (size_t)snprintf(copy + length, sizeof copy - length, "%s", mark());
        else if ((s[i] >= '0' && s[i] <= '9') || (s[i] && strchr("+-eE", s[i])))
            copy[length++] = s[i];
        else
            return false;
    }
    copy[length] = '\0';
    char *end;
    double value = strtod(copy, &end);
    if (end != copy + length || !isfinite(value))
        return false;
    *out = value;
    return true;
}

bool
casus_number_parse(const char *text, double *out)
{
    return cas_number_read(text, strlen(text), out);
}
