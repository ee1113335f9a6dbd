import { expect, test } from 'vitest'
import { PROFILES } from './index.ts'
import { profilesLike } from './like.ts'

test.each([
  ['Cilium', ['cilium']],
  ['celium', ['cilium']],
  ['cillium', ['cilium']],
  ['claico', ['calico']],
  ['canal', ['calico']],
  ['weave', ['weave-net']],
  ['k3s', ['kube-router']],
  ['OpenShift', ['ovn-kubernetes']],
  ['eks', ['aws-vpc-cni']],
  ['gke', ['gke-dataplane-v2']],
  ['azure-npm', ['azure-npm-linux']],
  ['azurenpmlin', ['azure-npm-linux']],
  ['kind', ['kindnet']],
  ['contiv', []],
  ['', []],
  ['--', []],
])('%s is like %s', (text, ids) => {
  expect(profilesLike(text)).toEqual(ids)
})

test('every id and name is like its own profile only', () => {
  for (const { id, name } of PROFILES) {
    expect(profilesLike(id)).toEqual([id])
    expect(profilesLike(name)).toEqual([id])
  }
})
