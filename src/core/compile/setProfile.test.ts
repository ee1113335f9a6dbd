import { describe, expect, test } from 'vitest'
import { deploymentText } from '#core/load/load.testkit.ts'
import type { Plan } from '#core/model/intent.ts'
import { applied, filesOf, planOf, worldOf } from './deny.testkit.ts'

const APPS = deploymentText('web')
const settings = (fields: string, name = 's'): string =>
  `# ours\napiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata: { name: ${name} }\n${fields}`

function choose(texts: readonly string[], id: string, version?: string) {
  const before = filesOf(...texts)
  const made: Plan = planOf(worldOf(before), { type: 'set-profile', id, version })
  const files = applied(before, made)
  return { made, files, chosen: worldOf(files).loaded.settings.profile, texts: files.map(({ text }) => text) }
}

describe('set-profile', () => {
  test('makes settings.yaml where nothing says a CNI, at once and with nothing else', () => {
    const { made, files, chosen } = choose([APPS], 'cilium')
    expect(files[1]).toMatchObject({ path: 'settings.yaml' })
    expect(files[1]?.text).toBe(
      'apiVersion: drawbridge/v1alpha1\nkind: DrawbridgeSettings\nmetadata:\n  name: settings\nprofile:\n  id: cilium\n',
    )
    expect([made.needsPreview, made.changes.length, made.sentences]).toEqual([
      false,
      1,
      ['Verdicts are what Cilium does.'],
    ])
    expect(chosen).toEqual({ id: 'cilium' })
  })

  test('joins the settings that are there, and leaves every other byte alone', () => {
    const own = settings('podCidrs: none # all\n')
    expect(choose([APPS, own], 'calico', '3.28').texts[1]).toBe(`${own}profile:\n  id: calico\n  version: '3.28'\n`)
  })

  test('changes the last of several, which is the one that counts', () => {
    const texts = [
      settings('profile: calico\n', 'a'),
      settings('profile: { id: flannel }\n'),
      settings('podCidrs: none\n', 'b'),
    ]
    const { texts: after, chosen } = choose(texts, 'cilium', '1.20')
    expect([after[0], after[2]]).toEqual([texts[0], texts[2]])
    expect(after[1]).toContain('cilium')
    expect(chosen).toEqual({ id: 'cilium', version: '1.20' })
  })

  test('the reference takes it out of all of them', () => {
    const { texts, chosen } = choose(
      [settings('profile: calico\n', 'a'), settings('podCidrs: none\nprofile: { id: flannel }\n')],
      'reference',
    )
    expect(texts).toEqual([settings('', 'a'), settings('podCidrs: none\n')])
    expect(chosen).toEqual({ id: 'reference' })
  })

  test('goes back to no version', () => {
    expect(choose([settings("profile: { id: cilium, version: '1.16' }\n")], 'cilium').chosen).toEqual({ id: 'cilium' })
  })

  test('what is no CNI, and what is so already, changes nothing', () => {
    expect(choose([APPS], '__proto__').made.refusal).toMatch(/is no CNI that is known/)
    expect(choose([APPS], 'reference').made).toMatchObject({
      changes: [],
      sentences: ['Verdicts are what the Kubernetes API says.'],
    })
  })
})
