// The built release, a real server with a real database of its own, and the system's Chromium.
import { defineConfig } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const port = Number(process.env.VATRA_TEST_PORT ?? 3456);
// The configuration is read again by every worker: the first reader decides.
process.env.VATRA_TEST_DIR ??= mkdtempSync(join(tmpdir(), "vatra-browser-"));
process.env.VATRA_TEST_PASSWORD ??= "parola-pentru-probe";
const dir = process.env.VATRA_TEST_DIR;
const root = join(import.meta.dirname, "..");

// The plain forms of these pages are tried over HTTP (tests/http, tests/security); without JavaScript
// the board and an order stand for all of them.
const DESK = ["admins", "catalogue-desk", "customers", "figures", "kitchen", "settings"].map((name) => `**/${name}.spec.mjs`);

// What machines read in a page is the same on every device.
const FOR_MACHINES = ["seo", "structured"].map((name) => `**/${name}.spec.mjs`);

export default defineConfig({
  testDir: "tests",
  globalSetup: "./shelves.mjs",
  outputDir: "../test-results",
  fullyParallel: false,
  workers: 1,
  forbidOnly: !!process.env.CI,
  // A busy machine can be slower than any patience here; what passes only then is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "ro-RO",
    actionTimeout: 15_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
    },
  },
  // awake/ needs JavaScript, pointer/ a mouse; the others are the same for all.
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 800 } } },
    { name: "phone", testIgnore: ["**/pointer/**", ...FOR_MACHINES], use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
    { name: "no-javascript", testIgnore: ["**/awake/**", "**/pointer/**", ...DESK, ...FOR_MACHINES], use: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false } },
  ],
  webServer: {
    command: `exec ${join(root, "target/release/vatra")} serve --demo`,
    cwd: root,
    url: `http://127.0.0.1:${port}/readyz`,
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    env: {
      ...process.env,
      LEPTOS_SITE_ADDR: `127.0.0.1:${port}`,
      LEPTOS_SITE_ROOT: join(root, "target/site"),
      VATRA_DATA_DIR: join(dir, "data"),
      VATRA_ADMIN_PASSWORD: process.env.VATRA_TEST_PASSWORD,
      SMS_BACKEND: "console",
      SMS_OUTBOX: join(dir, "outbox"),
      RATE_LIMIT_PER_MINUTE: "100000",
      SMS_PER_ADDRESS_PER_HOUR: "10000",
      SMS_PER_NETWORK_PER_HOUR: "10000",
      SMS_PER_DAY: "100000",
      SMS_BUDGET_LEI_PER_DAY: "100000",
      SMS_DELAY_SECONDS: "0",
      RUST_LOG: "warn",
    },
  },
});
