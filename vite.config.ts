import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { offline } from './src/tools/offline.ts'
import { SINGLE_FILE, singleFile } from './src/tools/singleFile.ts'

// `vite build --ssr src/cli/main.ts`: the command, with all that it needs in one file.
const COMMAND = {
  outDir: 'dist-cli',
  copyPublicDir: false,
  target: 'node20',
  rolldownOptions: { output: { entryFileNames: 'drawbridge.mjs' } },
}
// Small fonts would become `data:`, which the Content-Security-Policy refuses (design.md 8).
const APP = {
  build: { assetsInlineLimit: 0, target: 'es2023', chunkSizeWarningLimit: 4000 },
  worker: { format: 'es' as const },
}

export default defineConfig(({ isSsrBuild, mode }) => ({
  base: './',
  plugins: [react(), offline(), singleFile()],
  ...(mode === 'single' ? SINGLE_FILE : APP),
  ...(isSsrBuild && { build: COMMAND, ssr: { noExternal: true as const } }),
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
