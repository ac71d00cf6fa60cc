// What the shop says of itself, signing in by phone, and deciding over one's own data.
import { readFileSync } from "node:fs";
import { addToCart, awake, codeFor, newPhone, order } from "./customer.mjs";
import { expectForEveryone } from "./everyone.mjs";
import { expect, test } from "./watch.mjs";

const PAGES = ["/contact", "/delivery", "/terms", "/privacy", "/cookies", "/sign-in", "/my-data"];

async function signIn(page, phone) {
  await page.getByLabel("Telefon", { exact: true }).fill(phone);
  await page.getByTestId("send-code").click();
  await page.waitForURL(/\/sign-in\?attempt=/);
  await page.getByLabel("Codul tău").fill(await codeFor(phone));
  await page.getByTestId("confirm-code").click();
}

for (const language of ["ro", "en"]) {
  for (const path of PAGES) {
    test(`${language}${path} is whole, accessible and in its language`, async ({ page, hasJavaScript }) => {
      const answer = await page.goto(`/${language}${path}`);
      expect(answer.status()).toBe(200);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await awake(page, hasJavaScript);
      await expectForEveryone(page, hasJavaScript);
    });
  }
}

test("contact has a map, a phone to tap, and hours", async ({ page }) => {
  await page.goto("/ro/contact");
  await expect(page.locator('a[href^="tel:+40"]')).toBeVisible();
  await expect(page.locator('a[href^="geo:"]')).toBeVisible();
  await expect(page.locator('a[href^="https://www.openstreetmap.org/"]')).toBeVisible();
  await expect(page.locator("table.hours tbody tr")).toHaveCount(7);
  await expect(page.getByTestId("open-now")).toHaveText(/^(Deschis|Închis) acum/);
});

test("orders are seen again with the phone, and a wrong code is not enough", async ({ page, hasJavaScript }) => {
  const phone = newPhone();
  await addToCart(page, "miere-de-salcam-400-g", hasJavaScript);
  const number = await order(page, { phone, hasJavaScript });
  await page.context().clearCookies();
  await page.goto("/ro/orders");
  await page.getByLabel("Telefon", { exact: true }).fill(phone);
  await page.getByTestId("send-code").click();
  // The page comes when the SMS has gone out.
  await page.waitForURL(/\/sign-in\?attempt=/);
  await expectForEveryone(page, hasJavaScript);
  const code = await codeFor(phone);
  await page.getByLabel("Codul tău").fill(code === "1234" ? "4321" : "1234");
  await page.getByTestId("confirm-code").click();
  await expect(page.getByTestId("code-error")).toContainText("Mai ai 4 încercări");
  await page.getByLabel("Codul tău").fill(code);
  await page.getByTestId("confirm-code").click();
  await page.waitForURL(/\/ro\/orders$/);
  await expect(page.locator(".order-row")).toContainText(number);
});

test("a customer downloads everything and is forgotten", async ({ page, hasJavaScript }) => {
  const phone = newPhone();
  await page.goto("/ro/confidentialitate");
  await page.getByRole("link", { name: "Vezi, descarcă sau șterge datele tale" }).click();
  await signIn(page, phone);
  await page.waitForURL(/\/ro\/my-data$/);
  const downloading = page.waitForEvent("download");
  await page.getByTestId("download").click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("vatra-my-data.json");
  expect(JSON.parse(readFileSync(await file.path(), "utf8")).phone_number).toBe(`+4${phone}`);
  await page.getByTestId("erase").click();
  await expect(page.getByText("Nu se poate da înapoi.")).toBeVisible();
  await page.getByTestId("erase-now").click();
  await page.waitForURL(/erased=1$/);
  await expect(page.getByText("Datele tale au fost șterse.")).toBeVisible();
  await expectForEveryone(page, hasJavaScript);
  await page.goto("/ro/my-data");
  await expect(page.getByTestId("send-code")).toBeVisible();
});

test("an open order stands in the way of being forgotten", async ({ page, hasJavaScript }) => {
  await addToCart(page, "miere-de-salcam-400-g", hasJavaScript);
  const number = await order(page, { phone: newPhone(), hasJavaScript });
  await page.goto("/ro/my-data/erase");
  await expect(page.getByTestId("open-orders")).toContainText(number);
  await expect(page.getByTestId("erase-now")).toHaveCount(0);
});
