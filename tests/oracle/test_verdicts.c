/* Verdicts against a second, naive derivation from the rules: no sets, no pointers, no sorting, and
 * figures by trying every number of killed and missing there can be.
 *
 * usage: test_verdicts [SEED [ROUNDS]]
 */
#include "property/world.h"

static int rounds = 200;
static const struct casus_dossier *dossier;

/* --- who is who ------------------------------------------------------------------------------- */

static uint32_t
parent(uint32_t actor)
{
    return casus_dossier_parent(dossier, actor, NULL);
}

static bool
is_below(uint32_t part, uint32_t whole)
{
    return part == whole || (parent(part) != CASUS_NONE && is_below(parent(part), whole));
}

static uint32_t
topmost(uint32_t actor)
{
    return parent(actor) == CASUS_NONE ? actor : topmost(parent(actor));
}

static uint32_t
claimant(uint32_t actor)
{
    enum casus_kind kind = casus_dossier_actor_at(dossier, actor)->kind;
    bool speaks_for_parent = kind == CASUS_KIND_OUTLET || kind == CASUS_KIND_UNIT ||
                             kind == CASUS_KIND_PERSON || kind == CASUS_KIND_BASE;
    return speaks_for_parent && parent(actor) != CASUS_NONE ? claimant(parent(actor)) : actor;
}

static const char *
explicit_side(uint32_t actor)
{
    const char *side = casus_dossier_actor_at(dossier, actor)->side;
    if (side || parent(actor) == CASUS_NONE)
        return side;
    return explicit_side(parent(actor));
}

/* A camp by name: an explicit side, else the family that an actor is of. */
static void
first_camp(uint32_t actor, char out[40])
{
    const char *side = explicit_side(actor);
    if (side)
        snprintf(out, 40, "side %s", side);
    else
        snprintf(out, 40, "family %s", casus_dossier_actor_at(dossier, topmost(actor))->id);
}

static bool
is_side(const char *camp)
{
    return strncmp(camp, "side ", 5) == 0;
}

/* The camps that a family supports, each once. @return how many */
static unsigned
supported_by(const char *family, char out[ACTORS + 4][40])
{
    unsigned count = 0;
    for (uint32_t i = 0; i < casus_dossier_event_count(dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, i);
        for (uint32_t j = 0; event->relation == CASUS_SUPPORT && j < event->from_count; j++) {
            for (uint32_t k = 0; k < event->to_count; k++) {
                char giver[40], taker[40];
                first_camp(event->from[j], giver);
                first_camp(event->to[k], taker);
                bool known = strcmp(giver, family) != 0 || strcmp(taker, family) == 0;
                for (unsigned l = 0; l < count; l++)
                    known |= strcmp(out[l], taker) == 0;
                if (!known)
                    strcpy(out[count++], taker);
            }
        }
    }
    return count;
}

/* What a family stands with next: an explicit side, another family, or itself. */
static void
next_camp(const char *family, char out[40])
{
    char supported[ACTORS + 4][40], side[40] = "", other[40] = "";
    unsigned count = supported_by(family, supported), side_count = 0, family_count = 0;
    for (unsigned i = 0; i < count; i++) {
        strcpy(is_side(supported[i]) ? side : other, supported[i]);
        side_count += is_side(supported[i]);
        family_count += !is_side(supported[i]);
    }
    if (side_count == 1)
        strcpy(out, side);
    else if (side_count == 0 && family_count == 1)
        strcpy(out, other);
    else
        strcpy(out, family);
}

/* Walk on until it is certain that one has come to a side or around a circle; of a circle take the
 * first name. */
static void
camp_of(uint32_t actor, char out[40])
{
    char at[40], next[40];
    first_camp(actor, at);
    for (int i = 0; i < ACTORS && !is_side(at); i++) {
        next_camp(at, next);
        strcpy(at, next);
    }
    strcpy(out, at);
    for (int i = 0; i < ACTORS && !is_side(at); i++) {
        next_camp(at, next);
        strcpy(at, next);
        if (strcmp(at, out) < 0)
            strcpy(out, at);
    }
}

static bool
same_camp(uint32_t a, uint32_t b)
{
    char mine[40], theirs[40];
    camp_of(a, mine);
    camp_of(b, theirs);
    return strcmp(mine, theirs) == 0;
}

