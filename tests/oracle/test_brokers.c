/* Roles, cut points, bridges and separations against naive versions on random graphs of up to 8
 * actors, by hand, and under other names.
 *
 * usage: test_brokers [SEED]       prints the seed; SEED repeats a run
 */
#include "unit/inline.h"

#include "analysis/brokerage/broker.h"

enum { MOST = 8, GRAPHS = 300 };

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

struct naive {
    uint32_t n, group[MOST];
    bool arc[MOST][MOST];
    struct cas_contact *contact;
};

static struct cas_contact *
contact_of(const struct naive *graph)
{
    struct cas_contact_tie ties[MOST * MOST];
    struct cas_contact *contact = NULL;
    size_t count = 0;
    for (uint32_t a = 0; a < graph->n; a++) {
        for (uint32_t b = 0; b < graph->n; b++) {
            if (graph->arc[a][b])
                ties[count++] = (struct cas_contact_tie){a, b, 1, CASUS_SUPPORT, true};
        }
    }
    assert_int_equal(cas_contact_new(graph->n, ties, count, &contact, NULL), CASUS_OK);
    return contact;
}

static void
make_random(struct naive *graph)
{
    static const uint32_t fullness[] = {1, 2, 3, 5};
    uint32_t full = fullness[draw(4)];
    memset(graph, 0, sizeof *graph);
    graph->n = 1 + draw(MOST);
    for (uint32_t a = 0; a < graph->n; a++) {
        graph->group[a] = draw(3);
        for (uint32_t b = 0; b < graph->n; b++)
            graph->arc[a][b] = a != b && draw(10) < full;
    }
    graph->contact = contact_of(graph);
}

/* --- roles -------------------------------------------------------------------------------- */

static enum casus_role
naive_role(const uint32_t *group, uint32_t a, uint32_t b, uint32_t c)
{
    bool ab = group[a] == group[b], bc = group[b] == group[c], ac = group[a] == group[c];
    if (ab && bc)
        return CASUS_COORDINATOR;
    if (!ab && !bc && ac)
        return CASUS_ITINERANT;
    if (!ab && bc)
        return CASUS_GATEKEEPER;
    if (ab && !bc)
        return CASUS_REPRESENTATIVE;
    return CASUS_LIAISON;
}

static void
roles_are_those_of_all_triples(void **state)
{
    struct naive graph;
    for (int i = 0; i < GRAPHS; i++) {
        uint64_t expected[MOST * CASUS_ROLE_COUNT] = {0}, found[MOST * CASUS_ROLE_COUNT];
        make_random(&graph);
        for (uint32_t a = 0; a < graph.n; a++)
            for (uint32_t b = 0; b < graph.n; b++)
                for (uint32_t c = 0; c < graph.n; c++)
                    if (a != c && graph.arc[a][b] && graph.arc[b][c] && !graph.arc[a][c])
                        expected[b * CASUS_ROLE_COUNT + naive_role(graph.group, a, b, c)]++;
        assert_int_equal(cas_roles_count(graph.contact, graph.group, found, NULL), CASUS_OK);
        assert_memory_equal(found, expected, graph.n * CASUS_ROLE_COUNT * sizeof *found);
        cas_contact_free(graph.contact);
    }
}

/* --- cut points and bridges --------------------------------------------------------------- */

/* Sizes of what is connected, direction ignored, without actor `gone` and tie a - b; `part` of
 * each actor. @return how many */
static uint32_t
naive_parts(const struct naive *graph, uint32_t gone, uint32_t a, uint32_t b, uint32_t *part,
            uint32_t *size)
{
    uint32_t count = 0;
    for (uint32_t v = 0; v < graph->n; v++)
        part[v] = CASUS_NONE;
    for (uint32_t v = 0; v < graph->n; v++) {
        if (v == gone || part[v] != CASUS_NONE)
            continue;
        part[v] = count;
        for (uint32_t round = 0; round < graph->n; round++)
            for (uint32_t x = 0; x < graph->n; x++)
                for (uint32_t y = 0; y < graph->n; y++)
                    if ((graph->arc[x][y] || graph->arc[y][x]) && part[x] == count && y != gone &&
                        !((x == a && y == b) || (x == b && y == a)))
                        part[y] = count;
        size[count] = 0;
        for (uint32_t x = 0; x < graph->n; x++)
            size[count] += part[x] == count;
        count++;
    }
    return count;
}

