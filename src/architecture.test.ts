import { cruise, type IReporterOutput } from 'dependency-cruiser'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

/** In the order of design.md 4: a room may import only rooms before it. `load` is ours: texts → objects, cached by document. */
const ROOMS = [
  'core/model',
  'core/profiles',
  'core/yaml',
  'core/kinds',
  'core/validate',
  'core/load',
  'core/evaluate',
  'core/compare',
  'core/checks',
  'core/explain',
  'core/compile',
  'core/lint',
  'core/export',
  'core/corpus',
  'lessons',
  'engine',
] as const
const SKINS = ['cli', 'state', 'ui'] as const
const PACKAGES: Readonly<Record<string, string>> = {
  'js-yaml': '^src/core/yaml/',
  zustand: '^src/(state|ui)/',
  'idb-keyval': '^src/state/',
  fflate: '^src/(state|ui)/',
  'react|react-dom|@xyflow|monaco-editor|@base-ui|lucide-react|react-resizable-panels|@tanstack|@fontsource-variable':
    '^src/(ui/|main[.]tsx$)',
}
const TEST = '[.](test|testkit)[.]tsx?$'

interface Forbidden {
  name: string
  severity: 'error'
  from: { path?: string | string[]; pathNot?: string | string[] }
  to: { path?: string | string[]; pathNot?: string | string[]; circular?: boolean; dependencyTypesNot?: ['type-only'] }
}

const at = (room: string): string => `^src/${room}/`
const forbid = (name: string, from: Forbidden['from'], to: Forbidden['to']): Forbidden => ({
  name,
  severity: 'error',
  from,
  to,
})

const leftwards = ROOMS.map((room, i) =>
  forbid(
    `${room} imports only rooms to its left`,
    { path: at(room), pathNot: TEST },
    { path: [...ROOMS.slice(i + 1), ...SKINS].map(at).concat('^src/main[.]tsx$') },
  ),
)
const skins = [
  forbid('cli imports no screen', { path: at('cli') }, { path: [at('state'), at('ui')] }),
  forbid('state imports no screen', { path: at('state'), pathNot: TEST }, { path: [at('cli'), at('ui')] }),
  forbid('ui imports no terminal', { path: at('ui') }, { path: at('cli') }),
]
const refusals = [
  forbid(
    'evaluate and explain know no kind and no YAML',
    { path: ['^src/core/evaluate/', '^src/core/explain/'], pathNot: TEST },
    { path: ['^src/core/kinds/', '^src/core/yaml/'] },
  ),
  forbid(
    'ui talks to state, not to the engine',
    { path: at('ui'), pathNot: TEST },
    { path: ['^src/engine/', '^src/core/yaml/', '^src/core/evaluate/', '^src/core/compile/'] },
  ),
  forbid(
    'core leaves nothing but packages',
    { path: '^src/core/', pathNot: TEST },
    { path: '^src/', pathNot: '^src/core/' },
  ),
]
const packages = Object.entries(PACKAGES).map(([name, home]) =>
  forbid(
    `${name} stays in its room`,
    { path: '^src/', pathNot: [home, TEST, '^src/tools/'] },
    { path: `(^|/)node_modules/(${name})(/|$)` },
  ),
)
const cycles = [forbid('no cycles', { path: '^src/' }, { circular: true })]

function featureWalls(): Forbidden[] {
  const features = readdirSync('src/ui').filter((name) => statSync(join('src/ui', name)).isDirectory())
  return features
    .filter((feature) => feature !== 'shell' && feature !== 'kit')
    .map((feature) =>
      forbid(
        `ui/${feature} imports no other feature`,
        { path: at(`ui/${feature}`), pathNot: TEST },
        { path: '^src/ui/', pathNot: [at(`ui/${feature}`), at('ui/kit')] },
      ),
    )
    .concat(forbid('ui/kit stands alone', { path: at('ui/kit') }, { path: '^src/ui/', pathNot: at('ui/kit') }))
}

async function violations(forbidden: Forbidden[]): Promise<{ seen: number; found: string[] }> {
  const result: IReporterOutput = await cruise(
    ['src'],
    {
      ruleSet: { forbidden },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      tsConfig: { fileName: 'tsconfig.json' },
      enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'] },
    },
    { bustTheCache: true },
  )
  if (typeof result.output === 'string') throw new Error(result.output)
  const { summary, modules } = result.output
  const seen = modules.filter(({ source }) => source.startsWith('src/')).length
  return { seen, found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`) }
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /[.]tsx?$/.test(entry.name) ? [path] : []
  })
}

describe('the house', () => {
  let all: string[] = []
  beforeAll(() => {
    all = sources('src')
  })

  test('rooms import only what they may', async () => {
    const { seen, found } = await violations([
      ...leftwards,
      ...skins,
      ...refusals,
      ...packages,
      ...featureWalls(),
      ...cycles,
    ])
    // Without its TypeScript reader the cruiser sees nothing and finds nothing wrong: it must have seen every file.
    expect(seen, 'the cruiser saw our sources').toBeGreaterThanOrEqual(all.length)
    expect(found).toEqual([])
  })

  test('the cruiser notices a forbidden import', async () => {
    const { found } = await violations([
      forbid('a rule that our code breaks', { path: at('core/yaml') }, { path: at('core/model') }),
    ])
    expect(found.length).toBeGreaterThan(0)
  })

  test('core keeps off the clock, the dice and the console', () => {
    const impure = /\b(Date\.now|new Date\b|Math\.random|console\.|setTimeout|performance\.)/
    const offenders = all
      .filter((path) => path.startsWith('src/core/') && !/[.](test|testkit)[.]ts$/.test(path))
      .filter((path) => impure.test(readFileSync(path, 'utf8')))
    expect(offenders).toEqual([])
  })

  test('an index file is a registry, never a barrel', () => {
    const barrels = all.filter(
      (path) => /index[.]tsx?$/.test(path) && /^export .* from /m.test(readFileSync(path, 'utf8')),
    )
    expect(barrels).toEqual([])
  })

  test("every room stands in the README's plan, and the plan names only rooms that exist", () => {
    const readme = readFileSync('README.md', 'utf8')
    const plan = /```\nsrc\/\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const planned = [...plan.matchAll(/^ {2,4}(\w+)\/ /gm)].map((match) => match[1] ?? '')
    const rooms = ['src', 'src/core'].flatMap((folder) =>
      readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory()),
    )
    expect(planned.toSorted()).toEqual(rooms.toSorted())
    expect(existsSync('src/core/tsconfig.json')).toBe(true)
  })
})
