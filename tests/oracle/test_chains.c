/* Chains of backing against a naive version on random graphs of up to 8 actors, against the case
 * worked by hand in graphs/backing-by-hand, and under other names.
 *
 * usage: test_chains [SEED]       prints the seed; SEED repeats a run
 */
#include "unit/inline.h"

#include "analysis/chains/behind.h"

enum { MOST = 8, DAYS = 12, GRAPHS = 300, NAIVE_ROOM = 120000 };

static uint64_t random_state;
static uint64_t seed = 1;

static uint32_t
draw(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 33) % below);
}

/* --- a random war ------------------------------------------------------------------------- */

/* The naive version asks `days` (a bit a day) and the matrices; ours asks `backing`. */
struct war {
    uint32_t n;
    bool support[MOST][MOST], fight[MOST][MOST], undated[MOST][MOST], barred[MOST];
    unsigned days[MOST][MOST];
    double confidence[MOST][MOST];
    struct cas_backing backing;
    struct casus_step steps[MOST * MOST];
    struct casus_fight fights[MOST * MOST];
    uint32_t out_begin[MOST + 1], spell_begin[MOST * MOST + 1], events[MOST * MOST];
    struct cas_spell spells[MOST * MOST * DAYS];
    bool step_undated[MOST * MOST], fighter[MOST];
};

static void
draw_ties(struct war *war, uint32_t fullness)
{
    for (uint32_t a = 0; a < war->n; a++) {
        war->barred[a] = draw(9) == 0;
        for (uint32_t b = 0; b < war->n; b++) {
            war->support[a][b] = a != b && draw(10) < fullness;
            war->undated[a][b] = draw(6) == 0;
            war->days[a][b] = 1u << draw(DAYS) | 1u << draw(DAYS) | 1u << draw(DAYS);
            war->confidence[a][b] = draw(5) == 0 ? NAN : 0.1 + 0.2 * draw(5);
            if (a < b && draw(10) < 3)
                war->fight[a][b] = war->fight[b][a] = true;
        }
    }
}

static void
put_step(struct war *war, uint32_t a, uint32_t b)
{
    uint32_t at = war->backing.step_count++, spells = war->spell_begin[at];
    war->steps[at] = (struct casus_step){.from = a, .to = b, .confidence = war->confidence[a][b]};
    war->step_undated[at] = war->undated[a][b];
    for (int day = 0; day < DAYS; day++) {
        if (!(war->days[a][b] >> day & 1))
            continue;
        if (day && war->days[a][b] >> (day - 1) & 1)
            war->spells[spells - 1].last = day;
        else
            war->spells[spells++] = (struct cas_spell){day, day};
    }
    war->spell_begin[at + 1] = spells;
}

static void
put_ends(struct war *war)
{
    for (uint32_t a = 0; a < war->n; a++) {
        war->out_begin[a] = war->backing.step_count;
        for (uint32_t b = 0; b < war->n; b++) {
            if (war->support[a][b])
                put_step(war, a, b);
            if (a < b && war->fight[a][b]) {
                uint32_t at = war->backing.fight_count++;
                war->events[at] = at;
                war->fights[at] = (struct casus_fight){a, b, &war->events[at], 1};
                war->fighter[a] = war->fighter[b] = true;
            }
        }
    }
    war->out_begin[war->n] = war->backing.step_count;
}

static void
make_war(struct war *war)
{
    static const uint32_t fullness[] = {1, 2, 3, 5, 8};
    memset(war, 0, sizeof *war);
    war->n = 1 + draw(MOST);
    draw_ties(war, fullness[draw(war->n > 6 ? 4 : 5)]);
    war->backing = (struct cas_backing){.n = war->n,
                                        .steps = war->steps,
                                        .out_begin = war->out_begin,
                                        .spells = war->spells,
                                        .spell_begin = war->spell_begin,
                                        .undated = war->step_undated,
                                        .fights = war->fights,
                                        .fighter = war->fighter,
                                        .barred = war->barred};
    put_ends(war);
}

/* --- naive chains ------------------------------------------------------------------------- */

struct naive {
    uint32_t path[MOST], length;
};

static struct naive naive_chains[NAIVE_ROOM];
static size_t naive_count;

static bool
fights_anybody(const struct war *war, uint32_t v)
{
    for (uint32_t w = 0; w < war->n; w++) {
        if (war->fight[v][w])
            return true;
    }
    return false;
}

