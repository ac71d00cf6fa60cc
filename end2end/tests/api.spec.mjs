import { expect, test } from "./watch.mjs";

test("the page of the JSON API shows every operation and tries it, with the help of no other host", async ({ page, request, hasJavaScript }) => {
  const hosts = new Set();
  page.on("request", (asked) => {
    const address = new URL(asked.url());
    if (address.protocol.startsWith("http")) hosts.add(address.host);
  });
  await page.goto("/api/docs");
  const home = new URL(page.url()).host;
  if (hasJavaScript) {
    const document = await (await request.get("/api/openapi.json")).json();
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    await expect(page.locator(".opblock")).toHaveCount(operations.length);
    await page.locator("#operations-Orders-place_order").getByRole("button").first().click();
    await expect(page.getByText("Idempotency-Key").first()).toBeVisible();
    const categories = page.locator("#operations-Catalogue-list_categories");
    await categories.getByRole("button").first().click();
    await categories.getByRole("button", { name: "Try it out" }).click();
    await categories.getByRole("button", { name: "Execute" }).click();
    await expect(categories.locator(".live-responses-table .response-col_status").last()).toContainText("200");
  } else {
    await expect(page.getByRole("link", { name: "/api/openapi.json" })).toBeVisible();
  }
  expect([...hosts]).toEqual([home]);
});
