// What the producer does, and orders that come to them.
import { expect, request } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { codeFor, newPhone } from "./customer.mjs";

/** Logs in, and stands on the board. */
export async function logIn(page, base = "") {
  await page.goto(`${base}/ro/admin`);
  await page.getByLabel("Utilizator").fill("admin");
  await page.getByLabel("Parolă").fill(process.env.VATRA_TEST_PASSWORD);
  await page.getByRole("button", { name: "Intră" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Astăzi" })).toBeVisible();
}

/** An order by the JSON API of the product of which there is most; returns its number, phone and id. */
export async function newOrder(baseURL, { name = "Ana Pop", delivery = false, confirmed = true } = {}) {
  const api = await request.newContext({ baseURL });
  const read = async (answer) => {
    const body = await answer.json();
    expect(body.success, JSON.stringify(body)).toBe(true);
    return body.data;
  };
  const { items } = await read(await api.get("/api/products?per_page=100"));
  const most = items.reduce((a, b) => (b.stock_quantity > a.stock_quantity ? b : a));
  const cart = await read(await api.post("/api/cart", { data: { product_id: most.id, quantity: 1 } }));
  const phone = newPhone();
  const to = { delivery_area: "valea-painii", delivery_address: { street: "Str. Morii 3", city: "Turda" } };
  const order = await read(
    await api.post("/api/orders", {
      headers: { "Idempotency-Key": randomUUID() },
      data: {
        session_id: cart.session_id,
        customer_name: name,
        customer_phone: phone,
        delivery_type: delivery ? "delivery" : "pickup",
        ...(delivery && to),
      },
    }),
  );
  if (confirmed) {
    const data = { phone_number: phone, order_id: order.id, code: await codeFor(phone) };
    await read(await api.post("/api/sms/confirm", { data }));
  }
  await api.dispose();
  return { id: order.id, number: order.order_number, phone, name };
}

/** The ticket of an order, wherever it stands. */
export const ticket = (page, { number }) => page.getByTestId("ticket").filter({ hasText: number });

/** The ticket of an order in a lane. */
export const inLane = (page, lane, { number }) =>
  page.locator(`#tickets-${lane}`).getByTestId("ticket").filter({ hasText: number });