static void
check_points(const struct naive *graph, const struct cas_cuts *cuts)
{
    uint32_t whole[MOST], part[MOST], size[MOST], at = 0;
    naive_parts(graph, CASUS_NONE, CASUS_NONE, CASUS_NONE, whole, size);
    for (uint32_t v = 0; v < graph->n; v++) {
        uint32_t parts = 0, largest = 0, others = 0;
        uint32_t count = naive_parts(graph, v, CASUS_NONE, CASUS_NONE, part, size);
        for (uint32_t p = 0; p < count; p++) {
            bool own = false;
            for (uint32_t x = 0; x < graph->n; x++)
                own |= x != v && part[x] == p && whole[x] == whole[v];
            if (!own)
                continue;
            parts++;
            others += size[p];
            largest = size[p] > largest ? size[p] : largest;
        }
        if (parts < 2)
            continue;
        assert_true(at < cuts->point_count);
        assert_int_equal(cuts->points[at].actor, v);
        assert_int_equal(cuts->points[at].parts, parts);
        assert_int_equal(cuts->points[at++].cut_off, others - largest);
    }
    assert_int_equal(at, cuts->point_count);
}

static void
check_bridges(const struct naive *graph, const struct cas_cuts *cuts)
{
    uint32_t part[MOST], size[MOST], at = 0;
    for (uint32_t a = 0; a < graph->n; a++) {
        for (uint32_t b = a + 1; b < graph->n; b++) {
            if (!graph->arc[a][b] && !graph->arc[b][a])
                continue;
            naive_parts(graph, CASUS_NONE, a, b, part, size);
            if (part[a] == part[b])
                continue;
            uint32_t one = size[part[a]], other = size[part[b]];
            assert_true(at < cuts->bridge_count);
            assert_int_equal(cuts->bridges[at].a, a);
            assert_int_equal(cuts->bridges[at].b, b);
            assert_int_equal(cuts->bridges[at++].cut_off, one < other ? one : other);
        }
    }
    assert_int_equal(at, cuts->bridge_count);
}

static void
cut_points_and_bridges_are_what_falls_apart(void **state)
{
    struct naive graph;
    for (int i = 0; i < GRAPHS; i++) {
        struct cas_arena arena;
        struct cas_cuts cuts;
        cas_arena_init(&arena);
        make_random(&graph);
        assert_int_equal(cas_cuts_find(&arena, graph.contact, &cuts, NULL), CASUS_OK);
        check_points(&graph, &cuts);
        check_bridges(&graph, &cuts);
        cas_contact_free(graph.contact);
        cas_arena_done(&arena);
    }
}

/* --- separations -------------------------------------------------------------------------- */

static bool
naive_reaches(const struct naive *graph, uint32_t from, uint32_t to, unsigned without)
{
    bool reached[MOST] = {false};
    reached[from] = true;
    for (uint32_t round = 0; round < graph->n; round++)
        for (uint32_t x = 0; x < graph->n; x++)
            for (uint32_t y = 0; y < graph->n; y++)
                if (reached[x] && graph->arc[x][y] && !(without >> y & 1))
                    reached[y] = true;
    return reached[to];
}

/* The size of the smallest set of others without which there is no way. */
static uint32_t
naive_actor_cut(const struct naive *graph, uint32_t from, uint32_t to)
{
    uint32_t best = MOST;
    for (unsigned set = 0; set < 1u << graph->n; set++) {
        uint32_t size = (uint32_t)__builtin_popcount(set);
        if (!(set >> from & 1) && !(set >> to & 1) && size < best &&
            !naive_reaches(graph, from, to, set))
            best = size;
    }
    return best;
}

