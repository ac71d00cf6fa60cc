// Only where there is a pointer: on desktops.
import { expect, test } from "../watch.mjs";

test("a link under the pointer is fetched ahead, and never shows an old cart", async ({ page }) => {
  await page.goto("/ro/produse");
  const fetched = () =>
    page.context().waitForEvent("request", (request) => request.headers()["sec-purpose"]?.startsWith("prefetch"));
  const link = page.locator("a.card-link").first();
  let ahead = fetched();
  await link.hover();
  await (await ahead).response();
  // A page may not be fetched ahead again for a link that was: the pointer leaves and comes back.
  await page.getByTestId("product-card").first().getByRole("button").click();
  await expect(page.getByTestId("cart-count")).toHaveText("1");
  await link.click();
  await expect(page).toHaveURL(/\/ro\/produse\/.+/);
  await expect(page.getByTestId("cart-count")).toHaveText("1");
});
