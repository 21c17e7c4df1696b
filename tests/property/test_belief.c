/* What belief changes, and what it leaves alone, over dossiers made at random.
 *
 * usage: test_belief [SEED]      prints the seed of a round that fails
 *
 * - Dropping all claims of a source equals reading the dossier without it.
 * - A claim by an independent observer lifts `single` and `one-sided` to `corroborated`, and no
 *   other verdict sinks below that by it.
 * - Doubt changes nothing that others support.
 */
#include "property/world.h"

enum { ROUNDS = 60, FIRST = 3 };

/* As write_world() has it, without the events that are gone; `insert` stands before the claims of
 * each event and `actor` before the actors. */
static char *
write_some(const struct world *world, const bool *gone, const char *actor, const char *insert)
{
    struct writing writing = plain_writing();
    char *text, *event;
    size_t size, event_size;
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "{\"casus\":1,");
    write_actors(out, &writing, world);
    fseek(out, -1, SEEK_CUR);
    fprintf(out, "%s],\"sources\":[{\"id\":\"s0\"},{\"id\":\"s1\"}],\"events\":[", actor);
    bool begun = false;
    for (unsigned i = 0; i < EVENTS; i++) {
        if (gone && gone[i])
            continue;
        FILE *part = open_memstream(&event, &event_size);
        write_event(part, &writing, world, i);
        fclose(part);
        const char *claims = strstr(event, "\"claims\":[") + strlen("\"claims\":[");
        bool more = *insert && world->events[i].claim_count;
        fprintf(out, "%s%.*s%s%s%s", begun ? "," : "", (int)(claims - event), event, insert,
                more ? "," : "", claims);
        free(event);
        begun = true;
    }
    fprintf(out, "]}");
    fclose(out);
    return text;
}

static struct casus_dossier *
dossier_of(const struct world *world, const bool *gone, const char *actor, const char *insert)
{
    char *text = write_some(world, gone, actor, insert);
    struct casus_dossier *dossier = inline_dossier(text);
    free(text);
    return dossier;
}

/* --- without a source ------------------------------------------------------------------------- */

enum { DENY = 4 };

/* The world without a source's claims; `gone`: events that they alone told. */
static struct world
without(const struct world *world, int source, bool gone[EVENTS])
{
    struct world less = *world;
    for (unsigned i = 0; i < EVENTS; i++) {
        struct event *event = &less.events[i];
        unsigned kept = 0;
        bool told = false, by_others = false;
        for (unsigned j = 0; j < event->claim_count; j++) {
            bool denies = event->claims[j].stance == DENY, its = event->claims[j].source == source;
            told |= !denies;
            by_others |= !denies && !its;
            if (!its)
                event->claims[kept++] = event->claims[j];
        }
        event->claim_count = kept;
        gone[i] = told && !by_others;
    }
    return less;
}

static struct casus_scores *
scores_of(const struct casus_dossier *dossier)
{
    struct casus_graph *graph;
    struct casus_scores *scores;
    if (casus_graph_build(dossier, NULL, NULL, NULL, &graph, NULL) != CASUS_OK)
        return NULL;
    assert_int_equal(casus_graph_actor_count(graph), ACTORS);
    assert_int_equal(casus_scores_new(graph, NULL, &scores, NULL), CASUS_OK);
    casus_graph_free(graph);
    return scores;
}

/* The rank after that is listed for an actor and a measure; -1: none is. */
static int64_t
listed(const struct casus_reliance *reliance, const struct casus_stay *stay,
       enum casus_measure measure, uint32_t actor)
{
    for (uint32_t i = 0; stay && i < stay->rank_count; i++) {
        const struct casus_hanging *rank = casus_reliance_rank_at(reliance, stay->rank_begin + i);
        if (rank->measure == measure && rank->actor == actor)
            return rank->after;
    }
    return -1;
}

static const struct casus_stay *
find_stay(const struct casus_reliance *reliance, const struct casus_dossier *dossier,
          const char *source)
{
    for (uint32_t i = 0; i < casus_reliance_count(reliance); i++) {
        const struct casus_stay *stay = casus_reliance_at(reliance, i);
        if (stay->kind == CASUS_STAY_SOURCE &&
            strcmp(casus_dossier_source_at(dossier, stay->who)->id, source) == 0)
            return stay;
    }
    return NULL;
}