/* The size of the smallest set of ties: the fewest that leave any set of actors with `from` and
 * without `to`. */
static uint32_t
naive_tie_cut(const struct naive *graph, uint32_t from, uint32_t to)
{
    uint32_t best = UINT32_MAX;
    for (unsigned set = 0; set < 1u << graph->n; set++) {
        uint32_t leave = 0;
        if (!(set >> from & 1) || set >> to & 1)
            continue;
        for (uint32_t x = 0; x < graph->n; x++)
            for (uint32_t y = 0; y < graph->n; y++)
                leave += graph->arc[x][y] && set >> x & 1 && !(set >> y & 1);
        best = leave < best ? leave : best;
    }
    return best;
}

static void
check_separation(const struct naive *graph, const struct casus_separation *pair)
{
    struct naive rest = *graph;
    unsigned set = 0;
    for (uint32_t i = 0; i < pair->actor_count; i++) {
        assert_true(!i || pair->actors[i - 1] < pair->actors[i]);
        assert_true(pair->actors[i] != pair->backer && pair->actors[i] != pair->client);
        set |= 1u << pair->actors[i];
    }
    assert_false(naive_reaches(graph, pair->backer, pair->client, set));
    assert_int_equal(pair->actor_count, naive_actor_cut(graph, pair->backer, pair->client));
    for (uint32_t i = 0; i < pair->tie_count; i++) {
        assert_true(rest.arc[pair->ties[2 * i]][pair->ties[2 * i + 1]]);
        rest.arc[pair->ties[2 * i]][pair->ties[2 * i + 1]] = false;
    }
    assert_false(naive_reaches(&rest, pair->backer, pair->client, 0));
    assert_int_equal(pair->tie_count, naive_tie_cut(graph, pair->backer, pair->client));
}

static void
separations_are_the_smallest_cuts(void **state)
{
    struct naive graph;
    for (int i = 0; i < GRAPHS / 2; i++) {
        struct cas_arena arena;
        struct cas_separations found;
        uint32_t at = 0;
        cas_arena_init(&arena);
        make_random(&graph);
        assert_int_equal(cas_separations_find(&arena, graph.contact, 1000, &found, NULL), CASUS_OK);
        for (uint32_t a = 0; a < graph.n; a++) {
            for (uint32_t b = 0; b < graph.n; b++) {
                if (a == b || graph.arc[a][b] || !naive_reaches(&graph, a, b, 0))
                    continue;
                assert_true(at < found.count);
                assert_int_equal(found.at[at].backer, a);
                assert_int_equal(found.at[at].client, b);
                check_separation(&graph, &found.at[at++]);
            }
        }
        assert_int_equal(at, found.count);
        assert_int_equal(found.left_out, 0);
        cas_contact_free(graph.contact);
        cas_arena_done(&arena);
    }
}

static void
separations_beyond_the_limit_are_counted(void **state)
{
    struct naive graph = {.n = 5};
    struct cas_arena arena;
    struct cas_separations found;
    cas_arena_init(&arena);
    for (uint32_t v = 0; v < 4; v++)
        graph.arc[v][v + 1] = true;
    graph.contact = contact_of(&graph);
    /* 0 > 2, 0 > 3, 0 > 4, 1 > 3, 1 > 4, 2 > 4 */
    assert_int_equal(cas_separations_find(&arena, graph.contact, 2, &found, NULL), CASUS_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.left_out, 4);
    /* of the two cuts of 0 from 3 the one that is nearer to 3 */
    assert_int_equal(found.at[1].client, 3);
    assert_int_equal(found.at[1].actors[0], 2);
    assert_int_equal(found.at[1].ties[0], 2);
    assert_int_equal(found.at[1].ties[1], 3);
    cas_contact_free(graph.contact);
    cas_arena_done(&arena);
}

/* --- other names -------------------------------------------------------------------------- */

static void
draw_names(uint32_t n, uint32_t *name)
{
    for (uint32_t v = 0; v < n; v++)
        name[v] = v;
    for (uint32_t v = n; v > 1; v--) {
        uint32_t other = draw(v), kept = name[v - 1];
        name[v - 1] = name[other];
        name[other] = kept;
    }
}

