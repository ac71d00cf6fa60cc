import AxeBuilder from "@axe-core/playwright";
import { addToCart, newPhone, order } from "./customer.mjs";
import { logIn } from "./producer.mjs";
import { expect, test } from "./watch.mjs";

test("an order goes all the way to completed", async ({ page, browser, hasJavaScript }) => {
  const customer = await browser.newContext();
  const shop = await customer.newPage();
  const phone = newPhone();
  await addToCart(shop, "zacusca-de-vinete-si-ardei-300-g", true);
  const number = await order(shop, { name: "Maria Moldovan", phone, hasJavaScript: true });

  await logIn(page);
  await page.getByRole("link", { name: number }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
  await expect(page.locator(`a[href="tel:+4${phone}"]`).first()).toBeVisible();
  for (const [button, status] of [
    ["Începe pregătirea", "În lucru"],
    ["Marchează gata", "Gata"],
    ["Încheie", "Încheiată"],
  ]) {
    await page.getByRole("button", { name: button }).click();
    await expect(page.locator(".desk-head .badge")).toHaveText(status);
  }
  await expect(page.getByText("nu mai urmează niciun pas")).toBeVisible();
  await expect(page.locator(".history li")).toHaveCount(5);

  // The customer sees it, too.
  await shop.reload();
  await expect(shop.getByText("Încheiată")).toBeVisible();
  await customer.close();
  if (hasJavaScript) {
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`)).toEqual([]);
  }
});

test("a wrong password says so and keeps the name", async ({ page }) => {
  await page.goto("/ro/admin/login");
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill("nu-i asta");
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByText("nu se potrivesc")).toBeVisible();
  await expect(page.getByLabel("Utilizator")).toHaveValue("admin");
  await expect(page.getByLabel("Parolă")).toHaveValue("");
});

test("a product is made, corrected, taken off sale and put back", async ({ page }, { project }) => {
  const name = `Cornuri cu unt ${project.name} ${Date.now()}`;
  await logIn(page);
  await page.goto("/ro/admin/products/new");
  await page.getByLabel("Nume în română").fill(name);
  await page.getByLabel("Preț (lei)").fill("12,345");
  await page.getByLabel("Stoc (bucăți)").fill("7");
  await page.getByRole("button", { name: "Salvează" }).click();
  await expect(page.locator("#price-error")).toContainText("12,50");
  await expect(page.getByLabel("Nume în română")).toHaveValue(name);
  await page.getByLabel("Preț (lei)").fill("12,50");
  await page.locator("#category_id").selectOption({ label: "Pâine" });
  await page.getByLabel("Se vinde").check();
  await page.getByRole("button", { name: "Salvează" }).click();
  await expect(page).toHaveURL(/saved/);

  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByTestId("product-card")).toContainText("12,50");
  await page.goto(`/ro/admin/products?q=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name: /^Scoate din vânzare/ }).click();
  await expect(page.getByRole("button", { name: /^Pune în vânzare/ })).toBeVisible();
  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByText("Nu am găsit nimic")).toBeVisible();
  await page.goto(`/ro/admin/products?q=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name: /^Pune în vânzare/ }).click();
  await expect(page.getByRole("button", { name: /^Scoate din vânzare/ })).toBeVisible();
  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByTestId("product-card")).toHaveCount(1);
});

test("after logging out the dashboard is closed", async ({ page }) => {
  await logIn(page);
  await page.getByRole("button", { name: "Ieși" }).first().click();
  const answer = await page.goto("/ro/admin/orders");
  expect(answer.status()).toBe(401);
  await expect(page.getByTestId("login-form")).toBeVisible();
});
