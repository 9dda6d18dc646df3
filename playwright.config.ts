import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'out/e2e',
  // Each test has its own app, vault folder and visiting browser; two cores carry two of them.
  workers: 2,
  retries: 0,
  timeout: 90_000,
  reporter: [['list']],
});