static const struct casus_separation *
find_pair(const struct cas_separations *list, uint32_t backer, uint32_t client)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->at[i].backer == backer && list->at[i].client == client)
            return &list->at[i];
    }
    fail_msg("no pair %u %u (seed %llu)", backer, client, (unsigned long long)seed);
    return NULL;
}

static void
check_renamed(const struct cas_separations *list, const struct cas_separations *renamed,
              const uint32_t *name)
{
    assert_int_equal(list->count, renamed->count);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct casus_separation *pair = &list->at[i];
        const struct casus_separation *other =
            find_pair(renamed, name[pair->backer], name[pair->client]);
        unsigned set = 0, other_set = 0;
        for (uint32_t k = 0; k < pair->actor_count; k++)
            set |= 1u << name[pair->actors[k]];
        for (uint32_t k = 0; k < other->actor_count; k++)
            other_set |= 1u << other->actors[k];
        assert_int_equal(set, other_set);
        uint64_t ties = 0, other_ties = 0;
        for (uint32_t k = 0; k < pair->tie_count; k++)
            ties |= 1ull << (name[pair->ties[2 * k]] * MOST + name[pair->ties[2 * k + 1]]);
        for (uint32_t k = 0; k < other->tie_count; k++)
            other_ties |= 1ull << (other->ties[2 * k] * MOST + other->ties[2 * k + 1]);
        assert_true(ties == other_ties);
    }
}

static void
other_names_change_nothing_but_labels(void **state)
{
    for (int i = 0; i < GRAPHS / 2; i++) {
        struct naive graph, renamed = {0};
        struct cas_arena arena;
        struct cas_separations found, other;
        uint32_t name[MOST];
        cas_arena_init(&arena);
        make_random(&graph);
        draw_names(graph.n, name);
        renamed.n = graph.n;
        for (uint32_t a = 0; a < graph.n; a++)
            for (uint32_t b = 0; b < graph.n; b++)
                renamed.arc[name[a]][name[b]] = graph.arc[a][b];
        renamed.contact = contact_of(&renamed);
        assert_int_equal(cas_separations_find(&arena, graph.contact, 1000, &found, NULL), CASUS_OK);
        assert_int_equal(cas_separations_find(&arena, renamed.contact, 1000, &other, NULL),
                         CASUS_OK);
        check_renamed(&found, &other, name);
        cas_contact_free(graph.contact);
        cas_contact_free(renamed.contact);
        cas_arena_done(&arena);
    }
}

/* --- from a dossier ----------------------------------------------------------------------- */

/* empire -> republic -> army -> brigade (part of the army, so of the government), empire -> front;
 * the front fights the army. */
static const char text[] =
    "{\"casus\":1,\"actors\":[{\"id\":\"army\",\"parent\":\"republic\"},"
    "{\"id\":\"brigade\",\"parent\":\"army\"},{\"id\":\"empire\"},{\"id\":\"front\"},"
    "{\"id\":\"republic\",\"side\":\"government\"}],\"events\":["
    "{\"id\":\"1\",\"type\":\"funding\",\"from\":[\"empire\"],\"to\":[\"republic\",\"front\"]},"
    "{\"id\":\"2\",\"type\":\"weapons\",\"from\":[\"republic\"],\"to\":[\"army\"]},"
    "{\"id\":\"3\",\"type\":\"weapons\",\"from\":[\"army\"],\"to\":[\"brigade\"]},"
    "{\"id\":\"4\",\"type\":\"raid\",\"from\":[\"front\"],\"to\":[\"army\"]}]}";
enum { ARMY, BRIGADE, EMPIRE, FRONT, REPUBLIC };

