// What the producer bakes, packs and hands out, on the screen and on paper.
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { addToCart, awake, fillCheckout, newPhone, order } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

async function logIn(page, to) {
  await page.goto(to);
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
}

/** A confirmed order by somebody with a browser of their own, for the first day that there is. */
async function ordered(browser, { name, delivery }) {
  const context = await browser.newContext();
  const shop = await context.newPage();
  await addToCart(shop, "zacusca-de-vinete-si-ardei-300-g", true);
  const phone = newPhone();
  // In the evening, or before a day off, that is not today.
  await shop.goto("/ro/checkout");
  await awake(shop, true);
  await fillCheckout(shop, { name, phone, delivery });
  const day = await shop.locator("#day").inputValue();
  const number = await order(shop, { name, phone, delivery, hasJavaScript: true });
  await context.close();
  return { number, day };
}

/** What a telephone reads from the code that is drawn here. */
async function scanned(code) {
  const { data, width, height } = PNG.sync.read(await code.screenshot({ scale: "device" }));
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

/** What a printer would show of these. */
async function expectOnPaper(page, { shown, hidden }) {
  await page.emulateMedia({ media: "print" });
  for (const part of shown) await expect(part).toBeVisible();
  for (const part of hidden) await expect(part).toBeHidden();
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe("rgb(255, 255, 255)");
  await page.emulateMedia({ media: null });
}

test("what to bake counts the orders of the day, and prints without the rest of the page", async ({ page, browser, hasJavaScript }) => {
  const { day } = await ordered(browser, { name: "Ilinca Rotaru" });
  await logIn(page, `/ro/admin/kitchen?day=${day}`);
  await expect(page.getByRole("heading", { level: 1, name: "De copt și pregătit" })).toBeVisible();
  const row = page.getByTestId("bake-row").filter({ hasText: "Zacuscă" });
  await expect(row).toHaveCount(1);
  expect(Number(await row.locator(".bake-todo").textContent())).toBeGreaterThan(0);
  await expect(page.getByTestId("summary")).toContainText("gata");
  await expectForEveryone(page, hasJavaScript);
  await expectOnPaper(page, {
    shown: [row, page.locator(".paper-head")],
    hidden: [page.locator(".desk-top"), page.getByRole("heading", { level: 1 }), page.locator(".kitchen-bar")],
  });
  if (hasJavaScript) await expect(page.getByRole("button", { name: "Tipărește" })).toBeVisible();
  else await expect(page.locator("[data-print]")).toBeHidden();
});

test("another day has its own list", async ({ page, hasJavaScript }) => {
  await logIn(page, "/ro/admin/kitchen?day=2031-05-06");
  await expect(page.getByText("Nimic de pregătit")).toBeVisible();
  await expect(page.locator("#day")).toHaveValue("2031-05-06");
  await expectForEveryone(page, hasJavaScript);
  await page.getByRole("link", { name: "Mâine" }).click();
  await expect(page).toHaveURL(/day=\d{4}-\d{2}-\d{2}/);
  await expect(page.getByRole("link", { name: "Mâine" })).toHaveAttribute("aria-current", "date");
});

test("a slip holds what goes into the bag, and its code opens the order", async ({ page, browser, hasJavaScript }) => {
  const { number, day } = await ordered(browser, { name: "Sanda Oprea" });
  await logIn(page, `/ro/admin/kitchen/slips?day=${day}`);
  const slip = page.getByTestId("slip").filter({ hasText: number });
  await expect(slip).toContainText("1 × Zacuscă");
  await expect(slip).toContainText("300\u00a0g");
  await expect(slip.getByTestId("allergens").first()).not.toBeEmpty();
  await expect(slip.getByRole("img", { name: `Cod QR: deschide comanda ${number}` })).toBeVisible();
  await expectForEveryone(page, hasJavaScript);

  // One order to a page, and on a roll each as wide as the roll.
  const breaks = () => slip.evaluate((slip) => getComputedStyle(slip).breakAfter);
  await page.emulateMedia({ media: "print" });
  const last = await slip.evaluate((slip) => slip.matches(":last-child"));
  expect(await breaks()).toBe(last ? "auto" : "page");
  expect(await page.locator(".sheet").evaluate((sheet) => getComputedStyle(sheet).page)).toBe("sheet-a4");
  await page.emulateMedia({ media: null });
  await page.getByRole("link", { name: "Rolă 80 mm" }).click();
  await expect(page).toHaveURL(/paper=receipt/);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".sheet").evaluate((sheet) => getComputedStyle(sheet).page)).toBe("sheet-receipt");
  await page.emulateMedia({ media: null });
  await expectForEveryone(page, hasJavaScript);

  // The code says what the link beside it says, on the roll as on the sheet.
  const link = page.getByTestId("slip").filter({ hasText: number }).getByTestId("slip-address");
  await expect(link).toHaveAttribute("href", /^http:\/\/127\.0\.0\.1:\d+\/ro\/admin\/orders\/[0-9a-f]{24}$/);
  const address = await link.getAttribute("href");
  const code = page.getByTestId("slip").filter({ hasText: number }).getByRole("img", { name: /^Cod QR/ });
  expect(await scanned(code)).toBe(address);
  await page.getByRole("link", { name: "A4", exact: true }).click();
  await expect(page).toHaveURL(/paper=a4/);
  expect(await scanned(code)).toBe(address);
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
  // And the order has the way back to its slip.
  await page.getByRole("link", { name: "Bonul de împachetat" }).click();
  await expect(page.getByTestId("slip")).toHaveCount(1);
  await expect(page.getByTestId("slip")).toContainText(number);
});

test("who comes and where to drive", async ({ page, browser, hasJavaScript }) => {
  const comes = await ordered(browser, { name: "Petra Lungu" });
  const delivery = { street: "Str. Morii 4", city: "Turda" };
  const drive = await ordered(browser, { name: "Radu Munteanu", delivery });
  await logIn(page, `/ro/admin/kitchen/pickups?day=${comes.day}`);
  const guest = page.getByTestId("hand-out").filter({ hasText: comes.number });
  await expect(guest).toContainText("Petra Lungu");
  await expect(guest.locator("a[href^='tel:+40']")).toBeVisible();
  await expect(page.getByTestId("hand-out").filter({ hasText: drive.number })).toHaveCount(0);
  await expectForEveryone(page, hasJavaScript);
  await page.getByRole("link", { name: "Livrări" }).click();
  // The day that was looked at stays.
  await page.waitForURL((url) => url.pathname.endsWith("/kitchen/deliveries") && url.searchParams.get("day") === comes.day);
  await page.goto(`/ro/admin/kitchen/deliveries?day=${drive.day}`);
  const round = page.getByTestId("round").filter({ hasText: drive.number });
  await expect(round.getByRole("heading", { level: 2, name: "Turda" })).toBeVisible();
  await expect(round.locator("a[href*='google.com/maps'][href*='Morii']").first()).toHaveAttribute("rel", /noopener/);
  await expectForEveryone(page, hasJavaScript);
  await expectOnPaper(page, {
    shown: [round.getByTestId("hand-out").first()],
    hidden: [page.locator(".desk-top"), round.locator(".hand-map").first()],
  });
});
