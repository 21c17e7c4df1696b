// A table aggregated by three columns, as the peers of casus do it; prints how many groups there are.
// usage: node peer.mjs MODULES duckdb|polars gdelt|ged FILE      MODULES: a folder of node_modules
import { createRequire } from "node:module";
import path from "node:path";

const [modules, peer, kind, file] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "x.js"));

async function duckdb() {
  const { DuckDBInstance } = require("@duckdb/node-api");
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  const query = kind === "gdelt"
    ? `select column05, column15, column29, count(*) from read_csv('${file}', delim='\t', quote='',
       escape='', header=false, all_varchar=true, null_padding=false) group by all`
    : `select side_a, side_b, type_of_violence, count(*) from read_csv('${file}', header=true,
       all_varchar=true, quote='"', escape='"', delim=',') group by all`;
  return (await db.runAndReadAll(query)).getRows().length;
}

function polars() {
  const pl = require("nodejs-polars");
  const options = kind === "gdelt"
    ? { sep: "\t", hasHeader: false, quoteChar: "\x01", inferSchemaLength: 0 }
    : { inferSchemaLength: 0 };
  const columns = kind === "gdelt" ? ["column_6", "column_16", "column_30"]
                                   : ["side_a", "side_b", "type_of_violence"];
  const table = pl.scanCSV(file, options).select(...columns.map((name) => pl.col(name)))
    .groupBy(columns).agg(pl.len()).collectSync();
  return table.height;
}

console.log(await { duckdb, polars }[peer](), "groups");
