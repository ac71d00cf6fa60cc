// Servers of a test's own: for what would disturb the shop that all tests share.
import { expect } from "@playwright/test";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
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

/** Waits until a process has ended, unless it had before. */
async function end(child, signal) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
}

const newFolder = () => {
  const folder = join(mkdtempSync(join(tmpdir(), "vatra-own-")), "data");
  mkdirSync(folder);
  return folder;
};

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

/** A database of its own: its address, and how to end it as a crash does. */
export async function startDatabase() {
  const place = newFolder();
  const port = await freePort();
  const child = start("secantusd-rs", ["--host", "127.0.0.1", "--port", String(port), "--storage-path", place]);
  await expect.poll(() => listens(port), { timeout: 60_000 }).toBe(true);
  return { address: `mongodb://127.0.0.1:${port}/?directConnection=true`, kill: () => end(child, "SIGKILL") };
}

/** A server of the shop on this database, with the secrets that all of them share. */
export async function serve(database, ...args) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  start(join(root, "target/release/vatra"), ["serve", ...args], {
    LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
    LEPTOS_SITE_ROOT: join(root, "target/site"),
    MONGODB_URI: database,
    MONGODB_DB: "vatra_instances",
    VATRA_DATA_DIR: newFolder(),
    VATRA_ADMIN_PASSWORD: process.env.VATRA_TEST_PASSWORD,
    JWT_SECRET: Buffer.alloc(32, 7).toString("base64"),
    SESSION_KEY: Buffer.alloc(32, 9).toString("base64"),
    SMS_BACKEND: "console",
    SMS_OUTBOX: join(process.env.VATRA_TEST_DIR, "outbox"),
    RATE_LIMIT_PER_MINUTE: "100000",
    SMS_PER_ADDRESS_PER_HOUR: "10000",
    SMS_PER_NETWORK_PER_HOUR: "10000",
    SMS_PER_DAY: "100000",
    SMS_BUDGET_LEI_PER_DAY: "100000",
    SMS_DELAY_SECONDS: "0",
    RUST_LOG: "warn",
  });
  await answers(`${base}/readyz`);
  return base;
}

/** Ends what was started, the last first. */
export async function stopServers() {
  for (const child of started.splice(0).reverse()) await end(child, "SIGTERM");
}