static bool
holds(const uint32_t *actors, uint32_t count, uint32_t like, bool (*alike)(uint32_t, uint32_t))
{
    for (uint32_t i = 0; i < count; i++)
        if (alike(actors[i], like))
            return true;
    return false;
}

static bool
are_opposed(uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < casus_dossier_event_count(dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, i);
        if (event->relation != CASUS_ATTACK || same_camp(a, b))
            continue;
        if ((holds(event->from, event->from_count, a, same_camp) &&
             holds(event->to, event->to_count, b, same_camp)) ||
            (holds(event->from, event->from_count, b, same_camp) &&
             holds(event->to, event->to_count, a, same_camp)))
            return true;
    }
    return false;
}

static bool
same_family(uint32_t a, uint32_t b)
{
    return topmost(a) == topmost(b);
}

static bool
is_backing(uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < casus_dossier_event_count(dossier); i++) {
        const struct casus_event *event = casus_dossier_event_at(dossier, i);
        if (event->relation == CASUS_SUPPORT &&
            ((holds(event->from, event->from_count, a, same_family) &&
              holds(event->to, event->to_count, b, same_family)) ||
             (holds(event->from, event->from_count, b, same_family) &&
              holds(event->to, event->to_count, a, same_family))))
            return true;
    }
    return false;
}

/* --- one event -------------------------------------------------------------------------------- */

/* A claim's voice: 1 + claimant, or 1000 + 1 + source. */
static uint32_t
voice(const struct casus_claim *claim)
{
    return claim->by == CASUS_NONE ? 1001 + claim->source : 1 + claimant(claim->by);
}

static const struct casus_claim *
claim_at(const struct casus_event *event, uint32_t i)
{
    return casus_dossier_claim_at(dossier, event->claims[i]);
}

static bool
tells(const struct casus_claim *claim)
{
    return claim->stance != CASUS_DENY;
}

static bool
boasts(const struct casus_claim *claim)
{
    return claim->stance == CASUS_RESPONSIBILITY && claim->by != CASUS_NONE;
}

static bool
speaks_for(uint32_t party, uint32_t who)
{
    return party == who || claimant(party) == who;
}

static bool
are_rivals(const struct casus_event *event, uint32_t a, uint32_t b)
{
    bool both = holds(event->from, event->from_count, a, speaks_for) &&
                holds(event->from, event->from_count, b, speaks_for);
    return a != b && !both && !is_below(a, b) && !is_below(b, a);
}

static bool
is_disputed(const struct casus_event *event)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *a = claim_at(event, i);
        if (!tells(a))
            return true;
        for (uint32_t j = 0; j < event->claim_count; j++) {
            const struct casus_claim *b = claim_at(event, j);
            if (boasts(a) && boasts(b) && are_rivals(event, claimant(a->by), claimant(b->by)))
                return true;
        }
    }
    return false;
}

static bool
is_tied(uint32_t who, uint32_t party)
{
    return same_family(who, party) || same_camp(who, party) || is_backing(who, party);
}

/* A voice is independent only if none of its claims claims responsibility. */
static bool
is_independent(const struct casus_event *event, const struct casus_claim *claim)
{
    if (claim->by == CASUS_NONE)
        return true;
    for (uint32_t i = 0; i < event->claim_count; i++)
        if (voice(claim_at(event, i)) == voice(claim) && boasts(claim_at(event, i)))
            return false;
    uint32_t who = claimant(claim->by);
    for (uint32_t i = 0; i < event->from_count; i++)
        if (is_tied(who, event->from[i]))
            return false;
    for (uint32_t i = 0; i < event->to_count; i++)
        if (is_tied(who, event->to[i]))
            return false;
    return true;
}

static bool
is_corroborated(const struct casus_event *event)
{
    for (uint32_t i = 0; i < event->claim_count; i++) {
        for (uint32_t j = 0; j < event->claim_count; j++) {
            const struct casus_claim *a = claim_at(event, i), *b = claim_at(event, j);
            if (voice(a) == voice(b))
                continue;
            if (is_independent(event, a))
                return true;
            if (a->by != CASUS_NONE && b->by != CASUS_NONE &&
                are_opposed(claimant(a->by), claimant(b->by)))
                return true;
        }
    }
    return false;
}

