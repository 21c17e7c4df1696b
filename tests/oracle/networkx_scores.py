#!/usr/bin/python3
"""The scores of `casus report` against networkx and numpy.

usage: networkx_scores.py CASUS SOURCE_ROOT [SEED]

The contact graph is built here from the dossier itself, as DESIGN has it: one arc per ordered
pair, weights of attack and support added, an undirected event an arc each way. A second graph
comes from `casus export --to networkx`. Every score of both, and of attack and of support alone,
must agree to 1e-9; ranks must follow from the scores. Then the same on random dossiers.
Ends with 'N passed, N failed'.
"""
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import warnings

import networkx as nx
import numpy as np

ATTACK = """attack ambush siege raid assault battle clash bombing ied suicide-bombing airstrike
drone-strike shelling missile-strike assassination abduction capture execution massacre
clearing-operation territory-taken sabotage""".split()
SUPPORT = """support training weapons funding troops intelligence sanctuary logistics
joint-operation rescue political-support alliance""".split()
CLAIM = "announcement blame threat statement denial appeal interview".split()
TYPES = {**{t: "attack" for t in ATTACK}, **{t: "support" for t in SUPPORT},
         **{t: "claim" for t in CLAIM}}
KINDS = "state army militia armed-group unit coalition base person outlet monitor other".split()
TOLERANCE = 1e-9
LOW_IS_FIRST = {"constraint"}

passed, failures = 0, []
warnings.simplefilter("ignore", FutureWarning)  # networkx's own, on matrices of scipy


def check(holds, text):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(text)


def near(found, expected):
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= TOLERANCE * max(1, abs(expected))


# --- the dossier, folded here ----------------------------------------------------------------


def relation_of(event):
    return event.get("relation") or TYPES[event["type"]]


def pairs_of(event):
    """(from, to, directed) of each tie; none to oneself, an undirected pair once an event."""
    directed = event.get("directed", event["type"] not in ("battle", "clash"))
    seen = set()
    for source in event.get("from", []):
        for target in event.get("to", []):
            pair = (source, target) if directed else tuple(sorted((source, target)))
            if source != target and pair not in seen:
                seen.add(pair)
                yield (*pair, directed)


def contact_graph(dossier, relations):
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(actor["id"] for actor in dossier["actors"]))
    for event in dossier["events"]:
        if relation_of(event) in relations:
            for source, target, directed in pairs_of(event):
                add_arc(graph, source, target, 1)
                if not directed:
                    add_arc(graph, target, source, 1)
    return graph


def add_arc(graph, source, target, weight):
    before = graph.get_edge_data(source, target, {"weight": 0})["weight"]
    graph.add_edge(source, target, weight=before + weight)


def signs(dossier, relations):
    """The relations of each dyad."""
    dyads = {}
    for event in dossier["events"]:
        if relation_of(event) in relations:
            for source, target, _ in pairs_of(event):
                dyads.setdefault(frozenset((source, target)), set()).add(relation_of(event))
    return dyads


def export_graph(exported, relations):
    """The exported multigraph, collapsed."""
    multi = nx.node_link_graph(exported, link="edges")
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(multi.nodes))
    for source, target, tie in multi.edges(data=True):
        if tie["relation"] in relations:
            add_arc(graph, source, target, tie["weight"])
    return graph


def undirected_ties_are_pairs(exported, name):
    ties = {}
    for edge in exported["edges"]:
        ties.setdefault(edge["tie"], []).append(edge)
    for tie, edges in ties.items():
        ends = [(edge["source"], edge["target"]) for edge in edges]
        if any(edge.get("undirected") for edge in edges):
            good = len(ends) == 2 and ends[0] == ends[1][::-1] and all(
                edge.get("undirected") is True for edge in edges)
        else:
            good = len(ends) == 1
        check(good, f"{name}: export: tie {tie!r} is {ends}")


# --- expected scores -------------------------------------------------------------------------


def leading_pair(matrix):
    """The leading singular vectors, each with largest 1; None where the value is not simple."""
    left, values, right = np.linalg.svd(matrix)
    if values[0] < 1e-12 or (len(values) > 1 and values[1] >= values[0] * (1 - 1e-9)):
        return None
    hub, authority = np.abs(left[:, 0]), np.abs(right[0])
    return hub / hub.max(), authority / authority.max()


def leading_vector(matrix):
    values, vectors = np.linalg.eigh(matrix)
    if values[-1] < 1e-12 or (len(values) > 1 and values[-2] >= values[-1] * (1 - 1e-9)):
        return None
    vector = np.abs(vectors[:, -1])
    return vector / vector.max()


