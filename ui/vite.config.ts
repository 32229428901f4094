import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // The window loads its files from its own binary: relative names, no inlined scripts (strict CSP).
  base: "./",
  // A test holds the words for faults to those that the sandbox knows.
  server: { fs: { allow: [".", "../src-tauri/sandbox/src/faults"] } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "safari16",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "jsdom",
    globals: false,
    setupFiles: ["./src/test/setup.ts"],
    css: false,
    testTimeout: 20_000,
    // Times in words name the zone.
    env: { TZ: "UTC" },
  },
});
