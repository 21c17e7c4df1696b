/* The border with igraph; rules in the header.
 *
 * Built and tested against igraph 0.10.2. Nothing of ours is on igraph's FINALLY stack: the handler
 * frees what igraph itself put there, and we destroy what we initialised. The handler of igraph has
 * no argument for a caller, so the message that it catches is static; `turn` guards it.
 */
#include "graph/igraph_border.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <igraph.h>

#include "base/fault.h"

#if IGRAPH_VERSION_MAJOR != 0 || IGRAPH_VERSION_MINOR != 10
#error "casus is written for igraph 0.10: this is the file to change for another release"
#endif

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char caught[160];

struct visit {
    igraph_error_handler_t *errors;
    igraph_warning_handler_t *warnings;
};

static void
catch_error(const char *reason, const char *file, int line, igraph_error_t code)
{
    if (caught[0] == '\0') {
        snprintf(caught, sizeof(caught), "%s", reason);
    }
    IGRAPH_FINALLY_FREE();
}

static void
take_turn(void)
{
    pthread_mutex_lock(&turn);
}

static void
give_turn(void)
{
    pthread_mutex_unlock(&turn);
}

/* A fork waits until no thread is in igraph, so that the child's igraph is whole and free. */
static void
guard_forks(void)
{
    pthread_atfork(take_turn, give_turn, give_turn);
}

static void
enter(struct visit *visit)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, guard_forks);
    pthread_mutex_lock(&turn);
    caught[0] = '\0';
    visit->errors = igraph_set_error_handler(catch_error);
    visit->warnings = igraph_set_warning_handler(igraph_warning_handler_ignore);
}

/* Gives igraph back as it was; its code becomes our status. */
static enum casus_status
leave(const struct visit *visit, igraph_error_t code, struct casus_error *err)
{
    enum casus_status status = CASUS_OK;

    if (code == IGRAPH_ENOMEM) {
        status = cas_fail_memory(err);
    } else if (code != IGRAPH_SUCCESS) {
        status = cas_fail(err, CASUS_EENGINE, CAS_MSG_ENGINE, "igraph: %s",
                          caught[0] ? caught : igraph_strerror(code));
    }
    igraph_set_error_handler(visit->errors);
    igraph_set_warning_handler(visit->warnings);
    pthread_mutex_unlock(&turn);
    return status;
}

/* --- a graph, a question, an answer ------------------------------------------------------- */

struct question {
    const struct cas_arcs *arcs;
    igraph_t graph;
    igraph_vector_t weight, answer;
    igraph_vector_t *weight_or_null;
    bool normalized, undirected;
    uint32_t source, sink;
    uint64_t seed;
};

typedef igraph_error_t asking(struct question *question);

static igraph_error_t
fill_ends(igraph_vector_int_t *ends, const struct cas_arcs *arcs)
{
    igraph_error_t code = igraph_vector_int_init(ends, (igraph_integer_t)(2 * arcs->count));
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    for (size_t i = 0; i < arcs->count; i++) {
        VECTOR(*ends)[2 * i] = (igraph_integer_t)arcs->from[i];
        VECTOR(*ends)[2 * i + 1] = (igraph_integer_t)arcs->to[i];
    }
    return IGRAPH_SUCCESS;
}

static igraph_error_t
make_graph(struct question *question)
{
    const struct cas_arcs *arcs = question->arcs;
    igraph_vector_int_t ends;
    igraph_error_t code = fill_ends(&ends, arcs);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = igraph_create(&question->graph, &ends, (igraph_integer_t)arcs->n,
                         question->undirected ? IGRAPH_UNDIRECTED : IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
    return code;
}

static igraph_error_t
make_weights(struct question *question)
{
    const struct cas_arcs *arcs = question->arcs;
    size_t count = arcs->weight ? arcs->count : 0;
    igraph_error_t code = igraph_vector_init(&question->weight, (igraph_integer_t)count);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    for (size_t i = 0; i < count; i++) {
        VECTOR(question->weight)[i] = arcs->weight[i];
    }
    question->weight_or_null = arcs->weight ? &question->weight : NULL;
    return IGRAPH_SUCCESS;
}

static igraph_error_t
answer_with(struct question *question, asking *ask, double *out)
{
    igraph_error_t code = igraph_vector_init(&question->answer, 0);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = ask(question);
    if (code == IGRAPH_SUCCESS) {
        for (uint32_t i = 0; i < question->arcs->n; i++) {
            out[i] = VECTOR(question->answer)[i];
        }
    }
    igraph_vector_destroy(&question->answer);
    return code;
}

static igraph_error_t
answer(struct question *question, asking *ask, double *out)
{
    igraph_error_t code = make_graph(question);
    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = make_weights(question);
    if (code == IGRAPH_SUCCESS) {
        code = answer_with(question, ask, out);
        igraph_vector_destroy(&question->weight);
    }
    igraph_destroy(&question->graph);
    return code;
}

static enum casus_status
consult(struct question *question, asking *ask, double *out, struct casus_error *err)
{
    struct visit visit;

    if (question->arcs->count > (size_t)INT_MAX) {
        return cas_fail(err, CASUS_EINVAL, CAS_MSG_TOO_MANY, "%zu arcs; igraph is given up to %d",
                        question->arcs->count, INT_MAX);
    }
    enter(&visit);
    return leave(&visit, answer(question, ask, out), err);
}

/* --- the questions ------------------------------------------------------------------------ */

static igraph_error_t
ask_sink_side(struct question *question)
{
    igraph_vector_int_t side;
    igraph_real_t value;
    igraph_error_t code = igraph_vector_int_init(&side, 0);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = igraph_maxflow(&question->graph, &value, NULL, NULL, NULL, &side,
                          (igraph_integer_t)question->source, (igraph_integer_t)question->sink,
                          question->weight_or_null, NULL);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_vector_resize(&question->answer, (igraph_integer_t)question->arcs->n);
    }
    if (code == IGRAPH_SUCCESS) {
        igraph_vector_null(&question->answer);
        for (igraph_integer_t i = 0; i < igraph_vector_int_size(&side); i++) {
            VECTOR(question->answer)[VECTOR(side)[i]] = 1;
        }
    }
    igraph_vector_int_destroy(&side);
    return code;
}

