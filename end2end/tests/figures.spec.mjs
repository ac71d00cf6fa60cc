// How the shop is doing: sums, charts with their tables, other ranges, files.
import { readFileSync } from "node:fs";
import { addToCart, newPhone, order } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

async function logIn(page, to) {
  await page.goto(to);
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
}

test("an order stands in the figures at once", async ({ page, browser, hasJavaScript }) => {
  const customer = await browser.newContext();
  const shop = await customer.newPage();
  await logIn(page, "/ro/admin/figures?range=7");
  await expect(page.getByRole("heading", { level: 1, name: "Cifre" })).toBeVisible();
  const orders = page.getByTestId("figure-orders").locator(".figure-value");
  const before = Number(await orders.textContent());
  await addToCart(shop, "zacusca-de-vinete-si-ardei-300-g", true);
  await order(shop, { name: "Dora Pavel", phone: newPhone(), hasJavaScript: true });
  await customer.close();
  await page.reload();
  await expect(orders).toHaveText(String(before + 1));
  await expect(page.getByTestId("figure-revenue").locator(".figure-value")).toContainText("lei");
  await expect(page.getByRole("img", { name: "Încasări pe zile" })).toBeVisible();
  await expect(page.getByTestId("seller").filter({ hasText: "Zacuscă" })).toHaveCount(1);
  await expectForEveryone(page, hasJavaScript);

  // Behind each chart stands a table with every day.
  const chart = page.getByTestId("chart-orders");
  await chart.getByText("Cifrele din grafic").click();
  await expect(chart.getByRole("row")).toHaveCount(8);
  await expect(chart.getByRole("row").last().getByRole("cell")).toHaveText(String(before + 1));
  await expectForEveryone(page, hasJavaScript);
});

test("ranges and steps are chosen with a tap or with two dates", async ({ page, hasJavaScript }) => {
  await logIn(page, "/ro/admin/figures");
  await page.getByRole("link", { name: "12 luni" }).first().click();
  await expect(page).toHaveURL(/range=year/);
  await expect(page.getByRole("link", { name: "pe luni" })).toHaveAttribute("aria-current", "true");
  await expectForEveryone(page, hasJavaScript);
  await page.getByLabel("De la", { exact: true }).fill("2020-01-01");
  await page.getByLabel("Până la").fill("2020-01-31");
  await page.getByRole("button", { name: "Arată" }).click();
  await expect(page.getByText("Nicio comandă în perioada aceasta")).toBeVisible();
  await expect(page.getByLabel("De la", { exact: true })).toHaveValue("2020-01-01");
  await expectForEveryone(page, hasJavaScript);
  const answer = await page.goto("/ro/admin/figures?range=own&from=2020-01-01&to=2026-01-01");
  expect(answer.status()).toBe(400);
  await expect(page.locator("#to-error")).toHaveText("Cel mult doi ani deodată.");
  await expectForEveryone(page, hasJavaScript);
});

test("the table is there as a file", async ({ page }) => {
  await logIn(page, "/ro/admin/figures?range=year");
  // A shop without any order yet shows no files.
  const link = page.getByTestId("csv-steps");
  test.skip((await link.count()) === 0, "no orders yet");
  const downloading = page.waitForEvent("download");
  await link.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^vatra-month-\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = readFileSync(await download.path(), "utf8");
  expect(text.startsWith("\ufeff\"De la\";\"Până la\"")).toBe(true);
});
