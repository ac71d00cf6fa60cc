// Products and categories, with and without JavaScript, on a phone and on a desktop.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expectAwake, file, makeProduct, openDesk, png } from "./catalogue-desk.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const PICTURES = join(import.meta.dirname, "../../public/pictures");
const unique = (name, project) => `${name} ${project.name} ${Date.now()}`;

test("the screens are for everyone", async ({ page, hasJavaScript }) => {
  await openDesk(page);
  await page.goto("/ro/admin/products?standing=low&sort=stock");
  await expectForEveryone(page, hasJavaScript);
  await page.goto("/ro/admin/products");
  await page.locator(".bulk > summary").click();
  await page.locator("#bulk-change").selectOption("percent");
  await expectForEveryone(page, hasJavaScript);
  await page.locator(".product-row .row-text a").first().click();
  await expect(page.getByTestId("product-form")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
  await page.goto("/en/admin/products/import");
  await expectForEveryone(page, hasJavaScript);
  await page.goto("/ro/admin/categories");
  await expectForEveryone(page, hasJavaScript);
  await page.getByTestId("category-row").first().locator(".row-text a").click();
  await page.locator(".category-delete > summary").click();
  await expectForEveryone(page, hasJavaScript);
});

test("price and stock are changed in the row, and customers see it", async ({ page, hasJavaScript }, { project }) => {
  const name = unique("Franzelă", project);
  await openDesk(page);
  const id = await makeProduct(page, name);
  await page.goto(`/ro/admin/products?q=${encodeURIComponent(name)}`);
  await expectAwake(page, hasJavaScript);
  await page.locator(`#price-${id}`).fill("doi lei");
  await page.locator(`#save-${id}`).click();
  await expect(page.locator(`#price-${id}-told`)).toContainText("12,50");
  await expect(page.locator(`#price-${id}`)).toHaveValue("doi lei");
  await page.locator(`#price-${id}`).fill("13,75");
  await page.locator(`#stock_quantity-${id}`).fill("2");
  await page.locator(`#save-${id}`).click();
  await expect(page.locator("#main").getByText("Salvat.")).toBeVisible();
  await expect(page.getByTestId("product-row").getByText("stoc mic")).toBeVisible();
  await expect(page.getByTestId("running-low")).toBeVisible();
  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByTestId("product-card")).toContainText("13,75");
});

test("the second of two who change a product is told, and what they typed stays", async ({ page, context, hasJavaScript }, { project }) => {
  const name = unique("Lipie", project);
  await openDesk(page);
  const id = await makeProduct(page, name);
  const list = `/ro/admin/products?q=${encodeURIComponent(name)}`;
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(list);
    await expectAwake(tab, hasJavaScript);
  }
  await other.locator(`#price-${id}`).fill("9,99");
  await other.locator(`#save-${id}`).click();
  await expect(other.locator("#main").getByText("Salvat.")).toBeVisible();
  await page.locator(`#price-${id}`).fill("15");
  await page.locator(`#save-${id}`).click();
  await expect(page.locator("#main").getByText("Altcineva a schimbat")).toBeVisible();
  await expect(page.locator(`#price-${id}`)).toHaveValue("15");
  await expect(page.locator(`#price-${id}-told`)).toContainText("9,99");
  // Knowing that, it can be saved.
  await page.locator(`#save-${id}`).click();
  await expect(page.locator("#main").getByText("Salvat.")).toBeVisible();
  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByTestId("product-card")).toContainText("15,00");
  await other.close();
});

test("many products are changed at once", async ({ page, hasJavaScript }, { project }) => {
  const mark = unique("Turtă", project);
  await openDesk(page);
  await makeProduct(page, `${mark} una`, { price: "10" });
  const cheap = await makeProduct(page, `${mark} alta`, { price: "0,50" });
  await page.goto(`/ro/admin/products?q=${encodeURIComponent(mark)}`);
  await expectAwake(page, hasJavaScript);
  await page.locator(".bulk > summary").click();
  if (hasJavaScript) await page.locator("#pick-all").check();
  else for (const box of await page.locator(".row-pick input").all()) await box.check();
  await page.locator("#bulk-change").selectOption("amount");
  await page.locator("#bulk-value").fill("-1");
  await page.locator("#bulk-apply").click();
  await expect(page.locator("#main").getByText("Schimbate: 1. Rămase cum erau: 1.")).toBeVisible();
  await expect(page.getByTestId("bulk-refused")).toContainText(`${mark} alta`);
  await expect(page.locator(`#pick-${cheap}`)).toBeChecked();
  await expect(page.locator(".row-pick input:checked")).toHaveCount(1);
  await page.locator("#bulk-change").selectOption("percent");
  await page.locator("#bulk-value").fill("10");
  await page.locator("#bulk-apply").click();
  await expect(page.locator("#main").getByText("Salvat.")).toBeVisible();
  await expect(page.locator(`#price-${cheap}`)).toHaveValue("0,55");
});

