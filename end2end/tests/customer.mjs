// What a customer does, step by step. It works with and without JavaScript, so the same order is
// placed on a desktop, on a phone, and with JavaScript off.
import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

let last = Math.floor(Math.random() * 900_000);

/** A mobile number that no other test uses. */
export function newPhone() {
  last += 1;
  return `0722${String(last).padStart(6, "0")}`;
}

/** The newest SMS or call to a number, from the outbox of the console sender. */
const newest = (phone) =>
  readFileSync(join(process.env.VATRA_TEST_DIR, "outbox"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter((told) => told.to === `+4${phone}`)
    .at(-1);

/** The code of the newest SMS to a number. */
export async function codeFor(phone) {
  await expect.poll(() => newest(phone)?.body, `an SMS to ${phone}`).toMatch(/\b\d{4}\b/);
  return newest(phone).body.match(/\b(\d{4})\b/)[1];
}

/** The code that the newest call to a number tells. */
export async function toldTo(phone) {
  await expect.poll(() => newest(phone)?.call, `a call to ${phone}`).toMatch(/^\d{4}$/);
  return newest(phone).call;
}

/** Without JavaScript a page is ready when it is there; with it, when its islands are awake. */
export async function awake(page, hasJavaScript) {
  if (hasJavaScript) await page.waitForLoadState("networkidle");
}

/** Puts something in the cart, and waits for the shop: with JavaScript the number is there
 * before. Who leaves by a link waits for that, a test that goes elsewhere must. */
export async function putIn(page, hasJavaScript, press) {
  const answered = hasJavaScript && page.waitForResponse((answer) => answer.url().includes("/fn/cart/add"));
  await press();
  await answered;
}

export async function addToCart(page, slug, hasJavaScript, base = "") {
  const answer = await page.goto(`${base}/ro/produse/${slug}`);
  expect(answer.status(), `the page of ${slug}`).toBe(200);
  await awake(page, hasJavaScript);
  const before = Number(await page.getByTestId("cart-count").textContent());
  await putIn(page, hasJavaScript, () => page.locator("article form.add button[data-added]").click());
  await expect(page.getByTestId("cart-count")).toHaveText(String(before + 1));
}

export async function fillCheckout(page, { name, phone, delivery }) {
  await page.getByLabel("Numele tău").fill(name);
  await page.getByLabel("Telefon", { exact: true }).fill(phone);
  if (delivery) {
    await page.getByLabel("Livrare acasă").check();
    // In the village it is brought for nothing, so the total stays as it was seen.
    await page.locator("#delivery_area").selectOption(delivery.area ?? "valea-painii");
    await page.getByLabel("Stradă și număr").fill(delivery.street);
    await page.getByLabel("Localitate").fill(delivery.city);
  }
}

/** From a filled cart to the confirmation; returns the number of the order. */
export async function order(page, { name = "Ana Pop", phone, delivery, hasJavaScript }) {
  await page.goto("/ro/checkout");
  await awake(page, hasJavaScript);
  await fillCheckout(page, { name, phone, delivery });
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  await awake(page, hasJavaScript);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Mulțumim, ${name}!`);
  return (await page.getByTestId("order-number").textContent()).trim();
}
