// Two servers on one database: an order that was placed at one comes live to the board of the other.
import { awake } from "../customer.mjs";
import { inLane, logIn, newOrder } from "../producer.mjs";
import { serve, startDatabase, stopServers } from "../servers.mjs";
import { expect, test } from "../watch.mjs";

test.afterAll(stopServers);

test("an order placed at one instance comes live to the board of another", async ({ page }) => {
  test.setTimeout(180_000);
  const { address } = await startDatabase();
  // The first one fills the shop and makes the admin.
  const a = await serve(address, "--demo");
  const b = await serve(address);
  await logIn(page, b);
  await awake(page, true);
  await expect(page.getByTestId("feed")).toHaveText("în direct");
  await page.evaluate(() => (window.stayed = true));
  const order = await newOrder(a);
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await inLane(page, "confirmed", order).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", order)).toBeVisible();
  expect(await page.evaluate(() => window.stayed)).toBe(true);
});
