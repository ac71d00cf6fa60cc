// Somebody else was quicker: one tap takes what is left, and nothing typed is lost.
import { addToCart, awake, codeFor, fillCheckout, newPhone, order, putIn } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

// Each run empties a shelf, so each has one of its own.
const SHELVES = {
  desktop: "cornulete-cu-magiun-500-g",
  phone: "urda-dulce-400-g",
  "no-javascript": "sirop-de-soc-500-ml",
};

test("at the checkout: keep what is left", async ({ page, browser, hasJavaScript }, { project }) => {
  const slug = SHELVES[project.name];
  await page.goto(`/ro/produse/${slug}`);
  await awake(page, hasJavaScript);
  const most = Number(await page.locator("input.pieces").getAttribute("max"));
  await page.locator("input.pieces").fill(String(most));
  await putIn(page, hasJavaScript, () => page.locator("article form.add button[data-added]").first().click());
  await expect(page.getByTestId("cart-count")).toHaveText(String(most));
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
  const phone = newPhone();
  await fillCheckout(page, { name: "Ana Pop", phone });

  const other = await browser.newContext({ javaScriptEnabled: hasJavaScript });
  const quicker = await other.newPage();
  await addToCart(quicker, slug, hasJavaScript);
  await order(quicker, { phone: newPhone(), hasJavaScript });
  await other.close();

  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("keep-rest")).toHaveText(`Păstrează ${most - 1}`);
  await expectForEveryone(page, hasJavaScript);
  await page.getByTestId("keep-rest").click();
  await expect(page.getByTestId("cart-count")).toHaveText(String(most - 1));
  await expect(page.getByText(/^Totalul este acum/)).toBeVisible();
  await expect(page.getByLabel("Numele tău")).toHaveValue("Ana Pop");
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
});
