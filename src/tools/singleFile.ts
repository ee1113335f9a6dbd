import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin, UserConfig } from 'vite'

/** How the one file is built: everything inlined, nothing split. Workers are classic: on file:// module workers fail silently. */
export const SINGLE_FILE = {
  build: {
    outDir: 'dist-single',
    copyPublicDir: false,
    target: 'es2023',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: { output: { codeSplitting: false } },
  },
  worker: { format: 'iife' },
} as const satisfies UserConfig

// `'self'` means nothing on file://: the script is allowed by its hash, workers as the blobs that they are started from.
const POLICY = (hash: string): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** Makes `drawbridge.html` of a build: one file that runs from a USB stick by file:// (stack.md 8). */
export function singleFile(): Plugin {
  return {
    name: 'drawbridge:single-file',
    apply: (config, { isSsrBuild }) => !isSsrBuild && config.mode === 'single',
    enforce: 'pre',
    transform: (code) =>
      /\?worker['"]/.test(code) ? code.replaceAll(/\?worker(?=['"])/g, '?worker&inline') : undefined,
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const parts = Object.values(bundle)
        const text = (ending: string): string[] =>
          parts.flatMap((part) => {
            if (!part.fileName.endsWith(ending)) return []
            return part.type === 'chunk' ? part.code : String(part.source)
          })
        const others = parts.filter(({ fileName }) => !/[.](html|js|css)$/.test(fileName))
        const [page, scripts] = [text('.html')[0], text('.js')]
        if (page === undefined || scripts.length !== 1 || others.length > 0)
          this.error(`The build is not one file: ${parts.map(({ fileName }) => fileName).join(', ')}`)
        for (const { fileName } of parts) delete bundle[fileName]
        const source = onePage(page, scripts[0] ?? '', text('.css').join('\n'))
        this.emitFile({ type: 'asset', fileName: 'drawbridge.html', source })
      },
    },
  }
}

/** The page with its script and styles in it, and nothing that it would have to fetch. */
export function onePage(page: string, script: string, style: string): string {
  // Inside of a script element these two would end it, or begin a comment.
  const code = script.replaceAll(/<(?=\/script|!--)/gi, '\\x3C')
  const hash = createHash('sha256').update(code).digest('base64')
  const icon = `data:image/svg+xml;base64,${readFileSync('public/icon.svg').toString('base64')}`
  return page
    .replaceAll(/[ \t]*<(script|link)\b[^>]*(src|href)="[^"]*"[^>]*>(<\/script>)?\n?/g, '')
    .replace(/(http-equiv="Content-Security-Policy"\s+content=")[^"]*/, (_, start: string) => start + POLICY(hash))
    .replace('</head>', () => `  <link rel="icon" href="${icon}" />\n    <style>${style}</style>\n  </head>`)
    .replace('</body>', () => `  <script type="module">${code}</script>\n  </body>`)
}
