// Two servers on one database: an order that was placed at one comes live to the board of the other.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awake } from "../customer.mjs";
import { inLane, logIn, newOrder } from "../producer.mjs";
import { expect, test } from "../watch.mjs";

const root = join(import.meta.dirname, "../../..");
const started = [];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

function start(program, args, env = {}) {
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: "ignore" });
  started.push(child);
  return child;
}

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

async function answers(url) {
  await expect.poll(() => fetch(url).then((answer) => answer.status, () => 0), { timeout: 60_000 }).toBe(200);
}

/** A server of the shop on this database, with the secrets that all of them share. */
async function serve(database, place, args) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  start(join(root, "target/release/vatra"), ["serve", ...args], {
    LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
    LEPTOS_SITE_ROOT: join(root, "target/site"),
    MONGODB_URI: database,
    MONGODB_DB: "vatra_instances",
    VATRA_DATA_DIR: place,
    VATRA_ADMIN_PASSWORD: process.env.VATRA_TEST_PASSWORD,
    JWT_SECRET: Buffer.alloc(32, 7).toString("base64"),
    SESSION_KEY: Buffer.alloc(32, 9).toString("base64"),
    SMS_BACKEND: "console",
    SMS_OUTBOX: join(process.env.VATRA_TEST_DIR, "outbox"),
    RATE_LIMIT_PER_MINUTE: "100000",
    SMS_PER_ADDRESS_PER_HOUR: "10000",
    SMS_PER_DAY: "100000",
    RUST_LOG: "warn",
  });
  await answers(`${base}/readyz`);
  return base;
}

test.afterAll(async () => {
  for (const child of started.reverse()) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode === null && child.kill("SIGTERM")) await ended;
  }
});

test("an order placed at one instance comes live to the board of another", async ({ page }) => {
  test.setTimeout(180_000);
  const place = mkdtempSync(join(tmpdir(), "vatra-instances-"));
  for (const name of ["db", "a", "b"]) mkdirSync(join(place, name));
  const port = await freePort();
  start("secantusd-rs", ["--host", "127.0.0.1", "--port", String(port), "--storage-path", join(place, "db")]);
  const database = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  await expect.poll(() => listens(port), { timeout: 60_000 }).toBe(true);
  // The first one fills the shop and makes the admin.
  const a = await serve(database, join(place, "a"), ["--demo"]);
  const b = await serve(database, join(place, "b"), []);
  await logIn(page, b);
  await awake(page, true);
  await expect(page.getByTestId("feed")).toHaveText("în direct");
  await page.evaluate(() => (window.stayed = true));
  const order = await newOrder(a);
  await expect(inLane(page, "confirmed", order)).toBeVisible();
  await inLane(page, "confirmed", order).getByRole("button", { name: "Începe pregătirea" }).click();
  await expect(inLane(page, "processing", order)).toBeVisible();
  expect(await page.evaluate(() => window.stayed)).toBe(true);
});
