import { awake } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const PAGES = [
  "",
  "/products",
  "/products?q=miere",
  "/products?q=zzzz",
  "/products?without=milk&without=eggs",
  "/products/paine-de-casa-cu-maia-1-kg",
  "/products/pasca-cu-branza-si-stafide-1-kg",
  "/cart",
  "/checkout",
  "/orders",
  "/offline",
  "/nowhere",
  "/admin",
];

for (const language of ["ro", "en"]) {
  for (const path of PAGES) {
    test(`${language}${path} is whole, accessible and in its language`, async ({ page, hasJavaScript }) => {
      const answer = await page.goto(`/${language}${path}`);
      expect([200, 401, 404]).toContain(answer.status());
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await awake(page, hasJavaScript);
      await expectForEveryone(page, hasJavaScript);
    });
  }
}

test("an address that leads nowhere says so, with a way on", async ({ page }) => {
  const answer = await page.goto("/ro/nu-exista");
  expect(answer.status()).toBe(404);
  await page.getByRole("link", { name: "Vezi toate produsele" }).click();
  await expect(page.getByTestId("product-card").first()).toBeVisible();
});

test("the language of an address is remembered", async ({ page }) => {
  await page.goto("/en/products");
  await page.goto("/cart");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/ro/cart");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/\/en\/cart$/);
});

test("shelves, order and pages of the list have addresses", async ({ page }) => {
  await page.goto("/ro/produse");
  await expect(page.getByTestId("found")).toHaveText(/^\d\d de produse$/);
  await page.getByRole("link", { name: "Înainte" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByText(/^Pagina 2 din \d+$/)).toBeVisible();
  await page.getByLabel("Categorie").selectOption({ label: "Pâine" });
  await page.getByLabel("Ordonează").selectOption("price_desc");
  await page.getByRole("button", { name: "Arată" }).click();
  await expect(page).toHaveURL(/category=paine/);
  const prices = await page.locator(".card-price strong").allTextContents();
  const lei = prices.map((price) => Number(price.replace(/[^\d,]/g, "").replace(",", ".")));
  expect(lei.length).toBeGreaterThan(2);
  expect(lei).toEqual([...lei].sort((a, b) => b - a));
});
