// What the board does by itself: new orders come without a reload, from any instance, and nothing
// that somebody was at is lost.
import { awake } from "../customer.mjs";
import { inLane, logIn, newOrder, ticket } from "../producer.mjs";
import { expect, test } from "../watch.mjs";

/** The board, listening. */
async function listening(page) {
  await logIn(page);
  await awake(page, true);
  await expect(page.getByTestId("feed")).toHaveText("în direct");
}

const notReloaded = (page) => page.evaluate(() => (window.stayed = true));
const expectNotReloaded = async (page) => expect(await page.evaluate(() => window.stayed)).toBe(true);

test("an order of one browser comes to the board of another, and moves there", async ({ page, browser, baseURL }) => {
  const context = await browser.newContext();
  const other = await context.newPage();
  await listening(page);
  await listening(other);
  await notReloaded(page);
  const before = Number((await page.title()).match(/^\((\d+)\)/)?.[1] ?? 0);
  const order = await newOrder(baseURL);
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await expect(inLane(page, "confirmed", order)).toHaveAttribute("data-arrived", "");
  await expect(page).toHaveTitle(new RegExp(`^\\(${before + 1}\\) Astăzi`));
  await expect(page.locator("#desk-said")).toHaveText(`Comandă nouă: ${order.number}`);

  // What the other one does is seen here.
  await expect(inLane(other, "confirmed", order)).toBeVisible();
  await inLane(other, "confirmed", order).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", order)).toBeVisible();
  await expect(page).toHaveTitle(before > 0 ? new RegExp(`^\\(${before}\\) Astăzi`) : /^Astăzi/);
  await expectNotReloaded(page);
  await context.close();
});

test("ticks, focus and the open part stay when something comes", async ({ page, baseURL }) => {
  const [order, waiting] = [await newOrder(baseURL), await newOrder(baseURL, { confirmed: false })];
  await listening(page);
  await page.locator("#lane-pending > summary").click();
  const tick = page.getByLabel(`Alege comanda ${order.number}`);
  await tick.check();
  await tick.focus();
  const next = await newOrder(baseURL);
  await expect(inLane(page, "confirmed", next)).toBeVisible();
  await expect(tick).toBeChecked();
  await expect(tick).toBeFocused();
  await expect(inLane(page, "pending", waiting)).toBeVisible();
});

test("by keyboard: from order to order, forward, and the focus goes along", async ({ page, baseURL }) => {
  const [first, second] = [await newOrder(baseURL), await newOrder(baseURL)];
  await listening(page);
  await ticket(page, first).focus();
  await page.keyboard.press("ArrowDown");
  await expect(ticket(page, second)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(ticket(page, first)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByLabel(`Alege comanda ${first.number}`)).toBeChecked();
  await page.keyboard.press("Space");
  await page.keyboard.press("Alt+ArrowRight");
  await expect(inLane(page, "processing", first)).toBeFocused();
  await expect(page.locator("#desk-said")).toContainText(`${first.number}: În lucru`);
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("#tickets-confirmed .ticket:focus")).toHaveCount(1);
});

test("all of a lane are chosen with one button", async ({ page, baseURL }) => {
  await newOrder(baseURL);
  await listening(page);
  await page.locator("#all-confirmed").click();
  const boxes = page.locator("#tickets-confirmed input[type=checkbox]");
  await expect(page.locator("#tickets-confirmed input:checked")).toHaveCount(await boxes.count());
  await page.locator("#all-confirmed").click();
  await expect(page.locator("#tickets-confirmed input:checked")).toHaveCount(0);
});

test("without a network nothing is lost and it is said", async ({ page, context, baseURL }) => {
  const order = await newOrder(baseURL);
  await listening(page);
  await context.setOffline(true);
  await inLane(page, "confirmed", order).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(page.locator("#desk-trouble")).toContainText("Nu s-a putut trimite");
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  const missed = await newOrder(baseURL);
  await context.setOffline(false);
  await expect(inLane(page, "confirmed", missed)).toBeVisible({ timeout: 20_000 });
  await inLane(page, "confirmed", order).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", order)).toBeVisible();
  await expect(page.locator("#desk-trouble")).toBeHidden();
});

test("without the feed the board is asked for every few seconds", async ({ page, baseURL }) => {
  await page.route("**/admin/events*", (route) => route.fulfill({ status: 404, body: "" }));
  await logIn(page);
  await expect(page.getByTestId("feed")).toHaveText("verifică la câteva secunde");
  const order = await newOrder(baseURL);
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await page.unroute("**/admin/events*");
  await expect(page.getByTestId("feed")).toHaveText("în direct");
});

test("sound and notifications are switched on by a tap and remembered", async ({ page, context }) => {
  await context.grantPermissions(["notifications"]);
  await listening(page);
  for (const name of ["Sunet", "Notificări"]) {
    const knob = page.getByRole("switch", { name });
    await expect(knob).toHaveAttribute("aria-checked", "false");
    await knob.click();
    await expect(knob).toHaveAttribute("aria-checked", "true");
  }
  await page.reload();
  await awake(page, true);
  for (const name of ["Sunet", "Notificări"]) {
    await expect(page.getByRole("switch", { name })).toHaveAttribute("aria-checked", "true");
  }
});

test("another page of the dashboard hears of a new order, too", async ({ page, baseURL }) => {
  await logIn(page);
  await page.goto("/ro/admin/products");
  await awake(page, true);
  await expect(page.getByTestId("feed")).toHaveText("în direct");
  const order = await newOrder(baseURL);
  await expect(page.locator("#desk-said")).toHaveText(`Comandă nouă: ${order.number}`);
  await expect(page).toHaveTitle(/^\(1\) /);
});
