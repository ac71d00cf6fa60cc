// Dragging pictures, categories and files with a mouse.
import { expectAwake, makeProduct, openDesk, png } from "../catalogue-desk.mjs";
import { expect, test } from "../watch.mjs";

/** Drags the grip of one item onto another. */
async function drag(page, from, to) {
  const centre = async (part) => {
    const box = await part.boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await from.scrollIntoViewIfNeeded();
  await page.mouse.move(...(await centre(from.locator("[data-grip]"))));
  await page.mouse.down();
  await page.mouse.move(...(await centre(to)), { steps: 8 });
  await page.mouse.up();
}

/** The list shows the new order at once; the shop has it when it has answered. */
const kept = (page) => page.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().includes("/fn/admin/"));

test("pictures are dropped, and dragged into order", async ({ page }) => {
  await openDesk(page);
  await makeProduct(page, `Plăcintă ${Date.now()}`);
  await expectAwake(page, true);
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
    const area = document.querySelector("form[data-upload]");
    for (const kind of ["dragover", "drop"]) {
      area.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, [["a.png", [...png(220, 20, 20)]], ["b.png", [...png(20, 220, 20)]], ["c.png", [...png(20, 20, 220)]]]);
  const pictures = page.getByTestId("picture");
  await expect(pictures).toHaveCount(3);
  const keys = () => pictures.evaluateAll((items) => items.map((item) => item.dataset.key));
  const [a, b, c] = await keys();
  const saved = kept(page);
  await drag(page, pictures.nth(2), pictures.nth(0));
  await expect.poll(keys).toEqual([c, a, b]);
  await saved;
  await page.reload();
  expect(await keys()).toEqual([c, a, b]);
});

test("categories are dragged into order", async ({ page }) => {
  await openDesk(page, "/ro/admin/categories");
  await page.waitForLoadState("networkidle");
  const rows = page.getByTestId("category-row");
  const keys = () => rows.evaluateAll((items) => items.map((item) => item.dataset.key));
  const before = await keys();
  const saved = kept(page);
  await drag(page, rows.nth(0), rows.nth(1));
  await expect.poll(keys).toEqual([before[1], before[0], ...before.slice(2)]);
  await saved;
  await page.reload();
  expect((await keys()).slice(0, 2)).toEqual([before[1], before[0]]);
  await page.waitForLoadState("networkidle");
  await drag(page, rows.nth(0), rows.nth(1));
  await expect.poll(keys).toEqual(before);
});
