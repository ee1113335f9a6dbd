import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtCommand, CHECKOUT, drawbridge, folderWith, runProcess } from './built.testkit.ts'
import { deployment, SHOP } from './run.testkit.ts'

const LINE = 'shop/web[Deployment] => shop/db[Deployment] : TCP 5432\n'
const TIMEOUT = 120_000

/** What a child has written when it has written a whole line. */
async function line({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  while (!text.endsWith('\n')) text += String((await once(stdout ?? process.stdin, 'data'))[0])
  return text
}

describe('the built command', () => {
  test('lists, asks, explains and compares, with its exit statuses', async () => {
    const folder = folderWith(SHOP)
    const open = folderWith({ ...SHOP, 'db.yaml': deployment('db', 5432) })
    expect(await drawbridge(['list', folder])).toMatchObject({ status: 0, out: expect.stringContaining(LINE), err: '' })
    expect(await drawbridge(['query', folder, '--from', 'shop/jobs', '--to', 'shop/db'])).toMatchObject({
      status: 0,
      err: '',
    })
    expect(await drawbridge(['explain', folder, '--from', 'shop/jobs', '--to', 'shop/db'])).toMatchObject({
      status: 0,
      err: '',
    })
    expect(await drawbridge(['diff', '--old', folder, '--new', folder])).toEqual({ status: 0, out: '', err: '' })
    expect(await drawbridge(['diff', '--old', folder, '--new', open])).toMatchObject({ status: 1, err: '' })
    expect(await drawbridge(['diff', '--old', folder, '--new', '/no/such'])).toMatchObject({ status: 2, out: '' })
    expect(await drawbridge(['list', '-'], Object.values(SHOP).join('---\n'))).toMatchObject({
      status: 0,
      out: expect.stringContaining(LINE),
    })
  })

  test('writes no colours into a pipe', async () => {
    const { out, err } = await drawbridge([
      'explain',
      folderWith({ ...SHOP, 'x.yaml': 'a: [\n' }),
      '--from',
      'shop/web',
      '--to',
      'shop/db',
    ])
    expect(err).toContain('error')
    expect(out + err).not.toContain('\u001B')
  })

  test('answers each line when it comes, and ends with its input', async () => {
    const child = spawn(process.execPath, [builtCommand(), 'query', folderWith(SHOP), '--stdin'])
    for (const port of [5432, 1]) {
      child.stdin.write(`${JSON.stringify({ from: 'shop/web', to: 'shop/db', port })}\n`)
      expect(JSON.parse(await line(child))).toMatchObject({ port, verdict: port === 5432 ? 'allowed' : 'denied' })
    }
    child.stdin.end()
    expect(await once(child, 'close')).toEqual([0, null])
  })

  test.each([
    ['list', 0],
    ['diff', 1],
  ])('%s ends quietly when nobody reads on, with status %i', async (command, status) => {
    const many = Array.from({ length: 150 }, (_, i) => deployment(`app-${i}`, 80)).join('---\n')
    const folder = folderWith({ 'many.yaml': many })
    const args = command === 'diff' ? ['--old', folderWith(SHOP), '--new', folder] : [folder]
    const child = spawn(process.execPath, [builtCommand(), command, ...args])
    let err = ''
    child.stderr.on('data', (text) => (err += String(text)))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect(await once(child, 'close')).toEqual([status, null])
    expect(err).toBe('')
  })

  test('answers at least a thousand questions a second', async () => {
    const questions = Array.from(
      { length: 3000 },
      (_, i) => `{"from":"shop/web","to":"shop/db","port":${i + 1}}\n`,
    ).join('')
    const begin = performance.now()
    const { out } = await drawbridge(['query', folderWith(SHOP), '--stdin'], questions)
    expect(performance.now() - begin).toBeLessThan(3000)
    expect(out.split('\n').length).toBe(3001)
  })
})

test(
  'from a checkout it builds itself when needed, prints nothing else, and takes paths from where they were typed',
  async () => {
    const cwd = folderWith(SHOP)
    const tool = join(CHECKOUT, 'src', 'tools', 'drawbridge.mjs')
    const { status, out } = await runProcess(process.execPath, [tool, 'list', '.'], {
      cwd: CHECKOUT,
      env: { INIT_CWD: cwd },
    })
    expect(status).toBe(0)
    expect(out).toContain(LINE)
    expect(out).toMatch(/^(\S+ => \S+ : .+\n)+$/)
  },
  TIMEOUT,
)

test(
  'the package installs without anything else, and the command works from there',
  async () => {
    const folder = folderWith({})
    const prefix = join(folder, 'installed')
    const build = ['exec', '--', 'vite', 'build', '--ssr', 'src/cli/main.ts', '--logLevel', 'error']
    expect(await runProcess('npm', build)).toMatchObject({ status: 0 })
    expect(await runProcess('npm', ['pack', '--silent', '--pack-destination', folder])).toMatchObject({ status: 0 })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
    const install = [
      'install',
      '--global',
      '--offline',
      '--no-audit',
      '--no-fund',
      '--prefix',
      prefix,
      join(folder, tarball),
    ]
    expect(await runProcess('npm', install, { cwd: folder })).toMatchObject({ status: 0 })

    const installed = join(prefix, 'lib', 'node_modules', 'drawbridge-netpol')
    expect(readdirSync(installed).toSorted()).toEqual(['LICENSE', 'README.md', 'dist-cli', 'package.json'])
    expect(
      readFileSync(join(installed, 'dist-cli', 'drawbridge.mjs'), 'utf8').startsWith('#!/usr/bin/env node\n'),
    ).toBe(true)
    const command = join(prefix, 'bin', 'drawbridge')
    expect(await runProcess(command, ['--help'], { cwd: folder })).toMatchObject({ status: 0, err: '' })
    const listed = await runProcess(command, ['list', folderWith(SHOP)], { cwd: folder })
    expect(listed).toMatchObject({ status: 0, out: expect.stringContaining(LINE), err: '' })
  },
  TIMEOUT,
)