static bool
is_civilian(uint32_t actor, uint32_t ignored)
{
    (void)ignored;
    return casus_dossier_actor_at(dossier, actor)->kind == CASUS_KIND_CIVILIANS;
}

static bool
is_against_interest(const struct casus_event *event, const struct casus_claim *claim)
{
    uint32_t who = claimant(claim->by);
    bool attacker = holds(event->from, event->from_count, who, same_camp) ||
                    (!event->directed && holds(event->to, event->to_count, who, same_camp));
    bool civilians = holds(event->to, event->to_count, 0, is_civilian) ||
                     (!event->directed && holds(event->from, event->from_count, 0, is_civilian));
    bool own_loss = false;
    for (uint32_t i = 0; i < claim->loss_count; i++) {
        const struct casus_loss *loss = &claim->losses[i];
        bool people = loss->figure.low > 0 || loss->figure.best > 0 || loss->figure.high > 0;
        if (!people || loss->actor == CASUS_NONE)
            continue;
        own_loss |= same_camp(loss->actor, who);
        civilians |= is_civilian(loss->actor, 0);
    }
    return claim->stance != CASUS_RESPONSIBILITY &&
           (own_loss || (event->relation == CASUS_ATTACK && attacker && civilians));
}

static bool
is_admitted(const struct casus_event *event)
{
    bool against = false;
    for (uint32_t i = 0; i < event->claim_count; i++) {
        const struct casus_claim *claim = claim_at(event, i);
        const struct casus_claim *first = claim_at(event, 0);
        if (claim->by == CASUS_NONE || first->by == CASUS_NONE ||
            !same_camp(claimant(claim->by), claimant(first->by)))
            return false;
        against |= is_against_interest(event, claim);
    }
    return against;
}

static bool
has_two_voices(const struct casus_event *event)
{
    for (uint32_t i = 1; i < event->claim_count; i++)
        if (voice(claim_at(event, i)) != voice(claim_at(event, 0)))
            return true;
    return false;
}

static enum casus_evidence
naive_evidence(const struct casus_event *event)
{
    if (is_disputed(event))
        return CASUS_DISPUTED;
    if (is_corroborated(event))
        return CASUS_CORROBORATED;
    if (is_admitted(event))
        return CASUS_ADMITTED;
    if (has_two_voices(event))
        return CASUS_ONE_SIDED;
    return event->claim_count ? CASUS_SINGLE : CASUS_UNSOURCED;
}

/* --- figures ---------------------------------------------------------------------------------- */

enum { MOST = 45 }; /* above every figure that is drawn */

/* Whether so many killed and missing are what a loss says. */
static bool
allows(const struct casus_loss *loss, int killed, int missing)
{
    int sum = (loss->what & CASUS_BIT(CASUS_KILLED) ? killed : 0) +
              (loss->what & CASUS_BIT(CASUS_MISSING) ? missing : 0);
    const struct casus_figure *figure = &loss->figure;
    int least = (int)(figure->low >= 0 ? figure->low : figure->best >= 0 ? figure->best : 0);
    int most = (int)(figure->high >= 0 ? figure->high : figure->best);
    return sum >= least && (most < 0 || sum <= most);
}

static int
sum_over(unsigned what, int killed, int missing)
{
    return (what & CASUS_BIT(CASUS_KILLED) ? killed : 0) +
           (what & CASUS_BIT(CASUS_MISSING) ? missing : 0);
}

/* Whether two losses leave one sum over `what` that both allow. */
static bool
meet(const struct casus_loss *a, const struct casus_loss *b, unsigned what)
{
    bool of_a[2 * MOST + 1] = {false}, of_b[2 * MOST + 1] = {false};
    for (int killed = 0; killed <= MOST; killed++) {
        for (int missing = 0; missing <= MOST; missing++) {
            of_a[sum_over(what, killed, missing)] |= allows(a, killed, missing);
            of_b[sum_over(what, killed, missing)] |= allows(b, killed, missing);
        }
    }
    for (int i = 0; i <= 2 * MOST; i++)
        if (of_a[i] && of_b[i])
            return true;
    return false;
}

struct told {
    const struct casus_loss *loss;
    uint32_t voice; /* 0: the data set */
};

