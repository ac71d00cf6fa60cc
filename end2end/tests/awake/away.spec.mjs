// The database is away: what needs it says so, for everybody; what is in memory is still shown.
import { addToCart } from "../customer.mjs";
import { expectForEveryone } from "../everyone.mjs";
import { serve, startDatabase, stopServers } from "../servers.mjs";
import { expect, test } from "../watch.mjs";

test.afterAll(stopServers);

test("without the database: a page that says so, and a catalogue to read", async ({ page, hasJavaScript, complaints }) => {
  test.setTimeout(180_000);
  const database = await startDatabase();
  const base = await serve(database.address, "--demo");
  await addToCart(page, "miere-de-salcam-400-g", hasJavaScript, base);
  await database.kill();
  // One page of each language: every answer waits until the database was looked for in vain.
  for (const path of ["ro/cart", "en/checkout"]) {
    const answer = await page.goto(`${base}/${path}`);
    expect(answer.status(), path).toBe(503);
    await expect(page.locator("html")).toHaveAttribute("lang", path.slice(0, 2));
    await expectForEveryone(page, hasJavaScript);
  }
  const list = await page.goto(`${base}/ro/produse`);
  expect(list.status()).toBe(200);
  await expect(page.getByTestId("product-card").first()).toBeVisible();
  // The browser notes the answers that were asked for.
  const others = complaints.splice(0).filter((said) => !/status of 503/.test(said));
  expect(others).toEqual([]);
});
