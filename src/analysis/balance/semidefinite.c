/* The semidefinite bound.
 *
 * With prices p >= 0 on cycle rows a·x >= b (x[e] = 1 where edge e is frustrated) every split costs
 * at least p·b + sum over e of (w − p·a)[e] x[e]. The rest is again a network, of pulls that may
 * have turned, and its splits y satisfy y'Ay <= sum of d for any d with Diag(d) − A positive
 * semidefinite. d comes from the vectors: d[v] is the length of what pulls on v.
 */
#include "analysis/balance/semidefinite.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "analysis/balance/odd.h"
#include "analysis/limits.h"

enum {
    LANES = 4,
    RANK_MAX = 24, /* a multiple of LANES; sqrt(2 n) suffices, less does in practice */
    FIRST_SWEEPS = 200,
    PROOF_SWEEPS = 3000,
    SWEEPS_MAX = 40, /* per step of the prices */
    STEPS_MAX = 1500,
    SEPARATE_EVERY = 15,
    CUTS_MAX = 500, /* a separation */
    IDLE_MAX = 3,   /* separations that a row of price 0 outlives */
    PATIENCE = 150  /* steps without gain */
};

typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8)));

/* Rows with their prices. */
struct pool {
    struct cas_rows rows;
    double *price, *best, *last_price, *last_slack, *slack;
    uint8_t *idle;
    size_t room;
};

struct program {
    const struct cas_net *net;
    double unit;
    uint32_t rank;
    double *vector; /* n × rank */
    double *weight; /* of each edge, in units */
    double *left;   /* of each edge: weight − what the prices take */
    double *x;      /* of each edge: as the vectors have it */
    double *length; /* of each actor: what pulls on it */
    double total;   /* sum of lengths */
    struct pool pool;
    struct cas_rows cuts;
    struct cas_odd *odd;
    double best; /* highest value met; not proved */
    double goal, deadline;
    bool failed;
};

/* --- vectors ------------------------------------------------------------------------------ */

static double
sign_of(const struct cas_net *net, uint32_t edge)
{
    return net->edges[edge].pull < 0 ? -1 : 1;
}

/* What pulls on v. @return its length */
static double
pull_on(const struct program *p, uint32_t v, double *out)
{
    const struct cas_net *net = p->net;
    lanes sum[RANK_MAX / LANES] = {{0}};
    double square = 0;

    for (uint32_t i = net->begin[v]; i < net->begin[v + 1]; i++) {
        struct cas_arc arc = net->arcs[i];
        const lanes *other = (const lanes *)(p->vector + (size_t)arc.to * p->rank);
        double pull = sign_of(net, arc.edge) * p->left[arc.edge];
        for (uint32_t k = 0; k < p->rank / LANES; k++) {
            sum[k] += pull * other[k];
        }
    }
    for (uint32_t k = 0; k < p->rank; k++) {
        out[k] = sum[k / LANES][k % LANES];
        square += out[k] * out[k];
    }
    return sqrt(square);
}

/* Each vector turns to where it is pulled. */
static void
sweep(struct program *p)
{
    double pull[RANK_MAX];

    p->total = 0;
    for (uint32_t v = 0; v < p->net->n; v++) {
        double length = pull_on(p, v, pull);
        double *own = p->vector + (size_t)v * p->rank;
        p->length[v] = length;
        p->total += length;
        for (uint32_t k = 0; k < p->rank && length > DBL_MIN; k++) {
            own[k] = pull[k] / length;
        }
    }
}

static void
settle(struct program *p, int sweeps, double tolerance)
{
    double before = -HUGE_VAL;

    for (int i = 0; i < sweeps && (i % 64 != 63 || cas_clock() < p->deadline); i++) {
        sweep(p);
        if (fabs(p->total - before) <= tolerance * p->total) {
            break;
        }
        before = p->total;
    }
}

static void
read_edges(struct program *p)
{
    for (uint32_t e = 0; e < p->net->m; e++) {
        const double *a = p->vector + (size_t)p->net->edges[e].a * p->rank;
        const double *b = p->vector + (size_t)p->net->edges[e].b * p->rank;
        double product = 0;
        for (uint32_t k = 0; k < p->rank; k++) {
            product += a[k] * b[k];
        }
        p->x[e] = (1 - sign_of(p->net, e) * product) / 2;
    }
}

/* --- prices ------------------------------------------------------------------------------- */

