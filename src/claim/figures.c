/* Whether the losses told of an event agree.
 *
 * Rules
 * - Figures are compared where they are of the same actor ("nobody known" is one too) and of
 *   comparable kinds. `exclude`: the intervals of two tellers do not meet. `agree`: two different
 *   tellers give comparable figures, and none exclude each other. `single`: there are figures, but
 *   no two to compare. `none`: nobody gives any. A teller is a claimant, a source in its own voice
 *   or the data set; one that gives two figures itself can exclude itself.
 * - Intervals and sets of kinds: givings.h.
 * - A claim about several events is compared with each other teller's sum over these events
 *   (without a bound where that teller is silent on one of them), and with other claims about
 *   exactly these events. What comes of it is said, and counts, at those of the events of which
 *   the other teller gives a figure; the figure itself is copied to none.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fault.h"
#include "base/mem.h"
#include "claim/givings.h"
#include "claim/verdicts.h"

/* Of more givings than these, only the two that lie furthest apart contradict each other. */
enum { CROWD = 100 };

struct desk {
    struct casus_verdicts *verdicts;
    const struct casus_dossier *dossier;
    struct cas_givings givings;
    uint32_t *mine, *theirs; /* events of two claims, in order of number */
    size_t mine_room, theirs_room;
};

/* --- words ------------------------------------------------------------------------------------ */

void
cas_say_figure(struct cas_buffer *out, int64_t least, int64_t most, uint8_t what)
{
    const char *before = "";
    if (most >= 0 && least == most)
        cas_buffer_printf(out, "%" PRId64 " ", least);
    else if (most < 0)
        cas_buffer_printf(out, "at least %" PRId64 " ", least);
    else if (least == 0)
        cas_buffer_printf(out, "at most %" PRId64 " ", most);
    else
        cas_buffer_printf(out, "%" PRId64 " to %" PRId64 " ", least, most);
    for (int kind = 0; kind < CASUS_LOSS_COUNT; kind++) {
        if (!(what & CASUS_BIT(kind)))
            continue;
        cas_buffer_printf(out, "%s%s", before, casus_loss_name((enum casus_loss_kind)kind));
        before = " or ";
    }
}

static void
say_interval(struct cas_buffer *out, const struct cas_interval *interval)
{
    cas_say_figure(out, interval->least, interval->most == INT64_MAX ? -1 : interval->most,
                   interval->kinds);
}

static void
say_loser(struct cas_buffer *out, const struct casus_dossier *dossier, uint32_t actor)
{
    cas_buffer_text(out, actor == CASUS_NONE ? "people of nobody known"
                                             : casus_dossier_actor_at(dossier, actor)->name);
}

static void
say_teller(struct desk *desk, const struct cas_giving *giving, const struct cas_interval *interval,
           const char *over)
{
    struct cas_buffer *out = &desk->verdicts->sentence;
    cas_voice_say(out, desk->dossier, giving->voice);
    cas_buffer_text(out, " says ");
    say_interval(out, interval);
    cas_buffer_text(out, over);
}

/* "on <actor>, <a> says <figure> and <b> says <figure>: these exclude each other" */
static void
say_two(struct desk *desk, const struct cas_giving *a, const struct cas_interval *a_says,
        const char *a_over, const struct cas_giving *b, const struct cas_interval *b_says,
        const char *b_over, bool excluded)
{
    struct cas_buffer *out = &desk->verdicts->sentence;
    cas_buffer_text(out, "on ");
    say_loser(out, desk->dossier, a->actor);
    cas_buffer_text(out, ", ");
    say_teller(desk, a, a_says, a_over);
    cas_buffer_text(out, " and ");
    say_teller(desk, b, b_says, b_over);
    cas_buffer_text(out, excluded ? ": these exclude each other" : ": these agree");
}

/* --- contradictions --------------------------------------------------------------------------- */

static struct casus_figure
figure_of(const struct cas_interval *interval)
{
    return (struct casus_figure){interval->least, -1,
                                 interval->most == INT64_MAX ? -1 : interval->most};
}

/* Of two givings of one actor whose intervals exclude each other; the one whose teller stands
 * first in order first. */
static bool
contradict(struct desk *desk, uint32_t event, const struct cas_giving *a,
           const struct cas_interval *a_says, const struct cas_giving *b,
           const struct cas_interval *b_says, uint8_t set, uint32_t over)
{
    int order = cas_voice_compare(desk->dossier, a->voice, b->voice);
    if (order > 0 || (order == 0 && a_says->least > b_says->least)) {
        const struct cas_giving *giving = a;
        const struct cas_interval *says = a_says;
        a = b, a_says = b_says;
        b = giving, b_says = says;
    }
    struct casus_contradiction is = {CASUS_CONFLICT_FIGURES,
                                     {a->voice, b->voice},
                                     a->actor,
                                     set,
                                     {a_says->kinds, b_says->kinds},
                                     {figure_of(a_says), figure_of(b_says)},
                                     over};
    return cas_verdicts_contradict(desk->verdicts, event, &is);
}

