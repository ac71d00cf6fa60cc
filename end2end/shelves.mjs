// Before the tests: full shelves. Every test buys from one shop, some 30 orders take the same loaf,
// and a test must not fail because another was hungry. What there is little of stays as it is: the
// tests of shortages need it.
import { request } from "@playwright/test";

const LITTLE = 20;
const PLENTY = 900;

export default async function fillShelves(config) {
  const { baseURL } = config.projects[0].use;
  const api = await request.newContext({ baseURL });
  const read = async (answer) => {
    const body = await answer.json();
    if (!body.success) throw new Error(`${answer.url()}: ${JSON.stringify(body)}`);
    return body.data;
  };
  const admin = { username: "admin", password: process.env.VATRA_TEST_PASSWORD };
  const { csrf_token } = await read(await api.post("/api/auth/login", { data: admin }));
  const { items } = await read(await api.get("/api/admin/products?per_page=100"));
  for (const { id, name, description, name_en, description_en, price, category_id, stock_quantity, version } of items) {
    if (stock_quantity < LITTLE) continue;
    const data = { name, description, name_en, description_en, price, category_id, version, stock_quantity: PLENTY };
    await read(await api.put(`/api/admin/products/${id}`, { headers: { "X-CSRF-Token": csrf_token }, data }));
  }
  await api.dispose();
}