static bool
is_chain(const struct war *war, const uint32_t *path, uint32_t length, bool any_time)
{
    for (uint32_t i = 0; i <= length; i++) {
        if (war->barred[path[i]] || (i && !war->support[path[i - 1]][path[i]]))
            return false;
    }
    for (uint32_t i = 1; i < length && !any_time; i++) {
        uint32_t a = path[i - 1], b = path[i], c = path[i + 1];
        if (!war->undated[a][b] && !war->undated[b][c] && !(war->days[a][b] & war->days[b][c]))
            return false;
    }
    return length > 0 && fights_anybody(war, path[length]);
}

/* Every row of distinct actors, chain or not. */
static void
try_rows(const struct war *war, uint32_t *path, uint32_t count, bool any_time)
{
    if (count > 1 && is_chain(war, path, count - 1, any_time)) {
        assert_true(naive_count < NAIVE_ROOM);
        memcpy(naive_chains[naive_count].path, path, count * sizeof *path);
        naive_chains[naive_count++].length = count - 1;
    }
    for (uint32_t v = 0; v < war->n && count < war->n; v++) {
        bool used = false;
        for (uint32_t i = 0; i < count; i++)
            used |= path[i] == v;
        if (used)
            continue;
        path[count] = v;
        try_rows(war, path, count + 1, any_time);
    }
}

static int
compare_naive(const void *left, const void *right)
{
    const struct naive *a = left, *b = right;
    if (a->length != b->length)
        return a->length > b->length ? -1 : 1;
    for (uint32_t i = 0; i <= a->length; i++) {
        if (a->path[i] != b->path[i])
            return a->path[i] < b->path[i] ? -1 : 1;
    }
    return 0;
}

static void
find_naive(const struct war *war, bool any_time)
{
    uint32_t path[MOST];
    naive_count = 0;
    try_rows(war, path, 0, any_time);
    qsort(naive_chains, naive_count, sizeof *naive_chains, compare_naive);
}

static bool
is_within(const struct naive *chain, const struct cas_chain_query *query)
{
    return chain->length <= query->longest &&
           (query->backer == CASUS_NONE || query->backer == chain->path[0]) &&
           (query->fighter == CASUS_NONE || query->fighter == chain->path[chain->length]);
}

/* --- chains ------------------------------------------------------------------------------- */

static const struct cas_chain_query everything = {CASUS_NONE, CASUS_NONE,     CASUS_CHAIN_LONGEST,
                                                  UINT32_MAX, CAS_CHAIN_WORK, false};

static struct cas_chain_paths
find_chains(struct cas_arena *arena, const struct war *war, const struct cas_chain_query *query)
{
    struct cas_chain_paths paths;
    struct casus_error err = {0};
    assert_int_equal(cas_chain_paths_find(arena, &war->backing, query, &paths, &err), CASUS_OK);
    return paths;
}

static void
assert_same_chain(const struct war *war, const struct casus_chain *found,
                  const struct naive *expected)
{
    double product = 1;
    assert_int_equal(found->length, expected->length);
    for (uint32_t i = 0; i <= found->length; i++)
        assert_int_equal(found->path[i], expected->path[i]);
    for (uint32_t i = 0; i < found->length; i++) {
        assert_int_equal(war->steps[found->steps[i]].from, expected->path[i]);
        assert_int_equal(war->steps[found->steps[i]].to, expected->path[i + 1]);
        product *= war->confidence[expected->path[i]][expected->path[i + 1]];
    }
    assert_true(isnan(product) ? isnan(found->confidence)
                               : fabs(product - found->confidence) < 1e-12);
}

static void
check_query(const struct war *war, const struct cas_chain_query *query)
{
    struct cas_arena arena;
    size_t expected = 0;
    bool longer = false;
    cas_arena_init(&arena);
    struct cas_chain_paths paths = find_chains(&arena, war, query);
    struct cas_chain_query no_end = *query;
    no_end.longest = UINT32_MAX;
    for (size_t i = 0; i < naive_count; i++) {
        longer |= is_within(&naive_chains[i], &no_end) && naive_chains[i].length > query->longest;
        if (!is_within(&naive_chains[i], query))
            continue;
        assert_true(expected < paths.count);
        assert_same_chain(war, &paths.at[expected++], &naive_chains[i]);
    }
    assert_int_equal(paths.count, expected);
    assert_int_equal(paths.complete, query->longest);
    assert_int_equal(paths.longer, longer);
    cas_arena_done(&arena);
}

