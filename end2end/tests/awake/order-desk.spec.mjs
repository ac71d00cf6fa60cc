// What JavaScript adds to orders by phone and to the texts of messages.
import { atDesk } from "../desk.mjs";
import { expect, test } from "../watch.mjs";

test("the list of products follows what is typed, and hides nothing that was filled in", async ({ page }) => {
  await atDesk(page, "/ro/admin/orders/new");
  await page.waitForLoadState("networkidle");
  const rows = page.locator("#offers .pieces");
  const all = await rows.count();
  const last = rows.last();
  const name = (await last.locator("label > span").first().textContent()).trim();
  await last.locator("input").fill("4");
  await page.getByLabel("Caută în listă").fill(name.toUpperCase());
  await expect(last).toBeVisible();
  await expect.poll(() => rows.filter({ visible: true }).count()).toBeLessThan(all);
  await page.getByLabel("Caută în listă").fill("qqq");
  await expect(last).toBeHidden();
  await page.getByLabel("Caută în listă").fill("");
  await expect(rows.filter({ visible: true })).toHaveCount(all);
  await expect(last.locator("input")).toHaveValue("4");
});

test("a message is shown and counted while it is typed", async ({ page }) => {
  await atDesk(page, "/ro/admin/settings/messages");
  await page.waitForLoadState("networkidle");
  const preview = page.locator("#ready_ro-preview");
  await page.locator("#ready_ro").fill("Gata și {number}");
  await expect(preview).toContainText("Gata si VK7-3MQ9");
  await expect(preview.locator("[data-units]")).toHaveText("16");
  await expect(preview.locator("[data-encoding]")).toHaveText("GSM-7");
  await page.getByRole("checkbox", { name: "Fără diacritice" }).uncheck();
  await expect(preview).toContainText("Gata și VK7-3MQ9");
  await expect(preview.locator("[data-encoding]")).toHaveText("UCS-2");
  await page.locator("#ready_ro").fill("ș".repeat(71));
  await expect(preview.locator("[data-segments]")).toHaveText("2");
});