static bool
names(const struct cas_giving *giving, uint8_t set)
{
    return giving->sums[set].figures;
}

/* All pairs that exclude each other; one of the two names the set itself, or it would be said
 * again of every sum. */
static bool
contradict_all(struct desk *desk, uint32_t event, const struct cas_giving *givings, size_t count,
               uint8_t set)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        struct cas_interval a = cas_giving_interval(&givings[i], set);
        for (size_t j = i + 1; done && a.kinds && j < count; j++) {
            struct cas_interval b = cas_giving_interval(&givings[j], set);
            if (b.kinds && (names(&givings[i], set) || names(&givings[j], set)) &&
                cas_intervals_exclude(&a, &b, set))
                done = contradict(desk, event, &givings[i], &a, &givings[j], &b, set, 1);
        }
    }
    return done;
}

/* --- one event -------------------------------------------------------------------------------- */

/* Exclusion beats agreement, agreement beats a figure that stands alone. */
static void
raise_verdict(struct desk *desk, uint32_t event, enum casus_figures verdict)
{
    uint8_t *at = &desk->verdicts->figures[event];
    if (verdict > *at)
        *at = (uint8_t)verdict;
}

/* The tellers of one set that lie furthest apart, and whether there are two different ones. */
struct extremes {
    const struct cas_giving *highest, *lowest, *first, *other;
};

static struct extremes
find_extremes(const struct cas_giving *givings, size_t count, uint8_t set)
{
    struct extremes ends = {0};
    int64_t floor = 0, ceiling = 0;
    for (size_t i = 0; i < count; i++) {
        struct cas_interval interval = cas_giving_interval(&givings[i], set);
        if (!interval.kinds)
            continue;
        int64_t most = cas_interval_most(&interval, set);
        if (!ends.first)
            ends.first = &givings[i];
        else if (!ends.other && !cas_voice_same(ends.first->voice, givings[i].voice))
            ends.other = &givings[i];
        if (!ends.highest || interval.least > floor) {
            ends.highest = &givings[i];
            floor = interval.least;
        }
        if (!ends.lowest || most < ceiling) {
            ends.lowest = &givings[i];
            ceiling = most;
        }
    }
    return ends;
}

/* One actor's givings, one set of kinds. */
static bool
judge_set(struct desk *desk, uint32_t event, const struct cas_giving *givings, size_t count,
          uint8_t set)
{
    struct extremes ends = find_extremes(givings, count, set);
    if (!ends.first)
        return true;
    struct cas_interval high = cas_giving_interval(ends.highest, set),
                        low = cas_giving_interval(ends.lowest, set);
    bool excluded = cas_intervals_exclude(&high, &low, set);
    if (!excluded && !ends.other)
        return true;
    const struct cas_giving *a = excluded ? ends.highest : ends.first;
    const struct cas_giving *b = excluded ? ends.lowest : ends.other;
    high = cas_giving_interval(a, set);
    low = cas_giving_interval(b, set);
    raise_verdict(desk, event, excluded ? CASUS_FIGURES_EXCLUDE : CASUS_FIGURES_AGREE);
    say_two(desk, a, &high, "", b, &low, "", excluded);
    if (!cas_verdicts_figures_reason(desk->verdicts, event))
        return false;
    if (excluded && count > CROWD)
        return contradict(desk, event, a, &high, b, &low, set, 1);
    return !excluded || contradict_all(desk, event, givings, count, set);
}

static bool
judge_event(struct desk *desk, uint32_t event)
{
    desk->givings.count = 0;
    if (!cas_givings_add_event(&desk->givings, desk->dossier, event, 0))
        return false;
    if (!desk->givings.count)
        return true;
    raise_verdict(desk, event, CASUS_FIGURES_SINGLE);
    cas_givings_sort(&desk->givings, 0, desk->dossier);
    for (size_t i = 0, end; i < desk->givings.count; i = end) {
        for (end = i + 1;
             end < desk->givings.count && desk->givings.at[end].actor == desk->givings.at[i].actor;
             end++)
            ;
        unsigned sets = cas_givings_sets(desk->givings.at + i, end - i);
        for (uint8_t set = 1; set < CAS_SETS; set++)
            if ((sets & (1u << set)) && !judge_set(desk, event, desk->givings.at + i, end - i, set))
                return false;
    }
    return true;
}

/* --- claims about several events -------------------------------------------------------------- */

