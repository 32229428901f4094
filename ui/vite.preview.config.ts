import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Builds preview.html, which shows the pages with made-up values in an ordinary browser:
// npx vite --config vite.preview.config.ts, then open /preview.html#/endpoints
export default defineConfig({
  plugins: [react()],
  base: "./",
  build: { outDir: "node_modules/.preview", emptyOutDir: true, rollupOptions: { input: "preview.html" } },
});
