import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serviceWorker } from './offline.ts'
import { onePage } from './singleFile.ts'

const template = readFileSync(join(import.meta.dirname, 'sw.js'), 'utf8')

function lineOf(text: string, name: string): string {
  return new RegExp(`^const ${name} = (.*)$`, 'm').exec(text)?.[1] ?? ''
}

function version(files: Parameters<typeof serviceWorker>[1]): string {
  return lineOf(serviceWorker(template, files), 'VERSION')
}

describe('the service worker', () => {
  const page = { path: 'index.html', content: '<html>' }
  const script = { path: 'assets/a-1.js', content: 'run()' }

  test('keeps every file of the build but maps, the page as the folder that it stands in', () => {
    const text = serviceWorker(template, [page, script, { path: 'assets/a-1.js.map', content: '{}' }])
    expect(JSON.parse(lineOf(text, 'FILES'))).toEqual(['assets/a-1.js', './'])
  })

  test('has another version as soon as a byte of any file is another, and the same for the same files', () => {
    expect(version([page, script])).toBe(version([script, page]))
    expect(version([page, { ...script, content: 'run();' }])).not.toBe(version([page, script]))
    expect(version([{ ...page, content: Uint8Array.of(1) }])).not.toBe(
      version([{ ...page, content: Uint8Array.of(2) }]),
    )
  })

  test('is not written without its places to fill in', () => {
    expect(() => serviceWorker('const FILES = []', [page])).toThrow('VERSION')
  })
})

describe('the one file', () => {
  const index = readFileSync(join(import.meta.dirname, '../../index.html'), 'utf8')
  const built = index.replace(
    /<script[^>]*><\/script>/,
    '<script type="module" crossorigin src="./assets/i.js"></script><link rel="stylesheet" crossorigin href="./assets/i.css">',
  )
  // As a template of a library holds it; `$&` and its like are nothing special.
  const code = 'const a = "</script><!-- $& $1"'
  const page = onePage(built, code, 'body{--a:"$&"}')

  test('asks for nothing: all is in it', () => {
    expect(page).not.toMatch(/(src|href)="(?!data:)/)
    expect(page).toContain('body{--a:"$&"}')
  })

  test('cannot be ended by what its script says, and the script means the same', () => {
    const inside = /<script type="module">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
    expect(page.match(/<\/script>/g)).toHaveLength(1)
    // oxlint-disable-next-line typescript/no-implied-eval -- whether it means the same shows only when it runs
    expect(new Function(`${inside}; return a`)()).toBe('</script><!-- $& $1')
  })

  test('allows its own script by its hash, and workers only as blobs', () => {
    const inside = /<script type="module">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1]?.split('; ')
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(inside).digest('base64')}'`)
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'worker-src blob:']))
    expect(policy?.join()).not.toMatch(/unsafe-eval|https?:/)
  })
})
