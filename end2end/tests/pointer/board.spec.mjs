// With a mouse: an order is dragged to the next lane, and back.
import { awake } from "../customer.mjs";
import { inLane, logIn, newOrder, ticket } from "../producer.mjs";
import { expect, test } from "../watch.mjs";

test("an order is dragged one step forward and back, and not two", async ({ page, baseURL }) => {
  const order = await newOrder(baseURL);
  await logIn(page);
  // Alone on the board: a page that scrolls under the pressed mouse makes the browser drag something else.
  await page.goto(`/ro/admin?q=${order.phone.slice(4)}`);
  await awake(page, true);
  const name = () => ticket(page, order).locator(".ticket-name");
  await name().dragTo(page.locator("#lane-ready .lane-head"));
  await expect(page.locator("#desk-said")).toContainText("câte un pas");
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await name().dragTo(page.locator("#lane-processing .lane-head"));
  await expect(inLane(page, "processing", order)).toBeVisible();
  await name().dragTo(page.locator("#lane-confirmed .lane-head"));
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await expect(page.getByTestId("moved")).toContainText("e din nou");
});
