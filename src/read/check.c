/* The checks that every dossier makes of a record, whatever it is written in. */
#include "read/record.h"

#include <math.h>
#include <stdio.h>

enum { LONGEST_NAME = 10000 };

/* Room for a list of words; more are not shown. */
enum { LISTED = 200 };

void
cas_check_name(struct cas_record *record, struct cas_text text)
{
    if (!text.s)
        return;
    if (text.n == 0)
        cas_record_problem(record, text.at, CAS_MSG_EMPTY,
                           "expected at least one character, found none");
    else if (text.n > LONGEST_NAME && cas_utf8_count(text.s, text.n) > LONGEST_NAME)
        cas_record_problem(record, text.at, CAS_MSG_EMPTY,
                           "expected at most 10,000 characters, found %zu",
                           cas_utf8_count(text.s, text.n));
}

struct casus_date
cas_check_date(struct cas_record *record, struct cas_text text)
{
    char quoted[CAS_QUOTED];
    struct casus_date date = {0};
    switch (casus_date_parse(text.s, text.n, &date)) {
    case CASUS_DATE_OK: break;
    case CASUS_DATE_MALFORMED:
        cas_record_problem(record, text.at, CAS_MSG_DATE,
                           "expected a date such as 2020-05-02, 2020-05 or 2020, found %s",
                           cas_quoted(text, quoted));
        break;
    case CASUS_DATE_NONE_SUCH:
        cas_record_problem(record, text.at, CAS_MSG_NO_SUCH_DATE,
                           "expected a day of the calendar, found %s", cas_quoted(text, quoted));
        break;
    }
    return date;
}

void
cas_check_period(struct cas_record *record, const char *at, const struct casus_period *period)
{
    char from[12], until[12];
    if (period->from_bound != CASUS_BOUND_DATE || period->until_bound != CASUS_BOUND_DATE ||
        !casus_date_known(period->from) || !casus_date_known(period->until))
        return;
    if (casus_date_last_day(period->until) < casus_date_first_day(period->from))
        cas_record_problem(
            record, at, CAS_MSG_INTERVAL, "expected an end not before the begin %s, found %s",
            casus_date_format(period->from, from), casus_date_format(period->until, until));
}

void
cas_check_figure(struct cas_record *record, const char *at, const struct casus_figure *figure)
{
    static const char *const names[] = {"low", "best", "high"};
    const int64_t values[] = {figure->low, figure->best, figure->high};
    for (int i = 0; i < 3; i++) {
        for (int j = i + 1; j < 3; j++) {
            if (values[i] < 0 || values[j] < 0 || values[i] <= values[j])
                continue;
            cas_record_problem(record, at, CAS_MSG_LOW_HIGH,
                               "expected low <= best <= high, found %s %lld above %s %lld",
                               names[i], (long long)values[i], names[j], (long long)values[j]);
            return;
        }
    }
}

/* --- words ------------------------------------------------------------------------------------ */

struct words {
    const char *noun;
    int count;
    const char *(*name)(int index);
};

static const char *
kind_name(int index)
{
    return casus_kind_name((enum casus_kind)index);
}

static const char *
stance_name(int index)
{
    return casus_stance_name((enum casus_stance)index);
}

static const char *
relation_name(int index)
{
    return casus_relation_name((enum casus_relation)index);
}

static const char *
loss_name(int index)
{
    return casus_loss_name((enum casus_loss_kind)index);
}

static const char *
type_name(int index)
{
    return casus_type_at((size_t)index)->name;
}

static const struct words kinds = {"a kind", CASUS_KIND_COUNT, kind_name};
static const struct words stances = {"a stance", CASUS_STANCE_COUNT, stance_name};
static const struct words relations = {"a relation", CASUS_RELATION_COUNT, relation_name};
static const struct words losses = {"a kind of loss", CASUS_LOSS_COUNT, loss_name};

enum { MOST_WORDS = 64 };

static const char *
nearest_word(const struct words *words, struct cas_text text)
{
    const char *names[MOST_WORDS];
    size_t count = 0;
    for (int i = 0; i < words->count && count < MOST_WORDS; i++)
        names[count++] = words->name(i);
    return cas_text_nearest(text.s, text.n, names, count);
}

static const char *
list_words(const struct words *words, char out[LISTED])
{
    size_t n = 0;
    out[0] = '\0';
    for (int i = 0; i < words->count && n < LISTED; i++)
        n += (size_t)snprintf(out + n, LISTED - n, "%s%s", i ? ", " : "", words->name(i));
    return out;
}