test("pictures are added, put in order and taken off", async ({ page, hasJavaScript }, { project }) => {
  await openDesk(page);
  await makeProduct(page, unique("Colac", project));
  await expectAwake(page, hasJavaScript);
  const jpeg = readFileSync(join(PICTURES, readdirSync(PICTURES).find((name) => /-320\.jpg$/.test(name))));
  const pictures = page.getByTestId("picture");
  const add = async (...files) => {
    await page.locator("#picture-files").setInputFiles(files);
    if (!hasJavaScript) await page.getByRole("button", { name: "Adaugă pozele" }).click();
  };
  await add(file("rosu.png", png(200, 30, 30)), file("foto.jpg", jpeg, "image/jpeg"));
  await expect(pictures).toHaveCount(2);
  await add(file("scrisoare.png", Buffer.from("nu e o poză")));
  await expect(page.locator("[data-picture-error], .upload-note.error")).toBeVisible();
  await expect(pictures).toHaveCount(2);
  const first = await pictures.first().getAttribute("data-key");
  await page.getByRole("button", { name: /^Mai în spate ?: poza 1$/ }).click();
  await expect(pictures.last()).toHaveAttribute("data-key", first);
  await page.getByRole("button", { name: /^Șterge ?: poza 1$/ }).click();
  await expect(pictures).toHaveCount(1);
  await expect(pictures.first()).toHaveAttribute("data-key", first);
  await page.locator("#picture-files").scrollIntoViewIfNeeded();
  await expectForEveryone(page, hasJavaScript);
});

test("a table is checked before it is imported", async ({ page, hasJavaScript }, { project }) => {
  const name = unique("Plăcintă", project);
  await openDesk(page);
  const id = await makeProduct(page, name);
  await page.goto("/ro/admin/products/import");
  const table = (price) => `id;nume;pret;stoc;categorie\n${id};${name};${price};30;Pâine\n;${name} nouă;7,5;3;Pâine\n`;
  const check = async (text) => {
    await page.locator("#sheet").setInputFiles(file("produse.csv", Buffer.from(`\ufeff${text}`), "text/csv"));
    await page.getByRole("button", { name: "Verifică" }).click();
    await expect(page.getByTestId("sheet-check")).toBeVisible();
  };
  await check(table("mult"));
  const wrong = page.getByTestId("sheet-wrong").getByRole("row").nth(1);
  await expect(wrong).toContainText("2");
  await expect(wrong).toContainText("pret");
  await expect(page.locator("#import")).toHaveCount(0);
  await expectForEveryone(page, hasJavaScript);
  await page.getByRole("link", { name: "Alt tabel" }).click();
  await check(table("14"));
  await expect(page.getByTestId("sheet-changed")).toContainText("14,00");
  await expect(page.getByTestId("sheet-added")).toContainText(`${name} nouă`);
  await expectForEveryone(page, hasJavaScript);
  await page.locator("#import").click();
  await expect(page).toHaveURL(/admin\/products\?.*saved=1/);
  await page.goto(`/ro/produse?q=${encodeURIComponent(name)}`);
  await expect(page.getByTestId("product-card")).toHaveCount(2);
  await expect(page.getByText("14,00")).toBeVisible();

  // The same by pasting, and the file that goes out.
  await page.goto("/ro/admin/products/import");
  await page.locator("#pasted").fill(`id\tpret\n${id}\t14,00\n`);
  await page.getByRole("button", { name: "Verifică" }).click();
  await expect(page.getByText("Tabelul nu schimbă nimic:")).toBeVisible();
  const out = await page.request.get("/ro/admin/products/sheet");
  expect(out.headers()["content-type"]).toContain("text/csv");
  expect(await out.text()).toContain(name);
});

test("categories are put in order, overtaken, and deleted with their products moved", async ({ page, context, hasJavaScript }, { project }) => {
  const names = ["Întâi", "Apoi"].map((name) => unique(name, project));
  await openDesk(page, "/ro/admin/categories");
  for (const name of names) {
    await page.goto("/ro/admin/categories/new");
    await page.getByLabel("Nume în română").fill(name);
    await page.locator("#save").click();
    await expect(page).toHaveURL(/admin\/categories\?saved=1/);
  }
  await page.goto("/ro/admin/categories");
  const rows = page.getByTestId("category-row");
  const count = await rows.count();
  await page.getByRole("button", { name: new RegExp(`^Mai sus ?: ${names[1]}$`) }).click();
  await expect(rows.nth(count - 2)).toContainText(names[1]);
  await expect(rows.nth(count - 1)).toContainText(names[0]);

  await page.getByRole("link", { name: names[0], exact: true }).click();
  const address = page.url();
  const other = await context.newPage();
  await other.goto(address);
  await other.getByLabel("Descriere în română").fill("Una");
  await other.locator("#save").click();
  await expect(other).toHaveURL(/saved=1/);
  await other.close();
  await page.getByLabel("Descriere în română").fill("Alta");
  await page.locator("#save").click();
  await expect(page.locator("#main").getByText("Altcineva a schimbat categoria")).toBeVisible();
  await expect(page.getByLabel("Descriere în română")).toHaveValue("Alta");
  await expect(page.getByText("Acum în magazin: Una")).toBeVisible();

  // A product goes with it to the other one.
  const product = unique("Gogoașă", project);
  const id = await makeProduct(page, product);
  await page.locator("#category_id").selectOption({ label: names[0] });
  await page.locator("#save").click();
  await expect(page).toHaveURL(/admin\/products\?saved=1/);
  await page.goto(address);
  await page.locator(".category-delete > summary").click();
  await expect(page.getByText("are un produs")).toBeVisible();
  await page.locator("#to").selectOption({ label: names[1] });
  await page.locator("#delete").click();
  await expect(page).toHaveURL(/admin\/categories\?saved=1/);
  await expect(page.getByText(names[0])).toHaveCount(0);
  await page.goto(`/ro/admin/products/${id}`);
  await expect(page.locator("#category_id option:checked")).toHaveText(names[1]);
});
