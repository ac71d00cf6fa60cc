// What is said of food before it is ordered, and what the order keeps of it.
import { addToCart, awake, newPhone, order } from "./customer.mjs";
import { expect, test } from "./watch.mjs";

const BREAD = "paine-de-casa-cu-maia-1-kg";

test("a product says what it holds, what a kilogram costs and what is in it", async ({ page }) => {
  await page.goto("/ro/produse/branza-framantata-in-coaja-de-brad-350-g");
  await expect(page.locator("article .unit-price")).toHaveText("350 g · 108,57 lei/kg");
  await expect(page.getByTestId("ingredients").locator("strong").first()).toHaveText("lapte");
  await expect(page.locator("article").getByTestId("allergens")).toContainText("lapte");
  await expect(page.getByText("TVA 11 % inclus")).toBeVisible();
  await page.goto("/en/products/branza-framantata-in-coaja-de-brad-350-g");
  await expect(page.getByTestId("ingredients")).toContainText("sheep's milk");
  await expect(page.locator("article .unit-price")).toHaveText("350 g · 108.57 lei/kg");
});

test("the list leaves out what holds an allergen, and keeps the other filters", async ({ page }) => {
  await page.goto("/ro/produse");
  await page.locator(".filter-allergens summary").click();
  await page.getByLabel("gluten", { exact: true }).check();
  await page.getByLabel("lapte", { exact: true }).check();
  await page.getByLabel("Ordonează").selectOption("price_desc");
  await page.getByRole("button", { name: "Arată" }).last().click();
  await expect(page).toHaveURL(/sort=price_desc&without=gluten&without=milk/);
  await expect(page.getByTestId("left-out")).toContainText("gluten, lapte");
  await expect(page.locator(".filter-allergens")).toHaveAttribute("open", "");
  await expect(page.getByLabel("gluten", { exact: true })).toBeChecked();
  const cards = page.getByTestId("product-card");
  await expect(cards.first()).toBeVisible();
  for (const card of await cards.all()) {
    await expect(card).not.toContainText(/(Conține|urme de)[^.]*(gluten|lapte)/);
  }
});

test("the order keeps the allergens and the VAT", async ({ page, hasJavaScript }) => {
  await addToCart(page, BREAD, hasJavaScript);
  await page.goto("/ro/cart");
  await awake(page, hasJavaScript);
  await expect(page.getByTestId("cart-line")).toContainText("Conține: gluten.");
  await expect(page.getByTestId("cart-line")).toContainText("18,50 lei/kg");
  await page.goto("/ro/checkout");
  await expect(page.locator(".summary")).toContainText("Conține: gluten.");
  await order(page, { phone: newPhone(), hasJavaScript });
  await expect(page.locator(".sums")).toContainText("Conține: gluten.");
  await expect(page.getByTestId("vat")).toContainText("1,83 lei");
});

test("the producer declares allergens; half a list is refused and nothing typed is lost", async ({ page }, { project }) => {
  await page.goto("/ro/admin");
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Astăzi" })).toBeVisible();
  const name = `Turtă cu miere ${project.name} ${Date.now()}`;
  await page.goto("/ro/admin/products/new");
  await page.getByLabel("Nume în română").fill(name);
  await page.getByLabel("Preț (lei)").fill("7,50");
  await page.getByLabel("Stoc (bucăți)").fill("7");
  await page.locator("#category_id").selectOption({ label: "Pâine" });
  await page.getByLabel("Se vinde").check();
  await page.locator("#net_amount").fill("350");
  await page.locator("#net_unit").selectOption("g");
  await page.locator("#ingredients").fill("făină de *secară*, miere");
  await page.locator("input[name='allergens[gluten]'][value=contains]").check();
  await page.getByRole("button", { name: "Salvează" }).click();
  await expect(page.locator("#allergens-error")).toBeVisible();
  await expect(page.locator("input[name='allergens[gluten]'][value=contains]")).toBeChecked();
  await expect(page.locator("#ingredients")).toHaveValue("făină de *secară*, miere");
  await expect(page.locator("#net_unit")).toHaveValue("g");
  await page.getByLabel("Am verificat toți cei 14 alergeni").check();
  await page.getByRole("button", { name: "Salvează" }).click();
  await expect(page).toHaveURL(/saved/);
  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByTestId("product-card")).toContainText("21,43 lei/kg");
  await expect(page.getByTestId("product-card")).toContainText("Conține: gluten.");
});
