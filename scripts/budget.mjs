#!/usr/bin/env node
// How much a customer's page makes the browser download, after brotli, from the built files:
// JavaScript and WASM before the first touch, and with every part that is fetched later; the style
// sheet, which everything waits for; what else must be there beside the built files for the site to
// be quick. Fails when it is more than allowed (1 KB is 1,000 bytes).
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const FIRST = 63_000;
const WHOLE = 100_000;
const STYLE = 16_000; // one sheet for the whole shop; the page waits for it
const site = join(import.meta.dirname, "..", "target", "site", "pkg");
const list = readFileSync(join(site, "..", "..", "release", "hash.txt"), "utf8");
const hashes = Object.fromEntries(list.split("\n").filter(Boolean).map((line) => line.split(": ")));
const size = (names) => names.reduce((sum, name) => sum + statSync(join(site, `${name}.br`)).size, 0);

// The glue imports its split part; other parts are named in the manifest.
const first = [`vatra.${hashes.js}.js`, `__wasm_split.${hashes.split}.js`, `vatra.${hashes.wasm}.wasm`];
const manifest = JSON.parse(readFileSync(join(site, `__wasm_split_manifest.${hashes.manifest}.json`), "utf8"));
// The part of the producer's pages (`app/live/desk`, begun by `start`) is fetched by them alone.
const parts = (whose) => [...new Set(Object.entries(manifest).filter(([name]) => whose(name)).flatMap(([, files]) => files))];
const isDesk = (name) => name.startsWith("start_");
const desk = parts(isDesk).map((part) => `${part}.wasm`);
const later = parts((name) => !isDesk(name)).map((part) => `${part}.wasm`);
const javascript = [
  [size(first), FIRST, "before the first touch"],
  [size([...first, ...later]), WHOLE, "with all that comes later"],
].map(([bytes, most, when]) => [bytes, most, `JavaScript and WASM ${when}`]);
const style = [size([`vatra.${hashes.css}.css`]), STYLE, "Style"];
const wrong = [...javascript, style].filter(([bytes, most, what]) => {
  console.log(`${what}: ${bytes} bytes, at most ${most}`);
  return bytes > most;
});
console.log(`The producer's pages fetch ${size(desk)} bytes more.`);
// The dashboard's forms are sent to these addresses; no part of the customers' download may know them.
const dashboard = readdirSync(site).filter(
  (name) => name.endsWith(".wasm") && !desk.includes(name) && readFileSync(join(site, name)).includes("/fn/admin/"),
);
dashboard.forEach((name) => console.log(`${name} holds the dashboard's code.`));
// Each built file stands there compressed for every browser (scripts/build).
const plain = readdirSync(site).filter((name) => /\.(js|wasm|css)$/.test(name));
const endings = existsSync(join(site, `vatra.${hashes.css}.css.zst`)) ? ["br", "gz", "zst"] : ["br", "gz"];
const bare = plain.filter((name) => !endings.every((ending) => existsSync(join(site, `${name}.${ending}`))));
bare.forEach((name) => console.log(`${name} is not compressed as ${endings.join(", ")}.`));
process.exit(wrong.length + dashboard.length + bare.length === 0 ? 0 : 1);