static void
charge(struct program *p, const double *price)
{
    const struct cas_rows *rows = &p->pool.rows;

    memcpy(p->left, p->weight, p->net->m * sizeof(*p->left));
    for (int r = 0; r < rows->count; r++) {
        for (int k = rows->begin[r]; price[r] > 0 && k < rows->begin[r + 1]; k++) {
            p->left[rows->index[k]] -= price[r] * rows->value[k];
        }
    }
}

/* p·b + sum of left / 2: the bound less a quarter of the sum of d. */
static double
constant(const struct program *p, const double *price)
{
    double sum = 0;

    for (int r = 0; r < p->pool.rows.count; r++) {
        sum += price[r] * p->pool.rows.lower[r];
    }
    for (uint32_t e = 0; e < p->net->m; e++) {
        sum += p->left[e] / 2;
    }
    return sum;
}

static double
slack_of(const struct cas_rows *rows, int r, const double *x)
{
    double slack = rows->lower[r];

    for (int k = rows->begin[r]; k < rows->begin[r + 1]; k++) {
        slack -= rows->value[k] * x[rows->index[k]];
    }
    return slack;
}

/* Room for the rows that there are and `more`. */
static bool
pool_room(struct pool *pool, size_t more)
{
    double **arrays[] = {&pool->price, &pool->best, &pool->last_price, &pool->last_slack,
                         &pool->slack};
    size_t need = (size_t)pool->rows.count + more + 1, room = pool->room;

    for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays); i++) {
        room = pool->room;
        if (!cas_grow(arrays[i], &room, need, sizeof(double))) {
            return false;
        }
    }
    room = pool->room;
    if (!cas_grow(&pool->idle, &room, need, sizeof(*pool->idle))) {
        return false;
    }
    pool->room = room;
    return true;
}

static void
pool_done(struct pool *pool)
{
    cas_rows_done(&pool->rows);
    cas_free(pool->price);
    cas_free(pool->best);
    cas_free(pool->last_price);
    cas_free(pool->last_slack);
    cas_free(pool->slack);
    cas_free(pool->idle);
}

/* Rows whose price was 0 for long go. */
static bool
forget(struct pool *pool)
{
    struct cas_rows kept = {0};
    int at = 0;

    for (int r = 0; r < pool->rows.count; r++) {
        pool->idle[r] = pool->price[r] > 0 || pool->best[r] > 0 ? 0 : pool->idle[r] + 1;
        if (pool->idle[r] > IDLE_MAX) {
            continue;
        }
        for (int k = pool->rows.begin[r]; k < pool->rows.begin[r + 1]; k++) {
            cas_rows_entry(&kept, (uint32_t)pool->rows.index[k], pool->rows.value[k]);
        }
        cas_rows_close(&kept, pool->rows.lower[r]);
        pool->price[at] = pool->price[r];
        pool->best[at] = pool->best[r];
        pool->last_price[at] = pool->last_price[r];
        pool->last_slack[at] = pool->last_slack[r];
        pool->slack[at] = pool->slack[r];
        pool->idle[at++] = pool->idle[r];
    }
    cas_rows_done(&pool->rows);
    pool->rows = kept;
    return !kept.failed;
}

static bool
add_cuts(struct program *p)
{
    struct pool *pool = &p->pool;

    cas_rows_clear(&p->cuts);
    cas_odd_separate(p->odd, p->x, CUTS_MAX, &p->cuts);
    if (p->cuts.failed || !pool_room(pool, (size_t)p->cuts.count)) {
        return false;
    }
    for (int r = 0; r < p->cuts.count; r++) {
        int at = pool->rows.count;
        for (int k = p->cuts.begin[r]; k < p->cuts.begin[r + 1]; k++) {
            cas_rows_entry(&pool->rows, (uint32_t)p->cuts.index[k], p->cuts.value[k]);
        }
        cas_rows_close(&pool->rows, p->cuts.lower[r]);
        pool->price[at] = pool->best[at] = pool->last_price[at] = 0;
        pool->slack[at] = pool->last_slack[at] = slack_of(&p->cuts, r, p->x);
        pool->idle[at] = 0;
    }
    return !pool->rows.failed;
}

/* From the best value to a little above the goal. */
static double
room_above(const struct program *p)
{
    return fmax(p->goal + 0.5 - p->best, 0.1);
}

