// What only JavaScript can give: answers before the shop has answered, and patience with the network.
import { addToCart, awake, codeFor, fillCheckout, newPhone } from "../customer.mjs";
import { expect, test } from "../watch.mjs";

const EGGS = "oua-de-la-gaini-crescute-liber-10-bucati";
const HONEY = "miere-de-salcam-400-g";

test("a page downloads little until it is touched", async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const parts = new Map();
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (/\.(js|wasm)(\?|$)/.test(response.url)) parts.set(requestId, { url: response.url, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (parts.has(requestId)) parts.get(requestId).bytes = encodedDataLength;
  });
  await page.goto("/ro/produse");
  await page.waitForLoadState("networkidle");
  const bytes = () => [...parts.values()].reduce((sum, part) => sum + part.bytes, 0);
  expect([...parts.values()].filter(({ url }) => url.endsWith(".wasm"))).toHaveLength(1);
  expect(bytes()).toBeLessThanOrEqual(63_000);
  await page.getByTestId("product-card").first().getByRole("button").click();
  await expect(page.getByTestId("cart-count")).toHaveText("1");
});

test("the cart answers before the shop does, and takes it back when refused", async ({ page }) => {
  await addToCart(page, EGGS, true);
  await page.goto("/ro/cart");
  const line = page.getByTestId("cart-line");
  await line.getByRole("button", { name: /^Mai mult/ }).click();
  await expect(line.locator("output")).toHaveText("2");
  const held = [];
  await page.route("**/fn/cart/set**", (route) => held.push(route));
  await line.getByRole("button", { name: /^Mai mult/ }).click();
  await expect(line.locator("output")).toHaveText("3");
  await expect.poll(() => held.length).toBe(1);
  await held[0].abort();
  await expect(line.locator("output")).toHaveText("2");
  await expect(page.getByRole("alert").filter({ hasText: "Nu pare să fie internet" })).toBeVisible();
});

test("what was taken out comes back with one tap", async ({ page }) => {
  await addToCart(page, EGGS, true);
  await addToCart(page, HONEY, true);
  await page.goto("/ro/cart");
  const eggs = page.getByTestId("cart-line").filter({ hasText: "Ouă" });
  await eggs.getByRole("button", { name: /^Mai mult/ }).click();
  await expect(page.getByTestId("cart-count")).toHaveText("3");
  await eggs.getByRole("button", { name: /^Scoate din coș/ }).click();
  await expect(page.getByTestId("cart-line")).toHaveCount(1);
  const undo = page.getByTestId("undo").getByRole("button");
  await expect(undo).toBeFocused();
  await undo.press("Enter");
  await expect(page.getByTestId("cart-line")).toHaveCount(2);
  await expect(eggs.locator("output")).toHaveText("2");
  await expect(page.getByTestId("undo")).toHaveCount(0);
});

test("several products tapped at once land in one cart", async ({ page }) => {
  await page.goto("/ro/produse");
  const buttons = page.getByTestId("product-card").getByRole("button");
  for (const place of [0, 1, 2]) await buttons.nth(place).click();
  await expect(page.getByTestId("cart-count")).toHaveText("3");
  const drawer = page.getByRole("dialog");
  await page.locator("[data-opens]:visible").first().click();
  await expect(drawer.getByTestId("cart-line")).toHaveCount(3);
});

test("a link waits for what is being put in, so that nothing is lost on the way", async ({ page }) => {
  // Held in the page: a request with `keepalive` that the test tool has stopped does not follow its redirect.
  await page.addInitScript(() => {
    const { fetch } = window;
    const held = new Promise((resolve) => (window.letGo = resolve));
    window.fetch = async (request, ...more) => {
      if (request.method === "POST") await held;
      return fetch(request, ...more);
    };
  });
  await page.goto("/ro/produse");
  await awake(page, true);
  const buttons = page.getByTestId("product-card").getByRole("button");
  for (const place of [0, 1, 2]) await buttons.nth(place).click();
  await page.locator("footer a[href='/ro/contact']").click();
  await expect(page).toHaveURL(/\/ro\/produse$/);
  await page.evaluate(() => window.letGo());
  await page.waitForURL(/\/ro\/contact$/);
  await page.goto("/ro/cart");
  await expect(page.getByTestId("cart-line")).toHaveCount(3);
});

test("an order waits for the network, says so, and is one order", async ({ page, context }) => {
  await addToCart(page, HONEY, true);
  await page.goto("/ro/checkout");
  const phone = newPhone();
  await fillCheckout(page, { name: "Ana Pop", phone });
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByTestId("place-order").click();
  await expect(page.getByTestId("waiting")).toBeVisible();
  await expect(page.getByLabel("Numele tău")).toHaveValue("Ana Pop");
  await context.setOffline(false);
  await page.waitForURL(/\/verify$/);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
  await page.goto("/ro/orders");
  await expect(page.locator(".order-row")).toHaveCount(1);
});

test("the checkout remembers what was typed until the order is placed", async ({ page }) => {
  await addToCart(page, HONEY, true);
  await page.goto("/ro/checkout");
  const phone = newPhone();
  await fillCheckout(page, { name: "Maria Ionescu", phone, delivery: { street: "Str. Morii 4", city: "Turda" } });
  await page.goto("/ro/produse");
  await page.goto("/ro/checkout");
  await expect(page.getByLabel("Numele tău")).toHaveValue("Maria Ionescu");
  await expect(page.getByLabel("Livrare acasă")).toBeChecked();
  await expect(page.getByLabel("Localitate")).toHaveValue("Turda");
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
  await addToCart(page, HONEY, true);
  await page.goto("/ro/checkout");
  await expect(page.locator("[name=street]")).toHaveValue("");
});

test("a pasted message gives the code in it", async ({ page }) => {
  await addToCart(page, HONEY, true);
  await page.goto("/ro/checkout");
  const phone = newPhone();
  await fillCheckout(page, { name: "Ana Pop", phone });
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await page.waitForLoadState("networkidle");
  const code = await codeFor(phone);
  await page.getByLabel("Codul tău").evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, `Codul tău: ${code}. Nu îl spune nimănui.`);
  await expect(page.getByLabel("Codul tău")).toHaveValue(code);
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
});
