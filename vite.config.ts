import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// `vite build --ssr src/cli/main.ts`: the command, with all that it needs in one file.
const COMMAND = {
  outDir: 'dist-cli',
  copyPublicDir: false,
  target: 'node20',
  rolldownOptions: { output: { entryFileNames: 'drawbridge.mjs' } },
}

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  plugins: [react()],
  // Small fonts would become `data:`, which the Content-Security-Policy refuses (design.md 8).
  build: isSsrBuild ? COMMAND : { assetsInlineLimit: 0, target: 'es2023', chunkSizeWarningLimit: 4000 },
  ...(isSsrBuild && { ssr: { noExternal: true as const } }),
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          testTimeout: 60_000,
          setupFiles: ['src/tools/seed.ts'],
        },
      },
      { extends: true, test: { name: 'ui', environment: 'jsdom', include: ['src/ui/**/*.test.tsx'] } },
    ],
  },
}))
