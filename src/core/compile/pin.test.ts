import { describe, expect, test } from 'vitest'
import { deploymentText } from '#core/load/load.testkit.ts'
import type { Check, WantedCheck } from '#core/model/check.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import { plan } from './plan.ts'
import { carryOut, type World, worldOf } from './world.testkit.ts'

const WEB = { namespace: 'shop', workload: 'Deployment/web' }
const DB = { namespace: 'shop', workload: 'Deployment/db' }
const CHECKS = `# what must stay so
apiVersion: drawbridge/v1alpha1
kind: ConnectivityChecks
metadata: { name: shop }
checks:
  - name: web may reach db on TCP 5432 # the shop
    from: { namespace: shop, workload: Deployment/web }
    to: { namespace: shop, workload: Deployment/db }
    ports: [TCP/5432]
    expect: allowed # as wanted
  - name: "the other"
    from: { namespace: shop }
    to: { internet: true }
    expect: denied
`
const PODS = { path: 'shop.yaml', text: `${deploymentText('web')}---\n${deploymentText('db')}`, counts: true }
const shop = (): World => worldOf([PODS, { path: 'tests/checks.yaml', text: CHECKS, counts: true }])
const planIn = (world: World, intent: Intent): Plan => plan(intent, { ...world, revision: 1 })
const wanted = (part: Partial<WantedCheck> = {}): WantedCheck => ({
  from: WEB,
  to: DB,
  ports: [],
  expect: 'allowed',
  ...part,
})

function after(world: World, intent: Intent): World {
  const made = planIn(world, intent)
  expect(made.refusal).toBeUndefined()
  return worldOf(carryOut(world.files, made))
}

const textOf = ({ files }: World): string | undefined => files.find(({ path }) => path.includes('checks'))?.text
const said = ({ name, ports, expect }: Check) => ({ name, ports, expect })

const edit = (world: World, next: Partial<Pick<Check, 'name' | 'ports' | 'expect'>>, at = 0): Intent => {
  const check = world.loaded.checks[at]
  if (!check) throw new Error(`no check ${at}`)
  return { type: 'edit-check', check: check.ref, next: { ...said(check), ...next } }
}

describe('pinning', () => {
  test('many checks come in one step, at the end of those that are there, and nothing else of the text changes', () => {
    const next = after(shop(), {
      type: 'pin',
      checks: [wanted({ ports: ['http', '8080-8090'], expect: 'denied' }), wanted({ from: DB, to: WEB, name: 'back' })],
    })
    expect(textOf(next)?.startsWith(CHECKS)).toBe(true)
    expect(next.loaded.checks.slice(2).map(said)).toEqual([
      {
        name: 'web must not reach db on TCP http, TCP 8080-8090',
        ports: ['TCP/http', 'TCP/8080-8090'],
        expect: 'denied',
      },
      { name: 'back', ports: [], expect: 'allowed' },
    ])
    expect(next.loaded.problems).toEqual([])
  })

  test('what a check says already is left out, within what is pinned, too; a taken name gets a number', () => {
    const intent: Intent = {
      type: 'pin',
      checks: [
        wanted({ ports: ['5432'], name: 'again' }),
        wanted({ name: 'the other' }),
        wanted({ name: 'the same once more' }),
      ],
    }
    const next = after(shop(), intent)
    expect(next.loaded.checks.map(({ name }) => name).slice(2)).toEqual(['the other (2)'])
    expect(planIn(shop(), intent).sentences).toEqual(['Saves the check “the other (2)”. 2 of them are there already.'])
  })

  test('where nothing is new nothing changes, and where there are no checks a file is made', () => {
    const none = planIn(shop(), { type: 'pin', checks: [wanted({ ports: ['TCP/5432'] })] })
    expect([none.changes, none.sentences]).toEqual([[], ['A check says this already.']])
    const made = planIn(worldOf([PODS]), { type: 'pin', checks: [wanted(), wanted({ from: DB, to: WEB })] })
    expect(made.changes).toMatchObject([{ type: 'create', path: 'checks.yaml' }])
    expect(made.needsPreview).toBe(false)
  })

  test('an expectation that is broken from the start is saved without a question; nonsense as a port is refused', () => {
    const made = planIn(shop(), { type: 'pin', checks: [wanted({ expect: 'denied' })] })
    expect([made.refusal, made.needsPreview, made.warnings]).toEqual([undefined, false, []])
    expect(planIn(shop(), { type: 'pin', checks: [wanted({ ports: ['x y'] })] }).refusal).toContain(
      '“x y” is not a port',
    )
  })
})

describe('saying a check anew', () => {
  test('only what is different changes, comments stay, and a name that was made follows', () => {
    const world = shop()
    const turned = after(world, edit(world, { expect: 'denied' }))
    expect(textOf(turned)).toBe(
      CHECKS.replace('web may reach db on', 'web must not reach db on').replace(
        'expect: allowed #',
        'expect: denied #',
      ),
    )
    const named = after(world, edit(world, { name: 'orders are stored', expect: 'denied' }))
    expect(named.loaded.checks[0]).toMatchObject({ name: 'orders are stored', expect: 'denied' })
  })

  test('ports come, change and go', () => {
    const world = shop()
    expect(textOf(after(world, edit(world, { name: 'x', ports: ['TCP/http', 'UDP/53'] })))).toContain(
      'ports: [TCP/http, UDP/53]',
    )
    const all = after(world, edit(world, { name: 'x', ports: [] }))
    expect(all.loaded.checks[0]?.ports).toEqual([])
    expect(textOf(all)).not.toContain('ports:')
    expect(after(world, edit(world, { ports: ['TCP/443'] }, 1)).loaded.checks[1]?.ports).toEqual(['TCP/443'])
  })

  test('a name that is empty or taken, nonsense as a port, and a check that is gone are refused', () => {
    const world = shop()
    const refusal = (intent: Intent): string | undefined => planIn(world, intent).refusal
    expect(refusal(edit(world, { name: ' ' }))).toBe('A check needs a name.')
    expect(refusal(edit(world, { name: 'the other' }))).toBe('Another check is called “the other”.')
    expect(refusal(edit(world, { ports: ['no port'] }))).toContain('is not a port')
    const gone = { document: 'gone', path: ['checks', 0], range: { from: 0, to: 0 } }
    expect(refusal({ type: 'edit-check', check: gone, next: { name: 'x', ports: [], expect: 'denied' } })).toContain(
      'gone',
    )
  })

  test('who alone may come is not turned around', () => {
    const only = `${CHECKS}  - name: closed\n    to: { namespace: shop, workload: Deployment/db }\n    only: []\n`
    const world = worldOf([PODS, { path: 'checks.yaml', text: only, counts: true }])
    expect(world.loaded.checks[2]?.only).toEqual([])
    const [check] = world.loaded.checks.slice(2)
    const turned = check?.expect === 'allowed' ? 'denied' : 'allowed'
    expect(planIn(world, edit(world, { expect: turned }, 2)).refusal).toContain('who alone may come')
    expect(after(world, edit(world, { name: 'shut' }, 2)).loaded.checks[2]).toMatchObject({ name: 'shut', only: [] })
  })
})