static void
report_word(struct cas_record *record, struct cas_text text, const struct words *words)
{
    char quoted[CAS_QUOTED], list[LISTED];
    const char *nearest = nearest_word(words, text);
    if (nearest)
        cas_record_problem(record, text.at, CAS_MSG_WORD,
                           "expected %s, found %s; did you mean '%s'?", words->noun,
                           cas_quoted(text, quoted), nearest);
    else
        cas_record_problem(record, text.at, CAS_MSG_WORD, "expected %s (%s), found %s", words->noun,
                           list_words(words, list), cas_quoted(text, quoted));
}

enum casus_kind
cas_check_kind(struct cas_record *record, struct cas_text text)
{
    int found = casus_kind_find(text.s, text.n);
    if (found < 0)
        report_word(record, text, &kinds);
    return found < 0 ? CASUS_KIND_OTHER : (enum casus_kind)found;
}

enum casus_stance
cas_check_stance(struct cas_record *record, struct cas_text text)
{
    int found = casus_stance_find(text.s, text.n);
    if (found < 0)
        report_word(record, text, &stances);
    return found < 0 ? CASUS_REPORT : (enum casus_stance)found;
}

uint8_t
cas_check_loss_kind(struct cas_record *record, struct cas_text text)
{
    int found = casus_loss_find(text.s, text.n);
    if (found < 0)
        report_word(record, text, &losses);
    return found < 0 ? 0 : (uint8_t)CASUS_BIT(found);
}

char
cas_check_reliability(struct cas_record *record, struct cas_text text)
{
    char quoted[CAS_QUOTED];
    if (text.n == 1 && text.s[0] >= 'A' && text.s[0] <= 'F')
        return text.s[0];
    cas_record_problem(record, text.at, CAS_MSG_WORD,
                       "expected a letter from A (reliable) to F (unknown), found %s",
                       cas_quoted(text, quoted));
    return 0;
}

/* --- numbers ---------------------------------------------------------------------------------- */

double
cas_check_degrees(struct cas_record *record, const char *at, double value, double most)
{
    char found[32];
    if (value >= -most && value <= most)
        return value;
    cas_record_problem(record, at, CAS_MSG_RANGE, "expected degrees from -%.0f to %.0f, found %s",
                       most, most, cas_number_text(value, found));
    return (double)NAN;
}

int64_t
cas_check_count(struct cas_record *record, const char *at, double value)
{
    char found[32];
    if (value >= 0 && value <= 1e15 && value == trunc(value))
        return (int64_t)value;
    cas_record_problem(record, at, CAS_MSG_RANGE, "expected a whole number from 0, found %s",
                       cas_number_text(value, found));
    return -1;
}

/* --- events ----------------------------------------------------------------------------------- */

static void
report_unlisted(struct cas_record *record, struct cas_text type)
{
    char quoted[CAS_QUOTED];
    const struct words types = {"a type", (int)casus_type_count(), type_name};
    const char *nearest = nearest_word(&types, type);
    cas_record_problem(record, type.at, CAS_MSG_UNLISTED_TYPE,
                       "expected a listed type or a relation beside it, found %s%s%s%s",
                       cas_quoted(type, quoted), nearest ? "; did you mean '" : "",
                       nearest ? nearest : "", nearest ? "'?" : "");
}

void
cas_check_relation(struct cas_record *record, struct cas_rec_event *event, struct cas_text relation,
                   int directed)
{
    const struct casus_type *type =
        event->type.s ? casus_type_find(event->type.s, event->type.n) : NULL;
    int said = relation.s ? casus_relation_find(relation.s, relation.n) : -1;
    char quoted[CAS_QUOTED];
    if (relation.s && said < 0)
        report_word(record, relation, &relations);
    else if (type && said >= 0 && (enum casus_relation)said != type->relation)
        cas_record_problem(record, relation.at, CAS_MSG_RELATION,
                           "expected the relation '%s' of the type '%s', found %s",
                           casus_relation_name(type->relation), type->name,
                           cas_quoted(relation, quoted));
    else if (event->type.n && !type && said < 0)
        report_unlisted(record, event->type);
    event->relation = type ? type->relation : said >= 0 ? (enum casus_relation)said : CASUS_CLAIM;
    event->directed = directed >= 0 ? directed != 0 : !type || type->directed;
}

void
cas_check_parties(struct cas_record *record, const struct cas_rec_event *event)
{
    if (event->from_count == 0 && event->to_count == 0)
        cas_record_problem(record, record->at, CAS_MSG_NO_PARTY,
                           "expected an actor in from or to, found none");
}
