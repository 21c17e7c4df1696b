/* Make the page's template: script, style and frame in one file, as C for the library.
 *
 * usage: node bundle.mjs NPM SOURCE_DIR PRIVATE_DIR OUTPUT.c required|optional
 *
 * The modules of package-lock.json are fetched into PRIVATE_DIR, once for each state of the lock
 * file. Where that fails and the page is optional, the C file is an empty template, and says so.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [npm, source, work, output, need] = process.argv.slice(2).map((text, i) =>
  i === 1 || i === 2 ? resolve(text) : text);
const PLACE = "@DATA@";

function fetchModules() {
  const lock = readFileSync(join(source, "package-lock.json"), "utf8");
  const stamp = join(work, "fetched.lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  mkdirSync(work, { recursive: true });
  for (const name of ["package.json", "package-lock.json", ".npmrc"])
    copyFileSync(join(source, name), join(work, name));
  const done = spawnSync(npm, ["ci", "--ignore-scripts", "--prefer-offline", "--no-progress"],
    { cwd: work, encoding: "utf8", timeout: 300_000 });
  if (done.status !== 0) throw new Error(`npm ci: ${done.error ?? done.stderr}`);
  writeFileSync(stamp, lock);
}

function bundle() {
  const esbuild = createRequire(join(work, "package.json"))("esbuild");
  const options = {
    bundle: true, minify: true, write: false, charset: "utf8", legalComments: "inline",
    target: ["chrome100", "firefox100", "safari15.4"], nodePaths: [join(work, "node_modules")],
    logLevel: "warning",
  };
  const build = (entry, more) =>
    esbuild.buildSync({ ...options, ...more, entryPoints: [join(source, entry)] })
      .outputFiles[0].text.trim();
  return {
    script: build("page/main.js", { format: "iife" }).replaceAll("</script", "<\\/script"),
    style: build("style.css", {}),
  };
}

/* A policy names the one script and the one style by their hashes: nothing else runs. */
function fill(frame, { script, style }) {
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
    "img-src data: blob:; base-uri 'none'; form-action 'none'";
  return frame.replace("@POLICY@", () => policy)
    .replace("@STYLE@", () => style).replace("@SCRIPT@", () => script);
}

function asC(page) {
  const [head, tail, more] = page.split(PLACE);
  if (tail === undefined || more !== undefined) throw new Error(`${PLACE} must stand once`);
  const array = (name, text) => {
    const bytes = [...Buffer.from(text)];
    return `const unsigned char cas_view_${name}[${bytes.length + 1}] = {${[...bytes, 0]}};\n` +
      `const size_t cas_view_${name}_size = ${bytes.length};\n`;
  };
  return '#include "report/view.h"\n' + array("head", head) + array("tail", tail);
}

try {
  fetchModules();
  const page = fill(readFileSync(join(source, "page.html"), "utf8"), bundle());
  writeFileSync(output, asC(page));
} catch (failure) {
  console.error(`casus view is built without its page: ${failure.message}`);
  if (need === "required") process.exit(1);
  writeFileSync(output, asC(PLACE));
}
