import { expect, test } from "./watch.mjs";

const LIST = { ro: "/produse", en: "/products" };
const PAGES = ["", "LIST", "LIST?category=paine", "LIST/paine-de-casa-cu-maia-1-kg"];

test("each public page says what it is, in its language", async ({ page }) => {
  const seen = new Set();
  for (const language of ["ro", "en"]) {
    for (const path of PAGES) {
      await page.goto(`/${language}${path.replace("LIST", LIST[language])}`);
      const told = await page.evaluate(() => ({
        title: document.title,
        canonical: [...document.querySelectorAll("link[rel=canonical]")].map((link) => link.href),
        languages: [...document.querySelectorAll("link[rel=alternate]")].map((link) => link.hreflang),
        description: document.querySelector("meta[name=description]").content,
        picture: document.querySelector("meta[property='og:image']").content,
        data: [...document.querySelectorAll("script[type='application/ld+json']")].map((script) => JSON.parse(script.text)),
      }));
      expect(told.canonical).toEqual([page.url()]);
      expect(told.languages.sort()).toEqual(["en", "ro", "x-default"]);
      expect(told.data).toHaveLength(1);
      seen.add(told.title);
      const picture = await page.request.get(told.picture);
      expect(picture.headers()["content-type"]).toMatch(/^image\/(jpeg|png|webp)$/);
    }
  }
  expect(seen.size, "distinct titles").toBe(2 * PAGES.length);
});
