// Without a network: what was seen is read again, the rest says so. The plain test: a browser
// without a network complains, and should.
import { expect, test } from "@playwright/test";
import { addToCart, fillCheckout, newPhone } from "../customer.mjs";
import { expectForEveryone } from "../everyone.mjs";

/** The worker is in charge and has saved what it saves at the first visit. */
async function installed(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await expect.poll(() => saved(page)).toContain("/ro/produse");
}

/** The paths of the saved pages. */
const saved = (page) =>
  page.evaluate(async () => {
    const kept = await (await caches.open("vatra-pages-1")).keys();
    return kept.map((request) => new URL(request.url)).map((url) => url.pathname + url.search);
  });

test.beforeEach(async ({ page }) => {
  await page.goto("/ro");
  await installed(page);
});

test("pages that were seen are read again, and say that they are copies", async ({ page, context }) => {
  await page.goto("/ro/produse/unt-de-casa-200-g");
  await expect.poll(() => saved(page)).toContain("/ro/produse/unt-de-casa-200-g");
  await context.setOffline(true);
  for (const path of ["/ro/produse/unt-de-casa-200-g", "/ro/produse", "/ro"]) {
    await page.goto(path);
    await expect(page.locator(".saved-copy")).toContainText("Vezi o copie salvată pe");
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page.getByTestId("cart-count")).toBeHidden();
    const styled = await page.locator(".saved-copy").evaluate((line) => getComputedStyle(line).textAlign);
    expect(styled, "the style sheet is there too").toBe("center");
  }
  await expectForEveryone(page, true);
  await context.setOffline(false);
  await page.locator(".saved-copy a").click();
  await expect(page.locator(".saved-copy")).toHaveCount(0);
});

test("what was not seen, and what is one's own, is the offline page in its language", async ({ page, context }) => {
  for (const path of ["/ro/cart", "/ro/checkout", "/ro/orders", "/en/products?q=bread"]) {
    await page.goto(path);
  }
  expect((await saved(page)).filter((path) => /cart|checkout|orders|q=/.test(path))).toEqual([]);
  await context.setOffline(true);
  for (const path of ["/ro/cart", "/ro/checkout", "/ro/produse?page=2"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nu e internet");
  }
  await page.goto("/en/orders");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No internet");
  await context.setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page).toHaveURL(/\/en\/orders$/);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("No internet");
});

test("what is sent passes through, and fails as without a worker", async ({ page, context }) => {
  await page.goto("/ro/produse");
  const id = await page.locator("input[name=product_id]").first().getAttribute("value");
  const add = () =>
    page.evaluate(async (id) => {
      const body = new URLSearchParams({ product_id: id });
      const answer = await fetch("/fn/cart/add", { method: "POST", headers: { accept: "application/json" }, body });
      return answer.status;
    }, id);
  expect(await add()).toBe(200);
  await context.setOffline(true);
  await expect(add()).rejects.toThrow(/fetch/);
});

test("caches of earlier builds go", async ({ page }) => {
  await page.evaluate(async () => {
    await caches.open("vatra-shell-0000000000000000");
    await caches.open("somebody-elses");
    await (await navigator.serviceWorker.getRegistration()).unregister();
  });
  await page.goto("/ro");
  await installed(page);
  const names = () => page.evaluate(() => caches.keys());
  await expect.poll(names).not.toContain("vatra-shell-0000000000000000");
  expect(await names()).toContain("somebody-elses");
});

test("an order that waits for the network is for everybody, too", async ({ page, context }) => {
  await addToCart(page, "miere-de-salcam-400-g", true);
  await page.goto("/ro/checkout");
  await fillCheckout(page, { name: "Ana Pop", phone: newPhone() });
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("waiting")).toBeVisible();
  await expectForEveryone(page, true);
  await context.setOffline(false);
  await page.waitForURL(/\/verify$/);
});