static void
check_roles_by_hand(const struct casus_brokers *brokers)
{
    for (uint32_t v = ARMY; v <= REPUBLIC; v++) {
        for (int role = 0; role < CASUS_ROLE_COUNT; role++) {
            /* empire | republic > army: let in; republic > army > brigade: one side */
            bool expected = (v == REPUBLIC && role == CASUS_GATEKEEPER) ||
                            (v == ARMY && role == CASUS_COORDINATOR);
            assert_int_equal(casus_brokers_role(brokers, (enum casus_role)role, v), expected);
        }
    }
    assert_string_equal(casus_brokers_group(brokers, BRIGADE), "government");
    assert_string_equal(casus_brokers_group(brokers, FRONT), "front");
}

static void
check_cuts_by_hand(const struct casus_brokers *brokers)
{
    /* on contact a circle of four with the brigade hanging on the army; on support a line */
    assert_int_equal(casus_brokers_point_count(brokers, CASUS_GROUND_CONTACT), 1);
    const struct casus_cut_point *army = casus_brokers_point_at(brokers, CASUS_GROUND_CONTACT, 0);
    assert_int_equal(army->actor, ARMY);
    assert_int_equal(army->parts, 2);
    assert_int_equal(army->cut_off, 1);
    assert_int_equal(casus_brokers_bridge_count(brokers, CASUS_GROUND_CONTACT), 1);
    assert_int_equal(casus_brokers_point_count(brokers, CASUS_GROUND_SUPPORT), 3);
    assert_int_equal(casus_brokers_bridge_count(brokers, CASUS_GROUND_SUPPORT), 4);
    const struct casus_bridge *middle = casus_brokers_bridge_at(brokers, CASUS_GROUND_SUPPORT, 1);
    assert_int_equal(middle->a, ARMY);
    assert_int_equal(middle->b, REPUBLIC);
    assert_int_equal(middle->cut_off, 2);
}

static void
check_separations_by_hand(const struct casus_brokers *brokers)
{
    static const uint32_t expected[][3] = {
        {EMPIRE, ARMY, REPUBLIC}, {EMPIRE, BRIGADE, ARMY}, {REPUBLIC, BRIGADE, ARMY}};
    assert_int_equal(casus_brokers_separation_count(brokers), 3);
    for (uint32_t i = 0; i < 3; i++) {
        const struct casus_separation *pair = casus_brokers_separation_at(brokers, i);
        assert_int_equal(pair->backer, expected[i][0]);
        assert_int_equal(pair->client, expected[i][1]);
        assert_int_equal(pair->actor_count, 1);
        assert_int_equal(pair->actors[0], expected[i][2]);
        assert_int_equal(pair->tie_count, 1);
        assert_int_equal(pair->ties[1], pair->client);
    }
}

static void
brokers_of_a_dossier_are_those_found_by_hand(void **state)
{
    struct casus_dossier *dossier = inline_dossier(text);
    struct casus_graph *graph = NULL;
    struct casus_error err = {0};
    assert_int_equal(casus_graph_build(dossier, NULL, NULL, NULL, &graph, &err), CASUS_OK);
    /* with and without the dossier: all ancestors stand in the graph */
    for (int i = 0; i < 2; i++) {
        struct casus_brokers *brokers = NULL;
        assert_int_equal(casus_brokers_new(graph, i ? dossier : NULL, NULL, &brokers, &err),
                         CASUS_OK);
        check_roles_by_hand(brokers);
        check_cuts_by_hand(brokers);
        check_separations_by_hand(brokers);
        casus_brokers_free(brokers);
    }
    casus_graph_free(graph);
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
        cmocka_unit_test_setup(roles_are_those_of_all_triples, reseed),
        cmocka_unit_test_setup(cut_points_and_bridges_are_what_falls_apart, reseed),
        cmocka_unit_test_setup(separations_are_the_smallest_cuts, reseed),
        cmocka_unit_test(separations_beyond_the_limit_are_counted),
        cmocka_unit_test_setup(other_names_change_nothing_but_labels, reseed),
        cmocka_unit_test(brokers_of_a_dossier_are_those_found_by_hand),
    };
    if (count > 1)
        seed = strtoull(arguments[1], NULL, 10);
    print_message("seed %llu\n", (unsigned long long)seed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
