/* Admiralty grades and what they come to.
 *
 * Reliability A to F is a source's, credibility 1 to 6 a claim's; F and 6 are "cannot be judged",
 * which is unknown, not false. Credibility becomes a probability by the table of STIX 2.1
 * (appendix A, Admiralty credibility: 1 to 5 are 90, 70, 50, 30, 10 of 100) or the user's own.
 * A claim without a probability is ungraded: it is kept and said to be so, never a silent half.
 * Reliability weighs only by the user's table; a claim whose source has no letter in it is
 * ungraded then.
 *
 * An event has the probability of the best graded claim that affirms it. The best, not
 * 1 − ∏(1 − p): the grade of a claim already weighs who else says so ("confirmed by other sources"
 * is grade 1), and claimants in one war are seldom independent. Counting a claimant once or several
 * times makes no difference to the best. An event without such a claim (none graded, 6, or denied
 * only) has none.
 *
 * Weight by evidence is what an event adds to a tie: its probability, so that a tie's weight is the
 * number of its events that are to be expected; and where it has none, what its verdict says: 1 if
 * it is corroborated or admitted, else 0.
 */
#include <casus/ledger.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>

#include "actor/roster.h"
#include "base/fault.h"
#include "base/text.h"
#include "claim/grade.h"

static void
clear(struct casus_probabilities *out)
{
    for (int i = 0; i < 7; i++)
        out->credibility[i] = NAN;
    for (int i = 0; i < 5; i++)
        out->reliability[i] = NAN;
    out->weighs = false;
}

void
casus_probabilities_init(struct casus_probabilities *out)
{
    static const double stix[] = {0.9, 0.7, 0.5, 0.3, 0.1};
    clear(out);
    memcpy(out->credibility + 1, stix, sizeof stix);
}

static size_t
skip(const char *line, size_t at)
{
    return at + strspn(line + at, " \t,;=\r\n");
}

/* One line; true where it holds nothing or a row. */
static bool
read_row(const char *line, struct casus_probabilities *out)
{
    size_t at = skip(line, 0);
    if (!line[at] || line[at] == '#')
        return true;
    char grade = line[at];
    size_t begin = skip(line, at + 1), n = strcspn(line + begin, " \t,;\r\n#");
    size_t end = skip(line, begin + n);
    double number;
    if (begin == at + 1 || (line[end] && line[end] != '#') ||
        !cas_number_read(line + begin, n, &number) || !(number >= 0 && number <= 1))
        return false;
    if (grade >= '1' && grade <= '5')
        out->credibility[grade - '0'] = number;
    else if (grade >= 'A' && grade <= 'E')
        out->reliability[grade - 'A'] = number;
    else
        return false;
    out->weighs |= grade >= 'A';
    return true;
}

static bool
is_title(const char *line)
{
    return !strpbrk(line, "0123456789");
}

static enum casus_status
read_rows(FILE *file, const char *path, struct casus_probabilities *out, struct casus_error *err)
{
    char line[256];
    for (unsigned number = 1; fgets(line, sizeof line, file); number++) {
        if (read_row(line, out) || (number == 1 && is_title(line)))
            continue;
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_PROBABILITY,
                        "%.*s, line %u: a grade from 1 to 5 or A to E and a probability, such as "
                        "`2 0.7`, are wanted",
                        cas_shown(path, strlen(path)), path, number);
    }
    return ferror(file) ? cas_fail(err, CASUS_EIO, CAS_MSG_READ, "%.*s: %s",
                                   cas_shown(path, strlen(path)), path, strerror(errno))
                        : CASUS_OK;
}

enum casus_status
casus_probabilities_read(const char *path, struct casus_probabilities *out, struct casus_error *err)
{
    struct casus_probabilities table;
    clear(&table);
    FILE *file = fopen(path, "r");
    if (!file)
        return cas_fail(err, CASUS_EIO, errno == ENOENT ? CAS_MSG_NO_FILE : CAS_MSG_READ,
                        "%.*s: %s", cas_shown(path, strlen(path)), path, strerror(errno));
    enum casus_status status = read_rows(file, path, &table, err);
    fclose(file);
    if (status == CASUS_OK)
        *out = table;
    return status;
}

static char
letter_of(const struct casus_dossier *dossier, const struct casus_claim *claim)
{
    return claim->source == CASUS_NONE
               ? 0
               : casus_dossier_source_at(dossier, claim->source)->reliability;
}

double
casus_claim_probability(const struct casus_dossier *dossier, const struct casus_claim *claim,
                        const struct casus_probabilities *table)
{
    double probability = claim->credibility < 7 ? table->credibility[claim->credibility] : NAN;
    if (!table->weighs)
        return probability;
    char letter = letter_of(dossier, claim);
    return letter >= 'A' && letter <= 'E' ? probability * table->reliability[letter - 'A'] : NAN;
}

double
casus_event_probability(const struct casus_dossier *dossier, uint32_t index,
                        const struct casus_probabilities *table)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, index);
    double best = NAN;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = casus_dossier_claim_at(dossier, event->claims[i]);
        double p = casus_claim_probability(dossier, claim, table);
        if (claim->stance != CASUS_DENY && !isnan(p) && !(p <= best))
            best = p;
    }
    return best;
}

double
cas_verdict_weight(enum casus_evidence evidence)
{
    return evidence == CASUS_CORROBORATED || evidence == CASUS_ADMITTED;
}

double
cas_event_evidence(const struct casus_dossier *dossier, uint32_t event,
                   const struct casus_verdicts *verdicts, const struct casus_probabilities *table,
                   bool *out_graded)
{
    struct casus_probabilities standard;
    if (!table)
        casus_probabilities_init(&standard);
    double p = casus_event_probability(dossier, event, table ? table : &standard);
    *out_graded = !isnan(p);
    if (*out_graded)
        return p;
    return cas_verdict_weight(casus_verdicts_evidence(verdicts, event));
}

char *
casus_claim_grade(const struct casus_dossier *dossier, const struct casus_claim *claim, char out[8])
{
    char letter = letter_of(dossier, claim);
    char text[3] = {letter, 0, 0};
    if (claim->credibility)
        snprintf(out, 8, "%s%u", letter ? text : "–", claim->credibility);
    else
        snprintf(out, 8, "%s", text);
    return out;
}
