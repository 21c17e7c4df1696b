/* Exports, opened by the programs of the npm world that they are for, and counted over there.
 *
 * What is expected is folded here from the dossier itself: attack and support, by (from, to,
 * relation, directed); of claims their number, by the report.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import Ajv from "ajv/dist/2020.js";
import cytoscape from "cytoscape";
import { forceLink, forceManyBody, forceSimulation } from "d3-force";
import graphology from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

import { answer, check, equal, finish, folder, open, root, run } from "./harness.mjs";
import { invent } from "./invent.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const FIXTURES = ["whole", "kinds", "parents", "dates", "hostile", "scripts", "escapes", "types", "one-id-for-three",
  "unknown-parties", "minimal"].map((name) => `tests/fixtures/dossier/good/${name}.json`);
const schema = JSON.parse(readFileSync(join(root, "graphs/dossier.schema.json"), "utf8")).$defs;
const relationOf = new Map(["attack", "support", "claim"].flatMap((relation) =>
  schema[`${relation}Type`].enum.map((type) => [type, relation])));

/* --- what is expected ------------------------------------------------------------------------- */

const endsOf = (date) => (typeof date === "string" ? [date] : [date?.from, date?.to]).filter(Boolean);
const firstDay = (date) => `${date}-01-01`.slice(0, 10);
const lastDay = (date) => (date.length < 10 ? `${date}${"-12-31".slice(date.length - 4)}` : date);
const least = (dates, day) => [...dates].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));

const inOrder = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;

function fold(dossier) {
  const ties = new Map();
  for (const event of dossier.events) {
    const relation = relationOf.get(event.type) ?? event.relation;
    if (relation === "claim") continue;
    const directed = event.directed ?? !["battle", "clash"].includes(event.type);
    const pairs = new Set();
    for (const from of event.from ?? []) for (const to of event.to ?? [])
      if (from !== to) pairs.add(JSON.stringify(directed || inOrder(from, to) ? [from, to] : [to, from]));
    for (const pair of pairs) {
      const key = JSON.stringify([...JSON.parse(pair), relation, directed]);
      const tie = ties.get(key) ?? { weight: 0, dates: [] };
      ties.set(key, { weight: tie.weight + 1, dates: [...tie.dates, ...endsOf(event.date)] });
    }
  }
  return [...ties].map(([key, { weight, dates }]) => {
    const [from, to, relation, directed] = JSON.parse(key);
    return row(from, to, relation, directed, weight, least(dates, firstDay)[0], least(dates, lastDay).at(-1));
  }).sort();
}

/* One line a tie; dates as days, for an export may name one of several ways to write the same. */
function row(from, to, relation, directed, weight, first, last) {
  return [from, to, relation, directed, Number(weight), first ? firstDay(first) : "",
    last ? lastDay(last) : ""].join(" | ");
}

/* The same edges under the ids of the dossier. */
const renamed = (edges, byId) => edges.map((edge) => ({ ...edge, from: byId.get(edge.from) ?? edge.from,
  to: byId.get(edge.to) ?? edge.to }));

const contact = (edges) => edges.filter((edge) => edge.attributes.relation !== "claim")
  .map(({ from, to, directed, weight, attributes }) => row(from, to, attributes.relation, directed,
    weight ?? attributes.weight, attributes.first, attributes.last)).sort();

/* --- the consumers: {nodes: [id], edges: [{from, to, directed, attributes}]} ------------------- */

const parse = (path) => JSON.parse(readFileSync(path, "utf8"));

function openCytoscape(path) {
  const cy = cytoscape({ headless: true, elements: parse(path).elements });
  const nodes = cy.nodes().map((node) => {
    const parent = node.data("parent");
    check("cytoscape nests in what there is", !parent || node.parent().id() === parent);
    return node.id();
  });
  return { nodes, edges: cy.edges().map((edge) => ({ from: edge.source().id(), to: edge.target().id(),
    directed: !edge.data("undirected"), attributes: edge.data() })) };
}

function ofGraphology(graph) {
  return { nodes: graph.nodes(), edges: graph.mapEdges((key, attributes, from, to) =>
    ({ from, to, directed: graph.isDirected(key), attributes })) };
}

const openGraphology = (path) => ofGraphology(graphology.Graph.from(parse(path)));
const openGexf = (path) => ofGraphology(gexf.parse(graphology.Graph, readFileSync(path, "utf8")));

/* A tie without direction is an edge each way there, with one `tie`. */
function openGraphml(path) {
  const { nodes, edges } = ofGraphology(graphml.parse(graphology.Graph, readFileSync(path, "utf8"))), ties = new Map();
  for (const edge of edges) {
    const before = ties.get(edge.attributes.tie), directed = edge.directed && !edge.attributes.undirected;
    check("GraphML: two edges a tie only where it has no direction", !before || (!directed && before.from === edge.to));
    if (!before) ties.set(edge.attributes.tie, { ...edge, directed });
  }
  return { nodes, edges: [...ties.values()].map((tie) => (tie.directed || inOrder(tie.from, tie.to) ? tie
    : { ...tie, from: tie.to, to: tie.from })) };
}