static void
chains_are_those_that_naive_enumeration_finds(void **state)
{
    static struct war war;
    for (int i = 0; i < GRAPHS; i++) {
        make_war(&war);
        struct cas_chain_query query = everything;
        query.any_time = i % 2;
        find_naive(&war, query.any_time);
        check_query(&war, &query);
        query.longest = 1 + draw(MOST);
        check_query(&war, &query);
        query.backer = draw(war.n);
        check_query(&war, &query);
        query.fighter = draw(war.n);
        check_query(&war, &query);
        query.backer = CASUS_NONE;
        check_query(&war, &query);
    }
}

static void
a_limit_cuts_the_longest_and_says_so(void **state)
{
    static struct war war;
    for (int i = 0; i < GRAPHS; i++) {
        struct cas_arena arena;
        cas_arena_init(&arena);
        make_war(&war);
        find_naive(&war, false);
        struct cas_chain_query query = everything;
        query.most = 1 + draw(20);
        struct cas_chain_paths paths = find_chains(&arena, &war, &query);
        assert_int_equal(paths.count, naive_count < query.most ? naive_count : query.most);
        assert_int_equal(paths.complete == query.longest, naive_count <= query.most);
        size_t within = 0;
        for (size_t k = 0; k < naive_count; k++)
            within += naive_chains[k].length <= paths.complete;
        for (uint32_t k = 0; k < paths.count; k++) {
            assert_true(paths.at[k].length <= paths.complete + 1);
            within -= paths.at[k].length <= paths.complete;
        }
        assert_int_equal(within, 0);
        cas_arena_done(&arena);
    }
}

/* --- what follows from chains ------------------------------------------------------------- */

static bool
passes(const struct naive *chain, uint32_t v)
{
    for (uint32_t i = 0; i <= chain->length; i++) {
        if (chain->path[i] == v)
            return true;
    }
    return false;
}

/* Length of the shortest chain from `backer` to `fighter` past neither a nor b; 0: there is none. */
static uint32_t
naive_reach(uint32_t backer, uint32_t fighter, uint32_t a, uint32_t b)
{
    uint32_t best = 0;
    for (size_t i = 0; i < naive_count; i++) {
        const struct naive *chain = &naive_chains[i];
        if (chain->path[0] == backer && chain->path[chain->length] == fighter &&
            !passes(chain, a) && !passes(chain, b))
            best = chain->length; /* they stand the longest first */
    }
    return best;
}

struct told {
    struct cas_faced_list faced;
    struct cas_double_list doubles;
    struct cas_opposed_list opposed;
    struct cas_shared_list shared;
    struct cas_departure_list departures;
};

static void
tell(struct cas_arena *arena, const struct war *war, const struct cas_camps *camps,
     const struct cas_narrow *narrow, struct told *out)
{
    struct cas_behind behind;
    struct cas_chain_paths paths = find_chains(arena, war, &everything);
    memset(out, 0, sizeof *out);
    assert_int_equal(cas_behind_init(arena, &war->backing, &paths, &behind, NULL), CASUS_OK);
    assert_int_equal(cas_faced_find(arena, &behind, narrow, &out->faced, NULL), CASUS_OK);
    assert_int_equal(cas_doubles_find(arena, &behind, narrow, &out->doubles, NULL), CASUS_OK);
    assert_int_equal(cas_opposed_find(arena, &behind, camps, narrow, &out->opposed, NULL),
                     CASUS_OK);
    assert_int_equal(cas_shared_find(arena, &war->backing, narrow, &out->shared, NULL), CASUS_OK);
    assert_int_equal(cas_departures_find(arena, &war->backing, narrow, &out->departures, NULL),
                     CASUS_OK);
}