/* @return how many ranks hang on the source */
static unsigned
compare(const struct casus_reliance *reliance, const struct casus_stay *stay,
        const struct casus_scores *before, const struct casus_scores *after)
{
    unsigned hanging = 0;
    for (int m = 0; m < CASUS_MEASURE_COUNT; m++)
        for (uint32_t v = 0; v < ACTORS; v++) {
            enum casus_measure measure = (enum casus_measure)m;
            uint32_t x = casus_scores_rank(before, measure, v);
            uint32_t y = casus_scores_rank(after, measure, v);
            bool hangs = x && x <= FIRST && (!y || y > x);
            int64_t expected = hangs ? (int64_t)y : -1;
            int64_t found = listed(reliance, stay, measure, v);
            if (found != expected)
                fail_msg("seed %llu: %s of a%u: %lld listed, %lld by reading without",
                         (unsigned long long)current, casus_measure_info(measure)->name, v,
                         (long long)found, (long long)expected);
            hanging += hangs;
        }
    return hanging;
}

static unsigned
leave_out(const struct world *world, int source)
{
    bool gone[EVENTS];
    struct world less = without(world, source, gone);
    struct casus_dossier *whole = dossier_of(world, NULL, "", "");
    struct casus_dossier *rest = dossier_of(&less, gone, "", "");
    struct casus_scores *before = scores_of(whole), *after = scores_of(rest);
    struct casus_graph *graph;
    struct casus_reliance *reliance;
    struct casus_sampling sampling = {.first = FIRST, .workers = 1};
    assert_int_equal(casus_graph_build(whole, NULL, NULL, NULL, &graph, NULL), CASUS_OK);
    struct casus_basis basis = {.dossier = whole, .graph = graph};
    assert_int_equal(casus_reliance_new(&basis, &sampling, &reliance, NULL), CASUS_OK);
    const struct casus_stay *stay = find_stay(reliance, whole, source ? "s1" : "s0");
    unsigned hanging = 0;
    if (after && !(stay && stay->everything))
        hanging = compare(reliance, stay, before, after);
    casus_reliance_free(reliance);
    casus_graph_free(graph);
    casus_scores_free(before);
    casus_scores_free(after);
    casus_dossier_free(whole);
    casus_dossier_free(rest);
    return hanging;
}

static void
without_a_source_all_is_as_if_it_was_never_read(void **unused)
{
    unsigned hanging = 0;
    for (int round = 0; round < ROUNDS; round++) {
        seed_round(round);
        struct world world = draw_world();
        hanging += leave_out(&world, 0) + leave_out(&world, 1);
    }
    assert_true(hanging > 100); /* or nothing was compared */
}

/* --- an observer ------------------------------------------------------------------------------ */

static void
lifted(const struct casus_dossier *plain, const struct casus_dossier *seen, unsigned lifts[2])
{
    struct casus_verdicts *before, *after;
    assert_int_equal(casus_verdicts_new(plain, &before, NULL), CASUS_OK);
    assert_int_equal(casus_verdicts_new(seen, &after, NULL), CASUS_OK);
    for (uint32_t i = 0; i < casus_dossier_event_count(plain); i++) {
        enum casus_evidence was = casus_verdicts_evidence(before, i);
        enum casus_evidence is = casus_verdicts_evidence(after, i);
        bool lifts_it = was == CASUS_SINGLE || was == CASUS_ONE_SIDED || was == CASUS_ADMITTED ||
                        was == CASUS_CORROBORATED;
        enum casus_evidence expected = lifts_it                 ? CASUS_CORROBORATED
                                       : was == CASUS_UNSOURCED ? CASUS_SINGLE
                                                                : CASUS_DISPUTED;
        if (is != expected)
            fail_msg("seed %llu: e%u was %s, is %s with an observer", (unsigned long long)current,
                     i, casus_evidence_name(was), casus_evidence_name(is));
        lifts[0] += was == CASUS_SINGLE;
        lifts[1] += was == CASUS_ONE_SIDED;
    }
    casus_verdicts_free(before);
    casus_verdicts_free(after);
}

static void
an_independent_observer_corroborates(void **unused)
{
    unsigned lifts[2] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct casus_dossier *plain = dossier_of(&world, NULL, "", "");
        struct casus_dossier *seen =
            dossier_of(&world, NULL, ",{\"id\":\"observer\",\"kind\":\"monitor\"}",
                       "{\"by\":\"observer\",\"stance\":\"report\"}");
        lifted(plain, seen, lifts);
        casus_dossier_free(plain);
        casus_dossier_free(seen);
    }
    assert_true(lifts[0] > 20 && lifts[1] > 20);
}

