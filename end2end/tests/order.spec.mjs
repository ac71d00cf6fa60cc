import { addToCart, awake, codeFor, fillCheckout, newPhone, order, putIn } from "./customer.mjs";
import { expect, test } from "./watch.mjs";

test("browse, search, add, check out, confirm", async ({ page, hasJavaScript }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.locator("main").getByRole("link", { name: "Vezi produsele" }).click();
  await page.getByLabel("Caută un produs").fill("paine");
  await page.getByRole("button", { name: "Arată" }).click();
  await expect(page.getByTestId("found")).toContainText("„paine”");
  const found = page.getByTestId("product-card");
  await expect(found.first()).toContainText("Pâine");
  await awake(page, hasJavaScript);
  await putIn(page, hasJavaScript, () => found.filter({ hasText: "Pâine de casă" }).getByRole("button").click());
  await expect(page.getByTestId("cart-count")).toHaveText("1");

  const phone = newPhone();
  await order(page, { phone, delivery: { street: "Str. Morii 4", city: "Cluj-Napoca" }, hasJavaScript });
  await expect(page.getByText("Str. Morii 4, Cluj-Napoca")).toBeVisible();
  await expect(page.getByTestId("cart-count")).toHaveText("0");
});

test("a number proved today needs no second code", async ({ page, hasJavaScript }) => {
  const phone = newPhone();
  await addToCart(page, "zacusca-de-vinete-si-ardei-300-g", hasJavaScript);
  const number = await order(page, { phone, hasJavaScript });
  await addToCart(page, "zacusca-de-vinete-si-ardei-300-g", hasJavaScript);
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
  await expect(page.getByLabel("Numele tău")).toHaveValue("Ana Pop");
  await page.getByTestId("place-order").click();
  await page.waitForURL(/new=1$/);
  await page.goto("/ro/orders");
  await expect(page.locator(".order-row")).toHaveCount(2);
  await expect(page.locator(".order-row").nth(1)).toContainText(number);
});

test("errors stand beside the fields and nothing typed is lost", async ({ page, hasJavaScript }) => {
  await addToCart(page, "oua-de-la-gaini-crescute-liber-10-bucati", hasJavaScript);
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
  await fillCheckout(page, { name: "Ion <b>Ionescu</b>", phone: "12", delivery: { street: "", city: "Turda" } });
  const wish = "Fără sare & </textarea><b id='broken'>mult</b> mac";
  await page.locator("#special_instructions").fill(wish);
  await page.getByTestId("place-order").click();
  await expect(page.locator("#phone-error")).toContainText("număr de mobil");
  await expect(page.locator("#street-error")).toBeVisible();
  // Refused once more, from the page that was refused: still nothing is lost.
  await page.getByLabel("Stradă și număr").fill("Str. Lungă 1");
  await page.getByTestId("place-order").click();
  await expect(page.locator("#street-error")).toHaveCount(0);
  await expect(page.locator("#phone-error")).toBeVisible();
  await expect(page.getByLabel("Numele tău")).toHaveValue("Ion <b>Ionescu</b>");
  await expect(page.getByLabel("Livrare acasă")).toBeChecked();
  await expect(page.locator("#special_instructions")).toHaveValue(wish);
  await expect(page.locator("#broken")).toHaveCount(0);
  await expect(page.getByLabel("Localitate")).toHaveValue("Turda");
  // A number that looks right but does not exist is refused by the server.
  await page.getByLabel("Telefon", { exact: true }).fill("0000 000 000");
  await page.getByTestId("place-order").click();
  await expect(page.locator("#phone-error")).toBeVisible();
  const phone = newPhone();
  await page.getByLabel("Telefon", { exact: true }).fill(phone);
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
});

test("a wrong code, a new code, and the old one no longer works", async ({ page, hasJavaScript }) => {
  const phone = newPhone();
  await addToCart(page, "miere-de-salcam-400-g", hasJavaScript);
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
  await fillCheckout(page, { name: "Ana Pop", phone });
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  const first = await codeFor(phone);
  const wrong = first === "1234" ? "4321" : "1234";
  await awake(page, hasJavaScript);
  await page.getByLabel("Codul tău").fill(wrong);
  await page.getByTestId("confirm-code").click();
  await expect(page.getByTestId("code-error")).toContainText("Mai ai 4 încercări");
  if (hasJavaScript) {
    // The button counts down; the order waits.
    await expect(page.getByTestId("resend")).toBeDisabled();
    await expect(page.getByTestId("resend")).toContainText("Poți cere alt cod în");
  } else {
    await page.getByTestId("resend").click();
    await expect(page.getByText("Ți-am trimis un cod nou")).toBeVisible();
    await expect.poll(() => codeFor(phone)).not.toBe(first);
  }
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
});

test("an order belongs to its customer", async ({ page, browser, hasJavaScript }) => {
  const phone = newPhone();
  await addToCart(page, "zacusca-de-vinete-si-ardei-300-g", hasJavaScript);
  await order(page, { phone, hasJavaScript });
  const stranger = await browser.newContext();
  const answer = await stranger.request.get(page.url());
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toContain("Ana Pop");
  await stranger.close();
});