static void
check_faced(const struct war *war, const struct cas_faced_list *list)
{
    uint32_t at = 0;
    for (uint32_t a = 0; a < war->n; a++) {
        for (uint32_t b = a + 1; b < war->n; b++) {
            uint32_t fronts = 0;
            for (uint32_t x = 0; x < war->n; x++) {
                for (uint32_t y = 0; y < war->n; y++) {
                    uint32_t one = war->fight[x][y] ? naive_reach(a, x, b, y) : 0;
                    uint32_t other = one ? naive_reach(b, y, a, x) : 0;
                    if (!other)
                        continue;
                    assert_true(at < list->count);
                    const struct casus_front *front = &list->at[at].fronts[fronts++];
                    assert_int_equal(front->fighters[0], x);
                    assert_int_equal(front->fighters[1], y);
                    assert_int_equal(front->chains[0].length, one);
                    assert_int_equal(front->chains[1].length, other);
                    assert_int_equal(front->fight, cas_fight_of(&war->backing, x, y));
                }
            }
            if (!fronts)
                continue;
            assert_int_equal(list->at[at].backers[0], a);
            assert_int_equal(list->at[at].backers[1], b);
            assert_int_equal(list->at[at++].front_count, fronts);
        }
    }
    assert_int_equal(at, list->count);
}

static void
check_doubles(const struct war *war, const struct cas_double_list *list)
{
    uint32_t at = 0;
    for (uint32_t v = 0; v < war->n; v++) {
        for (uint32_t x = 0; x < war->n; x++) {
            for (uint32_t y = x + 1; y < war->n; y++) {
                uint32_t one = war->fight[x][y] ? naive_reach(v, x, y, y) : 0;
                uint32_t other = one ? naive_reach(v, y, x, x) : 0;
                if (!other)
                    continue;
                assert_true(at < list->count);
                assert_int_equal(list->at[at].actor, v);
                assert_int_equal(list->at[at].front.fighters[0], x);
                assert_int_equal(list->at[at].front.fighters[1], y);
                assert_int_equal(list->at[at++].direct, one == 1 && other == 1);
            }
        }
    }
    assert_int_equal(at, list->count);
}

static bool
camps_fight(const struct war *war, const uint32_t *camp, uint32_t a, uint32_t b)
{
    for (uint32_t x = 0; x < war->n; x++) {
        for (uint32_t y = 0; y < war->n; y++) {
            if (war->fight[x][y] && camp[x] == a && camp[y] == b)
                return true;
        }
    }
    return false;
}

static void
check_opposed(const struct war *war, const uint32_t *camp, const struct cas_opposed_list *list)
{
    uint32_t at = 0;
    for (uint32_t v = 0; v < war->n; v++) {
        for (uint32_t a = 0; a < war->n; a++) {
            for (uint32_t b = a + 1; b < war->n; b++) {
                if (camp[a] == camp[b] || !camps_fight(war, camp, camp[a], camp[b]) ||
                    !naive_reach(a, v, b, b) || !naive_reach(b, v, a, a))
                    continue;
                assert_true(at < list->count);
                assert_int_equal(list->at[at].fighter, v);
                assert_int_equal(list->at[at].backers[0], a);
                assert_int_equal(list->at[at].backers[1], b);
                assert_true(list->at[at++].event_count > 0);
            }
        }
    }
    assert_int_equal(at, list->count);
}

static void
check_clients(const struct war *war, const struct told *told)
{
    uint32_t shared = 0, left = 0;
    for (uint32_t a = 0; a < war->n; a++) {
        uint32_t clients = 0;
        for (uint32_t b = 0; b < war->n; b++) {
            uint32_t others = 0;
            for (uint32_t c = 0; c < war->n; c++)
                others += c != a && war->support[c][b];
            if (!war->support[a][b])
                continue;
            clients++;
            assert_int_equal(told->departures.at[left].backer, a);
            assert_int_equal(told->departures.at[left].client, b);
            assert_int_equal(told->departures.at[left++].other_count, others);
        }
        if (clients > 1) {
            assert_int_equal(told->shared.at[shared].backer, a);
            assert_int_equal(told->shared.at[shared++].client_count, clients);
        }
    }
    assert_int_equal(shared, told->shared.count);
    assert_int_equal(left, told->departures.count);
}

static void
what_follows_from_chains_is_what_a_naive_search_finds(void **state)
{
    static struct war war;
    static const char *const labels[MOST] = {"0", "1", "2", "3", "4", "5", "6", "7"};
    const struct cas_narrow wide = {CASUS_NONE, CASUS_NONE, UINT32_MAX};
    for (int i = 0; i < GRAPHS; i++) {
        struct cas_arena arena;
        struct told told;
        uint32_t camp[MOST];
        cas_arena_init(&arena);
        make_war(&war);
        find_naive(&war, false);
        for (uint32_t v = 0; v < war.n; v++)
            camp[v] = draw(3);
        const struct cas_camps camps = {camp, labels, 3};
        tell(&arena, &war, &camps, &wide, &told);
        check_faced(&war, &told.faced);
        check_doubles(&war, &told.doubles);
        check_opposed(&war, camp, &told.opposed);
        check_clients(&war, &told);
        cas_arena_done(&arena);
    }
}

