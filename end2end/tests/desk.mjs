// What the producer does first.
import { expect } from "@playwright/test";

/** Logs in and stands on a page of the dashboard. */
export async function atDesk(page, path) {
  await page.goto(path);
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByTestId("logout")).toBeVisible();
  await page.goto(path);
}

/** A product of which there is plenty, in the form of an order by phone. */
export function plenty(page) {
  return page.locator("#offers .pieces").filter({ hasText: /mai sunt \d\d/ }).first();
}

/** Types in an order by phone, and stands on its page; returns the name of its product. */
export async function takeOrder(page, { name, phone, pieces = "2" }) {
  await page.goto("/ro/admin/orders/new");
  const row = plenty(page);
  const product = (await row.locator("label > span").first().textContent()).trim();
  await row.locator("input").fill(pieces);
  await page.getByLabel("Numele clientului").fill(name);
  await page.getByLabel("Telefon", { exact: true }).fill(phone);
  await page.getByTestId("take-order").click();
  await page.waitForURL(/\/admin\/orders\/[0-9a-f]{24}\?done=new$/);
  await expect(page.locator("#main").getByText("Comanda a fost notată.")).toBeVisible();
  return product;
}
