// The board of the day, as it works with and without JavaScript.
import { awake } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { inLane, logIn, newOrder, ticket } from "./producer.mjs";
import { expect, test } from "./watch.mjs";

/** Hidden notices of the dashboard stand beside the page, so the first of the page's is meant. */
const moved = (page) => page.getByTestId("moved");

test("an order goes from lane to lane, and a wrong step is taken back", async ({ page, baseURL, hasJavaScript }) => {
  const order = await newOrder(baseURL);
  await logIn(page);
  await awake(page, hasJavaScript);
  await expect(inLane(page, "confirmed", order)).toContainText("nouă");
  await expect(page).toHaveTitle(/^\(\d+\) Astăzi/);
  await expect(ticket(page, order).locator(`a[href="tel:+4${order.phone}"]`)).toBeVisible();
  await inLane(page, "confirmed", order).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", order)).toBeVisible();
  await expect(moved(page)).toContainText(`${order.number}: În lucru`);
  await page.getByRole("button", { name: "Dă înapoi" }).click();
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await expect(moved(page)).toContainText(`${order.number} e din nou: Confirmată`);
  await expect(page.getByRole("button", { name: "Dă înapoi" })).toHaveCount(0);

  // The history has both.
  await page.goto(`/ro/admin/orders/${order.id}`);
  await expect(page.locator(".history li")).toHaveCount(4);
});

test("several at once, and which were not moved", async ({ page, baseURL, hasJavaScript }) => {
  const [first, second, done] = [await newOrder(baseURL), await newOrder(baseURL), await newOrder(baseURL)];
  await logIn(page);
  await awake(page, hasJavaScript);
  await inLane(page, "confirmed", done).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", done)).toBeVisible();
  for (const order of [first, second, done]) {
    await page.getByLabel(`Alege comanda ${order.number}`).check();
  }
  await page.locator("#together-processing").click();
  await expect(moved(page)).toContainText("2 comenzi mutate: În lucru");
  await expect(page.getByTestId("refused")).toContainText(`${done.number} · ${done.name} e acum: În lucru.`);
  for (const order of [first, second, done]) {
    await expect(inLane(page, "processing", order)).toBeVisible();
  }
  await page.getByRole("button", { name: "Dă înapoi" }).click();
  await expect(moved(page)).toContainText("2 comenzi s-au întors.");
  await expect(inLane(page, "confirmed", first)).toBeVisible();
});

test("what is done with several is there once some are ticked", async ({ page, baseURL, hasJavaScript }) => {
  const order = await newOrder(baseURL);
  await logIn(page);
  await awake(page, hasJavaScript);
  const box = inLane(page, "confirmed", order).locator(".ticket-pick input");
  await expect(page.locator("#together")).toBeHidden();
  await box.check();
  await expect(page.locator("#together-ready")).toBeInViewport();
  await expectForEveryone(page, hasJavaScript);
  await box.uncheck();
  await expect(page.locator("#together")).toBeHidden();
});

test("filters and the search stand in the address", async ({ page, baseURL, hasJavaScript }) => {
  const name = `Ștefan Țăran${Math.floor(Math.random() * 1e6)}`;
  const brought = await newOrder(baseURL, { name, delivery: true });
  const fetched = await newOrder(baseURL, { name });
  await logIn(page);
  await awake(page, hasJavaScript);
  await page.getByLabel("Nume, telefon sau număr").fill(name.replace("Ș", "s").replace("Ț", "t").replace("ă", "a"));
  await page.getByRole("button", { name: "Arată", exact: true }).click();
  await expect(page.getByTestId("ticket")).toHaveCount(2);
  await page.getByLabel("Cum pleacă").selectOption({ label: "Livrare acasă" });
  await page.getByRole("button", { name: "Arată", exact: true }).click();
  await expect(page).toHaveURL(/delivery=delivery/);
  await expect(page.getByTestId("ticket")).toHaveCount(1);
  await expect(ticket(page, brought)).toContainText("Livrare acasă · Valea Pâinii");
  // A step keeps the filters.
  await awake(page, hasJavaScript);
  await ticket(page, brought).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", brought)).toBeVisible();
  await expect(page.getByTestId("ticket")).toHaveCount(1);
  await page.goto(`/ro/admin?q=${fetched.phone.slice(4)}`);
  await expect(ticket(page, fetched)).toBeVisible();
  await page.goto("/ro/admin?q=nimeni-cu-numele-asta");
  await expect(page.getByText("Nicio comandă nu se potrivește")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
});

test("who has not entered the code can be called and confirmed", async ({ page, baseURL, hasJavaScript }) => {
  const order = await newOrder(baseURL, { confirmed: false });
  await logIn(page);
  await awake(page, hasJavaScript);
  await page.locator("#lane-pending > summary").click();
  await expect(inLane(page, "pending", order).locator(`a[href="tel:+4${order.phone}"]`)).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
  await inLane(page, "pending", order).getByRole("button", { name: "Confirmă" }).click();
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  // A confirmation is not taken back.
  await expect(page.getByRole("button", { name: "Dă înapoi" })).toHaveCount(0);
});

for (const language of ["ro", "en"]) {
  test(`${language}: the board and the list are for everyone`, async ({ page, baseURL, hasJavaScript }) => {
    const order = await newOrder(baseURL, { name: "Ana-Maria Popescu-Constantinescu din Valea Mare", delivery: true });
    await logIn(page);
    await page.goto(`/${language}/admin`);
    await awake(page, hasJavaScript);
    await expect(ticket(page, order)).toBeVisible();
    await expectForEveryone(page, hasJavaScript);
    await page.locator(`#p-${order.id}`).check();
    await expectForEveryone(page, hasJavaScript);
    await page.goto(`/${language}/admin/orders?q=${order.number}&from=2025-01-01`);
    await expect(page.getByTestId("order-row")).toHaveCount(1);
    await expectForEveryone(page, hasJavaScript);
    const current = page.locator(".desk-parts a[aria-current=page]:visible");
    await expect(current).toHaveCount(1);
  });
}

test("every part of the dashboard is in reach", async ({ page, isMobile }) => {
  await logIn(page);
  const parts = page.getByRole("navigation", { name: "Panoul producătorului" });
  const phone = isMobile || page.viewportSize().width < 768;
  if (phone) await parts.locator("summary").click();
  for (const name of ["Astăzi", "Comenzi", "Bucătărie", "Produse", "Categorii", "Cifre", "Clienți", "Setări"]) {
    await expect(parts.getByRole("link", { name, exact: true }).locator("visible=true")).toHaveCount(1);
  }
  await parts.getByRole("link", { name: "Categorii", exact: true }).locator("visible=true").click();
  await expect(page).toHaveURL(/admin\/categories/);
});