/* --- the case worked by hand -------------------------------------------------------------- */

struct answer {
    struct casus_dossier *dossier;
    struct casus_graph *graph;
    struct casus_chains *chains;
};

static void
answer_done(struct answer *answer)
{
    casus_chains_free(answer->chains);
    casus_graph_free(answer->graph);
    casus_dossier_free(answer->dossier);
}

static struct casus_dossier *
read_case(void)
{
    char path[512];
    const char *root = getenv("CASUS_ROOT");
    struct casus_error err = {0};
    struct casus_dossier *dossier = casus_dossier_new();
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    snprintf(path, sizeof path, "%s/graphs/backing-by-hand", root ? root : ".");
    enum casus_status status = casus_read(path, NULL, casus_dossier_sink(dossier), problems, &err);
    if (status == CASUS_OK)
        status = casus_dossier_finish(dossier, problems, &err);
    if (status != CASUS_OK)
        fail_msg("%s", err.text);
    casus_problems_free(problems);
    return dossier;
}

static void
answer_for(struct answer *answer, struct casus_dossier *dossier,
           const struct casus_chaining *chaining)
{
    struct casus_error err = {0};
    answer->dossier = dossier;
    assert_int_equal(casus_graph_build(dossier, NULL, NULL, NULL, &answer->graph, &err), CASUS_OK);
    if (casus_chains_new(dossier, answer->graph, chaining, &answer->chains, &err) != CASUS_OK)
        fail_msg("%s", err.text);
}

static const char *
id_of(const struct answer *answer, uint32_t actor)
{
    return casus_graph_actor_at(answer->graph, actor)->id;
}

/* "empire>republic>guards" */
static const char *
path_text(const struct answer *answer, const struct casus_chain *chain, char out[128])
{
    out[0] = '\0';
    for (uint32_t i = 0; i <= chain->length; i++) {
        if (i)
            strcat(out, ">");
        strcat(out, id_of(answer, chain->path[i]));
    }
    return out;
}

static void
assert_events(const struct answer *answer, const uint32_t *events, uint32_t count,
              const char *expected)
{
    char text[128] = "";
    for (uint32_t i = 0; i < count; i++) {
        strcat(text, i ? " " : "");
        strcat(text, casus_dossier_event_at(answer->dossier, events[i])->id);
    }
    assert_string_equal(text, expected);
}

static void
the_case_worked_by_hand_has_its_chains(void **state)
{
    static const struct {
        const char *path, *events;
        double confidence;
    } expected[] = {
        {"empire>republic>guards", "s1 s2", 0.63},
        {"union>front>clan", "s3 s7", 0.05},
        {"empire>cell", "s5", NAN},
        {"front>cell", "s4", NAN},
        {"front>clan", "s7", 0.1},
        {"republic>clan", "s6", NAN},
        {"republic>guards", "s2", 0.9},
        {"union>front", "s3", 0.5},
    };
    struct answer answer = {0};
    char text[128];
    answer_for(&answer, read_case(), NULL);
    assert_int_equal(casus_chains_count(answer.chains), 8);
    for (uint32_t i = 0; i < 8; i++) {
        const struct casus_chain *chain = casus_chains_at(answer.chains, i);
        uint32_t events[8], count = 0;
        assert_string_equal(path_text(&answer, chain, text), expected[i].path);
        for (uint32_t k = 0; k < chain->length; k++)
            events[count++] = casus_chains_step_at(answer.chains, chain->steps[k])->events[0];
        assert_events(&answer, events, count, expected[i].events);
        assert_true(isnan(expected[i].confidence)
                        ? isnan(chain->confidence)
                        : fabs(chain->confidence - expected[i].confidence) < 1e-12);
    }
    assert_int_equal(casus_chains_cut(answer.chains)->apart, 2);
    assert_int_equal(casus_chains_cut(answer.chains)->complete, 8);
    assert_false(casus_chains_cut(answer.chains)->longer);
    answer_done(&answer);
}

