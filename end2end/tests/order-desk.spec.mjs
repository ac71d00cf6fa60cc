// The page of an order, orders by phone, and what messages say: with and without JavaScript.
import { newPhone } from "./customer.mjs";
import { atDesk, plenty, takeOrder } from "./desk.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

test("an order by phone is typed in, and what was wrong loses nothing", async ({ page, hasJavaScript }) => {
  await atDesk(page, "/ro/admin/orders/new");
  await expectForEveryone(page, hasJavaScript);
  await page.getByLabel("Numele clientului").fill("Maria Moldovan");
  await page.getByLabel("Livrare acasă").check();
  await page.getByLabel("Stradă și număr").fill("Strada Morii 5");
  await page.getByTestId("take-order").click();
  await expect(page.locator("#main").getByText("Scrie câte bucăți vrea din măcar un produs.")).toBeVisible();
  await expect(page.locator("#phone-error")).toBeVisible();
  await expect(page.locator("#city-error")).toBeVisible();
  await expect(page.getByLabel("Numele clientului")).toHaveValue("Maria Moldovan");
  await expectForEveryone(page, hasJavaScript);

  await plenty(page).locator("input").fill("2");
  await page.getByLabel("Telefon", { exact: true }).fill("0264 123 456");
  await page.getByLabel("Localitate").fill("Sibiu");
  await page.getByLabel("Cât costă livrarea (lei) (opțional)").fill("15");
  await page.getByLabel("Notă pentru noi (opțional)").fill("Sună la poartă");
  await page.getByTestId("take-order").click();
  await page.waitForURL(/done=new$/);
  await expect(page.locator('a[href="tel:+40264123456"]')).toBeVisible();
  await expect(page.getByTestId("map")).toHaveAttribute(
    "href",
    "https://www.openstreetmap.org/search?query=Strada%20Morii%205%2C%20Sibiu",
  );
  await expect(page.getByTestId("note")).toContainText("Sună la poartă");
  await expect(page.locator(".sums")).toContainText("15,00");
  await expect(page.locator(".desk-head .badge")).toHaveText("Confirmată");
  await expectForEveryone(page, hasJavaScript);
});

test("what is in an order is changed, and the second of two is told", async ({ page, hasJavaScript }) => {
  await atDesk(page, "/ro/admin/orders");
  const product = await takeOrder(page, { name: "Ion Pop", phone: newPhone() });
  const order = page.url().split("?")[0];
  const other = await page.context().newPage();
  await other.goto(order);
  const change = async (tab, pieces) => {
    await tab.getByText("Schimbă ce e în comandă").click();
    await tab.getByTestId("items-form").getByLabel(product).fill(pieces);
    await tab.getByTestId("save-items").click();
  };
  await change(page, "3");
  await expect(page.locator("#main").getByText("Comanda a fost schimbată.")).toBeVisible();
  await expect(page.locator(".history")).toContainText(`${product}: 2 → 3`);

  await change(other, "5");
  await expect(other.locator("#main").getByText("Altcineva a schimbat comanda între timp.")).toBeVisible();
  await expect(other.getByTestId("items-form").getByLabel(product)).toHaveValue("5");
  await expect(other.getByText("Acum în comandă: 3")).toBeVisible();
  await expectForEveryone(other, hasJavaScript);
  await other.getByTestId("save-items").click();
  await expect(other.locator(".history")).toContainText(`${product}: 3 → 5`);
  await other.close();

  await page.goto(order);
  await change(page, "999");
  await expect(page.locator(".alert-bad")).toContainText(product);
  await expect(page.getByTestId("items-form").getByLabel(product)).toHaveValue("999");
});

test("notes stay inside, and an order is cancelled with a reason", async ({ page, hasJavaScript }) => {
  await atDesk(page, "/ro/admin/orders");
  await takeOrder(page, { name: "Ana Rus", phone: newPhone() });
  await page.getByLabel("Notă nouă").fill("Plătește cu cardul");
  await page.getByRole("button", { name: "Adaugă nota" }).click();
  await expect(page.getByTestId("note")).toContainText("Plătește cu cardul");
  await page.getByText("Anulează comanda…").click();
  await page.getByTestId("cancelled").click();
  await expect(page.locator("#reason-error")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
  await page.getByLabel("Motivul").selectOption({ label: "Nu avem destul" });
  await page.getByLabel("Mai multe, doar pentru noi").fill("S-a ars cuptorul");
  await page.getByTestId("cancelled").click();
  await expect(page.locator(".desk-head .badge")).toHaveText("Anulată");
  await expect(page.locator(".history")).toContainText("Nu avem destul (clientului i se spune)");
  await expect(page.getByTestId("message")).toContainText("nu mai avem destul din ce ai comandat");
  await expectForEveryone(page, hasJavaScript);
});

test("what messages say is the producer's", async ({ page, hasJavaScript }) => {
  await atDesk(page, "/ro/admin/settings/messages");
  await expectForEveryone(page, hasJavaScript);
  const ready = page.locator("#ready_ro");
  const before = await ready.inputValue();
  await ready.fill("Gata: {cod}");
  await page.getByRole("button", { name: "Salvează mesajele" }).click();
  await expect(page.locator("#ready_ro-error")).toContainText("{cod}");
  await expect(ready).toHaveValue("Gata: {cod}");
  await expectForEveryone(page, hasJavaScript);
  await ready.fill("Vino după {number}, {name}!");
  await page.getByRole("button", { name: "Salvează mesajele" }).click();
  await expect(page.locator("#main").getByText("Mesajele au fost salvate.")).toBeVisible();
  await expect(page.locator("#ready_ro-preview")).toContainText("Vino dupa VK7-3MQ9, Ana Pop!");
  await ready.fill(before);
  await page.getByRole("button", { name: "Salvează mesajele" }).click();
  await expect(page.locator("#ready_ro-preview")).toContainText("e gata");
});

test("a customer is told when the order is ready", async ({ page }, { project }) => {
  test.skip(project.name !== "desktop", "the message waits a minute, and is the same for all");
  test.setTimeout(150_000);
  await atDesk(page, "/ro/admin/orders");
  await takeOrder(page, { name: "Dan Rus", phone: newPhone() });
  for (const button of ["Începe pregătirea", "Marchează gata"]) {
    await page.getByRole("button", { name: button }).click();
  }
  await expect(page.locator(".desk-head .badge")).toHaveText("Gata");
  await expect(page.getByTestId("message")).toContainText("așteaptă");
  const told = async () => {
    await page.reload();
    return page.getByTestId("message").textContent();
  };
  await expect.poll(told, { timeout: 90_000, intervals: [5_000] }).toContain("trimis");
  await expect(page.locator(".history")).toContainText("SMS trimis: comanda e gata");
});
