#!/usr/bin/python3
"""Take the graph on into NetworkX: who reaches whom along support?

usage: notebook.py EXPORT.json   (made by `casus export INPUT --to networkx -o EXPORT.json`)
"""
import json
import sys

import networkx as nx

with open(sys.argv[1], encoding="utf-8") as file:
    graph = nx.node_link_graph(json.load(file), link="edges")

support = nx.DiGraph()
support.add_edges_from((a, b) for a, b, tie in graph.edges(data=True)
                       if tie["relation"] == "support")
for backer in sorted(support):
    reached = sorted(nx.descendants(support, backer))
    if reached:
        print(f"{graph.nodes[backer]['name']} reaches "
              + ", ".join(graph.nodes[name]["name"] for name in reached))
