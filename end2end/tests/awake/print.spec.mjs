// The button that prints: it is shown once somebody listens to it.
import { expect, test } from "../watch.mjs";

test("the button prints the page", async ({ page }) => {
  await page.addInitScript(() => {
    window.printed = 0;
    window.print = () => (window.printed += 1);
  });
  await page.goto("/ro/admin/kitchen");
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  const button = page.getByRole("button", { name: "Tipărește" });
  await expect(button).toBeVisible();
  await button.click();
  expect(await page.evaluate(() => window.printed)).toBe(1);
});