def dominant_vector(matrix):
    """Its largest entry in size, of equals the first, is 1; None where two eigenvalues are the
    largest in size."""
    values, vectors = np.linalg.eigh(matrix)
    order = np.argsort(-np.abs(values))
    sizes = np.abs(values)[order]
    if sizes[0] < 1e-9 or (len(sizes) > 1 and sizes[1] >= sizes[0] * (1 - 1e-9)):
        return None
    vector = vectors[:, order[0]]
    largest = np.abs(vector).max()
    return vector / next(entry for entry in vector if abs(entry) >= largest * (1 - 1e-9))


def per_actor(nodes, vector):
    return {node: None if vector is None else float(vector[i]) for i, node in enumerate(nodes)}


def closeness(graph, node):
    hops = nx.single_source_shortest_path_length(graph, node)
    return 1 / sum(hops.values()) if len(hops) > 1 else None


def constraint(graph):
    """Undirected, weights added: on a DiGraph networkx leaves out actors without outward ties."""
    both = nx.Graph()
    both.add_nodes_from(graph)
    for source, target, weight in graph.edges(data="weight"):
        add_arc(both, source, target, weight)
    scores = nx.constraint(both, weight="weight")
    return {node: None if math.isnan(score) else score for node, score in scores.items()}


def signed_scores(nodes, dyads):
    index = {node: i for i, node in enumerate(nodes)}
    n = len(nodes)
    sign = np.zeros((n, n))
    for dyad, relations in dyads.items():
        if len(relations) == 1:
            a, b = (index[node] for node in dyad)
            sign[a, b] = sign[b, a] = 1 if relations == {"support"} else -1
    degree = per_actor(nodes, sign.sum(axis=1))
    vector = per_actor(nodes, dominant_vector(sign))
    if n < 2 or (n == 2 and sign[0, 1] < 0):
        return degree, per_actor(nodes, None), vector
    matrix = np.where(sign < 0, -2, sign)
    pn = np.linalg.solve(np.eye(n) - matrix / (2 * n - 2), np.ones(n))
    return degree, per_actor(nodes, pn), vector


def expected_scores(graph, dyads, generic):
    nodes = list(graph.nodes)
    matrix = nx.to_numpy_array(graph, nodelist=nodes)
    hits = leading_pair(matrix) or (None, None)
    named = graph.subgraph([node for node in nodes if node not in generic])
    degree, pn, vector = signed_scores(nodes, dyads)
    nobody = dict.fromkeys(generic)
    return {
        "in_degree": dict(graph.in_degree), "out_degree": dict(graph.out_degree),
        "in_strength": dict(graph.in_degree(weight="weight")),
        "out_strength": dict(graph.out_degree(weight="weight")),
        "pagerank": nx.pagerank(graph, tol=1e-14, max_iter=100000),
        "hub": per_actor(nodes, hits[0]), "authority": per_actor(nodes, hits[1]),
        "betweenness": {**nx.betweenness_centrality(named, normalized=False), **nobody},
        "closeness": {node: closeness(graph, node) for node in nodes},
        "harmonic": nx.harmonic_centrality(graph.reverse()),
        "eigenvector": per_actor(nodes, leading_vector(matrix + matrix.T)),
        "coreness": nx.core_number(graph),
        "constraint": {**constraint(named), **nobody},
        "signed_degree": degree, "pn": pn,
        "signed_eigenvector": vector,
    }


def compare_hits_of_networkx(graph, scores, name):
    """networkx iterates: only where the second value lies far enough off."""
    values = np.linalg.svd(nx.to_numpy_array(graph), compute_uv=False)
    if len(values) < 3 or values[0] < 1e-12 or values[1] > 0.9 * values[0]:
        return
    for measure, found in zip(("hub", "authority"), nx.hits(graph, max_iter=10000, tol=1e-15)):
        largest = max(found.values())
        for node, score in found.items():
            check(near(scores[node]["scores"][measure], score / largest),
                  f"{name}: {measure} of {node}: {scores[node]['scores'][measure]} is not "
                  f"networkx's {score / largest}")


# --- comparing -------------------------------------------------------------------------------


def expected_rank(scores, node, low_is_first):
    """1 + how many come before it by more than the tolerance."""
    own = scores[node]
    if own is None:
        return None
    before = 0
    for other in scores.values():
        if other is not None and abs(other - own) > 1e-9 * max(abs(other), abs(own)):
            before += (other < own) == low_is_first
    return before + 1