static unsigned
all_told(const struct casus_event *event, struct told *out)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < event->loss_count; i++)
        out[count++] = (struct told){&event->losses[i], 0};
    for (uint32_t i = 0; i < event->claim_count; i++)
        for (uint32_t j = 0; j < claim_at(event, i)->loss_count; j++)
            out[count++] = (struct told){&claim_at(event, i)->losses[j], voice(claim_at(event, i))};
    return count;
}

/* Figures are compared over a set that one of all who tell of the actor names, where both speak of
 * some of it and of nothing else. */
static enum casus_figures
compare(const struct told *told, unsigned count, unsigned i, unsigned j)
{
    enum casus_figures verdict = CASUS_FIGURES_SINGLE;
    const struct casus_loss *a = told[i].loss, *b = told[j].loss;
    for (unsigned k = 0; k < count; k++) {
        unsigned set = told[k].loss->what;
        if (a->actor != b->actor || told[k].loss->actor != a->actor || (a->what & ~set) ||
            (b->what & ~set))
            continue;
        if (!meet(a, b, set))
            return CASUS_FIGURES_EXCLUDE;
        if (told[i].voice != told[j].voice)
            verdict = CASUS_FIGURES_AGREE;
    }
    return verdict;
}

static enum casus_figures
naive_figures(const struct casus_event *event)
{
    struct told told[1 + CLAIMS];
    unsigned count = all_told(event, told);
    enum casus_figures worst = count ? CASUS_FIGURES_SINGLE : CASUS_FIGURES_NONE;
    for (unsigned i = 0; i < count; i++) {
        for (unsigned j = i + 1; j < count; j++) {
            enum casus_figures verdict = compare(told, count, i, j);
            worst = verdict > worst ? verdict : worst;
        }
    }
    return worst;
}

/* --- the test --------------------------------------------------------------------------------- */

static unsigned met_evidence[CASUS_EVIDENCE_COUNT], met_figures[CASUS_FIGURES_COUNT];

static void
check_event(const struct casus_verdicts *verdicts, uint32_t index)
{
    const struct casus_event *event = casus_dossier_event_at(dossier, index);
    enum casus_evidence evidence = naive_evidence(event);
    enum casus_figures figures = naive_figures(event);
    met_evidence[evidence]++;
    met_figures[figures]++;
    if (casus_verdicts_evidence(verdicts, index) == evidence &&
        casus_verdicts_figures(verdicts, index) == figures)
        return;
    for (uint32_t i = 0; i < casus_verdicts_reason_count(verdicts, index); i++)
        print_error("    %s\n", casus_verdicts_reason_at(verdicts, index, i));
    fail_msg("seed %llu, event %s: %s, %s; by the naive way %s, %s", (unsigned long long)current,
             event->id, casus_evidence_name(casus_verdicts_evidence(verdicts, index)),
             casus_figures_name(casus_verdicts_figures(verdicts, index)),
             casus_evidence_name(evidence), casus_figures_name(figures));
}

static void
verdicts_are_those_of_the_naive_way(void **unused)
{
    (void)unused;
    for (int round = 0; round < rounds; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct writing writing = plain_writing();
        char *text = write_world(&world, &writing);
        struct casus_dossier *read = inline_dossier(text);
        struct casus_verdicts *verdicts;
        dossier = read;
        assert_int_equal(casus_verdicts_new(read, &verdicts, NULL), CASUS_OK);
        for (uint32_t i = 0; i < casus_dossier_event_count(read); i++)
            check_event(verdicts, i);
        casus_verdicts_free(verdicts);
        casus_dossier_free(read);
        free(text);
    }
}

static void
every_verdict_was_met(void **unused)
{
    (void)unused;
    for (int i = 0; i < CASUS_EVIDENCE_COUNT; i++)
        assert_true(rounds < 50 || met_evidence[i] > 0);
    for (int i = 0; i < CASUS_FIGURES_COUNT; i++)
        assert_true(rounds < 50 || met_figures[i] > 0);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        rounds = atoi(argv[2]);
    printf("seed %llu, %d rounds\n", (unsigned long long)seed, rounds);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_those_of_the_naive_way),
        cmocka_unit_test(every_verdict_was_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