/* The step of Barzilai and Borwein, capped by that of Polyak: a gain of all there is to gain. */
static double
step_length(const struct program *p, double last)
{
    const struct pool *pool = &p->pool;
    double moved = 0, turned = 0, norm = 0, cap;

    for (int r = 0; r < pool->rows.count; r++) {
        double dp = pool->price[r] - pool->last_price[r];
        moved += dp * dp;
        turned -= dp * (pool->slack[r] - pool->last_slack[r]);
        norm += pool->slack[r] > 0 || pool->price[r] > 0 ? pool->slack[r] * pool->slack[r] : 0;
    }
    cap = room_above(p) / (norm + DBL_MIN);
    if (moved == 0) {
        return 0.05 * cap;
    }
    return fmin(turned > 1e-12 * moved ? moved / turned : last, cap);
}

static void
move_prices(struct pool *pool, double step)
{
    for (int r = 0; r < pool->rows.count; r++) {
        pool->last_price[r] = pool->price[r];
        pool->last_slack[r] = pool->slack[r];
        pool->price[r] = fmax(0, pool->price[r] + step * pool->slack[r]);
    }
}

static void
back_to_best(struct pool *pool)
{
    for (int r = 0; r < pool->rows.count; r++) {
        pool->price[r] = pool->last_price[r] = pool->best[r];
    }
}

/* Value and slopes at the present prices. @return whether it is a new best */
static bool
evaluate(struct program *p)
{
    struct pool *pool = &p->pool;
    double value;
    bool better;

    charge(p, pool->price);
    /* what is missing in the sum flatters the value, so the nearer the goal, the finer */
    settle(p, SWEEPS_MAX, fmax(1e-8, 5e-4 * room_above(p) / p->total));
    read_edges(p);
    for (int r = 0; r < pool->rows.count; r++) {
        pool->slack[r] = slack_of(&pool->rows, r, p->x);
    }
    value = constant(p, pool->price) - p->total / 4;
    better = value > p->best;
    if (better) {
        p->best = value;
        memcpy(pool->best, pool->price, (size_t)pool->rows.count * sizeof(*pool->best));
    }
    return better;
}

static void
climb(struct program *p)
{
    double step = 0, mark = -HUGE_VAL;
    int stale = 0, since = 0;

    for (int i = 0; i < STEPS_MAX && !p->failed && cas_clock() < p->deadline; i++) {
        stale = evaluate(p) ? 0 : stale + 1;
        since = p->best > mark + 1e-3 * (p->goal - p->best) ? 0 : since + 1;
        mark = since == 0 ? p->best : mark;
        /* a little more than the goal, for what the proof takes off */
        if (p->best > p->goal + 0.05 || since > PATIENCE) {
            break;
        }
        if (i % SEPARATE_EVERY == 0) {
            p->failed = !forget(&p->pool) || !add_cuts(p);
        }
        step = step_length(p, step);
        if (stale > 2 * SEPARATE_EVERY) {
            back_to_best(&p->pool);
            step *= 0.3;
            stale = 0;
            continue;
        }
        move_prices(&p->pool, step);
    }
}

/* --- the proof ---------------------------------------------------------------------------- */