/* From the least to the most of what the givings [0, count) of one teller say of one event. */
static struct cas_interval
hull_of(const struct cas_giving *givings, size_t count, uint8_t set)
{
    struct cas_interval hull = {.least = INT64_MAX};
    for (size_t i = 0; i < count; i++) {
        struct cas_interval one = cas_giving_interval(&givings[i], set);
        if (!one.kinds)
            continue;
        bool other_kinds = hull.kinds && hull.kinds != one.kinds;
        hull.least = one.least < hull.least ? one.least : hull.least;
        hull.most = one.most > hull.most ? one.most : hull.most;
        hull.most = other_kinds ? INT64_MAX : hull.most;
        hull.kinds |= one.kinds;
    }
    return hull;
}

static size_t
end_of_event(const struct cas_giving *givings, size_t count, size_t begin)
{
    size_t end = begin;
    while (end < count && givings[end].event == givings[begin].event)
        end++;
    return end;
}

/* What the givings [0, count) of one teller, in order of event, come to over `events` events. */
static struct cas_interval
sum_of(const struct cas_giving *givings, size_t count, uint8_t set, uint32_t events)
{
    struct cas_interval sum = {0};
    uint32_t told = 0;
    for (size_t i = 0, end; i < count; i = end) {
        end = end_of_event(givings, count, i);
        struct cas_interval hull = hull_of(givings + i, end - i, set);
        if (!hull.kinds)
            continue;
        bool other_kinds = sum.kinds && sum.kinds != hull.kinds;
        told++;
        sum.least = cas_count_add(sum.least, hull.least);
        sum.most = other_kinds ? INT64_MAX : cas_count_add(sum.most, hull.most);
        sum.kinds |= hull.kinds;
    }
    if (told < events)
        sum.most = INT64_MAX;
    return sum;
}

static bool
say_of_events(struct desk *desk, const struct casus_claim *claim, const struct cas_giving *own,
              const struct cas_giving *others, size_t count, uint8_t set)
{
    struct cas_interval says = cas_giving_interval(own, set);
    struct cas_interval sum = sum_of(others, count, set, claim->about_count);
    if (!says.kinds || !sum.kinds)
        return true;
    bool excluded = cas_intervals_exclude(&says, &sum, set);
    if (!excluded && cas_voice_same(own->voice, others[0].voice))
        return true;
    char over[48];
    snprintf(over, sizeof over, " over %" PRIu32 " events together", claim->about_count);
    for (size_t i = 0, end; i < count; i = end) {
        end = end_of_event(others, count, i);
        if (!hull_of(others + i, end - i, set).kinds)
            continue;
        uint32_t event = claim->about[others[i].event];
        raise_verdict(desk, event, excluded ? CASUS_FIGURES_EXCLUDE : CASUS_FIGURES_AGREE);
        say_two(desk, own, &says, over, &others[0], &sum, " in all", excluded);
        if (!cas_verdicts_figures_reason(desk->verdicts, event) ||
            (excluded &&
             !contradict(desk, event, own, &says, &others[0], &sum, set, claim->about_count)))
            return false;
    }
    return true;
}

/* `others` are all of one actor: by teller, then event. */
static bool
compare_claim(struct desk *desk, const struct casus_claim *claim, const struct cas_giving *own,
              const struct cas_giving *others, size_t count)
{
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && cas_voice_same(others[end].voice, others[i].voice); end++)
            ;
        unsigned sets = cas_givings_sets(own, 1) | cas_givings_sets(others + i, end - i);
        for (uint8_t set = 1; set < CAS_SETS; set++)
            if ((sets & (1u << set)) && !say_of_events(desk, claim, own, others + i, end - i, set))
                return false;
    }
    return true;
}

