#!/usr/bin/env node
// How much JavaScript and WASM a customer's page makes the browser download, after brotli, from the
// built files: all that is fetched before the first touch, and with every part that is fetched
// later. Fails when it is more than allowed (1 KB is 1,000 bytes).
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const FIRST = 63_000;
const WHOLE = 100_000;
const site = join(import.meta.dirname, "..", "target", "site", "pkg");
const list = readFileSync(join(site, "..", "..", "release", "hash.txt"), "utf8");
const hashes = Object.fromEntries(list.split("\n").filter(Boolean).map((line) => line.split(": ")));
const size = (names) => names.reduce((sum, name) => sum + statSync(join(site, `${name}.br`)).size, 0);

// The glue imports its split part; other parts are named in the manifest.
const first = [`vatra.${hashes.js}.js`, `__wasm_split.${hashes.split}.js`, `vatra.${hashes.wasm}.wasm`];
const manifest = JSON.parse(readFileSync(join(site, `__wasm_split_manifest.${hashes.manifest}.json`), "utf8"));
const later = [...new Set(Object.values(manifest).flat())].map((part) => `${part}.wasm`);
const wrong = [
  [size(first), FIRST, "before the first touch"],
  [size([...first, ...later]), WHOLE, "with all that comes later"],
].filter(([bytes, most, when]) => {
  console.log(`JavaScript and WASM ${when}: ${bytes} bytes, at most ${most}`);
  return bytes > most;
});
// The dashboard's forms are sent to these addresses; no part of the download may know them.
const dashboard = readdirSync(site).filter(
  (name) => name.endsWith(".wasm") && readFileSync(join(site, name)).includes("/fn/admin/"),
);
dashboard.forEach((name) => console.log(`${name} holds the dashboard's code.`));
process.exit(wrong.length + dashboard.length === 0 ? 0 : 1);
