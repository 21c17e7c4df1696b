/* Days and degrees, eight bytes at a time. */
#include "read/span.h"

/* --- days ------------------------------------------------------------------------------------- */

static bool
is_of_calendar(unsigned year, unsigned month, unsigned day)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!year || month - 1 > 11 || !day)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= 28 || day <= lengths[month - 1] + (unsigned)(leap && month == 2);
}

/* Nothing, or a blank and then digits, colons and points. */
static bool
is_time(struct cas_span rest)
{
    static const char midnight[] = " 00:00:00.000";
    if (rest.n == sizeof midnight - 1 && memcmp(rest.s, midnight, sizeof midnight - 1) == 0)
        return true;
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.s[i];
        if (i ? (c < '0' || c > ':') && c != '.' : c != ' ')
            return false;
    }
    return true;
}

static unsigned
byte_of(uint64_t word, int i)
{
    return (unsigned)(word >> 8 * i) & 0xFF;
}

/* Of digits as words: YYYYMM, their two lowest bytes YY. */
static bool
take_day(uint64_t years_months, unsigned tens, unsigned ones, struct casus_date *out)
{
    if (!cas_word_of_digits(years_months) || tens > 9 || ones > 9)
        return false;
    unsigned year = byte_of(years_months, 0) * 1000 + byte_of(years_months, 1) * 100 +
                    byte_of(years_months, 2) * 10 + byte_of(years_months, 3);
    unsigned month = byte_of(years_months, 4) * 10 + byte_of(years_months, 5);
    unsigned day = tens * 10 + ones;
    if (!is_of_calendar(year, month, day))
        return false;
    *out = (struct casus_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool
cas_span_day(struct cas_span cell, struct casus_date *out)
{
    const uint64_t years = UINT64_C(0xFFFFFFFF), months = UINT64_C(0xFFFF) << 32;
    if (cell.n < 8)
        return false;
    uint64_t word = cas_load_word(cell.s), digits = word ^ CAS_EACH_BYTE('0');
    if (cell.n == 8)
        return take_day(digits & (years | months), byte_of(digits, 6), byte_of(digits, 7), out);
    if (cell.n < 10 || byte_of(word, 4) != '-' || byte_of(word, 7) != '-' ||
        !is_time((struct cas_span){cell.s + 10, cell.n - 10}))
        return false;
    return take_day((digits & years) | (digits >> 8 & months), (unsigned char)cell.s[8] ^ '0',
                    (unsigned char)cell.s[9] ^ '0', out);
}

/* --- degrees ---------------------------------------------------------------------------------- */

/* Of n bytes. */
static bool
are_digits(const char *s, size_t n)
{
    for (; n > 8; s += 8, n -= 8)
        if (!cas_word_of_digits(cas_load_word(s) ^ CAS_EACH_BYTE('0')))
            return false;
    return !n || cas_word_of_digits((cas_load_word(s) ^ CAS_EACH_BYTE('0')) << (64 - 8 * n));
}

/* How many digits stand at s, of at most n; 8 stands for 8 or more. */
static size_t
count_digits(const char *s, size_t n)
{
    uint64_t values = cas_load_word(s) ^ CAS_EACH_BYTE('0');
    uint64_t others = ((values + CAS_EACH_BYTE(0x76)) | values) & CAS_EACH_BYTE(0x80);
    size_t count = others ? (size_t)__builtin_ctzll(others) / 8 : 8;
    return count < n ? count : n;
}

bool
cas_span_degrees(struct cas_span cell, unsigned most)
{
    uint64_t whole;
    size_t sign = cell.n && cell.s[0] == '-';
    if (!cell.n)
        return true;
    struct cas_span digits = {cell.s + sign, count_digits(cell.s + sign, cell.n - sign)};
    if (digits.n > 3 || !cas_span_small(digits, &whole) || whole >= most)
        return false;
    size_t at = sign + digits.n;
    if (at < cell.n && (cell.s[at++] != '.' || at == cell.n))
        return false;
    return are_digits(cell.s + at, cell.n - at);
}
