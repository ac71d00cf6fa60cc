// The producer at work on products and categories.
import { deflateSync, crc32 } from "node:zlib";
import { expect } from "./watch.mjs";

export async function openDesk(page, path = "/ro/admin/products") {
  await page.goto(path);
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByTestId("login-form")).toHaveCount(0);
}

/** Until the lazy part of these pages listens: it shows what only works with it. */
export async function expectAwake(page, hasJavaScript) {
  if (hasJavaScript) await expect(page.locator("main .live-only").first()).not.toHaveAttribute("hidden");
}

/** A new product on sale; the browser stands on its form, where pictures are added. */
export async function makeProduct(page, name, { price = "12,50", stock = "30" } = {}) {
  await page.goto("/ro/admin/products/new");
  await page.getByLabel("Nume în română").fill(name);
  await page.getByLabel("Preț (lei)").fill(price);
  await page.getByLabel("Stoc (bucăți)").fill(stock);
  await page.locator("#category_id").selectOption({ label: "Pâine" });
  await page.locator("#save").click();
  await expect(page).toHaveURL(/\/admin\/products\/[0-9a-f]{24}\?saved=1/);
  return page.url().match(/[0-9a-f]{24}/)[0];
}

const chunk = (kind, content) => {
  const named = Buffer.concat([Buffer.from(kind), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

/** A PNG of 32 by 24 in one colour. */
export function png(red, green, blue) {
  const header = Buffer.from([0, 0, 0, 32, 0, 0, 0, 24, 8, 2, 0, 0, 0]);
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array(32).fill([red, green, blue]).flat())]);
  const pixels = deflateSync(Buffer.concat(Array(24).fill(row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

export const file = (name, buffer, mimeType = "image/png") => ({ name, mimeType, buffer });
