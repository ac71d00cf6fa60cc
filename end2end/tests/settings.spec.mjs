// The producer's settings, and what customers see of them. All tests share one shop: what is
// changed here is changed back.
import { addToCart, awake } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const SETTINGS = "/ro/admin/settings";

async function logIn(page, path) {
  await page.goto(path);
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

async function saved(page) {
  await expect(page.locator("#main").getByText("Salvat.")).toBeVisible();
}

test("every page of the settings is for everybody", async ({ page, hasJavaScript }) => {
  await logIn(page, SETTINGS);
  await expect(page.getByTestId("settings").getByRole("link")).toHaveCount(11);
  await expectForEveryone(page, hasJavaScript);
  for (const part of ["shop", "hours", "rules", "places", "places/new", "areas", "areas/new", "holidays", "languages", "errors"]) {
    await page.goto(`${SETTINGS}/${part}`);
    await awake(page, hasJavaScript);
    await expectForEveryone(page, hasJavaScript);
  }
});

test("an area is made, corrected, moved and removed", async ({ page, hasJavaScript }, { project }) => {
  const name = `Zona ${project.name} ${Date.now()}`;
  await logIn(page, `${SETTINGS}/areas`);
  await page.getByRole("link", { name: "Zonă nouă" }).click();
  await awake(page, hasJavaScript);
  await page.locator("#name_ro").fill(name);
  await page.locator("#fee").fill("mult");
  await page.getByRole("button", { name: "Salvează" }).click();
  await expect(page.locator("#fee-error")).toContainText("12,50");
  await expect(page.locator("#name_ro")).toHaveValue(name);
  await page.locator("#fee").fill("7,50");
  await page.getByRole("button", { name: "Salvează" }).click();
  await saved(page);
  const row = page.getByTestId("entry").filter({ hasText: name });
  await expect(row).toContainText("7,50");
  await expect(page.getByTestId("entry").last()).toContainText(name);
  await awake(page, hasJavaScript);
  await row.getByRole("button", { name: /^Mai sus/ }).click();
  await expect(page.getByTestId("entry").last()).not.toContainText(name);
  await expectForEveryone(page, hasJavaScript);
  await row.locator("summary").click();
  await row.getByRole("button", { name: /^Da, șterge/ }).click();
  await expect(row).toHaveCount(0);
});

test("two who change the same: the second is told", async ({ page, hasJavaScript }) => {
  await logIn(page, `${SETTINGS}/rules`);
  const other = await page.context().newPage();
  await other.goto(`${SETTINGS}/rules`);
  await awake(page, hasJavaScript);
  await awake(other, hasJavaScript);
  await page.locator("#days_ahead").fill("21");
  await page.getByRole("button", { name: "Salvează" }).click();
  await saved(page);
  await other.locator("#days_ahead").fill("30");
  await other.getByRole("button", { name: "Salvează" }).click();
  await expect(other.locator("#main").getByText("Altcineva a schimbat asta")).toBeVisible();
  await expect(other.locator("#days_ahead")).toHaveValue("30");
  await expect(other.locator("#days_ahead-hint")).toContainText("Acum în magazin: 21");
  await expectForEveryone(other, hasJavaScript);
  // Sent again it is meant; here it is set back to what it was.
  await other.locator("#days_ahead").fill("14");
  await other.getByRole("button", { name: "Salvează" }).click();
  await saved(other);
  await other.close();
});

test("a shop that is closed says so and takes no order", async ({ page, browser, hasJavaScript }) => {
  const customer = await browser.newContext({ javaScriptEnabled: hasJavaScript, locale: "ro-RO" });
  const shop = await customer.newPage();
  await addToCart(shop, "miere-de-salcam-400-g", hasJavaScript);
  await logIn(page, `${SETTINGS}/holidays`);
  await awake(page, hasJavaScript);
  try {
    await page.getByLabel("Magazinul e închis").check();
    await page.locator("#closed_text_ro").fill("Suntem la târg.");
    await page.locator("#save-closed").click();
    await saved(page);
    await shop.goto("/ro/cart");
    await expect(shop.getByTestId("closed-now")).toBeVisible();
    await expect(shop.getByText("Suntem la târg.")).toBeVisible();
    await expect(shop.getByTestId("cart-line")).toHaveCount(1);
    await shop.goto("/ro/checkout");
    await expect(shop.getByTestId("closed")).toContainText("nu primește comenzi");
    await expect(shop.getByText("Suntem la târg.")).toBeVisible();
    await expect(shop.getByTestId("place-order")).toHaveCount(0);
    await expectForEveryone(shop, hasJavaScript);
    await shop.goto("/ro/contact");
    await expect(shop.getByTestId("closed-now")).toBeVisible();
    await shop.goto("/ro/products");
    await expect(shop.getByTestId("product-card").first()).toBeVisible();
    await page.goto(SETTINGS);
    await expect(page.getByText("Magazinul e închis acum")).toBeVisible();
  } finally {
    await page.goto(`${SETTINGS}/holidays`);
    await awake(page, hasJavaScript);
    await page.getByLabel("Magazinul e închis").uncheck();
    await page.locator("#closed_text_ro").fill("");
    await page.locator("#save-closed").click();
    await saved(page);
  }
  await shop.goto("/ro/checkout");
  await expect(shop.getByTestId("place-order")).toBeVisible();
  await customer.close();
});

test("days off are added, shown to customers, and taken away", async ({ page, hasJavaScript }) => {
  await logIn(page, `${SETTINGS}/holidays`);
  await awake(page, hasJavaScript);
  await page.locator("#from").fill("2099-12-24");
  await page.locator("#to").fill("2099-12-26");
  await page.locator("#text_ro").fill("Sărbători fericite!");
  await page.locator("#add-holiday").click();
  await saved(page);
  const row = page.getByTestId("holiday").filter({ hasText: "Sărbători fericite!" });
  await expect(row).toContainText("24 decembrie");
  await page.goto("/ro/contact");
  await expect(page.getByTestId("holidays")).toContainText("Sărbători fericite!");
  await page.goto(`${SETTINGS}/holidays`);
  await awake(page, hasJavaScript);
  await row.getByRole("button", { name: /^Șterge/ }).click();
  await expect(row).toHaveCount(0);
});
