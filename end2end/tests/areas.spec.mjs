// Where an order is brought to and when: the fee, the least worth, the day, the place.
import { addToCart, awake, codeFor, fillCheckout, newPhone, putIn } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const BREAD = "paine-de-casa-cu-maia-1-kg";
const FAR = { street: "Str. Lungă 1", city: "Lunca", area: "satele-din-jur" };

async function put(page, pieces, hasJavaScript) {
  await page.goto(`/ro/products/${BREAD}`);
  await awake(page, hasJavaScript);
  await page.locator("input.pieces").fill(String(pieces));
  await putIn(page, hasJavaScript, () => page.locator("article form.add button[data-added]").first().click());
  await expect(page.getByTestId("cart-count")).toHaveText(String(pieces));
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
}

async function total(page) {
  return (await page.getByTestId("checkout-total").textContent()).trim();
}

test("the fee is in the total before the order is taken", async ({ page, hasJavaScript }) => {
  await put(page, 4, hasJavaScript);
  const goods = await total(page);
  const phone = newPhone();
  await fillCheckout(page, { name: "Ana Pop", phone, delivery: FAR });
  await expect(page.locator("#delivery_area option:checked")).toContainText("12,00");
  if (hasJavaScript) {
    await expect(page.getByTestId("checkout-fee")).toContainText("12,00");
    await expect(page.getByTestId("checkout-total")).not.toHaveText(goods);
    await page.getByLabel("Ridic eu").check();
    await expect(page.getByTestId("checkout-total")).toHaveText(goods);
    await expect(page.getByTestId("checkout-fee")).toBeHidden();
    await page.getByLabel("Livrare acasă").check();
    await expect(page.getByTestId("checkout-fee")).toBeVisible();
  } else {
    // Without JavaScript the sum is told first, and nothing typed is lost.
    await page.getByTestId("place-order").click();
    await expect(page.getByText(/^Totalul este acum/)).toBeVisible();
    await expect(page.getByTestId("checkout-fee")).toContainText("12,00");
    await expect(page.getByLabel("Stradă și număr")).toHaveValue("Str. Lungă 1");
  }
  const told = await total(page);
  await expectForEveryone(page, hasJavaScript);
  const day = await page.locator("#day option").nth(1).getAttribute("value");
  const words = (await page.locator("#day option").nth(1).textContent()).trim();
  await page.locator("#day").selectOption(day);
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await awake(page, hasJavaScript);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
  await expect(page.getByTestId("order-total")).toHaveText(told);
  await expect(page.getByTestId("order-fee")).toContainText("12,00");
  await expect(page.getByText("Satele din jur")).toBeVisible();
  // `mâine, vineri 27 noiembrie` is `vineri 27 noiembrie` in the order.
  await expect(page.locator(".facts").getByText(words.split(", ").at(-1))).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
});

test("too little for an area says how much is missing", async ({ page, hasJavaScript }) => {
  await put(page, 1, hasJavaScript);
  await fillCheckout(page, { name: "Ana Pop", phone: newPhone(), delivery: FAR });
  await page.getByTestId("place-order").click();
  await expect(page.getByText(/livrăm comenzi de la/)).toContainText("Mai lipsesc");
  await expect(page.getByRole("link", { name: "Mai adaugă ceva" })).toBeVisible();
  await expect(page.getByLabel("Localitate")).toHaveValue("Lunca");
  await expectForEveryone(page, hasJavaScript);
});

test("an area must be chosen, and a place is chosen of several", async ({ page, hasJavaScript }) => {
  await addToCart(page, BREAD, hasJavaScript);
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
  const phone = newPhone();
  await fillCheckout(page, { name: "Ana Pop", phone, delivery: { ...FAR, area: "" } });
  await page.getByTestId("place-order").click();
  await expect(page.locator("#delivery_area-error")).toBeVisible();
  await page.getByLabel("Ridic eu").check();
  await page.getByRole("radio", { name: /^Piața de sâmbătă/ }).check();
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await awake(page, hasJavaScript);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
  await expect(page.getByText("Vii la Piața de sâmbătă")).toBeVisible();
});

test("the page about delivery tells what each area costs", async ({ page, hasJavaScript }) => {
  await page.goto("/ro/delivery");
  await expect(page.getByTestId("areas")).toContainText("Satele din jur · 12,00");
  await expect(page.getByTestId("places")).toContainText("Piața de sâmbătă");
  await expectForEveryone(page, hasJavaScript);
});
