import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/electron/**'],
    testTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    restoreMocks: true,
  },
});
