/* What each measure is: name, title, definition, literature. The one table that reports and the
 * manual print from. */
#include <assert.h>

#include <casus/measures.h>

static const struct casus_measure_info table[CASUS_MEASURE_COUNT] = {
    [CASUS_IN_DEGREE] = {"in_degree", "in-degree", "distinct actors from which a tie comes in", "",
                         false},
    [CASUS_OUT_DEGREE] = {"out_degree", "out-degree", "distinct actors to which a tie goes out", "",
                          false},
    [CASUS_IN_STRENGTH] = {"in_strength", "in-strength", "sum of the weights of ties that come in",
                           "Barrat et al. 2004, doi:10.1073/pnas.0400087101", false},
    [CASUS_OUT_STRENGTH] = {"out_strength", "out-strength",
                            "sum of the weights of ties that go out",
                            "Barrat et al. 2004, doi:10.1073/pnas.0400087101", false},
    [CASUS_PAGERANK] = {"pagerank", "PageRank",
                        "share of time that a random walk along ties, by weight, spends at the "
                        "actor, when it jumps to anyone with probability 1 − damping and from "
                        "where no tie goes out; sums to 1",
                        "Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X", false},
    [CASUS_HUB] = {"hub", "hub",
                   "weighted ties to actors of high authority score; the largest is 1",
                   "Kleinberg 1999, doi:10.1145/324133.324140", false},
    [CASUS_AUTHORITY] = {"authority", "authority",
                         "weighted ties from actors of high hub score; the largest is 1",
                         "Kleinberg 1999, doi:10.1145/324133.324140", false},
    [CASUS_BETWEENNESS] = {"betweenness", "betweenness",
                           "sum over ordered pairs of others of the share of shortest directed "
                           "paths between them that pass through the actor; in hops and not "
                           "normalised unless asked otherwise",
                           "Freeman 1977, doi:10.2307/3033543; computed after Brandes 2001, "
                           "doi:10.1080/0022250X.2001.9990249",
                           false},
    [CASUS_CLOSENESS] = {"closeness", "closeness",
                         "1 / sum of outward distances to those reached; comparable only between "
                         "actors that reach equally many",
                         "Freeman 1978, doi:10.1016/0378-8733(78)90021-7", false},
    [CASUS_HARMONIC] = {"harmonic", "harmonic closeness",
                        "sum over others of 1 / outward distance, 0 for one not reached",
                        "Boldi and Vigna 2014, doi:10.1080/15427951.2013.865686", false},
    [CASUS_EIGENVECTOR] = {"eigenvector", "eigenvector",
                           "ties, weights of both directions added, to actors of high score; the "
                           "largest is 1, and 0 outside the leading part of the graph",
                           "Bonacich 1972, doi:10.1080/0022250X.1972.9989806", false},
    [CASUS_CORENESS] = {"coreness", "coreness",
                        "the largest k such that the actor keeps k arcs, in and out counted "
                        "together, among actors that keep k as well",
                        "Seidman 1983, doi:10.1016/0378-8733(83)90028-X", false},
    [CASUS_CONSTRAINT] = {"constraint", "constraint",
                          "how far an actor's contacts are tied to each other, weights of both "
                          "directions added; low means many separate contacts, and ranks first",
                          "Burt 1992, Structural Holes, Harvard University Press", true},
    [CASUS_SIGNED_DEGREE] = {"signed_degree", "signed degree",
                             "dyads of support minus dyads of attack; dyads of both are left out "
                             "unless asked otherwise",
                             "", false},
    [CASUS_PN] = {"pn", "PN index",
                  "solves (I − A / (2n − 2)) x = 1 with A = positive − 2 × negative dyads, n all "
                  "actors; 1 is neutral, less is under attack, more is backed",
                  "Everett and Borgatti 2014, doi:10.1016/j.socnet.2014.03.005", false},
    [CASUS_SIGNED_EIGENVECTOR] =
        {"signed_eigenvector", "signed eigenvector",
         "support of actors of high score and attacks on those of low; the largest in size is 1, so "
         "that who stands with it is positive and who stands against it negative; defined where "
         "one eigenvalue of the signed dyads is larger in size than all others",
         "Bonacich and Lloyd 2004, doi:10.1016/j.socnet.2004.06.007", false},
};

const struct casus_measure_info *
casus_measure_info(enum casus_measure measure)
{
    assert(measure < CASUS_MEASURE_COUNT);
    return &table[measure];
}