def compare(rows, graph, dyads, generic, name):
    check(sorted(rows) == sorted(graph.nodes), f"{name}: other actors: {sorted(rows)}")
    for measure, scores in expected_scores(graph, dyads, generic).items():
        found = {node: rows[node]["scores"][measure] for node in rows}
        for node, score in scores.items():
            score = None if score is None else float(score)
            check(near(found[node], score), f"{name}: {measure} of {node}: found {found[node]}, "
                                            f"expected {score}")
            rank = expected_rank(found, node, measure in LOW_IS_FIRST)
            check(rows[node]["ranks"][measure] == rank,
                  f"{name}: rank of {node} by {measure}: found {rows[node]['ranks'][measure]}, "
                  f"expected {rank}")
    compare_hits_of_networkx(graph, rows, name)


def reasons_stand_where_scores_do_not(rows, name):
    for node, row in rows.items():
        missing = {measure for measure, score in row["scores"].items() if score is None}
        check(missing == set(row.get("undefined", {})),
              f"{name}: {node}: undefined are {missing}, reasons for {row.get('undefined')}")


def run(casus, *args):
    done = subprocess.run([casus, *args], capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{args}: exit {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def same_graph(one, other):
    return list(one) == list(other) and (
        sorted(one.edges(data="weight")) == sorted(other.edges(data="weight")))


def verify(casus, path, name, thorough):
    """`thorough` computes all scores from the export too, not only where it is another graph."""
    with open(path, encoding="utf-8") as file:
        dossier = json.load(file)
    report = run(casus, "report", path, "--format", "json")
    exported = run(casus, "export", path, "--to", "networkx")
    rows = {actor["id"]: actor for actor in report["actors"]}
    check(list(rows) == sorted(rows, key=str.encode), f"{name}: actors are not in order of id")
    reasons_stand_where_scores_do_not(rows, name)
    undirected_ties_are_pairs(exported, name)
    generic = [node for node, row in rows.items()
               if "generic" in row.get("undefined", {}).get("betweenness", "")]
    for label, relations in (("contact", ("attack", "support")), ("attack", ("attack",)),
                             ("support", ("support",))):
        part = rows if label == "contact" else {
            node: row["by_relation"][label] for node, row in rows.items()}
        dyads = signs(dossier, relations)
        graph, again = contact_graph(dossier, relations), export_graph(exported, relations)
        compare(part, graph, dyads, generic, f"{name}, {label}")
        check(same_graph(graph, again), f"{name}, {label}: the export is another graph")
        if thorough:
            compare(part, again, dyads, generic, f"{name}, {label}, exported")


# --- random dossiers -------------------------------------------------------------------------


def random_event(dice, actors, number):
    kind = dice.choice(dice.choice((ATTACK, ATTACK, SUPPORT, SUPPORT, CLAIM)))
    sides = [dice.sample(actors, min(len(actors), dice.choice((0, 1, 1, 1, 1, 2, 3))))
             for _ in range(2)]
    if not sides[0] and not sides[1]:
        sides[0] = [actors[0]]
    event = {"id": f"e{number}", "type": kind, "from": sides[0], "to": sides[1]}
    if dice.random() < 0.1:
        event["directed"] = dice.random() < 0.5
    if dice.random() < 0.6:
        event["date"] = f"20{dice.randrange(10, 20)}-{dice.randrange(1, 13):02}"
    if dice.random() < 0.3:
        event["claims"] = [{"by": dice.choice(actors), "stance": dice.choice(("report", "blame"))}]
    return event


def random_dossier(dice):
    actors = [f"a{i}" for i in range(dice.randrange(2, 40))]
    dice.shuffle(actors)
    count = dice.choice((1, 3, 10, 30, 100, 400))
    return {"casus": 1, "title": "Random",
            "actors": [{"id": actor, "name": f"Actor {actor}", "kind": dice.choice(KINDS)}
                       for actor in actors],
            "events": [random_event(dice, actors, number) for number in range(count)]}


def verify_random(casus, seed, count):
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path = os.path.join(folder, f"random-{number}.json")
            dice = random.Random(seed * 1000 + number)
            with open(path, "w", encoding="utf-8") as file:
                json.dump(random_dossier(dice), file)
            verify(casus, path, f"seed {seed}, dossier {number}", False)


def main(args):
    if len(args) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    seed = int(args[2]) if len(args) == 3 else 1
    print(f"seed {seed}")
    verify(args[0], os.path.join(args[1], "graphs", "badia-2019", "dossier.json"), "badia-2019", True)
    verify_random(args[0], seed, 30)
    for failure in failures[:50]:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
