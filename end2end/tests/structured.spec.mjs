// Structured data against the vocabulary of schema.org itself, as types (schema-dts): the compiler
// refuses a property or a value that the vocabulary does not have.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./watch.mjs";

const PAGES = [
  "/ro", "/en", "/ro/produse", "/en/products?category=paine", "/ro/produse/paine-de-casa-cu-maia-1-kg",
  "/en/products/branza-framantata-in-coaja-de-brad-350-g", "/ro/contact", "/en/delivery", "/ro/termeni",
];
const root = join(import.meta.dirname, "..", "..");

/** What the compiler says of these documents; empty when nothing is wrong. */
function complaints(documents) {
  const folder = join(root, "target", "structured");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const code = documents.map((document, number) => `export const d${number}: Graph = ${JSON.stringify(document)};\n`);
  const file = join(folder, "data.ts");
  writeFileSync(file, `import type { Graph } from "schema-dts";\n${code.join("")}`);
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["--noEmit", "--strict", "--moduleResolution", "node", file]);
    return "";
  } catch (error) {
    return `${error.stdout}`.slice(0, 2000);
  }
}

test("structured data holds only what schema.org knows", async ({ page }, { project }) => {
  test.skip(project.name !== "desktop", "the data is the same for all");
  const documents = [];
  for (const path of PAGES) {
    await page.goto(path);
    const texts = await page.locator("script[type='application/ld+json']").allTextContents();
    for (const text of texts) {
      const document = JSON.parse(text);
      for (const thing of document["@graph"]) {
        // Google's own word for a search box, which is not of the vocabulary.
        delete thing.potentialAction?.["query-input"];
      }
      documents.push(document);
    }
  }
  expect(documents.length).toBeGreaterThanOrEqual(PAGES.length - 1);
  expect(complaints(documents)).toBe("");
  const [first] = structuredClone(documents.filter((document) => JSON.stringify(document).includes('"Product"')));
  first["@graph"].find((thing) => thing["@type"] === "Product").prize = "12.50";
  expect(complaints([first]), "a property that there is not").toContain("prize");
});