/* The first giving of an actor in [begin, end), which are in order of actor. */
static size_t
first_of(const struct desk *desk, size_t begin, size_t end, uint32_t actor)
{
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (desk->givings.at[middle].actor < actor)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

static int
by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static bool
sort_events(const struct casus_claim *claim, uint32_t **array, size_t *room)
{
    if (!cas_grow(array, room, claim->about_count, sizeof **array))
        return false;
    memcpy(*array, claim->about, claim->about_count * sizeof **array);
    qsort(*array, claim->about_count, sizeof **array, by_number);
    return true;
}

/* Two claims about the same events: their figures, set by set. */
static bool
compare_pair(struct desk *desk, const struct casus_claim *claim, const struct cas_giving *a,
             const struct cas_giving *b)
{
    unsigned sets = cas_givings_sets(a, 1) | cas_givings_sets(b, 1);
    for (uint8_t set = 1; set < CAS_SETS; set++) {
        struct cas_interval left = cas_giving_interval(a, set), right = cas_giving_interval(b, set);
        if (!(sets & (1u << set)) || !left.kinds || !right.kinds)
            continue;
        bool excluded = cas_intervals_exclude(&left, &right, set);
        if (!excluded && cas_voice_same(a->voice, b->voice))
            continue;
        for (uint32_t i = 0; i < claim->about_count; i++) {
            raise_verdict(desk, claim->about[i],
                          excluded ? CASUS_FIGURES_EXCLUDE : CASUS_FIGURES_AGREE);
            say_two(desk, a, &left, " over all these events", b, &right, " over the same",
                    excluded);
            if (!cas_verdicts_figures_reason(desk->verdicts, claim->about[i]) ||
                (excluded &&
                 !contradict(desk, claim->about[i], a, &left, b, &right, set, claim->about_count)))
                return false;
        }
    }
    return true;
}

static bool
compare_twin(struct desk *desk, const struct casus_claim *claim, size_t own_count,
             const struct casus_claim *twin)
{
    const struct casus_event *first = casus_dossier_event_at(desk->dossier, claim->about[0]);
    size_t begin = desk->givings.count;
    bool done = cas_givings_add(&desk->givings, cas_voice_of(desk->dossier, twin, first),
                                twin->losses, twin->loss_count, 0);
    for (size_t i = 0; done && i < own_count; i++) {
        size_t j = first_of(desk, begin, desk->givings.count, desk->givings.at[i].actor);
        if (j < desk->givings.count && desk->givings.at[j].actor == desk->givings.at[i].actor)
            done = compare_pair(desk, claim, &desk->givings.at[i], &desk->givings.at[j]);
    }
    desk->givings.count = begin;
    return done;
}

/* Later claims about exactly the same events. */
static bool
compare_twins(struct desk *desk, uint32_t index, size_t own_count)
{
    const struct casus_claim *claim = casus_dossier_claim_at(desk->dossier, index);
    const struct casus_event *first = casus_dossier_event_at(desk->dossier, claim->about[0]);
    if (!sort_events(claim, &desk->mine, &desk->mine_room))
        return false;
    for (uint32_t i = 0; i < first->claim_count; i++) {
        const struct casus_claim *twin = casus_dossier_claim_at(desk->dossier, first->claims[i]);
        if (first->claims[i] <= index || !twin->loss_count ||
            twin->about_count != claim->about_count)
            continue;
        if (!sort_events(twin, &desk->theirs, &desk->theirs_room))
            return false;
        if (memcmp(desk->mine, desk->theirs, claim->about_count * sizeof *desk->mine) == 0 &&
            !compare_twin(desk, claim, own_count, twin))
            return false;
    }
    return true;
}

/* The claim's own givings stand first on the desk, the others' of all its events behind. */
static bool
judge_claim(struct desk *desk, uint32_t index)
{
    const struct casus_claim *claim = casus_dossier_claim_at(desk->dossier, index);
    const struct casus_event *first = casus_dossier_event_at(desk->dossier, claim->about[0]);
    desk->givings.count = 0;
    if (!cas_givings_add(&desk->givings, cas_voice_of(desk->dossier, claim, first), claim->losses,
                         claim->loss_count, 0))
        return false;
    size_t own_count = desk->givings.count;
    if (!own_count)
        return true;
    if (!compare_twins(desk, index, own_count))
        return false;
    for (uint32_t i = 0; i < claim->about_count; i++)
        if (!cas_givings_add_event(&desk->givings, desk->dossier, claim->about[i], i))
            return false;
    cas_givings_sort(&desk->givings, own_count, desk->dossier);
    for (size_t i = 0; i < own_count; i++) {
        uint32_t actor = desk->givings.at[i].actor;
        size_t begin = first_of(desk, own_count, desk->givings.count, actor), end = begin;
        while (end < desk->givings.count && desk->givings.at[end].actor == actor)
            end++;
        if (!compare_claim(desk, claim, &desk->givings.at[i], desk->givings.at + begin,
                           end - begin))
            return false;
    }
    return true;
}

enum casus_status
cas_figures_judge(struct casus_verdicts *verdicts, struct casus_error *err)
{
    struct desk desk = {.verdicts = verdicts, .dossier = verdicts->dossier};
    bool done = true;
    for (uint32_t i = 0; done && i < casus_dossier_event_count(desk.dossier); i++)
        done = judge_event(&desk, i);
    for (uint32_t i = 0; done && i < casus_dossier_claim_count(desk.dossier); i++)
        if (casus_dossier_claim_at(desk.dossier, i)->about_count > 1)
            done = judge_claim(&desk, i);
    cas_free(desk.givings.at);
    cas_free(desk.mine);
    cas_free(desk.theirs);
    return done ? CASUS_OK : cas_fail_memory(err);
}