enum casus_status
cas_igraph_sink_side(const struct cas_arcs *arcs, uint32_t source, uint32_t sink, double *out,
                     struct casus_error *err)
{
    struct question question = {.arcs = arcs, .source = source, .sink = sink};
    return consult(&question, ask_sink_side, out, err);
}

/* --- communities -------------------------------------------------------------------------- */

enum { LEIDEN_ROUNDS = 5 };

static igraph_error_t
read_numbers(const igraph_vector_int_t *numbers, igraph_vector_t *out)
{
    igraph_integer_t n = igraph_vector_int_size(numbers);
    igraph_error_t code = igraph_vector_resize(out, n);

    for (igraph_integer_t i = 0; code == IGRAPH_SUCCESS && i < n; i++) {
        VECTOR(*out)[i] = (double)VECTOR(*numbers)[i];
    }
    return code;
}

/* Modularity is the Potts model whose vertices weigh their strength, at 1 / (2 × all weight). */
static igraph_error_t
find_communities(struct question *question, igraph_vector_int_t *community)
{
    igraph_integer_t count;
    igraph_real_t quality;
    igraph_error_t code = igraph_strength(&question->graph, &question->answer, igraph_vss_all(),
                                          IGRAPH_ALL, IGRAPH_LOOPS, question->weight_or_null);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    return igraph_community_leiden(&question->graph, question->weight_or_null, &question->answer,
                                   1 / igraph_vector_sum(&question->answer), 0.01, false,
                                   LEIDEN_ROUNDS, community, &count, &quality);
}

/* With a generator of our own, so that the host's keeps its state. */
static igraph_error_t
ask_leiden(struct question *question)
{
    igraph_rng_t own, hosts = *igraph_rng_default();
    igraph_vector_int_t community;
    igraph_error_t code = igraph_rng_init(&own, &igraph_rngtype_mt19937);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = igraph_vector_int_init(&community, 0);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_rng_seed(&own, question->seed);
        igraph_rng_set_default(&own);
        if (code == IGRAPH_SUCCESS) {
            code = find_communities(question, &community);
        }
        igraph_rng_set_default(&hosts);
        if (code == IGRAPH_SUCCESS) {
            code = read_numbers(&community, &question->answer);
        }
        igraph_vector_int_destroy(&community);
    }
    igraph_rng_destroy(&own);
    return code;
}

enum casus_status
cas_igraph_leiden(const struct cas_arcs *arcs, uint64_t seed, double *out, struct casus_error *err)
{
    struct question question = {.arcs = arcs, .undirected = true, .seed = seed};
    return consult(&question, ask_leiden, out, err);
}

/* --- dense matrices ----------------------------------------------------------------------- */

struct dense {
    igraph_matrix_t matrix, vectors;
    igraph_vector_t values;
};

static igraph_error_t
dense_init(struct dense *dense, uint32_t n, const double *matrix)
{
    igraph_integer_t order = (igraph_integer_t)n;
    igraph_error_t code = igraph_matrix_init(&dense->matrix, order, order);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    memcpy(&MATRIX(dense->matrix, 0, 0), matrix, (size_t)n * n * sizeof(*matrix));
    code = igraph_matrix_init(&dense->vectors, 0, 0);
    if (code == IGRAPH_SUCCESS) {
        code = igraph_vector_init(&dense->values, 0);
        if (code == IGRAPH_SUCCESS) {
            return code;
        }
        igraph_matrix_destroy(&dense->vectors);
    }
    igraph_matrix_destroy(&dense->matrix);
    return code;
}

static void
dense_done(struct dense *dense)
{
    igraph_vector_destroy(&dense->values);
    igraph_matrix_destroy(&dense->vectors);
    igraph_matrix_destroy(&dense->matrix);
}

static igraph_error_t
decompose(uint32_t n, const double *matrix, double *out_values, double *out_vectors)
{
    struct dense dense;
    igraph_error_t code = dense_init(&dense, n, matrix);

    if (code != IGRAPH_SUCCESS) {
        return code;
    }
    code = igraph_lapack_dsyevr(&dense.matrix, IGRAPH_LAPACK_DSYEV_ALL, 0, 0, 0, 0, 0, 0.0,
                                &dense.values, out_vectors ? &dense.vectors : NULL, NULL);
    if (code == IGRAPH_SUCCESS && out_values) {
        memcpy(out_values, &VECTOR(dense.values)[0], n * sizeof(*out_values));
    }
    if (code == IGRAPH_SUCCESS && out_vectors) {
        memcpy(out_vectors, &MATRIX(dense.vectors, 0, 0), (size_t)n * n * sizeof(*out_vectors));
    }
    dense_done(&dense);
    return code;
}

enum casus_status
cas_igraph_symmetric(uint32_t n, const double *matrix, double *out_values, double *out_vectors,
                     struct casus_error *err)
{
    struct visit visit;

    enter(&visit);
    return leave(&visit, decompose(n, matrix, out_values, out_vectors), err);
}