static void
the_case_worked_by_hand_has_its_faced_backers(void **state)
{
    static const char *const expected[][4] = {
        {"empire", "front", "guards", "cell"},
        {"empire", "republic", "cell", "guards"},
        {"front", "republic", "cell", "guards"},
    };
    struct answer answer = {0};
    char text[128];
    answer_for(&answer, read_case(), NULL);
    assert_int_equal(casus_chains_faced_count(answer.chains), 3);
    for (uint32_t i = 0; i < 3; i++) {
        const struct casus_faced *faced = casus_chains_faced_at(answer.chains, i);
        for (int k = 0; k < 2; k++) {
            assert_string_equal(id_of(&answer, faced->backers[k]), expected[i][k]);
            assert_int_equal(faced->through_count[k], 1);
            assert_string_equal(id_of(&answer, faced->through[k][0]), expected[i][2 + k]);
        }
        assert_events(&answer, faced->events, faced->event_count, "a1");
    }
    assert_int_equal(casus_chains_double_count(answer.chains), 1);
    const struct casus_double_dealer *dealer = casus_chains_double_at(answer.chains, 0);
    assert_string_equal(id_of(&answer, dealer->actor), "empire");
    assert_false(dealer->direct);
    assert_string_equal(path_text(&answer, &dealer->front.chains[0], text), "empire>cell");
    assert_string_equal(path_text(&answer, &dealer->front.chains[1], text),
                        "empire>republic>guards");
    answer_done(&answer);
}

static void
the_case_worked_by_hand_has_its_opposed_backers(void **state)
{
    struct answer answer = {0};
    answer_for(&answer, read_case(), NULL);
    assert_int_equal(casus_chains_opposed_count(answer.chains), 1);
    const struct casus_opposed *opposed = casus_chains_opposed_at(answer.chains, 0);
    assert_string_equal(id_of(&answer, opposed->fighter), "clan");
    assert_string_equal(id_of(&answer, opposed->backers[0]), "front");
    assert_string_equal(opposed->sides[0], "rebels");
    assert_string_equal(id_of(&answer, opposed->backers[1]), "republic");
    assert_string_equal(opposed->sides[1], "government");
    assert_events(&answer, opposed->events, opposed->event_count, "a2 a1");
    answer_done(&answer);
}

static void
the_case_worked_by_hand_says_what_clients_lose(void **state)
{
    static const struct {
        const char *backer, *client, *only, *other;
    } expected[] = {
        {"empire", "cell", "training", "front"},     {"empire", "republic", "training", NULL},
        {"front", "cell", "weapons", "empire"},      {"front", "clan", NULL, "republic"},
        {"people", "guards", "support", "republic"}, {"republic", "clan", NULL, "front"},
        {"republic", "guards", "weapons", "people"}, {"union", "front", "funding", NULL},
        {"union", "people", "sanctuary", NULL},
    };
    struct answer answer = {0};
    answer_for(&answer, read_case(), NULL);
    assert_int_equal(casus_chains_departure_count(answer.chains), 9);
    for (uint32_t i = 0; i < 9; i++) {
        const struct casus_departure *gone = casus_chains_departure_at(answer.chains, i);
        assert_string_equal(id_of(&answer, gone->backer), expected[i].backer);
        assert_string_equal(id_of(&answer, gone->client), expected[i].client);
        assert_int_equal(gone->only_count, expected[i].only ? 1 : 0);
        if (gone->only_count)
            assert_string_equal(gone->only[0], expected[i].only);
        assert_int_equal(gone->other_count, expected[i].other ? 1 : 0);
        if (gone->other_count)
            assert_string_equal(id_of(&answer, gone->others[0]), expected[i].other);
    }
    assert_int_equal(casus_chains_shared_count(answer.chains), 4);
    answer_done(&answer);
}

