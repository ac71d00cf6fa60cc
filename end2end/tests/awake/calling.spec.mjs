// When no SMS comes: a voice tells the code, then a person calls.
import { expect, test } from "@playwright/test";
import { addToCart, awake, codeFor, fillCheckout, newPhone, toldTo } from "../customer.mjs";

test("a voice tells the code when no SMS comes, and a person is the next way", async ({ page }) => {
  // The shop leaves each SMS half a minute to arrive.
  test.setTimeout(120_000);
  const phone = newPhone();
  await addToCart(page, "miere-de-salcam-400-g", true);
  await page.goto("/ro/checkout");
  await awake(page, true);
  await fillCheckout(page, { name: "Ana Pop", phone });
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/verify$/);
  const first = await codeFor(phone);
  const ring = page.getByTestId("ring-me");
  await expect(ring).toBeDisabled();
  await expect(ring).toContainText("O voce te poate suna în");
  await expect(page.getByTestId("call-me")).toHaveCount(0);
  await expect(ring).toBeEnabled({ timeout: 45_000 });
  await expect(ring).toHaveText("Spune-mi codul la telefon");
  await ring.click();
  await expect(page.getByTestId("sms-progress")).toContainText("Doar acela e valabil acum");
  const told = await toldTo(phone);
  if (told !== first) {
    await page.getByLabel("Codul tău").fill(first);
    await page.getByTestId("confirm-code").click();
    await expect(page.getByTestId("code-error")).toContainText("Mai ai 4 încercări");
  }
  await page.getByLabel("Codul tău").fill(told);
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/new=1$/);
});
