// What only JavaScript adds to the pages of products.
import { expectAwake, file, makeProduct, openDesk, png } from "../catalogue-desk.mjs";
import { expect, test } from "../watch.mjs";

const unique = (name, project) => `${name} ${project.name} ${Date.now()}`;

test("the card beside the form shows what is typed", async ({ page }) => {
  await openDesk(page, "/ro/admin/products/new");
  await page.waitForLoadState("networkidle");
  const card = page.getByTestId("card-preview");
  await expect(card).toContainText("Numele produsului");
  await expect(async () => {
    await page.getByLabel("Nume în română").fill("Cozonac");
    await page.getByLabel("Nume în română").fill("Cozonac cu nucă");
    await expect(card.locator("h3")).toHaveText("Cozonac cu nucă", { timeout: 500 });
  }).toPass();
  await page.getByLabel("Preț (lei)").fill("1234,5");
  await expect(card.locator(".card-price strong")).toHaveText("1.234,50\u00a0lei");
  await page.locator("#net_amount").fill("500");
  await page.locator("#net_unit").selectOption("g");
  await expect(card.locator(".unit-price")).toContainText("2.469,00");
  await page.getByLabel("Stoc (bucăți)").fill("3");
  await expect(card.locator(".stock")).toContainText("3");
  await page.getByLabel("Stoc (bucăți)").fill("0");
  await expect(card.locator(".stock-none")).toBeVisible();
  // What is half typed leaves the last price.
  await page.getByLabel("Preț (lei)").fill("12,");
  await expect(card.locator(".card-price strong")).toHaveText("1.234,50\u00a0lei");
});

test("a picture is pasted, and what is typed in the form stays", async ({ page }, { project }) => {
  await openDesk(page);
  await makeProduct(page, unique("Covrig", project));
  await expectAwake(page, true);
  await page.getByLabel("Descriere în română").fill("Încă nesalvată");
  await page.evaluate((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "lipita.png", { type: "image/png" }));
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [...png(20, 120, 200)]);
  await expect(page.getByTestId("picture")).toHaveCount(1);
  await expect(page.locator("[data-uploads]")).toContainText("Adăugată.");
  await expect(page.getByLabel("Descriere în română")).toHaveValue("Încă nesalvată");
  await page.getByRole("button", { name: /^Șterge ?: poza 1$/ }).click();
  await expect(page.getByTestId("picture")).toHaveCount(0);
  await expect(page.getByLabel("Descriere în română")).toHaveValue("Încă nesalvată");
});

test("each file says what became of it, and five are all that fit", async ({ page }, { project }) => {
  await openDesk(page);
  await makeProduct(page, unique("Cornuleț", project));
  await expectAwake(page, true);
  const good = [1, 2, 3, 4, 5].map((number) => file(`poza-${number}.png`, png(number * 40, 10, 90)));
  await page.locator("#picture-files").setInputFiles([good[0], file("stricata.png", Buffer.from("x")), ...good.slice(1)]);
  await expect(page.getByTestId("picture")).toHaveCount(5);
  const lines = page.locator("[data-uploads] li");
  await expect(lines).toHaveCount(6);
  await expect(lines.filter({ hasText: "stricata.png" }).locator(".error")).toBeVisible();
  await expect(page.getByText("Produsul are cinci poze")).toBeVisible();
  await expect(page.getByTestId("pictures-add")).toBeHidden();
});

test("saving one row leaves what is typed into another", async ({ page }, { project }) => {
  const mark = unique("Biscuiți", project);
  await openDesk(page);
  const one = await makeProduct(page, `${mark} unu`);
  const two = await makeProduct(page, `${mark} doi`);
  await page.goto(`/ro/admin/products?q=${encodeURIComponent(mark)}`);
  await expectAwake(page, true);
  await page.locator(`#price-${two}`).fill("77");
  await page.locator(`#price-${one}`).fill("11");
  await page.locator(`#price-${one}`).press("Enter");
  await expect(page.locator("#main").getByText("Salvat.")).toBeVisible();
  await expect(page.locator(`#price-${one}`)).toHaveValue("11,00");
  await expect(page.locator(`#price-${one}`)).toBeFocused();
  await expect(page.locator(`#price-${two}`)).toHaveValue("77");
});