static void
options_narrow_and_widen_the_case(void **state)
{
    static const struct {
        struct casus_chaining chaining;
        uint32_t chains, faced;
    } cases[] = {
        {{.backer = "empire"}, 2, 2},
        {{.backer = "The Empire"}, 2, 2},
        {{.fighter = "guards"}, 2, 3},
        {{.fighter = "clan"}, 3, 0},
        {{.backer = "union", .fighter = "clan"}, 1, 0},
        {{.backer = "raiders"}, 0, 0},
        /* empire > republic > clan and union > front > cell; union against empire and republic */
        {{.any_time = true}, 10, 5},
        /* union > people > guards and its parts; over a1 people and union against empire and front,
         * over a4 union against republic */
        {{.with_generic = true}, 11, 8},
        {{.longest = 1}, 6, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer;
        answer_for(&answer, read_case(), &cases[i].chaining);
        if (casus_chains_count(answer.chains) != cases[i].chains ||
            casus_chains_faced_count(answer.chains) != cases[i].faced)
            fail_msg("case %zu: %u chains, %u faced", i, casus_chains_count(answer.chains),
                     casus_chains_faced_count(answer.chains));
        answer_done(&answer);
    }
}

static void
bad_options_are_told(void **state)
{
    static const struct {
        struct casus_chaining chaining;
        unsigned code;
        const char *text;
    } cases[] = {
        {{.backer = "empir"}, 162, "no actor 'empir'; did you mean 'empire'?"},
        {{.fighter = "nobody at all"}, 162, "no actor 'nobody at all'"},
        {{.longest = 33}, 160, "chains of up to 33 steps; casus looks for up to 32"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer = {.dossier = read_case()};
        struct casus_error err = {0};
        assert_int_equal(casus_graph_build(answer.dossier, NULL, NULL, NULL, &answer.graph, &err),
                         CASUS_OK);
        assert_int_equal(casus_chains_new(answer.dossier, answer.graph, &cases[i].chaining,
                                          &answer.chains, &err),
                         CASUS_EINVAL);
        assert_null(answer.chains);
        assert_int_equal(err.code, cases[i].code);
        assert_string_equal(err.text, cases[i].text);
        answer_done(&answer);
    }
}

/* --- other names -------------------------------------------------------------------------- */

struct random_event {
    uint32_t from, to, year, years, credibility;
    bool attack;
};

static char *
dossier_text(const struct random_event *events, uint32_t count, uint32_t n, const uint32_t *name,
             bool backwards)
{
    char *text = malloc(40000);
    size_t at = (size_t)sprintf(text, "{\"casus\":1,\"actors\":[");
    for (uint32_t v = 0; v < n; v++)
        at += (size_t)sprintf(text + at, "%s{\"id\":\"a%u\"}", v ? "," : "", name[v]);
    at += (size_t)sprintf(text + at, "],\"events\":[");
    for (uint32_t i = 0; i < count; i++) {
        const struct random_event *event = &events[backwards ? count - 1 - i : i];
        at +=
            (size_t)sprintf(text + at,
                            "%s{\"id\":\"e%u\",\"type\":\"%s\",\"from\":[\"a%u\"],"
                            "\"to\":[\"a%u\"],\"date\":{\"from\":\"%u\",\"to\":\"%u\"},"
                            "\"claims\":[{\"stance\":\"report\",\"credibility\":%u}]}",
                            i ? "," : "", (unsigned)(event - events),
                            event->attack ? "raid" : "weapons", name[event->from], name[event->to],
                            event->year, event->year + event->years, event->credibility);
    }
    strcpy(text + at, "]}");
    return text;
}

static int
compare_lines(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* Chains and faced pairs with the first names put back, in an order of their own. */
static size_t
lines_of(const struct answer *answer, const uint32_t *unname, char lines[][64], size_t room)
{
    size_t count = 0;
    for (uint32_t i = 0; i < casus_chains_count(answer->chains) && count < room; i++) {
        const struct casus_chain *chain = casus_chains_at(answer->chains, i);
        char *at = lines[count++];
        for (uint32_t k = 0; k <= chain->length; k++)
            at += sprintf(at, "%u ", unname[atoi(id_of(answer, chain->path[k]) + 1)]);
        for (uint32_t k = 0; k < chain->length; k++)
            at += sprintf(at, "%s ",
                          casus_dossier_event_at(
                              answer->dossier,
                              casus_chains_step_at(answer->chains, chain->steps[k])->events[0])
                              ->id);
        sprintf(at, "%.6f", chain->confidence);
    }
    for (uint32_t i = 0; i < casus_chains_faced_count(answer->chains) && count < room; i++) {
        const struct casus_faced *faced = casus_chains_faced_at(answer->chains, i);
        uint32_t a = unname[atoi(id_of(answer, faced->backers[0]) + 1)];
        uint32_t b = unname[atoi(id_of(answer, faced->backers[1]) + 1)];
        sprintf(lines[count++], "faced %u %u %u %u", a < b ? a : b, a < b ? b : a,
                faced->front_count, faced->event_count);
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    return count;
}

static void
draw_events(struct random_event *events, uint32_t count, uint32_t n)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = draw(n);
        events[i] = (struct random_event){
            from, (from + 1 + draw(n - 1)) % n, 2000 + draw(8), draw(4), 1 + draw(6), draw(3) == 0};
    }
}

static void
other_names_and_another_order_change_nothing_but_labels(void **state)
{
    enum { LINES = 4000 };
    static char first[LINES][64], second[LINES][64];
    static const uint32_t same[MOST] = {0, 1, 2, 3, 4, 5, 6, 7};
    for (int round = 0; round < 60; round++) {
        struct random_event events[24];
        uint32_t n = 3 + draw(MOST - 2), count = 4 + draw(20), name[MOST], unname[MOST];
        draw_events(events, count, n);
        for (uint32_t v = 0; v < MOST; v++)
            name[v] = v;
        for (uint32_t v = n - 1; v > 0; v--) {
            uint32_t other = draw(v + 1), kept = name[v];
            name[v] = name[other];
            name[other] = kept;
        }
        for (uint32_t v = 0; v < MOST; v++)
            unname[name[v]] = v;
        char *plain = dossier_text(events, count, n, same, false);
        char *renamed = dossier_text(events, count, n, name, true);
        struct answer a, b;
        answer_for(&a, inline_dossier(plain), NULL);
        answer_for(&b, inline_dossier(renamed), NULL);
        size_t lines = lines_of(&a, same, first, LINES);
        assert_true(lines < LINES);
        assert_int_equal(lines_of(&b, unname, second, LINES), lines);
        for (size_t i = 0; i < lines; i++)
            assert_string_equal(first[i], second[i]);
        answer_done(&a);
        answer_done(&b);
        free(plain);
        free(renamed);
    }
}

static void
a_graph_folded_while_reading_is_sent_back(void **state)
{
    static const char text[] =
        "{\"casus\":1,\"actors\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
        "\"events\":[{\"id\":\"e\",\"type\":\"raid\",\"from\":[\"a\"],\"to\":[\"b\"]}]}";
    struct casus_dossier *dossier = inline_dossier(text);
    struct casus_problems *problems = casus_problems_new(CASUS_STRICT);
    struct casus_fold *fold;
    struct casus_graph *graph;
    struct casus_chains *chains = NULL;
    assert_int_equal(casus_fold_new(NULL, NULL, &fold, NULL), CASUS_OK);
    assert_int_equal(inline_read(text, casus_fold_sink(fold), problems, NULL), CASUS_OK);
    assert_int_equal(casus_fold_finish(fold, problems, &graph, NULL), CASUS_OK);
    assert_int_equal(casus_chains_new(dossier, graph, NULL, &chains, NULL), CASUS_EKEEP);
    assert_null(chains);
    casus_graph_free(graph);
    casus_fold_free(fold);
    casus_problems_free(problems);
    casus_dossier_free(dossier);
}

static int
reseed(void **state)
{
    random_state = seed * 0x9E3779B97F4A7C15u + 1;
    return 0;
}

int
main(int count, char **arguments)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(chains_are_those_that_naive_enumeration_finds, reseed),
        cmocka_unit_test_setup(a_limit_cuts_the_longest_and_says_so, reseed),
        cmocka_unit_test_setup(what_follows_from_chains_is_what_a_naive_search_finds, reseed),
        cmocka_unit_test(the_case_worked_by_hand_has_its_chains),
        cmocka_unit_test(the_case_worked_by_hand_has_its_faced_backers),
        cmocka_unit_test(the_case_worked_by_hand_has_its_opposed_backers),
        cmocka_unit_test(the_case_worked_by_hand_says_what_clients_lose),
        cmocka_unit_test(options_narrow_and_widen_the_case),
        cmocka_unit_test(bad_options_are_told),
        cmocka_unit_test_setup(other_names_and_another_order_change_nothing_but_labels, reseed),
        cmocka_unit_test(a_graph_folded_while_reading_is_sent_back),
    };
    if (count > 1)
        seed = strtoull(arguments[1], NULL, 10);
    print_message("seed %llu\n", (unsigned long long)seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