function openD3(path) {
  const { nodes, links } = parse(path);
  const simulation = forceSimulation(nodes).force("link", forceLink(links).id((node) => node.id))
    .force("charge", forceManyBody()).stop().tick(30);
  check("d3 moves all", simulation.nodes().every((node) => Number.isFinite(node.x) && Number.isFinite(node.y)));
  return { nodes: nodes.map((node) => node.id), edges: links.map((link) => ({ from: link.source.id, to: link.target.id,
    directed: !link.undirected, attributes: link })) };
}

const validJgf = new Ajv({ strict: false }).compile(parse(join(HERE, "jgf.schema.json")));

function openJgf(path) {
  const { graph } = parse(path), valid = validJgf({ graph });
  check("JGF by its rules", valid, JSON.stringify(validJgf.errors));
  return { nodes: Object.keys(graph.nodes), edges: graph.edges.map((edge) => {
    check("JGF: both ends are there", Object.hasOwn(graph.nodes, edge.source) && Object.hasOwn(graph.nodes, edge.target));
    return { from: edge.source, to: edge.target, directed: edge.directed ?? graph.directed, attributes: edge.metadata };
  }) };
}

/* vis-network runs in a page: its own bundle, its own drawing. */
async function openVis(path) {
  const page = join(folder, "vis.html");
  const bundle = createRequire(import.meta.url).resolve("vis-network/standalone/umd/vis-network.min.js");
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><div id="net" style="height:400px"></div>` +
    `<script>${readFileSync(bundle, "utf8").replaceAll("</script", "<\\/script")}</script>` +
    '<script>document.documentElement.dataset.started = "1"</script>');
  const tab = await open(pathToFileURL(page).href);
  const found = await tab.evaluate((data) => {
    const network = new globalThis.vis.Network(document.getElementById("net"), data, { physics: false });
    network.redraw();
    const { nodes, edges } = network.body;
    return { nodes: network.body.nodeIndices.map((id) => nodes[id].id), edges: network.body.edgeIndices.map((id) => ({
      from: edges[id].fromId, to: edges[id].toId, directed: edges[id].options.arrows.to.enabled, weight: edges[id].options.value,
      attributes: data.edges.find((edge) => edge.id === id) })) };
  }, parse(path));
  equal("vis-network has nothing to say", tab.sins, []);
  await tab.context().close();
  return found;
}

function checkGexf(path) {
  const done = spawnSync("xmllint", ["--noout", "--huge", "--relaxng", join(HERE, "gexf.rng"), path], { encoding: "utf8" });
  check("GEXF by its rules", done.status === 0, done.stderr?.slice(0, 600) ?? String(done.error));
}

const CONSUMERS = { cytoscape: openCytoscape, graphology: openGraphology, d3: openD3, jgf: openJgf, vis: openVis,
  gexf: openGexf, graphml: openGraphml };
const XML = ["gexf", "graphml"];

/* XML cannot hold all of what ids may: such ids are told apart by a number behind them. */
const inXml = (id) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(id);

/* The id of white space that Cytoscape.js was given a better one for. */
const blank = (id) => /^(\s+)\ufffd\d+$/.exec(id)?.[1];

async function compare(name, input, extras = null) {
  const dossier = parse(input.startsWith("/") ? input : join(root, input)), ids = dossier.actors.map((actor) => actor.id).sort();
  const expected = fold(dossier), { graph } = answer("report", input, "--format", "json");
  for (const [format, open] of Object.entries(CONSUMERS)) {
    if (XML.includes(format) && ids.some(inXml)) continue;
    if (format === "vis" && ids.some((id) => id in Object.prototype)) continue; /* it loses those itself */
    for (const options of extras ? [[], ["--with", extras]] : [[]]) {
      const path = join(folder, `export.${format}`);
      run("export", input, "--to", format, "-o", path, ...options);
      if (format === "gexf") checkGexf(path);
      const found = await open(path), what = `${name} in ${format}${options.length ? " with all" : ""}`;
      const byId = format === "cytoscape" ? new Map(found.nodes.map((id) => [id, blank(id) ?? id])) : new Map();
      equal(`${what}: actors`, found.nodes.map((id) => byId.get(id) ?? id).sort(), ids);
      equal(`${what}: ties`, found.edges.length, graph.ties);
      equal(`${what}: who, whom, how often, when`, contact(renamed(found.edges, byId)), expected);
    }
  }
}

await finish(async () => {
  await compare("the case", "graphs/badia-2019/dossier.json", "scores,layout,blocs,events");
  for (const fixture of FIXTURES) await compare(fixture, fixture);
  const large = join(folder, "large.json");
  writeFileSync(large, JSON.stringify(invent({ actors: 300, ties: 1500, claims: false })));
  await compare("300 actors", large, "scores,layout,events");
});