static double
dot(const double *a, const double *b, uint32_t n)
{
    lanes sum = {0};
    double rest = 0;
    uint32_t k = 0;

    for (; k + LANES <= n; k += LANES) {
        sum += *(const lanes *)(a + k) * *(const lanes *)(b + k);
    }
    for (; k < n; k++) {
        rest += a[k] * b[k];
    }
    return rest + ((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

/* Cholesky's factor in place, of the lower triangle by rows. False: not positive definite, as far
 * as double precision can tell. */
static bool
factor(double *matrix, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        double *row = matrix + (size_t)i * n;
        for (uint32_t j = 0; j < i; j++) {
            const double *other = matrix + (size_t)j * n;
            row[j] = (row[j] - dot(row, other, j)) / other[j];
        }
        row[i] -= dot(row, row, i);
        if (!(row[i] > 0)) {
            return false;
        }
        row[i] = sqrt(row[i]);
    }
    return true;
}

/* Diag(d + shift) − A. */
static void
fill(const struct program *p, double shift, double *matrix)
{
    uint32_t n = p->net->n;

    memset(matrix, 0, (size_t)n * n * sizeof(*matrix));
    for (uint32_t v = 0; v < n; v++) {
        matrix[(size_t)v * n + v] = p->length[v] + shift;
    }
    for (uint32_t e = 0; e < p->net->m; e++) {
        uint32_t a = p->net->edges[e].a, b = p->net->edges[e].b;
        uint32_t row = a > b ? a : b, column = a > b ? b : a;
        matrix[(size_t)row * n + column] -= sign_of(p->net, e) * p->left[e];
    }
}

/* d grows by as little as makes the matrix positive definite; what the factor itself may have lost
 * in rounding (Higham 2002, theorem 10.3) is added. @return sum of d, or infinity */
static double
prove_lengths(const struct program *p, double *matrix)
{
    uint32_t n = p->net->n;
    double shift = 1e-6 * p->total / n;

    for (int tries = 0; tries < 12; tries++, shift *= 3) {
        double trace = p->total + n * shift;
        fill(p, shift, matrix);
        if (factor(matrix, n)) {
            return trace + n * (2.0 * (n + 2) * DBL_EPSILON * trace);
        }
    }
    return HUGE_VAL;
}

static bool
prove(struct program *p, double *out_bound)
{
    uint32_t n = p->net->n;
    double *matrix = cas_alloc((size_t)n * n * sizeof(*matrix));

    if (!matrix) {
        return false;
    }
    back_to_best(&p->pool);
    charge(p, p->pool.price);
    settle(p, PROOF_SWEEPS, 1e-11);
    *out_bound = constant(p, p->pool.price) - prove_lengths(p, matrix) / 4;
    cas_free(matrix);
    return true;
}

/* --- all of it ---------------------------------------------------------------------------- */

static void
first_vectors(struct program *p)
{
    struct cas_random random = {1};

    for (size_t i = 0; i < (size_t)p->net->n * p->rank; i++) {
        p->vector[i] = (double)(cas_random_next(&random) >> 11) / (double)(1ull << 53) - 0.5;
    }
}

static bool
program_init(struct program *p, const int8_t *camp)
{
    size_t n = p->net->n, m = p->net->m, rank = (size_t)ceil(sqrt(2.0 * (double)n)) + 1;

    rank = (rank + LANES - 1) / LANES * LANES;
    p->rank = rank < RANK_MAX ? (uint32_t)rank : RANK_MAX;
    p->vector = cas_alloc((n + 1) * p->rank * sizeof(double));
    p->weight = cas_alloc((m + 1) * sizeof(double));
    p->left = cas_alloc((m + 1) * sizeof(double));
    p->x = cas_alloc((m + 1) * sizeof(double));
    p->length = cas_alloc((n + 1) * sizeof(double));
    p->odd = cas_odd_new(p->net, camp);
    if (!p->vector || !p->weight || !p->left || !p->x || !p->length || !p->odd ||
        !pool_room(&p->pool, 0)) {
        return false;
    }
    for (uint32_t e = 0; e < m; e++) {
        p->weight[e] = (double)cas_weight(p->net->edges[e].pull) / p->unit;
    }
    first_vectors(p);
    return true;
}

static void
program_done(struct program *p)
{
    cas_free(p->vector);
    cas_free(p->weight);
    cas_free(p->left);
    cas_free(p->x);
    cas_free(p->length);
    cas_odd_free(p->odd);
    cas_rows_done(&p->cuts);
    pool_done(&p->pool);
}

static double
mean_weight(const struct cas_net *net)
{
    double sum = 0;

    for (uint32_t e = 0; e < net->m; e++) {
        sum += (double)cas_weight(net->edges[e].pull) / net->m;
    }
    return sum;
}

bool
cas_semidefinite_bound(const struct cas_net *net, const int8_t *camp, int64_t goal, double deadline,
                       int64_t *out_lower)
{
    struct program p = {
        .net = net, .unit = mean_weight(net), .best = -HUGE_VAL, .deadline = deadline};
    double bound = 0;
    bool good;

    p.goal = (double)goal / p.unit;
    good = program_init(&p, camp);
    if (good) {
        charge(&p, p.pool.price);
        settle(&p, FIRST_SWEEPS, 1e-7);
        p.deadline = cas_clock() + CAS_SEMIDEFINITE_CLIMB * fmin(deadline - cas_clock(), 1e9);
        climb(&p);
        p.deadline = deadline;
        good = !p.failed && prove(&p, &bound);
    }
    program_done(&p);
    if (good) {
        bound = floor(bound * (1 - 1e-9) * p.unit);
        *out_lower = bound > 0 ? (int64_t)bound : 0;
    }
    return good;
}
