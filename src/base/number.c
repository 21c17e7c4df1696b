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

/* --- text that reads back ------------------------------------------------------------------ */

static char *
put_digits(char *at, uint64_t value, unsigned digits)
{
    for (unsigned i = digits; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

static unsigned
count_digits(uint64_t value)
{
    unsigned digits = 1;
    for (; value >= 10; value /= 10)
        digits++;
    return digits;
}

static char *
put_whole(double value, char *out)
{
    char *at = out;
    if (value < 0)
        *at++ = '-';
    uint64_t whole = (uint64_t)fabs(value);
    at = put_digits(at, whole, count_digits(whole));
    *at = '\0';
    return out;
}

/* digits / 10^behind, without the zeros at its end. */
static void
put_decimal(uint64_t digits, unsigned behind, char *out)
{
    for (; behind && digits % 10 == 0; behind--)
        digits /= 10;
    unsigned count = count_digits(digits);
    char all[40] = "";
    count = count > behind ? count : behind + 1;
    put_digits(all, digits, count);
    memcpy(out, all, count - behind);
    out += count - behind;
    if (behind)
        *out++ = '.';
    memcpy(out, all + count - behind, behind);
    out[behind] = '\0';
}

/* A double as what it is: whole / 2^shift. */
struct binary {
    uint64_t whole;
    int shift;
};

static unsigned __int128
power_of_ten(unsigned exponent)
{
    unsigned __int128 power = 1;
    for (; exponent; exponent--)
        power *= 10;
    return power;
}

/* Whether strtod() would give the double again for digits / 10^behind: the two differ by less than
 * half of the step to the next double, or by just that and the double is the even one. `scaled` is
 * the double times 2^shift times `power`, which is 10^behind. */
static bool
reads_back(const struct binary *binary, uint64_t digits, unsigned __int128 scaled,
           unsigned __int128 power)
{
    unsigned __int128 decimal = (unsigned __int128)digits << binary->shift;
    bool below = decimal < scaled;
    unsigned __int128 apart = below ? scaled - decimal : decimal - scaled;
    bool narrow = below && binary->whole == UINT64_C(1) << 52; /* the step down is a half one */
    apart *= narrow ? 4 : 2;
    return apart < power || (apart == power && binary->whole % 2 == 0);
}

/* The text with `count` digits that count, rounded as printf() does: to even where in the middle.
 * All of it is exact in 128 bits for the values that put_exact() lets pass. False where it does
 * not read back; 17 digits always do. */
static bool
try_digits(const struct binary *binary, int exponent, int count, char *out)
{
    unsigned behind = (unsigned)(count - 1 - exponent);
    unsigned __int128 power = power_of_ten(behind), scaled = power * binary->whole;
    uint64_t digits = (uint64_t)(scaled >> binary->shift);
    unsigned __int128 unit = (unsigned __int128)1 << binary->shift, rest = scaled & (unit - 1);
    digits += rest > unit / 2 || (rest == unit / 2 && digits % 2);
    if (count < 17 && !reads_back(binary, digits, scaled, power))
        return false;
    put_decimal(digits, behind, out);
    return true;
}

enum { LEAST = -4, MOST = 15 }; /* powers of ten between which "%g" writes no exponent */

/* The largest power of ten that is not above the value, which lies between LEAST and MOST. */
static int
exponent_of(double value)
{
    static const double powers[] = {1e-3, 1e-2, 1e-1, 1,   1e1,  1e2,  1e3,  1e4,  1e5,
                                    1e6,  1e7,  1e8,  1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    int exponent = LEAST;
    while (exponent < MOST - 1 && value >= powers[exponent - LEAST])
        exponent++;
    return exponent;
}

/* What the loop in cas_number_text() finds, without printf() and strtod(). False where the value
 * is too large or too small for it. */
static bool
put_exact(double value, char *out)
{
    int two;
    double size = fabs(value);
    if (!(size >= 1e-4 && size < 1e15))
        return false;
    struct binary binary = {(uint64_t)ldexp(frexp(size, &two), 53), 53 - two};
    if (value < 0)
        *out++ = '-';
    int exponent = exponent_of(size);
    return try_digits(&binary, exponent, 15, out) || try_digits(&binary, exponent, 16, out) ||
           try_digits(&binary, exponent, 17, out);
}

char *
cas_number_text(double value, char out[32])
{
    if (!isfinite(value))
        return strcpy(out, "null");
    if (fabs(value) < 1e15 && value == trunc(value))
        return put_whole(value, out);
    if (put_exact(value, out))
        return out;
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