/* --- doubt ------------------------------------------------------------------------------------ */

/* Whether the actor, or anyone whom it may speak for, is the doubted one: more than the rule asks,
 * so that what remains is surely supported by others. */
static bool
may_speak_for(const struct world *world, int actor, int doubted)
{
    for (; actor >= 0; actor = world->parent[actor]) {
        if (actor == doubted)
            return true;
    }
    return false;
}

/* A sum of what both graphs say of ties of attack and support that stay whole. */
static void
same_ties(const struct casus_dossier *dossier, const struct casus_graph *all,
          const struct casus_graph *some, const uint8_t *chosen)
{
    uint32_t at = 0;
    for (uint32_t t = 0; t < casus_graph_tie_count(all); t++) {
        const struct casus_tie *tie = casus_graph_tie_at(all, t);
        uint32_t left = 0;
        for (uint32_t e = 0; e < tie->events; e++)
            left += chosen[casus_graph_tie_event(all, t, e)];
        if (!left)
            continue;
        const struct casus_tie *other = casus_graph_tie_at(some, at++);
        const char *from = casus_graph_actor_at(all, tie->from)->id;
        assert_string_equal(casus_graph_actor_at(some, other->from)->id, from);
        assert_string_equal(casus_graph_actor_at(some, other->to)->id,
                            casus_graph_actor_at(all, tie->to)->id);
        assert_int_equal(other->events, left);
        if (left == tie->events)
            assert_memory_equal(other->losses, tie->losses, sizeof tie->losses);
    }
    assert_int_equal(at, casus_graph_tie_count(some));
    (void)dossier;
}

static unsigned
doubt_one(const struct world *world, const struct casus_dossier *dossier, int doubted)
{
    char id[12];
    const char *names[] = {id};
    snprintf(id, sizeof id, "a%d", doubted);
    unsigned relations = CASUS_BIT(CASUS_ATTACK) | CASUS_BIT(CASUS_SUPPORT);
    struct casus_selection plain = {.relations = relations};
    struct casus_selection doubting = {.relations = relations, .doubt = names, .doubt_count = 1};
    struct casus_removed removed;
    uint8_t chosen[EVENTS];
    unsigned fallen = 0;
    doubting.relations = 0; /* events of all relations are chosen; ties of two are compared */
    assert_int_equal(casus_selection_apply(&doubting, dossier, chosen, &removed, NULL), CASUS_OK);
    doubting.relations = relations;
    for (unsigned i = 0; i < EVENTS; i++) {
        const struct event *event = &world->events[i];
        bool told = false, others = false;
        for (unsigned j = 0; j < event->claim_count; j++) {
            const struct claim *claim = &event->claims[j];
            if (claim->stance == DENY)
                continue;
            told = true;
            others |= !may_speak_for(world, claim->by, doubted) &&
                      !may_speak_for(world, claim->via, doubted);
        }
        if ((!told || others) && !chosen[i])
            fail_msg("seed %llu: doubting %s drops e%u, which others support",
                     (unsigned long long)current, id, i);
        fallen += !chosen[i];
    }
    assert_int_equal(removed.belief, fallen);
    struct casus_graph *all, *some;
    assert_int_equal(casus_graph_build(dossier, &plain, NULL, NULL, &all, NULL), CASUS_OK);
    if (casus_graph_build(dossier, &doubting, NULL, NULL, &some, NULL) == CASUS_OK) {
        same_ties(dossier, all, some, chosen);
        casus_graph_free(some);
    }
    casus_graph_free(all);
    return fallen;
}

static void
doubt_leaves_what_others_support(void **unused)
{
    unsigned fallen = 0;
    for (int round = 0; round < ROUNDS; round++) {
        seed_round(round);
        struct world world = draw_world();
        struct casus_dossier *dossier = dossier_of(&world, NULL, "", "");
        for (int doubted = 0; doubted < ACTORS; doubted++)
            fallen += doubt_one(&world, dossier, doubted);
        casus_dossier_free(dossier);
    }
    assert_true(fallen > 100);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_source_all_is_as_if_it_was_never_read),
        cmocka_unit_test(an_independent_observer_corroborates),
        cmocka_unit_test(doubt_leaves_what_others_support),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
