import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from './built.testkit.ts'
import { COMMANDS } from './commands/index.ts'
import { ask, deployment, netpol, SHOP } from './run.testkit.ts'
import { painter } from './terminal.ts'

/** The workloads of the namespace shop that the command reads there. */
async function workloads(folder: string): Promise<readonly string[]> {
  const { out } = await ask(['list', folder, '-o', 'json'])
  const names = (JSON.parse(out) as readonly { dst: string }[]).map(({ dst }) => /shop\/(.*)\[/.exec(dst)?.[1] ?? '')
  return [...new Set(names)].filter((name) => name !== '').toSorted()
}

describe('help', () => {
  test('names every command; each has its own, with its flags, statuses and examples', async () => {
    const general = await ask(['--help'])
    expect([general.status, general.err]).toEqual([0, ''])
    for (const { name, summary, flags } of COMMANDS) {
      expect(general.out).toContain(summary)
      const { status, out } = await ask([name, '--help'])
      expect(status).toBe(0)
      for (const flag of flags) expect(out).toContain(`--${flag.name}`)
      expect(out).toMatch(/Exit status: 0 .*\n[\s\S]*\nExamples:\n {2}drawbridge /)
      expect(await ask(['help', name])).toEqual({ status: 0, out, err: '' })
      expect(out.split('\n').filter((line) => line.length > 120)).toEqual([])
    }
  })

  test('without a command the help is an error', async () => {
    const { status, out, err } = await ask([])
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain('Usage: drawbridge COMMAND')
  })

  test('--version is that of the package', async () =>
    expect(await ask(['--version'])).toEqual({ status: 0, out: '0.1.0\n', err: '' }))

  test.each([
    [['lst'], 'there is no command lst. Did you mean list?'],
    [['--strict', 'list'], 'a command comes first, not --strict. It can be list, query, explain, diff'],
    [['list'], 'list needs a PATH: a file, a folder, or - for what is piped in.'],
    [['list', '.', '-o', 'xml'], '--output xml: it can be txt, json, csv, md or dot.'],
    [['list', '.', '--pod-cidr', '10.0.0.0'], '--pod-cidr 10.0.0.0: this is no CIDR'],
    [['list', '.', '--pod-cidr', 'none', '--pod-cidr', '10.0.0.0/8'], '--pod-cidr none does not go with others.'],
    [['list', '/no/such/thing'], '/no/such/thing: there is no such file or folder.'],
  ])('%j: status 2 and a sentence', async (args, message) => {
    const { status, out, err } = await ask(args)
    expect([status, out]).toEqual([2, ''])
    expect(err).toContain(message)
    expect(err.startsWith('drawbridge: ')).toBe(true)
  })
})

describe('reading', () => {
  test('folders at any depth, without node_modules, .git and what is no manifest', async () => {
    const paths = {
      a: 'a.yaml',
      b: 'deep/er/b.yml',
      c: 'c.JSON',
      d: 'node_modules/d.yaml',
      e: '.git/e.yaml',
      f: 'f.txt',
      g: 'patches/g.yaml',
    }
    const files = Object.entries(paths).map(([name, path]) => [path, deployment(name, 1)])
    expect(await workloads(folderWith(Object.fromEntries(files) as Record<string, string>))).toEqual(['a', 'b', 'c'])
  })

  test('a folder of patches is read where it is named itself', async () => {
    const folder = folderWith({ 'patches/g.yaml': deployment('g', 1) })
    expect(await workloads(join(folder, 'patches'))).toEqual(['g'])
    const { err } = await ask(['list', folder])
    expect(err).toContain('patches/g.yaml:1:1: info: This is a patch of a kustomization')
  })

  test('links once, in circles too, and links that lead nowhere not at all', async () => {
    const folder = folderWith({ 'a.yaml': deployment('a', 1) })
    symlinkSync(folder, join(folder, 'self'))
    symlinkSync(join(folder, 'gone'), join(folder, '.#lock.yaml'))
    symlinkSync(join(folder, 'a.yaml'), join(folder, 'b.yaml'))
    expect(await workloads(folder)).toEqual(['a'])
  })

  test('a file that is named twice counts once', async () => {
    const folder = folderWith(SHOP)
    const twice = await ask(['list', folder, join(folder, 'web.yaml'), `${folder}/`])
    expect([twice.err, twice.out]).toEqual(['', (await ask(['list', folder])).out])
    expect((await ask(['list', '-', '-'], SHOP['web.yaml'])).out).toContain('shop/web')
  })

  test('UTF-16 with its mark, as PowerShell writes it, but no other bytes', async () => {
    const folder = folderWith({})
    writeFileSync(join(folder, 'a.yaml'), `\uFEFF${deployment('a', 1)}`, 'utf16le')
    expect(await workloads(folder)).toEqual(['a'])
    writeFileSync(join(folder, 'b.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xff]))
    expect((await ask(['list', folder])).err).toContain('b.yaml: this is not UTF-8 text')
  })

  test('a folder without manifests is a mistake', async () => {
    const folder = folderWith({ 'readme.md': '' })
    mkdirSync(join(folder, 'empty'))
    expect(await ask(['list', folder])).toMatchObject({
      status: 2,
      err: `drawbridge: ${folder}: there is no .yaml, .yml or .json file.\n`,
    })
  })
})

describe('what is wrong with documents', () => {
  const bad = netpol('web', '  ingress: [{ports: [{port: 99999}]}]\n')

  test('goes to stderr with file, line and column; a rejected policy has no effect, and --strict makes it count', async () => {
    const folder = folderWith({ ...SHOP, 'bad.yaml': `# comment\n${bad}`, 'broken.yaml': 'kind: [\n' })
    const { status, out, err } = await ask(['list', folder])
    expect(status).toBe(0)
    expect(err).toMatch(/bad\.yaml:7:\d+: error: spec\.ingress\[0\]\.ports\[0\]\.port/)
    expect(err).toContain(
      'bad.yaml:1:1: error: NetworkPolicy shop/web would be rejected by Kubernetes: it has no effect on the answers.\n',
    )
    expect(err).toMatch(/broken\.yaml:\d+:\d+: error: /)
    expect(err).toContain('broken.yaml:1:1: error: This document cannot be read: it has no effect on the answers.\n')
    expect(out).toBe((await ask(['list', folderWith(SHOP)])).out)
    for (const command of [
      ['list', folder],
      ['query', folder, '--from', 'shop/web', '--to', 'shop/db'],
      ['explain', folder, '--from', 'shop/web', '--to', 'shop/db'],
      ['diff', '--old', folder, '--new', folder],
    ])
      expect((await ask([...command, '--strict'])).status).toBe(2)
    expect((await ask(['list', folderWith(SHOP), '--strict'])).status).toBe(0)
  })

  test('what is piped in is called <stdin>', async () => {
    expect((await ask(['list', '-'], bad)).err).toContain('<stdin>:6:')
  })
})

test('colours are for terminals, unless NO_COLOR is set', () => {
  expect(painter(true, {})('good', 'x')).toBe('\u001B[32mx\u001B[0m')
  for (const plain of [
    painter(false, {}),
    painter(undefined, {}),
    painter(true, { NO_COLOR: '1' }),
    painter(true, { TERM: 'dumb' }),
  ])
    expect(plain('good', 'x')).toBe('x')
  expect(painter(true, { NO_COLOR: '' })('bad', 'x')).not.toBe('x')
})
