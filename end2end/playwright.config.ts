// Journeys through a portal that `cargo xtask test e2e` has built and started, in the system's Chromium.
import { defineConfig } from '@playwright/test';

const baseURL = process.env.KOTAE_TEST_URL;
if (!baseURL) {
  throw new Error('KOTAE_TEST_URL names no portal: run the journeys with `cargo xtask test e2e`');
}

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  // A journey that passes on the second try has failed.
  retries: 0,
  forbidOnly: !!process.env.CI,
  // Generous, because a busy machine is no defect; what never comes is given up earlier, where it is waited for.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.KOTAE_TEST_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'before', testMatch: /\.setup\.ts$/ },
    { name: 'desktop', dependencies: ['before'], use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      dependencies: ['before'],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      grepInvert: /@desktop/,
    },
    // `cargo xtask pictures`: no test, but it walks the same stage.
    {
      name: 'pictures',
      testDir: 'pictures',
      dependencies: ['before'],
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});
